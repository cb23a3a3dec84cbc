"""Footnotes that stand between the two parts of a table that goes on on the next page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from index.readers.pdf.grids import PageTable
from index.readers.pdf.joined import goes_on_below
from index.readers.pdf.paragraphs import Paragraph

_NOTE = re.compile(r"(?:\d{1,2}\s?\)?|주\s?\d{0,2}\s?\)|[*†]{1,3}\)?)\s?\D")
_SMALLER = 0.93  # of the usual size; notes are set in less
_CAPTION = ("(", "<", "〈", "《", "[", "【")


def notes_first(sheets: Sequence[list[Paragraph | PageTable]]) -> None:
    """Put such notes in front of the table and its captions, so that its rows stay together."""
    sizes = [
        line.size
        for parts in sheets
        for part in parts
        if isinstance(part, Paragraph)
        for line in part.lines
    ]
    small = _SMALLER * median(sizes) if sizes else 0.0
    for parts, following in pairwise(sheets):
        at = len(parts)
        while at and _is_note(parts[at - 1], small):
            at -= 1
        above, below = parts[at - 1 : at], following[:1]
        if not 0 < at < len(parts) or not (above and below):
            continue
        if _is_rest(above[0], below[0]):
            _move(parts, at)


def _is_note(part: Paragraph | PageTable, small: float) -> bool:
    if not isinstance(part, Paragraph):
        return False
    first = part.lines[0]
    return first.size <= small and _NOTE.match(first.text) is not None


def _is_rest(above: Paragraph | PageTable, below: Paragraph | PageTable) -> bool:
    if isinstance(above, Paragraph) or isinstance(below, Paragraph):
        return False
    return goes_on_below(above, below)


def _move(parts: list[Paragraph | PageTable], notes: int) -> None:
    start = notes - 1
    while start and _is_caption(parts[start - 1]):
        start -= 1
    parts[start:] = parts[notes:] + parts[start:notes]


def _is_caption(part: Paragraph | PageTable) -> bool:
    return isinstance(part, Paragraph) and part.lines[0].text.startswith(_CAPTION)
