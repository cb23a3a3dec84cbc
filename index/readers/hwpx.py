"""HWPX: the parts that hold text, each paragraph numbered, handed to dochan as a package."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from xml.etree.ElementTree import Element, SubElement, tostring

from index.readers.archive import Archive, open_archive
from index.readers.dochan_blocks import report_from
from index.readers.hwp_marks import Marks
from index.readers.hwpx_head import shapes_of
from index.readers.safe_xml import child, local, number, parse_xml
from index.readers.source import Source
from rag.types import Report

_SECTION = re.compile(r"(?:.*/)?section(\d+)\.xml", re.IGNORECASE)
_MANIFEST = "META-INF/manifest.xml"
_COUNTED = ("TABLE", "PICTURE", "EQUATION")  # numbers of notes and pages are written elsewhere


def read_hwpx(source: Source) -> tuple[Report, ...]:
    """The document as one report."""
    archive = open_archive(source)
    if _MANIFEST in archive.names and b"encryption-data" in archive.read(_MANIFEST):
        raise source.error("암호가 걸린 HWPX 파일입니다. 암호를 풀고 저장해서 넣어 주세요.")
    found = sorted(
        (int(match[1]), name) for name in archive.names if (match := _SECTION.fullmatch(name))
    )
    sections = [parse_xml(archive.read(name), source) for _, name in found]
    return (read_sections(source, _head(archive, source), sections),)


def read_sections(source: Source, head: Element, sections: list[Element]) -> Report:
    """The report that these parts make up; they are altered."""
    from dochan.hwpx.parser import HWPXParser

    if not sections:
        raise source.error("본문이 없는 HWPX 파일입니다. 한글에서 다시 저장해서 넣어 주세요.")
    marks = Marks(shapes_of(head))
    try:
        for section in sections:
            _mark_section(section, marks)
        package = _package(head, sections)
    except RecursionError as error:
        raise source.error(
            "XML이 지나치게 깊어 읽지 않습니다. 원본을 다시 저장해 주세요."
        ) from error
    document = HWPXParser().parse(package, include_assets=False, revision_mode="final")
    return report_from(source, document, marks, document.errors)


def _head(archive: Archive, source: Source) -> Element:
    name = next((name for name in archive.names if name.lower().endswith("header.xml")), None)
    return parse_xml(archive.read(name), source) if name else Element("head")


def _package(head: Element, sections: list[Element]) -> BytesIO:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as opened:
        opened.writestr("mimetype", "application/hwp+zip")
        opened.writestr("Contents/header.xml", tostring(head))
        for place, section in enumerate(sections):
            opened.writestr(f"Contents/section{place:04}.xml", tostring(section))
    packed.seek(0)
    return packed


def _mark_section(section: Element, marks: Marks) -> None:
    """Numbers every paragraph, and writes out the numbers of captions."""
    settings = next((element for element in section.iter() if local(element) == "secPr"), None)
    marks.outline = number(settings, "outlineShapeIDRef", 1)
    marks.pages.section(body=_body(settings))
    _mark_flow(section, marks)
    _mark_labels(section, marks)
    for table in section.iter():
        if local(table) == "tbl":
            _tame(table)
    for control in section.iter():
        counted = child(control, "autoNum") if local(control) == "ctrl" else None
        if counted is not None and counted.get("numType") in _COUNTED:
            text = counted.get("num", "")
            control.clear()
            control.tag = f"{counted.tag.rpartition('}')[0]}}}t"
            control.text = text


def _tame(table: Element) -> None:
    """Takes the spans from a table whose cells lie upon one another: dochan fills each in turn."""
    spans = [span for cell in table.iter() if (span := child(cell, "cellSpan")) is not None]
    places = number(table, "rowCnt") * number(table, "colCnt")
    covered = sum(number(span, "rowSpan", 1) * number(span, "colSpan", 1) for span in spans)
    if covered > 2 * places + len(spans):
        for span in spans:
            span.attrib.clear()


def _mark_labels(section: Element, marks: Marks) -> None:
    """Notes the paragraphs in cells that Hangul repeats at the top of every page."""
    for cell in section.iter():
        if local(cell) == "tc" and cell.get("header") == "1":
            for paragraph in cell.iter():
                if local(paragraph) == "p":
                    marks.set_label(_mark_of(paragraph))


def _mark_of(paragraph: Element) -> int:
    return number(paragraph, "styleIDRef") << 16 | number(paragraph, "paraPrIDRef")


def _body(settings: Element | None) -> int:
    """The height of the text on a page."""
    page = child(settings, "pagePr") if settings is not None else None
    margin = child(page, "margin") if page is not None else None
    if page is None or margin is None:
        return 0
    side = "width" if page.get("landscape") == "NARROWLY" else "height"
    around = sum(number(margin, name) for name in ("top", "bottom", "header", "footer"))
    return max(0, number(page, side) - around)


def _mark_flow(parent: Element, marks: Marks, place: int | None = None) -> None:
    """Numbers the paragraphs of a text flow; those within an object stand where it does."""
    after_gap = False
    for element in parent:
        if local(element) != "p":
            _mark_flow(element, marks, place)
            continue
        shape, style = number(element, "paraPrIDRef", -1), number(element, "styleIDRef", -1)
        mark = marks.add(shape, style, after_gap=after_gap)
        element.set("styleIDRef", str(mark >> 16))
        element.set("paraPrIDRef", str(mark & 0xFFFF))
        after_gap = _is_empty(element)
        here = _stand(element, marks) if place is None else place
        marks.stand(mark, here)
        rows = _rows(element, marks) if place is None else {}
        _mark_flow(element, marks, here)
        for row, place_of_row in rows.items():
            _stand_row(row, place_of_row, marks)


def _is_empty(paragraph: Element) -> bool:
    """Whether nothing is printed in it: no text, no object."""
    objects = ("tbl", "pic", "equation", "rect", "container", "footNote", "compose", "dutmal")
    return not any(
        local(inner) in objects or (local(inner) == "t" and "".join(inner.itertext()).strip())
        for inner in paragraph.iter()
    )


def _stand(paragraph: Element, marks: Marks) -> int:
    """The place of a paragraph of the text itself."""
    for control in (inner for run in paragraph for inner in run if local(inner) == "ctrl"):
        if (columns := child(control, "colPr")) is not None:
            marks.pages.columns(number(columns, "colCount", 1))
    cache = child(paragraph, "linesegarray")
    lines = cache if cache is not None else ()
    heights = [height for line in lines if (height := number(line, "vertpos", -1)) >= 0]
    return marks.pages.paragraph(heights, breaks=paragraph.get("pageBreak") == "1")


def _rows(paragraph: Element, marks: Marks) -> dict[Element, int]:
    """The places of the rows of a table that may run over several pages."""
    for table in (inner for run in paragraph for inner in run if local(inner) == "tbl"):
        if table.get("pageBreak") != "NONE" and not _inline(table):
            rows = [row for row in table if local(row) == "tr"]
            return dict(zip(rows, marks.pages.rows([_height(row) for row in rows]), strict=True))
    return {}


def _inline(table: Element) -> bool:
    return (stands := child(table, "pos")) is not None and stands.get("treatAsChar") == "1"


def _height(row: Element) -> int:
    sizes = (
        child(cell, "cellSz") for cell in row if number(child(cell, "cellSpan"), "rowSpan", 1) == 1
    )
    return min((number(size, "height") for size in sizes if size is not None), default=0)


def _stand_row(row: Element, place: int, marks: Marks) -> None:
    for paragraph in row.iter():
        if local(paragraph) == "p":
            marks.stand(_mark_of(paragraph), place)


def element(tag: str, parent: Element | None = None, **attributes: str) -> Element:
    """A new element of HWPX's paragraph namespace."""
    name = f"{{http://www.hancom.co.kr/hwpml/2011/paragraph}}{tag}"
    return Element(name, attributes) if parent is None else SubElement(parent, name, attributes)
