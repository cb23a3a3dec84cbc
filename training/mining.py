"""Questions about reports -> rows with what the product finds for them and is not the answer.

Such hard negatives are the mistakes the encoder makes itself (Xiong et al. 2021, ANCE).
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence

from eval.cases import LONGEST_PASSAGE, meets
from eval.dataset import Gold
from eval.learning.examples import QuestionSet, place_of, telling
from rag.candidates import StatementRanker
from rag.question import analyse
from rag.ranking import Scored
from rag.retriever import HybridRetriever
from rag.store import statement_text
from rag.types import Hit
from training.examples import Mined, Row

_Told = tuple[str, bool]  # a text, and whether it tells the answer
_FOUND = 12  # passages
_HARD = 8  # the best of those that do not answer
_STATEMENTS = 0.55  # how often a question is learned with statements, not with passages


def mined(sets: Iterable[QuestionSet], chance: random.Random) -> Mined:
    """A row for each question that is answered and finds its answer, with hard negatives."""
    found = Mined()
    for questions in sets:
        retriever = HybridRetriever(questions.store, questions.embedder)
        ranker = StatementRanker(questions.store, questions.embedder)
        for gold in questions.gold:
            if not gold.answerable:
                continue
            asked = analyse(gold.question.text)
            hits = [hit for hit in retriever.search(asked.text, k=_FOUND) if _short(hit)]
            if chance.random() < _STATEMENTS:
                texts = _statements(gold, ranker.rank(asked, hits))
                found.statements.extend(_row(asked.text, texts, chance, hard=2))
            else:
                # With one: a passage takes as long to learn from as five statements.
                texts = _passages(gold, hits)
                found.passages.extend(_row(asked.text, texts, chance, hard=1))
    return found


def _statements(gold: Gold, ranked: Sequence[Scored]) -> list[_Told]:
    told = [bool(one) for one in telling(gold, ranked)]
    return [(statement_text(one.statement), tells) for one, tells in zip(ranked, told, strict=True)]


def _passages(gold: Gold, hits: Sequence[Hit]) -> list[_Told]:
    places = [place_of(hit.chunk.report_id, hit.chunk.span) for hit in hits]
    told = [meets(place, gold.evidence) for place in places]
    return [(hit.chunk.search_text, tells) for hit, tells in zip(hits, told, strict=True)]


def _short(hit: Hit) -> bool:
    """Whether it can be told if it answers: a longer passage would meet any evidence."""
    first, last = hit.chunk.span.first_line, hit.chunk.span.last_line
    return first is None or last is None or last - first <= LONGEST_PASSAGE


def _row(
    question: str, texts: Sequence[_Told], chance: random.Random, *, hard: int
) -> Iterator[Row]:
    right = [text for text, tells in texts if tells]
    wrong = [text for text in dict.fromkeys(text for text, _ in texts) if text not in right][:_HARD]
    if right and len(wrong) >= hard:
        negatives = enumerate(chance.sample(wrong, hard), start=1)
        yield {
            "anchor": question,
            "positive": right[0],
            **{f"negative_{number}": text for number, text in negatives},
        }
