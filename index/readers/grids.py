"""A table as a word processor keeps it -> rows of cells, with its merged cells and its head."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, product

from index.readers.lines import split_lines
from index.readers.symbols import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph; without text it is a visible gap, with line ends several lines."""

    text: str
    level: int | None = None  # of a heading that the file marks, from 1
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell, at the place where it begins (from 0)."""

    blocks: tuple[Paragraph | Grid, ...]
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table; `head` is how many rows the file marks as labels, 0 where it marks none."""

    cells: tuple[Cell, ...]
    head: int = 0
    notes: tuple[str, ...] = ()  # footnotes of its cells


@dataclass(frozen=True, kw_only=True)
class Rows:
    """The rows that hold text, in the columns in which any begins."""

    begun: tuple[tuple[str, ...], ...]  # a merged cell only where it begins
    expanded: tuple[tuple[str, ...], ...]  # a merged cell in all its places
    pages: tuple[int | None, ...]
    marked: int  # rows that the file marks as labels

    @property
    def width(self) -> int:
        return len(self.begun[0]) if self.begun else 0

    @cached_property
    def head(self) -> int:
        """How many rows at the top are labels."""
        return min(self.marked, len(self.begun) - 1) or _head(self)


_MOST_PLACES = 400_000  # of one table; what spans claim beyond that stays empty
_LABEL_CHARS = 30
_VALUE = re.compile(
    r"[△▲▽▼Δ+-]?\s*[\d,.]+\s*(?:[조억만천백]*\s*원?|%p?|[명개건호동대곳회팀실종㎡㎢㎞]|개소|개사|가구|세대|km)"
    r"\s*(?:\([^)]*\))?|[-–]"
)
_YEAR = re.compile(r"(?:19|20)\d\d|\d{1,2}")  # years and running numbers label columns
_SAYS = re.compile(
    r"\d[\d,.]*\s*(?:[조억만천백]+\s*원?|원|%|명|건|개소|㎡)|\d{4}\s?[.년]\s?\d|^[○◦●□■※•▪-]|다\.$|[:：]"
)
_HEADING_NUMBER = re.compile(r"([Ⅰ-Ⅻ]|[IVX]{1,4}|\d{1,2}|[①-⑳]|제\s?\d+\s?[장절편부])\s*(\.?)")
_HEADING_CHARS = 60


def rows_of(grid: Grid) -> Rows:
    """The table row by row; rows and columns in which no text begins are left out."""
    places = _places(grid.cells)
    begun = {(cell.row, cell.column): text for cell in grid.cells if (text := _text(cell))}
    rows = sorted({row for row, _ in begun})
    columns = sorted({column for _, column in begun})
    pages = dict(_row_pages(grid.cells))
    return Rows(
        begun=tuple(tuple(begun.get((row, at), "") for at in columns) for row in rows),
        expanded=tuple(tuple(places.get((row, at), "") for at in columns) for row in rows),
        pages=tuple(pages.get(row) for row in rows),
        marked=sum(row < grid.head for row in rows),
    )


def heading_of(rows: Rows) -> str | None:
    """The heading that is drawn as a table of one row: `Ⅰ | 일반현황` is `Ⅰ. 일반현황`."""
    if len(rows.begun) != 1 or not 2 <= rows.width <= 3:
        return None
    number = _HEADING_NUMBER.fullmatch(rows.begun[0][0])
    title = " ".join(rows.begun[0][1:])
    if not number or len(title) > _HEADING_CHARS or not re.search(r"[가-힣A-Za-z]{2}", title):
        return None
    dotted = number[2] or number[1][0] in "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫIVX"
    return f"{number[1]}{'.' if dotted else ''} {title}"


def _places(cells: Sequence[Cell]) -> dict[tuple[int, int], str]:
    """The text in every place that its cell covers."""
    height = max((cell.row for cell in cells), default=0) + 1
    width = max((cell.column for cell in cells), default=0) + 1
    places = {(cell.row, cell.column): _text(cell) for cell in cells}
    left = _MOST_PLACES
    for cell in cells:
        text = places[cell.row, cell.column]
        rows = range(cell.row, min(cell.row + cell.row_span, height))
        columns = range(cell.column, min(cell.column + cell.column_span, width))
        left -= len(rows) * len(columns)
        if left > 0:
            for place in product(rows, columns):
                places.setdefault(place, text)
    return places


def _text(cell: Cell) -> str:
    """The cell's own text in one piece; a table within it is not part of it."""
    texts = (plain(block.text) for block in cell.blocks if isinstance(block, Paragraph))
    joined = " ".join(text.strip() for text in texts if text.strip())
    return " ".join(split_lines(joined))


def _row_pages(cells: Sequence[Cell]) -> Iterator[tuple[int, int]]:
    for cell in reversed(cells):
        pages = (block.page for block in cell.blocks if isinstance(block, Paragraph))
        page = next((page for page in pages if page is not None), None)
        if page is not None:
            yield cell.row, page


def _head(rows: Rows) -> int:
    """One row of labels; two or more where a label above stands over several below."""
    last = len(rows.begun) - 1
    if last < 1 or not _labels(rows.expanded[0]):
        return 0
    head = 1
    while head < min(last, 3) and _goes_on(rows, head) and _labels(rows.expanded[head]):
        head += 1
    return head


def _goes_on(rows: Rows, at: int) -> bool:
    """Whether the row stands under labels that are merged across or down into it."""
    above, row = rows.expanded[at - 1], rows.expanded[at]
    begun = rows.begun[at - 1]
    return any(
        left and left == right and not begun[place + 1] and row[place] != row[place + 1]
        for place, (left, right) in enumerate(pairwise(above))
    )


def _labels(row: Sequence[str]) -> bool:
    """Whether the cells name what stands below rather than say it."""
    filled = [cell for cell in row if cell]
    return bool(filled) and not any(
        len(cell) > _LABEL_CHARS
        or (_VALUE.fullmatch(cell) and not _YEAR.fullmatch(cell))
        or _SAYS.search(cell)
        for cell in filled
    )
