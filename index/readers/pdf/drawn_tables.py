"""The tables of all sheets: parts of one table that runs over pages belong together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from index.readers.grids import Cell, Grid, Rows, rows_of
from index.readers.grids import Paragraph as CellText
from index.readers.pdf.grids import PageTable
from index.readers.pdf.joined import carried_labels, goes_on_below
from index.readers.pdf.paragraphs import Paragraph
from rag.types import Box

Place = tuple[int, int]  # sheet (from 0), and part of the sheet
Wording = Callable[[Sequence[str]], str]  # the lines of a cell as one text


@dataclass(frozen=True, slots=True)
class TablePart:
    """What one sheet shows of a table."""

    rows: Rows  # of the whole table
    first: int  # of its rows, from 0, those on this sheet up to, not including, `end`
    end: int
    repeated: tuple[int, ...]  # rows of the whole table that print its head again
    boxes: tuple[Box, ...]  # of the rows on this sheet


def table_parts(
    sheets: Sequence[Sequence[Paragraph | PageTable]], wordings: Sequence[Wording]
) -> dict[Place, TablePart]:
    """Every table of every sheet, by where it stands; `wordings` of the cells of each sheet."""
    found: dict[Place, TablePart] = {}
    for chain in _chains(sheets):
        found |= _parts(chain, [wordings[sheet] for (sheet, _), _ in chain])
    return found


def _chains(
    sheets: Sequence[Sequence[Paragraph | PageTable]],
) -> list[list[tuple[Place, PageTable]]]:
    chains: list[list[tuple[Place, PageTable]]] = []
    for number, parts in enumerate(sheets):
        for at, part in enumerate(parts):
            if isinstance(part, Paragraph):
                continue
            above = chains[-1][-1] if chains else None
            first = above and at == 0 and _ends_sheet(above[0], number, sheets)
            if above and first and goes_on_below(above[1], part):
                chains[-1].append(((number, at), part))
            else:
                chains.append([((number, at), part)])
    return chains


def _ends_sheet(
    place: Place, number: int, sheets: Sequence[Sequence[Paragraph | PageTable]]
) -> bool:
    return place == (number - 1, len(sheets[number - 1]) - 1)


def _parts(
    chain: Sequence[tuple[Place, PageTable]], wordings: Sequence[Wording]
) -> dict[Place, TablePart]:
    starts = [0]
    for _, table in chain:
        starts.append(starts[-1] + len(table.rows))
    tables = [table for _, table in chain]
    cells = [
        cell
        for table, start, cut, wording in zip(
            tables, starts, carried_labels(tables), wordings, strict=False
        )
        for cell in _cells(table, start, cut, wording)
    ]
    rows = rows_of(Grid(cells=tuple(cells)))
    kept = sorted({cell.row for cell in cells})
    parts = {}
    for (place, table), start, following in zip(chain, starts, starts[1:], strict=False):
        first, end = bisect_left(kept, start), bisect_left(kept, following)
        parts[place] = TablePart(
            rows=rows,
            first=first,
            end=end,
            repeated=_repeated(rows, first, end) if first else (),
            boxes=tuple(_box_of(table, row - start) for row in kept[first:end]),
        )
    return parts


def _cells(
    table: PageTable, start: int, cut: Mapping[tuple[int, int], str], wording: Wording
) -> Iterator[Cell]:
    """The cells with text; a label `cut` off by the page break stands again."""
    for cell in table.cells:
        text = wording(cell.lines) or cut.get((cell.row, cell.column), "")
        if not text:
            continue
        yield Cell(
            blocks=(CellText(text=text),),
            row=start + cell.row,
            column=cell.column,
            row_span=cell.row_span,
            column_span=cell.column_span,
        )


def _repeated(rows: Rows, first: int, end: int) -> tuple[int, ...]:
    """The rows at the top of a later part that say what the head says."""
    head = rows.expanded[: rows.head]
    again = takewhile(lambda at: rows.expanded[at] in head, range(first, end))
    return tuple(again)


def _box_of(table: PageTable, row: int) -> Box:
    boxes = [cell.box for cell in table.rows[row] if cell]
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), min(bottom)
