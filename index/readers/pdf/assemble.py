"""The sheets of a PDF -> numbered lines with their pages, boxes and tables."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from index.readers.grids import heading_of
from index.readers.lines import split_lines
from index.readers.ocr_text import mended
from index.readers.pdf.drawn_tables import TablePart, table_parts
from index.readers.pdf.grids import PageTable
from index.readers.pdf.joiner import Joiner
from index.readers.pdf.page_notes import notes_first
from index.readers.pdf.paragraphs import Paragraph, paragraphs
from index.readers.pdf.running import Sheet
from index.readers.symbols import plain
from rag.types import Box, Page, TableShape


@dataclass(frozen=True, slots=True)
class Assembled:
    """What becomes of the sheets."""

    pages: tuple[Page, ...]
    tables: tuple[TableShape, ...]


def assembled(
    sheets: Sequence[Sheet],
    *,
    printed: Mapping[int, int],
    scanned: Collection[int],
) -> Assembled:
    """Every sheet as a page, in order; `printed` numbers of sheets."""
    parts = [list(paragraphs(sheet.lines)) for sheet in sheets]
    notes_first(parts)
    joiner = _joiner([part for found in parts for part in found])
    reads = [_Reading(joiner, ocr=sheet.number in scanned) for sheet in sheets]
    tables = table_parts(parts, [read.cell for read in reads])
    writer = _Writer()
    pages = []
    for place, (sheet, found) in enumerate(zip(sheets, parts, strict=True)):
        first = len(writer.lines)
        for at, part in enumerate(found):
            if isinstance(part, Paragraph):
                writer.paragraph(part, reads[place].text(part))
            else:
                writer.table(tables[place, at])
        number = printed.get(sheet.number)
        pages.append(
            Page(
                number=sheet.number,
                exact=True,
                first_line=first + 1,
                lines=tuple(writer.lines[first:]),
                printed=number if number != sheet.number else None,
                ocr=sheet.number in scanned,
                boxes=tuple(writer.boxes[first:]),
            )
        )
    return Assembled(tuple(pages), tuple(writer.tables))


def _joiner(parts: Sequence[Paragraph | PageTable]) -> Joiner:
    tables = (part for part in parts if isinstance(part, PageTable))
    return Joiner(
        [part.lines for part in parts if isinstance(part, Paragraph)],
        (line for table in tables for cell in table.cells for line in cell.lines),
    )


class _Reading:
    """What the lines of one sheet say; those of a scanned one are mended."""

    def __init__(self, joiner: Joiner, *, ocr: bool) -> None:
        self._joiner, self._ocr = joiner, ocr

    def text(self, paragraph: Paragraph) -> str:
        return self._plain(self._joiner.text(paragraph.lines))

    def cell(self, lines: Sequence[str]) -> str:
        return self._plain(self._joiner.cell(lines))

    def _plain(self, text: str) -> str:
        text = plain(text).strip()
        return mended(text) if self._ocr else text


class _Writer:
    """Paragraphs and tables into lines, one after another."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.boxes: list[tuple[Box, ...]] = []
        self.tables: list[TableShape] = []
        self._repeated: list[int] = []  # rows of the table being written

    def paragraph(self, paragraph: Paragraph, text: str) -> None:
        if paragraph.gap:
            self._gap()
        indent = " " if paragraph.indented else ""
        if text:
            self._line(indent + " ".join(split_lines(text)), paragraph.boxes)

    def table(self, part: TablePart) -> None:
        title = heading_of(part.rows)
        if title or not part.first:
            self._gap()
        if title:
            self._line(title, part.boxes)
        else:
            self._rows(part)
        if part.end == len(part.rows.begun):
            self._gap()

    def _rows(self, part: TablePart) -> None:
        rows = part.rows
        for cells, box in zip(rows.begun[part.first : part.end], part.boxes, strict=True):
            self._line("\t".join(cells), (box,))
        self._repeated += part.repeated
        if part.end == len(rows.begun):
            last = len(self.lines)
            self.tables.append(
                TableShape(
                    first_line=last - len(rows.begun) + 1,
                    last_line=last,
                    head=rows.head,
                    grid=rows.expanded,
                    repeated=tuple(self._repeated),
                )
            )
            self._repeated = []

    def _line(self, text: str, boxes: tuple[Box, ...]) -> None:
        self.lines.append(text)
        self.boxes.append(tuple(tuple(round(edge, 1) for edge in box) for box in boxes))  # type: ignore[misc]

    def _gap(self) -> None:
        if self.lines and self.lines[-1]:
            self._line("", ())
