"""Question sets kept as sheets: each question's rows become the record that JSONL would hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

from eval.dataset import MOST_QUESTIONS
from eval.jsonl import Record
from eval.sets.columns import NO, TITLES
from eval.sets.files import Row, Table, opened_tables
from eval.sets.header import WITHIN, Header, find_header, no_questions
from eval.sets.rows import SheetRow, Values
from rag.errors import RagError

_MOST_ROWS = 5 * MOST_QUESTIONS  # questions, their further places and rows not accepted
_NAMES = TITLES | {"evidence": "근거"}


class _SheetRecord(Record):
    def error(self, name: str, wanted: str) -> RagError:
        """The same, but of a blank answer what its column means."""
        if name != "answer":
            return super().error(name, wanted)
        return RagError(
            f"{self.where}: `{TITLES['answer']}` 칸이 비어 있습니다. 정답을 적거나, 보고서에 답이 "
            f"없는 질문이면 `{TITLES['answerable']}` 칸에 ‘{NO}’를 적어 주세요."
        )


def read_sheet(path: Path) -> tuple[Record, ...]:
    """The questions of a CSV or XLSX file; `RagError` names the first row that does not fit."""
    records = []
    for item in sheet_items(path):
        if isinstance(item, RagError):
            raise item
        if isinstance(item, Record):
            records.append(item)
    return tuple(records)


def sheet_items(path: Path) -> Iterator[Record | RagError | str]:
    """The same questions, what is wrong with the rows that do not fit, and warnings as texts.

    Of more than a set may hold, one too many is given.
    """
    with opened_tables(path) as tables:
        yield from islice(_items(_rows(tables, path)), MOST_QUESTIONS + 1)


def _rows(tables: Iterable[Table], path: Path) -> Iterator[SheetRow | RagError | str]:
    """The rows below the titles of the first table that has a question column."""
    titles: Sequence[str] = ()
    faults = list[RagError]()  # of a CSV file read with a delimiter that it may not have
    for table in tables:
        try:
            top = list(islice(table.rows, WITHIN))
        except RagError as error:
            faults.append(error)
            continue
        header = find_header(top, path)
        if header:
            unread = header.unread(path)
            if unread:
                yield unread
            below = (row for row in chain(top, table.rows) if row.number > header.row)
            yield from _named(below, header, path, exact=table.exact)
            return
        titles = titles or next((row.cells for row in top if any(row.cells)), ())
    raise next(iter(faults), None) or no_questions(titles, path)


def _named(
    rows: Iterable[Row], header: Header, path: Path, *, exact: bool
) -> Iterator[SheetRow | RagError]:
    for count, found in enumerate(rows):
        where = f"{path.name} {found.number}행"
        if count > _MOST_ROWS:
            raise RagError(f"{path}: {_MOST_ROWS:,}행이 넘습니다. 질문만 남기고 나누어 주세요.")
        if exact and any(map(str.strip, found.cells[len(header.titles) :])):
            yield RagError(
                f"{where}: 제목보다 칸이 많습니다. 쉼표 같은 구분 기호가 든 글은 큰따옴표로 "
                "감싸거나 XLSX로 저장해 주세요."
            )
            continue
        row = SheetRow(where, found.number, _cells(found, header))
        if not row.is_empty():
            yield row


def _cells(row: Row, header: Header) -> dict[str, str]:
    """The cells by field.

    What a merged cell says holds for each question that it stands beside, but rows that add to a
    question tell only their own.
    """
    asked = header.places["question"]
    asks = asked not in row.merged and any(row.cells[asked : asked + 1])
    return {
        field: row.cells[at]
        for field, at in header.places.items()
        if at < len(row.cells) and (at not in row.merged or (asks and field != "id"))
    }


def _items(rows: Iterable[SheetRow | RagError | str]) -> Iterator[Record | RagError | str]:
    """A record for each question with the rows that add to it."""
    group: list[SheetRow] = []
    for row in rows:
        if not isinstance(row, SheetRow):
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
        yield _SheetRecord(group[0].where, values | {"evidence": places}, _NAMES)
