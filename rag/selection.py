"""Which of the ranked statements are said: the best one, its list, or what stands close to it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.conflicts import conflicting
from rag.demands import what_was_done
from rag.korean import fold
from rag.lists.best import best_list
from rag.lists.tables import Table
from rag.question import Question
from rag.ranking import Scored

_CLOSE = 2.0  # score behind the best within which another statement may be the one meant
_ELSEWHERE = 4.0  # and within which one of another section is about the same
_OTHER = 6.0  # and within which one about another thing named is the other half of an answer
_MORE = 2  # statements beside the best


@dataclass(frozen=True, slots=True)
class Selection:
    """Statements to say, the most important first, or the items of a list as they stand."""

    items: tuple[Scored, ...]
    listed: bool = False
    rows: bool = False  # listed by the labels of their rows
    apart: bool = False  # the second tells another value than the first


def select(question: Question, ranked: Sequence[Scored]) -> Selection:
    """What to say; `ranked` holds at least one statement."""
    ranked = what_was_done(question, ranked)
    best = ranked[0]
    if question.compares:
        halves = _complements(question, best, ranked) or _elsewhere(best, ranked)
        return Selection((best, *halves))
    if other := conflicting(question, best, ranked):
        return Selection((best, other), apart=True)
    others = [one for one in ranked[1:] if best.score - one.score <= _CLOSE and _adds(one, best)]
    return Selection((best, *others[:_MORE]))


def select_list(
    question: Question, ranked: Sequence[Scored], row_names: Mapping[Table, str]
) -> Selection:
    """The list that answers best, or what is said of the line that holds it."""
    listing = best_list(question, ranked, row_names)
    if len(listing.items) > 1:
        return Selection(listing.items, listed=True, rows=listing.rows)
    best = listing.items[0]
    return select(question, [best, *(one for one in ranked if one is not best)])


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
        if one.signals["fit"] >= best.signals["fit"] and best.score - one.score <= _ELSEWHERE:
            by_section.setdefault((one.hit.chunk.report_id, one.hit.chunk.section), one)
    return tuple(one for one in by_section.values() if one is not best)[:_MORE]


def _adds(one: Scored, best: Scored) -> bool:
    """Whether it says something the best one does not, and something that was asked for."""
    return one.statement.text not in best.statement.text and (
        one.signals["fit"] >= best.signals["fit"]
        or re.search(r"\d", one.statement.text) is not None
    )
