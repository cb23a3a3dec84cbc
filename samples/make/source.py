"""Our own source text of a report as a list of blocks.

The format, line by line: `#` to `###` before a heading; `@page`, `@columns` … `@next` … `@end` and
`@scan` … `@end` set pages; `@cover`, `@box` and `@table` hold lines up to their `@end`; `@figure`
names a chart of `style.typ`. In a table `|` parts cells, `<` goes on with the cell at the left, `^`
with the one above, `//` parts the paragraphs of a cell. `^[…]` is a footnote behind its word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

_HOLD = ("cover", "box")
_NOTE = re.compile(r"\^\[([^\]]*)\]")
_UNIT = re.compile(r"\((?:단위\s*:[^)]*)\)$")
_CAPTION = re.compile(r"<\s*(.+?)\s*>$")


@dataclass(frozen=True, slots=True)
class Text:
    """One line; `level` is that of a heading from 1, or 0. Empty texts are gaps."""

    text: str
    level: int = 0

    @property
    def indent(self) -> int:
        """Blanks in front."""
        return len(self.text) - len(self.text.lstrip(" "))

    def pieces(self) -> list[str]:
        """Words and, at every second place, the footnote that stands behind them."""
        return _NOTE.split(self.text)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell where it begins, with the rows and columns that it covers."""

    row: int
    column: int
    rows: int
    columns: int
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `sides` says whether it has outer borders at the left and right."""

    head: int
    widths: tuple[int, ...]
    sides: bool
    cells: tuple[Cell, ...]
    rows: int
    caption: str = ""
    unit: str = ""

    def expanded(self) -> list[list[str]]:
        """The text of every place; a merged cell's text stands in all that it covers."""
        grid = [[""] * len(self.widths) for _ in range(self.rows)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    grid[row][column] = " ".join(cell.paragraphs)
        return grid

    def written(self) -> list[str]:
        """Rows with tabs; a merged cell's text stands where it begins."""
        grid = [[""] * len(self.widths) for _ in range(self.rows)]
        for cell in self.cells:
            grid[cell.row][cell.column] = " ".join(cell.paragraphs)
        return ["\t".join(row) for row in grid]


@dataclass(frozen=True, slots=True)
class Mark:
    """What sets the page: page, columns, next, scan, end, contents, figure, cover, box.

    An `end` is named after what it ends.
    """

    kind: str
    name: str = ""
    lines: tuple[str, ...] = ()


Block = Text | Table | Mark


@dataclass(frozen=True, slots=True)
class Source:
    """A report: its title, what runs along its pages' heads, and its blocks."""

    title: str
    header: str
    blocks: tuple[Block, ...]


def parse(text: str) -> Source:
    """The report that the text describes."""
    front, _, body = text.partition("\n\n")
    fields = dict(line.split(": ", 1) for line in front.splitlines())
    return Source(fields["title"], fields["header"], tuple(_blocks(body.splitlines())))


def _blocks(lines: list[str]) -> Iterator[Block]:
    rest = iter(lines)
    opened = ""
    above: list[str] = []
    for line in rest:
        if line.startswith("@table"):
            held = list(takewhile(lambda inner: inner != "@end", rest))
            yield _table(line.split()[1:], held, above)
        elif line.startswith("@"):
            kind, _, name = line[1:].partition(" ")
            held = list(takewhile(lambda inner: inner != "@end", rest)) if kind in _HOLD else []
            yield Mark(kind, opened if kind == "end" else name, tuple(held))
            opened = kind if kind in ("columns", "scan") else opened
        else:
            hashes = len(line) - len(line.lstrip("#"))
            yield Text(line[hashes:].strip() if hashes else line, hashes)
        above = [*above[-1:], line]


def _table(options: list[str], lines: list[str], above: list[str]) -> Table:
    """The table, with what the one or two lines above it say of it."""
    settings = dict(option.split("=") for option in options if "=" in option)
    grid = [[cell.strip() for cell in f"{line} ".split(" | ")] for line in lines]
    widths = tuple(map(int, settings["widths"].split(",")))
    if any(len(row) != len(widths) for row in grid):
        raise ValueError(f"rows of unequal width: {lines[0]}")
    unit = next((line for line in above if _UNIT.match(line)), "")
    caption = next((found[1] for line in above if (found := _CAPTION.match(line))), "")
    sides = "open" not in options
    return Table(
        int(settings["head"]), widths, sides, tuple(_cells(grid)), len(grid), caption, unit
    )


def _cells(grid: list[list[str]]) -> Iterator[Cell]:
    for row, cells in enumerate(grid):
        for column, text in enumerate(cells):
            if text in ("<", "^"):
                continue
            columns = 1 + sum(1 for _ in takewhile(lambda t: t == "<", cells[column + 1 :]))
            below = [line[column] for line in grid[row + 1 :]]
            rows = 1 + sum(1 for _ in takewhile(lambda t: t == "^", below))
            yield Cell(row, column, rows, columns, tuple(text.split(" // ")))
