"""The assistant with one part changed: what each part is worth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path

from eval.ablating.baselines import (
    FirstStatement,
    RefusingAsUsual,
    WordRetriever,
    as_built,
    by_words,
    reciprocal_ranks,
    without_path,
)
from rag.assistant import Assistant
from rag.errors import RagError
from rag.learned import learned
from rag.protocols import Answerer, Embedder, Reranker, Retriever
from rag.reader import ExtractiveAnswerer
from rag.retriever import ArmWeights, HybridRetriever
from rag.signals import SIGNALS as SIGNAL_NAMES
from rag.store import Store
from rag.wiring import RecentQuestions

_SIGNAL = "signal:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What every variant is put together from; loaded once."""

    store: Store
    embedder: Embedder
    passages: int  # as many as the assistant finds
    reranker: Reranker | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to answer, and what users read of it; what it leaves out is as always."""

    name: str
    meaning: str
    searched: Callable[[Store, Embedder, Path], Store] = as_built
    retriever: Callable[[Store, Embedder], Retriever] = HybridRetriever
    answerer: Callable[..., Answerer] = ExtractiveAnswerer  # as that one is made

    def assistant(self, parts: Parts, folder: Path) -> Assistant:
        """The assistant it means; `folder`, an empty one, is for what it indexes anew."""
        # Each variant embeds a question once, as the assistant does, and none for another.
        embedder = RecentQuestions(parts.embedder)
        searched = self.searched(parts.store, embedder, folder)
        return Assistant(
            retriever=self.retriever(searched, embedder),
            answerer=self.answerer(parts.store, embedder, reranker=parts.reranker),
            store=parts.store,
            passages=parts.passages,
        )


def _arms(weights: ArmWeights) -> Callable[[Store, Embedder], Retriever]:
    return partial(HybridRetriever, weights=weights)


def _without(signal: str) -> Callable[..., Answerer]:
    return partial(ExtractiveAnswerer, weights={**learned().statement, signal: 0.0})


def _unread(store: Store, embedder: Embedder, *, reranker: Reranker | None) -> Answerer:
    return RefusingAsUsual(store, embedder, says=_as_ranked, reranker=reranker)


def _as_ranked(store: Store, embedder: Embedder) -> Answerer:
    return ExtractiveAnswerer(store, embedder, refuses=False)


# So heavy that none is as near as the nearest: what stands close behind is said with it, or for it.
_NEAR = {**dict.fromkeys(SIGNAL_NAMES, 0.0), "near": 1000.0}
FULL = Variant("full", "그대로")
VARIANTS = (
    FULL,
    Variant(
        "dense",
        "대목 벡터로만 찾음",
        retriever=_arms(ArmWeights(statements=0, tokens=0, grams=0)),
    ),
    Variant(
        "no-statement-vectors",
        "문장 벡터로 찾지 않음",
        retriever=_arms(ArmWeights(statements=0)),
    ),
    Variant(
        "lexical",
        "형태소와 글자로만 찾음",
        retriever=_arms(ArmWeights(chunks=0, statements=0, by_coverage=False)),
    ),
    Variant(
        "morphemes",
        "형태소로만 찾음",
        retriever=_arms(ArmWeights(chunks=0, statements=0, grams=0, by_coverage=False)),
    ),
    Variant("no-bigrams", "글자로 찾지 않음", retriever=_arms(ArmWeights(grams=0))),
    Variant(
        "no-trust",
        "형태소와 글자를 늘 다 믿음",
        retriever=_arms(ArmWeights(by_coverage=False)),
    ),
    Variant(
        "rrf",
        "표준 점수 대신 순위의 역수로 합침(RRF, k=60)",
        retriever=partial(HybridRetriever, fuse=reciprocal_ranks),
    ),
    Variant("no-path", "찾는 글에 제목과 절을 붙이지 않음", searched=without_path),
    Variant(
        "bm25",
        "띄어 쓴 낱말의 BM25로만 찾음",
        searched=by_words,
        retriever=WordRetriever,
    ),
    Variant(
        "first-statement",
        "문장을 고르지 않고 첫 대목의 첫 문장을 말함",
        answerer=partial(RefusingAsUsual, says=FirstStatement),
    ),
    Variant(
        "nearest-statement",
        "문장을 뜻의 가까움만으로 고름",
        answerer=partial(
            RefusingAsUsual, says=partial(ExtractiveAnswerer, weights=_NEAR, refuses=False)
        ),
    ),
    Variant("no-reranking", "첫 문장들을 질문과 함께 다시 읽지 않음", answerer=_unread),
    Variant("no-refusal", "거절하지 않음", answerer=partial(ExtractiveAnswerer, refuses=False)),
)
SIGNALS = tuple(
    Variant(_SIGNAL + name, f"문장 고르기에서 {name} 신호를 뺌", answerer=_without(name))
    for name in SIGNAL_NAMES
)


def chosen(patterns: Sequence[str]) -> tuple[Variant, ...]:
    """The variants of these names or patterns (`signal:*`), `full` first; without any, `VARIANTS`.

    `RagError` for one that names none.
    """
    known = (*VARIANTS, *SIGNALS)
    for pattern in patterns:
        if not any(fnmatchcase(variant.name, pattern) for variant in known):
            names = ", ".join(variant.name for variant in known)
            raise RagError(f"{pattern}: 없는 변형입니다. 다음에서 골라 주세요: {names}")
    wanted = patterns or [variant.name for variant in VARIANTS]
    return tuple(
        variant
        for variant in known
        if variant is FULL or any(fnmatchcase(variant.name, pattern) for pattern in wanted)
    )
