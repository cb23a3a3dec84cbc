"""A report as numbered lines for the outline: page marks blanked, long table cells opened."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from index.page_marks import is_page_mark
from rag.korean import clean
from rag.types import Page, Report, Span, TableShape

_BLOCK_TAGS = re.compile(r"</?(?:p|li|ul|ol|tr|br|div|table|h\d)\b[^<>]*>", re.IGNORECASE)
_CELL_TAGS = re.compile(r"</t[dh]>\s*<t[dh]\b[^<>]*>", re.IGNORECASE)
# Bullets that a cell holds one after another: `- 가 - 나`, `• 가 • 나`.
_INLINE_BULLET = re.compile(r"\s(?=(?:[□■○●◦•▶▷※]|ㅇ\s|-\s|:\s연)\s?)")
_ROW_ITEM = re.compile(r"\d{1,3}\.(?:\s+\S|[^\s\d])")  # not `3.5`
_OPENED = 120  # characters from which a cell is a text of its own rather than a value


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or one item of a long table cell; then several share a number."""

    number: int
    text: str  # verbatim, or the item's text without tags
    page: int | None
    page_exact: bool
    row_item: bool = False  # the numbered first cell of a row: heads what its other cells say
    in_cell: bool = False
    explains: str = ""  # the words whose footnote this is
    printed: int | None = None
    ocr: bool = False
    shape: TableShape | None = None  # of the table whose row this is, where the file draws it
    level: int | None = None  # of a heading that the file itself marks

    @property
    def blank(self) -> bool:
        """Whether nothing stands here."""
        return not self.text.strip()


def lines_of(report: Report, pages: Sequence[Page] | None = None) -> tuple[Line, ...]:
    """The lines of these pages, of all when none are given; the mark of a known page is blank."""
    shapes = {
        number: shape
        for shape in report.tables
        for number in range(shape.first_line, shape.last_line + 1)
    }
    levels = dict(report.headings)
    read = report.pages if pages is None else pages
    return tuple(line for page in read for line in _page_lines(page, shapes, levels))


def _page_lines(
    page: Page, shapes: Mapping[int, TableShape], levels: Mapping[int, int]
) -> Iterator[Line]:
    known = page.exact and page.number is not None
    for number, text in enumerate(page.lines, start=page.first_line):
        yield from _opened(
            Line(
                number,
                "" if known and is_page_mark(text) else text,
                page.number,
                page.exact,
                printed=page.printed,
                ocr=page.ocr,
                shape=shapes.get(number),
                level=levels.get(number),
            )
        )


def is_row(line: Line) -> bool:
    """Whether the line is a row of a table."""
    return (line.shape is not None or "\t" in line.text) and not line.in_cell


def span_of(first: Line, last: Line) -> Span:
    """Where two lines and all between them stand."""
    return Span(
        first_page=first.page,
        last_page=last.page,
        page_exact=first.page_exact and last.page_exact,
        first_line=first.number,
        last_line=last.number,
        printed_page=first.printed,
        ocr=first.ocr or last.ocr,
    )


def _opened(line: Line) -> Iterator[Line]:
    """A row `<p>70. 지적</p> TAB <p>…</p>` as its heading and items; other lines as they are."""
    cells = [part for part in line.text.split("\t") if part.strip()]
    heading = clean(cells[0]) if cells else ""
    if len(cells) < 2 or not _ROW_ITEM.match(heading) or max(map(len, cells)) < _OPENED:
        yield line
        return
    item = replace(line, in_cell=True, shape=None)
    yield replace(item, text=heading, row_item=True)
    for cell in cells[1:]:
        for text in cell_items(cell):
            yield replace(item, text=text)


def cell_items(cell: str) -> Iterator[str]:
    """The items of a cell: HTML blocks, then bullets within a block.

    >>> list(cell_items("<p>추진중</p><ul><li>- 가 : 3명 - 나 : 4명</li></ul>"))
    ['추진중', '- 가 : 3명', '- 나 : 4명']
    """
    for part in _BLOCK_TAGS.split(_CELL_TAGS.sub("\t", cell)):
        for item in _INLINE_BULLET.split(clean(part)):
            if item.strip():
                yield item.strip()
