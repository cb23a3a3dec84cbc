"""Stand-ins for what a fast test cannot have: a language model, another retriever or answerer.

The embedder of all fast tests is `tests.build_fakes.HashedPairs`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models.fake_chat_models import FakeListChatModel
from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatGenerationChunk
from pydantic import Field

from rag.types import Answer, Chunk, Hit, Statement


class ScriptedModel(FakeListChatModel):
    """Replies letter by letter with what it was given; remembers what it was asked."""

    asked: list[str] = Field(default_factory=list)

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        self.asked.append("\n".join(str(message.content) for message in messages))
        yield from super()._stream(messages, stop, run_manager, **kwargs)


class OneLineEvidence:
    """Every line of a passage is a statement, and the passage is its own source."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        self._lines = {hit.chunk.report_id: hit.chunk.text.splitlines() for hit in hits}

    def statements_of(self, chunk: Chunk) -> tuple[Statement, ...]:
        from tests.made import statement

        lines = enumerate(chunk.text.splitlines(), start=1)
        return tuple(statement(line, line=number) for number, line in lines)

    def lines(self, report_id: str, first: int, last: int) -> tuple[str, ...]:
        return tuple(self._lines[report_id][first - 1 : last])


class FixedRetriever:
    """Finds the same passages whatever is asked."""

    def __init__(self, *hits: Hit) -> None:
        self._hits = hits
        self.asked: list[tuple[str, int, tuple[str, ...]]] = []

    def search(self, question: str, *, k: int, reports: Sequence[str] = ()) -> tuple[Hit, ...]:
        self.asked.append((question, k, tuple(reports)))
        return self._hits[:k]


class CountingAnswerer:
    """Says how many passages it was given, growing by a letter."""

    def answer(self, question: str, hits: tuple[Hit, ...]) -> Answer:
        return list(self.stream(question, hits))[-1]

    def stream(self, question: str, hits: tuple[Hit, ...]) -> Iterator[Answer]:
        text = f"{len(hits)}건"
        for end in range(1, len(text) + 1):
            yield Answer(
                question=question, text=text[:end], citations=(), hits=hits, abstained=False
            )
