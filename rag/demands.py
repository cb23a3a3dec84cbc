"""Tables of what a council demanded and what was done: who asks what came of it wants that."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.question import Question
from rag.ranking import Scored, same_row

_DEMANDED = re.compile(r"지적|건의|요구|질의|요청|제안")  # headings of columns
_DONE = re.compile(r"조치|결과|답변|회신|반영")
_CAME_OF_IT = re.compile(r"결과|조치|처리|반영|대책|받아들|됐|되었|되나|돼")
_STATE = re.compile(r"[가-힣\s]{1,6}")  # `완료`, `추진 중`
_PROSE = 8  # characters


def what_was_done(question: Question, ranked: Sequence[Scored]) -> Sequence[Scored]:
    """The statements, what was done first where the best one stands beside it in a row.

    Who asks why or how, or what came of it, is not told the demand once more.
    """
    best = ranked[0]
    asks = question.kind in ("reason", "method") or _CAME_OF_IT.search(question.folded)
    if not asks or _DONE.search(_column(best)):
        return ranked
    row = [one for one in ranked if same_row(one, best)]
    if not (_STATE.fullmatch(best.statement.text) or any(map(_is_demanded, row))):
        return ranked
    for one in row:
        if _DONE.search(_column(one)) and len(one.statement.text) >= _PROSE:
            return [one, *(other for other in ranked if other not in (one, best))]
    return ranked


def _is_demanded(cell: Scored) -> bool:
    return _DEMANDED.search(_column(cell)) is not None


def _column(cell: Scored) -> str:
    return "".join(cell.statement.context[-2:-1])
