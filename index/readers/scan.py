"""The picture of a scanned page: set straight, its ruled lines found and wiped out.

Lines around cells make tesseract lose whole rows; without them it reads the figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from rag.types import Box

Mask = NDArray[np.bool_]

_DARK = 160  # of 255; darker is ink
_LONG = 100  # pixels of a ruled line at least: 24 points, longer than the strokes of letters
_THICK = 14  # pixels across a ruled line at most
_EDGE = 2  # pixels around a line that are grey
_MOST_PIECES = 4_000  # more are the texture of a photograph
_TILTS = np.arange(-3.0, 3.01, 0.25)  # degrees that are tried
_GLANCE = 800  # pixels of height that show how a page is tilted


@dataclass(frozen=True, slots=True)
class Lines:
    """Pieces of ruled lines, as boxes in pixels."""

    across: tuple[Box, ...]
    down: tuple[Box, ...]


def straightened(picture: Image.Image) -> Image.Image:
    """The page with its lines of text level."""
    small = picture.copy()
    small.thumbnail((_GLANCE, _GLANCE))
    tilt = max(_TILTS, key=lambda degrees: (_levelness(small, degrees), -abs(degrees)))
    if not tilt:
        return picture
    return picture.rotate(float(tilt), resample=Image.Resampling.BICUBIC, fillcolor=255)


def without_lines(picture: Image.Image) -> tuple[Image.Image, Lines]:
    """The page as letters only, and the lines that it had."""
    pixels = np.array(picture)
    ink = pixels < _DARK
    across = _thin(_long(ink, _LONG, axis=1), axis=0)
    down = _thin(_long(ink, _LONG, axis=0), axis=1)
    pixels[_grown(across | down)] = 255
    lines = Lines(
        across=tuple((x0, y, x1, y) for y, x0, x1 in _pieces(across)),
        down=tuple((x, y0, x, y1) for x, y0, y1 in _pieces(down.T)),
    )
    return Image.fromarray(pixels), lines


def _levelness(picture: Image.Image, degrees: float) -> float:
    """How sharply rows of ink and of white follow each other."""
    turned = picture.rotate(float(degrees), resample=Image.Resampling.BILINEAR, fillcolor=255)
    rows = (255.0 - np.asarray(turned, dtype=np.float64)).sum(axis=1)
    return round(float(np.square(np.diff(rows)).sum()), -3)


def _thin(mask: Mask, *, axis: int) -> Mask:
    thick: Mask = mask & ~_long(mask, _THICK, axis=axis)
    return thick


def _long(ink: Mask, length: int, *, axis: int) -> Mask:
    """The ink in runs of at least that length; runs are doubled up, so it takes few steps."""
    if ink.shape[axis] < length:
        return np.zeros_like(ink)
    starts, had = ink, 1
    while had < length:
        step = min(had, length - had)
        starts = _after(starts, step, axis) & _before(starts, step, axis)
        had += step
    margin = [(0, 0), (0, 0)]
    margin[axis] = (length - 1, length - 1)
    found, had = np.pad(starts, margin), 1
    while had < length:
        step = min(had, length - had)
        found = _after(found, step, axis) | _before(found, step, axis)
        had += step
    return found


def _after(mask: Mask, step: int, axis: int) -> Mask:
    return mask[:, step:] if axis else mask[step:]


def _before(mask: Mask, step: int, axis: int) -> Mask:
    return mask[:, :-step] if axis else mask[:-step]


def _grown(mask: Mask) -> Mask:
    """The mask and the grey pixels around it."""
    grown = mask.copy()
    for step in range(1, _EDGE + 1):
        for axis in (0, 1):
            _after(grown, step, axis)[...] |= _before(mask, step, axis)
            _before(grown, step, axis)[...] |= _after(mask, step, axis)
    return grown


def _pieces(mask: Mask) -> Iterator[tuple[float, float, float]]:
    """Row, first and last column of each run in the rows of the mask."""
    edges = np.diff(np.pad(mask, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    ends = np.nonzero(edges == -1)[1]
    if len(rows) <= _MOST_PIECES:
        yield from zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True)
