"""What word processors keep, paragraphs and tables with merged cells, as the lines of a report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from index.readers.grids import Cell, Grid, Paragraph, Rows, heading_of, rows_of
from index.readers.lines import split_lines
from index.readers.report import report_with
from index.readers.source import Source
from index.readers.symbols import plain
from rag.types import Page, Report, TableShape

__all__ = ["Block", "Cell", "Grid", "Paragraph", "report_of"]

Block = Paragraph | Grid

_UNIT = re.compile(r"\W{0,3}단위\s*[:：]")
_DEEPEST = 32  # boxes within boxes


def report_of(source: Source, blocks: Sequence[Block], notices: Sequence[str] = ()) -> Report:
    """The file as one report; `ReportError` when it holds no text."""
    writer = _Writer()
    writer.write(blocks)
    lines = split_lines("\n".join(writer.lines).rstrip("\n"))
    return report_with(
        source,
        _pages(lines, writer.pages),
        tables=writer.tables,
        headings=writer.headings,
        notices=notices,
    )


class _Writer:
    """Blocks into lines, one after another."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.pages: list[int | None] = []  # of each line
        self.tables: list[TableShape] = []
        self.headings: list[tuple[int, int]] = []
        self._page: int | None = None

    def write(self, blocks: Sequence[Block], depth: int = 0) -> None:
        for block in blocks:
            if isinstance(block, Paragraph):
                self._paragraph(block)
            elif depth < _DEEPEST:
                self._grid(block, depth)

    def _paragraph(self, paragraph: Paragraph) -> None:
        self._turn(paragraph.page)
        printed = [line for text in paragraph.text.split("\n") if (line := plain(text))]
        if not printed or paragraph.level:
            self._gap()
        if printed and paragraph.level:
            self.headings.append((len(self.lines) + 1, paragraph.level))
        for line in printed:
            self._line(line)

    def _grid(self, grid: Grid, depth: int) -> None:
        rows = rows_of(grid)
        title = heading_of(rows)
        if title or rows.width <= 1:
            self._gap()
            if title:
                self._turn(rows.pages[0])
                self._line(title)
            else:
                for cell in grid.cells:
                    self.write(cell.blocks, depth + 1)
        else:
            self._table(rows)
            for cell in grid.cells:
                for nested in cell.blocks:
                    if isinstance(nested, Grid):
                        self._gap()
                        self.write((nested,), depth + 1)
        for note in grid.notes:
            self._gap() if note == grid.notes[0] else None
            self._line(plain(note))
        self._gap()

    def _table(self, rows: Rows) -> None:
        if not (self.lines and _UNIT.match(self.lines[-1])):
            self._gap()
        first = len(self.lines) + 1
        for cells, page in zip(rows.begun, rows.pages, strict=True):
            self._turn(page)
            self._line("\t".join(cells))
        self.tables.append(
            TableShape(
                first_line=first, last_line=len(self.lines), head=rows.head, grid=rows.expanded
            )
        )

    def _turn(self, page: int | None) -> None:
        if page is not None and page > (self._page or 0):
            self._page = page

    def _line(self, text: str) -> None:
        self.lines.append(text)
        self.pages.append(self._page)

    def _gap(self) -> None:
        if self.lines and self.lines[-1]:
            self._line("")


def _pages(lines: Sequence[str], numbers: Sequence[int | None]) -> Iterator[Page]:
    """The lines page by page; one page without a number where there is no ground for any."""
    known = next((number for number in numbers if number is not None), None)
    first = 1
    for number, run in groupby(zip(lines, numbers, strict=False), key=lambda pair: pair[1]):
        texts = tuple(line for line, _ in run)
        yield Page(number=number or known, exact=False, first_line=first, lines=texts)
        first += len(texts)
