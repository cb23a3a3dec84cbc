"""The sample report as a PDF: every cell of every table that is drawn, and where lines stand."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pytest

from index.readers.pdf import read_pdf
from index.readers.source import Source
from rag.types import Report

SAMPLES = Path(__file__).parent.parent / "samples"
LAYOUT: dict[str, Any] = json.loads((SAMPLES / "tables.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def report() -> Report:
    """The sample without its scanned sheet, which takes seconds to read."""
    import pypdfium2

    scanned = {sheet for table in LAYOUT["tables"] if table["scanned"] for sheet in table["sheets"]}
    target = io.BytesIO()
    with pypdfium2.PdfDocument(SAMPLES / "hanbit_2025_report.pdf") as document:
        for sheet in sorted(scanned, reverse=True):
            del document[sheet - 1]
        document.save(target)
    data = target.getvalue()
    source = Source(path=Path("한빛.pdf"), data=data, sha256=hashlib.sha256(data).hexdigest())
    return read_pdf(source)[0]


def _folded(rows: list[list[str]]) -> list[list[str]]:
    return [["".join(cell.split()) for cell in row] for row in rows]


def test_every_cell_of_every_table_is_read(report: Report) -> None:
    drawn = [table for table in LAYOUT["tables"] if not table["scanned"]]
    cells = 0
    for found, table in zip(report.tables, drawn, strict=True):
        rows = [list(row) for at, row in enumerate(found.grid) if at not in found.repeated]
        assert _folded(rows) == _folded(table["grid"])
        assert found.head == table["head"]
        cells += sum(map(len, rows))
    assert cells == 776


def test_every_line_with_text_has_its_boxes_on_the_page(report: Report) -> None:
    for page in report.pages:
        assert len(page.boxes) == len(page.lines)
        for line, boxes in zip(page.lines, page.boxes, strict=True):
            assert bool(boxes) == bool(line.strip()), line
            assert all(0 <= x0 < x1 <= 600 and 0 <= y0 < y1 <= 850 for x0, y0, x1, y1 in boxes)


def test_printed_numbers_are_told_and_not_among_the_lines(report: Report) -> None:
    front = LAYOUT["front"]
    assert [page.printed for page in report.pages[:front]] == [None] * front
    assert report.pages[front].printed == 1
    assert not any(line.startswith("- ") and line.endswith(" -") for line in report.lines)
