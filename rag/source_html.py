"""Lines of a report as HTML: nothing in them is markup but the layout that OCR leaves behind."""

from __future__ import annotations

import re
from html import escape
from itertools import groupby

from rag.marks import marked

# Layout tags that OCR leaves in cells; any other tag is shown as it stands.
_CHECKED = re.compile(r"<input\b[^<>]*\bchecked\b[^<>]*>", re.IGNORECASE)
_UNCHECKED = re.compile(r"<input\b[^<>]*\bcheckbox\b[^<>]*>", re.IGNORECASE)
_CELL_END = re.compile(r"</t[dh]>\s*(?=<t[dh]\b)", re.IGNORECASE)
_ROW_END = re.compile(r"</tr>", re.IGNORECASE)
_BREAK = re.compile(r"<(?:li|br|p|div)\b[^<>]*>", re.IGNORECASE)
_LAYOUT = re.compile(
    r"</?(?:ul|ol|li|p|div|table|thead|tbody|tr|td|th|span|b|u|strong|sub|sup)(?:\s[^<>]*)?>",
    re.IGNORECASE,
)
_LINE_END = re.compile(r"\r\n?|\n")


def escaped(text: str) -> str:
    r"""Text as it stands, on one physical line.

    >>> escaped("1 < 2\n끝")
    '1 &lt; 2<br>끝'
    """
    return "<br>".join(escape(line) for line in _LINE_END.split(text))


def source_html(text: str, answer_text: str = "") -> str:
    """Lines as paragraphs, tab-separated rows as a table, the answer's words marked."""
    text = _ROW_END.sub("\n", _CELL_END.sub("\t", text))
    lines = [line for line in text.split("\n") if line.strip()]
    parts: list[str] = []
    for tabbed, group in groupby(lines, key=lambda line: "\t" in line):
        if tabbed:
            rows = (
                "".join(f"<td>{_cell(cell, answer_text)}</td>" for cell in line.split("\t"))
                for line in group
            )
            parts.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
        else:
            parts.extend(f"<p>{_cell(line, answer_text)}</p>" for line in group)
    return "".join(parts)


def _cell(text: str, answer_text: str) -> str:
    text = _UNCHECKED.sub("☐", _CHECKED.sub("☑", text))
    text = _LAYOUT.sub("", _BREAK.sub("\n", text)).strip()
    return "".join(
        f"<mark>{escaped(piece)}</mark>" if said else escaped(piece)
        for piece, said in marked(text, answer_text)
    )
