from __future__ import annotations

import json
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file

from rag.errors import ModelError
from rag.models import bundled_model, packed_weights
from rag.packed import PackedModel
from tests.tiny_model import HIDDEN, PIECES, q4_block, tiny_tensors, write_packed

DONE = "모델을 준비했습니다."


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    return write_packed(tmp_path / "tiny.bin")


def written(data_dir: Path, weights: Path) -> list[str]:
    """Make the folder ready; what was told on the way."""
    told: list[str] = []
    bundled_model(data_dir, progress=told.append, delta=None, weights=weights)
    return told


def killed_halfway(data_dir: Path, weights: Path) -> None:
    def die(message: str) -> None:
        if "2/3" in message:
            os._exit(9)

    bundled_model(data_dir, progress=die, delta=None, weights=weights)


def test_a_4_bit_weight_is_its_half_byte_less_8_times_the_scale_of_its_block(
    tmp_path: Path,
) -> None:
    block = q4_block(0.5, [0, 8, 15, *[8] * 13, 9, 7, *[8] * 14])
    model = PackedModel(write_packed(tmp_path / "one.bin", {"one": (1, 32, block)}))
    expected = np.zeros(32, dtype=np.float32)
    expected[[0, 2, 16, 17]] = -4.0, 3.5, 0.5, -0.5
    np.testing.assert_array_equal(model.floats("one"), expected)


def test_float_weights_are_read_as_they_are(tmp_path: Path) -> None:
    raw = np.array([1.5, -2.25], dtype="<f4").tobytes()
    model = PackedModel(write_packed(tmp_path / "two.bin", {"two": (0, 2, raw)}))
    assert model.floats("two").tolist() == [1.5, -2.25]


def test_the_vocabulary_is_read_whole(weights: Path) -> None:
    vocabulary = PackedModel(weights).vocabulary
    assert dict(zip(vocabulary.pieces, vocabulary.scores, strict=True)) == PIECES
    assert (vocabulary.bos, vocabulary.pad, vocabulary.eos, vocabulary.unk) == (0, 1, 2, 3)


def test_a_file_cut_anywhere_is_refused_with_the_cure(weights: Path, tmp_path: Path) -> None:
    whole, cut = weights.read_bytes(), tmp_path / "cut.bin"
    for size in [*range(0, len(whole), 211), len(whole) - 1]:
        cut.write_bytes(whole[:size])
        with pytest.raises(ModelError, match=r"cut\.bin.*다시 설치"):
            PackedModel(cut)


@pytest.mark.parametrize(
    "content", [b"GGUF" + bytes(400), b"E5S1" + bytes([2] * 400), b"\xff" * 99]
)
def test_a_file_of_another_format_is_refused(content: bytes, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.bin"
    foreign.write_bytes(content)
    with pytest.raises(ModelError, match="손상되었거나 형식이 다릅니다"):
        PackedModel(foreign)


def test_weights_whose_sizes_do_not_fit_are_refused_and_leave_nothing(tmp_path: Path) -> None:
    tensors = tiny_tensors() | {"l0.q.w": (1, 32, q4_block(1.0, [8] * 32))}
    with pytest.raises(ModelError, match="다시 설치"):
        written(tmp_path / "data", write_packed(tmp_path / "odd.bin", tensors))
    assert [path.name for path in (tmp_path / "data/models").iterdir() if path.is_dir()] == []


def test_the_weights_written_out_are_the_packed_ones(weights: Path, tmp_path: Path) -> None:
    folder = bundled_model(tmp_path / "data", progress=lambda _: None, delta=None, weights=weights)
    tensors, packed = load_file(folder / "model.safetensors"), PackedModel(weights)
    assert len(tensors) == 5 + 16
    for name, packed_name, shape in (
        ("embeddings.word_embeddings.weight", "emb.word", (len(PIECES), HIDDEN)),
        ("encoder.layer.0.intermediate.dense.weight", "l0.fi.w", (64, HIDDEN)),
        ("encoder.layer.0.output.dense.weight", "l0.fo.w", (HIDDEN, 64)),
        ("encoder.layer.0.attention.output.LayerNorm.bias", "l0.aln.b", (HIDDEN,)),
    ):
        np.testing.assert_array_equal(tensors[name], packed.floats(packed_name).reshape(shape))


def test_the_folder_names_the_modules_and_the_prompts(weights: Path, tmp_path: Path) -> None:
    folder = bundled_model(tmp_path / "data", progress=lambda _: None, delta=None, weights=weights)

    def read(name: str) -> object:
        return json.loads((folder / name).read_text(encoding="utf-8"))

    modules = read("modules.json")
    assert isinstance(modules, list)
    assert [module["path"] for module in modules] == ["", "1_Pooling", "2_Normalize"]
    settings = read("config_sentence_transformers.json")
    assert isinstance(settings, dict)
    assert settings["prompts"] == {"query": "query: ", "document": "passage: "}


def test_a_whole_folder_is_not_written_again(weights: Path, tmp_path: Path) -> None:
    assert written(tmp_path / "data", weights)[-1] == DONE
    assert written(tmp_path / "data", weights) == []


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize("harm", [truncate, Path.unlink])
@pytest.mark.parametrize("name", ["model.safetensors", "manifest.json", "onnx/model_int8.onnx"])
def test_a_folder_that_lost_something_is_written_again(
    name: str, harm: Callable[[Path], None], weights: Path, tmp_path: Path
) -> None:
    folder = bundled_model(tmp_path / "data", progress=lambda _: None, delta=None, weights=weights)
    before = (folder / name).stat().st_size
    harm(folder / name)
    assert written(tmp_path / "data", weights)[-1] == DONE
    assert (folder / name).stat().st_size == before


def test_what_a_killed_process_left_is_not_used(weights: Path, tmp_path: Path) -> None:
    process = get_context("spawn").Process(target=killed_halfway, args=(tmp_path / "data", weights))
    process.start()
    process.join()
    models = tmp_path / "data/models"
    left = [path for path in models.iterdir() if path.is_dir()]
    assert process.exitcode == 9
    assert [path.suffix for path in left] == [".part"]
    assert written(tmp_path / "data", weights)[-1] == DONE
    assert not left[0].exists()


def test_of_processes_that_start_at_once_one_writes_and_the_others_wait(
    weights: Path, tmp_path: Path
) -> None:
    with ProcessPoolExecutor(3, mp_context=get_context("spawn")) as pool:
        told = list(pool.map(written, [tmp_path / "data"] * 3, [weights] * 3))
    assert sorted(len(messages) for messages in told) == [0, 0, 4]
    assert written(tmp_path / "data", weights) == []


def test_a_place_that_cannot_be_written_is_named(weights: Path, tmp_path: Path) -> None:
    occupied = tmp_path / "data"
    occupied.write_text("폴더가 아님", encoding="utf-8")
    with pytest.raises(ModelError, match=r"data/models.*권한"):
        bundled_model(occupied, progress=lambda _: None, delta=None, weights=weights)


def test_the_weights_come_with_an_installed_package() -> None:
    assert packed_weights().stat().st_size > 70_000_000
