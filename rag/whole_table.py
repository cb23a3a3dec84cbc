"""The whole table that a cell stands in, also where it is cut over several passages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from rag.ranking import Scored
from rag.store import Store

_LINES_ABOVE = 4  # that may tell what the figures of a table count


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The cells of a table as they stand, and the lines that tell what they are about."""

    cells: tuple[Scored, ...]
    above: tuple[str, ...]  # right above the labels of the columns
    corner: str  # what its first column is called


TableOf = Callable[[Scored], Table]


def whole_table(store: Store, one: Scored) -> Table:
    """The table of a cell, each cell with the score and the signals of this one."""
    report, head = one.hit.chunk.report_id, one.statement.head
    rows = [row for row, _ in store.sections(report)]
    at = rows.index(store.rows([one.hit.chunk.id])[0])
    found = (*_cells(store, one, reversed(rows[:at])), *_cells(store, one, rows[at:]))
    cells = sorted(found, key=lambda cell: cell.statement.span.first_line)
    # Passages overlap: a row may stand in two.
    unique = {(cell.statement.span, cell.statement.context): cell for cell in cells}
    lines = store.lines(report, max(head[0] - _LINES_ABOVE, 1), head[0])
    return Table(
        cells=tuple(unique.values()), above=lines[:-1], corner=lines[-1].split("\t", maxsplit=1)[0]
    )


def _cells(store: Store, one: Scored, rows: Iterable[int]) -> Iterator[Scored]:
    """The cells of its table in these passages, up to the first that has none."""
    for row in rows:
        (chunk,) = store.chunks([row])
        found = [
            stored.statement
            for stored in store.statements([row])
            if stored.statement.head == one.statement.head
        ]
        if not found:
            return
        hit = replace(one.hit, chunk=chunk)
        yield from (replace(one, statement=statement, hit=hit) for statement in found)
