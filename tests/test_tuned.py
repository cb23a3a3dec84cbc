from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from rag.errors import ModelError
from rag.models import bundled_model, model_name
from rag.packed import PackedModel
from rag.tuned import DELTA, TunedModel, digest
from tests.tiny_model import HIDDEN, write_packed
from training.texts import files

DOWN = np.arange(2 * HIDDEN, dtype=np.float16).reshape(2, HIDDEN) / 64
UP = np.array([[1.0, -0.5]] * HIDDEN, dtype=np.float16)


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    return write_packed(tmp_path / "tiny.bin")


@pytest.fixture
def delta(tmp_path: Path, weights: Path) -> Path:
    path = tmp_path / "delta.safetensors"
    save_file({"l0.q.w.down": DOWN, "l0.q.w.up": UP}, path, metadata={"base": digest(weights)})
    return path


def test_a_changed_matrix_is_the_packed_one_plus_the_product_of_its_thin_ones(
    weights: Path, delta: Path
) -> None:
    change = (UP.astype(np.float32) @ DOWN.astype(np.float32)).reshape(-1)
    assert change[:2].tolist() == [-0.25, -0.2421875]  # 0 - 32/128, 1/64 - 33/128
    tuned, packed = TunedModel(weights, delta), PackedModel(weights)
    np.testing.assert_array_equal(tuned.floats("l0.q.w"), packed.floats("l0.q.w") + change)


@pytest.mark.parametrize("name", ["l0.k.w", "l0.q.b", "emb.word", "l0.oln.w"])
def test_all_else_is_as_packed(name: str, weights: Path, delta: Path) -> None:
    np.testing.assert_array_equal(
        TunedModel(weights, delta).floats(name), PackedModel(weights).floats(name)
    )


def test_the_folder_has_the_changed_weights_beside_the_folder_of_the_original(
    weights: Path, delta: Path, tmp_path: Path
) -> None:
    original, tuned = (
        bundled_model(tmp_path / "data", progress=lambda _: None, delta=one, weights=weights)
        for one in (None, delta)
    )
    assert (original.name, tuned.name) == (
        "multilingual-e5-small-v1",
        f"multilingual-e5-small-reports-{digest(delta)[:8]}-v1",
    )
    name = "encoder.layer.0.attention.self.query.weight"
    before, after = (load_file(one / "model.safetensors")[name] for one in (original, tuned))
    np.testing.assert_array_equal(after, before + UP.astype(np.float32) @ DOWN.astype(np.float32))
    before_graph, after_graph = (one / "onnx/model_int8.onnx" for one in (original, tuned))
    assert before_graph.read_bytes() != after_graph.read_bytes()


def test_a_change_learned_on_other_weights_is_refused(delta: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.bin"
    other.write_bytes(write_packed(tmp_path / "again.bin").read_bytes() + b"\0")
    with pytest.raises(ModelError, match=r"학습할 때의 기본 모델과 다른.*=original"):
        TunedModel(other, delta).floats("l0.q.w")


@pytest.mark.parametrize("content", [b"", b"\xff" * 100])
def test_a_damaged_file_is_named(content: bytes, weights: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.safetensors"
    broken.write_bytes(content)
    with pytest.raises(ModelError, match=r"broken\.safetensors: 학습한 가중치를 읽지"):
        TunedModel(weights, broken).floats("l0.q.w")


def test_a_missing_file_is_named(weights: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"none\.safetensors: 가중치 파일을 읽지 못했습니다"):
        bundled_model(
            tmp_path, progress=lambda _: None, delta=tmp_path / "none.safetensors", weights=weights
        )


@pytest.mark.parametrize(
    "thin",
    [
        {"l0.q.w.down": DOWN},
        {"l0.q.w.down": DOWN, "l0.q.w.up": UP[:3]},
        {"l0.q.w.down": DOWN[:1], "l0.q.w.up": UP},
        {"elsewhere": UP},
    ],
)
def test_matrices_that_do_not_fit_blame_the_change_and_not_the_model(
    thin: dict[str, np.ndarray[Any, Any]], weights: Path, tmp_path: Path
) -> None:
    path = tmp_path / "odd.safetensors"
    save_file(thin, path, metadata={"base": digest(weights)})
    with pytest.raises(ModelError, match=r"odd\.safetensors.*빠졌거나 크기가 다름"):
        TunedModel(weights, path).floats("l0.q.w")


def test_each_training_has_a_name_of_its_own(delta: Path) -> None:
    assert model_name(None) == "multilingual-e5-small"
    assert model_name(delta) != model_name(DELTA)


def test_what_ships_is_small_and_tells_from_what_it_was_made() -> None:
    from safetensors import safe_open

    assert DELTA.stat().st_size < 12e6
    with safe_open(DELTA, framework="numpy") as file:
        told = file.metadata()
    assert {"base", "plan", "versions", "held_out"} <= told.keys()
    made_of = json.loads(told["files"])
    for path in files():
        name = f"{path.parent.name}/{path.name}"
        assert made_of[name] == hashlib.sha256(path.read_bytes()).hexdigest(), name
