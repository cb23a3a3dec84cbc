"""What several commands share: options, and how errors and Ctrl-C end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.terminal import errors_in_korean

if TYPE_CHECKING:
    from eval.gates import Gates
    from eval.sources import Sources
    from eval.summary import ScoredRun

QUESTIONS = "질문 파일(.jsonl, .csv, .xlsx)이나 BEIR 폴더."
IndexDir = Annotated[
    Path | None,
    typer.Option("--index", metavar="DIR", help="색인 폴더. 없으면 설정값.", show_default=False),
]
Gold = Annotated[Path, typer.Option(metavar="QUESTIONS", help="정답이 들어 있는 질문 파일.")]
SourceIndex = Annotated[
    Path | None,
    typer.Option(
        "--index",
        metavar="DIR",
        help="답한 색인의 폴더. 있으면 인용문을 원문과 대조합니다.",
        show_default=False,
    ),
]
Reports = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="색인 대신 원문(.txt) 폴더와 대조합니다.", show_default=False),
]
ByQuote = Annotated[
    bool, typer.Option("--by-quote", help="정답의 줄 번호 대신 인용문으로 근거를 찾습니다.")
]

FailUnder = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME=VALUE", help="이보다 낮으면 실패(예: ok=.60).", show_default=False),
]
FailOver = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME=VALUE", help="이보다 높으면 실패(예: refused=.10).", show_default=False
    ),
]
NoWorseThan = Annotated[
    Path | None,
    typer.Option(
        metavar="BASE.jsonl",
        help="이 결과보다 확실히 나빠졌으면(95% 구간) 실패.",
        show_default=False,
    ),
]


@contextmanager
def ending_in_korean(after_stop: str = "") -> Iterator[None]:
    """As all commands do; `after_stop` is what to tell whoever stops it."""
    try:
        with errors_in_korean():
            yield
    except KeyboardInterrupt as error:
        typer.echo(f"중단했습니다. {after_stop}".rstrip(), err=True)
        raise typer.Exit(130) from error


def sources_from(index: Path | None, reports: Path | None) -> Sources:
    """The texts that a user points to; none where no folder is given."""
    from eval.sources import sources_in, sources_of

    if reports:
        return sources_in(reports)
    return sources_of(index) if index else {}


def scored_with(
    gates: Gates,
    results: Sequence[Path],
    *,
    gold: Path,
    index: Path | None,
    reports: Path | None,
    by_quote: bool,
) -> tuple[tuple[ScoredRun, ...], ScoredRun | None]:
    """The runs, and the one that they may not be worse than, against the same gold."""
    from eval.summary import score_files

    runs = score_files(
        [*results, *([gates.base] if gates.base else [])],
        gold=gold,
        sources=sources_from(index, reports),
        by_quote=by_quote,
    )
    if index and not reports:
        _warn_of_other_index(runs, index)
    return runs[: len(results)], runs[-1] if gates.base else None


def _warn_of_other_index(runs: Sequence[ScoredRun], index: Path) -> None:
    """Tell which runs were asked over another index than the one they are checked against."""
    from eval.fingerprint import index_print
    from rag.manifest import Manifest

    here = index_print(Manifest.load(index))
    for run in runs:
        there = {case.result.fingerprint.get("index", here) for case in run.cases}
        if there != {here}:
            typer.echo(
                f"주의: {run.path}은(는) {index}의 지금 색인에 물은 결과가 아닙니다. 줄과 쪽이 "
                "어긋날 수 있습니다.",
                err=True,
            )


def end_by(gates: Gates, runs: Sequence[ScoredRun], *, base: ScoredRun | None) -> None:
    """Tell what fell short, and end with exit code 1 if anything did."""
    missed = [(run.path, gates.shortfalls(run, base=base)) for run in runs]
    for path, lines in missed:
        if lines:
            typer.echo(f"기준 미달({path}): {', '.join(lines)}", err=True)
    if any(lines for _, lines in missed):
        raise typer.Exit(1)
