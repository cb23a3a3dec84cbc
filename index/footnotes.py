"""Footnotes: which words a line `4) …` at the foot of a page explains."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from index.lines import Line
from rag.korean import clean

_NOTE = re.compile(r"\s?(\d{1,2})\)\s+\S")
_RAISED = re.compile(r"\s?([⁰¹²³⁴-⁹]{1,2})⁾")
_FLAT = re.compile(r"(?<=[가-힣A-Za-z」”])(\d{1,2})\)")
_REACH_LINES = 80
_REACH_PAGES = 2
_MOST_MARKS = 20  # in one line; one with more is no prose
_CONTEXT = 80  # characters around the mark that tell what is explained

_Marked = tuple[Line, str]


def with_footnotes(lines: Iterable[Line]) -> Iterator[Line]:
    """The same lines; a footnote knows the words it explains, a list item `1)` stays one."""
    marked: dict[int, _Marked] = {}
    for line in lines:
        note = None if line.in_cell else _NOTE.match(line.text)
        found = marked.pop(int(note[1]), None) if note else None
        yield replace(line, explains=found[1]) if found and _near(found[0], line) else line
        for number, words in _marks(line.text):
            marked[number] = (line, words)


def _near(marked: Line, note: Line) -> bool:
    pages = (note.page or 0) - (marked.page or 0)
    return note.number - marked.number <= _REACH_LINES and pages <= _REACH_PAGES


def _marks(text: str) -> Iterator[tuple[int, str]]:
    """Every footnote mark with the words around it, in a table those of its cell."""
    for match in islice(_RAISED.finditer(text), _MOST_MARKS):
        yield int(unicodedata.normalize("NFKC", match[1])), _around(text, match)
    for match in islice(_FLAT.finditer(text), _MOST_MARKS):
        before = text[max(0, match.start() - _CONTEXT) : match.start()]
        if before.count("(") <= before.count(")"):  # `(신규2)` closes a bracket
            yield int(match[1]), _around(text, match)


def _around(text: str, mark: re.Match[str]) -> str:
    before = text[max(0, mark.start() - 2 * _CONTEXT) : mark.start()].rpartition("\t")[2]
    after = text[mark.end() : mark.end() + 2 * _CONTEXT].partition("\t")[0]
    words = _RAISED.sub("", clean(before + after))
    start = max(0, len(_RAISED.sub("", clean(before))) - _CONTEXT)
    return words[start : start + _CONTEXT]
