"""A packed model small enough to check by hand, in the format of the bundled one."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np

from rag.packed import Vocabulary

HIDDEN, HEADS, WIDE, POSITIONS = 32, 2, 64, 24
PIECES = {
    "<s>": 0.0,
    "<pad>": 0.0,
    "</s>": 0.0,
    "<unk>": 0.0,
    "▁": -4.0,
    "▁공공": -3.0,
    "▁공": -5.0,
    "공": -6.0,
    "일": -4.5,
    "자리": -3.5,
    "일자리": -2.0,
    "자": -6.0,
    "리": -6.0,
    "m": -5.0,
    "2": -5.0,
    "2)": -4.0,
    ")": -5.0,
    "(": -5.0,
    "▁면": -4.0,
    "적": -4.0,
    "～": -5.0,
}
VOCABULARY = Vocabulary(
    pieces=tuple(PIECES), scores=tuple(PIECES.values()), bos=0, eos=2, pad=1, unk=3
)


def q4_block(scale: float, weights: list[int]) -> bytes:
    """32 weights of 0 to 15: bytes hold weight i in the low half and weight 16 + i in the high."""
    return struct.pack("<e", scale) + bytes(
        low | high << 4 for low, high in zip(weights[:16], weights[16:], strict=True)
    )


def tiny_tensors() -> dict[str, tuple[int, int, bytes]]:
    """Name -> kind, number of weights, bytes; random but the same every time."""
    random = np.random.default_rng(7)
    tensors: dict[str, tuple[int, int, bytes]] = {}

    def matrix(name: str, count: int) -> None:
        blocks = (q4_block(0.02, random.integers(0, 16, 32).tolist()) for _ in range(count // 32))
        tensors[name] = (1, count, b"".join(blocks))

    def floats(name: str, count: int, centre: float = 0.0) -> None:
        values = (centre + 0.1 * random.standard_normal(count)).astype("<f4")
        tensors[name] = (0, count, values.tobytes())

    matrix("emb.word", len(PIECES) * HIDDEN)
    floats("emb.pos", POSITIONS * HIDDEN)
    floats("emb.type", 2 * HIDDEN)
    for name in ("emb.ln", "l0.aln", "l0.oln"):
        floats(f"{name}.w", HIDDEN, centre=1.0)
        floats(f"{name}.b", HIDDEN)
    for name, rows, columns in (
        *((part, HIDDEN, HIDDEN) for part in ("q", "k", "v", "ao")),
        ("fi", WIDE, HIDDEN),
        ("fo", HIDDEN, WIDE),
    ):
        matrix(f"l0.{name}.w", rows * columns)
        floats(f"l0.{name}.b", rows)
    return tensors


def write_packed(path: Path, tensors: dict[str, tuple[int, int, bytes]] | None = None) -> Path:
    """Write a packed file of one layer; `tensors` instead of the random ones."""
    tensors = tiny_tensors() if tensors is None else tensors
    encoded = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, encoded)]).astype("<u4")
    head = b"E5S1" + struct.pack("<I", 1)
    head += struct.pack("<7ifi", HIDDEN, 1, HEADS, WIDE, len(PIECES), POSITIONS, 2, 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, int(offsets[-1])) + offsets.tobytes()
    head += np.array(list(PIECES.values()), dtype="<f4").tobytes() + b"".join(encoded)
    head += struct.pack("<iI", 1, 9) + struct.pack("<IBI", 0xFF21, 1, 0x41)  # Ａ -> A
    head += struct.pack("<i", len(tensors))
    directory_size = sum(2 + len(name.encode()) + 1 + 4 + 8 + 8 for name in tensors)
    at = len(head) + directory_size
    body = b""
    for name, (kind, count, raw) in tensors.items():
        head += struct.pack("<H", len(name)) + name.encode()
        head += struct.pack("<BIQQ", kind, count, at + len(body), len(raw))
        body += raw
    path.write_bytes(head + body)
    return path
