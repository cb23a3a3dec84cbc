"""What the XML of a sheet tells and openpyxl does not where it reads row by row."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, MutableSequence, Set
from dataclasses import dataclass
from typing import IO

_SIGNS = re.compile(rb"mergeCell\s|<(?:\w+:)?f[\s/>]")
Spans = Mapping[int, Mapping[int, int]]  # row -> column, both from 1 -> last row of a merged cell


@dataclass(frozen=True, slots=True)
class Untold:
    """Cells merged over several rows, and formulas saved without what they give."""

    merged: Spans
    formulas: Mapping[int, Set[int]]  # row -> columns


def untold(sheet: IO[bytes]) -> Untold:
    """Read it once through; `ValueError` or `SyntaxError` where it holds entities or is damaged."""
    from defusedxml.ElementTree import iterparse
    from openpyxl.utils import range_boundaries
    from openpyxl.utils.cell import coordinate_to_tuple
    from openpyxl.xml.constants import SHEET_MAIN_NS

    merged = defaultdict[int, dict[int, int]](dict)
    formulas = defaultdict[int, set[int]](set)
    if not _has_any(sheet):
        return Untold(merged, formulas)
    space = f"{{{SHEET_MAIN_NS}}}"
    for _, element in iterparse(sheet):
        at = element.get("r")
        if element.tag == f"{space}mergeCell":
            column, row, _, last = range_boundaries(element.get("ref"))
            if last > row:
                merged[row][column] = last
        elif element.tag == f"{space}c" and at and element.find(f"{space}f") is not None:
            # One that gives an empty text is a string without a value.
            if element.get("t") != "str" and not element.findtext(f"{space}v"):
                row, column = coordinate_to_tuple(at)
                formulas[row].add(column)
        elif element.tag == f"{space}row":
            element.clear()
    return Untold(merged, formulas)


def _has_any(sheet: IO[bytes]) -> bool:
    """Whether it may tell any of it: most sheets do not, and parsing a large one takes seconds."""
    before = b""
    while part := sheet.read(2**20):
        if _SIGNS.search(before + part):
            sheet.seek(0)
            return True
        before = part[-16:]
    return False


class MergedCells:
    """What merged cells say, in the rows that they stand beside."""

    def __init__(self, spans: Spans) -> None:
        self._spans = spans
        self._open = dict[int, tuple[int, str]]()  # place in a row -> last row and text

    def fill(self, number: int, texts: MutableSequence[str]) -> frozenset[int]:
        """Put what began above into the row, and tell where."""
        going_on = {at: text for at, (last, text) in self._open.items() if number <= last}
        for at, text in going_on.items():
            texts[at] = text
        for column, last in self._spans.get(number, {}).items():
            if column <= len(texts):
                self._open[column - 1] = last, texts[column - 1]
        return frozenset(going_on)
