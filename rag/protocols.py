"""The verbs: seams where two implementations stand. Every one passes one contract test."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from rag.types import Answer, Chunk, Hit, Statement

FloatMatrix = npt.NDArray[np.float32]
FloatVector = npt.NDArray[np.float32]


class Embedder(Protocol):
    """Turns text into unit vectors. Most models embed a question and a passage differently."""

    @property
    def name(self) -> str:
        """Model and backend; an index remembers it and refuses another."""

    @property
    def dimension(self) -> int:
        """Length of every vector."""

    def embed_documents(self, texts: Sequence[str]) -> FloatMatrix:
        """One row a text, in order."""

    def embed_query(self, text: str) -> FloatVector:
        """The vector of one question."""


class Reranker(Protocol):
    """Reads a question together with a text that may answer it."""

    def score(self, question: str, text: str) -> float:
        """Log-odds that the text tells what is asked; 0 where it is as likely as not."""


class Retriever(Protocol):
    """Finds the chunks that bear on a question: at most `k`, best first, none when none."""

    def search(self, question: str, *, k: int, reports: Sequence[str] = ()) -> tuple[Hit, ...]:
        """Look only in `reports` (ids) when any are given."""


class Answerer(Protocol):
    """Says what the hits tell about a question; every citation it gives is verified."""

    def answer(self, question: str, hits: tuple[Hit, ...]) -> Answer:
        """The whole answer."""

    def stream(self, question: str, hits: tuple[Hit, ...]) -> Iterator[Answer]:
        """The same answer as it grows; the last one is what `answer` returns."""


class Evidence(Protocol):
    """What the passages say, and the lines they say it in."""

    def statements_of(self, chunk: Chunk) -> tuple[Statement, ...]:
        """The statements of a chunk, in order."""

    def lines(self, report_id: str, first: int, last: int) -> tuple[str, ...]:
        """The report's lines from `first` to `last`."""
