"""DOCX through python-docx: the package and its parts; the text is walked element by element."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from index.readers.archive import broken, open_archive
from index.readers.blocks import Block, Cell, Grid, Paragraph, report_of
from index.readers.docx_numbers import Numbering
from index.readers.docx_package import checked, notes_of
from index.readers.docx_text import FLOW, Text, texts_of, word
from index.readers.safe_xml import local
from index.readers.source import Source
from rag.types import Report

_MOST_COLUMNS = 500  # Word itself stops at 63
_DEEPEST = 32  # tables within tables
_HEADING = re.compile(r"(?:heading|제목|개요)\s*(\d)", re.IGNORECASE)
_MOST_LEVELS = 6
_NOTES = ("footnotes", "endnotes")
# What python-docx has been seen to raise of parts that refer to what is not there.
_DAMAGE = (LookupError, ValueError, AttributeError, TypeError, SyntaxError, RecursionError)


def read_docx(source: Source) -> tuple[Report, ...]:
    """The document as one report."""
    import docx
    from docx.exceptions import PythonDocxError
    from docx.opc.exceptions import OpcError

    package = checked(open_archive(source), source)
    try:
        document = docx.Document(package)
        blocks = _Converter(document, source).blocks()
    except (*_DAMAGE, OpcError, PythonDocxError) as error:
        raise broken(source) from error
    return (report_of(source, blocks),)


class _Converter:
    """The body of one document as blocks: no headers, footers, comments or deleted text."""

    def __init__(self, document: Any, source: Source) -> None:
        self._body = document.element.body
        self._styles = {style.style_id: style for style in document.styles}
        self._numbering = Numbering(document)
        self._notes = {kind: notes_of(document, kind, source) for kind in _NOTES}
        self._printed: dict[tuple[str, str], int] = {}  # (kind, id) of a note -> its number
        self._drawn = any(True for _ in self._body.iter(word("lastRenderedPageBreak")))
        self._page = 1

    def blocks(self) -> list[Block]:
        return list(self._flow(self._body, None, 0))

    def _flow(self, parent: Any, notes: list[str] | None, depth: int) -> Iterator[Block]:
        """The blocks in a part of the text; footnotes follow or, in a cell, go into `notes`."""
        for element in parent:
            name = local(element)
            if name == "p":
                yield from self._paragraph(element, notes, depth)
            elif name == "tbl" and depth < _DEEPEST:
                yield from self._table(element, notes, depth + 1)
            elif name in FLOW:
                yield from self._flow(element, notes, depth)

    def _paragraph(self, element: Any, notes: list[str] | None, depth: int) -> Iterator[Block]:
        found = texts_of(element)
        text = "".join(self._printed_text(part) for part in found)
        page = self._turn(found)
        style = self._style_chain(element)
        if text.strip():
            text = self._numbering.before(element, style) + text
        yield Paragraph(text=text, level=_level(element, style), page=page)
        for part in found:
            if part.box is not None:
                yield from self._flow(part.box, notes, depth + 1)
        said = [self._note(part) for part in found if part.note]
        if notes is not None:
            notes += said
        else:
            yield from (Paragraph(text=note) for note in said)

    def _turn(self, found: Sequence[Text]) -> int | None:
        """The page on which the paragraph's first letter stands, where Word saved its breaks."""
        if not self._drawn:
            return None
        begins: int | None = None
        for part in found:
            self._page += part.turns
            if begins is None and part.text.strip():
                begins = self._page
        return begins or self._page

    def _printed_text(self, part: Text) -> str:
        if not part.note:
            return part.text
        key = (part.note, part.note_id)
        count = 1 + sum(kind == part.note for kind, _ in self._printed)
        return f"{self._printed.setdefault(key, count)})"

    def _note(self, part: Text) -> str:
        said = self._notes[part.note].get(part.note_id, "")
        return f"{self._printed[part.note, part.note_id]}) {said}"

    def _style_chain(self, element: Any) -> list[Any]:
        """The paragraph's style and those it is based on, nearest first."""
        name = _value(element, "pPr/pStyle")
        style = self._styles.get(name) if name else None
        chain: list[Any] = []
        while style is not None and len(chain) < 10:
            chain.append(style)
            style = getattr(style, "base_style", None)
        return chain

    def _table(self, table: Any, notes: list[str] | None, depth: int) -> Iterator[Block]:
        said: list[str] = []
        cells: list[Cell] = []
        open_: dict[int, int] = {}  # column -> place in `cells` of the one merged downwards
        head = 0
        for row, element in enumerate(_inner(table, "tr")):
            if row == head and element.find(f"{word('trPr')}/{word('tblHeader')}") is not None:
                head += 1
            self._row(row, element, cells, open_, _Place(said, depth))
        if notes is not None:
            notes += said
        yield Grid(cells=tuple(cells), head=head, notes=() if notes is not None else tuple(said))

    def _row(
        self, row: int, element: Any, cells: list[Cell], open_: dict[int, int], place: _Place
    ) -> None:
        column = _number(element, "trPr/gridBefore")
        before = self._page
        furthest = before
        for cell in _inner(element, "tc"):
            self._page = before  # every cell of a row that runs on tells its breaks again
            width = max(1, _number(cell, "tcPr/gridSpan"))
            blocks = tuple(self._flow(cell, place.notes, place.depth))
            furthest = max(furthest, self._page)
            merged = cell.find(f"{word('tcPr')}/{word('vMerge')}")
            if merged is not None and merged.get(word("val")) != "restart" and column in open_:
                at = open_[column]
                cells[at] = _longer(cells[at], row)
            elif column < _MOST_COLUMNS:
                open_.pop(column, None)
                if merged is not None:
                    open_[column] = len(cells)
                cells.append(Cell(blocks=blocks, row=row, column=column, column_span=width))
            column = min(column + width, _MOST_COLUMNS)
        self._page = furthest


class _Place:
    """Where a row stands: how deep, and where its footnotes go."""

    def __init__(self, notes: list[str], depth: int) -> None:
        self.notes, self.depth = notes, depth


def _longer(cell: Cell, row: int) -> Cell:
    return Cell(
        blocks=cell.blocks,
        row=cell.row,
        column=cell.column,
        row_span=row - cell.row + 1,
        column_span=cell.column_span,
    )


def _inner(parent: Any, name: str) -> Iterator[Any]:
    """Rows or cells, also those in content controls."""
    for element in parent:
        if local(element) == name:
            yield element
        elif local(element) in FLOW:
            yield from _inner(element, name)


def _level(element: Any, style: Sequence[Any]) -> int | None:
    """The level of a heading, by its own outline level or that of its style."""
    levels = [element, *(entry.element for entry in style)]
    for entry in levels:
        marked = _value(entry, "pPr/outlineLvl")
        if marked is not None:
            return int(marked) + 1 if marked.isdigit() and int(marked) < _MOST_LEVELS else None
    named = next((found for entry in style if (found := _HEADING.match(entry.name or ""))), None)
    return int(named[1]) if named and 1 <= int(named[1]) <= _MOST_LEVELS else None


def _value(element: Any, path: str) -> str | None:
    found = element.find("/".join(map(word, path.split("/"))))
    return None if found is None else found.get(word("val"))


def _number(element: Any, path: str) -> int:
    value = _value(element, path) or ""
    return min(int(value), _MOST_COLUMNS) if value.isdigit() else 0
