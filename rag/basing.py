"""The halves of a question that measures one thing from another, or from an earlier year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.phrases import Word, phrase_before
from rag.reduced import Part, asked_of, measures, name_of, texts_of, without_measure

_YEAR_BEFORE = re.compile(r"(?:전년도?|작년|지난해|전년 ?대비)")
_BASE_AFTER = re.compile(r"대비|비해서?|비하여|비교해서?|비교하면")
_SUBJECT = re.compile(r"[은는이가]$")


@dataclass(frozen=True, slots=True)
class Based:
    """What is measured, and from what; the base comes first where it is an earlier year."""

    parts: tuple[Part, ...]
    change: bool


def from_base(words: Sequence[Word]) -> Based | None:
    """The halves of `A가 B보다 얼마나`, or of one thing in the year asked for and the year before.

    No parts where the question does not tell which year is compared with the other.
    """
    end, after = _base(words)
    if end is None:
        return None
    told = words[end]
    if told.year or _YEAR_BEFORE.fullmatch(told.stem):
        rest = [*words[:end], *words[after:]]
        named = {word.year for word in rest if word.year}
        if len(named) != 1:
            return Based((), change=True)
        (last,) = named
        first = told.year or (last or 0) - 1
        earlier = [_in_year(word, first) for word in rest]
        parts: tuple[Part, ...] = (
            Part(f"{first}년", asked_of(earlier)),
            Part(f"{last}년", asked_of(texts_of(rest))),
        )
        return Based(parts, change=True)
    parts = _against(words, phrase_before(words, end), end, after)
    return Based(parts, change=False) if parts else None


def _base(words: Sequence[Word]) -> tuple[int | None, int]:
    """The last word of what is measured from, and where the question goes on."""
    for at, word in enumerate(words):
        if word.nominal and word.particle.endswith("보다"):
            return at, at + 1
        if re.fullmatch(r"전년도?대비", word.stem):
            return at, at + 1
        if word.nominal and word.particle == "의" and re.match(r"몇 배", _after(words, at)):
            return at, at + 1
        follows = words[at + 1].stem if at + 1 < len(words) else ""
        if word.nominal and _BASE_AFTER.fullmatch(follows):
            return at, at + 2
    return None, 0


def _after(words: Sequence[Word], at: int) -> str:
    return " ".join(texts_of(words[at + 1 :]))


def _against(words: Sequence[Word], first: int, end: int, after: int) -> tuple[Part, ...]:
    """The halves of `A가 B보다`; B takes A's place, and asks for what A is asked for."""
    base = words[first : end + 1]
    around = range(first), range(after, len(words))
    dated = any(word.year for word in base)
    spans = [span for places in around for span in _phrases(words, places, dated=dated)]
    if not spans:
        return ()
    things = [span for span in spans if not measures(words[slice(*span)])]
    begin, stop = things[-1] if things else spans[-1]
    while not dated and stop - begin > 1 and words[begin].year:
        begin += 1
    core = max(begin + without_measure(words[begin:stop]), begin + 1)
    stems = [word.stem for word in base]
    place = core if measures(base) else begin  # `방문객은 목표보다`: both are A's own
    texts = [
        *_outside(words[:place], range(first, after), 0),
        *stems,
        *_outside(words[core:], range(first, after), core),
    ]
    own = texts_of([*words[:first], *words[after:]])
    return Part(name_of(words[begin:core]), asked_of(own)), Part(" ".join(stems), asked_of(texts))


def _outside(words: Sequence[Word], left_out: range, first: int) -> list[str]:
    """The words from number `first` on that are not left out."""
    return [word.text for at, word in enumerate(words, first) if at not in left_out]


def _phrases(words: Sequence[Word], places: range, *, dated: bool) -> list[tuple[int, int]]:
    """The noun phrases there that something is told of; dated ones where a dated one is wanted."""
    ends = [at for at in places if words[at].nominal and words[at].particle]
    spans = [(max(phrase_before(words, at), places.start), at + 1) for at in ends]
    if dated:
        return [span for span in spans if any(word.year for word in words[slice(*span)])]
    return [span for span in spans if _SUBJECT.search(words[span[1] - 1].particle)]


def _in_year(word: Word, year: int) -> str:
    return f"{year}년{word.particle}" if word.year else word.text
