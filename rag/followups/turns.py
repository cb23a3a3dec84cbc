"""What an earlier question was about: its topic, all of its subject, its year, its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.bullets import OVER
from rag.followups.mentions import Talk, of_kind
from rag.followups.openings import is_courtesy
from rag.followups.siblings import differing
from rag.followups.times import has_time, own_year
from rag.followups.topics import Phrase, phrases, subject_end
from rag.types import Answer

_ASKED = re.compile(
    r"몇\s?(?:개\s)?([가-힣]{1,3}?)(?:이나|이|인|을|를|에|나|쯤|정도|까지)?(?=[\s?]|이?[었에예]|$)"
    r"|(얼마|언제|어디|누구|어떻|무엇|왜)"
)
_WHICH = re.compile(r"([가-힣]+)[은는]\s(?:어디|누구|무엇|뭐)(?:인가|예|이|입|죠|지|\?|$)")
_JOINED = re.compile(r"(?:와|의|을|를|에|에서|은|도)$")  # a name does not go on behind it
_HEADING_MARK = re.compile(rf"^\s*(?:\d+\s?[.)]?|[①-⑳○{OVER}]|[가-하]\.)\s*")
_LONGEST = 40  # letters of a heading that names a programme
_SHORTEST = 2  # letters of a name
_WORDS, _RUN = 60, 8  # of a question that are looked at, and of a name
_MARKS = re.compile(r"[\s「」『』“”\"'‘’<>()]")
_PARTICLE = re.compile(
    r"(?:(?:에서|에게|에|으로|로|까지|부터)?(?:은|는|도|의|이|가|을|를|과|와)?(?:요)?)[?.,!]*$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """An earlier question, whole, and its answer."""

    text: str
    answer: Answer
    phrases: tuple[Phrase, ...]
    topic: str  # the thing that is talked about; empty where nothing of substance is
    subject: str  # all that the question asks about: `새빛 도서관을 짓는 데 드는 돈`
    year: int | None
    programme: str  # the heading it stands under, where this names it in other words

    @property
    def nouns(self) -> frozenset[str]:
        """The morphemes of its phrases."""
        return frozenset(noun for phrase in self.phrases for noun in phrase.nouns)

    def is_named_in(self, text: str) -> bool:
        """Whether a question names what this one was about."""
        return self.topic in text or self.programme in text


def turns_of(history: Sequence[Answer], weight: Callable[[str], float]) -> list[Turn]:
    """The turns that have a topic; the weight of a noun says how much it tells."""
    turns: list[Turn] = []
    for answer in history:
        if is_courtesy(answer.question):
            continue
        turn = _turn(answer, weight, turns[-1].topic if turns else "")
        if turn.topic:
            turns.append(turn)
    return turns


def asked_for(text: str) -> str | None:
    """What a question counts or asks with: `명` in `몇 명`, `얼마`."""
    match = _ASKED.search(text)
    return (match[1] or match[2]) if match else None


def talk_of(turns: Sequence[Turn]) -> Talk:
    """What words that point back may stand for after these questions."""
    last = turns[-1]
    said = phrases(last.answer.text) if last.answer.citations else ()
    which = _WHICH.search(last.text)
    chosen = of_kind(which[1], said) if which else None
    places = [p.core() for p in last.phrases if p.particle.startswith("에") and not p.is_generic]
    asked = [phrase for turn in reversed(turns) for phrase in turn.phrases]
    return Talk(
        topic=last.topic,
        programme=last.programme,
        subject=last.subject,
        place=chosen or next(iter(places), last.topic),
        names=names_of(turns),
        phrases=(*asked, *said) if not chosen else (*said, *asked),
        siblings=_siblings(turns),
    )


def names_of(turns: Sequence[Turn]) -> tuple[str, ...]:
    """What was named, newest first."""
    return tuple(
        name
        for turn in reversed(turns)
        for name in (turn.topic, *(phrase.core() for phrase in turn.phrases))
    )


def _turn(answer: Answer, weight: Callable[[str], float], before: str) -> Turn:
    text = answer.resolved or answer.question
    found = phrases(text)
    topic = before if before and before in text else _topic(text, found, answer, weight)
    return Turn(
        text=text,
        answer=answer,
        phrases=found,
        topic=topic,
        subject=text[: subject_end(text)] or topic,
        year=None if answer.abstained else own_year(text),
        programme=_programme(topic, answer),
    )


def _topic(
    text: str, found: Sequence[Phrase], answer: Answer, weight: Callable[[str], float]
) -> str:
    """The words that stand in a heading of what was cited, else the rarest."""
    own = [phrase for phrase in found if not phrase.is_generic]
    rarest = max(own, key=lambda phrase: sum(map(weight, phrase.nouns)), default=None)
    cited = () if answer.abstained else answer.citations[:1]
    name = _headed(text, [heading for citation in cited for heading in citation.section])
    whole = (phrase for phrase in own if name and name in phrase.text)
    longer = (p.core() for p in whole if name in p.core() or name == p.text)
    return next(longer, name) or (rarest.core() if rarest else "")


def _programme(topic: str, answer: Answer) -> str:
    """The innermost heading above the answer that shares a word with the topic."""
    headings = [] if answer.abstained else [h for c in answer.citations[:1] for h in c.section]
    if any(_MARKS.sub("", topic) in _MARKS.sub("", heading) for heading in headings):
        return topic
    names = [_HEADING_MARK.sub("", heading) for heading in reversed(headings)]
    nouns = [noun for phrase in phrases(topic) for noun in phrase.nouns if len(noun) > 1]
    alike = (name for name in names if any(noun in name for noun in nouns))
    return next((name for name in alike if len(name) <= _LONGEST), topic)


def _headed(text: str, headings: Sequence[str]) -> str:
    """The longest run of a question's words that stands in one of the headings."""
    titles = [_MARKS.sub("", heading) for heading in headings]
    words = text.split()[:_WORDS]
    runs = (
        _PARTICLE.sub("", " ".join(words[first:last]))
        for first in range(len(words))
        for last in range(first + 1, min(first + _RUN, len(words)) + 1)
        if not has_time(words[first])
        and not any(_JOINED.search(word) for word in words[first : last - 1])
    )
    found = [run for run in runs if any(_MARKS.sub("", run) in title for title in titles)]
    best = max(found, key=lambda run: len(_MARKS.sub("", run)), default="")
    named = phrases(best)
    return "" if len(best) < _SHORTEST or (named and all(p.is_generic for p in named)) else best


def _siblings(turns: Sequence[Turn]) -> tuple[str, ...]:
    """What the last questions asked the same of, oldest first."""
    found: list[str] = []
    for earlier, later in zip(reversed(turns[:-1]), reversed(turns[1:]), strict=True):
        pair = differing(earlier.text, later.text)
        if not pair:
            break
        found += [pair[0]] if found else [pair[1], pair[0]]
    return tuple(reversed(found))
