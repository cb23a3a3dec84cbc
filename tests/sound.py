"""Sound files of every kind that is read, small enough to be mutated by the thousand."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import pypdfium2 as pdfium
import typst

from tests import hostile, made_hwp

_SAMPLE = Path(__file__).parent.parent / "samples" / "hanbit_2025_report.pdf"
_REPORTS = Path(__file__).parent / "reports"
_KINDS = ("pdf", "pdf", "docx", "hwpx", "hwp", "hml", "txt")
_PAGES = 5  # of the PDF at once


def source(seed: int) -> tuple[str, bytes]:
    """The suffix and bytes of the file that a seed mutates; every kind in turn."""
    kind = _KINDS[seed % len(_KINDS)]
    made = _sources(kind)
    return kind, made[seed // len(_KINDS) % len(made)]


def light(kind: str) -> bytes:
    """A file that is quick to read."""
    if kind == "txt":
        return _SAMPLE.with_name("hanbit_2023_plan.txt").read_bytes()
    return hostile.pdf([hostile.text_page(1, lines=8)]) if kind == "pdf" else hostile.short(kind)


@cache
def scan() -> bytes:
    """The page of the sample report that is a picture."""
    with pdfium.PdfDocument(_SAMPLE) as whole:
        letters = [page.get_textpage().count_chars() for page in whole]
        return _part(whole, [letters.index(0)])


@cache
def _sources(kind: str) -> Sequence[bytes]:
    """What is to be mutated."""
    if kind == "pdf":
        small = hostile.pdf([hostile.text_page(number) for number in (1, 2)])
        return [_typeset(), small, *_sheets(_SAMPLE.read_bytes(), _PAGES)]
    if kind in ("hwp", "hml"):
        return [_hwp() if kind == "hwp" else _hwpml()]
    report = (_REPORTS / f"hanbit_2025_report.{kind}").read_bytes()
    return [report] if kind == "txt" else [report, hostile.short(kind)]


def _hwp() -> bytes:
    """A part of the sample report as Hangul 5 keeps it."""
    said = [
        made_hwp.paragraph(
            line, *[made_hwp.footnote("각주")] * (at % 9 == 0), shape=at % 3, at=at * 1600 % 60_000
        )
        for at, line in enumerate(_text(80))
    ]
    grid = [(f"{row},{column}00", row, column, 1, 1) for row in range(1, 9) for column in range(5)]
    merged = [("구분", 0, 0, 1, 2), ("예산", 0, 2, 1, 3)]
    sign = made_hwp.sign(11, b" lbt") + made_hwp.text_units("")
    said[40:40] = [made_hwp.paragraph(sign, made_hwp.table([*merged, *grid], (9, 5)))]
    shapes = made_hwp.shape() + made_hwp.shape(1) + made_hwp.shape(2, 1, 1)
    return made_hwp.hwp(*said, info=shapes + made_hwp.numbering(("^1.", 2), ("^2)", 8)))


def _hwpml() -> bytes:
    """A part of the sample report as the XML that Hangul once kept."""

    def paragraph(inner: str) -> str:
        return f'<P ParaShape="0" Style="0"><TEXT CharShape="0">{inner}</TEXT></P>'

    def cell(text: str, row: int, column: int) -> str:
        place = f'RowAddr="{row}" ColAddr="{column}" RowSpan="1" ColSpan="1"'
        inside = paragraph(f"<CHAR>{text}</CHAR>")
        return f"<CELL {place}><PARALIST>{inside}</PARALIST></CELL>"

    rows = "".join(
        f"<ROW>{''.join(cell(f'{row},{column}00', row, column) for column in range(4))}</ROW>"
        for row in range(9)
    )
    table = paragraph(f'<TABLE RowCount="9" ColCount="4">{rows}</TABLE>')
    said = "".join(paragraph(f"<CHAR>{escape(line)}</CHAR>") for line in _text(80))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="no" ?><HWPML Version="2.8"><HEAD>'
        '<PARASHAPE Id="0" HeadingType="Outline" Level="0"/></HEAD><BODY><SECTION Id="0">'
        f"{said}{table}{said}</SECTION></BODY></HWPML>"
    ).encode()


def _text(count: int) -> list[str]:
    said = (_REPORTS / "hanbit_2025_report.txt").read_text(encoding="utf-8")
    return said.splitlines()[:count]


def _typeset() -> bytes:
    """A PDF as typesetting makes it: a table, letters of its own, an outline."""
    cells = ", ".join(f"[{number},200]" for number in range(36))
    said = "= Budget\n#lorem(200)\n#table(columns: 4, [a], [b], [c], [d], %s)\n#lorem(400)"
    made: bytes = typst.compile((said % cells).encode(), ignore_system_fonts=True)
    return made


def _sheets(data: bytes, count: int) -> Iterator[bytes]:
    """The pages of a PDF, so many a file."""
    with pdfium.PdfDocument(data) as whole:
        for first in range(0, len(whole), count):
            yield _part(whole, list(range(first, min(first + count, len(whole)))))


def _part(whole: pdfium.PdfDocument, pages: list[int]) -> bytes:
    with pdfium.PdfDocument.new() as part, io.BytesIO() as saved:
        part.import_pages(whole, pages)
        part.save(saved)
        return saved.getvalue()
