"""A run as a person reads it: a Korean table, and the questions that went wrong."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from eval.metrics import METRICS, Case, is_ok, lost_at
from eval.summary import Figures, Summary

_TYPES = {
    "ALL": "전체",
    "fact": "사실",
    "table": "표",
    "list": "나열",
    "paraphrase": "바꿔 말함",
    "descriptive": "서술",
    "noisy": "거친 말",
    "compare": "비교",
    "calculation": "계산",
    "unanswerable": "답 없음",
}
_LONGEST_SHOWN = 200


def type_label(name: str) -> str:
    """The Korean name of a question type; one that we do not know keeps its own."""
    return _TYPES.get(name, name)


def table(summary: Summary, *, by_type: bool) -> str:
    """One row a metric, one column a question type."""
    columns = (summary.overall, *(summary.by_type if by_type else ()))
    rows = [
        ("지표", "", *(type_label(figures.name) for figures in columns)),
        ("n", "문항 수", *(str(figures.count) for figures in columns)),
        *(
            (metric.name, metric.meaning, *(_shown(figures, metric.name) for figures in columns))
            for metric in METRICS
        ),
    ]
    return "\n".join((headline(summary), "", *_aligned(rows)))


def headline(summary: Summary) -> str:
    """How many were asked, what failed and how long a question took."""
    parts = [f"{summary.overall.count}문항"]
    if summary.missing:
        parts.append(f"결과 없음 {summary.missing}")
    if summary.errors:
        parts.append(f"오류 {summary.errors}")
    if summary.latency:
        middle, slow = summary.latency["p50_ms"], summary.latency["p95_ms"]
        parts.append(f"응답 시간 중앙값 {middle:.1f}ms, 95% {slow:.1f}ms")
    return " · ".join(parts)


def wrong(cases: Iterable[Case]) -> str:
    """The questions that are not ok: gold, answer, and where each was lost."""
    return "\n".join(_entry(case) for case in cases if not is_ok(case))


def _entry(case: Case) -> str:
    question = case.gold.question
    said = case.result.answer[:_LONGEST_SHOWN].replace("\n", " / ")
    return "\n".join(
        (
            f"{question.id} [{type_label(case.gold.type)}] {question.text}",
            f"   정답  {case.gold.answer or '(보고서에 답이 없음)'}",
            f"   답변  {'(거절) ' if case.result.abstained else ''}{said}",
            f"   원인  {lost_at(case)}",
        )
    )


def _shown(figures: Figures, name: str) -> str:
    mean = figures.means.get(name)
    return "-" if mean is None else f"{mean:.3f}"


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            _padded(cell, width, left=place < 2)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]


def _padded(cell: str, width: int, *, left: bool) -> str:
    gap = " " * (width - _width(cell))
    return cell + gap if left else gap + cell


def _width(text: str) -> int:
    """Columns on a terminal, where a Hangul syllable takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
