"""The halves of a question that measures one thing from another, or from an earlier year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.composing.asking import Part, asked_of, of_report
from rag.composing.words import Word, measures, name_of, phrase_before, texts_of, without_measure

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
    if span := _between(words):
        (at, after), rest = span, [*words[: span[0]], *words[span[1] :]]
        named_years = (words[at].year, words[at + 1].year)
        asked = [(f"{year}년", asked_of([f"{year}년", *texts_of(rest)])) for year in named_years]
        return Based(tuple(Part(*one) for one in asked), change=True)
    end, after = _base(words)
    if end is None:
        return None
    told = words[end]
    if end > 0 and (report := of_report(words[end - 1 : end + 1])):
        return _of_reports([*words[: end - 1], *words[after:]], report)
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
    if dated := _dated_halves(words, end, after):
        return Based(dated, change=True)
    parts = _against(words, phrase_before(words, end), end, after)
    return Based(parts, change=False) if parts else None


def _between(words: Sequence[Word]) -> tuple[int, int] | None:
    """Where the two years of `2020년에서 2022년 사이에` stand, and where the question goes on."""
    for at, (one, other) in enumerate(pairwise(words)):
        if one.year and other.year and one.particle in ("에서", "부터", "과", "와"):
            ends = [word.stem in ("사이", "동안") for word in words[at + 2 : at + 3]]
            if any(ends) or (one.particle in ("에서", "부터") and other.particle):
                return at, at + 2 + any(ends)
    return None


def _of_reports(rest: Sequence[Word], report: int) -> Based:
    """One thing in the reports of two years; that of the other is named once more."""
    named = {word.year for word in rest if word.year}
    if len(named) != 1:
        return Based((), change=True)
    asked = asked_of([word.text for word in rest if not word.year])
    parts = (Part(f"{year}년 보고서", asked, year) for year in (report, *named) if year)
    return Based(tuple(parts), change=True)


def _base(words: Sequence[Word]) -> tuple[int | None, int]:
    """The last word of what is measured from, and where the question goes on."""
    for at, word in enumerate(words):
        if word.particle.endswith("보다") and not word.asks:
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
    while not dated and stop - begin > 1 and _times(words[begin]):
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
    name = name_of(words[begin:core])
    if stems == ["목표"] and not measures(words[begin:stop]):  # what was reached is not said
        name, own = "실적", [*texts_of(words[:first]), "실적", *texts_of(words[after:])]
    return Part(name, asked_of(own)), Part(" ".join(stems), asked_of(texts))


def _dated_halves(words: Sequence[Word], end: int, after: int) -> tuple[Part, ...]:
    """The halves of `2024년 정비 계획은 2023년 정비 실적보다`; the base leaves out whose it is."""
    dates = [at for at, word in enumerate(words) if word.year]
    if len(dates) != 2 or not dates[0] < dates[1] <= end < after:
        return ()
    first, base = dates
    topic = words[first + 1 : base]
    if (
        words[base].year == words[first].year
        or not topic
        or not _SUBJECT.search(topic[-1].particle)
    ):
        return ()
    own = words[base + 1 : end + 1]
    told = {word.stem for word in own}
    core = [word.stem for word in topic[: without_measure(topic)] if word.stem not in told]
    place = texts_of(words[:first]), texts_of(words[after:])
    earlier = [words[base].text, *core, *(word.stem for word in own)]
    return (
        Part(f"{words[base].year}년", asked_of([*place[0], *earlier, *place[1]])),
        Part(f"{words[first].year}년", asked_of([*texts_of(words[:base]), *place[1]])),
    )


def _times(word: Word) -> bool:
    return word.year is not None or word.stem in ("말", "초", "기준", "현재")


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
