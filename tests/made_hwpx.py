"""HWPX packages as small as tests need them, in the XML that Hangul writes."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import escape

_SPACES = "".join(
    f' xmlns:{short}="http://www.hancom.co.kr/hwpml/2011/{name}"'
    for short, name in (("hp", "paragraph"), ("hs", "section"), ("hh", "head"))
)
SETTINGS = (
    '<hp:secPr outlineShapeIDRef="1"><hp:pagePr landscape="WIDELY" width="60000" height="84000">'
    '<hp:margin header="4000" footer="4000" top="6000" bottom="6000"/></hp:pagePr></hp:secPr>'
)  # 64,000 units of text on a page


def p(text: str = "", *, inner: str = "", shape: int = 0, style: int = 0, **more: object) -> str:
    """A paragraph; `at` are the heights of its drawn lines, `breaks` puts it on a new page."""
    heights = more.get("at", ())
    assert isinstance(heights, tuple)
    cache = "".join(f'<hp:lineseg textpos="0" vertpos="{height}"/>' for height in heights)
    breaks = int(bool(more.get("breaks")))
    return (
        f'<hp:p id="0" paraPrIDRef="{shape}" styleIDRef="{style}" pageBreak="{breaks}">'
        f'<hp:run charPrIDRef="0"><hp:t>{escape(text)}</hp:t>{inner}</hp:run>'
        + (f"<hp:linesegarray>{cache}</hp:linesegarray>" if heights else "")
        + "</hp:p>"
    )


def cell(inside: str, row: int, column: int, rows: int = 1, columns: int = 1) -> str:
    """A table cell; what does not look like XML is the text of one paragraph."""
    inside = inside if inside.startswith("<") else p(inside)
    return (
        f'<hp:tc><hp:subList>{inside}</hp:subList><hp:cellAddr colAddr="{column}" rowAddr="{row}"/>'
        f'<hp:cellSpan colSpan="{columns}" rowSpan="{rows}"/><hp:cellSz height="10000"/></hp:tc>'
    )


def table(*rows: str, size: tuple[int, int], more: str = "") -> str:
    """A paragraph that holds a table of these rows of cells."""
    inner = "".join(f"<hp:tr>{row}</hp:tr>" for row in rows)
    counts = f'rowCnt="{size[0]}" colCnt="{size[1]}" pageBreak="CELL"'
    return f"<hp:tbl {counts}>{more}{inner}</hp:tbl>"


def plain_table(*rows: tuple[str, ...]) -> str:
    """A table without merged cells."""
    drawn = (
        "".join(cell(text, row, column) for column, text in enumerate(texts))
        for row, texts in enumerate(rows)
    )
    return table(*drawn, size=(len(rows), len(rows[0])))


def note(text: str, kind: str = "footNote") -> str:
    """The mark of a footnote with its text."""
    return (
        f'<hp:ctrl><hp:{kind} number="1"><hp:subList>{p(text)}</hp:subList></hp:{kind}></hp:ctrl>'
    )


def section(*paragraphs: str) -> str:
    """The XML of a section."""
    return f'<?xml version="1.0" encoding="UTF-8"?><hs:sec{_SPACES}>{"".join(paragraphs)}</hs:sec>'


def head(inner: str) -> str:
    """The XML of the head: shapes, styles and lists."""
    return f"<hh:head{_SPACES}>{inner}</hh:head>"


def parts(*paragraphs: str, shapes: str = "") -> dict[str, str]:
    """The members of a package by name."""
    return {
        "mimetype": "application/hwp+zip",
        "Contents/content.hpf": "<package/>",
        "Contents/header.xml": head(shapes),
        "Contents/section0.xml": section(*paragraphs),
    }


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """The members as a zip file."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in members.items():
            opened.writestr(name, data)
    return packed.getvalue()


def hwpx(*paragraphs: str, shapes: str = "") -> bytes:
    """A package with one section of these paragraphs."""
    return zipped(parts(*paragraphs, shapes=shapes))
