"""The rows of a sheet as text, whatever holds them: XLSX, or CSV in any usual encoding."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from eval.jsonl import reading
from rag.decode import decode
from rag.errors import RagError

_LARGEST = 64 * 2**20  # bytes of a file
_DELIMITERS = ",\t;"


class Row(NamedTuple):
    """One row of a sheet."""

    number: int  # as the spreadsheet shows it
    cells: tuple[str, ...]
    merged: frozenset[int] = frozenset()  # cells that say what a merged one above says


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet, or a CSV file read with one delimiter."""

    rows: Iterator[Row]
    exact: bool  # a cell to the right of the last title is a mistake, not a note


@contextmanager
def opened_tables(path: Path) -> Iterator[Iterable[Table]]:
    """Every way to read the file, best first; `RagError` where there is none."""
    data = _bytes(path)
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) or path.suffix.lower().startswith(
        ".xls"
    ):
        from eval.sets.workbook import opened_sheets

        with opened_sheets(data, path) as sheets:
            yield (Table(rows, exact=False) for rows in sheets)
    else:
        text = _text(data, path)
        yield (Table(_csv_rows(text, mark, path), exact=True) for mark in _DELIMITERS)


def _bytes(path: Path) -> bytes:
    with reading(path):
        if path.stat().st_size > _LARGEST:
            raise RagError(
                f"{path}: {_LARGEST // 2**20}MB가 넘는 파일입니다. 질문만 남기고 나누어 주세요."
            )
        return path.read_bytes()


def _text(data: bytes, path: Path) -> str:
    try:
        return decode(data)
    except ValueError as error:
        raise RagError(
            f"{path}: 글자로 읽을 수 없습니다. 엑셀에서 ‘CSV UTF-8’이나 XLSX로 다시 저장해 주세요."
        ) from error


def _csv_rows(text: str, delimiter: str, path: Path) -> Iterator[Row]:
    number = 0
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            yield Row(number, tuple(map(_as_typed, cells)))
    except csv.Error as error:
        longest = csv.field_size_limit()
        if f"({longest})" in str(error):
            raise RagError(
                f"{path.name} {number + 1}행: 한 칸의 글이 {longest:,}자를 넘습니다. 글을 "
                '줄이거나, 닫지 않은 따옴표(")가 있으면 닫아 주세요.'
            ) from error
        raise RagError(
            f'{path.name} {number + 1}행: 따옴표(")의 짝이 맞지 않습니다. 글 안의 따옴표는 두 번 '
            '("") 적거나 XLSX로 저장해 주세요.'
        ) from error


def _as_typed(text: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from computing what follows it."""
    return text[1:] if text.startswith("'") and text.lstrip("'")[:1] in tuple("=+-@\t\r") else text
