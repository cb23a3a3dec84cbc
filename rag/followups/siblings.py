"""Things that stand side by side: `라온구` and `미르구`, `1구간` and `2구간`, rows of one table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.followups.topics import Phrase, phrases

_PARTS = re.compile(r"[\t,/·()⇨→|]|\s-\s|\s:\s")
_ENOUGH = 3  # points from which a noun is taken for the like of another
_LONGEST = 4  # morphemes that are replaced


def sibling(new: Phrase, former: Sequence[Phrase], lines: Sequence[str]) -> str | None:
    """The noun of the former question whose place the new one takes; None where none is like it.

    Like is what ends alike, is a name as well, or is told of in the same row or list of `lines`.
    """
    scored = [
        (_likeness(new, nouns, tags, lines), len(nouns))
        for phrase in former
        for nouns, tags in _runs(phrase)
    ]
    runs = [nouns for phrase in former for nouns, _ in _runs(phrase)]
    if not scored or max(scored)[0] < _ENOUGH:
        return None
    return runs[scored.index(max(scored))]


def differing(first: str, second: str) -> tuple[str, str] | None:
    """The one thing in which two questions differ.

    >>> differing("달빛구의 인구는 몇 명인가요?", "별빛구의 인구는 몇 명인가요?")
    ('달빛구', '별빛구')
    """
    before, after = first.split(), second.split()
    start = end = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    while end < min(len(before), len(after)) - start and before[~end] == after[~end]:
        end += 1
    if start + end < 2:  # too little in common to be one question
        return None
    one = phrases(" ".join(before[start : len(before) - end]))
    other = phrases(" ".join(after[start : len(after) - end]))
    return (one[0].text, other[0].text) if len(one) == len(other) == 1 else None


def _runs(phrase: Phrase) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every run of the phrase's morphemes as it is written, with the tags."""
    if phrase.particle == "과":  # of a department: `복지정책과 예산`
        yield phrase.text + "과", (*phrase.tags, "NNG")
    squeezed = re.compile(r"\s?".join(map(re.escape, phrase.nouns))).fullmatch(phrase.text)
    if not squeezed:  # a morpheme is not written as it reads
        yield phrase.text, phrase.tags
        return
    for first in range(len(phrase.nouns)):
        for last in range(first + 1, min(first + _LONGEST, len(phrase.nouns)) + 1):
            nouns = phrase.nouns[first:last]
            match = re.search(r"\s?".join(map(re.escape, nouns)), phrase.text)
            if match:
                yield match[0], phrase.tags[first:last]


def _likeness(new: Phrase, noun: str, tags: tuple[str, ...], lines: Sequence[str]) -> int:
    name = new.text
    if noun == name or noun in name or name in noun:
        return 0
    ends = 2 if noun[-1] == name[-1] and len(noun) > 1 else 0
    ends += 1 if ends and noun[-2:] == name[-2:] else 0
    named = 1 if tags == new.tags and {"NNP", "SN"} & set(tags) else 0
    if tags == new.tags == ("NNP",):
        named = 3 if len(noun) == len(name) else 2
    if not ends + named:
        return 0
    return ends + named + (2 if _side_by_side(noun, name, lines) else 0)


def _side_by_side(one: str, other: str, lines: Sequence[str]) -> bool:
    """Whether both begin a part of one line, or each begins a row of a table."""
    rows = set[str]()
    for line in lines:
        begun = {name for name in (one, other) if any(p.startswith(name) for p in _parts(line))}
        if len(begun) > 1:
            return True
        if "\t" in line:
            rows |= {name for name in begun if line.startswith(name)}
    return len(rows) > 1


def _parts(line: str) -> list[str]:
    return [part.strip(" '’‘「」*-○▶") for part in _PARTS.split(line)]
