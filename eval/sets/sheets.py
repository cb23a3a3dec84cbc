"""Question sets kept as sheets: each question's rows become the record that JSONL would hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from eval.dataset import MOST_QUESTIONS
from eval.jsonl import Record
from eval.sets.columns import COLUMNS, TITLES, Column
from eval.sets.files import Row, Table, opened_tables
from eval.sets.rows import SheetRow, Values
from rag.errors import RagError

_HEADER_WITHIN = 10  # rows; a title and notes may stand above
_MOST_ROWS = 5 * MOST_QUESTIONS  # questions, their further places and rows not accepted
_NAMES = TITLES | {"evidence": "근거"}
_BESIDE_TITLE = re.compile(r"\(.*?\)|[\s_*:.]")


@dataclass(frozen=True, slots=True)
class _Header:
    row: int
    places: dict[str, int]  # field -> its cell in a row
    width: int


def read_sheet(path: Path) -> tuple[Record, ...]:
    """The questions of a CSV or XLSX file; `RagError` names the first row that does not fit."""
    records = []
    for item in sheet_items(path):
        if isinstance(item, RagError):
            raise item
        records.append(item)
    return tuple(records)


def sheet_items(path: Path) -> Iterator[Record | RagError]:
    """The same questions, and what is wrong with the rows that do not fit.

    Of more than a set may hold, one too many is given.
    """
    with opened_tables(path) as tables:
        yield from islice(_items(_rows(tables, path)), MOST_QUESTIONS + 1)


def _rows(tables: Iterable[Table], path: Path) -> Iterator[SheetRow | RagError]:
    """The rows below the titles of the first table that has a question column."""
    titles: Sequence[str] = ()
    faults = list[RagError]()  # of a CSV file read with a delimiter that it may not have
    for table in tables:
        try:
            top = list(islice(table.rows, _HEADER_WITHIN))
        except RagError as error:
            faults.append(error)
            continue
        header = _find_header(top, path)
        if header:
            below = (row for row in chain(top, table.rows) if row[0] > header.row)
            yield from _named(below, header, path, exact=table.exact)
            return
        titles = titles or next((cells for _, cells in top if any(cells)), ())
    raise next(iter(faults), None) or _no_questions(titles, path)


def _no_questions(titles: Sequence[str], path: Path) -> RagError:
    found = ", ".join(f"`{title.strip()[:20]}`" for title in titles if title.strip())
    return RagError(
        f"{path}: `{TITLES['question']}` 열이 없습니다(찾은 제목: {found or '없음'}). "
        "제목을 고치거나 `python -m eval template -o 질문틀.xlsx`로 만든 틀에 옮겨 주세요."
    )


def _find_header(top: Iterable[Row], path: Path) -> _Header | None:
    """The row with the most titles that we know, the question's among them."""
    known = [_header(row, path) for row in top if row[0] <= _HEADER_WITHIN]
    asking = [header for header in known if "question" in header.places]
    return max(asking, key=lambda header: len(header.places), default=None)


def _header(row: Row, path: Path) -> _Header:
    number, cells = row
    titles = [_title(cell) for cell in cells]
    places = {}
    for column in COLUMNS:
        name = next((name for name in _titles_of(column) if name in titles), None)
        if name is not None:
            places[column.field] = titles.index(name)
            if titles.count(name) > 1:
                raise RagError(
                    f"{path.name} {number}행: `{column.title}` 열이 {titles.count(name)}개입니다. "
                    "하나만 두고 나머지는 다른 제목으로 바꿔 주세요."
                )
    return _Header(number, places, len(cells))


def _titles_of(column: Column) -> Iterator[str]:
    return map(_title, (column.title, column.field, *column.others))


def _title(text: str) -> str:
    return _BESIDE_TITLE.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _named(
    rows: Iterable[Row], header: _Header, path: Path, *, exact: bool
) -> Iterator[SheetRow | RagError]:
    for count, (number, cells) in enumerate(rows):
        where = f"{path.name} {number}행"
        if count > _MOST_ROWS:
            raise RagError(f"{path}: {_MOST_ROWS:,}행이 넘습니다. 질문만 남기고 나누어 주세요.")
        if exact and any(map(str.strip, cells[header.width :])):
            yield RagError(
                f"{where}: 제목보다 칸이 많습니다. 쉼표 같은 구분 기호가 든 글은 큰따옴표로 "
                "감싸거나 XLSX로 저장해 주세요."
            )
            continue
        found = {field: cells[at] for field, at in header.places.items() if at < len(cells)}
        row = SheetRow(where, number, found)
        if not row.is_empty():
            yield row


def _items(rows: Iterable[SheetRow | RagError]) -> Iterator[Record | RagError]:
    """A record for each question with the rows that add to it."""
    group: list[SheetRow] = []
    for row in rows:
        if isinstance(row, RagError):
            yield row
        elif group and not row.asks() and row.adds_to(group[0]):
            group.append(row)
        else:
            yield from _read(group)
            group = [row]
    yield from _read(group)


def _read(group: Sequence[SheetRow]) -> Iterator[Record | RagError]:
    values, places, problems = Values(), list[Values](), list[RagError]()
    for row in group:
        try:
            accepted = row.accepted()
            if row is group[0]:
                if not accepted:
                    return
                values = row.question()
            place = row.place(above=places[-1] if places else {}) if accepted else None
        except RagError as error:
            problems.append(error)
        else:
            places += [place] if place else []
    yield from problems
    if group and not problems:
        yield Record(group[0].where, values | {"evidence": places}, _NAMES)
