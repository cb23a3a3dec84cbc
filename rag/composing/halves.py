"""The parts of a question with the statements that may answer each, and whether they are meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from rag.composing.asking import Part
from rag.composing.words import MEASURE
from rag.korean import fold, tagged, tokenize
from rag.question import Question, analyse, years
from rag.ranking import Scored
from rag.types import Hit
from rag.wording import parted

_LOOKED_AT = 12  # statements of each half that may go with one of the other
_BEHIND, _CLOSE = 3.0, 1.5  # score behind the best of a half, and behind the best that is able
_COVERED = 0.5  # of the idf mass of a half that a statement holds whose figure is computed with
_ALIKE = 2.0  # what it is worth that all stand in the same row, column or field
_NAMED = 0.5  # what each word of a row's labels is worth that a half is called by
_TIED = 0.5  # cells of a row whose scores differ by less do not tell which is meant
_GENERIC = re.compile(r"소요|사업|추진|규모|실적|목표|계획|지원|금액|\S*(?:예산|비)")
_SUMS = re.compile(r"\S*(?:예산|사업비)|소요")
_TOTAL = re.compile(r"(?:합|총|소)?\s?계|전\s?체|총\s?액")

RankedFor = Callable[[Part], Sequence[Scored]]
_YEAR = re.compile(r"20[0-3]\d")
_NEAR = 1.5  # closeness
_NEARLY_ALL, _MOST = 0.8, 0.5  # shares of a question's idf mass
_TOLD = 0.6  # of the words of a name
_DOCUMENTS = frozenset(("보고서", "계획서", "보고", "업무", "업무계획", "계획", "자료"))
_SAID_ALSO = {"예산": re.compile("예산|사업비|재원"), "사업비": re.compile("예산|사업비|재원")}
_UNSAID = re.compile(r"금액|총액|규모|실적|목표|계획|인원|물량|\S*[비수량]")  # reports leave it out


@dataclass(frozen=True, slots=True)
class Half:
    """A part with its question and the statements that may answer it, best first."""

    question: Question
    dated: bool  # a year is asked for, or the report of one
    names: frozenset[str]  # morphemes of what tells it from the other parts
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
        and near(one, names)
        and (not strict or to_the_point(question, one, _COVERED))
    ]
    able = [one for one in able if tells(one, names or specific(question))]
    if dated and any(one.signals["year"] > 0 for one in able):
        able = [one for one in able if one.signals["year"] > 0]
    close = tuple(one for one in able if able[0].score - one.score <= _CLOSE)
    return Half(question, bool(question.years or part.report), names or specific(question), close)


def of_year(hits: Sequence[Hit], year: int | None) -> tuple[str, ...]:
    """The ids of their reports, of those titled with the year where one is asked for."""
    titles = {hit.chunk.report_id: hit.chunk.report_title + " " for hit in hits}
    return tuple(one for one, title in titles.items() if not year or year in years(fold(title)))


def ways(halves: Sequence[Half]) -> Iterator[tuple[Scored, ...]]:
    """A statement for each half, another one for each."""
    for way in product(*(half.ranked for half in halves)):
        if len({place(one) for one in way}) == len(way):
            yield way


def worth(halves: Sequence[Half], way: Sequence[Scored]) -> float:
    alike = all(_alike(way[0], other) for other in way[1:]) + (
        one_time(halves) and len({one.hit.chunk.report_id for one in way}) == 1
    )
    named = sum(_called(half, one) for half, one in zip(halves, way, strict=True))
    return sum(one.score for one in way) + _ALIKE * alike + _NAMED * named


def _called(half: Half, one: Scored) -> int:
    """How many words of its row's labels the half is called by; a total where no row is named."""
    unnamed = is_total(one) and not any(row_named(other, half.names) for other in half.ranked)
    return 2 if unnamed else row_named(one, half.names)


def is_total(one: Scored) -> bool:
    return _TOTAL.fullmatch(fold("".join(one.statement.context[-1:]))) is not None


def one_time(halves: Sequence[Half]) -> bool:
    """Whether no year is asked for: then both figures must be of the same report."""
    return not any(half.dated for half in halves)


def _alike(one: Scored, other: Scored) -> bool:
    """Whether they stand in the same row or column of a table, or in fields of the same name."""
    if one.statement.kind != other.statement.kind:
        return False
    if one.statement.kind == "line":
        label = parted(one.statement)[0]
        return bool(label) and label == parted(other.statement)[0]
    pairs = zip(one.statement.context[-2:], other.statement.context[-2:], strict=False)
    return any(mine == its for mine, its in pairs)


def place(one: Scored) -> tuple[object, ...]:
    return one.statement.chunk_id, one.statement.span, one.statement.text, one.statement.context


def _unasked(question: Question, label: str) -> list[str]:
    """The nouns of a label that the question lacks: of `구호 개발 예산`, where `예산` is asked."""
    found = (token.form for token in tagged(label) if token.tag in ("NNG", "NNP"))
    return [noun for noun in found if noun not in question.folded and not _GENERIC.fullmatch(noun)]


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
        return len(_unasked(half.question, parted(one.statement)[0])) < 2
    if any(_beside(other, one) and one.score - other.score < _TIED for other in half.ranked):
        return False
    own = row_named(one, half.names)
    others = [
        row_named(other, half.names)
        for other in half.ranked
        if other.statement.head == one.statement.head
        and other.statement.context[-1:] != one.statement.context[-1:]
    ]
    total = is_total(one)
    return (own > 0 or total) and own >= max(others, default=0) + (not total and bool(others))


def to_the_point(question: Question, one: Scored, least: float) -> bool:
    """Whether it is so much about the question that its figures may be computed with."""
    own = (*one.hit.chunk.section[-1:], *one.statement.context, one.statement.text)
    said = fold(" ".join(own))
    measures = [
        token
        for token in question.tokens
        if token in _SAID_ALSO or (MEASURE.fullmatch(token) and not _UNSAID.fullmatch(token))
    ]
    covered = one.signals["words"] + one.signals["section"]
    return covered >= least and all(
        _SAID_ALSO.get(measure, re.compile(re.escape(measure))).search(said) for measure in measures
    )


def near(one: Scored, names: frozenset[str]) -> bool:
    """Whether it is close in meaning, or holds nearly all that is asked about.

    A value of the kind asked for needs less, under headings that name the part in full.
    """
    held = one.signals["words"] + one.signals["section"]
    full = bool(names) and one.signals["fit"] > 0 and all(_holds(_about(one), n) for n in names)
    return one.signals["near"] >= _NEAR or held >= (_MOST if full else _NEARLY_ALL)


def tells(one: Scored, names: frozenset[str]) -> bool:
    """Whether it tells most of what a part is called."""
    about = _about(one)
    return sum(_holds(about, name) for name in names) >= _TOLD * len(names)


def _holds(text: str, name: str) -> bool:
    """Whether a folded text has the name; a figure, whole."""
    if name.isdigit():
        return re.search(rf"(?<!\d){name}(?!\d)", text) is not None
    return name in text


def _about(one: Scored) -> str:
    """A statement with all that stands above it, as it is compared."""
    above = (one.hit.chunk.report_title, *one.hit.chunk.section, *one.statement.context)
    return fold(" ".join((*above, one.statement.text)))


def row_named(one: Scored, names: frozenset[str]) -> int:
    if one.statement.kind != "cell":
        return 0
    labels = fold(" ".join(one.statement.context[-2:]))
    return sum(_holds(labels, name) for name in names)


def names_in(name: str) -> frozenset[str]:
    """The morphemes of a name, figures too, years not; a word that has none, as it is written."""
    found: set[str] = set()
    for word in fold(name).split():
        own = [token for token in tokenize(word) if token in word and _names(token)]
        found.update(own or ([word] if _names(word) else []))
    return frozenset(found)


def _names(token: str) -> bool:
    long = len(token) > 1 or token.isdigit()
    return (
        long and not _YEAR.match(token) and token not in _DOCUMENTS and not _SUMS.fullmatch(token)
    )


def specific(question: Question) -> frozenset[str]:
    """The question's nouns that name a thing, not what is measured of it."""
    return frozenset(
        token.form
        for token in tagged(question.text)
        if token.tag in ("NNG", "NNP", "SL", "XR")
        and len(token.form) > 1
        and token.form not in _DOCUMENTS
        and not MEASURE.fullmatch(token.form)
        and not token.form.startswith("얼마")
    )
