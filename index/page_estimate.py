"""Which page lines stand on where the file does not say: an estimate, or nothing.

What is sure of a few lines anchors the rest: a heading that the contents list sends to a page, a
page number printed alone on its line, the pages of a text whose marks are partly lost. Between two
anchors the lines are spread by the room that they take in print; a table that prints its head
again, and what follows a footnote, begin a page. Beyond the last anchor an estimate goes no further
than it can be trusted. A typical length of a page is no ground: without anchors nothing is said.

The numbers are those printed on the pages, as in the contents list.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, groupby, pairwise
from math import floor

from index.footnotes import with_footnotes
from index.lines import is_row, lines_of
from index.page_anchors import Anchor, anchors_of
from rag.korean import strip_tags
from rag.types import Page, Report

_COLUMNS = 84  # half-width characters in a printed line
_BLANK = 0.3  # printed lines that a blank one stands for; converters add them freely
_BLOCK = re.compile(r"<(?:li|p|br|tr)\b", re.IGNORECASE)
_REACH = 0.4  # pages estimated beyond the last anchor for each page measured between anchors
_FURTHEST = 10.0  # pages beyond it, however many were measured
_SHORT = 0.3  # of the last page before one that is opened, what stays empty
_CUE_REACH = 0.4  # pages by which a cue may differ from the even spread
_ROUNDING = 1e-6


def estimated(report: Report) -> Report:
    """The report with pages for the lines that have none, `exact=False`, where there is ground.

    Pages that have a number are kept, and so is a report that holds other estimates.
    """
    guessed = any(page.number is not None and not page.exact for page in report.pages)
    if guessed or not any(page.lines for page in report.pages if page.number is None):
        return report
    before = list(accumulate(map(_room, report.lines), initial=0.0))
    anchors = anchors_of(report, before)
    if not anchors:
        return report
    places = _places(anchors, list(_cues(report)), before)
    return replace(report, pages=tuple(_renumbered(report.pages, places)))


def _renumbered(pages: Sequence[Page], places: Sequence[int | None]) -> Iterator[Page]:
    for page in pages:
        if page.number is not None or not page.lines or page.section:
            yield page
            continue
        start = page.first_line - 1
        every = range(start, start + len(page.lines))
        for number, run in groupby(every, key=lambda at: places[at]):
            first, *others = run
            part = slice(first - start, first - start + 1 + len(others))
            yield replace(
                page,
                number=number,
                first_line=first + 1,
                lines=page.lines[part],
                boxes=page.boxes[part],
            )


def _room(line: str) -> float:
    r"""The printed lines that a line of text takes; in a table, those of its highest cell.

    >>> _room("가" * 100), _room("구 분\t2024년"), _room("")
    (3.0, 1.0, 0.3)
    """
    if not line.strip():
        return _BLANK
    cells = [cell for cell in line.split("\t") if cell.strip()]
    return max(_cell_room(cell, _COLUMNS / len(cells)) for cell in cells)


def _cell_room(cell: str, columns: float) -> float:
    parts = [strip_tags(part) for part in _BLOCK.split(cell)] if "<" in cell else [cell]
    return sum(max(1.0, -(-_width(part) // columns)) for part in parts if part.strip()) or 1.0


def _width(text: str) -> int:
    """Columns: one a Latin letter, two a Hangul syllable, which UTF-8 writes in one and three."""
    return (len(text) + len(text.encode("utf-8", "replace"))) // 2


def _cues(report: Report) -> Iterator[int]:
    """The lines (from 0) that seem to begin a page: a head printed again, text after a footnote."""
    head = note = ""
    for line in with_footnotes(lines_of(report)):
        if line.blank:
            continue
        if note and not line.explains:
            yield line.number - 1
        if is_row(line) and head == line.text:
            yield line.number - 1
        head = (head or line.text) if is_row(line) else ""
        note = line.explains


def _places(
    anchors: Sequence[Anchor], cues: Sequence[int], before: Sequence[float]
) -> list[int | None]:
    """The page of every line, None where no anchor reaches."""
    page = _page_room(anchors, before)
    places: list[int | None] = [None] * (len(before) - 1)
    for first, last in pairwise([*anchors, _tail(anchors, before, page)]):
        end = replace(last, place=first.place + _filled(first, last))
        within = cues[bisect_right(cues, first.line) : bisect_left(cues, last.line)]
        knots = [first, *_turns(first, end, within, before), end]
        for left, right in pairwise(knots):
            for at in range(left.line, right.line):
                places[at] = floor(_between(left, right, at, before) + _ROUNDING)
    return places


def _tail(anchors: Sequence[Anchor], before: Sequence[float], page: float) -> Anchor:
    """How far the lines behind the last anchor are counted on at the rate of those before it."""
    last = anchors[-1]
    reach = min(_FURTHEST, _REACH * (last.place - anchors[0].place) + 0.5)
    end = bisect_right(before, before[last.line] + reach * page) - 1
    return Anchor(end, last.place + (before[end] - before[last.line]) / page)


def _turns(
    first: Anchor, last: Anchor, cues: Sequence[int], before: Sequence[float]
) -> Iterator[Anchor]:
    """The cues that stand where a page should end, the nearest for each page."""
    nearest: dict[int, tuple[float, int]] = {}
    for cue in cues:
        place = _between(first, last, cue, before)
        off = abs(place - round(place))
        if off <= _CUE_REACH and first.place < round(place) < last.place:
            nearest[round(place)] = min(nearest.get(round(place), (off, cue)), (off, cue))
    for number, (_, cue) in sorted(nearest.items()):
        yield Anchor(cue, float(number))


def _between(first: Anchor, last: Anchor, line: int, before: Sequence[float]) -> float:
    room = before[last.line] - before[first.line]
    share = (before[line] - before[first.line]) / room if room else 0.0
    return first.place + share * (last.place - first.place)


def _page_room(anchors: Sequence[Anchor], before: Sequence[float]) -> float:
    """The printed lines of a full page: as many as between the anchors."""
    pages = sum(_filled(first, last) for first, last in pairwise(anchors))
    return max((before[anchors[-1].line] - before[anchors[0].line]) / pages, 1.0)


def _filled(first: Anchor, last: Anchor) -> float:
    """The pages that the lines between fill: where `last` opens a page, the one before is short."""
    pages = last.place - first.place
    return pages - _SHORT if last.opens and pages >= 1 else pages
