"""Which reader reads a file: its content decides, not its name.

A new format is one line in `_SIGNATURES` with its reader.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from index.readers.jsonl import read_jsonl
from index.readers.source import Source, load
from index.readers.text import read_text
from rag.types import Report

Reader = Callable[[Source], tuple[Report, ...]]


@dataclass(frozen=True, slots=True)
class _Format:
    name: str
    signature: bytes
    read: Reader | None = None  # None: known, so that it is not taken for text, but not read yet


_SIGNATURES = (
    _Format("PDF", b"%PDF-"),
    _Format("HWP", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    _Format("HWP", b"HWP Document File"),
    _Format("HWPX·DOCX(ZIP)", b"PK\x03\x04"),
    _Format("ZIP", b"PK\x05\x06"),
)


def read_file(path: Path, *, max_bytes: int) -> tuple[Report, ...]:
    """The reports in the file (several in a JSONL corpus); `ReportError` says why there is none."""
    source = load(path, max_bytes=max_bytes)
    for known in _SIGNATURES:
        if source.data.startswith(known.signature):
            return _read_known(known, source)
    return read_jsonl(source) if path.suffix.lower() == ".jsonl" else read_text(source)


def _read_known(known: _Format, source: Source) -> tuple[Report, ...]:
    if known.read is None:
        raise source.error(
            f"{known.name} 형식은 아직 읽지 못합니다. 텍스트(.txt)로 저장해서 넣어 주세요."
        )
    return known.read(source)
