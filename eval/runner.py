"""Asks every question of a set and writes what each gave; a failure is a line, not the end."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from time import perf_counter
from typing import Protocol

from tqdm import tqdm

from eval.dataset import Question
from eval.runlog import RunLog
from rag.answer_json import to_json
from rag.errors import RagError
from rag.types import Answer

_log = logging.getLogger(__name__)


class Asker(Protocol):
    """What a run needs of the assistant."""

    def ask(self, question: str) -> Answer:
        """One answer; raises `RagError` for what cannot be asked."""


def run(asker: Asker, questions: Sequence[Question], *, log: RunLog) -> int:
    """Ask what `log` does not hold yet, in order; returns how many of these failed."""
    left = [question for question in questions if question.id not in log.done]
    failed = 0
    if left:
        _attempt(asker, left[0])  # models load on the first question; its time is nobody's
    for question in tqdm(left, desc="질문", unit="문항", file=sys.stderr):
        line = result_line(asker, question)
        failed += line["error"] is not None
        log.append(line)
    log.sort([question.id for question in questions])
    return failed


def result_line(asker: Asker, question: Question) -> dict[str, object]:
    """The answer to one question as the results file has it, with `seconds` on the wall clock."""
    started = perf_counter()
    answer, error = _attempt(asker, question)
    seconds = round(perf_counter() - started, 6)
    return {"id": question.id, **to_json(answer), "seconds": seconds, "error": error}


def _attempt(asker: Asker, question: Question) -> tuple[Answer, str | None]:
    try:
        return asker.ask(question.text), None
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
