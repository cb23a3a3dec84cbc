"""Questions and texts -> rows for the trainer: a question, what answers it, what does not."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from training.texts import Answered, Line, Passage

Row = dict[str, str]
_BULLETS = " \t□■○●◦ㅇ-–※*•·▪▶▷⇒→"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mined:
    """Rows whose texts are statements, and whose texts are passages.

    Apart, because a batch is as long as its longest text.
    """

    statements: list[Row] = field(default_factory=list)
    passages: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What is learned from: with hard negatives beside the answer, and without."""

    statements: list[Row]
    passages: list[Row]
    triplets: list[Row]
    pairs: list[Row]
    welfare: list[Row]

    def __iter__(self) -> Iterator[Row]:
        return chain(self.statements, self.passages, self.triplets, self.pairs, self.welfare)


def rows(
    answered: Sequence[Answered],
    lines: Sequence[Line],
    passages: Sequence[Passage],
    *,
    chance: random.Random,
    most_welfare: int,
    mined: Mined | None = None,
) -> Rows:
    """All that is not held out, in random order."""
    learned = [one for one in lines if not one.held_out]
    read = [one for one in passages if not one.held_out]
    told = [one for one in answered if not one.held_out]
    triplets = [row for one in learned for row in _of_line(one, chance)]
    triplets += [row for one in read for row in _of_lines(one, chance)]
    pairs = [row for one in learned for row in _among_others(one, chance)]
    pairs += [row for one in read for row in _of_passage(one)]
    welfare = [{"anchor": one.question, "positive": one.text} for one in told]
    for some in (triplets, pairs, welfare):
        chance.shuffle(some)
    mined = mined or Mined()
    return Rows(
        statements=mined.statements,
        passages=mined.passages,
        triplets=triplets,
        pairs=pairs,
        welfare=welfare[:most_welfare],
    )


def _of_line(one: Line, chance: random.Random) -> Iterator[Row]:
    """Its questions with the line and one like it: under the heading, or bare as statements are."""
    for question in chance.sample(one.questions, 2):
        heading = f"{one.section}\n" if chance.random() < 0.5 else ""
        near = chance.choice(one.near)
        yield {
            "anchor": question,
            "positive": heading + one.text,
            "negative": heading + near,
        }


def _among_others(one: Line, chance: random.Random) -> Iterator[Row]:
    """A question with a passage that holds the line among those like it."""
    inside = chance.sample((one.text, *one.near), 1 + len(one.near))
    yield {"anchor": chance.choice(one.questions), "positive": "\n".join((one.section, *inside))}


def _of_passage(passage: Passage) -> Iterator[Row]:
    for asked in passage.asked:
        if asked.line:
            yield {"anchor": asked.question, "positive": passage.text}


def _of_lines(passage: Passage, chance: random.Random) -> Iterator[Row]:
    """Each question with the line that answers it and another of its passage; no rows of tables."""
    plain = [line for line in passage.lines if "\t" not in line and len(line) > 8]
    for asked in passage.asked:
        right = passage.lines[asked.line - 1] if asked.line else ""
        others = [line for line in plain if line != right]
        if right in plain and others:
            yield {
                "anchor": asked.question,
                "positive": right.lstrip(_BULLETS),
                "negative": chance.choice(others).lstrip(_BULLETS),
            }
