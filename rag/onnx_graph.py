"""Writes the encoder as an ONNX graph that computes in 8 bits.

Built by hand because nothing else is exact and small: the word table stays in its own 4 bits, the
matrices get one scale a column, and the two end tokens get activation scales of their own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from rag.packed import BLOCK, PackedModel

INPUT, OUTPUT = "input_ids", "token_embeddings"
# Weights use 7 of 8 bits: on processors without VNNI a sum of two full products overflows.
_LARGEST = 63
_CONTRIB = "com.microsoft"


def write_graph(model: PackedModel, path: Path, *, layers: int | None = None) -> None:
    """Write the graph: token ids (texts of one length, no padding) in, token vectors out.

    `layers`: only so many, the first.
    """
    graph = _Graph(model)
    hidden = graph.embeddings()
    for layer in range(layers or model.shape.layers):
        hidden = graph.layer(f"l{layer}", hidden)
    # The word table lies beside the graph and is mapped, so that only the words in use take memory.
    beside = path.with_name(f"{path.name}.data")
    onnx.save(
        graph.finished(hidden),
        path,
        save_as_external_data=True,
        location=beside.name,
        size_threshold=1 << 20,
    )
    if beside.exists():
        beside.chmod(path.stat().st_mode)  # onnx makes it readable to its owner alone


class _Graph:
    """The graph as it grows; every method adds nodes and returns the name of their result."""

    def __init__(self, model: PackedModel) -> None:
        self._model, self._shape = model, model.shape
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}

    def embeddings(self) -> str:
        """Word + position + type, normalized."""
        shape, floats = self._shape, self._model.floats
        nibbles, scales = self._model.blocks("emb.word")
        packed = (nibbles[:, 0::2] | (nibbles[:, 1::2] << 4)).reshape(shape.vocabulary, -1)
        words = self._node(
            "GatherBlockQuantized",
            self._constant("word", packed),
            INPUT,
            self._constant("word.scale", scales.reshape(shape.vocabulary, -1)),
            domain=_CONTRIB,
            bits=4,
            block_size=BLOCK,
            gather_axis=0,
            quantize_axis=1,
        )
        length = self._node("Shape", INPUT, start=1, end=2)
        # Every text is of type 0, so its vector moves into the position table.
        table = floats("emb.pos").reshape(shape.positions, shape.hidden)
        table = table + floats("emb.type")[: shape.hidden]
        start, one = self._integers("start", 0), self._integers("one", 1)
        positions = self._node("Slice", self._constant("position", table), start, length)
        middle = self._node("Sub", length, self._integers("two", 2))
        self._parts = self._node("Concat", one, middle, one, axis=0)
        return self._normalized("emb.ln", words, positions)

    def layer(self, name: str, hidden: str) -> str:
        """One transformer layer."""
        size = self._shape.hidden
        query, key, value = self._split(
            self._linear((f"{name}.q", f"{name}.k", f"{name}.v"), size, hidden),
            axis=-1,
            num_outputs=3,
        )
        attended = self._node(
            "MultiHeadAttention", query, key, value, domain=_CONTRIB, num_heads=self._shape.heads
        )
        hidden = self._normalized(
            f"{name}.aln", hidden, self._linear((f"{name}.ao",), size, attended)
        )
        wide = self._node("Gelu", self._linear((f"{name}.fi",), size, hidden), domain=_CONTRIB)
        return self._normalized(f"{name}.oln", hidden, self._by_parts(f"{name}.fo", wide))

    def finished(self, hidden: str) -> onnx.ModelProto:
        """The model whose output is `hidden`."""
        self._nodes.append(helper.make_node("Identity", [hidden], [OUTPUT]))
        dimensions = ["texts", "tokens"]
        graph = helper.make_graph(
            self._nodes,
            "encoder",
            [helper.make_tensor_value_info(INPUT, TensorProto.INT64, dimensions)],
            [
                helper.make_tensor_value_info(
                    OUTPUT, TensorProto.FLOAT, [*dimensions, self._shape.hidden]
                )
            ],
            list(self._constants.values()),
        )
        opsets = [helper.make_opsetid("", 20), helper.make_opsetid(_CONTRIB, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=10)

    def _by_parts(self, name: str, wide: str) -> str:
        """A linear layer with one scale for the first, the middle and the last tokens each.

        The end tokens carry activations ten times larger than any other; under one common scale
        the rest of the text would be rounded to a few steps (cosine .9966 instead of .9986).
        """
        parts = self._split(wide, self._parts, axis=1, num_outputs=3, lengths=True)
        wanted = self._shape.feed_forward
        return self._node(
            "Concat", *(self._linear((name,), wanted, part) for part in parts), axis=1
        )

    def _linear(self, names: tuple[str, ...], inputs: int, hidden: str) -> str:
        """Linear layers of one input, side by side, in 8 bits with a scale a column."""
        weights = np.concatenate(
            [self._model.floats(f"{name}.w").reshape(-1, inputs) for name in names]
        )
        bias = np.concatenate([self._model.floats(f"{name}.b") for name in names])
        scales = np.maximum(np.abs(weights).max(axis=1), 1e-12) / _LARGEST
        rounded = np.rint(weights / scales[:, None]).astype(np.int8)
        return self._node(
            "DynamicQuantizeMatMul",
            hidden,
            self._constant(f"{names[0]}.w", rounded.T),
            self._constant(f"{names[0]}.scale", scales.astype(np.float32)),
            "",
            self._constant(f"{names[0]}.b", bias),
            domain=_CONTRIB,
        )

    def _normalized(self, name: str, left: str, right: str) -> str:
        """Layer normalization of a sum (twice as fast as ONNX Runtime's fused operator)."""
        return self._node(
            "LayerNormalization",
            self._node("Add", left, right),
            self._constant(f"{name}.w", self._model.floats(f"{name}.w")),
            self._constant(f"{name}.b", self._model.floats(f"{name}.b")),
            axis=-1,
            epsilon=self._shape.epsilon,
        )

    def _constant(self, name: str, values: npt.NDArray[Any]) -> str:
        if name not in self._constants:
            self._constants[name] = numpy_helper.from_array(np.ascontiguousarray(values), name)
        return name

    def _integers(self, name: str, *values: int) -> str:
        return self._constant(name, np.array(values, dtype=np.int64))

    def _split(self, *inputs: str, axis: int, num_outputs: int, lengths: bool = False) -> list[str]:
        number = len(self._nodes)
        outputs = [f"split{number}.{part}" for part in range(num_outputs)]
        options: dict[str, Any] = {} if lengths else {"num_outputs": num_outputs}
        self._nodes.append(helper.make_node("Split", list(inputs), outputs, axis=axis, **options))
        return outputs

    def _node(self, operator: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        output = f"{operator}{len(self._nodes)}"
        self._nodes.append(
            helper.make_node(operator, list(inputs), [output], domain=domain, **attributes)
        )
        return output
