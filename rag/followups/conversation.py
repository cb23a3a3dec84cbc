"""A question read after the earlier ones: `달빛구는요?` as the whole question it stands for.

What can be told from the words is told from them: a fragment replaces its like in the former
question, `그 사업` stands for what was talked about, `작년` for a year. Where they leave it open
whether the subject was changed, the passages decide: a follow-up's words stand where the former
topic's do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rag.bullets import OVER
from rag.followups.following import about, about_part, another_year, by_name, instead, turn_about
from rag.followups.mentions import pointed_at
from rag.followups.openings import is_courtesy, return_to, without_opening
from rag.followups.siblings import sibling
from rag.followups.times import dated, has_time, is_relative
from rag.followups.topics import Phrase, asks, is_bare, phrases
from rag.followups.turns import Turn, talk_of, turns_of
from rag.korean import bigrams, fold, join_spaced, tokenize
from rag.question import years
from rag.types import Answer, Chunk

if TYPE_CHECKING:  # the store loads FAISS, and the page needs only to remember
    from rag.lexical import LexicalField
    from rag.store import Store

TURNS = 6  # that a conversation goes back
_LONGEST = 600  # characters of a question that says what it is about
_READ = 20  # passages in which the words of a topic and of a question are looked for
_MOSTLY = 0.6  # of a topic's idf mass: the passage is about it
_BETTER = 0.1  # more of the question's idf mass elsewhere: the subject was changed
_FAR_BETTER, _FEW = 0.3, 2  # for a question of so few words
_NAMING = 0.4  # of a heading's letters: the words name it
_AROUND = 12  # lines around a citation in which the like of a noun is looked for
_HEADING = re.compile(rf"\s*(?:\d{{1,2}}\.?|[①-⑳{OVER}])\s*\S.{{0,40}}$")
_IF = re.compile(r"(라면|이면|면|경우|때)(?:은|는|에는|엔)?(?:요)?[?\s]*$")
_COMPARES = re.compile(r"(?:작년|지난해)(?:보다|\s?대비|에 비해)")
_NAMES = frozenset(("NNP", "SN"))  # tags of what is one of several: `달빛구`, `3층`


def remembered(history: Sequence[Answer], answer: Answer) -> tuple[Answer, ...]:
    """The conversation with one more answer, as far back as it is ever asked for."""
    return (*history, replace(answer, hits=()))[-TURNS:]


class Conversation:
    """Makes questions whole. Holds no state: the history comes with every question."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def resolved(self, question: str, history: Sequence[Answer]) -> str:
        """The question as it stands alone; unchanged where it does already."""
        turns = turns_of(history[-TURNS:], self._weight)
        if not turns or is_courtesy(question):
            return question
        text = without_opening(question)
        whole = self._whole(text, turns)
        return question if whole == text or len(whole) > _LONGEST else whole

    def _whole(self, text: str, turns: Sequence[Turn]) -> str:
        back = return_to(text)
        again = turn_about(back[0], turns) if back else None
        if back and again:
            return about(again, back[1])
        last, now = turns[-1], self._now(turns, text)
        plain = dated(text, now=now, then=last.year)
        pointed = pointed_at(plain, talk_of(turns))
        year = another_year(pointed, text, turns, now)
        if year:
            return year
        if pointed == plain:
            return self._following(plain, turns)
        names = (turn for turn in reversed(turns) if turn.is_named_in(pointed))
        return about(next(names, last), pointed)

    def _following(self, text: str, turns: Sequence[Turn]) -> str:
        """A question without a word that points back."""
        last, own = turns[-1], [phrase for phrase in phrases(text) if not phrase.is_generic]
        if not asks(text) and not is_bare(text) and _IF.search(text):
            return f"{text.rstrip('? ').removesuffix('요')} {last.text}"
        if not own:
            return about(last, text)
        fragment = not asks(text) and len(own) == 1 and own[0].core() == own[0].text
        like = self._like(own, last)
        if like and fragment:
            return instead(last, like[0], own[0].text, text)
        if like and like[0] in last.topic:
            return about_part(last, text, like[1], last.topic.replace(like[0], like[1].text))
        text = by_name(text, own, turns)
        if last.topic in text:
            return text
        alone = self._stands_alone(text, own, last)
        if fragment and (alone or _NAMES & set(own[0].tags)):
            name = own[0].text if alone else f"{last.topic} {own[0].text}"
            return instead(last, last.topic, name, text)
        return text if alone else about(last, text)

    def _like(self, own: Sequence[Phrase], last: Turn) -> tuple[str, Phrase] | None:
        """A noun of the former question and the phrase of this one that takes its place."""
        lines = [
            join_spaced(line)
            for cited in last.answer.citations[:2]
            for line in self._store.lines(
                cited.report_id, cited.span.first_line - _AROUND, cited.span.last_line + _AROUND
            )
        ]
        for phrase in own:
            if not set(phrase.nouns) <= last.nouns:
                target = sibling(phrase, last.phrases, lines)
                if target:
                    return target, phrase
        return None

    def _stands_alone(self, text: str, own: Sequence[Phrase], last: Turn) -> bool:
        """Whether its words stand together elsewhere rather than where the former topic does."""
        tokens = [token for token in tokenize(text) if not token.isdigit()]
        if not tokens:
            return False
        found = self._passages("tokens", tokens)
        if any(self._heads(phrase, chunk, last.topic) for phrase in own for chunk in found):
            return True
        there = [
            chunk
            for chunk in self._passages("grams", bigrams(last.topic))
            if self._tells(last.topic, chunk.search_text)
        ]
        best = max((self._held(tokens, chunk.search_text) for chunk in found), default=0.0)
        near = max((self._held(tokens, chunk.search_text) for chunk in there), default=0.0)
        if not near and (not best or not there):  # the words tell nothing
            return asks(text) and sum(len(phrase.text.split()) for phrase in own) > 1
        return best > near + (_BETTER if len(tokens) > _FEW else _FAR_BETTER)

    def _heads(self, phrase: Phrase, chunk: Chunk, topic: str) -> bool:
        """Whether the chunk has a heading that names the phrase, outside of the topic."""
        lines = [line for line in chunk.text.splitlines() if _HEADING.match(line)]
        name, path = _squeezed(phrase.text), " ".join(chunk.section)
        return any(
            name in _squeezed(heading)
            and len(name) >= _NAMING * len(_squeezed(heading))
            and not self._tells(topic, f"{path} {heading}")
            for heading in (*chunk.section, *lines)
        )

    def _passages(self, field: LexicalField, terms: Sequence[str]) -> tuple[Chunk, ...]:
        counted = {term: float(count) for term, count in Counter(terms).items()}
        found = self._store.lexical.search(field, counted, k=_READ)
        return self._store.chunks([row for row, _ in found])

    def _tells(self, topic: str, text: str) -> bool:
        """Whether a text is about the topic."""
        return _squeezed(topic) in _squeezed(text) or self._held(tokenize(topic), text) >= _MOSTLY

    def _held(self, tokens: Sequence[str], text: str) -> float:
        """The share of the tokens' idf mass that the text holds."""
        rarity, folded = self._store.lexical.rarity, fold(text)
        whole = sum(map(rarity, tokens)) or 1.0
        return sum(rarity(token) for token in tokens if token in folded) / whole

    def _weight(self, token: str) -> float:
        """The idf of a morpheme of the reports; what they never say tells no topic."""
        token = token.lower()
        known = self._store.lexical.document_frequency("tokens", token)
        return self._store.lexical.rarity(token) if known else 0.0

    def _now(self, turns: Sequence[Turn], text: str) -> int | None:
        """The year in which `작년` is the year before: of the newest report that was cited.

        Where a year was named, a comparison starts from it.
        """
        timed = [turn for turn in turns if has_time(turn.answer.question)]
        if timed and not is_relative(timed[-1].answer.question) and _COMPARES.search(text):
            return timed[-1].year
        answers = [turn.answer for turn in turns if not turn.answer.abstained]
        cited = {c.report_id: c.report_title for answer in answers for c in answer.citations}
        published = {entry.id: entry.published or "" for entry in self._store.reports()}
        found = [
            max(years(fold(title)) or years(fold(published.get(report, ""))), default=0)
            for report, title in cited.items()
        ]
        return max(found, default=0) or None


def _squeezed(text: str) -> str:
    return re.sub(r"[\s「」『』]", "", fold(text))
