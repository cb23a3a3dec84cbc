"""Lines that every page repeats, and the page numbers that they print."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

from index.page_marks import printed_number
from index.readers.pdf.layout import VisualLine

_EDGE = 0.14  # of the page's height, where heads and feet stand
_EDGE_LINES = 3  # of a page, from the top and from the foot
_PAGES = 3  # that repeat a line, for it to be a running one
_SHARE = 0.5  # of the pages, for short files
_NEAR = 4.0  # points; a running line stands at one height
_NEIGHBOURS = 3  # sheets within which a printed number must be confirmed
_BARE = re.compile(r"\d{1,4}")
_AT_AN_END = re.compile(r"^(\d{1,4})(?=\D)|(?<=\D)(\d{1,4})$")
_BULLET = re.compile(r"[□■○●◦•▶▷◆※①-⑳]")  # items of a page, alike on several
# `Ⅱ-3` and `iv`: numbers of pages, but not ones that count through the report.
_OF_A_PART = re.compile(
    r"[-–—]?\s?(?:(?:[Ⅰ-Ⅻ]|[IVX]{1,5}|[A-Z]|부록|\d{1,2})\s?[-–—]\s?\d{1,4}|[ivxl]{1,6}|[ⅰ-ⅻ])\s?[-–—]?"
)
_SETTLED = 0.6  # of the sheets have a running line at one height: others there are running, too
_DIGITS = re.compile(r"\d+")
_DIVIDERS = re.compile(r"[\s|·:/‧∙〉>▸-]+")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page's lines in reading order, and its height in points."""

    number: int
    height: float
    lines: tuple[VisualLine, ...]


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line at the head or foot of a sheet."""

    sheet: int
    place: int  # among the sheet's lines
    side: int  # 0 head, 1 foot
    key: tuple[str, int]  # what it says, figures aside, and at what height
    number: int | None  # the page number it may print
    alone: bool  # it says nothing else


def without_running(sheets: Sequence[Sheet]) -> tuple[list[Sheet], dict[int, int]]:
    """The sheets without running heads, feet and page numbers; the printed number of each sheet."""
    edges = [edge for sheet in sheets for edge in _edges(sheet)]
    repeated = _repeated(edges, len(sheets))
    printed = _printed(edge for edge in edges if edge.alone or edge.key in repeated)
    gone: set[tuple[int, int]] = set()
    # From the paper's edge inwards: what stands behind text of the page's own is no running line.
    for _, group in groupby(edges, key=lambda edge: (edge.sheet, edge.side)):
        for edge in takewhile(lambda edge: _runs(edge, repeated, printed), group):
            gone.add((edge.sheet, edge.place))
    kept = [
        Sheet(
            sheet.number,
            sheet.height,
            tuple(
                line for place, line in enumerate(sheet.lines) if (sheet.number, place) not in gone
            ),
        )
        for sheet in sheets
    ]
    return kept, printed


def _edges(sheet: Sheet) -> Iterator[_Edge]:
    by_height = sorted(
        (place for place, line in enumerate(sheet.lines) if line.table is None),
        key=lambda place: sheet.lines[place].box[1],
    )
    heads = [(0, place) for place in by_height[:_EDGE_LINES]]
    feet = [(1, place) for place in reversed(by_height[-_EDGE_LINES:])]
    for side, place in (*heads, *feet):
        line = sheet.lines[place]
        top, bottom = line.box[1], line.box[3]
        if (top < sheet.height * (1 - _EDGE)) if side else (bottom > sheet.height * _EDGE):
            continue
        text = line.text.strip()
        of_a_part = _OF_A_PART.fullmatch(text) is not None
        number = None if of_a_part else _number(text)
        said = "##" if of_a_part else _DIVIDERS.sub("", _DIGITS.sub("#", text))
        alone = printed_number(text) is not None or _BARE.fullmatch(text) is not None
        yield _Edge(sheet.number, place, side, (said, round(top / _NEAR)), number, alone)


def _runs(edge: _Edge, repeated: Collection[tuple[str, int]], printed: Mapping[int, int]) -> bool:
    numbers = edge.alone and printed.get(edge.sheet) == edge.number
    return numbers or edge.key in repeated


def _number(text: str) -> int | None:
    """`- 12 -`, `12`, or the figure at either end of a running line."""
    told = printed_number(text)
    if told is None and (match := _BARE.fullmatch(text) or _AT_AN_END.search(text)):
        told = int(match[0])
    return told or None


def _repeated(edges: Sequence[_Edge], sheets: int) -> frozenset[tuple[str, int]]:
    """What stands at the same height on several sheets; half a step up or down is the same."""
    seen: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    for edge in edges:
        text, height = edge.key
        for near in (height - 1, height, height + 1):
            seen[text, near].add(edge.sheet)
    few, most = max(2, min(_PAGES, round(sheets * _SHARE))), sheets * _SHARE
    often = {
        key
        for key, found in seen.items()
        if key[0] != "#" and len(found) >= (most if _BULLET.match(key[0]) else few)
    }
    settled: defaultdict[int, set[int]] = defaultdict(set)
    for text, height in often:
        settled[height] |= seen[text, height]
    return frozenset(often) | {
        (text, height)
        for (text, height), found in seen.items()
        if len(found) > 1 and len(settled[height]) >= _SETTLED * sheets and text != "#"
    }


def _printed(edges: Iterator[_Edge]) -> dict[int, int]:
    """Sheet -> printed number, where a sheet nearby counts the same way."""
    shifts: defaultdict[int, set[int]] = defaultdict(set)  # sheet -> printed less sheet
    for edge in edges:
        if edge.number is not None:
            shifts[edge.sheet].add(edge.number - edge.sheet)
    votes = Counter(shift for found in shifts.values() for shift in found)
    printed = {}
    for sheet, found in shifts.items():
        shift = max(found, key=lambda one: (_confirmed(sheet, one, shifts), votes[one]))
        if _confirmed(sheet, shift, shifts):
            printed[sheet] = sheet + shift
    return printed


def _confirmed(sheet: int, shift: int, shifts: Mapping[int, set[int]]) -> bool:
    around = range(sheet - _NEIGHBOURS, sheet + _NEIGHBOURS + 1)
    return any(shift in shifts.get(other, ()) for other in around if other != sheet)
