"""A question that follows on a turn, made whole: the topic in front, a noun or a year replaced."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.followups.mentions import named_before
from rag.followups.particles import in_place, with_particle
from rag.followups.times import compared_year, dated, has_time, own_year, with_year
from rag.followups.topics import Phrase, asks, is_bare, phrases
from rag.followups.turns import Turn, asked_for, names_of

_SENTENCE = re.compile(r"^(.*(?:[.?!]|[ㅠㅜㅋㅎ]{2,})\s+)(.+)$")
_YEAR_FIRST = re.compile(r"20\d\d년도?(?:에는|에|엔)?\s")
_CHANGES = re.compile(
    r"왜|이유|늘었|늘어|늘고|줄었|줄어|증가|감소|올랐|내렸|더 많|더 적|차이|대비|비해"
)
_WHEN = re.compile(r"언제|며칠|몇\s?(?:월|일|년)|기간|시기|일정")


def about(turn: Turn, text: str) -> str:
    """The question with the topic in front, and with its year where it asks for no date."""
    sentences = _SENTENCE.match(text)
    before, text = (sentences[1], sentences[2]) if sentences else ("", text)
    year = _YEAR_FIRST.match(text)
    when, text = (year[0], text[year.end() :]) if year else ("", text)
    lead = "" if turn.is_named_in(text) else _lead(turn, when + text) + " "
    if turn.year and not (when or _WHEN.search(text) or own_year(lead + text)):
        # The year is another one than it is compared with.
        when = f"{turn.year + (turn.year == compared_year(text))}년 "
    return f"{before}{when}{lead}{text}"


def about_part(turn: Turn, text: str, phrase: Phrase, name: str) -> str:
    """The question with the whole name, where `phrase` has only what is new of it."""
    after = text[phrase.end :].removeprefix(phrase.particle)
    whole = text[: phrase.start] + with_particle(name, phrase.particle) + after
    return about(replace(turn, topic=name), whole)


def instead(turn: Turn, noun: str, new: str, text: str) -> str:
    """The turn's question with one noun replaced, of the year that `text` names."""
    whole = in_place(turn.text, noun, new) or text
    year = own_year(text)
    return with_year(whole, year) if year else whole


def another_year(pointed: str, text: str, turns: Sequence[Turn], now: int | None) -> str | None:
    """A former question of another year, where only this is new: `2021년에는 몇 명이었어요?`.

    `pointed` is `text` with what its words point at in their place.
    """
    if not (has_time(text) and is_bare(pointed)):
        return None
    base = _asked_alike(pointed, turns)
    if base is None:
        return None
    year = own_year(pointed)
    if year == base.year:
        # `작년엔?` after a question about last year: the year before it.
        year = own_year(dated(text, now=base.year, then=base.year))
    return with_year(base.text, year) if year else None


def by_name(text: str, own: Sequence[Phrase], turns: Sequence[Turn]) -> str:
    """`도서관은` as `새빛 도서관은`, where this was talked of."""
    names = names_of(turns)
    for phrase in own:
        name = named_before(phrase.text, names)
        if name and " " not in phrase.text:
            return text[: phrase.start] + name + text[phrase.end :]
    return text


def turn_about(name: str, turns: Sequence[Turn]) -> Turn | None:
    """The last turn that talked of it."""
    names = [phrase.text for phrase in phrases(name)]
    return next((t for t in reversed(turns) if any(name in t.text for name in names)), None)


def _asked_alike(text: str, turns: Sequence[Turn]) -> Turn | None:
    """The last turn that has all that the text names, best one that asks in the same words."""
    names = [phrase.text for phrase in phrases(text)]
    whole = [turn for turn in turns if all(name in turn.text for name in names)]
    asked = asked_for(text)
    same = [turn for turn in whole if asked and asked_for(turn.text) == asked]
    other = [turn for turn in whole if not (asked and asked_for(turn.text))]
    return next(reversed(same or other), None)


def _lead(turn: Turn, text: str) -> str:
    """What a question without a topic is about."""
    found = [phrase for phrase in phrases(text) if not phrase.is_span]
    dated_twice = own_year(text) and own_year(turn.subject)
    whole = not (found or dated_twice) and (_is_thing(turn) or _CHANGES.search(text))
    lead = turn.subject if whole else turn.topic
    marked = any(re.search("[은는]$", phrase.particle) for phrase in found)
    marked = marked or bool(found and re.search("[이가]$", found[0].particle))
    return lead if marked or not asks(text) else with_particle(lead, "은")


def _is_thing(turn: Turn) -> bool:
    """Whether its subject is a thing or people, not a value of theirs."""
    found = phrases(turn.subject.rsplit(" ", 1)[-1])
    return bool(found) and not found[-1].is_generic
