"""The parts put together from the settings: the one place that knows them all."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from rag.assistant import Assistant
from rag.embedder import load_embedder, processors
from rag.errors import SettingsError
from rag.llm import LanguageModelAnswerer, open_model
from rag.models import bundled_cross_encoder
from rag.protocols import Answerer, Embedder, FloatMatrix, FloatVector, Reranker
from rag.reader import ExtractiveAnswerer
from rag.retriever import HybridRetriever
from rag.settings import AnswererName, Settings
from rag.store import Store


def open_assistant(directory: Path, settings: Settings, answerer: AnswererName) -> Assistant:
    """The assistant over an index; what is wrong with it shows before a model is loaded."""
    store, model = open_index(directory, settings)
    embedder = RecentQuestions(model)
    return Assistant(
        retriever=HybridRetriever(store, embedder),
        answerer=_answerer(answerer, store, embedder, settings),
        store=store,
        passages=settings.passages,
    )


def open_index(
    directory: Path, settings: Settings, *, load: Callable[[], Embedder] | None = None
) -> tuple[Store, Embedder]:
    """An index with the model it was built with; `load` gives the one of the settings."""
    store = Store.open(directory)
    embedder = load() if load else load_embedder(settings, progress=_say)
    store.manifest.require(directory, embedder=embedder.name, dimension=embedder.dimension)
    return store, embedder


def open_reranker(
    settings: Settings, *, progress: Callable[[str], None] = lambda message: None
) -> Reranker:
    """The model that reads question and statement together."""
    # Torch comes with it: `--help` stays quick.
    from rag.cross_encoder import LAYERS, CrossEncoder

    folder = bundled_cross_encoder(settings.data_dir, progress=progress, layers=LAYERS)
    return CrossEncoder(folder, threads=min(processors(), 2))


class RecentQuestions:
    """An embedder that remembers the last questions: retriever and reader ask for the same one."""

    def __init__(self, embedder: Embedder) -> None:
        self.name, self.dimension = embedder.name, embedder.dimension
        self._embedder = embedder
        self._recent = lru_cache(maxsize=64)(embedder.embed_query)

    def embed_documents(self, texts: Sequence[str]) -> FloatMatrix:
        """As the embedder does."""
        return self._embedder.embed_documents(texts)

    def embed_query(self, text: str) -> FloatVector:
        """The vector of one question; not to be written to."""
        return self._recent(text)


def _answerer(name: AnswererName, store: Store, embedder: Embedder, settings: Settings) -> Answerer:
    if name == "extractive":
        return ExtractiveAnswerer(store, embedder, reranker=open_reranker(settings, progress=_say))
    if not settings.llm:
        raise SettingsError(
            "언어 모델이 정해지지 않았습니다. RAG_LLM에 `공급자:모델`을 넣어 주세요."
        )
    return LanguageModelAnswerer(open_model(settings.llm), store)


def _say(message: str) -> None:
    sys.stderr.write(message + "\n")
