"""Asks every question of a set and writes what each gave; a failure is a line, not the end."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import groupby, islice, takewhile

from tqdm import tqdm

from eval.dataset import Question
from eval.interview import Asker, Interview, Line
from eval.retrieval import DEEP
from eval.runlog import RunLog
from rag.assistant import Assistant
from rag.types import Answer


class Searcher:
    """Looks for passages and says nothing, as public retrieval benchmarks want it."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def ask(self, question: str, *, history: Sequence[Answer] = ()) -> Answer:
        """The best passages with an empty text, whatever was asked before."""
        hits = self._assistant.search(question, k=DEEP)
        return Answer(question=question, text="", citations=(), hits=hits, abstained=False)


def run(asker: Asker, questions: Sequence[Question], *, log: RunLog, jobs: int = 1) -> int:
    """Ask what `log` does not hold yet; returns how many of these failed.

    The turns of a dialogue are one conversation, asked one after the other. Where one of them is
    to be asked, so are those behind it, whose answers may depend on it; those in front of it are
    asked once more for what they tell. With several `jobs` conversations go on side by side;
    their lines stand in the order of the questions all the same.
    """
    talks = _conversations(questions, log.done)
    left = sum(len(talk.turns) - talk.told for talk in talks)
    failed = 0
    if talks:
        Interview(asker).line(talks[0].turns[0])  # models load on the first; its time is nobody's
    with tqdm(total=left, desc="질문", unit="문항", file=sys.stderr) as bar:
        for line in _lines(asker, talks, jobs):
            failed += line["error"] is not None
            log.append(line)
            bar.update()
    log.sort([question.id for question in questions])
    return failed


@dataclass(frozen=True, slots=True)
class _Conversation:
    """Questions that are asked in one conversation; the first `told` need no new line."""

    turns: tuple[Question, ...]
    told: int


def _conversations(questions: Sequence[Question], done: Collection[str]) -> list[_Conversation]:
    """Those in which something is left to ask."""
    talks = (tuple(turns) for _, turns in groupby(questions, key=lambda q: q.dialogue or q.id))
    counted = (
        _Conversation(talk, sum(1 for _ in takewhile(lambda turn: turn.id in done, talk)))
        for talk in talks
    )
    return [talk for talk in counted if talk.told < len(talk.turns)]


def _lines(asker: Asker, talks: Sequence[_Conversation], jobs: int) -> Iterator[Line]:
    """A line for every question as they come in."""
    if jobs == 1:
        for talk in talks:
            yield from _told(asker, talk)
        return
    waiting = iter(talks)
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        # A few at a time: whoever stops the run does not wait for thousands.
        asked = {pool.submit(_talk, asker, talk) for talk in islice(waiting, 2 * jobs)}
        while asked:
            done, asked = wait(asked, return_when=FIRST_COMPLETED)
            asked |= {pool.submit(_talk, asker, talk) for talk in islice(waiting, len(done))}
            for future in done:
                yield from future.result()


def _talk(asker: Asker, talk: _Conversation) -> list[Line]:
    return list(_told(asker, talk))


def _told(asker: Asker, talk: _Conversation) -> Iterator[Line]:
    """The lines of one conversation that are new."""
    interview = Interview(asker)
    return islice((interview.line(turn) for turn in talk.turns), talk.told, None)
