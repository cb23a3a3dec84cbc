"""What a Hangul file says of its paragraphs that dochan leaves out.

dochan drops empty paragraphs, list numbers and layout, and takes large letters for headings. But it
hands through the style and shape of a paragraph. So each reader puts a running number in their
place before dochan reads the file, and looks up here what the paragraph of that number really is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from index.readers.layout_cache import PageCounter
from index.readers.list_numbers import Counters, Level

_NAMED = re.compile(r"\s*(?:개요|제목|outline|heading|title)\s*(\d)", re.IGNORECASE)
_DEEPEST_HEADING = 6


@dataclass(frozen=True, slots=True)
class ParagraphShape:
    """How paragraphs of one shape begin; `kind` is outline, number, bullet or nothing."""

    kind: str = ""
    level: int = 0  # from 0
    numbering: int = 0


@dataclass(slots=True)
class Mark:
    """One paragraph of the file."""

    number: str = ""  # printed before it
    level: int | None = None
    after_gap: bool = False
    place: int | None = None  # with the page counter
    label: bool = False  # stands in a cell that the file marks as head of its table


@dataclass(slots=True)
class Shapes:
    """The head of the file: shapes, styles and lists by their ids."""

    paragraphs: dict[int, ParagraphShape] = field(default_factory=dict)
    style_names: dict[int, str] = field(default_factory=dict)
    numberings: dict[int, tuple[Level, ...]] = field(default_factory=dict)
    bullets: dict[int, str] = field(default_factory=dict)


class Marks:
    """All paragraphs in document order."""

    def __init__(self, shapes: Shapes) -> None:
        self.pages = PageCounter()
        self.outline = 0  # the numbering of outline paragraphs in this section
        self._shapes = shapes
        self._counters = Counters()
        self._marks: list[Mark] = []

    def add(self, shape: int, style: int, *, after_gap: bool) -> int:
        """The number under which the paragraph will be found again."""
        kept = self._shapes.paragraphs.get(shape, ParagraphShape())
        named = _NAMED.match(self._shapes.style_names.get(style, ""))
        level = kept.level + 1 if kept.kind == "outline" else int(named[1]) if named else None
        self._marks.append(
            Mark(
                number=self._number(kept),
                level=level if level and level <= _DEEPEST_HEADING else None,
                after_gap=after_gap,
            )
        )
        return len(self._marks) - 1

    def stand(self, number: int, place: int) -> None:
        """Notes where the paragraph stands."""
        self._marks[number].place = place

    def set_label(self, number: int) -> None:
        """Notes that the paragraph stands in the head of a table."""
        self.get(number).label = True

    def get(self, number: int) -> Mark:
        """The paragraph; an empty mark where dochan made it up."""
        return self._marks[number] if 0 <= number < len(self._marks) else Mark()

    def page(self, number: int) -> int | None:
        """The paragraph's page, if it has a place and the file gives ground for pages."""
        place = self.get(number).place
        return None if place is None else self.pages.page_of(place)

    def _number(self, shape: ParagraphShape) -> str:
        if shape.kind == "bullet":
            return self._shapes.bullets.get(shape.numbering, "")
        if not shape.kind:
            return ""
        key = shape.numbering or (self.outline if shape.kind == "outline" else 0)
        return self._counters.next(key, self._shapes.numberings.get(key, ()), shape.level)
