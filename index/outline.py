"""Lines -> sections: which lines are headings, and how they nest.

Reports mark headings in many ways, mix them and repeat them in contents lists, so a marker alone
does not decide. A heading has a body; numbers go on from the last one; and whether `①` stands above
or below `□` is read from what is open at that point.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.headings import Heading, candidates
from index.lines import Line

_DIGITS = re.compile(r"[\d\s.·…-]*$")
# Depth of each kind; `plain` and `circled` depend on what stands around them.
_DEPTHS = {
    "roman": 1.0,
    "dot": 2.0,
    "part": 3.0,
    "number": 3.0,
    "square": 5.0,
    "disc": 6.0,
    "row": 7.0,
    "caption": 8.0,
}


def outline(lines: Sequence[Line]) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """Sections as (heading path, first, end position), in order; together they hold every line."""
    headings = _nested(_real(list(candidates(lines)), lines), lines)
    start, path = 0, tuple[str, ...]()
    for heading, heading_path in headings:
        if heading.first > start:
            yield path, start, heading.first
        start, path = heading.first, heading_path
    if start < len(lines):
        yield path, start, len(lines)


def _real(found: list[Heading], lines: Sequence[Line]) -> list[Heading]:
    """Without runs of one kind that have no body: contents lists, bullets set as squares."""
    empty = [
        following.first > heading.last
        and _alike(heading, following)
        and all(_DIGITS.match(line.text) for line in lines[heading.last + 1 : following.first])
        for heading, following in pairwise(found)
    ]
    kept = []
    for place, heading in enumerate(found):
        before = place > 0 and empty[place - 1] and _goes_on(found[place - 1], heading)
        after = place < len(empty) and empty[place] and _goes_on(heading, found[place + 1])
        if heading.kind == "row" or not (before or after):
            kept.append(heading)
    return kept


def _alike(first: Heading, second: Heading) -> bool:
    """Whether the two are marked alike; `□` over `■` is no list."""
    squares = first.kind == "square" and first.title[0] != second.title[0]
    return first.kind == second.kind and not squares


def _goes_on(first: Heading, second: Heading) -> bool:
    """Whether the second is the next entry of the first's list; a number starting anew is not."""
    return first.number is None or second.number is None or second.number > first.number


def _nested(
    found: Sequence[Heading], lines: Sequence[Line]
) -> Iterator[tuple[Heading, tuple[str, ...]]]:
    """Each heading with its path."""
    open_: list[tuple[float, Heading]] = []
    last_row = 0
    for place, heading in enumerate(found):
        if heading.kind in ("dot", "row") and heading.number == last_row + 1 and last_row:
            heading = Heading("row", heading.number, heading.title, heading.first, heading.last)
        elif heading.kind == "row" and not lines[heading.first].row_item:
            continue
        if heading.kind in ("dot", "part", "number") and not _in_sequence(heading, open_):
            continue
        following = found[place + 1] if place + 1 < len(found) else None
        depth = _depth(heading, following, open_, lines)
        if depth <= _DEPTHS["number"]:
            last_row = 0
        if heading.kind == "row" and heading.number:
            last_row = heading.number
        while open_ and open_[-1][0] >= depth:
            open_.pop()
        open_.append((depth, heading))
        yield heading, tuple(entry.title for _, entry in open_)


def _in_sequence(heading: Heading, open_: Sequence[tuple[float, Heading]]) -> bool:
    """Whether the number starts a list or goes on from the open one, one lost to OCR at most."""
    if heading.number == 1 or heading.number is None:
        return True
    same = [entry.number for _, entry in open_ if entry.kind == heading.kind and entry.number]
    if not same:
        return heading.number <= 3
    return same[-1] < heading.number <= same[-1] + 2


def _depth(
    heading: Heading,
    following: Heading | None,
    open_: Sequence[tuple[float, Heading]],
    lines: Sequence[Line],
) -> float:
    if heading.kind in _DEPTHS:
        return _DEPTHS[heading.kind]
    if heading.kind == "circled":
        same = [depth for depth, entry in open_ if entry.kind == "circled"]
        return (
            same[-1] if same else 6.5 if any(entry.kind == "square" for _, entry in open_) else 4.5
        )
    # An unmarked heading stands above marked ones that follow at once, else below what is open.
    next_at = next((at for at in range(heading.last + 1, len(lines)) if not lines[at].blank), None)
    if following is not None and following.first == next_at:
        return {"square": 4.0, "disc": 5.0}.get(following.kind, 6.6)
    return 6.6 if any(depth >= 5 and entry.kind != "plain" for depth, entry in open_) else 4.0
