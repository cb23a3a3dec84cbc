"""Places a question names, and whether what was found tells of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from rag.coverage import passages
from rag.grounds import named_by
from rag.korean import fold, tagged
from rag.question import Question
from rag.ranking import Scored

if TYPE_CHECKING:
    from kiwipiepy import Token

_KINDS = ("시", "도", "군", "구", "읍", "면", "동", "역")
_KIND = re.compile(r"(?:특별자치|특별|광역)?.$")  # of `서울특별시`, `한빛시`, `은평구`
_FOREIGN = 3.9  # idf from which a place that no passage names is none of the reports' own
_OWN = 1.0  # idf up to which a place is the one whose own the reports are


def elsewhere(
    question: Question, ranked: Sequence[Scored], rarity: Callable[[str], float], cover: str
) -> str | None:
    """A place the question names that the passages do not tell of; `cover` names the reports' own.

    One that the reports hardly name at all stands in no passage. Of the one place a question names,
    the passages that name it do not tell of the thing: `노원구 과학관` may be told of as `과학관`
    wherever a passage says that it is there.
    """
    named = places(question.text)
    if not named:
        return None
    found = [fold(text) for text in passages(one.hit for one in ranked)]
    told = named_by(ranked[0])
    things = (noun for noun in question.nouns if noun in told)
    # Where the statement names nothing of the question, `""`: any passage that names the place.
    thing = max(things, key=lambda noun: (rarity(noun), noun), default="")
    for place in named:
        name = _KIND.sub("", place)
        there = [text for text in found if name in text]
        foreign = rarity(place) > _FOREIGN and not there
        own = min(rarity(place), rarity(name)) <= _OWN
        other = len(named) == 1 and not own and not any(thing in text for text in there)
        # Of two letters, `창동`, it more often tells where the thing is that is asked about.
        if (foreign or other) and len(place) > 2 and name not in fold(cover):
            return place
    return None


def places(text: str) -> tuple[str, ...]:
    """The cities, provinces, counties, districts, towns and stations a text names, once each.

    As far as Kiwi takes them for proper nouns.

    >>> places("부산시와 자치구의 올해 예산"), places("솔마루역 승강기와 안담면 배움터")
    (('부산시',), ('솔마루역', '안담면'))
    """
    found = (_place(one, after) for one, after in pairwise((*tagged(text), None)) if one)
    return tuple(dict.fromkeys(filter(None, found)))


def _place(one: Token, after: Token | None) -> str:
    """The place a proper noun names, which Kiwi may have parted from what kind of place it is."""
    if one.tag != "NNP" or len(one.form) < 2:
        return ""
    if one.form.endswith(_KINDS):
        return str(one.form)
    if after is None or after.start != one.end or after.tag.startswith("J"):  # `따릉이도`
        return ""
    return f"{one.form}{after.form}" if after.form in _KINDS else ""
