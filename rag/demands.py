"""Tables of what a council demanded and what was done: who asks what came of it wants that."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.question import Question
from rag.ranking import Scored, same_row

_DEMANDED = re.compile(r"지적|건의|요구|질의|요청|제안")  # headings of columns
_DONE = re.compile(r"조치|결과|답변|회신|반영")
_CAME_OF_IT = re.compile(r"결과|조치|처리|반영|대책|받아들|됐|되었|되나|돼")
_WHY_DEMANDED = re.compile(r"왜\s.*(?:지적|건의|요구|질의|요청|제안)(?:했|하였|한\s)")
_KINDS = ("reason", "method", "other")
_STATE = re.compile(
    r"(?:조치|처리|추진|이행)?\s?(?:완료|중|불가|보류)|[불미]?(?:수용|반영)|검토\s?중?"
)
_PROSE = 8  # characters


def what_was_done(question: Question, ranked: Sequence[Scored]) -> Sequence[Scored]:
    """The statements, what was done first where the best one is the demand, or how it stands.

    Who asks why or how, or what came of it, is not told the demand once more.
    """
    best, folded = ranked[0], question.folded
    asks = question.kind in ("reason", "method") or _CAME_OF_IT.search(folded)
    if question.kind not in _KINDS or not asks or _WHY_DEMANDED.search(folded):
        return ranked
    state = _STATE.fullmatch(best.statement.text) and "상태" not in folded
    if not (state or _DEMANDED.search(_column(best))):
        return ranked
    for one in ranked:
        done = same_row(one, best) and _DONE.search(_column(one))
        if done and one is not best and len(one.statement.text) >= _PROSE:
            return [one, *(other for other in ranked if other not in (one, best))]
    return ranked


def _column(cell: Scored) -> str:
    return "".join(cell.statement.context[-2:-1])
