"""sentence-transformers behind the `Embedder` protocol.

Torch and the model are loaded by `load_embedder`, not on import: `--help` stays quick.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rag.errors import ModelError
from rag.models import bundled_model, model_name
from rag.protocols import FloatMatrix, FloatVector
from rag.settings import BUNDLED, UNTRAINED, Settings
from rag.tuned import DELTA

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Offsets = list[tuple[int, int]]  # start and end, in characters

_TORCH_BATCH = 4  # on a processor, padding costs more than a large batch gains
_ONNX_BATCH = 32  # `OnnxEncoder` pads nothing


class SentenceEmbedder:
    """Unit vectors from a `SentenceTransformer`, with its own prompts."""

    def __init__(
        self,
        model: SentenceTransformer,
        *,
        name: str,
        batch_size: int,
        offsets: Callable[[str], Offsets],
    ) -> None:
        self._model, self._batch_size, self._offsets = model, batch_size, offsets
        self.name = name
        self.dimension = int(self.embed_query("차원").shape[0])

    def embed_documents(self, texts: Sequence[str]) -> FloatMatrix:
        """One row a text, in order."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return self._model.encode_document(
            list(texts),
            batch_size=self._batch_size,
            normalize_embeddings=True,
            show_progress_bar=False,
        )

    def embed_query(self, text: str) -> FloatVector:
        """The vector of one question."""
        return self._model.encode_query(text, normalize_embeddings=True, show_progress_bar=False)

    def embed_tokens(self, texts: Sequence[str]) -> list[tuple[FloatMatrix, Offsets]]:
        """For each text, the vectors of its tokens and where in the text they stand.

        Not unit vectors; without prompt and marks at the ends. What is past the model's limit is
        left out.
        """
        prompt = self._model.prompts.get("document") or ""
        found = self._model.encode_document(
            list(texts),
            batch_size=self._batch_size,
            output_value="token_embeddings",
            show_progress_bar=False,
        )
        result = []
        for text, marked in zip(texts, found, strict=True):
            vectors = marked.numpy()[1:-1]
            spans = self._offsets(prompt + text)[: len(vectors)]
            kept = [row for row, (start, _) in enumerate(spans) if start >= len(prompt)]
            shifted = [(spans[row][0] - len(prompt), spans[row][1] - len(prompt)) for row in kept]
            result.append((vectors[kept], shifted))
        return result


def load_embedder(
    settings: Settings, *, progress: Callable[[str], None] = lambda message: None
) -> SentenceEmbedder:
    """The embedder that the settings name; `progress` hears of a first, slow start in Korean."""
    if settings.embedding_model not in (BUNDLED, UNTRAINED):
        return _load_other(settings.embedding_model)
    delta = DELTA if settings.embedding_model == BUNDLED else None
    folder = bundled_model(settings.data_dir, progress=progress, delta=delta)
    name = model_name(delta)
    if settings.embedding_backend == "torch":
        return _embedder(_open(str(folder), local_only=True), name=f"{name}-fp32")
    return _int8_embedder(folder, name=f"{name}-int8")


def _load_other(name: str) -> SentenceEmbedder:
    """Any sentence-transformers model, by name or folder."""
    if Path(name).is_dir():
        return _embedder(_open(name, local_only=True), name=Path(name).resolve().name)
    return _embedder(_open(name, local_only=False), name=name)


def _embedder(model: SentenceTransformer, *, name: str) -> SentenceEmbedder:
    def offsets(text: str) -> Offsets:
        encoding = model.tokenizer(text, add_special_tokens=False, return_offsets_mapping=True)
        return [(start, end) for start, end in encoding["offset_mapping"]]

    return SentenceEmbedder(model, name=name, batch_size=_TORCH_BATCH, offsets=offsets)


def _open(name: str, *, local_only: bool) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    # Ours is the only bar the user should see.
    disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(name, device="cpu", local_files_only=local_only)
    # The hub, transformers and torch raise whatever they like; the user's cure is one.
    except Exception as error:
        raise ModelError(
            f"임베딩 모델 {name}을(를) 불러오지 못했습니다({_first_line(error)}). "
            "RAG_EMBEDDING_MODEL에 sentence-transformers 폴더나 이름을 바르게 적었는지 확인하거나, "
            "이 설정을 지워 기본 모델을 쓰세요. 망분리 환경에서는 폴더만 쓸 수 있습니다."
        ) from error


def _int8_embedder(folder: Path, *, name: str) -> SentenceEmbedder:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling

    from rag.model_folder import PROMPTS
    from rag.onnx_encoder import OnnxEncoder

    encoder = OnnxEncoder(folder, threads=processors())
    model = SentenceTransformer(
        modules=[encoder, Pooling(encoder.get_embedding_dimension()), Normalize()],
        prompts=dict(PROMPTS),
        device="cpu",
        local_files_only=True,
    )
    return SentenceEmbedder(
        model, name=name, batch_size=_ONNX_BATCH, offsets=encoder.unigram.offsets
    )


def processors() -> int:
    """The processors this process may use; beyond eight, texts this short gain nothing."""
    try:
        usable = len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS or Windows
        usable = os.cpu_count() or 1
    return min(usable, 8)


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:200] if lines else type(error).__name__
