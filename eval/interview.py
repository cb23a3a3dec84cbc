"""Asking, one question after the other: a result for each, and what was said is remembered."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from time import perf_counter
from typing import Protocol

from eval.dataset import Question
from rag.answer_json import to_json
from rag.errors import RagError
from rag.followups.conversation import remembered
from rag.types import Answer

_log = logging.getLogger(__name__)

Line = Mapping[str, object]  # of the results file


class Asker(Protocol):
    """What a run needs of the assistant."""

    def ask(self, question: str, *, history: Sequence[Answer] = ()) -> Answer:
        """One answer, after those of `history`; raises `RagError` for what cannot be asked."""


class Interview:
    """Questions to one asker. The turns of a dialogue are one conversation; the next is another."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker
        self._dialogue: str | None = None
        self._history: tuple[Answer, ...] = ()

    def line(self, question: Question) -> Line:
        """What a question gave, as the results file has it, with `seconds` on the wall clock."""
        if question.dialogue is None or question.dialogue != self._dialogue:
            self._dialogue, self._history = question.dialogue, ()
        started = perf_counter()
        answer, error = self._attempt(question)
        seconds = round(perf_counter() - started, 6)
        if error is None:  # what failed was not said
            self._history = remembered(self._history, answer)
        return {
            "id": question.id,
            **to_json(answer),
            # As it stands in the set: it may be changed before the next run.
            "question": question.text,
            "resolved": answer.resolved,
            "confidence": answer.confidence,
            "seconds": seconds,
            "error": error,
        }

    def _attempt(self, question: Question) -> tuple[Answer, str | None]:
        try:
            return self._asker.ask(question.text, history=self._history), None
        except RagError as error:
            message = str(error)
        except Exception as error:  # a bug met by one question must not cost the other answers
            _log.exception("question %s failed", question.id)
            message = f"{type(error).__name__}: {error}"
        return _refusal(question, reason=message), message


def _refusal(question: Question, *, reason: str) -> Answer:
    return Answer(
        question=question.text, text="", citations=(), hits=(), abstained=True, reason=reason
    )
