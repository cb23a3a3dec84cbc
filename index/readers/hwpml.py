"""HWPML (.hml): the one-file form of Hangul documents, rewritten as the parts of HWPX."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from index.readers.hwpx import element, read_sections
from index.readers.safe_xml import child, local, number, parse_xml
from index.readers.source import Source
from rag.types import Report

_KINDS = {"Outline": "OUTLINE", "Number": "NUMBER", "Bullet": "BULLET"}
_FORMATS = {
    "Digit": "DIGIT",
    "CircledDigit": "CIRCLED_DIGIT",
    "RomanCapital": "ROMAN_CAPITAL",
    "RomanSmall": "ROMAN_SMALL",
    "LatinCapital": "LATIN_CAPITAL",
    "LatinSmall": "LATIN_SMALL",
    "HangulSyllable": "HANGUL_SYLLABLE",
    "CircledHangulSyllable": "CIRCLED_HANGUL_SYLLABLE",
    "HangulJamo": "HANGUL_JAMO",
    "HangulPhonetic": "HANGUL_PHONETIC",
    "Ideograph": "IDEOGRAPH",
}
_SHAPES = ("RECTANGLE", "ELLIPSE", "CONTAINER", "POLYGON", "CURVE", "ARC")
_NOTES = {"FOOTNOTE": "footNote", "ENDNOTE": "endNote", "HEADER": "header", "FOOTER": "footer"}
_COUNTED = {"Table": "TABLE", "Figure": "PICTURE", "Equation": "EQUATION"}
_SPACES = {"TAB": "\t", "LINEBREAK": "\n", "NBSPACE": " ", "FWSPACE": " ", "HYPHEN": "-"}


def read_hwpml(source: Source) -> tuple[Report, ...]:
    """The document as one report."""
    root = parse_xml(source.data, source)
    try:
        sections = [_section(inner) for inner in root.iter() if local(inner) == "SECTION"]
    except RecursionError as error:
        raise source.error(
            "XML이 지나치게 깊어 읽지 않습니다. 원본을 다시 저장해 주세요."
        ) from error
    return (read_sections(source, _head(root), sections),)


def _head(root: Element) -> Element:
    head = element("head")
    for old in root.iter():
        name, key = local(old), old.get("Id", "")
        if name == "PARASHAPE":
            shape = element("paraPr", head, id=key)
            kind = _KINDS.get(old.get("HeadingType", ""), "NONE")
            heading = {
                "type": kind,
                "idRef": old.get("Heading", "0"),
                "level": old.get("Level", "0"),
            }
            element("heading", shape, **heading)
        elif name == "STYLE":
            element("style", head, id=key, name=old.get("Name", ""))
        elif name == "NUMBERING":
            numbering = element("numbering", head, id=key)
            for level in (inner for inner in old if local(inner) == "PARAHEAD"):
                style = _FORMATS.get(level.get("NumFormat", ""), "DIGIT")
                new = element("paraHead", numbering, level=level.get("Level", "1"), numFormat=style)
                new.text = level.text
        elif name == "BULLET":
            element("bullet", head, id=key, char=old.get("Char", ""))
    return head


def _section(old: Element) -> Element:
    section = Element("{http://www.hancom.co.kr/hwpml/2011/section}sec")
    _paragraphs(old, section)
    return section


def _paragraphs(old: Element, parent: Element) -> None:
    for paragraph in (inner for inner in old if local(inner) == "P"):
        new = element(
            "p",
            parent,
            paraPrIDRef=paragraph.get("ParaShape", "-1"),
            styleIDRef=paragraph.get("Style", "-1"),
            pageBreak="1" if paragraph.get("PageBreak") == "true" else "0",
        )
        for text in (inner for inner in paragraph if local(inner) == "TEXT"):
            run = element("run", new)
            for inner in text:
                _inline(inner, run)


def _inline(old: Element, run: Element) -> None:
    name = local(old)
    if name == "CHAR":
        element("t", run).text = _text(old)
    elif name == "TABLE":
        _table(old, run)
    elif name in _SHAPES:
        for drawn in (inner for inner in old.iter() if local(inner) == "DRAWTEXT"):
            _sublist(drawn, element("drawText", element("rect", run)))
    elif name in _NOTES:
        _sublist(old, element(_NOTES[name], element("ctrl", run)))
    elif name == "AUTONUM" and old.get("NumberType") in _COUNTED:
        kind = _COUNTED[old.get("NumberType", "")]
        element("autoNum", element("ctrl", run), num=old.get("Number", ""), numType=kind)
    elif name == "EQUATION" and (script := child(old, "SCRIPT")) is not None:
        element("script", element("equation", run)).text = script.text


def _text(old: Element) -> str:
    parts = [old.text or ""]
    for inner in old:
        parts += [_SPACES.get(local(inner), ""), inner.tail or ""]
    return "".join(parts)


def _sublist(old: Element, parent: Element) -> None:
    for paragraphs in (inner for inner in old if local(inner) == "PARALIST"):
        _paragraphs(paragraphs, element("subList", parent))


def _table(old: Element, run: Element) -> None:
    table = element("tbl", run, rowCnt=old.get("RowCount", ""), colCnt=old.get("ColCount", ""))
    for inner in old.iter():
        if local(inner) == "CAPTION":
            _sublist(inner, element("caption", table, side=inner.get("Side", "Bottom").upper()))
            break
    for row in (inner for inner in old if local(inner) == "ROW"):
        new = element("tr", table)
        for cell in (inner for inner in row if local(inner) == "CELL"):
            _cell(cell, element("tc", new))


def _cell(old: Element, cell: Element) -> None:
    row, column = number(old, "RowAddr"), number(old, "ColAddr")
    element("cellAddr", cell, rowAddr=str(row), colAddr=str(column))
    rows, columns = number(old, "RowSpan", 1), number(old, "ColSpan", 1)
    element("cellSpan", cell, rowSpan=str(rows), colSpan=str(columns))
    _sublist(old, cell)
