"""The lines whose printed page is sure enough to place the others by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import groupby, islice
from math import floor

from index.contents import Contents, contents_of, likeness, title_of
from index.lines import lines_of
from index.outline import outline
from index.page_marks import find_marks
from rag.types import Report

_FULLEST = 110.0  # printed lines that no page exceeds, small print and wrong counts included
_EMPTIEST = 1.5  # printed lines that a page has at least, next to a figure
_SURE, _PRINTED = 99.0, 0.9  # scores of exact pages and of page numbers on a line of their own
_FULL_PAGE = 5.0  # printed lines; entries of a contents list stand closer together than that
_MOST_PRINTED = 500
_CANDIDATES = 4  # lines of the body looked at for an entry
_LONGEST_HEADING = 90
_APART = 0.8  # of the entries have a page of their own: so each begins its page
_LOOK_BACK = 500  # anchors; files of thousands of pages end in reasonable time
_FRONT = 3  # sheets that a cover, its back and a foreword take, however little they say
_CONTENTS_SHEET = 50  # printed lines of a contents list on one page


@dataclass(frozen=True, slots=True)
class Anchor:
    """The line (from 0) where a place in the pages is known: 5.0 is the top of page 5."""

    line: int
    place: float
    score: float = 1.0
    opens: bool = False  # begins a page whether or not the one before is full


def anchors_of(report: Report, before: Sequence[float]) -> list[Anchor]:
    """The anchors that agree with each other and with the lengths of pages; none if too few."""
    contents = contents_of(report.lines)
    listed = list(_listed(report, contents)) if contents else []
    printed = list(islice(_printed(report, contents.end if contents else 0), _MOST_PRINTED))
    exact = list(_exact(report))
    chain = _longest_chain([*listed, *printed, *exact], before)
    entries = len(contents.entries) if contents and listed else 0
    fewest = 2 if exact else max(2, entries / 3) if entries else 3
    if len(chain) < fewest or chain[-1].place - chain[0].place < 1:
        return []
    return [*_front(chain[0], contents, before), *chain]


def _exact(report: Report) -> Iterator[Anchor]:
    """Both ends of every page that has its number."""
    for page in report.pages:
        if page.number is not None and page.lines:
            first = page.first_line - 1
            yield Anchor(first, float(page.number), score=_SURE)
            yield Anchor(first + len(page.lines), page.number + 1.0, score=_SURE)


def _printed(report: Report, start: int) -> Iterator[Anchor]:
    """The ends of pages whose number is alone on its line; too few of them to number the pages."""
    for page in report.pages:
        for mark in find_marks(page.lines) if page.number is None else ():
            at = page.first_line - 1 + mark.line
            if at >= start and mark.style[0] in ("dash", "word"):
                yield Anchor(at + 1, mark.number + 1.0, score=_PRINTED)


def _listed(report: Report, contents: Contents) -> Iterator[Anchor]:
    """The lines that may be the headings in the contents list, each where it would be."""
    titles = {
        at: title_of(line)
        for at, line in enumerate(report.lines[contents.end :], start=contents.end)
        if 0 < len(line.strip()) <= _LONGEST_HEADING and "\t" not in line
    }
    same = defaultdict[str, list[int]](list)
    for at, title in titles.items():
        same[title.key].append(at)
    headings = titles.keys() & set(_headings(report))
    for entry, place in zip(contents.entries, _within_pages(contents), strict=True):
        found = dict.fromkeys(same[entry.title.key], 1.0)
        for at in headings:
            if share := likeness(entry.title, titles[at]):
                found[at] = 1 + share
        best = nsmallest(_CANDIDATES, found, key=lambda at: (-found[at], at))
        yield from (Anchor(at, place, found[at], opens=place == entry.page) for at in best)


def _headings(report: Report) -> Iterator[int]:
    """The lines (from 0) that the file or the outline takes for headings."""
    yield from (line - 1 for line, _ in report.headings)
    numbered = lines_of(report)
    yield from (numbered[first].number - 1 for path, first, _ in outline(numbered) if path)


def _within_pages(contents: Contents) -> list[float]:
    """Where each entry's heading stands: the first of its page at the top, if it begins one."""
    pages = [entry.page for entry in contents.entries]
    apart = len(set(pages)) >= _APART * len(pages)
    places: list[float] = []
    for page, group in groupby(contents.entries, key=lambda entry: entry.page):
        entries = list(group)
        top = 0.0 if apart or entries[0].title.chapter else 0.5 / len(entries)
        places += [page + top + (1 - top) * rank / len(entries) for rank in range(len(entries))]
    return places


def _longest_chain(anchors: Sequence[Anchor], before: Sequence[float]) -> list[Anchor]:
    """The anchors, best in sum, whose lines and places grow together at a possible rate."""
    ordered = sorted(anchors, key=lambda anchor: (anchor.place, anchor.line))
    best: list[tuple[float, int]] = []
    for index, anchor in enumerate(ordered):
        reached = [
            (best[earlier][0], -earlier)
            for earlier in range(max(0, index - _LOOK_BACK), index)
            if _possible(ordered[earlier], anchor, before)
        ]
        score, earlier = max(reached, default=(0.0, 1))
        best.append((score + anchor.score, -earlier))
    chain: list[Anchor] = []
    at = max(range(len(best)), key=lambda index: best[index][0], default=-1)
    while at >= 0:
        chain.append(ordered[at])
        at = best[at][1]
    return chain[::-1]


def _possible(first: Anchor, second: Anchor, before: Sequence[float]) -> bool:
    """Whether the lines between the two can fill the pages between them."""
    pages = second.place - first.place
    room = before[second.line] - before[first.line]
    if room < 0 or pages < 0 or first.score == second.score == _SURE:
        return min(room, pages) >= 0
    if not pages:  # the end of a page and the heading on top of the next
        return room < 1
    if first.score == second.score == _PRINTED and room < _FULL_PAGE * pages:
        return False
    return _EMPTIEST * (pages - 1) <= room <= _FULLEST * (pages + 0.5)


def _front(first: Anchor, contents: Contents | None, before: Sequence[float]) -> Iterator[Anchor]:
    """Where cover and contents list stand, if they can be the pages before the first anchor."""
    pages = floor(first.place) - 1
    room = before[first.line]
    if not room or not 1 <= pages <= _FRONT + room / _FULLEST * 5 or room > _FULLEST * pages:
        return
    yield Anchor(0, 1.0)
    if contents and 0 <= room - before[contents.end] < _FULLEST / 4:
        sheets = 1 + floor((before[contents.end] - before[contents.first]) / _CONTENTS_SHEET)
        if sheets < pages:
            yield Anchor(contents.first, floor(first.place) - sheets, opens=True)
