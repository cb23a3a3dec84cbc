"""Sheets made as tests need them, and what is said of those that are refused."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from eval.dataset import load_gold
from rag.errors import RagError

TITLES = ("번호", "질문", "정답", "문서", "쪽")
ROW = ("가-1", "몇 명을 뽑나요?", "7,830명", "한빛", 12)
SHEET = "xl/worksheets/sheet1.xml"
Cells = Sequence[object]


def csv_file(folder: Path, *rows: Cells, encoding: str = "utf-8", mark: str = ",") -> Path:
    """A CSV file of these rows."""
    path = folder / "질문.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=mark).writerows(rows)
    return path


def xlsx_file(folder: Path, *rows: Cells) -> Path:
    """A workbook whose one sheet has these rows."""
    book, path = Workbook(), folder / "질문.xlsx"
    for row in rows:
        book.active.append(tuple(row))
    book.save(path)
    return path


def changed(path: Path, member: str, change: Callable[[bytes], bytes]) -> Path:
    """The same workbook with one of its parts changed."""
    packed = BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == member else data)
    path.write_bytes(packed.getvalue())
    return path


def refusal(path: Path) -> str:
    """The one line that is said of a set that cannot be read."""
    with pytest.raises(RagError) as error:
        load_gold(path)
    assert "\n" not in str(error.value)
    return str(error.value)
