"""Sums that are told with their parts, `18명(용역 15, 공무원 3)`, read exactly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rag.amounts import NUMBER, in_won
from rag.composing.figures import Figure, figures
from rag.korean import fold, squeezed
from rag.question import Question

_BRACKETS = re.compile(r"\(([^()]*\d[^()]*)\)")
_BETWEEN = re.compile(r",(?!\d{3}(?!\d))|[/·]")
_PART = re.compile(
    rf"((?:['’]?\d{{2}}|20\d\d)년?(?=\s)|\D{{2,}}?)\s?({NUMBER})\s?(\D*?)(?:\s?포함)?"
)
# A part's name goes on as that of who or what is counted, not as another word: `민간위탁`.
_WHO = r"(?:장애인|위원|업체?|기업|직원|인력|가구|시설)?(?=[은는이가을를의에와과도로만까부,?]|\s|$)"
PART_OF = re.compile(r"가운데|중(?:에|에서)?\s|몫")
LEFT_OUT = re.compile(r"[뺀뺄]|빼고|제외|나머지")
_NO_PART = re.compile(r"기간|간격|평균|목표|계획|전년|당초|정원|현원|누계|최소|최대|\d|[도률율]$")
_OTHERWISE = re.compile(r"아닌|아니|\d인당|1인|걸리|진행")


@dataclass(frozen=True, slots=True)
class SumPart:
    """One part of a sum; `of` is the sum with what stands before it."""

    name: str
    value: str  # with what it counts
    of: str
    whole: Figure
    exact: bool  # it and the others add up to the sum

    def is_named(self, folded: str) -> bool:
        """Whether a folded question names it."""
        name = r"\s?".join(map(re.escape, squeezed(self.name)))
        return re.search(name + _WHO, folded) is not None


def named_part(question: Question, text: str) -> SumPart | None:
    """The one part that the question names and asks for, and nothing else the text tells.

    Parts that do not add up to the sum are told only where they are asked for as such.
    """
    named = [one for one in _parts(text, question.counted) if one.is_named(question.folded)]
    if len(named) != 1 or _OTHERWISE.search(question.folded):
        return None
    (part,) = named
    own, rest = fold(f"{part.of} {part.name}"), fold(text)[len(fold(part.of)) :]
    as_part = PART_OF.search(question.folded) and not _NO_PART.search(part.name)
    if not (part.exact or as_part) or any(
        len(noun) > 1 and noun in rest and noun not in own for noun in question.nouns
    ):
        return None
    return part


def _parts(text: str, counter: str) -> Iterator[SumPart]:
    """The parts of every sum of a text; one without a counter counts what its sum does."""
    for brackets in _BRACKETS.finditer(text):
        parts = _inside(brackets[1])
        numbers = [in_won(part[2]) for part in parts]
        whole = _sum(text[: brackets.start()], counter, numbers) if numbers else None
        unit = re.sub(NUMBER, "", whole.text, count=1).strip() if whole else ""
        if whole and {part[3] for part in parts} <= {"", unit}:
            of, exact = text[: whole.at + len(whole.text)], whole.printed == sum(numbers)
            for part in parts:
                yield SumPart(part[1].strip(), part[2] + unit, of, whole, exact)


def _inside(brackets: str) -> list[re.Match[str]]:
    """The parts told between brackets; none where anything else stands there too."""
    found = [_PART.fullmatch(part.strip()) for part in _BETWEEN.split(brackets)]
    parts = [part for part in found if part]
    return parts if len(parts) == len(found) else []


def _sum(before: str, counter: str, numbers: Sequence[Decimal]) -> Figure | None:
    """The sum that the parts add up to, or that they are less than and stand right behind."""
    sums = [one for one in figures(before, counter) if one.unit != "%"]
    exact = [one for one in sums if one.printed == sum(numbers)]
    if exact or not sums:
        return exact[-1] if exact else None
    last = sums[-1]
    behind = not before[last.at + len(last.text) :].strip()
    return last if behind and max(numbers) < last.printed else None
