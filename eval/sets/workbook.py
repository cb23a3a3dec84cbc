"""Excel workbooks of unknown origin, opened safely and read as text."""

from __future__ import annotations

import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from eval.sets.columns import NOT_COMPUTED
from eval.sets.files import Row
from eval.sets.sheet_xml import MergedCells, untold
from rag.bombs import LARGEST_TOTAL, is_bomb
from rag.errors import RagError

if TYPE_CHECKING:
    from openpyxl.cell.read_only import ReadOnlyCell
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

_WIDEST = 100  # columns
_LONGEST_GAP = 10_000  # empty rows; after more of them nothing is looked for
_OLE = b"\xd0\xcf\x11\xe0"
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')  # of a number format
_RETURN = re.compile(r"_x000D_\n?|\r\n?")  # how line ends are kept in a cell
# All that openpyxl has been seen to raise of files with bytes changed at random.
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, SyntaxError, LookupError, OSError),
    *(EOFError, ValueError, RuntimeError, OverflowError, TypeError, AttributeError),
)


@contextmanager
def opened_sheets(data: bytes, path: Path) -> Iterator[Iterator[Iterator[Row]]]:
    """The rows of each sheet in order, as values: formulas by what they last gave."""
    from openpyxl import load_workbook

    _require_sound(data, path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl leaves out is nothing we read
        try:
            book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        except _DAMAGE as error:
            raise _broken(path) from error
        with closing(book):
            yield (_rows(sheet, path) for sheet in book.worksheets)


def _require_sound(data: bytes, path: Path) -> None:
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise RagError(f"{path}: 암호가 걸린 엑셀 파일입니다. 암호를 풀고 저장해 주세요.")
        raise RagError(f"{path}: 옛 엑셀(.xls) 형식입니다. XLSX로 다시 저장해 주세요.")
    try:
        with zipfile.ZipFile(BytesIO(data)) as opened:
            members = opened.infolist()
    except _DAMAGE as error:
        raise _broken(path) from error
    if sum(info.file_size for info in members) > LARGEST_TOTAL or any(map(is_bomb, members)):
        raise RagError(
            f"{path}: 압축을 풀면 지나치게 커지는 파일입니다. 질문이 있는 칸만 새 파일에 옮기거나 "
            "CSV로 저장해 주세요."
        )


def _broken(path: Path) -> RagError:
    return RagError(
        f"{path}: 엑셀 파일이 아니거나 손상되었습니다. 엑셀에서 열어 XLSX로 다시 저장해 주세요."
    )


def _rows(sheet: ReadOnlyWorksheet, path: Path) -> Iterator[Row]:
    last = 0
    try:
        with sheet._get_source() as source:  # no public way leads to the part's name
            beside = untold(source)
        merged = MergedCells(beside.merged)
        sheet.reset_dimensions()  # some programs write them wrong
        for number, cells in enumerate(sheet.iter_rows(max_col=_WIDEST), start=1):
            texts = _texts(cells, beside.formulas.get(number, ()))
            if any(texts):
                last = number
                filled = merged.fill(number, texts)
                yield Row(number, _trimmed(texts), filled)
            elif number - last > _LONGEST_GAP:
                return
    except _DAMAGE as error:
        raise _broken(path) from error


def _texts(cells: Iterable[ReadOnlyCell], formulas: Collection[int]) -> list[str]:
    return [
        _text(cell) or (NOT_COMPUTED if column in formulas else "")
        for column, cell in enumerate(cells, start=1)
    ]


def _trimmed(texts: Sequence[str]) -> tuple[str, ...]:
    """The cells up to the last that is not empty."""
    return tuple(texts[: max(at for at, text in enumerate(texts, start=1) if text)])


def _text(cell: ReadOnlyCell) -> str:
    """What the cell says.

    A figure stands without the commas that a number format adds, but with its per cent sign.
    """
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, (bool, str)):
        return _RETURN.sub("\n", str(value))
    if isinstance(value, (int, float)):
        return _number(value * 100) + "%" if "%" in cell.number_format else _number(value)
    return _moment(value, cell.number_format) if isinstance(value, (date, time)) else str(value)


def _moment(value: date | time, number_format: str) -> str:
    """A date or a time as people write it, with the parts of the date that the cell shows.

    >>> _moment(datetime(2025, 8, 1, 9), "yyyy-mm-dd h:mm"), _moment(date(2025, 8, 1), "yyyy. m.")
    ('2025년 8월 1일 9시', '2025년 8월')
    """
    parts = list[str]()
    if isinstance(value, date):
        marks = _LITERAL.sub("", number_format).lower()
        shown = [mark in marks for mark in "yd"]
        year, day = shown if any(shown) else (True, True)
        parts += [f"{value.year}년"] * year + [f"{value.month}월"] + [f"{value.day}일"] * day
    clock = value.time() if isinstance(value, datetime) else value
    if isinstance(clock, time) and (clock != time.min or not parts):
        parts.append(f"{clock.hour}시")
        parts += [f"{clock.minute}분"] * bool(clock.minute)
        parts += [f"{clock.second}초"] * bool(clock.second)
    return " ".join(parts)


def _number(value: float) -> str:
    whole = isinstance(value, int) or value.is_integer()
    return str(int(value)) if whole else f"{value:.15g}"
