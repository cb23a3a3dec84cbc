"""The figures of a whole run: means over its questions with intervals, in all and by group."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from eval.cases import Case
from eval.curves import area_under_risk, calibration_error
from eval.dataset import Gold, load_gold
from eval.intervals import Interval, of_mean
from eval.locate import located
from eval.matching import squeeze
from eval.metrics import METRICS, Scored, score_cases
from eval.results import Result, read_results
from eval.sources import Sources
from rag.errors import RagError

_LENGTHS = ((20, "20자까지"), (40, "21–40자"))
_LONGER = "41자부터"


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Means by metric name over `count` questions; a metric that applies to none is left out."""

    name: str  # of the group, or "ALL"
    count: int
    values: Mapping[str, tuple[float, ...]]

    @cached_property
    def means(self) -> Mapping[str, float]:
        """By metric name."""
        return {name: statistics.fmean(values) for name, values in self.values.items()}

    def interval(self, name: str) -> Interval:
        """The bootstrap 95 % interval of a mean."""
        return of_mean(self.values[name])


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One run against its gold."""

    overall: Figures
    by_type: tuple[Figures, ...]
    by_report: tuple[Figures, ...]  # a question with evidence in two counts in both
    by_length: tuple[Figures, ...]  # of the question
    latency: Mapping[str, float]  # p50_ms, p95_ms, p99_ms; empty when no time was taken
    confidence: Mapping[str, float]  # aurc and ece; empty where the run tells no confidence
    missing: int  # questions without a result; they count as refused
    errors: int  # questions that failed; they count as refused

    def gauges(self) -> dict[str, float]:
        """Everything a gate may name."""
        counts = {"missing": self.missing, "errors": self.errors}
        return {**self.overall.means, **self.latency, **self.confidence, **counts}

    def as_json(self) -> dict[str, dict[str, float]]:
        """Rounded figures by type, and under "ALL"."""
        rows = {figures.name: _rounded(figures) for figures in (self.overall, *self.by_type)}
        rows["ALL"] |= {name: round(value, 1) for name, value in self.latency.items()}
        rows["ALL"] |= {name: round(value, 3) for name, value in self.confidence.items()}
        rows["ALL"] |= {"missing": self.missing, "errors": self.errors}
        return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredRun:
    """One results file, question by question and in figures."""

    path: Path
    scored: tuple[Scored, ...]
    summary: Summary

    @property
    def cases(self) -> tuple[Case, ...]:
        """The questions in their order."""
        return tuple(one.case for one in self.scored)


def score_files(
    paths: Sequence[Path], *, gold: Path, sources: Sources, by_quote: bool = False
) -> tuple[ScoredRun, ...]:
    """Every results file against the same gold; without sources no quote is checked.

    With `by_quote` the gold's own lines are passed over: they are those of another file.
    """
    items = located(load_gold(gold), sources, by_quote=by_quote)
    return tuple(_score_file(path, items, sources) for path in paths)


def _score_file(path: Path, gold: Sequence[Gold], sources: Sources) -> ScoredRun:
    results = read_results(path)
    missing = sum(item.question.id not in results for item in gold)
    if missing == len(gold):
        raise RagError(f"{path}: --gold와 맞는 id가 없습니다. 이 결과의 질문 파일을 적어 주세요.")
    cases = [
        Case(gold=item, result=results.get(item.question.id, Result()), sources=sources)
        for item in gold
    ]
    _require_same_questions(path, cases)
    scored = score_cases(cases)
    return ScoredRun(path=path, scored=scored, summary=summarize(scored, missing=missing))


def _require_same_questions(path: Path, cases: Sequence[Case]) -> None:
    """Refuse answers to what is no longer asked under their ids."""
    for case in cases:
        asked, gold = case.result.question, case.gold.question
        if asked is not None and squeeze(asked) != squeeze(gold.text):
            raise RagError(
                f"{path}: `{gold.id}`의 결과는 다른 질문에 대한 것입니다(“{asked[:40]}”). "
                "질문을 고쳤다면 `python -m eval run`으로 다시 물어 주세요."
            )


def summarize(scored: Sequence[Scored], *, missing: int = 0) -> Summary:
    """The figures of a run; `missing` of its cases stand for questions never asked."""
    cases = [one.case for one in scored]
    seconds = [case.result.seconds for case in cases if case.result.seconds is not None]
    return Summary(
        overall=_figures("ALL", scored),
        by_type=_grouped(scored, lambda case: (case.gold.type,)),
        by_report=_grouped(scored, lambda case: {one.doc for one in case.gold.evidence}),
        by_length=_grouped(scored, lambda case: (_length(case),)),
        latency=latency(seconds),
        confidence=_confidence(cases),
        missing=missing,
        errors=sum(case.result.error is not None for case in cases),
    )


def latency(seconds: Sequence[float]) -> dict[str, float]:
    """Median, 95th and 99th percentile in milliseconds, each a time that was really taken.

    >>> latency([0.04, 0.01, 0.03, 0.02])
    {'p50_ms': 30.0, 'p95_ms': 40.0, 'p99_ms': 40.0}
    """
    ordered = [1000 * value for value in sorted(seconds)]
    if not ordered:
        return {}
    return {f"p{part}_ms": ordered[len(ordered) * part // 100] for part in (50, 95, 99)}


def _confidence(cases: Sequence[Case]) -> dict[str, float]:
    area, error = area_under_risk(cases), calibration_error(cases)
    return {} if area is None or error is None else {"aurc": area, "ece": error}


def _grouped(
    scored: Sequence[Scored], groups: Callable[[Case], Collection[str]]
) -> tuple[Figures, ...]:
    names = sorted({name for one in scored for name in groups(one.case)})
    return tuple(
        _figures(name, [one for one in scored if name in groups(one.case)]) for name in names
    )


def _length(case: Case) -> str:
    letters = len(case.gold.question.text)
    return next((name for most, name in _LENGTHS if letters <= most), _LONGER)


def _figures(name: str, scored: Sequence[Scored]) -> Figures:
    columns = {
        metric.name: tuple(one.values[metric.name] for one in scored if metric.name in one.values)
        for metric in METRICS
    }
    applied = {name: values for name, values in columns.items() if values}
    return Figures(name=name, count=len(scored), values=applied)


def _rounded(figures: Figures) -> dict[str, float]:
    return {name: round(mean, 3) for name, mean in figures.means.items()} | {"n": figures.count}
