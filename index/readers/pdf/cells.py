"""Rulings -> the cells that they enclose, in groups that touch each other.

pdfplumber's geometry does the work; its own reading of pages is too slow and not used.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from index.readers.pdf.rulings import Rulings
from rag.types import Box

Edge = dict[str, Any]  # as pdfplumber has it

_NEAR = 3.0  # points; pdfplumber's own tolerance for lines that meet or are one
_SHORTEST = 4.0  # points of a line that parts cells
_MOST_EDGES = 6_000
_MOST_CROSSINGS = 2_000  # of one group; a calendar of a year has 500, the grid of a chart more


def cell_groups(rulings: Rulings, fills: Sequence[Box]) -> Iterator[list[Box]]:
    """Cells that share corners, from group to group in no order; the sides of a fill part too."""
    sides = [side for fill in fills for side in _sides(fill)]
    across = [*rulings.across, *(side for side in sides if side[1] == side[3])]
    down = [*rulings.down, *(side for side in sides if side[0] == side[2])]
    if len(across) < 2 or not down or len(across) + len(down) > _MOST_EDGES:
        return
    from pdfplumber.table import edges_to_intersections, intersections_to_cells, merge_edges

    edges = [_edge(box, "h") for box in across] + [_edge(box, "v") for box in down]
    merged = merge_edges(edges, _NEAR, _NEAR, _NEAR, _NEAR)
    for group in _touching([edge for edge in merged if _length(edge) >= _SHORTEST]):
        crossings = edges_to_intersections(group + _open_sides(group, rulings.down), _NEAR, _NEAR)
        if 4 <= len(crossings) <= _MOST_CROSSINGS:
            yield from _joined(intersections_to_cells(crossings))


def _sides(box: Box) -> Iterator[Box]:
    x0, top, x1, bottom = box
    yield from ((x0, top, x1, top), (x0, bottom, x1, bottom))
    yield from ((x0, top, x0, bottom), (x1, top, x1, bottom))


def _edge(box: Box, orientation: str) -> Edge:
    x0, top, x1, bottom = box
    return {
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
        "orientation": orientation,
    }


def _length(edge: Edge) -> float:
    return float(max(edge["x1"] - edge["x0"], edge["bottom"] - edge["top"]))


def _touching(edges: Sequence[Edge]) -> Iterator[list[Edge]]:
    """Edges in groups that hang together; those that cross no other are left out."""
    across = [edge for edge in edges if edge["orientation"] == "h"]
    down = [edge for edge in edges if edge["orientation"] == "v"]
    group = _Groups(len(across) + len(down))
    for at, line in enumerate(across):
        x0, x1, y = line["x0"] - _NEAR, line["x1"] + _NEAR, line["top"]
        for number, post in enumerate(down, start=len(across)):
            if x0 <= post["x0"] <= x1 and post["top"] - _NEAR <= y <= post["bottom"] + _NEAR:
                group.join(at, number)
    for members in group.members():
        if len(members) > 2:
            yield [(across + down)[number] for number in members]


def _open_sides(group: Sequence[Edge], drawn: Sequence[Box]) -> list[Edge]:
    """The outer borders that reports often leave out where lines inside part the columns.

    A coloured row has sides too; only the lines drawn down the page tell that there is a border.
    """
    across = [edge for edge in group if edge["orientation"] == "h"]
    left, right = min(edge["x0"] for edge in across), max(edge["x1"] for edge in across)
    top, bottom = min(edge["top"] for edge in across), max(edge["top"] for edge in across)
    posts = [x for x, start, _, end in drawn if start < bottom and end > top]
    if not any(left + _NEAR < post < right - _NEAR for post in posts):
        return []
    closed = []
    for side, x in (("x0", left), ("x1", right)):
        reached = {edge["top"] for edge in across if abs(edge[side] - x) <= _NEAR}
        if {top, bottom} <= reached and not any(abs(post - x) <= _NEAR for post in posts):
            closed.append(_edge((x, top, x, bottom), "v"))
    return closed


def _joined(cells: Sequence[Box]) -> Iterator[list[Box]]:
    """Cells in groups that share corners."""
    group = _Groups(len(cells))
    first: dict[tuple[float, float], int] = {}
    for at, (x0, top, x1, bottom) in enumerate(cells):
        for corner in ((x0, top), (x0, bottom), (x1, top), (x1, bottom)):
            group.join(first.setdefault(corner, at), at)
    for members in group.members():
        yield [cells[number] for number in members]


class _Groups:
    """Numbers that were joined, directly or through others."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def join(self, one: int, other: int) -> None:
        """Put both into one group."""
        self._parent[self._first(other)] = self._first(one)

    def members(self) -> Iterator[list[int]]:
        """The numbers of each group."""
        for _, numbers in groupby(sorted(range(len(self._parent)), key=self._first), self._first):
            yield list(numbers)

    def _first(self, number: int) -> int:
        while self._parent[number] != number:
            self._parent[number] = self._parent[self._parent[number]]
            number = self._parent[number]
        return number
