"""The model that reads question and statement together, small enough to check."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
from safetensors.numpy import save_file

from rag.cross_encoder import LAYERS, CrossEncoder, pair_of
from rag.errors import ModelError
from rag.models import bundled_cross_encoder
from rag.tuned import READING, digest
from rag.unigram import UnigramTokenizer
from tests.tiny_model import HIDDEN, VOCABULARY, write_packed

QUESTION, TEXT = "일자리", "공공 일자리"


def _head(scale: float = 0.0, usual: float = 0.0, bias: float = 0.0) -> dict[str, np.ndarray]:
    numbers = np.array([scale, usual, bias], dtype=np.float32)
    zeros = np.zeros(HIDDEN, dtype=np.float32)
    return {"weigh": zeros, "tell": zeros, "numbers": numbers}


def _opened(folder: Path, **head: float) -> CrossEncoder:
    weights, delta = write_packed(folder / "tiny.bin"), folder / "delta.safetensors"
    thin = {
        "l0.q.w.down": np.ones((1, HIDDEN), dtype=np.float16),
        "l0.q.w.up": np.ones((HIDDEN, 1), dtype=np.float16),
    }
    save_file({**thin, **_head(**head)}, delta, metadata={"base": digest(weights)})
    model = bundled_cross_encoder(
        folder, progress=lambda _: None, layers=1, delta=delta, weights=weights
    )
    return CrossEncoder(model, threads=1, learned=delta)


def test_the_tokens_of_a_pair_stand_where_they_are_said_to() -> None:
    tokens = UnigramTokenizer(VOCABULARY, max_tokens=64)
    pair = pair_of(tokens, QUESTION, TEXT)
    left, right = tokens.ids("query: 일자리"), tokens.ids("passage: 공공 일자리")
    assert pair.ids == [*left[:-1], *right[1:]]
    assert pair.ids[pair.asked] == left[4:-1]
    assert pair.ids[pair.told] == right[3:-1]


def test_a_question_too_long_leaves_the_statement_its_room() -> None:
    tokens = UnigramTokenizer(VOCABULARY, max_tokens=512)
    pair = pair_of(tokens, "일 " * 600, TEXT)
    assert len(pair.ids) == 512
    assert pair.ids[pair.told] == tokens.ids("passage: 공공 일자리")[3:-1]


def test_the_score_is_the_mean_nearness_above_the_usual_scaled_plus_the_bias(
    tmp_path: Path,
) -> None:
    def score(name: str, **head: float) -> float:
        (tmp_path / name).mkdir()
        return _opened(tmp_path / name, **head).score(QUESTION, TEXT)

    assert score("bias", bias=0.5) == 0.5
    nearness = score("one", scale=1.0)
    assert -1.0 <= nearness <= 1.0
    assert score("all", scale=10.0, usual=0.25, bias=2.0) == pytest.approx(
        10.0 * (nearness - 0.25) + 2.0, abs=1e-5
    )


@pytest.mark.parametrize(
    "head", [{}, {**_head(), "numbers": np.zeros(2, np.float32)}, {**_head(), "tell": np.ones(5)}]
)
def test_a_file_without_a_fitting_head_is_named(
    head: dict[str, np.ndarray], tmp_path: Path
) -> None:
    _opened(tmp_path)
    model, other = next(tmp_path.glob("models/*pairs*")), tmp_path / "other.safetensors"
    save_file({"l0.q.w.up": np.zeros((2, 2)), **head}, other)
    with pytest.raises(ModelError, match=r"other\.safetensors: 학습한 가중치를 읽지"):
        CrossEncoder(model, threads=1, learned=other)


def test_the_graph_has_only_the_first_layers(tmp_path: Path) -> None:
    _opened(tmp_path)
    (path,) = tmp_path.rglob("model_int8.onnx")
    nodes = [node.op_type for node in onnx.load(path, load_external_data=False).graph.node]
    assert nodes.count("MultiHeadAttention") == 1


def test_what_ships_is_small_and_tells_from_what_it_was_made() -> None:
    from safetensors import safe_open

    assert READING.stat().st_size < 8e6
    with safe_open(READING, framework="numpy") as file:
        told, names = file.metadata(), set(file.keys())
    assert {"base", "plan", "versions", "files", "held_out"} <= told.keys()
    assert {"weigh", "tell", "numbers"} <= names
    layers = {name.split(".")[0] for name in names if "." in name}
    assert layers == {f"l{layer}" for layer in range(LAYERS)}
