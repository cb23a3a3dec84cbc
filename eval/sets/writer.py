"""Question rows written as a sheet that people fill in or mend: XLSX, or CSV by its suffix."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from eval.question_types import LABELS, type_label
from eval.sets.columns import COLUMNS, NO, YES, Column
from rag.errors import RagError

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.dimensions import ColumnDimension
    from openpyxl.worksheet.worksheet import Worksheet

Fields = Mapping[str, object]  # by the field names of `COLUMNS`; `evidence` may list several places
_CHOICES = {"type": tuple(LABELS.values()), "answerable": (YES, NO), "accepted": (YES, NO)}
_NUMBERS = frozenset({"page", "line_start", "line_end"})
_INK, _PAPER = "FFFFFF", "1F4E79"
_FORMULA = re.compile(r"'*[=+\-@\t\r]")  # what a spreadsheet would compute instead of show
_WIDE = str.maketrans(";|>›\n", "；｜＞＞ ")
_LAST_ROW = 1_048_576


def write_sheet(path: Path, rows: Sequence[Fields]) -> None:
    """Write the rows under their Korean titles; places beyond a question's first follow it.

    Nothing in them can become a formula, whatever it begins with.
    """
    suffix = path.suffix.lower()
    if suffix not in (".xlsx", ".csv"):
        raise RagError(f"{path}: .xlsx나 .csv로 끝나는 이름을 적어 주세요.")
    lines = [[_value(row, column) for column in COLUMNS] for row in _in_rows(rows)]
    with _saving(path):
        if suffix == ".csv":
            _write_csv(path, lines)
        else:
            _workbook(lines).save(path)


def _in_rows(rows: Sequence[Fields]) -> Iterator[Fields]:
    """The rows with one place each: the first beside its question, the others below it."""
    for row in rows:
        places = row.get("evidence")
        first, *others = places if isinstance(places, Sequence) and places else ({},)
        yield {**row, **first}
        yield from others


def _value(row: Fields, column: Column) -> str | int | None:
    value = row.get(column.field)
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, int):
        return value if column.field in _NUMBERS else str(value)
    if column.field == "must_include" and isinstance(value, Sequence):
        return "; ".join(" | ".join(map(_wide, group)) for group in value) or None
    if column.field == "section" and isinstance(value, Sequence):
        return " > ".join(map(_wide, value)) or None
    return type_label(str(value)) if column.field == "type" else str(value)


def _wide(text: str) -> str:
    """Marks that would part it are written wide; compared by NFKC they are the same."""
    return text.translate(_WIDE)


@contextmanager
def _saving(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise RagError(
            f"{path}: 저장할 수 없습니다. 폴더가 있는지, 다른 프로그램에서 이 파일을 열어 두지 "
            "않았는지 확인해 주세요."
        ) from error


def _write_csv(path: Path, lines: Sequence[Sequence[str | int | None]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(column.title for column in COLUMNS)
        writer.writerows(map(_shown, line) for line in lines)


def _shown(value: str | int | None) -> str | int | None:
    """A text as a spreadsheet shows it: an apostrophe before what it would compute."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def _workbook(lines: Sequence[Sequence[str | int | None]]) -> Workbook:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "질문"
    _lay_out(sheet)
    for number, line in enumerate(lines, start=2):
        for place, (column, value) in enumerate(zip(COLUMNS, line, strict=True), start=1):
            _fill(sheet.cell(number, place), column, value)
    sheet.auto_filter.ref = sheet.dimensions
    _explain(book.create_sheet("설명"))
    return book


def _fill(cell: Cell, column: Column, value: str | int | None) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    _dress(cell, column)
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type, cell.quotePrefix = "s", _FORMULA.match(value) is not None
    else:
        cell.value = value


def _dress(cells: Cell | ColumnDimension, column: Column) -> None:
    from openpyxl.styles import Alignment

    cells.alignment = Alignment(vertical="top", wrap_text=True)
    if column.field not in _NUMBERS:
        cells.number_format = "@"  # else Excel makes a date of "3-1" and 0.225 of "22.5%"


def _lay_out(sheet: Worksheet) -> None:
    """Titles that stay in sight, widths and choices, for rows still to be written too."""
    for place, column in enumerate(COLUMNS, start=1):
        title = _write_title(sheet, place, column.title)
        dimension = sheet.column_dimensions[title.column_letter]
        dimension.width = column.width
        _dress(dimension, column)
        if column.field in _CHOICES:
            sheet.add_data_validation(_choice(column, title.column_letter))
    sheet.freeze_panes = "C2"  # number and question stay in sight too


def _choice(column: Column, letter: str) -> DataValidation:
    from openpyxl.worksheet.datavalidation import DataValidation

    return DataValidation(
        "list",
        formula1=f'"{",".join(_CHOICES[column.field])}"',
        allow_blank=True,
        showErrorMessage=column.field != "type",  # one's own types are welcome
        errorTitle=column.title,
        error="목록에 있는 말을 골라 주세요.",
        sqref=f"{letter}2:{letter}{_LAST_ROW}",
    )


def _explain(sheet: Worksheet) -> None:
    from openpyxl.styles import Alignment

    for place, (title, width) in enumerate((("열", 14), ("적는 것", 90)), start=1):
        letter = _write_title(sheet, place, title).column_letter
        sheet.column_dimensions[letter].width = width
    for number, column in enumerate(COLUMNS, start=2):
        for place, text in enumerate((column.title, column.meaning), start=1):
            sheet.cell(number, place, text).alignment = Alignment(vertical="top", wrap_text=True)


def _write_title(sheet: Worksheet, place: int, title: str) -> Cell:
    from openpyxl.styles import Alignment, Font, PatternFill

    cell = sheet.cell(1, place, title)
    cell.font = Font(name="Calibri", size=11, bold=True, color=_INK)
    cell.fill = PatternFill("solid", fgColor=_PAPER)
    cell.alignment = Alignment(horizontal="center", vertical="center")
    return cell
