"""The runs of a paragraph of WordprocessingML as pieces of text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from index.readers.safe_xml import local

_SPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FLOW = ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")  # what only wraps text
_WRAPS = (*FLOW, "r", "hyperlink", "fldSimple", "oMath", "oMathPara", "ruby", "rubyBase")
_SIGNS = {"tab": " ", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}
_DRAWINGS = ("drawing", "pict", "object", "AlternateContent")
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of a paragraph: letters, a page turned, a mark of a note, or a text box."""

    text: str = ""
    turns: int = 0
    note: str = ""
    note_id: str = ""
    box: Any = None


def word(name: str) -> str:
    """The name in WordprocessingML's namespace."""
    return _SPACE + name


def texts_of(paragraph: Any) -> list[Text]:
    """The pieces in order; deleted and hidden text is none."""
    return list(_pieces(paragraph))


def _pieces(parent: Any) -> Iterator[Text]:
    for element in parent:
        name = local(element)
        if name == "r" and _is_hidden(element):
            continue
        if name in _WRAPS or parent.tag.endswith("}oMath") or name in ("e", "num", "den", "sup"):
            yield from _pieces(element)
        elif name == "t":
            yield Text(element.text or "")
        elif name in _DRAWINGS:
            yield from (Text(box=box) for box in _boxes(element))
        else:
            yield from _sign(element, name)


def _sign(element: Any, name: str) -> Iterator[Text]:
    if name in _SIGNS:
        yield Text(_SIGNS[name])
    elif name == "br":
        yield Text("\n" if element.get(word("type")) in (None, "textWrapping") else "")
    elif name == "sym":
        yield Text(_symbol(element.get(word("char"), "")))
    elif name == "lastRenderedPageBreak":
        yield Text(turns=1)
    elif name in _NOTES:
        yield Text(note=_NOTES[name], note_id=element.get(word("id"), ""))


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{word('rPr')}/{word('vanish')}")
    return vanish is not None and vanish.get(word("val")) not in ("0", "false")


def _symbol(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""


def _boxes(drawing: Any) -> Iterator[Any]:
    """The text boxes of a drawing, each once: the old form beside the new one says the same."""
    for element in drawing:
        name = local(element)
        if name == "txbxContent":
            yield element
        elif name != "Fallback" or len(drawing) == 1:
            yield from _boxes(element)
