"""The report as numbered lines, as a text export gives them, and the sheet of each line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from samples.make.paper import CONTENTS_TITLE
from samples.make.pdf import FRONT, Places, contents_of
from samples.make.source import Mark, Source, Table, Text


@dataclass(slots=True)
class Plain:
    """Lines in order, the sheet of the PDF on which each stands, and the line of each place."""

    lines: list[str] = field(default_factory=list)
    sheets: list[int] = field(default_factory=list)
    at: dict[str, int] = field(default_factory=dict)  # "block" or "block.row" -> line from 1
    _notes: list[str] = field(default_factory=list)
    _count: int = 0
    _sheet: int = 1

    def text(self) -> str:
        """What the file holds."""
        return "\n".join(self.lines) + "\n"

    def add(self, line: str, sheet: int | None = None, place: str = "") -> None:
        """One line; the pages before its sheet are closed first. Gaps never stand in a row."""
        self.turn(sheet)
        if not line and (not self.lines or not self.lines[-1]):
            return
        self.lines.append(line)
        self.sheets.append(self._sheet)
        if place:
            self.at[place] = len(self.lines)

    def turn(self, sheet: int | None) -> None:
        """Close the pages before the sheet."""
        if sheet and sheet > self._sheet:
            self.close()
            self._sheet = sheet

    def add_text(self, text: Text, sheet: int | None, place: str) -> None:
        """One line whose footnotes are printed where its page ends."""
        self.turn(sheet)
        pieces = text.pieces()
        line = "".join(self._note(piece) if n % 2 else piece for n, piece in enumerate(pieces))
        self.add(line, sheet, place if line else "")

    def _note(self, text: str) -> str:
        self._count += 1
        self._notes.append(f"{self._count}) {text}")
        return f"{self._count})"

    def close(self) -> None:
        """End the page: its footnotes, then its printed number if it has one."""
        while self.lines and not self.lines[-1]:
            self.lines.pop()
            self.sheets.pop()
        sheet = self._sheet
        notes, self._notes = self._notes, []
        printed = [f"- {sheet - FRONT} -"] if sheet > FRONT else [""]
        for line in [*([""] if notes else []), *notes, *printed]:
            self.lines.append(line)
            self.sheets.append(sheet)


def plain(source: Source, places: Places) -> Plain:
    """The whole report as lines."""
    out = Plain()
    for at, block in enumerate(source.blocks):
        sheet = places.get(str(at), [None])[0]
        if isinstance(block, Table):
            _add_table(out, at, block, places)
        elif isinstance(block, Mark):
            _add_mark(out, block, source, places, sheet)
        elif block.level:
            out.add("", sheet)
            out.add(block.text, sheet, str(at))
            out.add("")
        else:
            out.add_text(block, sheet, str(at))
    out.close()
    return out


def _add_mark(out: Plain, mark: Mark, source: Source, places: Places, sheet: int | None) -> None:
    lines = mark.lines
    if mark.kind == "contents":
        sheet = FRONT
        lines = (CONTENTS_TITLE, "", *contents_lines(source, places))
    out.add("", sheet)
    for line in lines:
        out.add(line, sheet)
    out.add("")


def contents_lines(source: Source, places: Places) -> list[str]:
    """The entries of the contents page with their dotted lines."""
    return [
        f"{' ' * (2 * level - 2)}{name} {'·' * (34 - len(name))} {page}"
        for level, name, page in contents_of(source, places)
    ]


def _add_table(out: Plain, at: int, table: Table, places: Places) -> None:
    rows = table.written()
    sheets = row_sheets(at, table, places)
    out.add("", sheets[0])
    for row, sheet in enumerate(sheets):
        if row and sheet > sheets[row - 1]:  # the paper prints the head again
            for label in rows[: table.head]:
                out.add(label, sheet)
        out.add(rows[row], sheet, f"{at}.{row}")
    out.add("")


def row_sheets(at: int, table: Table, places: Places) -> list[int]:
    """The sheet on which each row stands; that of a head is its first."""
    return [places[f"{at}.{row}"][0] for row in range(table.rows)]


def tables_of(source: Source, places: Places, out: Plain) -> list[dict[str, Any]]:
    """Every table with its text in full, its sheets and its lines."""
    found = []
    scanned = False
    for at, block in enumerate(source.blocks):
        if isinstance(block, Mark) and block.kind in ("scan", "page"):
            scanned = block.kind == "scan"
        elif isinstance(block, Mark) and block.kind == "end":
            scanned = False
        elif isinstance(block, Table):
            found.append(
                {
                    "caption": block.caption,
                    "unit": block.unit,
                    "head": block.head,
                    "scanned": scanned,
                    "sheets": row_sheets(at, block, places),
                    "head_again": places[f"{at}.0"][1:],
                    "lines": [out.at[f"{at}.{row}"] for row in range(block.rows)],
                    "grid": block.expanded(),
                }
            )
    return found
