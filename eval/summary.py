"""The figures of a whole run: means over its questions, all together and by type."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.dataset import Gold, load_gold
from eval.metrics import METRICS, Case, Sources, load_sources
from eval.results import Result, read_results
from rag.errors import RagError


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Means by metric name over `count` questions; a metric that applies to none is left out."""

    name: str  # the question type, or "ALL"
    count: int
    means: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One run against its gold."""

    overall: Figures
    by_type: tuple[Figures, ...]
    latency: Mapping[str, float]  # p50_ms and p95_ms; empty when no time was taken
    missing: int  # questions without a result; they count as refused
    errors: int  # questions that failed; they count as refused

    def gauges(self) -> dict[str, float]:
        """Everything a gate may name."""
        counts = {"missing": self.missing, "errors": self.errors}
        return {**self.overall.means, **self.latency, **counts}

    def as_json(self) -> dict[str, dict[str, float]]:
        """Rounded figures by type, and under "ALL"."""
        rows = {figures.name: _rounded(figures) for figures in (self.overall, *self.by_type)}
        rows["ALL"] |= {name: round(value, 1) for name, value in self.latency.items()}
        rows["ALL"] |= {"missing": self.missing, "errors": self.errors}
        return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredRun:
    """One results file, question by question and in figures."""

    path: Path
    cases: tuple[Case, ...]
    summary: Summary


def score_files(
    paths: Sequence[Path], *, gold: Path, reports: Path | None = None
) -> tuple[ScoredRun, ...]:
    """Every results file against the same gold; without `reports` no quote is checked."""
    items, sources = load_gold(gold), load_sources(reports) if reports else {}
    return tuple(_score_file(path, items, sources) for path in paths)


def _score_file(path: Path, gold: Sequence[Gold], sources: Sources) -> ScoredRun:
    results = read_results(path)
    missing = sum(item.question.id not in results for item in gold)
    if missing == len(gold):
        raise RagError(f"{path}: --gold와 맞는 id가 없습니다. 이 결과의 질문 파일을 적어 주세요.")
    cases = tuple(
        Case(gold=item, result=results.get(item.question.id, Result()), sources=sources)
        for item in gold
    )
    return ScoredRun(path=path, cases=cases, summary=summarize(cases, missing=missing))


def summarize(cases: Sequence[Case], *, missing: int = 0) -> Summary:
    """The figures of a run; `missing` of its cases stand for questions never asked."""
    types = sorted({case.gold.type for case in cases})
    seconds = [case.result.seconds for case in cases if case.result.seconds is not None]
    return Summary(
        overall=_figures("ALL", cases),
        by_type=tuple(_figures(t, [case for case in cases if case.gold.type == t]) for t in types),
        latency=latency(seconds),
        missing=missing,
        errors=sum(case.result.error is not None for case in cases),
    )


def latency(seconds: Sequence[float]) -> dict[str, float]:
    """Median and 95th percentile in milliseconds, each a time that was really taken.

    >>> latency([0.04, 0.01, 0.03, 0.02])
    {'p50_ms': 30.0, 'p95_ms': 40.0}
    """
    ordered = [1000 * value for value in sorted(seconds)]
    if not ordered:
        return {}
    return {
        "p50_ms": ordered[len(ordered) // 2],
        "p95_ms": ordered[int(len(ordered) * 0.95)],
    }


def _figures(name: str, cases: Sequence[Case]) -> Figures:
    columns = {metric.name: [metric.measure(case) for case in cases] for metric in METRICS}
    applied = {name: [v for v in values if v is not None] for name, values in columns.items()}
    means = {name: statistics.fmean(values) for name, values in applied.items() if values}
    return Figures(name=name, count=len(cases), means=means)


def _rounded(figures: Figures) -> dict[str, float]:
    return {name: round(mean, 3) for name, mean in figures.means.items()} | {"n": figures.count}
