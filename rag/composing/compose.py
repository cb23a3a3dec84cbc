"""Answers about two things: each looked for on its own, compared or computed where it can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.composing.computing import Operand, computed
from rag.composing.figures import Figure, meant
from rag.composing.halves import Half, RankedFor, half_of, one_time, place, sure, ways, worth
from rag.composing.parts import Task, taken_apart
from rag.composing.within import Composed, in_best, left_over, of_one, tells_change
from rag.question import Question
from rag.ranking import Scored
from rag.wording import parted

_LONGEST = 160  # characters of one statement beside another


def compose(asked: Question, ranked: Sequence[Scored], ranked_for: RankedFor) -> Composed | None:
    """The answer to a question about two things; None where it is about one, or cannot be told.

    `ranked_for` gives the statements that answer a question, none where it would be refused.
    """
    task = taken_apart(asked.text)
    if task is None:
        return None
    if task.operation == "rest":
        return left_over(task, asked, ranked)
    if ranked and task.change:
        if tells_change(asked, ranked):
            return None
        if said := in_best(task, asked, ranked):
            return said
    if not task.parts:
        return None
    found = _from_halves(task, ranked_for)
    # What cannot be compared or added up is told side by side.
    beside = replace(task, operation="each") if task.operation in ("which", "sum") else None
    return found or (_from_halves(beside, ranked_for) if beside else None)


def _from_halves(task: Task, ranked_for: RankedFor) -> Composed | None:
    halves = [
        half_of(part, task.parts, ranked_for, strict=task.operation != "each")
        for part in task.parts
    ]
    if not all(half.ranked for half in halves):
        return None
    if len({place(half.ranked[0]) for half in halves}) == 1:  # one statement tells all of it
        return of_one(task, halves) if task.operation != "each" else None
    chosen = max(ways(halves), key=lambda way: worth(halves, way), default=None)
    if chosen is None:
        return None
    return _each(task, chosen) if task.operation == "each" else _computed(task, halves, chosen)


def _computed(task: Task, halves: Sequence[Half], chosen: tuple[Scored, ...]) -> Composed | None:
    """The result; None where the figures do not go together."""
    pairs = list(zip(halves, chosen, strict=True))
    figures = [figure for half, one in pairs if (figure := meant(half.question, one.statement))]
    if len(figures) != len(pairs):
        return None
    operands = [
        Operand(figure=figure, name=part.name, mark=f" [{number}]")
        for number, (figure, part) in enumerate(zip(figures, task.parts, strict=True), start=1)
    ]
    certain = all(sure(half, one) for half, one in pairs) and _go_together(halves, chosen, figures)
    said = (
        computed(task.operation, operands, change=task.change, least=task.least)
        if certain
        else None
    )
    return Composed(said, chosen) if said else None


def _go_together(
    halves: Sequence[Half], chosen: Sequence[Scored], figures: Sequence[Figure]
) -> bool:
    """Whether they are of one report, or of the years asked for; bare ones, of one table."""
    units = {figure.unit for figure in figures}
    tables = {(one.hit.chunk.report_id, one.statement.head) for one in chosen}
    if one_time(halves) and len({report for report, _ in tables}) > 1:
        return False
    return units != {""} or len(tables) == 1


def _each(task: Task, chosen: tuple[Scored, ...]) -> Composed:
    said = []
    for number, (part, one) in enumerate(zip(task.parts, chosen, strict=True), start=1):
        label, value = parted(one.statement)
        told = f"{label} {value}" if label and label != part.name else value
        told = told if len(told) <= _LONGEST else told[: _LONGEST - 1].rstrip() + "…"
        said.append(f"{part.name + ': ' if part.name else ''}{told} [{number}]")
    return Composed(f"다음과 같습니다. {'; '.join(said)}", chosen)
