"""What one part comes to, of a sum told with its parts: `18명(용역 15, 공무원 3)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rag.amounts import in_won, say, unit_of, with_unit
from rag.composing.figures import Figure, figures, is_wanted
from rag.composing.within import Composed
from rag.korean import fold, squeezed
from rag.question import Question, years
from rag.ranking import Scored
from rag.wording import SHORT, label_of, plain, subject_of

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_BRACKETS = re.compile(r"\(([^()]*\d[^()]*)\)")
_BETWEEN = re.compile(r",(?!\d{3}(?!\d))|[/·]")
_PART = re.compile(rf"((?:['’]?\d{{2}}|20\d\d)년?(?=\s)|\D{{2,}}?)\s?({_NUMBER.pattern})\s?(\D*)")
_CLAUSE = re.compile(r"\s/\s|→|;")
_WHOLE = re.compile(r"총|전체|모두|합계|합쳐|합하|규모|각각")
_PART_OF = re.compile(r"가운데|중(?:에|에서)?\s|몫|부담|만\s")
_KINDS = ("count", "money", "amount", "area")


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    value: str  # with what it counts
    of: str  # the sum, with what stands before it


def part_told(asked: Question, ranked: Sequence[Scored]) -> Composed | None:
    """The one part of its sum that the question names, where the best statement tells it."""
    best = ranked[0]
    whole = _WHOLE.search(asked.folded) and not _PART_OF.search(asked.folded)
    text = with_unit(plain(best.statement.text), unit_of(best.statement))
    undated = asked.shift is not None and len(years(fold(text))) > 1  # which one is meant?
    if whole or undated or asked.change or asked.kind not in _KINDS:
        return None
    words = squeezed(asked.text)
    named = [part for part in _parts(text) if squeezed(part.name) in words]
    if len(named) != 1 or not any(is_wanted(asked, one) for one in figures(named[0].value)):
        return None
    part = named[0]
    of = _CLAUSE.split(part.of)[-1].strip()
    told = years(fold(of))
    if told and asked.years and not told & asked.years:
        return None
    label = label_of(best.statement) if best.statement.kind == "cell" else ""
    about = " – ".join(one for one in (subject_of(best.hit.chunk), label, of) if one)
    said = f"{say(part.value)}입니다({about} 가운데 {part.name}). [1]"
    return Composed(said, (best,)) if len(said) <= SHORT else None


def _parts(text: str) -> Iterator[_Part]:
    """The parts of every sum of a text; one without a counter counts what its sum does."""
    for brackets in _BRACKETS.finditer(text):
        found = [_PART.fullmatch(part.strip()) for part in _BETWEEN.split(brackets[1])]
        parts = [part for part in found if part]
        before = text[: brackets.start()]
        whole = _sum(before, figures(before), [part[2] for part in parts])
        if whole and len(parts) == len(found):
            unit = _NUMBER.sub("", whole.text, count=1).strip()
            if {part[3] for part in parts} <= {"", unit}:
                of = text[: whole.at + len(whole.text)]
                yield from (_Part(part[1].strip(), part[2] + unit, of) for part in parts)


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
