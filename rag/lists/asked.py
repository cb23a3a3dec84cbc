"""What a question tells of the list it asks for: how many items, and under what name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.korean import bigrams, squeezed, tokenize
from rag.lists.enumeration import counts
from rag.lists.headings import named_share
from rag.question import Question

COUNTED, MISCOUNTED = 2.0, -1.0  # what having, or not having, as many items as asked for is worth
NAMED = 3.0  # for a parent, or a column, that the question calls by its whole name
# What asks for a list rather than tells of what: `다섯 개 분야를 말해 주세요`.
_ASKS = re.compile(
    r"(?<![가-힣])(?:두|세|네|다섯|여섯|일곱|여덟|아홉|열|\d{1,2}대)(?=\s)"
    r"|\d*\s?(?:개|가지|군데|곳)(?![가-힣]{2})"
    r"|(?:분야|사업|과제|전략|이름|종류)들?[은는이가을를의]?|(?:말|알려|나열)\S*|주세요|줘"
)
_EVERY = re.compile(r"별|각각|모두|마다|전부|모든")
_FIGURES = re.compile(r"몇|씩|얼마")
_PLACE = re.compile(r"어디|곳")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQuestion:
    """A question for a list taken apart."""

    folded: str
    squeezed: str  # folded, without spaces
    pairs: frozenset[str]  # of neighbouring characters
    tokens: frozenset[str]  # of what the list is about
    counts: frozenset[int]  # how many items there are, where the question tells
    every: bool  # each row or column is asked for
    figures: bool  # and a figure of each
    place: bool

    def count(self, items: int) -> float:
        """What a list is worth by its length."""
        if not self.counts:
            return 0.0
        return COUNTED if items in self.counts else MISCOUNTED

    def named(self, name: str) -> float:
        """What a list is worth by the name of what it stands under."""
        return NAMED * named_share(self.pairs, name)

    def covered(self, headings: Sequence[str]) -> float:
        """The share of what the list is about that these headings hold."""
        held = frozenset(tokenize(" ".join(headings)))
        return len(self.tokens & held) / len(self.tokens) if self.tokens else 0.0

    def says(self, text: str) -> bool:
        """Whether the question holds these words."""
        words = squeezed(text)
        return len(words) > 1 and words in self.squeezed


def list_question(question: Question) -> ListQuestion:
    """The question taken apart.

    >>> from rag.question import analyse
    >>> asked = list_question(analyse("2024년 가온시의 3대 전략을 모두 알려 주세요."))
    >>> sorted(asked.counts), sorted(asked.tokens), asked.every
    ([3], ['2024', '가온시'], True)
    """
    folded = question.folded
    return ListQuestion(
        folded=folded,
        squeezed=folded.replace(" ", ""),
        pairs=frozenset(bigrams(question.text)),
        tokens=frozenset(tokenize(_ASKS.sub(" ", question.text))),
        counts=counts(question.text),
        every=_EVERY.search(folded) is not None,
        figures=_FIGURES.search(folded) is not None,
        place=_PLACE.search(folded) is not None,
    )
