"""dochan's document model -> paragraphs and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from index.readers.archive import broken
from index.readers.blocks import Block, Cell, Grid, Paragraph, report_of
from index.readers.hwp_marks import Marks
from index.readers.source import Source
from rag.types import Report

_BOOKMARK = re.compile(r"\[bookmark: [^\]\r\n]*\] ")  # a run that dochan adds, not printed
_BULLET = re.compile(r"\s*[□■◆○●◦ㅇ•▪▶▷※*·–-]")
_HEADING_CHARS = 80
_NOTES = ("footnote", "endnote")
_LOST = "일부 내용을 읽지 못했습니다. 빠진 곳이 있는지 원본과 비교해 주세요."


def report_from(source: Source, document: Any, marks: Marks, errors: Iterable[str]) -> Report:
    """The body of the document: no headers, footers, comments or pictures.

    Where dochan had to leave something out a notice says so; where it left all, it is an error.
    """
    blocks = _Converter(document, marks).blocks()
    lost = any(error.startswith("ERR") for error in errors)
    if lost and not any(isinstance(block, Grid) or block.text.strip() for block in blocks):
        raise broken(source)
    return report_of(source, blocks, (_LOST,) if lost else ())


class _Converter:
    def __init__(self, document: Any, marks: Marks) -> None:
        self._document, self._marks = document, marks
        self._begun: set[int] = set()  # paragraphs that a table or picture parts come in pieces
        self._numbers: dict[int, int] = {}
        counts = dict.fromkeys(_NOTES, 0)  # dochan counts both in one row
        for note in document.find_all("note"):
            if note.type in counts:
                counts[note.type] += 1
                self._numbers[note.number] = counts[note.type]

    def blocks(self) -> list[Block]:
        return [
            block
            for section in self._document.sections
            for block in self._convert(section.elements, notes=None)
        ]

    def _convert(self, elements: Sequence[Any], notes: list[str] | None) -> Iterator[Block]:
        """The blocks of a text flow; its footnotes come at once or, in a cell, go into `notes`."""
        for element in elements:
            kind = type(element).__name__
            if kind == "Paragraph":
                yield from self._paragraph(element)
            elif kind == "Table":
                yield from self._table(element, notes)
            elif kind == "Image":
                yield from self._convert(element.caption, notes)
            elif kind == "Equation":
                yield Paragraph(text=element.latex)
            elif kind == "Footnote" and element.type in _NOTES:
                if notes is None:
                    yield Paragraph(text=self._note(element))
                else:
                    notes.append(self._note(element))

    def _paragraph(self, element: Any) -> Iterator[Paragraph]:
        number = _mark_of(element)
        mark = self._marks.get(number)
        text = "".join(map(self._run, element.runs))
        if number not in self._begun:
            self._begun.add(number)
            if mark.after_gap:
                yield Paragraph(text="")
            if mark.number:
                text = f"{mark.number} {text.lstrip()}"
        heading = mark.level is not None and _may_be_heading(text)
        level = mark.level if heading else None
        yield Paragraph(text=text, level=level, page=self._marks.page(number))

    def _run(self, run: Any) -> str:
        if run.note_ref:
            return f"{self._numbers.get(run.note_ref, run.note_ref)})"
        return "" if _BOOKMARK.fullmatch(run.text) else str(run.text)

    def _note(self, element: Any) -> str:
        texts = (
            block.text
            for block in self._convert(element.paragraphs, notes=[])
            if isinstance(block, Paragraph)
        )
        said = " ".join(text.strip() for text in texts if text.strip())
        return f"{self._numbers.get(element.number, element.number)}) {said}"

    def _table(self, table: Any, notes: list[str] | None) -> Iterator[Block]:
        caption = list(self._convert(table.caption, notes))
        above = table.caption_side in ("TOP", "LEFT")
        if above:
            yield from caption
        found: list[str] = []
        cells = tuple(
            Cell(
                blocks=tuple(self._convert(cell.paragraphs, notes=found)),
                row=row,
                column=column,
                row_span=max(1, cell.row_span),
                column_span=max(1, cell.col_span),
            )
            for row, line in enumerate(table.rows)
            for column, cell in enumerate(line)
            if not cell.is_merged_away and cell.paragraphs
        )
        if notes is not None:
            notes += found
        kept = () if notes is not None else tuple(found)
        yield Grid(cells=cells, head=self._head(table), notes=kept)
        if not above:
            yield from caption

    def _head(self, table: Any) -> int:
        """How many rows at the top the file marks as labels, all their paragraphs."""
        for at, row in enumerate(table.rows):
            blocks = [block for cell in row for block in cell.paragraphs]
            words = [block for block in blocks if type(block).__name__ == "Paragraph"]
            if not all(self._marks.get(_mark_of(block)).label for block in words):
                return at
        return 0


def _mark_of(element: Any) -> int:
    """The running number in the place of the style; HWP 5 has room for it only with the shape's."""
    shape = max(0, element.para_shape_id)
    return int(element.style_id << 16 | shape)


def _may_be_heading(text: str) -> bool:
    """Whether a paragraph of an outline style is no list item or sentence that borrows it."""
    return len(text) <= _HEADING_CHARS and not _BULLET.match(text) and not text.endswith("다.")
