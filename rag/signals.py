"""What speaks for a statement as the answer to a question: readable signals, each by itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.amounts import unit_of, with_unit
from rag.bullets import BEFORE
from rag.coverage import coverage, passages
from rag.fitting import NUMBER, fits, of_many
from rag.korean import bigrams, fold
from rag.question import Question, years
from rag.types import Hit, Statement

_FIGURES = frozenset(("money", "count", "area", "share"))
_BY_LABEL = frozenset(("reason", "who", "person", "place"))  # a heading or label may tell these
_LABEL = re.compile(rf"^{BEFORE}\(?([^:：()]{{2,20}}?)\)?\s*[:：]")
_STRANGE = 0.35  # coverage below which a question is in other words than the passages
_VALUE_ASIDE = re.compile(
    r"[(（]['’‘]?(?:20)?\d\d년도?\s*[:：]?\s*\d[\d,.]*(?![\d.]|\s?[월일])[^()]*[)）]"
)
# The day up to which something was counted, `('22.1월 현재)`.
_COUNTED_ON = re.compile(
    r"['’‘]?(?:20)?\d\d(?:[.년]\s?\d{1,2}(?:[.월]\s?(?:말|\d{1,2}[.일]?)?)?|년\s?말)"
    r"\s?(?:현재|기준(?!\s[가-힣]))"
)
_BARE = 10  # letters
_NUMBERING = re.compile(r"^\W*\d{1,3}(?:-\d{1,2})?\W")
_CHANGES = re.compile(r"증\s?감|증가|감소|대비")


# What each signal tells.
SIGNALS: Mapping[str, str] = {
    "near": "closeness of question and statement, in standard scores",
    "strange_near": "the same, where the question is in other words than the passages",
    "strange_words": "the share in `words`, there",
    "passage": "how far its passage stands behind the best one",
    "words": "share of the question's idf mass in the statement and its context",
    "section": "share that only the heading path holds",
    "labels": "how much of its row, column or field label the question names",
    "fit": "it holds the kind of value asked for: 1, or not: -1",
    "year": "the years asked for and its years: 1 same, -1 other",
    "row": "another row of its table is named by more of the question: below 0",
    "column": "the same of its column",
    "change": "its column tells a change: 1 where one is asked for, -1 where none is",
    "bare": "1 where it only repeats a heading, or is a label without a value",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A statement of a passage with what ranking needs to know of it."""

    statement: Statement
    hit: Hit
    tokens: frozenset[str]
    near: float
    beside: str = ""  # the words of a cell's row, its label and value apart


def signals_of(
    question: Question, candidates: Sequence[Candidate], rarity: Mapping[str, float]
) -> list[dict[str, float]]:
    """The signals of each candidate; `rarity` is the idf of each of the question's tokens."""
    best = max((candidate.hit.score for candidate in candidates), default=0.0)
    texts = passages(candidate.hit for candidate in candidates)
    found, strange = [], coverage(rarity, texts) < _STRANGE
    for candidate, (row, column) in zip(candidates, _rivals(candidates, rarity), strict=True):
        signals = _signals(question, candidate, rarity)
        if signals["change"] > 0:  # what changed is named by another column
            column = 0.0
        signals |= {"passage": candidate.hit.score - best, "row": row, "column": column}
        signals["strange_near"] = signals["near"] if strange else 0.0
        signals["strange_words"] = signals["words"] if strange else 0.0
        found.append(signals)
    return found


def _rivals(
    candidates: Sequence[Candidate], rarity: Mapping[str, float]
) -> list[tuple[float, float]]:
    """For each cell, by how much less than the best row and column of its table it is named.

    Shares of the question's idf mass, from -1 to 0; 0 for what is no cell.
    """
    total = sum(rarity.values()) or 1.0
    named = [_named(candidate.statement, rarity) for candidate in candidates]
    best: dict[tuple[str, tuple[int, ...]], tuple[float, float]] = {}
    for candidate, (row, column) in zip(candidates, named, strict=True):
        table = _table(candidate)
        most = best.get(table, (0.0, 0.0))
        best[table] = (max(most[0], row), max(most[1], column))
    return [
        ((row - best[table][0]) / total, (column - best[table][1]) / total)
        for table, (row, column) in zip(map(_table, candidates), named, strict=True)
    ]


def _table(candidate: Candidate) -> tuple[str, tuple[int, ...]]:
    head = candidate.statement.head if candidate.statement.kind == "cell" else ()
    return candidate.hit.chunk.report_id, head


def _named(statement: Statement, rarity: Mapping[str, float]) -> tuple[float, float]:
    """The idf mass of the question that the cell's row label and column label hold."""
    if not statement.head:
        return 0.0, 0.0
    column, row = ("", *statement.context)[-2:]
    said = fold(column), fold(row)
    return (
        sum(weight for token, weight in rarity.items() if token in said[1]),
        sum(weight for token, weight in rarity.items() if token in said[0]),
    )


def _signals(
    question: Question,
    candidate: Candidate,
    rarity: Mapping[str, float],
) -> dict[str, float]:
    statement, chunk = candidate.statement, candidate.hit.chunk
    mass = sum(rarity.values()) or 1.0
    section = fold(" ".join(chunk.section))
    said = fold(with_unit(statement.text, unit_of(statement)))
    told = said
    if question.kind in _BY_LABEL and not NUMBER.fullmatch(said):
        told = fold(" ".join((*chunk.section[-1:], *statement.context, statement.text)))
    unknown = question.kind in _FIGURES and _unitless(statement, said)
    fit = None if unknown else fits(question, told)
    labels = statement.context[-2:] if statement.kind == "cell" else ()
    if fit and not of_many(question, fold(" ".join((*labels, statement.text)))):
        fit = None
    return {
        "near": candidate.near,
        "words": sum(weight for token, weight in rarity.items() if token in candidate.tokens)
        / mass,
        "section": sum(
            weight
            for token, weight in rarity.items()
            if token in section and token not in candidate.tokens
        )
        / mass,
        "labels": _labels_named(question, statement),
        "fit": 0.0 if fit is None else 1.0 if fit else -1.0,
        "year": year_fit(question, candidate),
        "change": _change(question, statement),
        "bare": _bare(statement, chunk.section),
    }


def year_fit(question: Question, candidate: Candidate) -> float:
    """1 where the statement names the year asked for, less where only its heading or title does.

    Below 0 where it names, or stands under, another one.
    """
    if not question.years:
        return 0.0
    statement, chunk = candidate.statement, candidate.hit.chunk
    cell = statement.kind == "cell"
    said = " ".join((*statement.context, statement.text)) if cell else statement.text
    own = years(fold(said))
    if not own & question.years:  # `860백만원 ('22년 780백만원)` is of the report's own year
        own = _own_years(said)
    parents = () if cell else reversed(statement.context)
    over = next(filter(None, map(_own_years, parents)), frozenset())
    above = over or years(fold(" ".join(chunk.section)))
    if not cell and not own & question.years and above & question.years:
        own = _own_years(_COUNTED_ON.sub("", said))
    if own:
        # `- 3월: 2021년 선정된 10개소 준공` may stand under `2022년 추진계획`.
        mixed = 0.3 if over & question.years else -1.0
        return 1.0 if own & question.years else mixed
    if above:
        return 0.6 if above & question.years else -0.7
    titled = years(fold(chunk.report_title))
    if titled & question.years:
        return 0.3
    # A report tells last year's results too, and one without a year in its title any year's.
    last_year = {year - 1 for year in titled}
    return 0.0 if not titled or last_year & question.years else -0.1


def _own_years(said: str) -> frozenset[int]:
    """The years a text names, other than of what is told aside."""
    return years(fold(_VALUE_ASIDE.sub("", said)))


def _bare(statement: Statement, section: Sequence[str]) -> float:
    if statement.kind == "cell" or re.search(r"\d", _NUMBERING.sub("", statement.text)):
        return 0.0
    said = _letters(statement.text)
    return float(len(said) < _BARE or any(said in _letters(heading) for heading in section))


def _letters(text: str) -> str:
    return "".join(re.findall(r"[가-힣a-z]", fold(text)))


def _change(question: Question, statement: Statement) -> float:
    if statement.kind != "cell" or not _CHANGES.search(" ".join(statement.context[-2:-1])):
        return 0.0
    return 1.0 if question.change else -1.0


def _unitless(statement: Statement, said: str) -> bool:
    """Whether it is the bare figure of a table that does not tell what is counted."""
    return (
        statement.kind == "cell"
        and not statement.unit
        and re.fullmatch(r"[./△-]*\d[\d./△-]*", said) is not None
    )


def _labels_named(question: Question, statement: Statement) -> float:
    """How much of its labels the question holds, by character pairs: `동부` in `동부교육원`."""
    if statement.kind == "cell":
        labels = list(statement.context[-2:])
    else:
        match = _LABEL.match(statement.text)
        labels = [match[1]] if match else []
    asked = set(bigrams(question.text))
    shares = [
        sum(pair in asked for pair in pairs) / len(pairs)
        for pairs in (bigrams(label) for label in labels)
        if pairs
    ]
    return sum(shares) / len(shares) if shares else 0.0
