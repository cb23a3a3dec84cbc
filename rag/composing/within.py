"""Answers computed from the figures of one statement, or of one row of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.composing.bearing import is_total, row_named, specific, tells, to_the_point
from rag.composing.computing import Operand, computed
from rag.composing.figures import Figure, cell_figure, figures, is_wanted, meant
from rag.composing.halves import Half
from rag.composing.pairs import changed_in, left_in
from rag.composing.parts import Task
from rag.composing.sums import LEFT_OUT, named_part
from rag.korean import fold
from rag.question import Question, years
from rag.ranking import Scored, same_row

_LOOKED_AT, _CLOSE = 8, 1.5  # statements that may tell the change itself; score behind the best
_REST_WITHIN = 3.0  # score behind the best within which a statement may tell what is left
_TOUCHED = 0.2  # of the whole question's idf mass: it has words for what is computed too
_YEAR = re.compile(r"20[0-3]\d")
_CHANGED = re.compile(
    r"\d[\d,.]*\s?\S{0,4}(?:\s?[이가을를])?\s?(?:증가|감소|증액|감액|상승|하락|늘|줄|낮|높|많|적)"
)


@dataclass(frozen=True, slots=True)
class Composed:
    """An answer with marks [1], [2] … that mean `items` in this order."""

    text: str
    items: tuple[Scored, ...]


def in_best(task: Task, asked: Question, ranked: Sequence[Scored]) -> Composed | None:
    """From the statement that answers best, or the row of a table that it stands in."""
    best = ranked[0]
    between = frozenset().union(*(years(fold(part.name)) for part in task.parts))
    for one in ranked:
        if best.score - one.score > (_CLOSE if between else 0):
            continue
        pair = changed_in(asked, one.statement, between)
        if pair and to_the_point(asked, one, _TOUCHED, alone=True):
            return _in_one(task, one, pair)
    if not to_the_point(asked, best, _TOUCHED):
        return None
    return _of_row(task, asked, ranked) if task.parts else None


def _in_one(task: Task, one: Scored, pair: tuple[Figure, Figure]) -> Composed | None:
    return _told(task, one, zip(pair, ("", ""), strict=True), change=task.change)


def _told(
    task: Task, one: Scored, named: Iterable[tuple[Figure | None, str]], *, change: bool
) -> Composed | None:
    """What is computed from the named figures of one statement or row."""
    operands = [Operand(figure=figure, name=name, mark="") for figure, name in named if figure]
    said = computed(task.operation, operands, change=change)
    return Composed(f"{said} [1]", (one,)) if said else None


def left_over(task: Task, asked: Question, ranked: Sequence[Scored]) -> Composed | None:
    """What is left of a sum, where one statement tells it and what was spent or is left out."""
    for one in ranked:  # none where the question would be refused
        if ranked[0].score - one.score > _REST_WITHIN:
            break
        pair = left_in(one.statement.text) or _without(asked, one.statement.text)
        if (
            pair
            and is_wanted(asked, pair[0])
            and one.signals["year"] >= 0
            and to_the_point(asked, one, _TOUCHED)
            and pair[0].value > pair[1].value
        ):
            return _in_one(task, one, pair)
    return None


def _without(asked: Question, text: str) -> tuple[Figure, Figure] | None:
    """A sum and the part of it that is to be left out."""
    part = named_part(asked, text) if LEFT_OUT.search(asked.folded) else None
    left_out = figures(part.value, asked.counted) if part else ()
    return (part.whole, left_out[0]) if part and left_out else None


def _of_row(task: Task, asked: Question, ranked: Sequence[Scored]) -> Composed | None:
    """From two years' cells of the row that answers best, or of the total."""
    first, last = (years(fold(part.name)) for part in task.parts)
    best = _meant_in_row(asked, ranked, last)
    if best is None or best.statement.kind != "cell" or _column_years(best) != last:
        return None
    row = [one for one in ranked if same_row(one, best) and _column_years(one) == first]
    alike = [one for one in row if _column(one) == _column(best)] or row
    if not alike or len({one.statement.text for one in alike}) != 1:
        return None
    cells = (alike[0], best)
    figures = (cell_figure(one.statement) for one in cells)
    names = (part.name for part in task.parts)
    return _told(task, best, zip(figures, names, strict=True), change=True)


def _meant_in_row(asked: Question, ranked: Sequence[Scored], last: frozenset[int]) -> Scored | None:
    """The best statement where its row is named, else the total of a table that tells it all."""
    best, names = ranked[0], specific(asked)
    if row_named(best, names):
        return best
    totals = (one for one in ranked if is_total(one) and _column_years(one) == last)
    of_table = (one for one in totals if one.statement.head == best.statement.head)
    return next((one for one in of_table if tells(one, names, 1)), None)


def _column_years(one: Scored) -> frozenset[int]:
    return years(fold(" ".join(one.statement.context[-2:-1])))


def _column(one: Scored) -> str:
    """A column's label without its year."""
    return _YEAR.sub("", fold(" ".join(one.statement.context[-2:-1])))


def tells_change(asked: Question, ranked: Sequence[Scored]) -> bool:
    """Whether the best statement, or a close cell, tells the change itself."""
    names = specific(asked)
    return _CHANGED.search(ranked[0].statement.text) is not None or any(
        one.signals.get("change", 0.0) > 0 and row_named(one, names) > 0
        for one in ranked[:_LOOKED_AT]
        if ranked[0].score - one.score <= _CLOSE
    )


def of_one(task: Task, halves: Sequence[Half]) -> Composed | None:
    """From the figures of one statement: `2021년 10,710원, 2022년 10,770원`."""
    one = halves[0].ranked[0]
    found = [meant(half.question, one.statement) for half in halves]
    if len({figure.at for figure in found if figure}) != len(found):
        return None
    names = (part.name for part in task.parts)
    return _told(task, one, zip(found, names, strict=True), change=task.change)
