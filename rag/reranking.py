"""The first statements, once more in order: as a model that reads them with the question says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from rag.bullets import signed
from rag.korean import fold
from rag.protocols import Reranker
from rag.question import Question, years
from rag.ranking import Scored

_FIRST = 3  # statements that are read at most; each costs its milliseconds
_CLOSE = 3.0  # score behind the best within which reading may still put a statement first
_WORTH = 0.8  # of a unit of the model's log-odds, in units of the ranking's score
_SURE = 0.0  # log-odds with which the first statement stays first, and no other is read
_HEADING, _CONTEXT = 40, 60  # characters of each
_TOLD, _LONGEST = 150, 220  # characters of the statement, of all
_HEADINGS, _CONTEXTS = 3, 2  # the last ones


def reranked(question: Question, ranked: Sequence[Scored], reranker: Reranker) -> list[Scored]:
    """The statements with the first few in a new order; those of a list keep theirs."""
    close = takewhile(lambda one: ranked[0].score - one.score <= _CLOSE, ranked[:_FIRST])
    first = list(close)
    if question.kind == "list" or len(first) < 2:
        return list(ranked)
    told = [reranker.score(question.text, readable(first[0]))]
    if told[0] >= _SURE:
        return list(ranked)
    told += [reranker.score(question.text, readable(one)) for one in first[1:]]
    best = max(told)
    scored = [
        replace(one, score=one.score + _WORTH * (odds - best))
        for one, odds in zip(first, told, strict=True)
    ]
    return [*sorted(scored, key=lambda one: -one.score), *ranked[len(first) :]]


def readable(one: Scored) -> str:
    """A statement with what it stands under, as the model has learned to read it.

    Of the report's title the years alone: they tell of when it is where nothing nearer does.
    """
    said, chunk = one.statement, one.hit.chunk
    dated = "".join(f"{year}년 > " for year in sorted(years(fold(chunk.report_title))))
    headings = " > ".join(heading[:_HEADING] for heading in chunk.section[-_HEADINGS:])
    context = " ".join(line[:_CONTEXT] for line in said.context[-_CONTEXTS:])
    beside = f" ({one.beside})" if one.beside else ""
    told = f"{said.text}{said.unit}"[:_TOLD] + beside
    room = max(_LONGEST - len(dated) - len(told), 1)
    over = f"{headings} : {context}"[-room:]  # what is nearest
    return signed(f"{dated}{over} {told}")
