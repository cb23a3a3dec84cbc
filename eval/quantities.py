"""Figures of a text as exact values, so that an answer's can be found in the quotes it cites.

Read apart from `rag.amounts` on purpose: a ruler must not move with what it measures.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

_POWERS = {"조": 12, "억": 8, "만": 4, "천": 3, "백": 2, "십": 1}
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SCALE = r"(?:[십백천]?[조억만]|[십백천](?![가-힣])|[십백천](?=[여명원개㎡]))"
_QUANTITY = re.compile(
    rf"(?P<about>약\s?)?"
    rf"(?P<terms>{_NUMBER}(?:\s?{_SCALE}(?:\s?{_NUMBER}\s?{_SCALE})*(?:\s?{_NUMBER})?)?)"
    r"(?P<over>\s?여)?\s?(?P<unit>km2)?"
)
_PART = re.compile(rf"({_NUMBER})\s?([십백천]?)([조억만]?)")
# What is no figure: a citation's number, an item's place in a list, the 2 of square metres.
_MARK = re.compile(r"\[\d{1,2}\]|^\s*\d{1,2}[.)]\s|[①-⑳]", re.M)
_POWER = re.compile(r"(?<=(?<!k)m)\s?\^?\s?[23](?!\d)")
_YEAR = re.compile(r"['’‘](\d\d)(?!\d)")
_DATE = re.compile(r"((?:19|20)\d\d)\s?\.\s?(\d{1,2})(?:\s?\.\s?(\d{1,2}))?(?!\d)")
_LONGEST = 20_000  # characters; no answer and no line of a report has more


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as said: its value, and the half step within which a rounded one may lie."""

    text: str
    printed: tuple[Decimal, ...]  # its numbers without 백만 and the like: 14, 3143 of 14조 3,143억
    scaled: bool  # whether the last of them has such a word behind it
    value: Decimal
    slack: Decimal  # 0 for a figure that is not said to be about so much


def quantities(text: str) -> tuple[Quantity, ...]:
    """Every figure of the text, 조, 억, 만 and 백만 multiplied out; marks like [1] are none.

    >>> [int(q.value) for q in quantities("57,229백만원(약 572억 원)입니다. [1]")]
    [57229000000, 57200000000]
    >>> [str(q.value) for q in quantities("① 3억 8,600만 원, 22.5%, 9천160원, 100㎡, 1,2,3동")]
    ['386000000', '22.5', '9160', '100', '1', '2', '3']
    >>> [str(q.value) for q in quantities("'25. 3. 5.")]
    ['2025', '3', '5']
    """
    plain = unicodedata.normalize("NFKC", _MARK.sub(" ", text[:_LONGEST]))
    dated = _DATE.sub(r"\1 \2 \3 ", _YEAR.sub(r"20\1 ", _POWER.sub("", plain)))
    return tuple(_quantity(match) for match in _QUANTITY.finditer(dated))


def support(answer: str, evidence: str) -> float | None:
    r"""The share of the answer's figures that the evidence holds; None where there is no figure.

    A figure is held exactly, or as far as it is said to be rounded, or as the bare figure of a
    table whose unit stands elsewhere; what equals a figure so held is held as well.

    >>> support("57,229백만원(약 572억 원)입니다. [1]", "- 소요예산 : 57,229백만원")
    1.0
    >>> support("5,600백만원(56억 원)과 12명입니다.", "은가비천 복원\t5,600\t11")
    0.6666666666666666
    """
    said, told = quantities(answer), quantities(evidence)
    if not said:
        return None
    held = [one for one in said if _stands(one, told) or any(_bare(one, other) for other in told)]
    return sum(one in held or _stands(one, held) for one in said) / len(said)


def _stands(said: Quantity, told: Iterable[Quantity]) -> bool:
    return any(abs(said.value - one.value) <= said.slack for one in told)


def _bare(said: Quantity, one: Quantity) -> bool:
    """Whether the evidence prints the figure without what it counts in."""
    return not one.scaled and one.printed == said.printed


def _quantity(match: re.Match[str]) -> Quantity:
    total = open_ = Decimal(0)
    printed, step = list[Decimal](), Decimal(1)
    for number, small, large in _PART.findall(match["terms"]):
        printed.append(Decimal(number.replace(",", "")))
        scale = Decimal(10) ** _POWERS.get(small, 0)
        step = scale * Decimal(10) ** int(printed[-1].as_tuple().exponent)
        open_ += printed[-1] * scale
        if large:
            times = Decimal(10) ** _POWERS[large]
            total, open_, step = total + open_ * times, Decimal(0), step * times
    rounded = step * 10 ** _zeros(printed[-1])
    return Quantity(
        text=match[0].strip(),
        printed=tuple(printed),
        scaled=not match["terms"][-1].isdigit(),
        value=(total + open_) * (10**6 if match["unit"] else 1),
        slack=step if match["over"] else rounded / 2 if match["about"] else Decimal(0),
    )


def _zeros(figure: Decimal) -> int:
    """How many of its digits a rounded figure leaves open: 1 of 570, 2 of 1,500."""
    digits = f"{figure:f}"
    return 0 if "." in digits else len(digits) - len(digits.rstrip("0"))
