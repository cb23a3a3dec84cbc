"""Row labels that a file merges over several rows, written into each of them."""

from __future__ import annotations

from dataclasses import replace

from index.tables import drawn_label_columns
from rag.types import Report, TableShape


def with_row_labels(report: Report) -> Report:
    """The same report; a table row that is cited by itself says what it is about.

    Only labels are repeated: a value that is merged stands where it begins.
    """
    filled = {
        number: cells
        for shape in report.tables
        for number, cells in _filled(shape, drawn_label_columns(shape))
    }
    if not filled:
        return report
    pages = []
    for page in report.pages:
        lines = list(page.lines)
        for at, line in enumerate(lines):
            if labels := filled.get(page.first_line + at):
                cells = line.split("\t")
                cells[: len(labels)] = [
                    cell or label for cell, label in zip(cells, labels, strict=False)
                ]
                lines[at] = "\t".join(cells)
        pages.append(replace(page, lines=tuple(lines)))
    return replace(report, pages=tuple(pages))


def _filled(shape: TableShape, columns: int) -> list[tuple[int, tuple[str, ...]]]:
    """The labels of each row below the head, one merged across standing once."""
    rows = []
    for at, row in enumerate(shape.grid):
        if at < shape.head or at in shape.repeated:
            continue
        labels = tuple(
            "" if column and row[column] == row[column - 1] else row[column]
            for column in range(columns)
        )
        rows.append((shape.first_line + at, labels))
    return rows
