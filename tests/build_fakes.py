"""A build in small: one-line chunks, whitespace words, vectors of hashed character pairs."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from index.builder import Steps
from index.derive import Language
from rag.errors import ReportError
from rag.protocols import FloatMatrix, FloatVector
from rag.types import Chunk, Page, Report, Span, Statement


class HashedPairs:
    """Texts that share character pairs are near; remembers what it embedded."""

    def __init__(self, *, name: str = "pairs", dimension: int = 64) -> None:
        self.name, self.dimension = name, dimension
        self.texts: list[str] = []

    def embed_documents(self, texts: Sequence[str]) -> FloatMatrix:
        self.texts += texts
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> FloatVector:
        vector = np.full(self.dimension, 1e-3, dtype=np.float32)
        for pair in pairs_of(text):
            vector[zlib.crc32(pair.encode()) % self.dimension] += 1
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


@dataclass(frozen=True)
class LineCut:
    """A chunk of one line, which says what the line says."""

    chunk: Chunk
    statements: tuple[Statement, ...]


def pairs_of(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(len(text) - 1)]


def words_of(texts: Sequence[str]) -> list[list[str]]:
    return [text.split() for text in texts]


def read_lines(path: Path) -> tuple[Report, ...]:
    """A report whose first line is its title, ten lines a page."""
    if path.suffix == ".bad":
        raise ReportError(path, "읽을 수 없는 파일입니다.")
    lines = path.read_text(encoding="utf-8").splitlines()
    pages = tuple(
        Page(number=at // 10 + 1, exact=True, first_line=at + 1, lines=tuple(lines[at : at + 10]))
        for at in range(0, len(lines), 10)
    )
    report = Report(
        id=path.stem,
        title=lines[0] if lines else "",
        path=str(path),
        sha256=sha256(path.read_bytes()).hexdigest(),
        published="2024. 1.",
        pages=pages,
    )
    return (report,)


def cut_lines(report: Report) -> tuple[LineCut, ...]:
    return tuple(
        _cut(report, number, line)
        for number, line in enumerate(report.lines, start=1)
        if line.strip()
    )


def _cut(report: Report, number: int, line: str) -> LineCut:
    page = (number - 1) // 10 + 1
    span = Span(
        first_page=page, last_page=page, page_exact=True, first_line=number, last_line=number
    )
    chunk = Chunk(
        id=f"{report.id}:{number:04d}",
        report_id=report.id,
        report_title=report.title,
        section=("Ⅰ. 현황", "1. 사업"),
        text=line,
        span=span,
    )
    said = Statement(
        text=line, context=("□ 개요",), span=span, chunk_id=chunk.id, kind="line", unit="명"
    )
    return LineCut(chunk, (said,))


def find_in(paths: Sequence[Path]) -> list[Path]:
    """Files as named, and the files of folders."""
    listed = [sorted(path.iterdir()) if path.is_dir() else [path] for path in paths]
    return [file for files in listed for file in files]


def small_steps(
    *,
    embedder: HashedPairs | None = None,
    read: Callable[[Path], Sequence[Report]] = read_lines,
) -> Steps:
    return Steps(
        find=find_in,
        reading=lambda: nullcontext(read),
        cut=cut_lines,
        language=Language(tokenize_all=words_of, bigrams=pairs_of),
        embedder=lambda: embedder or HashedPairs(),
    )
