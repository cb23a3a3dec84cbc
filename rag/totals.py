"""Which cells of a table speak for the whole, or for now, where a question names no part."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from rag.korean import fold
from rag.question import Question, years

_TOTAL = re.compile(r"(?:총|합|소)?\s?계|총\s?합|전\s?체|종\s?합")
_WHOLE = re.compile(r"모두|전체|총\s|합계|통틀어|전부")
_AHEAD = re.compile(r"계획|목표|전망|예정")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A cell of a table by one of its labels, and the question's idf mass that this holds."""

    table: Hashable
    label: str
    named: float


def total_fits(question: Question, places: Sequence[Place]) -> list[float]:
    """1 for the total of a table where the question names no other label, -1 for its parts.

    0 where the table has no total, or the question names a part of it.
    """
    whole = _WHOLE.search(question.folded) is not None
    of_table = _by_table(places)
    fits = []
    for place in places:
        labels = of_table[place.table]
        totals = any(_is_total(one) for one in labels)
        named = any(one.named > 0 and not _is_total(one) for one in labels)
        wanted = totals and (not named or (whole and place.named == 0))
        fits.append((1.0 if _is_total(place) else -1.0) if wanted else 0.0)
    return fits


def latest_fits(question: Question, places: Sequence[Place]) -> list[float]:
    """-1 for another year than the latest that is no plan, where the question names no year."""
    of_table = _by_table(places)
    fits = []
    for place in places:
        told = [year for one in of_table[place.table] if (year := _actual(one))]
        dated = not question.years and len(set(told)) > 1 and years(fold(place.label))
        fits.append(-1.0 if dated and _actual(place) != max(told) else 0.0)
    return fits


def _by_table(places: Sequence[Place]) -> dict[Hashable, list[Place]]:
    found: dict[Hashable, list[Place]] = defaultdict(list)
    for place in places:
        found[place.table].append(place)
    return found


def _is_total(place: Place) -> bool:
    return _TOTAL.fullmatch(fold(place.label)) is not None


def _actual(place: Place) -> int:
    """The year of a label that tells of no plan; 0 where it has none."""
    ahead = _AHEAD.search(place.label)
    return 0 if ahead else max(years(fold(place.label)), default=0)
