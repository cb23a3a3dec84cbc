"""The HWPX twin: an OWPML package with outline levels, tables, boxes, columns and footnotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

from samples.make.archive import zipped
from samples.make.hangul_parts import (
    COLUMNS,
    SECTION,
    package,
    page_frame,
)
from samples.make.hangul_shapes import NAMESPACES, PARAGRAPHS
from samples.make.paper import CONTENTS_TITLE
from samples.make.source import Cell, Mark, Source, Table, Text

_WIDTH = 48190  # of the text, in HWPUNIT (1/7200 inch)
_ITEM = re.compile(r"(\d+) (.+)")


def write_hwpx(source: Source, contents: Sequence[str]) -> bytes:
    """The file's bytes."""
    writer = _Writer()
    for block in source.blocks:
        writer.add(block, contents)
    first = f'<hp:run charPrIDRef="0">{SECTION}{page_frame(source.header)}</hp:run>'
    body = f"{_paragraph(first)}{''.join(writer.written)}"
    section = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f"<hs:sec {NAMESPACES}>{body}</hs:sec>"
    )
    return zipped(package(source.title, section), stored="mimetype")


class _Writer:
    """Paragraphs in order, and what the next one has to begin."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self._notes = 0
        self._tables = 0
        self._breaks = ""

    def add(self, block: Text | Table | Mark, contents: Sequence[str]) -> None:
        if isinstance(block, Table):
            self._put(self._table(block))
        elif isinstance(block, Mark):
            self._mark(block, contents)
        elif item := _ITEM.fullmatch(block.text) if block.level == 3 else None:
            self._put(self._table(_drawn((item[1], item[2]), (8, 92))))
        elif block.text.strip():
            kind = f"heading{block.level}" if block.level else _kind(block)
            self._put(self._runs(block), kind)

    def _put(self, runs: str, kind: str = "body") -> None:
        self.written.append(_paragraph(runs, kind, self._breaks))
        self._breaks = ""

    def _mark(self, mark: Mark, contents: Sequence[str]) -> None:
        if mark.kind == "box":
            self._put(self._table(_drawn(("\n".join(mark.lines),), (100,))))
        elif "columns" in (mark.kind, mark.name):
            count = 2 if mark.kind == "columns" else 1
            self._put(f'<hp:run charPrIDRef="0">{COLUMNS.format(count=count)}</hp:run>')
        lines = {"cover": mark.lines, "contents": (CONTENTS_TITLE, *contents)}.get(mark.kind, ())
        for line in filter(str.strip, lines):
            self._breaks = 'pageBreak="1"' if line == CONTENTS_TITLE else self._breaks
            self._put(_run(line.strip()))
        if mark.kind in ("page", "contents", "scan") or mark.name == "scan":
            self._breaks = 'pageBreak="1"'
        elif mark.kind == "next":
            self._breaks = 'columnBreak="1"'

    def _runs(self, block: Text) -> str:
        char = block.level
        return "".join(
            self._note(piece) if at % 2 else _run(piece if at else piece.strip(), char)
            for at, piece in enumerate(block.pieces())
        )

    def _note(self, text: str) -> str:
        self._notes += 1
        number = (
            f'<hp:ctrl><hp:autoNum num="{self._notes}" numType="FOOTNOTE"><hp:autoNumFormat '
            'type="DIGIT" userChar="" prefixChar="" suffixChar=")" supscript="0"/></hp:autoNum>'
            "</hp:ctrl>"
        )
        inner = f'<hp:run charPrIDRef="4">{number}<hp:t> {escape(text)}</hp:t></hp:run>'
        return (
            f'<hp:run charPrIDRef="0"><hp:ctrl><hp:footNote number="{self._notes}" suffixChar="41" '
            f'instId="{7000 + self._notes}">{_sub_list(_paragraph(inner, "note"))}</hp:footNote>'
            "</hp:ctrl></hp:run>"
        )

    def _table(self, table: Table) -> str:
        self._tables += 1
        rows = "".join(f"<hp:tr>{_row(table, row)}</hp:tr>" for row in range(table.rows))
        return (
            f'<hp:run charPrIDRef="0"><hp:tbl id="{1000 + self._tables}" zOrder="{self._tables}" '
            'numberingType="TABLE" textWrap="TOP_AND_BOTTOM" textFlow="BOTH_SIDES" lock="0" '
            'dropcapstyle="None" pageBreak="CELL" repeatHeader="1" '
            f'rowCnt="{table.rows}" colCnt="{len(table.widths)}" cellSpacing="0" '
            'borderFillIDRef="3" noAdjust="0">'
            f'<hp:sz width="{_WIDTH}" widthRelTo="ABSOLUTE" height="{table.rows * 1800}" '
            'heightRelTo="ABSOLUTE" protect="0"/><hp:pos treatAsChar="1" affectLSpacing="0" '
            'flowWithText="1" allowOverlap="0" holdAnchorAndSO="0" vertRelTo="PARA" '
            'horzRelTo="COLUMN" vertAlign="TOP" horzAlign="LEFT" vertOffset="0" horzOffset="0"/>'
            '<hp:outMargin left="141" right="141" top="141" bottom="141"/>'
            f'<hp:inMargin left="510" right="510" top="141" bottom="141"/>{rows}</hp:tbl>'
            "<hp:t/></hp:run>"
        )


def _drawn(texts: tuple[str, ...], widths: tuple[int, ...]) -> Table:
    """A heading or a box, which Korean offices draw as a table of one row."""
    cells = tuple(Cell(0, at, 1, 1, tuple(text.split("\n"))) for at, text in enumerate(texts))
    return Table(0, widths, True, cells, 1)


def _row(table: Table, row: int) -> str:
    return "".join(_cell(table, cell) for cell in table.cells if cell.row == row)


def _cell(table: Table, cell: Cell) -> str:
    total = sum(table.widths)
    width = sum(table.widths[cell.column : cell.column + cell.columns]) * _WIDTH // total
    head = cell.row < table.head
    inner = "".join(
        _paragraph(_run(text, 5 if head else 0), "center" if head else "body")
        for text in cell.paragraphs
    )
    return (
        f'<hp:tc name="" header="{int(head)}" hasMargin="0" protect="0" editable="0" dirty="0" '
        f'borderFillIDRef="{4 if head else 3}">{_sub_list(inner)}'
        f'<hp:cellAddr colAddr="{cell.column}" rowAddr="{cell.row}"/>'
        f'<hp:cellSpan colSpan="{cell.columns}" rowSpan="{cell.rows}"/>'
        f'<hp:cellSz width="{width}" height="{cell.rows * 1800}"/>'
        '<hp:cellMargin left="510" right="510" top="141" bottom="141"/></hp:tc>'
    )


def _kind(block: Text) -> str:
    text = block.text.strip()
    if text.startswith("(단위"):
        return "right"
    return "center" if text.startswith("<") else f"indent{min(block.indent, 2)}"


def _run(text: str, char: int = 0) -> str:
    return f'<hp:run charPrIDRef="{char}"><hp:t>{escape(text)}</hp:t></hp:run>'


def _sub_list(paragraphs: str) -> str:
    return (
        '<hp:subList id="" textDirection="HORIZONTAL" lineWrap="BREAK" vertAlign="CENTER" '
        'linkListIDRef="0" linkListNextIDRef="0" textWidth="0" textHeight="0" hasTextRef="0" '
        f'hasNumRef="0">{paragraphs}</hp:subList>'
    )


def _paragraph(runs: str, kind: str = "body", breaks: str = "") -> str:
    shape, style = PARAGRAPHS[kind]
    flags = {"pageBreak": "0", "columnBreak": "0"}
    if breaks:
        flags[breaks.split("=")[0]] = "1"
    return (
        f'<hp:p id="0" paraPrIDRef="{shape}" styleIDRef="{style}" '
        f'pageBreak="{flags["pageBreak"]}" columnBreak="{flags["columnBreak"]}" merged="0">'
        f"{runs}</hp:p>"
    )
