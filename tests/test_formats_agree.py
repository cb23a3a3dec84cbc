"""The sample report reads the same whether it is PDF, HWPX, DOCX or text."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from index.readers import read_file
from rag.types import Report, TableShape

ROOT = Path(__file__).parent.parent
STEM = "hanbit_2025_report"
TWINS = ROOT / "tests" / "reports"
FILES = {
    "pdf": ROOT / "samples" / f"{STEM}.pdf",
    **{suffix: TWINS / f"{STEM}.{suffix}" for suffix in ("hwpx", "docx", "txt")},
}
LAYOUT: dict[str, Any] = json.loads((ROOT / "samples" / "tables.json").read_text(encoding="utf-8"))
TABLES: list[dict[str, Any]] = LAYOUT["tables"]
SCANNED = {sheet for table in TABLES if table["scanned"] for sheet in table["sheets"]}
FIRST_MARKED = LAYOUT["front"] + 1  # the text twin does not part what comes before it
LONGEST_LABEL = 15  # letters beside a bar or a point of a chart, which only the PDF has

Reading = Callable[[str], Report]


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """The report read from a format; the scanned sheet of the PDF is blank."""

    @cache
    def read(suffix: str) -> Report:
        path = FILES[suffix]
        if suffix == "pdf":
            path = _without_scan(tmp_path_factory.mktemp("paper") / path.name)
        (report,) = read_file(path, max_bytes=path.stat().st_size)
        return report

    return read


def _without_scan(path: Path) -> Path:
    import pypdfium2

    with pypdfium2.PdfDocument(FILES["pdf"]) as document:
        for sheet in SCANNED:
            width, height = document[sheet - 1].get_size()
            document.del_page(sheet - 1)
            document.new_page(width, height, sheet - 1)
        document.save(path)
    return path


def _folded(text: str) -> str:
    """Without white space, and with as many dots in a list of contents as in any other."""
    return re.sub(r"·{3,}", "···", re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)))


def _grid(rows: Iterable[Iterable[str]]) -> list[list[str]]:
    return [[_folded(cell) for cell in row] for row in rows]


def _rows(table: TableShape) -> list[list[str]]:
    """The table as it would stand on one endless page."""
    return _grid(row for at, row in enumerate(table.grid) if at not in table.repeated)


def _lines_of_the_text() -> Mapping[int, list[str]]:
    """The lines of the text twin outside tables, by sheet."""
    drawn = {at for table in TABLES for at in range(table["lines"][0], table["lines"][-1] + 1)}
    text = FILES["txt"].read_text(encoding="utf-8").split("\n")
    found, sheet = defaultdict[int, list[str]](list), FIRST_MARKED
    for at, line in enumerate(text, start=1):
        if re.fullmatch(r"- \d+ -", line):
            sheet += 1
        elif line and at not in drawn:
            found[sheet].append(_folded(line))
    return found


def _lines(report: Report) -> Mapping[int, list[str]]:
    """The lines of a report outside its tables, by sheet; all on 0 where it has no pages."""
    drawn = {at for table in report.tables for at in range(table.first_line, table.last_line + 1)}
    found = defaultdict[int, list[str]](list)
    for page in report.pages:
        sheet = max(page.number, FIRST_MARKED) if page.exact and page.number else 0
        for at, line in enumerate(page.lines, start=page.first_line):
            if line and at not in drawn:
                found[sheet].append(_folded(line))
    return found


@pytest.mark.parametrize("suffix", ["hwpx", "docx"])
def test_the_twins_say_the_same_lines(suffix: str, reading: Reading) -> None:
    lines = _lines(reading(suffix))
    assert sorted(lines[0]) == sorted(
        line for sheet in _lines_of_the_text().values() for line in sheet
    )


@pytest.mark.parametrize("suffix", ["hwpx", "docx"])
def test_the_twins_have_every_cell_of_every_table(suffix: str, reading: Reading) -> None:
    report = reading(suffix)
    assert [_rows(table) for table in report.tables] == [_grid(table["grid"]) for table in TABLES]
    assert [table.head for table in report.tables] == [table["head"] for table in TABLES]


def test_the_pdf_says_the_same_lines_in_order_on_the_same_sheets(reading: Reading) -> None:
    wanted, found = _lines_of_the_text(), _lines(reading("pdf"))
    # The box on the cover is one paragraph here and three lines there.
    assert "".join(found[FIRST_MARKED]) == "".join(wanted[FIRST_MARKED])
    for sheet in wanted.keys() - SCANNED - {FIRST_MARKED}:
        said = set(wanted[sheet])
        more = [line for line in found[sheet] if line not in said]
        assert [line for line in found[sheet] if line in said] == wanted[sheet]
        assert [label for label in more if len(label) > LONGEST_LABEL] == []


def test_the_pdf_has_every_cell_of_every_table_where_it_is_drawn(reading: Reading) -> None:
    drawn, tables = [table for table in TABLES if not table["scanned"]], reading("pdf").tables
    assert [_rows(table) for table in tables] == [_grid(table["grid"]) for table in drawn]
    assert [table.head for table in tables] == [table["head"] for table in drawn]
    assert sum(len(row) for table in tables for row in _rows(table)) == 776
    assert [len(table.repeated) for table in tables] == [_heads_again(table) for table in drawn]


def _heads_again(table: dict[str, Any]) -> int:
    """Rows that print the head of a table again."""
    return int(table["head"]) * len(table["head_again"])
