"""Lines as the page breaks them -> paragraphs, bullets and headings, one line each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.readers.pdf.grids import PageTable
from index.readers.pdf.layout import VisualLine
from index.readers.pdf.words import Word
from rag.types import Box

_MARKED = re.compile(
    r"(?:[□■○●◦◯❍•·∙▪▶▷►◆◇※*＊✓☞☐☑]|[-–—ㆍ](?=\s)|[①-⑳㉠-㉻➀-➓]|\(\s?단위"
    r"|[<〈《【\[][^<>]{2,40}[>〉》】\]]$"
    r"|\d{1,3}[.)](?!\d)|\(\d{1,2}\)|[가나라마바사아자차카타파하]\s?[.)]\s|[Ⅰ-Ⅻ]|[IVX]{1,4}\s?\.|제\s?\d+\s?[장절조편]"
    r"|\d{1,2}\s+\D)"
)
_THIRD, _SECOND = re.compile(r"다\s?[.)]\s"), re.compile(r"나\s?[.)]\s")
_BULLET = re.compile(r"[□■○●◦◯❍•·∙▪▶▷►◆◇※*＊✓→⇒⇨☞-]\s?")
_GAP = 0.9  # of the font size; more white than that between two lines parts them
_SAME_SIZE = 0.12  # share by which the letters of one paragraph may differ
_INDENT = 0.8  # of the font size, from the column's edge: a nested bullet
_HANGING = 6.0  # font sizes that a following line may start to the right of the first
_SLACK = 1.0  # points
_SPACE = 0.25  # of the font size, between words
_NEARLY = 0.15  # of the column's width, left free at the end of a full line
_SENTENCE_END = re.compile(r"[.:;!?)]$|[다함임음됨요]$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The lines of one paragraph; more than one where the page wraps it."""

    lines: tuple[VisualLine, ...]
    indented: bool
    gap: bool  # there is white above it

    @property
    def boxes(self) -> tuple[Box, ...]:
        """One a printed line."""
        return tuple(line.box for line in self.lines)


def paragraphs(lines: Sequence[VisualLine]) -> Iterator[Paragraph | PageTable]:
    """The lines of a page, those that a wrapped text consists of together."""
    group: list[VisualLine] = []
    gap = False
    last: VisualLine | None = None
    for line in lines:
        if group and not goes_on(group, line):
            yield _paragraph(group, gap)
            group = []
        if line.table:
            yield line.table
            last = None
            continue
        if not group:
            gap = last is None or _apart(last, line)
        group.append(line)
        last = line
    if group:
        yield _paragraph(group, gap)


def is_marked(text: str, begun: str) -> bool:
    """Whether a bullet, number or caption begins it, so that it does not go on what has `begun`.

    `다.` ends a sentence more often than it follows `나.`
    """
    if _THIRD.match(text):
        return _SECOND.match(begun) is not None
    return _MARKED.match(text) is not None


def goes_on(group: Sequence[VisualLine], below: VisualLine) -> bool:
    """Whether `below` continues the lines: its first word would not have fitted there."""
    above = group[-1]
    if above.table or below.table or (above.left, above.right) != (below.left, below.right):
        return False
    if is_marked(below.text, group[0].text) or _apart(above, below) or above.box[1] >= below.box[1]:
        return False
    if abs(above.size - below.size) > _SAME_SIZE * above.size:
        return False
    return _starts_within(above, below) and _full(above, below.words[0])


def _full(line: VisualLine, following: Word) -> bool:
    """Whether the next word would not have fitted, or nearly, as in a box with margins."""
    room = line.right - line.box[2]
    if following.x1 - following.x0 + _SPACE * following.size > room - _SLACK:
        return True
    return room < _NEARLY * (line.right - line.left) and not _SENTENCE_END.search(line.text)


def _starts_within(above: VisualLine, below: VisualLine) -> bool:
    """Whether the second line begins where a wrapped one would: not left of a bullet's text."""
    start, size = above.words[0].x0, above.size
    if _BULLET.match(above.text):
        return start - _SLACK <= below.words[0].x0 <= start + _HANGING * size
    return start - 3 * size <= below.words[0].x0 <= start + _HANGING * size


def _apart(above: VisualLine, below: VisualLine) -> bool:
    return below.box[1] - above.box[3] > _GAP * max(above.size, below.size)


def _paragraph(lines: Sequence[VisualLine], gap: bool) -> Paragraph:
    first = lines[0]
    inset = first.words[0].x0 - first.left > _INDENT * first.size
    return Paragraph(tuple(lines), inset and bool(_BULLET.match(first.text)), gap)
