"""A small index on disk, built once by the real readers and chunker with a fake embedder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.dataset import Gold, load_gold
from eval.learning.examples import QuestionSet
from eval.locate import located
from eval.sources import sources_of
from index.builder import build
from index.wiring import steps_for
from rag.assistant import Assistant
from rag.reader import ExtractiveAnswerer
from rag.retriever import HybridRetriever
from rag.settings import Settings
from rag.store import Store
from tests.build_fakes import HashedPairs
from tests.garam import PAST, PAST_TEXT, PLAN, PLAN_TEXT

QUESTIONS = (
    (
        "2024년 새싹 일자리 사업의 소요예산은 얼마인가요?",
        "57,229백만원",
        PLAN,
        "소요예산 : 57,229백만원",
    ),
    ("2023년 물길버스 소요예산은 얼마인가요?", "1,890백만원", PAST, "소요예산 : 1,890백만원"),
    ("은하도서관은 어디에 짓나요?", "노을구 별빛로 27", PLAN, "노을구 별빛로 27"),
)


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


@pytest.fixture
def question_set(
    garam: Store, garam_index: Path, embedder: HashedPairs, tmp_path: Path
) -> QuestionSet:
    path = tmp_path / "questions.jsonl"
    lines: list[dict[str, object]] = [
        {
            "id": str(at),
            "question": text,
            "answer": answer,
            "evidence": [{"doc": doc, "quote": quote}],
        }
        for at, (text, answer, doc, quote) in enumerate(QUESTIONS)
    ]
    lines.append(
        {"id": "없음", "question": "물길버스 운전기사의 월급은 얼마인가요?", "answerable": False}
    )
    path.write_text(
        "\n".join(json.dumps(one, ensure_ascii=False) for one in lines), encoding="utf-8"
    )
    sources = sources_of(garam_index)
    gold: tuple[Gold, ...] = located(load_gold(path), sources)
    return QuestionSet(name="가람", gold=gold, store=garam, embedder=embedder, sources=sources)
