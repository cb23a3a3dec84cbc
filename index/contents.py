"""The printed contents list of a report: which heading it sends to which page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice

from rag.bullets import LETTERS, SIGNS
from rag.korean import fold

_CAPTION = re.compile(
    r"\W*(?:(?:표|그림|본문|세부|전체)?목차|차례|순서|目[次錄]|(?:tableof)?contents)"
    r"\W*(?:contents)?\W*"
)
_NUMBER = r"(?:p\.?\s?)?[-–—(\[]?\s?(\d{1,3})\s?[-–—)\]]?\s?(?:쪽|페이지|p\.?)?"
_LONE = re.compile(_NUMBER, re.IGNORECASE)
_LEADER = r"[.·…‥․∙⋯ㆍ・⋅･_-]"  # dots between a title and its page
_TAIL = re.compile(rf"(?:\s*(?:{_LEADER}\s?){{2,}}|\s+){_NUMBER}$", re.IGNORECASE)
_DOTTED_TAIL = re.compile(rf"(?:{_LEADER}\s?){{4,}}{_NUMBER}$", re.IGNORECASE)
_CHAPTER = re.compile(r"\s*(?:[Ⅰ-Ⅻ]|[IVX]{1,4}(?=\s*\.)|제\s?\d{1,2}\s?[장편부](?:\s|$))")
_MARKER = re.compile(
    r"\W*(?:제\s?\d{1,2}\s?[장편부절관](?![가-힣])|[ivx]{1,4}(?=[\s.])|\d{1,2}(?=[\s.)])|[가-하](?=\.))?\W*"
)
_SIGNS = re.compile(r"[\W_]+")

_NOTE = re.compile(rf"[:{SIGNS}-]|{LETTERS}")  # begins no entry

_LONGEST_TITLE = 80
_LONGEST_LINE = 200  # of the list, leaders included; no longer one is looked at
_QUIET = 12  # filled lines without a page number that may stand between two entries
_MOST = 300  # entries looked at
_FEWEST_DOTTED = 3  # entries with leaders that are a contents list without its caption
_SAME = 0.75  # likeness from which two titles are the same, OCR and small changes allowed
_WORTH_A_LOOK = 0.3  # share of letter pairs in common, quick to tell


@dataclass(frozen=True, slots=True)
class Title:
    """A heading as it is compared: without marker, spaces and signs."""

    key: str
    chapter: bool  # marked as one of the highest level
    pairs: frozenset[str]
    digits: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents list that names a page."""

    title: Title
    page: int


@dataclass(frozen=True, slots=True)
class Contents:
    """The entries in order; the list fills the lines from `first` up to, not including, `end`."""

    entries: tuple[Entry, ...]
    first: int
    end: int


def contents_of(lines: Sequence[str]) -> Contents | None:
    """The contents list at the front (lines counted from 0), None where none names pages."""
    start = _start(lines)
    if start is None:
        return None
    found = list(islice(_entries(lines, start), _MOST))
    if len(found) < 2:
        return None
    return Contents(tuple(entry for _, entry in found), start, found[-1][0] + 1)


def title_of(text: str) -> Title:
    """The title as it is compared.

    >>> title_of("Ⅱ. 現 經 濟 狀 況").key
    '현경제상황'
    """
    folded = _MARKER.sub("", fold(text), count=1)
    key = _SIGNS.sub("", folded)
    pairs = frozenset(key[at : at + 2] for at in range(max(len(key) - 1, 1)))
    return Title(key, bool(_CHAPTER.match(text)), pairs, "".join(filter(str.isdigit, key)))


def likeness(first: Title, second: Title) -> float:
    """How alike two titles are, from 0 to 1; 0 where they are not the same misread or reworded.

    >>> likeness(title_of("1. 돌봄 기반 확충"), title_of("1 돌붐 기반 확충"))
    0.8333333333333334
    """
    if first.key == second.key:
        return float(bool(first.key))
    # One letter makes another title of `총괄`, one digit another of `1분기 실적`.
    if min(len(first.key), len(second.key)) < 4 or first.digits != second.digits:
        return 0.0
    shared = 2 * len(first.pairs & second.pairs) / (len(first.pairs) + len(second.pairs))
    if shared < _WORTH_A_LOOK:
        return 0.0
    share = SequenceMatcher(None, first.key, second.key, autojunk=False).ratio()
    return share if share >= _SAME else 0.0


def _start(lines: Sequence[str]) -> int | None:
    """The caption of the list, else its first entry where dots lead to several page numbers."""
    front = range(max(200, len(lines) // 5))
    for at, line in zip(front, lines, strict=False):
        if len(line) < 40 and _CAPTION.fullmatch("".join(line.lower().split())):
            return at
    dotted = [
        at
        for at, line in zip(front, lines, strict=False)
        if len(line) <= _LONGEST_LINE and _DOTTED_TAIL.search(line.strip())
    ]
    return dotted[0] if len(dotted) >= _FEWEST_DOTTED else None


def _entries(lines: Sequence[str], start: int) -> Iterator[tuple[int, Entry]]:
    """The entries with the line where each ends, until the body repeats one of their titles."""
    seen: list[Title] = []
    above: Title | None = None  # a title whose page may stand on the next line
    quiet = 0
    for at in range(start, len(lines)):
        text = lines[at].strip()
        if not text:
            continue
        entry, above = _read(text, above)
        if entry:
            seen.append(entry.title)
            quiet = 0
            yield at, entry
            continue
        quiet += 1
        if quiet > _QUIET or (above and any(likeness(above, title) for title in seen)):
            return


def _read(text: str, above: Title | None) -> tuple[Entry | None, Title | None]:
    """The entry that the line completes, and the title that waits for its page after it."""
    if lone := _LONE.fullmatch(text):
        return (Entry(above, int(lone[1])) if above else None), None
    if len(text) > _LONGEST_LINE or text.count("\t") > 3:
        return None, None
    if (match := _TAIL.search(text)) and (title := _named(text[: match.start()])):
        return Entry(title, int(match[1])), None
    return None, _named(text)


def _named(text: str) -> Title | None:
    """The title that a line of the list gives; none where it is too long, or a row of figures."""
    text = text.strip()
    figures = re.search(r"\t\s*[\d,.]+\s*(?:\t|$)", text)
    if len(text) > _LONGEST_TITLE or figures or _NOTE.match(text):
        return None
    title = title_of(text.replace("\t", " "))
    return title if title.key else None
