"""Asks every question of a set and writes what each gave; a failure is a line, not the end."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from itertools import groupby, islice
from time import perf_counter
from typing import Protocol

from tqdm import tqdm

from eval.dataset import Question
from eval.retrieval import DEEP
from eval.runlog import RunLog
from rag.answer_json import to_json
from rag.assistant import Assistant
from rag.errors import RagError
from rag.types import Answer

_log = logging.getLogger(__name__)

Line = Mapping[str, object]  # of the results file


class Asker(Protocol):
    """What a run needs of the assistant."""

    def ask(self, question: str) -> Answer:
        """One answer; raises `RagError` for what cannot be asked."""


class Searcher:
    """Looks for passages and says nothing, as public retrieval benchmarks want it."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def ask(self, question: str) -> Answer:
        """The best passages with an empty text."""
        hits = self._assistant.search(question, k=DEEP)
        return Answer(question=question, text="", citations=(), hits=hits, abstained=False)


def run(asker: Asker, questions: Sequence[Question], *, log: RunLog, jobs: int = 1) -> int:
    """Ask what `log` does not hold yet; returns how many of these failed.

    With several `jobs` questions are asked side by side, the turns of a dialogue one after the
    other. Their lines stand in the order of the questions all the same.
    """
    left = [question for question in questions if question.id not in log.done]
    failed = 0
    if left:
        _attempt(asker, left[0])  # models load on the first question; its time is nobody's
    with tqdm(total=len(left), desc="질문", unit="문항", file=sys.stderr) as bar:
        for line in _lines(asker, left, jobs):
            failed += line["error"] is not None
            log.append(line)
            bar.update()
    log.sort([question.id for question in questions])
    return failed


def result_line(asker: Asker, question: Question) -> dict[str, object]:
    """The answer to one question as the results file has it, with `seconds` on the wall clock."""
    started = perf_counter()
    answer, error = _attempt(asker, question)
    seconds = round(perf_counter() - started, 6)
    return {
        "id": question.id,
        **to_json(answer),
        "question": question.text,  # as it stands in the set: it may be changed before the next run
        "confidence": answer.confidence,
        "seconds": seconds,
        "error": error,
    }


def _lines(asker: Asker, questions: Sequence[Question], jobs: int) -> Iterator[Line]:
    """A line for every question as they come in."""
    talks = (list(turns) for _, turns in groupby(questions, key=lambda q: q.dialogue or q.id))
    if jobs == 1:
        for talk in talks:
            yield from (result_line(asker, question) for question in talk)
        return
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        # A few at a time: whoever stops the run does not wait for thousands.
        asked = {pool.submit(_talk, asker, talk) for talk in islice(talks, 2 * jobs)}
        while asked:
            done, asked = wait(asked, return_when=FIRST_COMPLETED)
            asked |= {pool.submit(_talk, asker, talk) for talk in islice(talks, len(done))}
            for future in done:
                yield from future.result()


def _talk(asker: Asker, turns: Sequence[Question]) -> list[Line]:
    return [result_line(asker, question) for question in turns]


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
