"""Variants of the assistant over one question set, and the table of what each is worth."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tqdm import tqdm

from eval.ablating.variants import FULL, Parts, Variant
from eval.cases import Case
from eval.compare import Difference, difference
from eval.dataset import Gold, Question
from eval.interview import Interview
from eval.jsonl import Record
from eval.metrics import score_cases
from eval.results import Result, read_result
from eval.sources import Sources
from eval.summary import Summary, summarize

SHOWN = ("ok", "right", "hit@1", "hit@5", "ndcg@10", "cited", "section", "refused", "abstained")
COMPARED = ("ok", "ndcg@10")  # the whole path, and its first half


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A variant, its figures, and what it has more than `full` in those of `COMPARED`."""

    variant: Variant
    summary: Summary
    changes: tuple[Difference | None, ...]  # None where the figure applies to no question


def ablate(
    variants: Sequence[Variant], gold: Sequence[Gold], *, parts: Parts, sources: Sources
) -> tuple[Row, ...]:
    """A row for each variant, in order; the first of them is `full`."""
    results = _results(variants, [item.question for item in gold], parts)
    scored = {
        variant: score_cases(
            [
                Case(gold=item, result=result, sources=sources)
                for item, result in zip(gold, found, strict=True)
            ]
        )
        for variant, found in results.items()
    }
    return tuple(
        Row(
            variant=variant,
            summary=summarize(scored[variant]),
            changes=tuple(difference(name, scored[FULL], scored[variant]) for name in COMPARED),
        )
        for variant in variants
    )


def markdown(rows: Sequence[Row]) -> str:
    """The table, and how to read it."""
    count, errors = rows[0].summary.overall.count, sum(row.summary.errors for row in rows)
    failed = f" 오류가 난 {errors}건은 거절로 셉니다." if errors else ""
    lines = (
        ("변형", *SHOWN, "ms", *(f"{name}의 차이 [95% 구간]" for name in COMPARED)),
        ("---", *("---:" for _ in (*SHOWN, "ms", *COMPARED))),
        *map(_cells, rows),
    )
    return "\n".join(
        (
            *(f"| {' | '.join(cells)} |" for cells in lines),
            "",
            f"{count}문항. 차이는 `{FULL.name}`과 문항마다 짝지어 잰 것이고(부트스트랩), 굵은 것은 "
            "구간이 0을 품지 않습니다. ms는 한 질문에 걸린 시간의 중앙값이며 질문 벡터를 만드는 "
            f"시간도 들어 있습니다.{failed}",
        )
    )


def _results(
    variants: Sequence[Variant], questions: Sequence[Question], parts: Parts
) -> dict[Variant, list[Result]]:
    """What each variant gives.

    All are asked one question before any is asked the next, each as often the first: so a busy
    moment, or what a question leaves in memory, favours none in time.
    """
    found: dict[Variant, list[Result]] = {variant: [] for variant in variants}
    total = len(variants) * len(questions)
    # Tantivy's files may still be mapped, which Windows does not let go of.
    with (
        tqdm(total=total, unit="문항", file=sys.stderr) as bar,
        TemporaryDirectory(ignore_cleanup_errors=True) as folder,
    ):
        askers = deque[tuple[Variant, Interview]]()
        for variant in variants:
            bar.set_description(f"준비 {variant.name}")
            asker = variant.assistant(parts, Path(folder))
            askers.append((variant, Interview(asker)))
            Interview(asker).line(questions[0])  # what loads on the first is nobody's time
        bar.set_description("질문")
        for question in questions:
            for variant, interview in askers:
                line = interview.line(question)
                found[variant].append(read_result(Record(question.id, dict(line))))
                bar.update()
            askers.rotate()
    return found


def _cells(row: Row) -> tuple[str, ...]:
    means = row.summary.overall.means
    figures = (f"{means[name]:.3f}" if name in means else "-" for name in SHOWN)
    name = f"{row.variant.meaning} (`{row.variant.name}`)"
    changes = ("-" if row.variant is FULL else _change(found) for found in row.changes)
    return name, *figures, f"{row.summary.latency['p50_ms']:.0f}", *changes


def _change(found: Difference | None) -> str:
    if found is None:
        return "-"
    value = f"**{found.change:+.3f}**" if found.is_sure else f"{found.change:+.3f}"
    return f"{value} [{found.interval.low:+.3f}, {found.interval.high:+.3f}]"
