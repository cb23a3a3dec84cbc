"""The DOCX twin: heading styles, merged cells, repeated head rows, real footnotes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from samples.make.archive import rezipped
from samples.make.paper import CONTENTS_TITLE
from samples.make.source import Mark, Source, Table, Text
from samples.make.word_parts import add_footnotes, field, note_mark, set_font

_DATE = datetime(2025, 2, 12, 9, 0, 0)


def write_docx(source: Source, contents: Sequence[str]) -> bytes:
    """The file's bytes."""
    import docx

    document = docx.Document()
    _set_up(document, source)
    notes: list[str] = []
    broken = False
    for block in source.blocks:
        if isinstance(block, Table):
            _add_table(document, block)
        elif isinstance(block, Text):
            if block.text.strip():
                _add_text(document, block, notes, broken)
                broken = False
        else:
            broken = _add_mark(document, block, contents) or broken
    add_footnotes(document, notes)
    target = io.BytesIO()
    document.save(target)
    return rezipped(target.getvalue())


def _set_up(document: Any, source: Source) -> None:
    from docx.shared import Pt

    set_font(document.styles["Normal"], "바탕", 13)
    for level, size in ((1, 18), (2, 16), (3, 15)):
        set_font(document.styles[f"Heading {level}"], "맑은 고딕", size)
    document.styles["Normal"].paragraph_format.space_after = Pt(4)
    properties = document.core_properties
    properties.title, properties.author = source.title, "한빛시 도시교통국"
    properties.created = properties.modified = _DATE
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = source.header
    foot = section.footer.paragraphs[0]
    foot.alignment = 1
    foot.add_run("- ")
    field(foot, "PAGE")
    foot.add_run(" -")


def _add_text(document: Any, block: Text, notes: list[str], broken: bool) -> None:
    from docx.shared import Cm

    text = block.text.strip()
    if block.level:
        paragraph = document.add_heading(text, block.level)
    else:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(0.5 * block.indent)
        if text.startswith(("(단위", "<")):
            paragraph.alignment = 2 if text.startswith("(") else 1
        for at, piece in enumerate(block.pieces()):
            if at % 2:
                notes.append(piece)
                note_mark(paragraph, len(notes))
            else:
                paragraph.add_run(piece.strip() if at == 0 else piece)
    paragraph.paragraph_format.page_break_before = broken or None


def _add_mark(document: Any, mark: Mark, contents: Sequence[str]) -> bool:
    """Add what the mark says; whether the next paragraph begins a page."""
    if mark.kind == "box":
        cell = document.add_table(1, 1, style="Table Grid").cell(0, 0)
        _fill(cell, mark.lines)
    elif "columns" in (mark.kind, mark.name):
        _set_columns(document, 2 if mark.kind == "columns" else 1)
    lines = {"cover": mark.lines, "contents": (CONTENTS_TITLE, *contents)}.get(mark.kind, ())
    for line in filter(str.strip, lines):
        paragraph = document.add_paragraph(line.strip())
        paragraph.paragraph_format.page_break_before = line == CONTENTS_TITLE or None
    return mark.kind in ("page", "contents", "scan") or (mark.kind, mark.name) == ("end", "scan")


def _set_columns(document: Any, count: int) -> None:
    """Close the section so far; what follows has so many columns."""
    from docx.enum.section import WD_SECTION
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    section = document.add_section(WD_SECTION.CONTINUOUS)
    columns = section._sectPr.find(qn("w:cols"))
    if columns is None:
        columns = OxmlElement("w:cols")
        section._sectPr.append(columns)
    columns.set(qn("w:num"), str(count))


def _add_table(document: Any, table: Table) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    grid = document.add_table(table.rows, len(table.widths), style="Table Grid")
    for row in grid.rows[: table.head]:
        head = OxmlElement("w:tblHeader")
        head.set(qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(head)
    for cell in table.cells:
        first = grid.cell(cell.row, cell.column)
        last = grid.cell(cell.row + cell.rows - 1, cell.column + cell.columns - 1)
        _fill(first.merge(last) if first is not last else first, cell.paragraphs)


def _fill(cell: Any, paragraphs: Sequence[str]) -> None:
    cell.paragraphs[0].text = paragraphs[0]
    for text in paragraphs[1:]:
        cell.add_paragraph(text)
