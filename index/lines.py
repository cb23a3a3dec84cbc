"""A report as numbered lines for the outline: page marks blanked, long table cells opened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.page_marks import is_page_mark
from rag.korean import clean
from rag.types import Page, Report, Span

_BLOCK_TAGS = re.compile(r"</?(?:p|li|ul|ol|tr|br|div|table|h\d)\b[^<>]*>", re.IGNORECASE)
_CELL_TAGS = re.compile(r"</t[dh]>\s*<t[dh]\b[^<>]*>", re.IGNORECASE)
# Bullets that a cell holds one after another: `- 가 - 나`, `• 가 • 나`.
_INLINE_BULLET = re.compile(r"\s(?=(?:[□■○●◦•▶▷※⇒]|-\s|:\s연)\s?)")
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

    @property
    def blank(self) -> bool:
        """Whether nothing stands here."""
        return not self.text.strip()


def lines_of(report: Report) -> tuple[Line, ...]:
    """All lines of the report in order."""
    return tuple(line for page in report.pages for line in page_lines(page))


def page_lines(page: Page) -> Iterator[Line]:
    """The lines of one page, numbered as in the source; the mark of a known page is blank."""
    known = page.exact and page.number is not None
    for number, text in enumerate(page.lines, start=page.first_line):
        shown = "" if known and is_page_mark(text) else text
        yield from _opened(Line(number, shown, page.number, page.exact))


def span_of(first: Line, last: Line) -> Span:
    """Where two lines and all between them stand."""
    return Span(
        first_page=first.page,
        last_page=last.page,
        page_exact=first.page_exact and last.page_exact,
        first_line=first.number,
        last_line=last.number,
    )


def _opened(line: Line) -> Iterator[Line]:
    """A row `<p>70. 지적</p> TAB <p>…</p>` as its heading and items; other lines as they are."""
    cells = [part for part in line.text.split("\t") if part.strip()]
    heading = clean(cells[0]) if cells else ""
    if len(cells) < 2 or not _ROW_ITEM.match(heading) or max(map(len, cells)) < _OPENED:
        yield line
        return
    yield Line(line.number, heading, line.page, line.page_exact, row_item=True, in_cell=True)
    for cell in cells[1:]:
        for text in cell_items(cell):
            yield Line(line.number, text, line.page, line.page_exact, in_cell=True)


def cell_items(cell: str) -> Iterator[str]:
    """The items of a cell: HTML blocks, then bullets within a block.

    >>> list(cell_items("<p>추진중</p><ul><li>- 가 : 3명 - 나 : 4명</li></ul>"))
    ['추진중', '- 가 : 3명', '- 나 : 4명']
    """
    for part in _BLOCK_TAGS.split(_CELL_TAGS.sub("\t", cell)):
        for item in _INLINE_BULLET.split(clean(part)):
            if item.strip():
                yield item.strip()
