"""Which of the ranked statements are said: the best one, its list, or what stands close to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.korean import bigrams, fold
from rag.question import Question
from rag.ranking import Scored
from rag.wording import plain

_CLOSE = 1.5  # score behind the best within which another statement may be the one meant
_OF_LIST = 4.0  # and within which a neighbour belongs to the list asked for
_OTHER = 6.0  # and within which one about another thing named is the other half of an answer
_MORE, _MOST_ITEMS = 2, 12  # statements beside the best; items of a list
_ITEMS = re.compile(r"[,·/、]|\s-\s")
_LOOKED_AT = 15  # statements, from the best, whose parents may be the one named
_NAMED = 0.8  # of a parent's character pairs that the question has
_PARENT = 40  # characters by which a context names its parent


@dataclass(frozen=True, slots=True)
class Selection:
    """Statements to say, the most important first, or the items of a list as they stand."""

    items: tuple[Scored, ...]
    listed: bool = False


def select(question: Question, ranked: Sequence[Scored]) -> Selection:
    """What to say; `ranked` holds at least one statement."""
    best = ranked[0]
    if question.kind == "list" and (items := _under_named(question, ranked)):
        return Selection(items[:_MOST_ITEMS], listed=True)
    if question.kind == "list" and len(_ITEMS.findall(best.statement.text)) < 2:
        items = _children(best, ranked) or _siblings(best, ranked)
        if items:
            return Selection(items[:_MOST_ITEMS], listed=True)
    if question.compares:
        halves = _complements(question, best, ranked) or _elsewhere(best, ranked)
        return Selection((best, *halves))
    others = [one for one in ranked[1:] if best.score - one.score <= _CLOSE and _adds(one, best)]
    return Selection((best, *others[:_MORE]))


def _complements(question: Question, best: Scored, ranked: Sequence[Scored]) -> tuple[Scored, ...]:
    """The best statements about what the question names and the best one does not."""
    missing = {token for token in question.tokens if token not in _about(best)}
    found: list[Scored] = []
    for one in ranked[1:]:
        told = {token for token in missing if token in _about(one)}
        if told and one.signals["fit"] >= best.signals["fit"] and best.score - one.score <= _OTHER:
            found.append(one)
            missing -= told
    return tuple(found[:_MORE])


def _about(one: Scored) -> str:
    """A statement with its labels, as it is compared."""
    return fold(" ".join((*one.statement.context, one.statement.text)))


def _elsewhere(best: Scored, ranked: Sequence[Scored]) -> tuple[Scored, ...]:
    """The best statement of each other section that holds the same kind of value."""
    by_section: dict[tuple[str, tuple[str, ...]], Scored] = {}
    for one in ranked:
        if one.signals["fit"] >= best.signals["fit"] and best.score - one.score <= _OF_LIST:
            by_section.setdefault((one.hit.chunk.report_id, one.hit.chunk.section), one)
    return tuple(one for one in by_section.values() if one is not best)[:_MORE]


def _under_named(question: Question, ranked: Sequence[Scored]) -> tuple[Scored, ...]:
    """The bullets under the one heading or bullet that the question calls by its name."""
    asked = set(bigrams(question.text))
    named: list[tuple[str, str]] = []  # chunk and parent
    for one in ranked[:_LOOKED_AT]:
        if one.statement.kind == "line" and one.signals["fit"] >= 0:
            parent = _parent(one)
            pairs = bigrams(parent)
            if len(pairs) > 1 and sum(pair in asked for pair in pairs) >= _NAMED * len(pairs):
                named.append((one.hit.chunk.id, parent))
    for chunk_id, parent in dict.fromkeys(named):
        items = _as_printed(
            one
            for one in ranked
            if one.hit.chunk.id == chunk_id
            and one.statement.kind == "line"
            and _parent(one) == parent
            and plain(one.statement.text) != parent
        )
        if len(items) > 1:
            return items
    return ()


def _parent(one: Scored) -> str:
    """The bullet that a statement stands under, else the heading of its section."""
    above = one.statement.context[-1:] or one.hit.chunk.section[-1:]
    return plain(above[0]) if above else ""


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
