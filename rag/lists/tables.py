"""Lists in tables: the rows by name, the cells of a column, the rows that say a word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from rag.korean import fold
from rag.lists.asked import NAMED, ListQuestion
from rag.lists.headings import named_share, title
from rag.lists.listing import MOST_ITEMS, Listing, as_printed, worth
from rag.ranking import Scored

Table = tuple[str, tuple[int, ...]]  # report, and the lines that print the labels of its columns

_SAYS = 3.0  # for rows whose cell says a word of the question
_COLUMN = 0.5  # the cells of a column say more than the names of its rows
_CALLED = 0.5  # of a column label's character pairs, from which the question calls it by its name
_PLACES = re.compile(r"장소|위치|소재지|지역|지점|대상지")
_TOTAL = re.compile(r"(?:총|합|소)?\s?계|합계|총계|구\s?분|기타")


def tables(
    asked: ListQuestion, ranked: Sequence[Scored], row_names: Mapping[Table, str]
) -> Iterator[Listing]:
    """The lists in each table; `row_names` tells what its first column is called."""
    found: dict[Table, list[Scored]] = defaultdict(list)
    for one in ranked:
        if one.statement.head and len(one.statement.context) > 1:
            found[one.hit.chunk.report_id, one.statement.head].append(one)
    for table, cells in found.items():
        rows = _one_a_row(cells)
        if len(rows) > 1 and not any(asked.says(row.statement.context[-1]) for row in rows):
            yield from _names(asked, rows, row_names.get(table, ""))
            yield from _columns(asked, cells)
        yield from _saying(asked, cells)


def _names(asked: ListQuestion, rows: tuple[Scored, ...], name: str) -> Iterator[Listing]:
    """The rows by their labels, where the question asks for what the first column is called."""
    if asked.says(name):
        yield Listing(rows[:MOST_ITEMS], worth(asked, rows, name), rows=True)
    elif asked.place and _PLACES.search(fold(name)):
        yield Listing(rows[:MOST_ITEMS], worth(asked, rows, "") + NAMED / 2, rows=True)


def _columns(asked: ListQuestion, cells: Sequence[Scored]) -> Iterator[Listing]:
    """The cells of each column that is named, where each row is asked for."""
    for label, column in _by_column(cells).items():
        rows, name = _one_a_row(column), title(label)
        if asked.every and len(rows) > 1 and named_share(asked.pairs, name) >= _CALLED:
            yield Listing(rows[:MOST_ITEMS], worth(asked, rows, name) + _COLUMN)


def _saying(asked: ListQuestion, cells: Sequence[Scored]) -> Iterator[Listing]:
    """The rows whose cell says a word of the question: `평면` of the places with their kinds."""
    words = frozenset(asked.folded.split())
    for column in _by_column(cells).values():
        rows = _one_a_row(column)
        same = tuple(cell for cell in rows if _is_said(cell, words))
        if 1 < len(same) < len(rows):
            yield Listing(same[:MOST_ITEMS], worth(asked, same, "") + _SAYS, rows=True)


def _is_said(cell: Scored, words: frozenset[str]) -> bool:
    text = fold(cell.statement.text)
    return len(text) > 1 and not re.search(r"\d", text) and text in words


def _by_column(cells: Sequence[Scored]) -> Mapping[str, list[Scored]]:
    columns: dict[str, list[Scored]] = defaultdict(list)
    for cell in cells:
        columns[cell.statement.context[-2]].append(cell)
    return columns


def _one_a_row(cells: Sequence[Scored]) -> tuple[Scored, ...]:
    """The best cell of each row, as printed; totals are no items."""
    rows: dict[str, Scored] = {}
    for cell in cells:
        label = cell.statement.context[-1]
        if not _TOTAL.fullmatch(fold(label)):
            rows.setdefault(label, cell)
    return as_printed(rows.values())
