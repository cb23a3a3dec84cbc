"""Lines that print a page number, and which of them really number the pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from statistics import median

_Style = tuple[str, int]  # its name, and the total that "of" marks name

_DASH = r"[-–—−‐―ㅡ~]"
_MARKS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (style, re.compile(pattern, re.IGNORECASE))
    for style, pattern in (
        ("comment", r"<!--\s*(?:page|p\.?|쪽|페이지)\s*[:=]?\s*(\d{1,5})\s*-->"),
        ("comment", r"<!--\s*(\d{1,5})\s*(?:쪽|페이지)\s*-->"),
        ("dash", rf"{_DASH}\s?(\d{{1,5}})(?:\s?/\s?\d{{1,5}})?\s?{_DASH}"),
        ("word", r"(?:제\s?)?(\d{1,5})\s?(?:쪽|페이지|p\.?)"),
        ("word", r"(?:page|p\.|쪽|페이지)\s?(\d{1,5})(?:\s?(?:/|of)\s?\d{1,5})?"),
        ("of", r"(\d{1,5})\s?/\s?(\d{1,5})"),
    )
)
_LONGEST = 40  # characters of a line that may be a mark
_LAST = frozenset(
    "-–—−‐―ㅡ~>쪽지pP.0123456789"
)  # a mark ends in one of these: spares most lines the rest
_LOST = 10  # page numbers in a row that OCR may lose before a series ends
_FULL_PAGE = 5  # printed lines; entries of a contents list stand closer together than that
_SHORT_FILE = 40  # printed lines; below, pages may be as short as the sample they are


@dataclass(frozen=True, slots=True)
class Mark:
    """A line (counted from 0) that prints a page number."""

    line: int
    number: int
    style: _Style


@dataclass(frozen=True, slots=True)
class Series:
    """The marks that number the pages, in order."""

    marks: tuple[Mark, ...]
    comments: bool  # written by a converter, for every page; printed numbers may be lost or missing


def is_page_mark(line: str) -> bool:
    """Whether the line holds a page number and nothing else.

    >>> is_page_mark("- 12 -"), is_page_mark("- 12명")
    (True, False)
    """
    return printed_number(line) is not None


def printed_number(line: str) -> int | None:
    """The page number that is all the line prints; None where it prints something else."""
    mark = _read(line, 0)
    return mark.number if mark else None


def find_marks(lines: Sequence[str]) -> tuple[Mark, ...]:
    """Every line that looks like a page number, in order."""
    return tuple(mark for i, line in enumerate(lines) if (mark := _read(line, i)))


def count_text(lines: Sequence[str], marks: Sequence[Mark]) -> list[int]:
    """How many printed lines stand before each line, and, last, in all; marks do not count."""
    printed = [bool(line.strip()) for line in lines]
    for mark in marks:
        printed[mark.line] = False
    return list(accumulate(printed, initial=0))


def find_series(marks: Sequence[Mark], text_before: Sequence[int]) -> Series | None:
    """The marks that number the pages; None where no numbers run through the file."""
    styles: defaultdict[_Style, list[Mark]] = defaultdict(list)
    for mark in marks:
        styles[mark.style].append(mark)
    if comments := styles.pop(("comment", 0), None):
        return Series(tuple(comments), comments=True)
    chains = (_confirmed(_longest_chain(alike)) for alike in styles.values())
    believed = [chain for chain in chains if _plausible(chain, text_before)]
    return Series(max(believed, key=len), comments=False) if believed else None


def inner_pages(marks: Sequence[Mark], text_before: Sequence[int]) -> list[int]:
    """The printed lines between each mark and the next."""
    return [text_before[after.line] - text_before[before.line] for before, after in pairwise(marks)]


def _read(line: str, position: int) -> Mark | None:
    text = line.strip()
    if len(text) > _LONGEST or text[-1:] not in _LAST:
        return None
    for style, pattern in _MARKS:
        if match := pattern.fullmatch(text):
            number = int(match[1])
            total = int(match[2]) if style == "of" else 0  # the same throughout a file
            if number < 1 or (total and number > total):
                return None
            return Mark(position, number, (style, total))
    return None


def _longest_chain(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """The longest run of numbers that grow by one, a few lost ones allowed."""
    ends: dict[
        int, tuple[int, int]
    ] = {}  # number -> (length, index) of the best chain ending in it
    previous: list[int] = []
    for index, mark in enumerate(marks):
        candidates = [ends[n] for n in range(mark.number - _LOST, mark.number) if n in ends]
        length, before = max(candidates, default=(0, -1))
        previous.append(before)
        if length + 1 >= ends.get(mark.number, (0, -1))[0]:
            ends[mark.number] = (length + 1, index)
    _, index = max(ends.values(), default=(0, -1))
    return tuple(reversed(list(_trace(marks, previous, index))))


def _trace(marks: Sequence[Mark], previous: Sequence[int], index: int) -> Iterator[Mark]:
    while index >= 0:
        yield marks[index]
        index = previous[index]


def _confirmed(chain: Sequence[Mark]) -> tuple[Mark, ...]:
    """The marks whose neighbour in number is there too: a stray number has none."""
    numbers = {mark.number for mark in chain}
    return tuple(mark for mark in chain if numbers & {mark.number - 1, mark.number + 1})


def _plausible(chain: Sequence[Mark], text_before: Sequence[int]) -> bool:
    """Whether pages of text stand between the numbers, not the entries of a list."""
    if len(chain) < 2:
        return False
    page = median(inner_pages(chain, text_before))
    outside = max(text_before[chain[0].line], text_before[-1] - text_before[chain[-1].line])
    return page >= _FULL_PAGE or (page >= 1 and outside <= _SHORT_FILE)
