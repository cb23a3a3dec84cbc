"""Questions about reports -> rows with what the product finds for them and is not the answer.

Such hard negatives are the mistakes the encoder makes itself (Xiong et al. 2021, ANCE).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from eval.cases import LONGEST_PASSAGE, meets
from eval.learning.examples import QuestionSet, place_of, telling
from rag.candidates import StatementRanker
from rag.question import analyse
from rag.retriever import HybridRetriever
from rag.store import statement_text
from rag.types import Hit
from training.examples import Row

_FOUND = 12  # passages
_HARD = 8  # the best of those that do not answer
_STATEMENTS = 0.55  # how often a question is learned with statements, not with passages


def mined(questions: QuestionSet, chance: random.Random) -> Iterator[Row]:
    """A row for each question that is answered and finds its answer, with two hard negatives."""
    retriever = HybridRetriever(questions.store, questions.embedder)
    ranker = StatementRanker(questions.store, questions.embedder)
    for gold in questions.gold:
        if not gold.answerable:
            continue
        asked = analyse(gold.question.text)
        hits = [hit for hit in retriever.search(asked.text, k=_FOUND) if _short(hit)]
        if chance.random() < _STATEMENTS:
            ranked = ranker.rank(asked, hits)
            told = [bool(one) for one in telling(gold, ranked)]
            texts = [statement_text(one.statement) for one in ranked]
        else:
            places = [place_of(hit.chunk.report_id, hit.chunk.span) for hit in hits]
            told = [meets(place, gold.evidence) for place in places]
            texts = [hit.chunk.search_text for hit in hits]
        yield from _row(asked.text, texts, told, chance)


def _short(hit: Hit) -> bool:
    """Whether it can be told if it answers: a longer passage would meet any evidence."""
    first, last = hit.chunk.span.first_line, hit.chunk.span.last_line
    return first is None or last is None or last - first <= LONGEST_PASSAGE


def _row(
    question: str, texts: Sequence[str], told: Sequence[bool], chance: random.Random
) -> Iterator[Row]:
    right = [text for text, tells in zip(texts, told, strict=True) if tells]
    wrong = [text for text in dict.fromkeys(texts) if text not in right][:_HARD]
    if right and len(wrong) > 1:
        first, second = chance.sample(wrong, 2)
        yield {
            "anchor": question,
            "positive": right[0],
            "negative_1": first,
            "negative_2": second,
        }
