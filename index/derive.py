"""From cut reports to what is searched: vectors, morphemes and character bigrams."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from rag.protocols import Embedder, FloatMatrix
from rag.store import statement_text
from rag.types import Chunk, Statement

_SLICE = 256  # texts embedded between two reports of progress


class Cut(Protocol):
    """A chunk and the statements in it, as `index.chunker.cut` gives them."""

    @property
    def chunk(self) -> Chunk: ...

    @property
    def statements(self) -> tuple[Statement, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """How text is split; the question must be split the same way."""

    tokenize_all: Callable[[Sequence[str]], list[list[str]]]
    bigrams: Callable[[str], list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """One item or matrix row a chunk, then one a statement, in order."""

    chunk_vectors: FloatMatrix
    chunk_tokens: Sequence[list[str]]
    chunk_grams: Sequence[list[str]]
    statement_vectors: FloatMatrix
    statement_tokens: Sequence[list[str]]


def derive(
    cuts: Sequence[Cut], *, embedder: Embedder, language: Language, step: Callable[[float], None]
) -> Derived:
    """Everything searched of the cut chunks; `step` hears what share of the work is done."""
    chunks = [cut.chunk.search_text for cut in cuts]
    statements = [statement for cut in cuts for statement in cut.statements]
    pieces = [text.split("\n") for text in chunks]
    pieces += [[*statement.context, statement.text] for statement in statements]
    tokens = _tokenize(pieces, language)
    texts = [*chunks, *map(statement_text, statements)]
    vectors = _embed(texts, embedder, step)
    return Derived(
        chunk_vectors=vectors[: len(chunks)],
        chunk_tokens=tokens[: len(chunks)],
        chunk_grams=[language.bigrams(text) for text in chunks],
        statement_vectors=vectors[len(chunks) :],
        statement_tokens=tokens[len(chunks) :],
    )


def _tokenize(texts: Sequence[Sequence[str]], language: Language) -> list[list[str]]:
    """The morphemes of texts given as lines.

    Headings, labels and the lines that are statements stand in many texts: taking each once halves
    the time, and 99.6 % of the morphemes are those of the whole text.
    """
    distinct = list(dict.fromkeys(piece for pieces in texts for piece in pieces))
    tokens = dict(zip(distinct, language.tokenize_all(distinct), strict=True))
    return [[token for piece in pieces for token in tokens[piece]] for pieces in texts]


def _embed(texts: Sequence[str], embedder: Embedder, step: Callable[[float], None]) -> FloatMatrix:
    """One row a text. The same text is embedded once: table rows repeat a lot."""
    distinct = list(dict.fromkeys(texts))
    vectors = np.empty((len(distinct), embedder.dimension), dtype=np.float32)
    for start in range(0, len(distinct), _SLICE):
        part = distinct[start : start + _SLICE]
        vectors[start : start + len(part)] = embedder.embed_documents(part)
        step((start + len(part)) / len(distinct))
    place = {text: at for at, text in enumerate(distinct)}
    return vectors[[place[text] for text in texts]]
