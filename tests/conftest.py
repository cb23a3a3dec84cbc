"""A small index on disk, built once by the real readers and chunker with a fake embedder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.builder import build
from index.wiring import steps_for
from rag.assistant import Assistant
from rag.reader import ExtractiveAnswerer
from rag.retriever import HybridRetriever
from rag.settings import Settings
from rag.store import Store
from tests.build_fakes import HashedPairs
from tests.garam import PAST, PAST_TEXT, PLAN, PLAN_TEXT


@pytest.fixture(scope="session")
def embedder() -> HashedPairs:
    return HashedPairs(dimension=512)


@pytest.fixture(scope="session")
def garam_index(tmp_path_factory: pytest.TempPathFactory, embedder: HashedPairs) -> Path:
    folder = tmp_path_factory.mktemp("garam")
    for name, text in ((PLAN, PLAN_TEXT), (PAST, PAST_TEXT)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    index = folder / "index"
    build([folder], directory=index, steps=steps_for(Settings(), load=lambda: embedder))
    return index


@pytest.fixture(scope="session")
def garam(garam_index: Path) -> Iterator[Store]:
    store = Store.open(garam_index)
    yield store
    store.close()


@pytest.fixture(scope="session")
def retriever(garam: Store, embedder: HashedPairs) -> HybridRetriever:
    return HybridRetriever(garam, embedder)


@pytest.fixture(scope="session")
def assistant(garam: Store, embedder: HashedPairs, retriever: HybridRetriever) -> Assistant:
    return Assistant(retriever=retriever, answerer=ExtractiveAnswerer(garam, embedder), store=garam)
