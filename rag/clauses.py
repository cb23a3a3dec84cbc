"""The halves of a question that asks twice."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.korean import fold
from rag.phrases import Word
from rag.reduced import Part, measures, texts_of, without_measure

_GOES_ON = re.compile(r"고|며|으며|는데|ᆫ데|은데|지만|으나")
_SAME_YEAR = re.compile(r"그\s?해|같은 해|당해")
_SUBJECT = re.compile(r"[은는이가]$")
_EMPTY = frozenset(("곳", "것", "수", "사람", "그", "해", "그해"))


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
