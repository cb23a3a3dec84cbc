"""`python -m index.bench_pages [PATH…]`: how far estimated pages are from the true ones.

Reports whose pages are known lose their page numbers, the estimator sees only their lines, and each
line's estimate is compared with its page: the samples, those named, and made-up reports that are
laid out here, unlike each other in page length, tables, figures and contents lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median, quantiles
from typing import Annotated

import typer

from index.made_pages import made_reports
from index.page_estimate import estimated
from index.page_marks import is_page_mark
from index.readers import find_files, read_file
from rag.errors import ReportError
from rag.types import Page, Report

_SAMPLES = Path(__file__).parent.parent / "samples"
_MOST_BYTES = 200 * 2**20
_HEAD = f"{'보고서':<26} {'쪽':>4} {'추정':>6} {'중앙 오차':>8} {'90% 오차':>8} {'1쪽 이내':>8}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Errors:
    """What the estimates of one report, or of several, are worth; lines without text aside."""

    name: str
    pages: int
    lines: int
    off: tuple[int, ...]  # estimated minus true page, for each line with an estimate

    @property
    def share(self) -> float:
        """The share of lines that got an estimate."""
        return len(self.off) / self.lines if self.lines else 0.0

    @property
    def median(self) -> float:
        """Half of the estimates are at most so many pages off."""
        return median(map(abs, self.off))

    @property
    def ninth(self) -> float:
        """Nine in ten estimates are at most so many pages off."""
        sizes = [abs(pages) for pages in self.off]
        return quantiles(sizes, n=10, method="inclusive")[-1] if len(sizes) > 1 else sizes[0]

    @property
    def near(self) -> float:
        """The share of estimates that are at most one page off."""
        return sum(abs(pages) <= 1 for pages in self.off) / len(self.off)

    def line(self) -> str:
        """The figures as the user reads them."""
        found = f"{self.name[:26]:<26} {self.pages:>5} {self.share:>7.1%}"
        if not self.off:
            return f"{found}  근거가 없어 추정하지 않음"
        return f"{found} {self.median:>8.1f} {self.ninth:>10.1f} {self.near:>10.1%}"


def main(
    files: Annotated[list[Path] | None, typer.Argument(help="쪽을 아는 보고서")] = None,
) -> None:
    """쪽 번호를 지운 보고서에서 쪽을 추정해 실제 쪽과 견줍니다."""
    typer.echo(_HEAD)
    measured = [measure(report) for report in [*_read(files), *made_reports()]]
    for errors in measured:
        typer.echo(errors.line())
    typer.echo(pooled(measured).line())


def measure(report: Report) -> Errors:
    """The errors on one report whose pages are known."""
    bare, truth = without_pages(report)
    guesses = [page.number for page in estimated(bare).pages for _ in page.lines]
    told = [
        (guess, true)
        for guess, true, line in zip(guesses, truth, bare.lines, strict=True)
        if true is not None and line.strip()
    ]
    return Errors(
        name=report.id,
        pages=len({true for _, true in told}),
        lines=len(told),
        off=tuple(guess - true for guess, true in told if guess is not None),
    )


def pooled(measured: Sequence[Errors]) -> Errors:
    """All estimates together; reports without any ground have no part in the share."""
    grounded = [errors for errors in measured if errors.off]
    return Errors(
        name=f"합계(근거 있는 {len(grounded)}건)",
        pages=sum(errors.pages for errors in grounded),
        lines=sum(errors.lines for errors in grounded),
        off=tuple(pages for errors in grounded for pages in errors.off),
    )


def without_pages(report: Report) -> tuple[Report, tuple[int | None, ...]]:
    """The report as one page without number or marks, and the printed page of each line."""
    kept = [
        (line, page.printed or page.number)
        for page in report.pages
        for line in page.lines
        if not is_page_mark(line)
    ]
    only = Page(number=None, exact=False, first_line=1, lines=tuple(line for line, _ in kept))
    bare = replace(report, pages=(only,), tables=(), headings=())
    return bare, tuple(number for _, number in kept)


def _read(files: Iterable[Path] | None) -> Iterator[Report]:
    """The reports with exact pages among the samples and the files and folders named."""
    for file in find_files([_SAMPLES, *(files or [])]):
        try:
            reports = read_file(file, max_bytes=_MOST_BYTES)
        except ReportError as error:
            typer.echo(str(error), err=True)
            continue
        yield from (report for report in reports if all(page.exact for page in report.pages))


if __name__ == "__main__":
    typer.run(main)
