"""The paths that a page draws, as pdfium has them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.readers.pdf.calls import INT, POINTER, address_of, pdfium_call

if TYPE_CHECKING:
    import pypdfium2 as pdfium

Matrix = tuple[float, float, float, float, float, float]
Corners = tuple[float, float, float, float]  # left, bottom, right, top as the file counts
Point = tuple[float, float]
Outline = list[Point | None]  # corners of one part of a path, None where a curve leads on

_AS_IT_IS: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_PATH, _FORM = 2, 5  # FPDF_PAGEOBJ_*
_LINE, _MOVE = 0, 2  # FPDF_SEGMENT_*
_DEEP = 4  # forms within forms
_MOST_OBJECTS = 50_000
_PALE = 250  # of 255; paper, for the eye


@dataclass(frozen=True, slots=True)
class Path:
    """One drawn path. Every question about it costs calls, so it is asked only what is needed."""

    object: int
    matrix: Matrix  # from the form that it stands in to the page

    def bounds(self) -> Corners:
        """Around all of it, the width of its line included."""
        left, bottom, right, top = _four("FPDFPageObj_GetBounds", ctypes.c_float, self.object)
        return around(moved((left, bottom), self.matrix), moved((right, top), self.matrix))

    def mode(self) -> tuple[bool, bool]:
        """Whether its line is drawn, and whether it is filled."""
        kept = (ctypes.c_int * 2)()
        start = ctypes.addressof(kept)
        call = pdfium_call("FPDFPath_GetDrawMode", INT, POINTER, POINTER, POINTER)
        call(self.object, start, start + 4)
        return kept[1] != 0, kept[0] != 0

    def pale(self) -> bool:
        """Whether its filling cannot be told from paper."""
        *colour, cover = _four("FPDFPageObj_GetFillColor", ctypes.c_uint, self.object)
        return min(colour) >= _PALE or not cover

    def corners(self) -> int:
        """How many there are, all parts together."""
        count: int = pdfium_call("FPDFPath_CountSegments", INT, POINTER)(self.object)
        return count

    def outlines(self) -> Iterator[Outline]:
        """Its parts."""
        segment_at = pdfium_call("FPDFPath_GetPathSegment", POINTER, POINTER, INT)
        kind_of = pdfium_call("FPDFPathSegment_GetType", INT, POINTER)
        closes = pdfium_call("FPDFPathSegment_GetClose", INT, POINTER)
        matrix = _times(_matrix(self.object), self.matrix)
        outline: Outline = []
        for number in range(self.corners()):
            segment = segment_at(self.object, number)
            kind = kind_of(segment)
            if kind == _MOVE and outline:
                yield outline
                outline = []
            point = moved(_point(segment), matrix)
            outline += [point] if kind in {_LINE, _MOVE} else [None, point]
            if closes(segment):
                outline.append(outline[0])
        if outline:
            yield outline


def paths_on(page: pdfium.PdfPage) -> Iterator[Path]:
    """The paths of the page and of the forms that it shows."""
    handle = address_of(page.raw)
    count = pdfium_call("FPDFPage_CountObjects", INT, POINTER)(handle)
    object_at = pdfium_call("FPDFPage_GetObject", POINTER, POINTER, INT)
    objects = (object_at(handle, number) for number in range(min(count, _MOST_OBJECTS)))
    return _paths(objects, _AS_IT_IS, 0)


def _paths(objects: Iterator[int], matrix: Matrix, depth: int) -> Iterator[Path]:
    kind_of = pdfium_call("FPDFPageObj_GetType", INT, POINTER)
    for drawn in objects:
        kind = kind_of(drawn)
        if kind == _PATH:
            yield Path(drawn, matrix)
        elif kind == _FORM and depth < _DEEP:
            yield from _paths(_within(drawn), _times(_matrix(drawn), matrix), depth + 1)


def _within(form: int) -> Iterator[int]:
    count = pdfium_call("FPDFFormObj_CountObjects", INT, POINTER)(form)
    object_at = pdfium_call("FPDFFormObj_GetObject", POINTER, POINTER, ctypes.c_ulong)
    return (object_at(form, number) for number in range(min(count, _MOST_OBJECTS)))


def moved(point: Point, matrix: Matrix) -> Point:
    """The point as the page has it."""
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f


def around(one: Point, other: Point) -> Corners:
    """The box between two corners."""
    (x0, y0), (x1, y1) = one, other
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _four(name: str, number: Any, drawn: int) -> tuple[Any, ...]:
    kept = (number * 4)()
    start = ctypes.addressof(kept)
    call = pdfium_call(name, INT, *[POINTER] * 5)
    call(drawn, start, start + 4, start + 8, start + 12)
    return tuple(kept)


def _point(segment: int) -> Point:
    kept = (ctypes.c_float * 2)()
    start = ctypes.addressof(kept)
    call = pdfium_call("FPDFPathSegment_GetPoint", INT, POINTER, POINTER, POINTER)
    call(segment, start, start + 4)
    return kept[0], kept[1]


def _matrix(drawn: int) -> Matrix:
    kept = (ctypes.c_float * 6)()
    pdfium_call("FPDFPageObj_GetMatrix", INT, POINTER, POINTER)(drawn, ctypes.addressof(kept))
    a, b, c, d, e, f = kept
    return a, b, c, d, e, f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    (x, y), (origin_x, origin_y) = moved((e, f), then), (then[4], then[5])
    (ax, ay), (cx, cy) = moved((a, b), then), moved((c, d), then)
    return ax - origin_x, ay - origin_y, cx - origin_x, cy - origin_y, x, y
