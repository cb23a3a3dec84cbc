"""The parts of a question with the statements that may answer each, and whether they are meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from rag.composing.asking import Part
from rag.composing.bearing import is_total, names_in, near, row_named, specific, tells, to_the_point
from rag.korean import bigrams, fold, tagged
from rag.lists.headings import named_share
from rag.question import Question, analyse, years
from rag.ranking import Scored
from rag.types import Hit
from rag.wording import label_of

_LOOKED_AT = 12  # statements of each half that may go with one of the other
_BEHIND, _CLOSE = 3.0, 1.5  # score behind the best of a half, and behind the best that is able
_COVERED = 0.5  # of the idf mass of a half that a statement holds whose figure is computed with
_ALIKE = 2.0  # what it is worth that all stand in the same row, column or field
_SAID = 0.5  # of a line's character pairs that a line of the same has
_NAMED = 0.5  # what each word of a row's labels is worth that a half is called by
_TIED = 0.5  # cells of a row whose scores differ by less do not tell which is meant
_GENERIC = re.compile(r"소요|사업|추진|규모|실적|목표|계획|지원|금액|\S*(?:예산|비)")

RankedFor = Callable[[Part], Sequence[Scored]]


@dataclass(frozen=True, slots=True)
class Half:
    """A part with its question and the statements that may answer it, best first."""

    question: Question
    dated: bool  # a year is asked for, or the report of one
    names: frozenset[str]  # morphemes of what tells it from the other parts
    told: str  # the questions of all parts
    by_year: bool  # its year alone tells it from the other parts
    ranked: tuple[Scored, ...]


def half_of(part: Part, parts: Sequence[Part], ranked_for: RankedFor, *, strict: bool) -> Half:
    """What may answer a part beside the others; `strict` where figures are to be computed with."""
    question = analyse(part.question)
    named = names_in(part.name)
    names = (
        named - frozenset().union(*(names_in(other.name) for other in parts if other is not part))
        or named
    )
    dated = not part.report and bool(question.years if strict else years(fold(part.name)))
    found = ranked_for(part)[:_LOOKED_AT]
    able = [
        one
        for one in found
        if found[0].score - one.score <= _BEHIND
        and (one.signals["year"] >= 0 or not dated)
        and one.signals["fit"] >= (question.kind == "money")
        and near(question, one, names or specific(question))
        and (not strict or to_the_point(question, one, _COVERED, name=part.name))
    ]
    able = [one for one in able if tells(one, names or specific(question))]
    if dated and any(one.signals["year"] > 0 for one in able):
        able = [one for one in able if one.signals["year"] > 0]
    close = tuple(one for one in able if able[0].score - one.score <= _CLOSE)
    return Half(
        question=question,
        dated=bool(question.years or part.report),
        names=names or specific(question),
        told=fold(" ".join(one.question for one in parts)),
        by_year=dated and not names,
        ranked=close,
    )


def of_year(hits: Sequence[Hit], year: int | None) -> tuple[str, ...]:
    """The ids of their reports, of those titled with the year where one is asked for."""
    titles = {hit.chunk.report_id: hit.chunk.report_title for hit in hits}
    return tuple(one for one, title in titles.items() if not year or year in years(fold(title)))


def ways(halves: Sequence[Half]) -> Iterator[tuple[Scored, ...]]:
    """A statement for each half, another one for each."""
    for way in product(*(half.ranked for half in halves)):
        if len({place(one) for one in way}) == len(way):
            yield way


def worth(halves: Sequence[Half], way: Sequence[Scored]) -> float:
    again = all(half.by_year for half in halves)
    alike = all(_alike(way[0], other, again=again) for other in way[1:]) + (
        one_time(halves) and len({one.hit.chunk.report_id for one in way}) == 1
    )
    named = sum(_called(half, one) for half, one in zip(halves, way, strict=True))
    return sum(one.score for one in way) + _ALIKE * alike + _NAMED * named


def _called(half: Half, one: Scored) -> int:
    """How many words of its labels the half is called by; a total most where no row is named."""
    unnamed = is_total(one) and not any(row_named(other, half.names, 1) for other in half.ranked)
    return row_named(one, half.names) + 2 * unnamed


def one_time(halves: Sequence[Half]) -> bool:
    """Whether no year is asked for: then both figures must be of the same report."""
    return not any(half.dated for half in halves)


def _alike(one: Scored, other: Scored, *, again: bool) -> bool:
    """Whether they stand in the same row or column of a table, or in fields of the same name.

    `again`: of one thing in several years; then lines without a label that say much the same, too.
    """
    if one.statement.kind != other.statement.kind:
        return False
    if one.statement.kind == "line":
        label = label_of(one.statement)
        if label or not again:
            return bool(label) and label == label_of(other.statement)
        texts = one.statement.text, other.statement.text
        shares = (named_share(frozenset(bigrams(a)), b) for a, b in (texts, texts[::-1]))
        return min(shares) >= _SAID
    pairs = zip(one.statement.context[-2:], other.statement.context[-2:], strict=False)
    return any(mine == its for mine, its in pairs)


def place(one: Scored) -> tuple[object, ...]:
    return one.statement.chunk_id, one.statement.span, one.statement.text, one.statement.context


def _unasked(half: Half, label: str) -> list[str]:
    """The nouns of a label that the question lacks: of `구호 개발 예산`, where `예산` is asked."""
    found = (token.form for token in tagged(label) if token.tag in ("NNG", "NNP"))
    return [noun for noun in found if noun not in half.told and not _GENERIC.fullmatch(noun)]


def _beside(other: Scored, one: Scored) -> bool:
    """Whether it is another value in the same row of the same table."""
    return (
        other.statement.head == one.statement.head
        and other.statement.context[-1:] == one.statement.context[-1:]
        and other.statement.text != one.statement.text
    )


def sure(half: Half, one: Scored) -> bool:
    """Whether its label is of what is asked for; of a cell's row, no other cell as much."""
    if one.statement.kind != "cell":
        return len(_unasked(half, label_of(one.statement))) < 2
    if any(_beside(other, one) and one.score - other.score < _TIED for other in half.ranked):
        return False
    own = row_named(one, half.names)
    others = [
        row_named(other, half.names)
        for other in half.ranked
        if other.statement.head == one.statement.head
        and other.statement.context[-1:] != one.statement.context[-1:]
    ]
    if half.by_year and not others:  # its row is the only one of the table
        return True
    total = is_total(one)
    return (own > 0 or total) and own >= max(others, default=0) + (not total and bool(others))
