"""A PDF file -> one report: the pages' words, then lines, then paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.readers.pdf.assemble import assembled
from index.readers.pdf.autospace import without_autospace
from index.readers.pdf.grids import PageTable, tables_between, tables_on
from index.readers.pdf.layout import reading_order
from index.readers.pdf.running import Sheet, without_running
from index.readers.pdf.words import Word, garbled, words_on
from index.readers.report import report_with
from index.readers.source import Source
from rag.types import Report

if TYPE_CHECKING:
    import pypdfium2 as pdfium

    from index.readers.ocr import Scan

_PASSWORD, _SECURITY = 4, 5  # FPDF_ERR_* of pdfium
_FULL_LINES = 0.75  # of the pages end their lines at the report's margin or left of it
_MOST_PAGES = 20_000  # a damaged file may claim millions
_NO_TEXT = "글자가 없는 PDF입니다. 내용이 있는 보고서를 지정해 주세요."
_SHOWN_PAGES = 8  # page numbers that one notice names


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What is drawn on one page."""

    number: int
    width: float
    height: float
    words: Sequence[Word]
    tables: Sequence[PageTable]
    ocr: bool = False


def read_pdf(source: Source) -> tuple[Report, ...]:
    """The file as one report; `number` of a page is its sheet, counted from 1."""
    with _opened(source) as document:
        if len(document) > _MOST_PAGES:
            raise source.error(
                f"쪽수가 너무 많거나 쪽수 정보가 손상된 PDF입니다(한도 {_MOST_PAGES:,}쪽). "
                "나누어 저장해서 넣어 주세요."
            )
        pages = [_drawn(document, number) for number in range(1, len(document) + 1)]
        pages, notices = _with_scans(document, pages)
    right = _margin(pages)
    sheets = [
        Sheet(
            page.number,
            page.height,
            tuple(reading_order(page.words, page.tables, right=right.get(page.width, 0.0))),
        )
        for page in pages
    ]
    kept, printed = without_running(sheets)
    scanned = {page.number for page in pages if page.ocr}
    text = assembled(kept, printed=printed, scanned=scanned)
    empty = notices[0] if notices else _NO_TEXT
    return (report_with(source, text.pages, tables=text.tables, notices=notices, empty=empty),)


def _opened(source: Source) -> pdfium.PdfDocument:
    import pypdfium2 as pdfium

    try:
        return pdfium.PdfDocument(source.data)
    except pdfium.PdfiumError as error:
        if error.err_code in (_PASSWORD, _SECURITY):
            raise source.error(
                "암호가 걸린 PDF입니다. 암호를 풀어 다시 저장한 뒤 넣어 주세요."
            ) from error
        raise source.error(
            "PDF를 열 수 없습니다. 파일이 잘렸거나 손상되었을 수 있으니 원본을 다시 받아 주세요."
        ) from error


def _drawn(document: pdfium.PdfDocument, number: int) -> _Drawn:
    """One page; a page that pdfium cannot load has nothing on it."""
    import pypdfium2 as pdfium

    try:
        page = document[number - 1]
    except pdfium.PdfiumError:
        return _Drawn(number, 0.0, 0.0, (), ())
    text_page = page.get_textpage()
    try:
        words = without_autospace(words_on(page, text_page))
        if garbled(words):
            words = []
        tables = _tables(tables_on(page, words))
        width, height = page.get_size()
        return _Drawn(number, width, height, words, tables)
    finally:
        text_page.close()
        page.close()


def _with_scans(
    document: pdfium.PdfDocument, pages: Sequence[_Drawn]
) -> tuple[list[_Drawn], list[str]]:
    """The pages, those without letters read from their picture, and what could not be read."""
    scanned = [page.number for page in pages if not page.words and _has_picture(document, page)]
    if not scanned:
        return list(pages), []
    from index.readers import ocr

    if not ocr.available():
        return list(pages), [
            f"{_named(scanned)}은 글자 정보가 없는 그림(스캔)이라 읽지 못했습니다. "
            "tesseract와 한국어 자료(tesseract-ocr-kor)를 설치한 뒤 다시 색인해 주세요."
        ]
    found = dict(zip(scanned, ocr.read_pages(document, scanned), strict=True))
    read = [_scanned(page, found[page.number]) if page.number in found else page for page in pages]
    empty = [number for number, scan in found.items() if not scan.words]
    return read, [f"{_named(empty)}에서는 글자를 찾지 못했습니다."] if empty else []


def _scanned(page: _Drawn, scan: Scan) -> _Drawn:
    tables = _tables(tables_between(scan.rulings, scan.words, page.width, page.height))
    return replace(page, words=scan.words, tables=tables, ocr=True)


def _tables(found: Iterable[PageTable]) -> list[PageTable]:
    """Without boxes around text, whose words are those of the page."""
    return [table for table in found if len(table.rows[0]) > 1]


def _has_picture(document: pdfium.PdfDocument, page: _Drawn) -> bool:
    """Whether anything is drawn on a page without letters; a blank page has nothing to read."""
    if not page.height:
        return False
    opened = document[page.number - 1]
    try:
        return any(True for _ in opened.get_objects(max_depth=2))
    finally:
        opened.close()


def _margin(pages: Sequence[_Drawn]) -> dict[float, float]:
    """Where the lines of pages of each width end, in points."""
    ends: dict[float, list[float]] = {}
    for page in pages:
        if page.words:
            ends.setdefault(page.width, []).append(max(word.x1 for word in page.words))
    return {
        width: sorted(found)[int(_FULL_LINES * (len(found) - 1))] for width, found in ends.items()
    }


def _named(numbers: Sequence[int]) -> str:
    """`3–5, 9쪽`, cut short where there are many."""
    parts = [f"{first}–{last}" if last > first else str(first) for first, last in _ranges(numbers)]
    shown = ", ".join(parts[:_SHOWN_PAGES])
    more = f" 등 {len(numbers):,}개 쪽" if len(parts) > _SHOWN_PAGES else "쪽"
    return shown + more


def _ranges(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = last = None
    for number in numbers:
        if last is not None and start is not None and number != last + 1:
            yield start, last
            start = None
        start = number if start is None else start
        last = number
    if start is not None and last is not None:
        yield start, last
