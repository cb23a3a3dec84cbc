"""The head of a HWPX document: the shapes of paragraphs, their styles and their lists."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from index.readers.hwp_marks import ParagraphShape, Shapes
from index.readers.list_numbers import Level
from index.readers.safe_xml import child, local, number

_KINDS = {"OUTLINE": "outline", "NUMBER": "number", "BULLET": "bullet"}
_STYLES = {
    "DIGIT": "decimal",
    "CIRCLED_DIGIT": "circled",
    "ROMAN_CAPITAL": "roman",
    "ROMAN_SMALL": "small roman",
    "LATIN_CAPITAL": "capital",
    "LATIN_SMALL": "latin",
    "CIRCLED_LATIN_CAPITAL": "circled capital",
    "CIRCLED_LATIN_SMALL": "circled latin",
    "HANGUL_SYLLABLE": "syllable",
    "CIRCLED_HANGUL_SYLLABLE": "circled syllable",
    "HANGUL_JAMO": "jamo",
    "CIRCLED_HANGUL_JAMO": "circled jamo",
    "HANGUL_PHONETIC": "sino",
    "IDEOGRAPH": "hanja",
    "CIRCLED_IDEOGRAPH": "circled hanja",
}


def shapes_of(head: Element) -> Shapes:
    """What it says of paragraphs."""
    shapes = Shapes()
    for element in head.iter():
        name, key = local(element), number(element, "id", -1)
        if name == "paraPr":
            heading = child(element, "heading")
            kind = heading.get("type", "") if heading is not None else ""
            shapes.paragraphs[key] = ParagraphShape(
                _KINDS.get(kind, ""), number(heading, "level"), number(heading, "idRef")
            )
        elif name == "style":
            shapes.style_names[key] = element.get("name", "")
        elif name == "numbering":
            shapes.numberings[key] = tuple(_levels(element))
        elif name == "bullet":
            shapes.bullets[key] = element.get("char", "")
    return shapes


def _levels(numbering: Element) -> Iterator[Level]:
    heads = (inner for inner in numbering if local(inner) == "paraHead")
    for head in sorted(heads, key=lambda inner: number(inner, "level", 1)):
        style = _STYLES.get(head.get("numFormat", ""), "decimal")
        yield Level((head.text or "").strip(), style, number(head, "start", 1))
