"""The halves of a question that joins two things: `A와 B는 각각`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.phrases import Word, phrase_after, phrase_before
from rag.reduced import Part, asked_of, measures, name_of, texts_of, without_measure

_LINKS = frozenset(("와", "과", "랑", "이랑", "하고"))
_OF = re.compile(r"의$")


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
    return _halves(words, spans) if 1 < len(spans) < 5 else ()


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
    return tuple(
        Part(
            name_of(own[: len(named[0])] if shared else own),
            asked_of(
                [*_named(own, last=not shared), *texts_of(around[0]), *texts_of(around[1])],
                changes=False,
            ),
        )
        for own in named
    )


def _shared_head(
    words: Sequence[Word], last: Sequence[Word], one: Sequence[Word], end: int
) -> list[Word]:
    """The measure at the end of `A와 B 예산은`, which is asked of A too."""
    among = end < len(words) and words[end].among
    if among or _OF.search(last[-1].particle) or measures(one[-1:]):
        return []
    return list(last[max(without_measure(last), 1) :])


def _shared_start(one: Sequence[Word], last: Sequence[Word]) -> list[Word]:
    """What stands before A and is told of B too: a year, or whose measures both are."""
    if measures(last):
        return list(one[: without_measure(one)])
    if any(word.year for word in last):
        return []
    years = [word for word in one[:1] if word.year and len(one) > 1]
    return list(one[:-1]) if len(last) == 1 else years


def _named(own: Sequence[Word], *, last: bool) -> list[str]:
    texts = texts_of(own)
    linked = bool(own) and _links(own[-1])
    return [*texts[:-1], own[-1].stem if linked or not last else own[-1].text] if own else []


def _links(word: Word) -> bool:
    return word.nominal and (word.particle in _LINKS or word.text.endswith(","))
