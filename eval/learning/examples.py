"""Questions with known answers as examples: which statements tell it, which answers are right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from eval.cases import Case, is_backed, is_ok, meets
from eval.dataset import Gold
from eval.interview import Interview
from eval.jsonl import Record
from eval.matching import says
from eval.results import Place, read_result
from eval.sources import Sources
from rag.assistant import Assistant
from rag.candidates import READ, StatementRanker
from rag.doubt import doubt
from rag.grounds import GROUNDS
from rag.present import searched
from rag.protocols import Embedder, Reranker
from rag.question import analyse
from rag.ranking import Scored
from rag.reader import ExtractiveAnswerer
from rag.retriever import HybridRetriever
from rag.signals import SIGNALS, Candidate, signals_of
from rag.store import Store
from rag.types import Span

Vector = npt.NDArray[np.float64]
PASSAGES = 10  # found for a question


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSet:
    """Questions with their gold, and the index that they are asked of."""

    name: str
    gold: tuple[Gold, ...]
    store: Store
    embedder: Embedder
    sources: Sources
    reranker: Reranker | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The statements of one question's passages, and which of them tell the answer."""

    set: str
    type: str
    signals: Vector  # a row for each statement, a column for each of `SIGNALS`
    right: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What would be answered to one question if nothing were refused."""

    set: str
    type: str
    grounds: Vector  # one for each of `GROUNDS`
    answerable: bool
    right: bool


def choices(questions: QuestionSet) -> Iterator[Choice]:
    """An example for each question whose evidence stands in the passages that are read."""
    retriever = HybridRetriever(questions.store, questions.embedder)
    ranker = StatementRanker(questions.store, questions.embedder)
    for gold in questions.gold:
        if gold.question.dialogue:  # what it follows on would have to be answered first
            continue
        text, hits = searched(gold.question.text, partial(retriever.search, k=PASSAGES))
        asked = analyse(text)
        candidates = ranker.read(asked, hits[:READ])
        right = telling(gold, candidates) if gold.answerable else np.zeros(0, dtype=np.bool_)
        if right.any():
            found = signals_of(asked, candidates, ranker.rarity(asked))
            signals = np.array([[one[name] for name in SIGNALS] for one in found])
            yield Choice(set=questions.name, type=gold.type, signals=signals, right=right)


def replies(questions: QuestionSet, weights: Mapping[str, float]) -> Iterator[Reply]:
    """An example for each question whose answer the confidence in it decides about."""
    store, embedder = questions.store, questions.embedder
    retriever = HybridRetriever(store, embedder)
    reranker = questions.reranker
    ranker = StatementRanker(store, embedder, weights=weights, reranker=reranker)
    answerer = ExtractiveAnswerer(
        store, embedder, weights=weights, refuses=False, reranker=reranker
    )
    assistant = Assistant(retriever=retriever, answerer=answerer, store=store, passages=PASSAGES)
    interview = Interview(assistant)
    for gold in questions.gold:
        line = interview.line(gold.question)
        asked = analyse(str(line["resolved"] or gold.question.text))
        ranked = ranker.rank(asked, retriever.search(asked.text, k=PASSAGES))
        cover = ranker.cover(ranked)
        result = read_result(Record(gold.question.id, line))
        however_sure = doubt(asked, ranked, store.lexical.rarity, sure=True, cover=cover)
        if result.abstained or however_sure:
            continue
        case = Case(gold=gold, result=result, sources=questions.sources)
        grounds = ranker.grounds(asked, ranked)
        yield Reply(
            set=questions.name,
            type=gold.type,
            grounds=np.array([grounds[name] for name in GROUNDS]),
            answerable=gold.answerable,
            right=gold.answerable and _is_right(case),
        )


def _is_right(case: Case) -> bool:
    """As measured; where gold tells no words to say, a citation on its evidence will do."""
    told = is_ok(case)
    return is_backed(case) if told is None else told


def telling(gold: Gold, candidates: Sequence[Candidate | Scored]) -> npt.NDArray[np.bool_]:
    """Statements on the evidence that say what is wanted; where none does, all that stand there."""
    places = [place_of(one.hit.chunk.report_id, one.statement.span) for one in candidates]
    there = np.array([meets(place, gold.evidence) for place in places], dtype=np.bool_)
    variants = [variant for group in gold.must_include for variant in group]
    texts = [" ".join((*one.statement.context[-2:], one.statement.text)) for one in candidates]
    says_it = np.array([any(says(text, variant) for variant in variants) for text in texts])
    both = there & says_it if len(candidates) else there
    return both if both.any() else there


def place_of(report: str, span: Span) -> Place:
    """Where a passage or statement stands."""
    return Place(
        doc=report,
        first_line=span.first_line,
        last_line=span.last_line,
        page=span.first_page,
    )
