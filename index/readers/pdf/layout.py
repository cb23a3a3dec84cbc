"""The words and tables of a page in reading order, as lines.

Columns are told from rows by the order in which the file draws them: a column is drawn to its end
before the next begins, the cells of a row one after another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from statistics import median
from typing import NamedTuple

from index.readers.pdf.grids import PageTable
from index.readers.pdf.words import Word, stands_in, text_of
from rag.types import Box

_GUTTER = 8.0  # points of white between two columns, at least
_MIDDLE = (0.25, 0.75)  # of the text's width, where a gutter may lie
_COLUMN_LINES = 3  # lines with words on both sides of a gutter, at least
_ASTRAY = 0.1  # of the words of a column may be drawn out of order
_SHARED = 2.0  # points between the beginnings of lines that begin alike


@dataclass(frozen=True)
class VisualLine:
    """What stands side by side on one line of a column: words, or one table."""

    words: tuple[Word, ...]
    left: float  # edges of the column it stands in
    right: float
    table: PageTable | None = None

    @cached_property
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

    @cached_property
    def size(self) -> float:
        """The usual font size, in points."""
        return median(word.size for word in self.words)

    @cached_property
    def text(self) -> str:
        """Its words, with a space where the page shows one."""
        return text_of(self.words)


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


def _items(words: Sequence[Word], tables: Sequence[PageTable]) -> list[_Item]:
    firsts: dict[int, int] = {}
    items = []
    for order, word in enumerate(words):
        box = (word.x0, word.top, word.x1, word.bottom)
        inside = next((at for at, table in enumerate(tables) if stands_in(word, table.bbox)), None)
        if inside is None:
            items.append(_Item(order, box, word, None))
        else:
            firsts.setdefault(inside, order)
    for at, table in enumerate(tables):
        items.append(_Item(firsts.get(at, len(words)), table.bbox, None, table))
    return items


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
    for item in sorted(items, key=_height):
        top, middle = item.box[1], (item.box[1] + item.box[3]) / 2
        if rows and middle <= bottom and not (item.table or rows[-1][0].table):
            rows[-1].append(item)
        else:
            at = len(rows)
            while at and _is_left_of(item, rows[at - 1][0]):
                at -= 1
            rows.insert(at, [item])
            bottom = item.box[3] if not item.table else top
    return rows


def _height(item: _Item) -> float:
    return item.box[1] if item.table else (item.box[1] + item.box[3]) / 2


def _is_left_of(one: _Item, other: _Item) -> bool:
    """Whether they are tables side by side, the first on the left."""
    beside = one.box[1] < other.box[3] and other.box[1] < one.box[3]
    return bool(one.table and other.table) and beside and one.box[2] <= other.box[0] + _SHARED


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
    end, gutter = _reach(rows, at, left, right)
    if end == at or (_beside_none(rows[at], gutter) and _reach(rows, at + 1, left, right)[0] > end):
        return at, None  # a running head, or a title, that only hides the gutter below it
    end = _last_beside(rows, at, end, gutter)
    return (end, gutter) if end > at and _drawn_in_columns(rows[at:end], gutter) else (at, None)


def _reach(
    rows: Sequence[Sequence[_Item]], at: int, left: float, right: float
) -> tuple[int, tuple[float, float]]:
    """Up to which row, from `at` on, there is white at one place, and where."""
    free = [(left + (right - left) * _MIDDLE[0], left + (right - left) * _MIDDLE[1])]
    end = at
    while end < len(rows):
        left_free = _without(free, rows[end])
        if not left_free:
            break
        free = left_free
        end += 1
    return end, max(free, key=lambda gap: gap[1] - gap[0])


def _beside_none(row: Sequence[_Item], gutter: tuple[float, float]) -> bool:
    """Whether nothing of the row stands right of the gutter."""
    return all(item.box[2] <= gutter[1] for item in row)


def _without(
    free: Sequence[tuple[float, float]], row: Sequence[_Item]
) -> list[tuple[float, float]]:
    """The free stretches less what the row covers."""
    free = list(free)
    for item in row:
        x0, x1 = item.box[0] - 1, item.box[2] + 1
        if all(b <= x0 or x1 <= a for a, b in free):
            continue
        parts = [part for a, b in free for part in ((a, min(b, x0)), (max(a, x1), b))]
        free = [(a, b) for a, b in parts if b - a >= _GUTTER]
        if not free:
            break
    return list(dict.fromkeys(free))


def _last_beside(
    rows: Sequence[Sequence[_Item]], at: int, end: int, gutter: tuple[float, float]
) -> int:
    """Where the columns end: rows that begin when all above is drawn come after both."""
    drawn = [_first_and_last(row, gutter) for row in rows[at:end]]
    highest = list(accumulate((last for _, last in drawn), max))
    if not highest or highest[-1] < 0 or _is_row(drawn):
        return at
    while end > at + 1 and drawn[end - at - 1][0] > highest[end - at - 2]:
        end -= 1
    return end


def _first_and_last(row: Sequence[_Item], gutter: tuple[float, float]) -> tuple[int, int]:
    """When its left side begins to be drawn, and its right one ends; -1 if it has none."""
    left = [item.order for item in row if item.box[2] <= gutter[1]]
    right = [item.order for item in row if item.box[2] > gutter[1]]
    return min(left, default=-1), max(right, default=-1)


def _is_row(drawn: Sequence[tuple[int, int]]) -> bool:
    """Whether the first is a row of cells: drawn whole before the next begins."""
    (left, right), following = drawn[0], next((left for left, _ in drawn[1:] if left >= 0), -1)
    return 0 <= left < right < following


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
