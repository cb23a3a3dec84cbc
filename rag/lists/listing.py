"""The list a question asks for: a line that enumerates, bullets, headings, or rows of a table.

Each is worth what its statements score, and more by the name it stands under and by its length.
The weights were set by hand on development questions; what they must keep apart differs by more.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rag.korean import squeezed
from rag.lists.asked import MISCOUNTED, NAMED, ListQuestion
from rag.lists.enumeration import enumerated, tells_figures
from rag.lists.headings import named_share, same_words, title
from rag.ranking import Scored
from rag.wording import label_of, plain

Place = tuple[str, tuple[str, ...], tuple[str, ...]]  # report, headings, bullets above

MOST_ITEMS = 12
_ALONE, _PAIR, _MANY = -0.5, 0.75, 1.5  # by how many things one line enumerates
_CALLED = 0.5  # of a heading's character pairs, from which the question calls it by its name
_COVERED = 9.0  # for headings that hold all that the question is about
_HEADINGS = -0.1  # a list of contents says the same in one place
_OTHER_YEAR = 1.5
_UNDER = 0.5  # by how much the bullet above a statement is worth less than it
_LOOKED_AT = 25  # statements, from the best, that may be the enumeration asked for
_NOTE = re.compile(r"^\s*(?:[-·]\s*)?(?:※|\*|\(단위|\(자료|자료\s*:|\d{1,2}\)\s|<.*>$)")
_UNIT = re.compile(r"^\s*\(?(?:단위|자료)\b")
_NUMBERED = re.compile(r"^[\s–-]*[①-⑳]")


@dataclass(frozen=True, slots=True)
class Listing:
    """Items as printed, with how well they answer; one of a single item is a statement alone."""

    items: tuple[Scored, ...]
    worth: float
    rows: bool = False  # the items are rows of a table, said by their labels


def lines(asked: ListQuestion, ranked: Sequence[Scored]) -> Iterator[Listing]:
    """Each of the best statements alone, by what it enumerates."""
    under: dict[tuple[str, str], float] = {}
    for one in ranked:
        for above in one.statement.context:
            key = one.hit.chunk.report_id, above
            under[key] = max(under.get(key, -math.inf), _score(one))
    for one in ranked[:_LOOKED_AT]:
        if not _UNIT.match(one.statement.text):
            below = under.get((one.hit.chunk.report_id, one.statement.text), -math.inf)
            relevant = max(_score(one), below - _UNDER)
            yield Listing((one,), relevant + _enumeration(asked, one))


def bullets(asked: ListQuestion, ranked: Sequence[Scored]) -> Iterator[Listing]:
    """The lines that stand under one bullet or heading, and the headings below one."""
    groups: dict[tuple[bool, Place], list[Scored]] = defaultdict(list)
    for one in ranked:
        if one.statement.kind == "line" and not _NOTE.match(one.statement.text):
            groups[_group(one)].append(one)
    leads = {  # bullets that name nothing themselves: what stands under them does
        (one.hit.chunk.report_id, one.statement.text): one.score
        for one in ranked
        if len(enumerated(one.statement.text)) < 2
    }
    for (headings, (report, section, context)), found in groups.items():
        items, above = as_printed(found), (*section, *context)
        if len(items) > 1:
            led = leads.get((report, context[-1]), -math.inf) if context else -math.inf
            total = max(_under(asked, items, above), led)
            yield Listing(items[:MOST_ITEMS], total + _HEADINGS * headings)
        for run, before in _numbered(items):
            yield Listing(run[:MOST_ITEMS], _under(asked, run, (*above, before)))


def worth(asked: ListQuestion, items: Sequence[Scored], name: str) -> float:
    """What items are worth under a name."""
    return _relevant(items) + asked.named(name) + asked.count(len(items))


def as_printed(found: Iterable[Scored]) -> tuple[Scored, ...]:
    """The statements in the order of their lines."""
    return tuple(sorted(found, key=lambda one: one.statement.span.first_line))


def _enumeration(asked: ListQuestion, one: Scored) -> float:
    """What a line is worth by the things it names, where the question does not say them itself."""
    found = enumerated(one.statement.text)
    if len(found) < 2 or all(asked.says(part) for part in found):
        return _ALONE
    if tells_figures(found) and not asked.figures:
        return 0.0
    label = label_of(one.statement)
    named = (asked.named(label) - NAMED / 2) / 2 if label else 0.0
    # One more or less may be counted otherwise: `시와 함께하는 세 곳` where four are printed.
    near = any(abs(len(found) - count) == 1 for count in asked.counts)
    counted = max(asked.count(len(found)), 0.0 if near else MISCOUNTED)
    return (_PAIR if len(found) == 2 else _MANY) + counted + named


def _group(one: Scored) -> tuple[bool, Place]:
    """Under what a line stands; a heading stands under the heading above it."""
    report, section = one.hit.chunk.report_id, one.hit.chunk.section
    if not one.statement.context:
        for depth, heading in enumerate(section):
            if same_words(one.statement.text, heading):
                return True, (report, section[:depth], ())
    return False, (report, section, one.statement.context)


def _numbered(items: Sequence[Scored]) -> Iterator[tuple[tuple[Scored, ...], str]]:
    """The runs of ①, ②, … that follow a line without a number, with that line."""
    before = ""
    for marked, run in groupby(items, lambda one: _NUMBERED.match(one.statement.text) is not None):
        found = tuple(run)
        if marked and before and len(found) > 1:
            yield found, before
        before = found[-1].statement.text


def _under(asked: ListQuestion, items: Sequence[Scored], above: Sequence[str]) -> float:
    """What the lines under these headings and bullets are worth.

    Short items hold few of the question's words; the headings that hold them all speak for them.
    """
    report = items[0].hit.chunk.report_title
    name = title(above[-1]) if above else ""
    if name and plain(above[-1]).startswith(name) and squeezed(name) in squeezed(report):
        name = ""  # a title page; a chapter has a number
    total = worth(asked, items, name)
    if named_share(asked.pairs, name) >= _CALLED:
        covered = _COVERED * asked.covered((report, *above))
        total = max(total, total - _relevant(items) + covered)
    labelled = all(label_of(one.statement) for one in items)
    return total + (labelled and len(items) in asked.counts)


def _relevant(items: Sequence[Scored]) -> float:
    scores = [_score(one) for one in items]
    return (max(scores) + sum(scores) / len(scores)) / 2


def _score(one: Scored) -> float:
    return one.score + _OTHER_YEAR * min(0.0, one.signals["year"])
