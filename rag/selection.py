"""Which of the ranked statements are said: the best one, its list, or what stands close to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.question import Question
from rag.ranking import Scored

_CLOSE = 1.5  # score behind the best within which another statement may be the one meant
_OF_LIST = 4.0  # and within which a neighbour belongs to the list asked for
_MORE, _MOST_ITEMS = 2, 12  # statements beside the best; items of a list
_ITEMS = re.compile(r"[,·/、]|\s-\s")
_PARENT = 40  # characters by which a context names its parent


@dataclass(frozen=True, slots=True)
class Selection:
    """Statements to say, the most important first, or the items of a list as they stand."""

    items: tuple[Scored, ...]
    listed: bool = False


def select(question: Question, ranked: Sequence[Scored]) -> Selection:
    """What to say; `ranked` holds at least one statement."""
    best = ranked[0]
    if question.kind == "list" and len(_ITEMS.findall(best.statement.text)) < 2:
        items = _children(best, ranked) or _siblings(best, ranked)
        if items:
            return Selection(items[:_MOST_ITEMS], listed=True)
    if question.compares:
        return Selection((best, *_elsewhere(best, ranked)))
    others = [one for one in ranked[1:] if best.score - one.score <= _CLOSE and _adds(one, best)]
    return Selection((best, *others[:_MORE]))


def _elsewhere(best: Scored, ranked: Sequence[Scored]) -> tuple[Scored, ...]:
    """The best statement of each other section that holds the same kind of value."""
    by_section: dict[tuple[str, tuple[str, ...]], Scored] = {}
    for one in ranked:
        if one.signals["fit"] >= best.signals["fit"] and best.score - one.score <= _OF_LIST:
            by_section.setdefault((one.hit.chunk.report_id, one.hit.chunk.section), one)
    return tuple(one for one in by_section.values() if one is not best)[:_MORE]


def _children(parent: Scored, ranked: Sequence[Scored]) -> tuple[Scored, ...]:
    """The bullets under a bullet."""
    head = parent.statement.text[:_PARENT]
    return _as_printed(
        one
        for one in ranked
        if _beside(one, parent) and (one.statement.context or ("",))[-1].startswith(head)
    )


def _siblings(best: Scored, ranked: Sequence[Scored]) -> tuple[Scored, ...]:
    """The statements beside the best one that answer about as well."""
    if best.statement.kind == "cell":  # a table's cells are not a list, whatever stands in them
        return ()
    found = _as_printed(
        one
        for one in ranked
        if _beside(one, best)
        and one.statement.context == best.statement.context
        and best.score - one.score <= _OF_LIST
    )
    return found if len(found) > 1 else ()


def _beside(one: Scored, other: Scored) -> bool:
    return one.hit.chunk.id == other.hit.chunk.id and one.statement.kind == other.statement.kind


def _as_printed(found: Iterable[Scored]) -> tuple[Scored, ...]:
    return tuple(sorted(found, key=lambda one: one.statement.span.first_line))


def _adds(one: Scored, best: Scored) -> bool:
    """Whether it says something the best one does not, and something that was asked for."""
    return one.statement.text not in best.statement.text and (
        one.signals["fit"] >= best.signals["fit"] or one.signals["figure"] > 0
    )
