"""Writes the packed weights out as an ordinary sentence-transformers folder."""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rag.packed import PackedModel, Shape, Vocabulary

MAX_TOKENS = 512
PROMPTS = {"query": "query: ", "document": "passage: "}
ONNX = "onnx"  # the folder of what runs in ONNX Runtime
GRAPH = "model_int8.onnx"

_MODULES = (
    ("", "sentence_transformers.base.modules.transformer.Transformer"),
    ("1_Pooling", "sentence_transformers.sentence_transformer.modules.pooling.Pooling"),
    ("2_Normalize", "sentence_transformers.base.modules.normalize.Normalize"),
)
# Names in the packed file -> names in BertModel.
_EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def write_folder(model: PackedModel, folder: Path, *, progress: Callable[[str], None]) -> None:
    """Fill an empty folder: configuration, tokenizer, weights, and the 8-bit graph."""
    from rag.onnx_graph import write_graph
    from rag.sentencepiece import build_tokenizer
    from rag.unigram import save_vocabulary

    progress("임베딩 모델 준비 1/3: 설정과 토크나이저를 쓰고 있습니다.")
    for name, content in _settings(model.shape, model.vocabulary).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    tokenizer = build_tokenizer(model.vocabulary, max_tokens=MAX_TOKENS)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    save_vocabulary(model.vocabulary, folder / ONNX)
    progress("임베딩 모델 준비 2/3: 가중치를 풀고 있습니다.")
    write_safetensors(model, folder / "model.safetensors")
    progress("임베딩 모델 준비 3/3: 8비트 모델을 만들고 있습니다.")
    write_graph(model, folder / ONNX / GRAPH)


def write_graph_alone(model: PackedModel, folder: Path, *, layers: int) -> None:
    """Fill an empty folder with the 8-bit graph of the first layers, and its tokenizer."""
    from rag.onnx_graph import write_graph
    from rag.unigram import save_vocabulary

    save_vocabulary(model.vocabulary, folder / ONNX)
    write_graph(model, folder / ONNX / GRAPH, layers=layers)


def write_safetensors(model: PackedModel, path: Path) -> None:
    """Write the weights in full precision, one tensor at a time, so that memory stays small."""
    tensors = _bert_tensors(model.shape)
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    end = 0
    for bert_name, (packed_name, shape) in tensors.items():
        length = math.prod(shape)
        if model.length(packed_name) != length:
            raise ValueError(f"{packed_name}의 크기가 다름")
        start, end = end, end + 4 * length
        header[bert_name] = {"dtype": "F32", "shape": shape, "data_offsets": [start, end]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for packed_name, _ in tensors.values():
            for piece in model.pieces(packed_name):
                file.write(piece.astype("<f4").tobytes())


def _bert_tensors(shape: Shape) -> dict[str, tuple[str, list[int]]]:
    """BertModel's name -> name in the packed file, shape."""
    rows = {"emb.word": shape.vocabulary, "emb.pos": shape.positions, "emb.type": shape.types}
    wide, size = shape.feed_forward, shape.hidden
    matrices = {"fi": [wide, size], "fo": [size, wide]}
    tensors = {
        bert: (packed, [rows[packed], size] if packed in rows else [size])
        for packed, bert in _EMBEDDINGS.items()
    }
    for layer in range(shape.layers):
        for packed, bert in _LAYER.items():
            name = f"encoder.layer.{layer}.{bert}"
            matrix = [size] if packed.endswith("ln") else matrices.get(packed, [size, size])
            tensors[f"{name}.weight"] = (f"l{layer}.{packed}.w", matrix)
            tensors[f"{name}.bias"] = (f"l{layer}.{packed}.b", matrix[:1])
    return tensors


def _settings(shape: Shape, vocabulary: Vocabulary) -> dict[str, Any]:
    """File name -> content of every configuration file."""
    return {
        "modules.json": [
            {"idx": number, "name": str(number), "path": path, "type": kind}
            for number, (path, kind) in enumerate(_MODULES)
        ],
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "prompts": PROMPTS,
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "sentence_bert_config.json": {
            "transformer_task": "feature-extraction",
            "model_kwargs": {"add_pooling_layer": False},
            "modality_config": {
                "text": {"method": "forward", "method_output_name": "last_hidden_state"}
            },
            "module_output_name": "token_embeddings",
        },
        "1_Pooling/config.json": {"embedding_dimension": shape.hidden, "pooling_mode": "mean"},
        "2_Normalize/config.json": {},
        "config.json": _bert_config(shape, vocabulary),
        "tokenizer_config.json": _tokenizer_config(vocabulary),
    }


def _bert_config(shape: Shape, vocabulary: Vocabulary) -> dict[str, Any]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "dtype": "float32",
        "hidden_act": "gelu",
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.feed_forward,
        "vocab_size": shape.vocabulary,
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.types,
        "layer_norm_eps": shape.epsilon,
        "pad_token_id": vocabulary.pad,
    }


def _tokenizer_config(vocabulary: Vocabulary) -> dict[str, Any]:
    first, last = vocabulary.pieces[vocabulary.bos], vocabulary.pieces[vocabulary.eos]
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": MAX_TOKENS,
        "bos_token": first,
        "cls_token": first,
        "eos_token": last,
        "sep_token": last,
        "pad_token": vocabulary.pieces[vocabulary.pad],
        "unk_token": vocabulary.pieces[vocabulary.unk],
    }
