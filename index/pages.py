"""Which page a line of plain text stands on, as far as the text itself says so.

Three kinds of marks are believed: `<!-- page 12 -->` comments, form feeds, and printed numbers
alone on a line (`- 12 -`, `12쪽`, `12 / 40`) that count upwards through the file. Form feeds say
where a page ends; printed numbers, where there are both, say what it is called.

Between two marks a page is exact when their numbers follow each other (11, 12); beside the first
and the last mark when what stands there is no more than a page. Lines that could belong to several
pages get no number.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from index.page_marks import Mark, Series, count_text, find_marks, find_series, inner_pages
from rag.types import Page

_EDGE_PAGE = 60  # printed lines that one page may hold where only one of its ends is marked
_FEED_PAGE = 150  # printed lines; form feeds further apart than that end chapters, not pages


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Lines from `first` up to, not including, `end` (counted from 0) on page `number`."""

    first: int
    end: int
    number: int | None


def pages_of(lines: Sequence[str]) -> tuple[Page, ...]:
    """The pages in order, every line on one; a single one without number where nothing tells."""
    marks = find_marks(lines)
    text_before = count_text(lines, marks)
    series = find_series(marks, text_before)
    stretches = _by_feeds(lines, series, text_before)
    if not stretches and series:
        stretches = list(_by_numbers(series, text_before))
    stretches = _without_blank_ends(stretches, text_before)
    return tuple(
        Page(
            number=stretch.number,
            exact=stretch.number is not None,
            first_line=stretch.first + 1,
            lines=tuple(lines[stretch.first : stretch.end]),
        )
        for stretch in stretches or [_Stretch(0, len(lines), None)]
    )


def _by_feeds(
    lines: Sequence[str], series: Series | None, text_before: Sequence[int]
) -> list[_Stretch]:
    """The sheets between form feeds; none where the feeds do not part pages."""
    if not any("\f" in line for line in lines):
        return []
    sheets = list(_sheets(lines))
    if median(text_before[s.end] - text_before[s.first] for s in sheets) > _FEED_PAGE:
        return []
    return _named(sheets, series.marks) if series else sheets


def _sheets(lines: Sequence[str]) -> Iterator[_Stretch]:
    """Form feeds counted. A line that a feed divides stays on the page where it begins."""
    number = 0 if _feeds_open_pages(lines) else 1
    first = waiting = 0
    for position, line in enumerate(lines):
        leading = line.count("\f", 0, len(line) - len(line.lstrip()))
        if waiting + leading:
            if position > first:
                yield _Stretch(first, position, number)
            number, first = number + waiting + leading, position
        waiting = line.count("\f") - leading
    yield _Stretch(first, len(lines), number)


def _feeds_open_pages(lines: Sequence[str]) -> bool:
    """Whether a feed stands before every page, the first too, rather than after every page."""
    printed = [line for line in (*lines[:1], *lines[-1:]) if line.strip(" \t")]
    return bool(printed) and printed[0].startswith("\f") and not printed[-1].endswith("\f")


def _named(sheets: Sequence[_Stretch], marks: Sequence[Mark]) -> list[_Stretch]:
    """The sheets under their printed numbers; none where one sheet prints two."""
    firsts = [sheet.first for sheet in sheets]
    shifts = {}
    for mark in marks:
        index = bisect_right(firsts, mark.line) - 1
        if index in shifts:
            return []
        shifts[index] = mark.number - (sheets[index].number or 0)
    marked = sorted(shifts)
    named = []
    for index, sheet in enumerate(sheets):
        place = bisect_right(marked, index)
        around = {shifts[i] for i in marked[max(place - 1, 0) : place + (index not in shifts)]}
        shift = around.pop() if len(around) == 1 else None
        number = (sheet.number or 0) + shift if shift is not None else 0
        named.append(replace(sheet, number=number if number > 0 else None))
    return named


def _by_numbers(series: Series, text_before: Sequence[int]) -> Iterator[_Stretch]:
    """The stretches that the marks cut, each mark at the foot or at the head of its page."""
    marks, last = series.marks, series.marks[-1]
    end = len(text_before) - 1
    limit = max([_EDGE_PAGE, *inner_pages(marks, text_before)])
    shift = 1 if _stand_at_foot(series, text_before) else 0  # a foot mark still belongs to its page

    def edge(first: int, end: int, number: int) -> _Stretch:
        certain = series.comments or text_before[end] - text_before[first] <= limit
        return _Stretch(first, end, number if certain else None)

    start = edge(0, marks[0].line + shift, 1)
    yield start if marks[0].number == 2 - shift else replace(start, number=None)
    for before, after in pairwise(marks):
        certain = series.comments or after.number == before.number + 1
        number = (after if shift else before).number
        yield _Stretch(before.line + shift, after.line + shift, number if certain else None)
    yield edge(last.line + shift, end, last.number + shift)


def _stand_at_foot(series: Series, text_before: Sequence[int]) -> bool:
    """Whether the marks close their pages: text before the first, little or none after the last."""
    marks = series.marks
    before, after = text_before[marks[0].line], text_before[-1] - text_before[marks[-1].line]
    if series.comments:
        return before > 0 and not after and marks[0].number == 1
    if not before or not after:
        return not after
    page = median(inner_pages(marks, text_before))
    return before >= page / 4 or after < page / 4


def _without_blank_ends(
    stretches: Sequence[_Stretch], text_before: Sequence[int]
) -> list[_Stretch]:
    """The stretches; one without text at either end of the file joins the page beside it."""
    kept = [stretch for stretch in stretches if stretch.first < stretch.end]
    if len(kept) > 1 and text_before[kept[-1].first] == text_before[-1]:
        tail = kept.pop()
        kept[-1] = replace(kept[-1], end=tail.end)
    if len(kept) > 1 and not text_before[kept[1].first]:
        head = kept.pop(0)
        kept[0] = replace(kept[0], first=head.first)
    return kept
