"""`python -m index.bench_read [FILE…]`: pages of PDF that are read in a second, beside pdfplumber.

Scanned pages are left out: tesseract takes their time. So is the work of other programs: what
counts is the time on the processor.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from statistics import median
from time import process_time
from typing import Annotated

import typer

from index.readers.pdf import read_pdf
from index.readers.source import Source, load
from rag.errors import ReportError
from rag.types import Report

_SAMPLE = Path(__file__).parent.parent / "samples" / "hanbit_2025_report.pdf"
_MOST_BYTES = 2**30
_ROUNDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """Pages a second of some pages."""

    name: str
    pages: int
    ours: float
    plain: float

    def line(self) -> str:
        """The figures as the user reads them."""
        return (
            f"  {self.name} {self.pages:>5,}쪽  이 프로그램 {self.ours:7.1f} 쪽/초   "
            f"pdfplumber {self.plain:7.1f} 쪽/초   {self.ours / self.plain:5.1f}배"
        )


def main(files: Annotated[list[Path] | None, typer.Argument(help="PDF 파일")] = None) -> None:
    """PDF를 읽는 속도를 pdfplumber와 견주어 잽니다."""
    typer.echo(f"번갈아 {_ROUNDS}회 잰 중앙값(CPU 시간). 글자 정보가 없는 스캔한 쪽은 뺍니다.")
    typer.echo("pdfplumber는 extract_text와 extract_tables를 부릅니다.")
    failed = False
    for file in files or [_SAMPLE]:
        try:
            speeds = measured(load(file, max_bytes=_MOST_BYTES))
        except ReportError as error:
            typer.echo(str(error), err=True)
            failed = True
            continue
        typer.echo("\n".join([file.name, *(speed.line() for speed in speeds)]))
    raise typer.Exit(failed)


def measured(source: Source, *, rounds: int = _ROUNDS) -> tuple[Speed, ...]:
    """The speeds on all pages with letters, on those with tables and on the others."""
    lettered = only(source, _lettered(source))
    (report,) = read_pdf(lettered)
    tables = _with_tables(report)
    sheets = {page.number for page in report.pages if page.number is not None}
    parts = {"표가 있는 쪽": tables, "표가 없는 쪽": sorted(sheets - set(tables))}
    found = [_speed("스캔 아닌 쪽", lettered, len(sheets), rounds)]
    for name, numbers in parts.items():
        if numbers:
            found.append(_speed(name, only(lettered, numbers), len(numbers), rounds))
    return tuple(found)


def _speed(name: str, source: Source, pages: int, rounds: int) -> Speed:
    """Both in turns, so that a busy moment of the machine hits both alike."""
    times = [(_seconds(read_pdf, source), _seconds(_plain, source)) for _ in range(rounds)]
    ours, plain = (median(column) for column in zip(*times, strict=True))
    return Speed(name=name, pages=pages, ours=pages / ours, plain=pages / plain)


def _seconds(read: Callable[[Source], object], source: Source) -> float:
    started = process_time()
    read(source)
    return process_time() - started


def _plain(source: Source) -> None:
    """What most programs do."""
    import pdfplumber

    with pdfplumber.open(BytesIO(source.data)) as document:
        for page in document.pages:
            page.extract_text()
            page.extract_tables()
            page.close()


def _lettered(source: Source) -> list[int]:
    """The pages, counted from 1, that are not mere pictures."""
    import pypdfium2 as pdfium

    try:
        with pdfium.PdfDocument(source.data) as document:
            found = [
                number
                for number, page in enumerate(document, start=1)
                if page.get_textpage().get_text_range().strip()
            ]
    except pdfium.PdfiumError as error:
        raise source.error("PDF를 열 수 없습니다.") from error
    if not found:
        raise source.error("글자 정보가 있는 쪽이 없습니다.")
    return found


def _with_tables(report: Report) -> list[int]:
    return [
        page.number
        for page in report.pages
        if page.number is not None
        and any(
            table.first_line < page.first_line + len(page.lines)
            and page.first_line <= table.last_line
            for table in report.tables
        )
    ]


def only(source: Source, numbers: Sequence[int]) -> Source:
    """The file with those pages alone."""
    import pypdfium2 as pdfium

    written = BytesIO()
    with pdfium.PdfDocument(source.data) as document, pdfium.PdfDocument.new() as part:
        part.import_pages(document, [number - 1 for number in numbers])
        part.save(written)
    return replace(source, data=written.getvalue())


if __name__ == "__main__":
    typer.run(main)
