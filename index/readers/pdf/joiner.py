"""The lines of a paragraph, or of a cell, as one text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from index.readers.pdf.joints import Joints
from index.readers.pdf.layout import VisualLine
from index.readers.pdf.paragraphs import is_marked

_OPEN_ENDS = frozenset("-‧·/~∼(「『‘“")  # what follows belongs to it
_KEPT = 0.15  # of the joints have a space of the file's, in files that keep them
_DRAWN = 0.8  # of the gaps within lines are such spaces, else the file has them anywhere
_FEW = 8  # joints, too few to tell how the file breaks its lines
_SURE = 2.0  # log odds of one word, in a cell of a file that does not break within words
_PARTED = 0.75  # of the joints look like two words: the file does not break within words


class Joiner:
    """Puts wrapped lines together, with a space where the text has one.

    Some files keep the space at the end of a line; then one without is broken within a word. For
    others the report's own words decide, and how it breaks most of its lines.
    """

    def __init__(self, paragraphs: Sequence[Sequence[VisualLine]], cells: Iterable[str]) -> None:
        joints = [joint for lines in paragraphs for joint in pairwise(lines)]
        self._kept = _keeps_spaces(paragraphs, joints)
        self._learned: Joints | None = None
        self._texts = paragraphs
        self._cells = cells
        self._whole = not self._kept and self._breaks_between_words(joints)

    def text(self, lines: Sequence[VisualLine]) -> str:
        """The paragraph as one line."""
        text = lines[0].text
        for above, below in pairwise(lines):
            text += f" {below.text}" if self._is_space(above, below) else below.text
        return text

    def cell(self, lines: Sequence[str]) -> str:
        """The lines of a table's cell as one; those of a column are as long as they can be."""
        if max(map(len, lines), default=0) == 1:
            return "".join(lines)  # written from top to bottom
        text = "".join(lines[:1])
        longest = max(map(_width, lines), default=0.0)
        for above, below in pairwise(lines):
            text += f" {below}" if self._ends(above, below, lines[0], longest) else below
        return text

    def _ends(self, above: str, below: str, begun: str, longest: float) -> bool:
        """Whether a line of a cell ends with its word; narrow ones break words in any file."""
        if _width(above) + _width(below[:1]) <= longest or is_marked(below, begun):
            return True
        last, first = above.rsplit(" ", 1)[-1], below.split(" ", 1)[0]
        return self._parted(last, first, _SURE if self._whole else 0.0)

    def _is_space(self, above: VisualLine, below: VisualLine) -> bool:
        if self._kept:
            return below.words[0].space_before
        last, first = above.words[-1].text, below.words[0].text
        return last[-1:] not in _OPEN_ENDS if self._whole else self._parted(last, first)

    def _breaks_between_words(self, joints: Sequence[tuple[VisualLine, VisualLine]]) -> bool:
        """Whether the lines end with their words, as far as can be told."""
        parted = [
            self._parted(above.words[-1].text, below.words[0].text) for above, below in joints
        ]
        return len(parted) >= _FEW and sum(parted) > _PARTED * len(parted)

    def _parted(self, last: str, first: str, more: float = 0.0) -> bool:
        """Whether these are two words; `more` speaks for it."""
        if last[-1:] in _OPEN_ENDS:
            return False
        if self._learned is None:
            self._learned = Joints(self._lines())
        return self._learned.odds(last, first) + more > 0

    def _lines(self) -> Iterator[str]:
        yield from (line.text for lines in self._texts for line in lines)
        yield from self._cells


def _keeps_spaces(
    paragraphs: Sequence[Sequence[VisualLine]], joints: Sequence[tuple[VisualLine, VisualLine]]
) -> bool:
    kept = sum(below.words[0].space_before for _, below in joints)
    if kept <= _KEPT * len(joints):
        return False
    inner = [word.space_before for lines in paragraphs for line in lines for word in line.words[1:]]
    return sum(inner) >= _DRAWN * len(inner)


def _width(text: str) -> float:
    """In letters of Korean."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)
