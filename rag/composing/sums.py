"""Sums that are told with their parts, `18명(용역 15, 공무원 3)`, read exactly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rag.amounts import in_won
from rag.composing.figures import Figure, figures
from rag.korean import squeezed
from rag.question import Question

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_BRACKETS = re.compile(r"\(([^()]*\d[^()]*)\)")
_BETWEEN = re.compile(r",(?!\d{3}(?!\d))|[/·]")
_PART = re.compile(
    rf"((?:['’]?\d{{2}}|20\d\d)년?(?=\s)|\D{{2,}}?)\s?({_NUMBER.pattern})\s?(\D*?)(?:\s?포함)?"
)


@dataclass(frozen=True, slots=True)
class SumPart:
    """One part of a sum; `of` is the sum with what stands before it."""

    name: str
    value: str  # with what it counts
    of: str
    whole: Figure


def named_part(question: Question, text: str) -> SumPart | None:
    """The one part that the question names; None where it names several, or none."""
    words = squeezed(question.text)
    named = [part for part in _parts(text, question.counted) if squeezed(part.name) in words]
    return named[0] if len(named) == 1 else None


def _parts(text: str, counter: str) -> Iterator[SumPart]:
    """The parts of every sum of a text; one without a counter counts what its sum does."""
    for brackets in _BRACKETS.finditer(text):
        found = [_PART.fullmatch(part.strip()) for part in _BETWEEN.split(brackets[1])]
        parts = [part for part in found if part]
        before = text[: brackets.start()]
        whole = _sum(before, figures(before, counter), [part[2] for part in parts])
        if whole and len(parts) == len(found):
            unit = _NUMBER.sub("", whole.text, count=1).strip()
            if {part[3] for part in parts} <= {"", unit}:
                of = text[: whole.at + len(whole.text)]
                yield from (SumPart(part[1].strip(), part[2] + unit, of, whole) for part in parts)


def _sum(before: str, sums: Sequence[Figure], numbers: Sequence[str]) -> Figure | None:
    """The sum that the parts add up to, or that they are less than and stand right behind."""
    sums = [one for one in sums if one.unit != "%"]
    parts = [in_won(number) for number in numbers]
    exact = [one for one in sums if _printed(one) == sum(parts)]
    if exact:
        return exact[-1]
    last = sums[-1] if sums and parts else None
    behind = last and not before[last.at + len(last.text) :].strip()
    return last if last and behind and max(parts) < _printed(last) else None


def _printed(figure: Figure) -> Decimal:
    return figure.value / figure.scale
