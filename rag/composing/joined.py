"""The halves of a question that joins two things, `A와 B는 각각`, or asks twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from rag.composing.asking import Part, asked_of, of_report
from rag.composing.words import (
    Word,
    measures,
    name_of,
    phrase_after,
    phrase_before,
    texts_of,
    without_measure,
)
from rag.korean import fold

_LINKS = frozenset(("와", "과", "랑", "이랑", "하고"))
_OF = re.compile(r"의$")
_GOES_ON = re.compile(r"고|며|으며|는데|ᆫ데|은데|지만|으나")
_SAME_YEAR = re.compile(r"그\s?해|같은 해|당해")
_SUBJECT = re.compile(r"[은는이가]$")
_EMPTY = frozenset(("곳", "것", "수", "사람", "그", "해", "그해", "때", "날"))
_NUMBERS = frozenset(("두", "세", "네"))
_LONG = 5  # letters of a name that needs nothing before it


def by_link(words: Sequence[Word]) -> tuple[Part, ...]:
    """The halves of `A와 B`: what stands around them is asked of each."""
    at = next((at for at, word in enumerate(words[:-1]) if _links(word)), None)
    if at is None:
        return ()
    first = phrase_before(words, at)
    spans = [(first, at + 1)]
    end = at + 1
    while _links(words[end - 1]):
        begin, end = end, phrase_after(words, end)
        if end == begin:
            break
        spans.append((begin, end))
    if not 1 < len(spans) < 5 or any(
        begin + 1 == stop and words[begin].stem in _EMPTY for begin, stop in spans
    ):
        return ()
    return _halves(_without_number(words, end), spans)


def _without_number(words: Sequence[Word], end: int) -> list[Word]:
    """The words without the number of things told, behind the last of them: `세 사업의`."""
    numbered = [word.stem for word in words[end : end + 1]]
    return [*words[:end], *words[end + 2 * (numbered[:1] != [] and numbered[0] in _NUMBERS) :]]


def _halves(words: Sequence[Word], spans: Sequence[tuple[int, int]]) -> tuple[Part, ...]:
    first, end = spans[0][0], spans[-1][1]
    named = [list(words[begin:stop]) for begin, stop in spans]
    shared = _shared_head(words, named[-1], named[0], end)
    core = named[-1][: len(named[-1]) - len(shared)]
    named[-1] = core
    if len(named) == 2 and {one.stem for one in core if not one.year} <= {
        one.stem for one in named[0]
    }:  # `2023년 버스 차량과 2024년 차량`: the second leaves out what the first told
        year = next((one for one in core if one.year), core[0])
        named[-1] = [year if one.year else one for one in named[0]]
    before = _shared_start(named[0], core)
    named[0] = named[0][len(before) :]
    around = [*words[:first], *before], [*shared, *words[end:]]
    return tuple(_half(own, shared, around[0], around[1]) for own in named)


def _half(
    own: Sequence[Word], shared: Sequence[Word], before: Sequence[Word], after: Sequence[Word]
) -> Part:
    name = name_of(own)
    if report := of_report(own):
        return Part(name, asked_of(texts_of([*before, *after]), changes=False), report)
    around = [*before, *after]
    if any(word.year for word in own):
        around = [word for word in around if not word.year]
    texts = [*_named(own, last=not shared), *texts_of(around)]
    return Part(name, asked_of(texts, changes=False))


def _shared_head(
    words: Sequence[Word], last: Sequence[Word], one: Sequence[Word], end: int
) -> list[Word]:
    """What stands at the end of `A와 B 예산은` and is told of A too: the measure, or what they are.

    In `큰들역과 솔재역 승강기`, names that end alike tell what both have.
    """
    alike = [_same_end(word.stem, one[-1].stem) for word in last]
    after = alike.index(max(alike)) + 1
    if max(alike) and after < len(last) and not measures(last[after:]):
        return list(last[after:])
    among = end < len(words) and words[end].among
    if among or _OF.search(last[-1].particle) or measures(one[-1:]):
        return []
    return list(last[max(without_measure(last), 1) :])


def _same_end(one: str, other: str) -> int:
    """The letters that two words end with alike."""
    pairs = zip(reversed(one), reversed(other), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _shared_start(one: Sequence[Word], last: Sequence[Word]) -> list[Word]:
    """What stands before A and is told of B too: a year, or whose measures both are."""
    if measures(last):
        return list(one[: without_measure(one)])
    if any(word.year for word in last):
        return []
    years = [word for word in one[:1] if word.year and len(one) > 1]
    return list(one[:-1]) if len(last) == 1 and len(last[0].stem) < _LONG else years


def _named(own: Sequence[Word], *, last: bool) -> list[str]:
    texts = texts_of(own)
    linked = bool(own) and _links(own[-1])
    return [*texts[:-1], own[-1].stem if linked or not last else own[-1].text] if own else []


def _links(word: Word) -> bool:
    return word.nominal and (word.particle in _LINKS or word.text.endswith(","))


def by_clause(words: Sequence[Word]) -> tuple[Part, ...]:
    """The halves of a question that asks twice; what the second leaves out the first told."""
    for at in range(1, len(words) - 1):
        one, other = words[: at + 1], words[at + 1 :]
        if _goes_on(words[at]) and _asks_alike(one, other, words[at]):
            topic = _topic(one)
            if not topic:
                return ()
            year = next((word.text for word in one if word.year), "")
            carried = _carried(topic, one, other)
            told = [*texts_of(carried), *texts_of(other)]
            if year and not any(word.year for word in (*carried, *other)):
                told.insert(0, year)
            second = " ".join(told)
            return (
                Part("", " ".join(texts_of(one)).rstrip(",")),
                Part("", _SAME_YEAR.sub(year or "그해", second)),
            )
    return ()


def _topic(words: Sequence[Word]) -> Sequence[Word]:
    """What a clause begins with, up to the word that makes it its topic."""
    for at, word in enumerate(words):
        if word.asks:
            break
        if word.nominal and _SUBJECT.search(word.particle):
            return words[: at + 1]
    return ()


def _carried(topic: Sequence[Word], one: Sequence[Word], other: Sequence[Word]) -> Sequence[Word]:
    """How much of the first clause's topic the second is also about."""
    own = [word for word in _topic(other) if not word.year and word.stem not in _EMPTY]
    if not own or not own[-1].nominal:
        return topic
    core = without_measure(topic)
    if measures(own):
        return topic[:core] or topic
    same = own[-1].stem == topic[-1].stem if topic else False
    return () if same or (core == len(topic) and _unit(one) == _unit(other)) else topic[:core]


def _unit(words: Sequence[Word]) -> str:
    """What figure a clause asks for: `명` in `몇 명`, else `얼마`; empty for none."""
    text = fold(" ".join(texts_of(words)))
    found = re.search(r"몇\s?([가-힣%])|(얼마)(?!\s전|\s동안|\s?뒤)", text)
    return (found[1] or found[2]) if found else ""


def _goes_on(word: Word) -> bool:
    ends = [form for form, tag in word.morphemes if tag == "EC"]
    return word.text.endswith(",") or (bool(ends) and _GOES_ON.fullmatch(ends[-1]) is not None)


def _asks_alike(one: Sequence[Word], other: Sequence[Word], last: Word) -> bool:
    """Whether both clauses ask for a figure; parted by a comma alone, for one of the same kind."""
    units = _unit(one), _unit(other)
    return all(units) and (units[0] == units[1] or not last.text.endswith(","))
