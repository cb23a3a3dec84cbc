"""The words of a page with their boxes, as the file draws them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from index.readers.pdf.characters import Characters, Look
from rag.types import Box

if TYPE_CHECKING:
    import pypdfium2 as pdfium

Turn = Callable[[float, float, float, float], Box]
Run = tuple[int, int]  # places of the first character and behind the last

# pdfium writes U+0002 for a hyphen at the end of a line, and no line end behind it.
_RUN = re.compile("[^\\s\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")
_UNSEEN = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_NO_LETTER = dict.fromkeys((*range(32), *range(127, 160)), "\ufffd")
_CLEANED = _NO_LETTER | _UNSEEN | {0x02: "-", 0xFFFE: "-"}
_WIDE = 1.5  # of the size: more a letter, and there is a gap within
_JOINED = 0.15  # of the size; words closer than that are one, unless the file has a space
_ROW = 12.0  # points
_TWICE = 0.2  # of the size: as near as this, the same word is a shadow of itself


@dataclass(frozen=True, slots=True)
class Word:
    """Characters drawn next to each other, as one run without white space.

    Points count from the top left of the page as it is shown.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float  # of the font, in points as drawn
    bold: bool = False
    space_before: bool = False  # the file itself has a space character in front


def words_on(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage) -> list[Word]:
    """The upright words on the shown part of the page, in the file's order, each once."""
    chars = Characters(text_page, turned=page.get_rotation())
    runs = [match.span() for match in _RUN.finditer(chars.text)]
    runs, firsts, lasts = _unbroken(chars, runs, turner(page))
    starts = [start for start, _ in runs]
    looks, spaced = chars.looks(starts), chars.spaced(starts)
    words = [
        Word(
            _printed(chars.text[run[0] : run[1]], look),
            first[0],
            first[1] if first[1] < last[1] else last[1],
            last[2],
            first[3] if first[3] > last[3] else last[3],
            look.size,
            look.bold,
            space,
        )
        for run, first, last, look, space in zip(runs, firsts, lasts, looks, spaced, strict=True)
        if look.upright
    ]
    return _once(_shown(words, *page.get_size()))


def garbled(words: Sequence[Word]) -> bool:
    """Whether most letters of the page are none, as its fonts do not say what they draw."""
    letters = "".join(word.text for word in words)
    wrong = sum(char == "\ufffd" or unicodedata.category(char) in {"Co", "Cn"} for char in letters)
    return 2 * wrong > len(letters) > 0


def turner(page: pdfium.PdfPage) -> Turn:
    """From left, bottom, right, top in the file's own space to a box on the page as shown."""
    left, bottom, right, top = page.get_bbox()
    turns: dict[int, Turn] = {
        0: lambda x0, y0, x1, y1: (x0 - left, top - y1, x1 - left, top - y0),
        90: lambda x0, y0, x1, y1: (y0 - bottom, x0 - left, y1 - bottom, x1 - left),
        180: lambda x0, y0, x1, y1: (right - x1, y0 - bottom, right - x0, y1 - bottom),
        270: lambda x0, y0, x1, y1: (top - y1, right - x1, top - y0, right - x0),
    }
    return turns[page.get_rotation()]


def _unbroken(
    chars: Characters, runs: Sequence[Run], turn: Turn
) -> tuple[list[Run], list[Box], list[Box]]:
    """The runs, cut where they jump, with the boxes of their first and last characters."""
    firsts, lasts = _ends(chars, runs, turn)
    whole: list[Run] = []
    for run, first, last in zip(runs, firsts, lasts, strict=True):
        whole += _cut(chars, run, turn) if _jumps(run, first, last) else [run]
    if len(whole) > len(runs):
        firsts, lasts = _ends(chars, whole, turn)
    return whole, firsts, lasts


def _ends(chars: Characters, runs: Sequence[Run], turn: Turn) -> tuple[list[Box], list[Box]]:
    firsts = chars.boxes([start for start, _ in runs])
    lasts = chars.boxes([end - 1 for _, end in runs])
    return [turn(*corners) for corners in firsts], [turn(*corners) for corners in lasts]


def _jumps(run: Run, first: Box, last: Box) -> bool:
    if _apart(first, last):
        return True
    room = (run[1] - run[0]) * (first[3] - first[1]) * _WIDE
    return not 0 <= last[2] - first[0] <= room


def _cut(chars: Characters, run: Run, turn: Turn) -> Iterator[Run]:
    boxes = [turn(*corners) for corners in chars.boxes(range(*run))]
    begun = run[0]
    for place, (last, box) in enumerate(pairwise(boxes), start=run[0] + 1):
        gap = box[0] - last[2]
        size = last[3] - last[1]
        if _apart(last, box) or not -size <= gap <= size * _WIDE:
            yield begun, place
            begun = place
    yield begun, run[1]


def _apart(one: Box, other: Box) -> bool:
    """Whether no line of text can have both."""
    return one[3] <= other[1] or other[3] <= one[1]


def _printed(text: str, look: Look) -> str:
    if look.unmapped:
        return "\ufffd" * len(text)
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", text.translate(_CLEANED))


def _shown(words: Iterable[Word], width: float, height: float) -> Iterator[Word]:
    for word in words:
        if word.text and word.x1 > 0 and word.x0 < width and word.bottom > 0 and word.top < height:
            yield word


def _once(words: Iterable[Word]) -> list[Word]:
    """The words without those drawn a second time for weight or shadow."""
    words = list(words)
    often = Counter(word.text for word in words)
    kept: list[Word] = []
    drawn: dict[tuple[str, int], list[Word]] = {}
    for word in words:
        if often[word.text] == 1:
            kept.append(word)
            continue
        near = word.size * _TWICE
        row, next_row = int((word.top - near) / _ROW), int((word.top + near) / _ROW)
        rows = [drawn.get((word.text, row), [])]
        if next_row > row:
            rows.append(drawn.get((word.text, next_row), []))
        if any(_same_place(word, other, near) for other in chain.from_iterable(rows)):
            continue
        drawn.setdefault((word.text, int(word.top / _ROW)), []).append(word)
        kept.append(word)
    return kept


def _same_place(word: Word, other: Word, near: float) -> bool:
    return abs(word.x0 - other.x0) < near and abs(word.top - other.top) < near


def stands_in(word: Word, box: Box) -> bool:
    """Whether the middle of the word lies in the box."""
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def text_of(words: Iterable[Word]) -> str:
    """The words of one line, from left to right, with a space where the page shows one."""
    text = ""
    last: Word | None = None
    for word in words:
        near = last and word.x0 - last.x1 < _JOINED * word.size and not word.space_before
        text += word.text if last is None or near else f" {word.text}"
        last = word
    return text
