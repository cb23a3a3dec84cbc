"""Excel workbooks of unknown origin, opened safely and read as text."""

from __future__ import annotations

import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import RagError

if TYPE_CHECKING:
    from openpyxl.cell.read_only import ReadOnlyCell
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

    from eval.sets.files import Row

_LARGEST_TOTAL = 512 * 2**20  # bytes, all members unpacked; rows are read one at a time
_LARGEST_RATIO = 200  # unpacked to packed
_SMALL = 4 * 2**20  # bytes that do no harm whatever the ratio
_WIDEST = 100  # columns
_LONGEST_GAP = 10_000  # empty rows; after more of them nothing is looked for
_OLE = b"\xd0\xcf\x11\xe0"
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
    if sum(info.file_size for info in members) > _LARGEST_TOTAL or any(map(_is_bomb, members)):
        raise RagError(
            f"{path}: 압축을 풀면 지나치게 커지는 파일입니다. 질문이 있는 칸만 새 파일에 옮기거나 "
            "CSV로 저장해 주세요."
        )


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > _SMALL and info.file_size > _LARGEST_RATIO * max(1, info.compress_size)


def _broken(path: Path) -> RagError:
    return RagError(
        f"{path}: 엑셀 파일이 아니거나 손상되었습니다. 엑셀에서 열어 XLSX로 다시 저장해 주세요."
    )


def _rows(sheet: ReadOnlyWorksheet, path: Path) -> Iterator[Row]:
    last = 0
    try:
        sheet.reset_dimensions()  # some programs write them wrong
        for number, cells in enumerate(sheet.iter_rows(max_col=_WIDEST), start=1):
            texts = _texts(cells)
            if texts:
                last = number
                yield number, texts
            elif number - last > _LONGEST_GAP:
                return
    except _DAMAGE as error:
        raise _broken(path) from error


def _texts(cells: Iterable[ReadOnlyCell]) -> tuple[str, ...]:
    """The cells up to the last that is not empty."""
    texts = [_text(cell) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


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
    if isinstance(value, datetime) and value.time() == time.min:
        value = value.date()
    return str(value)


def _number(value: float) -> str:
    whole = isinstance(value, int) or value.is_integer()
    return str(int(value)) if whole else f"{value:.15g}"
