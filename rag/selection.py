"""Which of the ranked statements are said: the best one, its list, or what stands close to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.question import Question
from rag.ranking import Scored

_CLOSE = 1.5  # score behind the best within which another statement may be the one meant
_OF_LIST = 6.0  # and within which a neighbour belongs to the list asked for
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
    others = [one for one in ranked[1:] if best.score - one.score <= _CLOSE and _adds(one, best)]
    return Selection((best, *others[:_MORE]))


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
