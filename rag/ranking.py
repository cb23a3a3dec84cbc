"""Which statement of the passages answers: a few readable signals, weighted and added.

The weights were fitted on development questions (softmax over the statements of each question's
passages, L2) and rounded; in five-fold cross-validation the rounded ones choose as well as the
fitted ones.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.amounts import with_unit
from rag.fitting import NUMBER, fits
from rag.korean import bigrams, fold
from rag.question import Question, years
from rag.types import Hit, Statement

WEIGHTS: Mapping[str, float] = {
    "near": 0.36,  # closeness of question and statement in context, in standard scores
    "passage": 0.2,  # how far its passage stands behind the best one
    "words": 9.4,  # share of the question's idf mass in the statement and its context
    "section": 10.8,  # share that only the heading path holds
    "labels": 2.7,  # how much of its row, column or field label the question names
    "fit": 1.7,  # it holds the kind of value asked for: 1, or not: -1
    "year": 1.16,  # the years asked for and its years: 1 same, -1 other
    "figure": 0.4,  # it holds any figure
    "bare": -0.9,  # a label without a value
    "row": 6.0,  # another row of its table is named by more of the question: below 0
    "column": 4.0,  # the same of its column
    "change": 2.0,  # its column tells a change: 1 where one is asked for, -1 where none is
}
_SURE, _SURE_FROM = 0.39, 2.3
_BARE = 12  # characters
_CLOSE = 2.0  # score behind the best within which a statement of the right kind may lead
_CHANGES = re.compile(r"증\s?감|증가|감소|대비")
_FIGURES = frozenset(("money", "count", "area", "share"))
_BY_LABEL = frozenset(("reason", "who", "place"))  # a heading or label may tell these
_LABEL = re.compile(r"^[^\w(]*\(?([^:：()]{2,20}?)\)?\s*[:：]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A statement with how well it answers; scores compare within one question only."""

    statement: Statement
    hit: Hit
    score: float
    signals: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A statement of a passage with what ranking needs to know of it."""

    statement: Statement
    hit: Hit
    tokens: frozenset[str]
    near: float


def rank(
    question: Question,
    candidates: Sequence[Candidate],
    *,
    rarity: Mapping[str, float],
    weights: Mapping[str, float] = WEIGHTS,
) -> list[Scored]:
    """The candidates, best first; `rarity` is the idf of each of the question's tokens."""
    best = max((candidate.hit.score for candidate in candidates), default=0.0)
    rivals = _rivals(candidates, rarity)
    scored = []
    for candidate, (row, column) in zip(candidates, rivals, strict=True):
        signals = _signals(question, candidate, rarity)
        if signals["change"] > 0:  # what changed is named by another column
            column = 0.0
        signals |= {"passage": candidate.hit.score - best, "row": row, "column": column}
        score = sum(weights[name] * value for name, value in signals.items())
        scored.append(
            Scored(statement=candidate.statement, hit=candidate.hit, score=score, signals=signals)
        )
    return _fitting_first(sorted(scored, key=lambda one: -one.score))


def confidence(best: Scored) -> float:
    """How likely the answer is right, in [0, 1], by the score of the statement it begins with.

    A logistic curve over 191 answers to the questions of three sets; fitted on two of them it is
    .11 to .15 off on the third (expected calibration error).
    """
    return 1 / (1 + math.exp(_SURE_FROM - _SURE * best.score))


def _fitting_first(ranked: list[Scored]) -> list[Scored]:
    """A close statement of the right kind or year leads one that is not."""
    if not ranked or min(ranked[0].signals["fit"], ranked[0].signals["year"]) >= 0:
        return ranked
    best = ranked[0]
    wanted = [name for name in ("fit", "year") if best.signals[name] < 0]
    for one in ranked:
        close = best.score - one.score <= _CLOSE
        if close and all(one.signals[name] > 0 for name in wanted) and one.signals["fit"] >= 0:
            return [one, *(other for other in ranked if other is not one)]
    return ranked


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
    said = fold(with_unit(statement.text, statement.unit))
    told = said
    if question.kind in _BY_LABEL and not NUMBER.fullmatch(said):
        told = fold(" ".join((*chunk.section[-1:], *statement.context, statement.text)))
    fit = None if _unitless(statement, said) and question.kind in _FIGURES else fits(question, told)
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
        "figure": float(any(character.isdigit() for character in said)),
        "change": _change(question, statement),
        "bare": float(len(statement.text) < _BARE and not re.search(r"\d", statement.text)),
    }


def year_fit(question: Question, candidate: Candidate) -> float:
    """1 where the statement names the year asked for, less where only its heading or title does.

    Below 0 where it names, or stands under, another one.
    """
    if not question.years:
        return 0.0
    statement, chunk = candidate.statement, candidate.hit.chunk
    own = years(fold(" ".join((*statement.context, statement.text))))
    if own:
        return 1.0 if own & question.years else -1.0
    above = years(fold(" ".join(chunk.section)))
    if above:
        return 0.6 if above & question.years else -0.7
    titled = years(fold(chunk.report_title + " "))
    if titled & question.years:
        return 0.3
    # A report tells last year's results too, and one without a year in its title any year's.
    last_year = {year - 1 for year in titled}
    return 0.0 if not titled or last_year & question.years else -0.1


def _change(question: Question, statement: Statement) -> float:
    if statement.kind != "cell" or not _CHANGES.search(" ".join(statement.context[-2:-1])):
        return 0.0
    return 1.0 if question.change else -1.0


def _unitless(statement: Statement, said: str) -> bool:
    """Whether it is the bare figure of a table that does not tell what is counted."""
    return (
        statement.kind == "cell"
        and not statement.unit
        and re.fullmatch(r"[\d.△-]+", said) is not None
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
