"""A run as a person reads it on a terminal: tables, and the questions that are wrong or flipped."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from eval.cases import Case
from eval.compare import Comparison, Difference
from eval.metrics import METRICS
from eval.question_types import type_label
from eval.stages import why_lost
from eval.summary import Figures, ScoredRun, Summary

_LONGEST_SHOWN = 200


def table(summary: Summary, *, by_type: bool) -> str:
    """One row a metric, one column a question type; the interval of all questions beside it."""
    overall, types = summary.overall, summary.by_type if by_type else ()
    rows = [
        ("지표", "", "전체", "95% 구간", *(type_label(figures.name) for figures in types)),
        ("n", "문항 수", str(overall.count), "", *(str(figures.count) for figures in types)),
        *(
            (
                metric.name,
                metric.meaning,
                _shown(overall, metric.name),
                _range(overall, metric.name),
                *(_shown(figures, metric.name) for figures in types),
            )
            for metric in METRICS
            if metric.name in overall.means
        ),
    ]
    return "\n".join((headline(summary), "", *_aligned(rows)))


def headline(summary: Summary) -> str:
    """How many were asked, what failed, how long a question took, what confidence is worth."""
    parts = [f"{summary.overall.count:,}문항"]
    if summary.missing:
        parts.append(f"결과 없음 {summary.missing}")
    if summary.errors:
        parts.append(f"오류 {summary.errors}")
    if summary.latency:
        middle, slow, slowest = summary.latency.values()
        parts.append(f"응답 시간 중앙값 {middle:.1f}ms, 95% {slow:.1f}ms, 99% {slowest:.1f}ms")
    if summary.confidence:
        area, error = summary.confidence.values()
        parts.append(f"위험–응답률 넓이(aurc) {area:.3f}, 확신도 오차(ece) {error:.3f}")
    return " · ".join(parts)


def wrong(cases: Iterable[Case]) -> str:
    """The questions that are not ok: gold, answer, and where each was lost."""
    return "\n".join(
        f"{_asked(case)}\n   답변  {_said(case)}\n   원인  {why_lost(case)}"
        for case in cases
        if why_lost(case)
    )


def comparison_text(found: Comparison, before: ScoredRun, after: ScoredRun) -> str:
    """The differences with their intervals, then the questions that flipped, both answers each."""
    rows = [
        ("지표", "", "앞", "뒤", "차이", "95% 구간", "n", ""),
        *(_difference(one) for one in found.differences),
    ]
    named = "\n".join(
        f"{name} {run.path}: {headline(run.summary)}"
        for name, run in (("앞", before), ("뒤", after))
    )
    parts = [named, "\n".join(_aligned(rows))]
    for title, pairs in (("맞게 된", found.won), ("틀리게 된", found.lost)):
        parts.append("\n".join((f"{title} 문항 {len(pairs)}개", *map(_flip, pairs))))
    return "\n\n".join(parts)


def _difference(one: Difference) -> tuple[str, ...]:
    meaning = next(metric.meaning for metric in METRICS if metric.name == one.name)
    mark = "" if not one.is_sure else "나빠짐" if one.is_worse else "나아짐"
    return (
        one.name,
        meaning,
        f"{one.before:.3f}",
        f"{one.after:.3f}",
        f"{one.change:+.3f}",
        f"{one.interval.low:+.3f}~{one.interval.high:+.3f}",
        str(one.count),
        mark,
    )


def _flip(pair: tuple[Case, Case]) -> str:
    before, after = pair
    return f"{_asked(before)}\n   앞    {_said(before)}\n   뒤    {_said(after)}"


def _asked(case: Case) -> str:
    question = case.gold.question
    gold = case.gold.answer if case.gold.answerable else "(보고서에 답이 없음)"
    return f"{question.id} [{type_label(case.gold.type)}] {question.text}\n   정답  {gold}"


def _said(case: Case) -> str:
    said = case.result.answer[:_LONGEST_SHOWN].replace("\n", " / ")
    return f"{'(거절) ' if case.result.abstained else ''}{said}"


def _shown(figures: Figures, name: str) -> str:
    mean = figures.means.get(name)
    return "-" if mean is None else f"{mean:.3f}"


def _range(figures: Figures, name: str) -> str:
    interval = figures.interval(name)
    return f"{interval.low:.3f}~{interval.high:.3f}"


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            _padded(cell, width, left=place < 2)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _padded(cell: str, width: int, *, left: bool) -> str:
    gap = " " * (width - _width(cell))
    return cell + gap if left else gap + cell


def _width(text: str) -> int:
    """Columns on a terminal, where a Hangul syllable takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
