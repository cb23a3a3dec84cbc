from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from rag.onnx_graph import INPUT, write_graph
from rag.packed import PackedModel
from rag.protocols import FloatMatrix
from tests.tiny_model import HEADS, HIDDEN, PIECES, POSITIONS, WIDE, write_packed

GELU = np.vectorize(lambda value: 0.5 * value * (1 + math.erf(value / math.sqrt(2))))


def bert(model: PackedModel, ids: list[int]) -> FloatMatrix:
    """The tiny model as the paper has it, in full precision."""

    def linear(name: str, rows: FloatMatrix, inputs: int = HIDDEN) -> FloatMatrix:
        weights = model.floats(f"l0.{name}.w").reshape(-1, inputs)
        return np.asarray(rows @ weights.T + model.floats(f"l0.{name}.b"))

    def normalized(name: str, rows: FloatMatrix) -> FloatMatrix:
        centred = rows - rows.mean(axis=1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-12)
        return np.asarray(scaled * model.floats(f"{name}.w") + model.floats(f"{name}.b"))

    def heads(name: str) -> FloatMatrix:
        return linear(name, hidden).reshape(len(ids), HEADS, -1).swapaxes(0, 1)

    words = model.floats("emb.word").reshape(-1, HIDDEN)[ids]
    positions = model.floats("emb.pos").reshape(-1, HIDDEN)[: len(ids)]
    hidden = normalized("emb.ln", words + positions + model.floats("emb.type")[:HIDDEN])
    scores = heads("q") @ heads("k").swapaxes(1, 2) / math.sqrt(HIDDEN / HEADS)
    shares = np.exp(scores) / np.exp(scores).sum(axis=2, keepdims=True)
    attended = (shares @ heads("v")).swapaxes(0, 1).reshape(len(ids), HIDDEN)
    hidden = normalized("l0.aln", hidden + linear("ao", attended))
    wide = GELU(linear("fi", hidden))
    return normalized("l0.oln", hidden + linear("fo", wide, WIDE))


@pytest.mark.parametrize("length", [2, 3, 11, POSITIONS])
def test_the_8_bit_graph_computes_the_encoder(length: int, tmp_path: Path) -> None:
    model = PackedModel(write_packed(tmp_path / "tiny.bin"))
    write_graph(model, tmp_path / "tiny.onnx")
    session = onnxruntime.InferenceSession(
        str(tmp_path / "tiny.onnx"), providers=["CPUExecutionProvider"]
    )
    ids = [number % len(PIECES) for number in range(length)]
    (found,) = session.run(None, {INPUT: np.array([ids, ids[::-1]], dtype=np.int64)})
    for rows, order in zip(found, (ids, ids[::-1]), strict=True):
        expected = bert(model, order)
        cosines = (rows * expected).sum(1) / (
            np.linalg.norm(rows, axis=1) * np.linalg.norm(expected, axis=1)
        )
        assert cosines.min() > 0.999
