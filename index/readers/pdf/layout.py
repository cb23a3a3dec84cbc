"""The words and tables of a page in reading order, as lines.

Columns are told from rows by the order in which the file draws them: a column is drawn to its end
before the next begins, the cells of a row one after another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from index.readers.pdf.grids import PageTable
from index.readers.pdf.words import Word
from rag.types import Box

_GUTTER = 8.0  # points of white between two columns, at least
_MIDDLE = (0.25, 0.75)  # of the text's width, where a gutter may lie
_COLUMN_LINES = 3  # lines with words on both sides of a gutter, at least
_ASTRAY = 0.1  # of the words of a column may be drawn out of order
_SHARED = 2.0  # points between the beginnings of lines that begin alike
_JOINED = 0.15  # of the font size; words closer than that are one, unless the file has a space


@dataclass(frozen=True, slots=True)
class VisualLine:
    """What stands side by side on one line of a column: words, or one table."""

    words: tuple[Word, ...]
    left: float  # edges of the column it stands in
    right: float
    table: PageTable | None = None

    @property
    def box(self) -> Box:
        """Around all of it."""
        if self.table:
            return self.table.bbox
        return (
            min(word.x0 for word in self.words),
            min(word.top for word in self.words),
            max(word.x1 for word in self.words),
            max(word.bottom for word in self.words),
        )

    @property
    def size(self) -> float:
        """The usual font size, in points."""
        return median(word.size for word in self.words)

    @property
    def text(self) -> str:
        """Its words, with a space where the page shows one."""
        return joined(self.words)


class _Item(NamedTuple):
    """A word or a table, with its place in the order of drawing."""

    order: int
    box: Box
    word: Word | None
    table: PageTable | None


def reading_order(
    words: Sequence[Word], tables: Sequence[PageTable], *, right: float = 0.0
) -> list[VisualLine]:
    """The lines of a page, column by column; words inside a table belong to it.

    `right` is where the lines of the report end at most, for pages that do not fill a line.
    """
    items = _items(words, tables)
    if not items:
        return []
    left = min(item.box[0] for item in items)
    right = max(right, *(item.box[2] for item in items))
    return list(_ordered(items, left, right))


def joined(words: Sequence[Word]) -> str:
    """The words of one line as text."""
    text = ""
    last: Word | None = None
    for word in words:
        near = last and word.x0 - last.x1 < _JOINED * word.size and not word.space_before
        text += word.text if last is None or near else f" {word.text}"
        last = word
    return text


def _items(words: Sequence[Word], tables: Sequence[PageTable]) -> list[_Item]:
    firsts: dict[int, int] = {}
    items = []
    for order, word in enumerate(words):
        box = (word.x0, word.top, word.x1, word.bottom)
        inside = next((at for at, table in enumerate(tables) if _inside(box, table.bbox)), None)
        if inside is None:
            items.append(_Item(order, box, word, None))
        else:
            firsts.setdefault(inside, order)
    for at, table in enumerate(tables):
        items.append(_Item(firsts.get(at, len(words)), table.bbox, None, table))
    return items


def _inside(box: Box, outer: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def _ordered(items: Sequence[_Item], left: float, right: float) -> Iterator[VisualLine]:
    """Bands of columns are read column by column, all else line by line."""
    rows = _rows(items)
    at = 0
    while at < len(rows):
        end, gutter = _band(rows, at, left, right)
        if gutter is None:
            yield from _lines(rows[at], left, right)
            at += 1
            continue
        inside = [item for row in rows[at:end] for item in row]
        sides = [item for item in inside if item.box[2] <= gutter[1]]
        others = [item for item in inside if item.box[2] > gutter[1]]
        yield from _ordered(sides, left, gutter[0])
        yield from _ordered(others, _column_left(others), right)
        at = end


def _column_left(items: Sequence[_Item]) -> float:
    """Where the lines of a column begin; a page number below it may stand farther left."""
    lefts = sorted(min(item.box[0] for item in row) for row in _rows(items))
    shared = (left for left, following in pairwise(lefts) if following - left < _SHARED)
    return next(shared, lefts[0])


def _rows(items: Sequence[_Item]) -> list[list[_Item]]:
    """Items whose middles lie within the height of the row's first."""
    rows: list[list[_Item]] = []
    bottom = float("-inf")
    for item in sorted(items, key=lambda item: (item.box[1] + item.box[3]) / 2):
        top, middle = item.box[1], (item.box[1] + item.box[3]) / 2
        if rows and middle <= bottom and not (item.table or rows[-1][0].table):
            rows[-1].append(item)
        else:
            rows.append([item])
            bottom = item.box[3] if not item.table else top
    return rows


def _lines(row: Sequence[_Item], left: float, right: float) -> Iterator[VisualLine]:
    if row[0].table:
        yield VisualLine((), left, right, row[0].table)
        return
    words = sorted((item.word for item in row if item.word), key=lambda word: word.x0)
    yield VisualLine(tuple(words), left, right)


def _band(
    rows: Sequence[Sequence[_Item]], at: int, left: float, right: float
) -> tuple[int, tuple[float, float] | None]:
    """How far from row `at` on one gutter reaches, and where it is; None where there is none."""
    free = [(left + (right - left) * _MIDDLE[0], left + (right - left) * _MIDDLE[1])]
    end = at
    while end < len(rows):
        left_free = _without(free, rows[end])
        if not left_free:
            break
        free = left_free
        end += 1
    gutter = max(free, key=lambda gap: gap[1] - gap[0])
    end = _last_beside(rows, at, end, gutter)
    return (end, gutter) if end > at and _drawn_in_columns(rows[at:end], gutter) else (at, None)


def _without(
    free: Sequence[tuple[float, float]], row: Sequence[_Item]
) -> list[tuple[float, float]]:
    """The free stretches less what the row covers."""
    for item in row:
        x0, x1 = item.box[0] - 1, item.box[2] + 1
        parts = [part for a, b in free for part in ((a, min(b, x0)), (max(a, x1), b))]
        free = [(a, b) for a, b in parts if b - a >= _GUTTER]
    return list(dict.fromkeys(free))


def _last_beside(
    rows: Sequence[Sequence[_Item]], at: int, end: int, gutter: tuple[float, float]
) -> int:
    """Where the columns end: rows of the left side alone that are drawn last come after both."""
    orders = [item.order for row in rows[at:end] for item in row if item.box[0] >= gutter[1]]
    if not orders:
        return at
    last = max(orders)
    while end > at and min(item.order for item in rows[end - 1]) > last:
        end -= 1
    return end


def _drawn_in_columns(rows: Sequence[Sequence[_Item]], gutter: tuple[float, float]) -> bool:
    items = [item for row in rows for item in row]
    first = [item.order for item in items if item.box[2] <= gutter[1]]
    second = [item.order for item in items if item.box[2] > gutter[1]]
    if not _enough(rows, gutter) or not first or not second:
        return False
    turn = sorted(first)[int(len(first) * (1 - _ASTRAY / 2)) - 1]
    early = sum(order < turn for order in second)
    return early <= _ASTRAY * len(second)


def _enough(rows: Sequence[Sequence[_Item]], gutter: tuple[float, float]) -> bool:
    """Whether each side has lines of its own: baselines of two columns need not agree."""
    sides = [
        sum(any((item.box[2] <= gutter[1]) == first for item in row) for row in rows)
        for first in (True, False)
    ]
    return min(sides) >= _COLUMN_LINES
