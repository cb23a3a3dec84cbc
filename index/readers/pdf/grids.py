"""The tables that a page draws with lines and fills."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from index.readers.pdf.cells import cell_groups
from index.readers.pdf.rulings import Rulings, rulings_on
from index.readers.pdf.words import Word, stands_in, text_of
from rag.types import Box

if TYPE_CHECKING:
    import pypdfium2 as pdfium

_Place = tuple[int, int]  # row and column, from 0

_NARROW = 4.5  # points; what is less is the gap of a double line
_WHOLE_PAGE = 0.6  # of it; a cell as large as that is a frame
_TOLD = 0.2  # of the cells have text at least, else it is a drawing


@dataclass(frozen=True, slots=True)
class PageCell:
    """One cell; a merged one covers more than one row or column."""

    lines: tuple[str, ...]  # as printed, from the top
    box: Box
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1

    @property
    def text(self) -> str:
        """Its lines, joined by a space."""
        return " ".join(self.lines)


@dataclass(frozen=True, slots=True)
class PageTable:
    """One table of a page, a box around text included, which has one cell.

    Each row has one item a column: the cell that begins there, else None.
    """

    bbox: Box
    rows: tuple[tuple[PageCell | None, ...], ...]

    @property
    def cells(self) -> Iterator[PageCell]:
        """Row by row."""
        return (cell for row in self.rows for cell in row if cell)


def tables_on(page: pdfium.PdfPage, words: Sequence[Word]) -> list[PageTable]:
    """The tables and boxes of the page from top to bottom.

    A table in a cell of another follows it; the outer cell does not have its words.
    """
    return tables_between(rulings_on(page), words, *page.get_size()) if words else []


def tables_between(
    rulings: Rulings, words: Sequence[Word], width: float, height: float
) -> list[PageTable]:
    """The same of any rulings and words of a page of that size."""
    fills = [fill for fill in rulings.fills if _holds_a_word(fill, words)]
    found = []
    for cells in cell_groups(rulings, fills):
        smaller = [cell for cell in cells if _area(cell) < _WHOLE_PAGE * width * height]
        if smaller and _drawn(smaller, rulings):
            found.append(_Grid(smaller))
    return sorted(_filled(found, words), key=lambda table: (table.bbox[1], -_area(table.bbox)))


class _Grid:
    """Cells that touch, placed in rows and columns."""

    def __init__(self, cells: Sequence[Box]) -> None:
        self._xs = _borders(x for cell in cells for x in (cell[0], cell[2]))
        self._ys = _borders(y for cell in cells for y in (cell[1], cell[3]))
        self.bbox = (self._xs[0], self._ys[0], self._xs[-1], self._ys[-1])
        self._cells: dict[_Place, Box] = {}
        self._owners: dict[_Place, _Place] = {}
        self._words: dict[_Place, list[Word]] = {}
        for cell in sorted(cells, key=_area):
            self._place(cell)

    def add(self, word: Word) -> None:
        """Put a word into the cell where it stands, drawn or not."""
        x, y = _middle(word)
        row, column = _interval(self._ys, y), _interval(self._xs, x)
        place = self._owners.get((row, column))
        if place is None:
            box = self._xs[column], self._ys[row], self._xs[column + 1], self._ys[row + 1]
            place = self._place(box)
        self._words.setdefault(place, []).append(word)

    def tables(self) -> Iterator[PageTable]:
        """One table, or none if it is a drawing; boxes upon each other are one each."""
        columns = len(self._xs) - 1
        if columns == 1:
            for place in sorted(self._words):
                box = self._cells[place]
                yield PageTable(box, ((PageCell(_lines(self._words[place]), box, 0, 0),),))
        elif len(self._words) >= max(2, _TOLD * len(self._cells)):
            rows = [[self._cell((row, at)) for at in range(columns)] for row in range(self._height)]
            yield PageTable(self.bbox, tuple(tuple(row) for row in rows))

    @property
    def _height(self) -> int:
        return len(self._ys) - 1

    def _place(self, box: Box) -> _Place:
        """Give the cell the places it covers that no smaller one has."""
        place = _nearest(self._ys, box[1]), _nearest(self._xs, box[0])
        covered = product(
            range(place[0], _nearest(self._ys, box[3])), range(place[1], _nearest(self._xs, box[2]))
        )
        free = [spot for spot in covered if spot not in self._owners]
        if place in free:
            self._cells[place] = box
            self._owners |= dict.fromkeys(free, place)
        return place

    def _cell(self, place: _Place) -> PageCell | None:
        if place not in self._cells:
            return None
        box = self._cells[place]
        return PageCell(
            lines=_lines(self._words.get(place, ())),
            box=box,
            row=place[0],
            column=place[1],
            row_span=_nearest(self._ys, box[3]) - place[0],
            column_span=_nearest(self._xs, box[2]) - place[1],
        )


def _filled(grids: Sequence[_Grid], words: Sequence[Word]) -> Iterator[PageTable]:
    """The tables with their words, each of which is in the innermost of the grids around it."""
    inner_first = sorted(grids, key=lambda grid: _area(grid.bbox))
    for word in words:
        for grid in inner_first:
            if stands_in(word, grid.bbox):
                grid.add(word)
                break
    found = [table for grid in grids for table in grid.tables()]
    real = [table.bbox for table in found if len(table.rows[0]) > 1]
    for table in found:
        box = table.bbox
        if box in real or not (_frames(box, real) or _is_in_a_line(box, words)):
            yield table


def _frames(box: Box, tables: Iterable[Box]) -> bool:
    """Whether a box goes around a table; the rest of what it holds is text like any other."""
    return any(_is_inside(table[:2], box) and _is_inside(table[2:], box) for table in tables)


def _is_in_a_line(box: Box, words: Iterable[Word]) -> bool:
    """Whether words stand right beside a box: then it is part of a line of text."""
    for word in words:
        beside = word.x1 <= box[0] and box[0] - word.x1 < word.size
        beside = beside or (word.x0 >= box[2] and word.x0 - box[2] < word.size)
        if beside and box[1] < _middle(word)[1] < box[3]:
            return True
    return False


def _drawn(cells: Sequence[Box], rulings: Rulings) -> bool:
    """Whether lines make the cells; a mere background does so only in rows and columns."""
    left, top = min(cell[0] for cell in cells), min(cell[1] for cell in cells)
    right, bottom = max(cell[2] for cell in cells), max(cell[3] for cell in cells)
    grid = any(cell[0] > left + _NARROW for cell in cells) and any(
        cell[1] > top + _NARROW for cell in cells
    )
    around = (left - _NARROW, top - _NARROW, right + _NARROW, bottom + _NARROW)
    return grid or any(_is_inside(line[:2], around) for line in rulings.across)


def _borders(values: Iterable[float]) -> list[float]:
    """Where rows or columns meet; the two lines of a double line are one border."""
    borders: list[float] = []
    for value in sorted(set(values)):
        if not borders or value - borders[-1] > _NARROW:
            borders.append(value)
    return borders


def _nearest(borders: Sequence[float], value: float) -> int:
    """The border that a value became."""
    return max(bisect_right(borders, value) - 1, 0)


def _interval(borders: Sequence[float], value: float) -> int:
    return min(_nearest(borders, value), len(borders) - 2)


def _lines(words: Iterable[Word]) -> tuple[str, ...]:
    """The words line by line; a raised mark stays in its line."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.top + word.bottom):
        if lines and _middle(word)[1] < lines[-1][0].bottom:
            lines[-1].append(word)
        else:
            lines.append([word])
    return tuple(text_of(sorted(line, key=lambda word: word.x0)) for line in lines)


def _middle(word: Word) -> tuple[float, float]:
    return (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2


def _is_inside(point: tuple[float, float], box: Box) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _holds_a_word(box: Box, words: Sequence[Word]) -> bool:
    return any(stands_in(word, box) for word in words)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
