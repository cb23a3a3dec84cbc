"""The straight lines and coloured rectangles of a page, from which tables are made."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from index.readers.pdf.drawing import Outline, Path, around, paths_on
from index.readers.pdf.words import Turn, turner
from rag.types import Box

if TYPE_CHECKING:
    import pypdfium2 as pdfium

_THIN = 3.0  # points; what is wider is a surface
_LEANING = 0.8  # points from end to end; a line that leans more is no ruling
_SMALL = 6.0  # points; a path smaller than that is a letter or a mark, no cell
_MOST_CORNERS = 1_500  # of one path: the whole grid of a table may be one, a map has more
_MOST_ON_PAGE = 12_000  # corners; more would take seconds


@dataclass(slots=True)
class Rulings:
    """Boxes in points from the top left of the page as it is shown; those of lines are flat."""

    across: list[Box] = field(default_factory=list)
    down: list[Box] = field(default_factory=list)
    fills: list[Box] = field(default_factory=list)

    def add(self, box: Box) -> None:
        """Keep a thin box as a line; as both kinds if it is a dot, maybe of a dotted line."""
        x0, top, x1, bottom = box
        if bottom - top <= _THIN:
            self.across.append((x0, (top + bottom) / 2, x1, (top + bottom) / 2))
        if x1 - x0 <= _THIN:
            self.down.append(((x0 + x1) / 2, top, (x0 + x1) / 2, bottom))


def rulings_on(page: pdfium.PdfPage) -> Rulings:
    """Lines, thin rectangles and fills of the page; the curves of drawings are left out."""
    found = Rulings()
    turn = turner(page)
    left = _MOST_ON_PAGE
    for path in paths_on(page):
        box = turn(*path.bounds())
        stroked, filled = path.mode()
        width, height = box[2] - box[0], box[3] - box[1]
        if not (stroked or filled):
            continue
        if min(width, height) <= _THIN:
            found.add(box)
        elif max(width, height) > _SMALL and left > 0:
            left -= _add_outlines(found, path, stroked, turn)
    return found


def _add_outlines(found: Rulings, path: Path, stroked: bool, turn: Turn) -> int:
    """Add what a path outlines; how many corners had to be looked at."""
    corners = path.corners()
    if corners > _MOST_CORNERS or not (stroked or not path.pale()):
        return 1
    for outline in path.outlines():
        if stroked:
            _add_lines(found, outline, turn)
        else:
            _add_fill(found, outline, turn)
    return corners


def _add_lines(found: Rulings, outline: Outline, turn: Turn) -> None:
    for one, other in pairwise(outline):
        if one and other:
            box = turn(*around(one, other))
            if min(box[2] - box[0], box[3] - box[1]) <= _LEANING:
                found.add(box)


def _add_fill(found: Rulings, outline: Outline, turn: Turn) -> None:
    points = [point for point in outline if point]
    if len(points) < len(outline) or not 4 <= len(points) <= 6:
        return
    box = around(points[0], points[2])
    if any(
        min(abs(x - box[0]), abs(x - box[2])) + min(abs(y - box[1]), abs(y - box[3])) > _LEANING
        for x, y in points
    ):
        return  # no rectangle
    shown = turn(*box)
    if min(shown[2] - shown[0], shown[3] - shown[1]) <= _THIN:
        found.add(shown)
    else:
        found.fills.append(shown)
