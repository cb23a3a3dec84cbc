"""Questions with what the product reads for them -> statements that answer beside some that do not.

Who learns from these sees the mistakes the product itself would make.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from eval.learning.examples import PASSAGES, QuestionSet, telling
from rag.candidates import StatementRanker
from rag.composing.words import Word
from rag.korean import fold
from rag.present import searched
from rag.question import analyse, years
from rag.reranking import readable
from rag.retriever import HybridRetriever
from training.names import Names, another, asked_of, named, names_of

_DEPTH = 10  # statements of a question
_FEWEST = 6  # without which there is little to choose from
_FIRST = 0.85  # how often the first wrong statement is among them
_TAKEN_AWAY = 0.15  # how often the statement that answers is left out: then none does
_DATED = 0.25  # how often a question is asked of a year
_OWN_YEAR = 0.4  # how often that is the year of the statement that answers
_RENAMED = 0.4  # how often a question is asked of another thing
_TEXTS_TOO = 0.35  # how often the texts tell of that one too
_OTHER_YEARS = (-2, -1, 1, 2, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A question with its best statements, as they are ranked."""

    question: str
    answerable: bool
    texts: tuple[str, ...]
    right: tuple[bool, ...]
    year: int | None  # the one year the answer tells, where the question names none


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A question with a few statements; `right` is the place of the one that answers, if any."""

    question: str
    texts: tuple[str, ...]
    right: int | None
    odds: tuple[float, ...] = ()  # of each statement, as a larger model tells them


def read(questions: QuestionSet) -> Iterator[Read]:
    """Every question for which something to learn from is found."""
    retriever = HybridRetriever(questions.store, questions.embedder)
    ranker = StatementRanker(questions.store, questions.embedder)
    for gold in questions.gold:
        text, hits = searched(gold.question.text, partial(retriever.search, k=PASSAGES))
        asked = analyse(text)
        ranked = ranker.rank(asked, hits)
        right = [gold.answerable and bool(one) for one in telling(gold, ranked)]
        first = right.index(True) if any(right) else 0
        kept = [*range(min(_DEPTH, len(ranked))), *([first] if first >= _DEPTH else [])]
        if len(kept) < _FEWEST or (gold.answerable and not any(right)):
            continue
        told = years(fold(ranked[first].statement.text))
        yield Read(
            question=asked.text,
            answerable=gold.answerable,
            texts=tuple(readable(ranked[at]) for at in kept),
            right=tuple(right[at] for at in kept),
            year=min(told) if len(told) == 1 and not asked.years else None,
        )


def names_in(found: Iterable[Read]) -> dict[str, Word]:
    """Of each question that is answered the word that names what it is about, if one does."""
    return named(
        (one.question, one.texts[one.right.index(True)]) for one in found if any(one.right)
    )


def drawings(
    learned: Sequence[Sequence[Read]],
    chance: random.Random,
    *,
    times: int,
    size: int,
    most: int | None = None,
) -> list[Group]:
    """All question sets drawn so many times; of a set at most so many groups a time, by chance.

    `size` is the number of statements in a group.
    """
    names = names_of(word for some in learned for word in names_in(some).values())
    drawn = list[Group]()
    for _ in range(times):
        for some in learned:
            found = groups(some, chance, names=names, size=size)
            drawn += found if most is None else chance.sample(found, min(most, len(found)))
    return drawn


def groups(found: Sequence[Read], chance: random.Random, *, names: Names, size: int) -> list[Group]:
    """A drawing of each question, and some asked of a year.

    Some are asked of another of the `names`: nothing that was read answers them then. Where the
    texts tell of that name too, the answer stays: that a name is strange tells nothing by itself.
    """
    drawn = [group for one in found for group in _drawn(one, chance, size)]
    words = names_in(found)
    for group in [one for one in drawn if one.question in words and one.right is not None]:
        if chance.random() < _RENAMED:
            drawn += _renamed(group, words[group.question], names, chance)
    return drawn


def _renamed(group: Group, word: Word, names: Names, chance: random.Random) -> Iterator[Group]:
    """The group asked of another thing, if there is a name for one."""
    name = another(word, names, chance, besides=" ".join((group.question, *group.texts)))
    if name is None or group.right is None:
        return
    question = asked_of(name, group.question, word)
    if chance.random() >= _TEXTS_TOO:
        yield replace(group, question=question, right=None)
        return
    texts = tuple(text.replace(word.stem, name) for text in group.texts)
    if texts[group.right] != group.texts[group.right]:  # else it stands there with a space inside
        yield replace(group, question=question, texts=texts)


def _drawn(one: Read, chance: random.Random, size: int) -> Iterator[Group]:
    wrong = [text for text, right in zip(one.texts, one.right, strict=True) if not right]
    if len(wrong) < size:
        return
    if not one.answerable:
        near = chance.sample(one.texts[1 : size + 3], size - 1)
        yield Group(question=one.question, texts=(one.texts[0], *near), right=None)
        return
    if chance.random() < _TAKEN_AWAY:
        yield Group(question=one.question, texts=tuple(wrong[:size]), right=None)
        return
    if chance.random() < _FIRST:
        others = [wrong[0], *chance.sample(wrong[1:], size - 2)]
    else:
        others = chance.sample(wrong, size - 1)
    best = one.texts[one.right.index(True)]
    group = Group(question=one.question, texts=(best, *others), right=0)
    yield group
    if one.year and chance.random() < _DATED:
        own = chance.random() < _OWN_YEAR
        year = one.year + (0 if own else chance.choice(_OTHER_YEARS))
        form = chance.choice(("{}년 {}", "{}년도 {}", "{}년에 {}"))
        yield replace(group, question=form.format(year, one.question), right=0 if own else None)
