"""What two printed figures give: computed exactly, and said with both of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from rag.amounts import in_myriads
from rag.composing.figures import Figure
from rag.composing.parts import Operation

_HIGH, _LONG = ("높습니다", "낮습니다"), ("깁니다", "짧습니다")
_MORE = {"": _HIGH, "%": _HIGH, "㎡": ("넓습니다", "좁습니다"), "km": _LONG, "m": _LONG}
_SIMPLE = re.compile(r"[\d,]+(?:\.\d+)?\s?(\D+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Operand:
    """A figure with what it is called and the mark of its citation."""

    figure: Figure
    name: str
    mark: str  # ` [1]`, or empty

    def __str__(self) -> str:
        return self.figure.text + self.mark


def computed(
    operation: Operation, operands: Sequence[Operand], *, change: bool, least: bool = False
) -> str | None:
    """The sentence with the result and how it comes about; None where figures do not go together.

    A change goes from the first to the second; else the first is measured against the second.
    """
    operands = _levelled(operands)
    units = {one.figure.unit for one in operands}
    if len(units) != 1 or len(operands) < 2:
        return None
    if operation == "sum":
        total = sum((one.figure.value for one in operands), Decimal())
        shown = " + ".join(map(str, operands))
        return None if units == {"%"} else f"합하면 {_say(total, operands)}입니다({shown})."
    if operation == "which":
        return _which(operands, least=least)
    first, second = operands[1::-1] if change else operands[:2]
    # Two that are the same are more often one figure found twice.
    if len(operands) > 2 or first.figure.value == second.figure.value:
        return None
    return _of_two(operation, first, second, change=change)


def _levelled(operands: Sequence[Operand]) -> Sequence[Operand]:
    """The operands with lengths all in metres, where one is in metres and another in kilometres."""
    if {one.figure.unit for one in operands} != {"km", "m"}:
        return operands
    levelled = []
    for one in operands:
        metres = one.figure.value * (1000 if one.figure.unit == "km" else 1)
        levelled.append(replace(one, figure=replace(one.figure, value=metres, unit="m")))
    return levelled


def _of_two(operation: Operation, one: Operand, other: Operand, *, change: bool) -> str | None:
    match operation:
        case "difference" | "rest":
            return _difference(one, other, change=change)
        case "ratio":
            return _ratio(one, other)
        case "percent":
            return _percent(one, other, change=change)
        case _:
            return None


def _difference(one: Operand, other: Operand, *, change: bool) -> str:
    more = one.figure.value > other.figure.value
    large, small = (one, other) if more else (other, one)
    by = _say(large.figure.value - small.figure.value, (one, other), points=True)
    shown = f"({large} − {small})"
    if change:
        when = f"{other.name}보다 {one.name}에 " if one.name else ""
        return f"{when}{by} {'늘어난' if more else '줄어든'} 것으로 계산됩니다{shown}."
    if not one.name:
        return f"{by}입니다{shown}."
    return f"{one.name} 쪽이 {other.name}보다 {by} {_compared(one, more=more)}{shown}."


def _which(operands: Sequence[Operand], *, least: bool) -> str | None:
    ordered = sorted(operands, key=lambda one: one.figure.value, reverse=not least)
    if ordered[0].figure.value == ordered[1].figure.value:
        return None
    shown = (" < " if least else " > ").join(map(str, ordered))
    much = "더" if len(ordered) == 2 else "가장"
    return f"{ordered[0].name} 쪽이 {much} {_compared(ordered[0], more=not least)}({shown})."


def _ratio(one: Operand, other: Operand) -> str | None:
    if other.figure.value <= 0:
        return None
    times = one.figure.value / other.figure.value
    return f"{_rounded(times, 2)}배입니다({one} ÷ {other})."


def _percent(one: Operand, other: Operand, *, change: bool) -> str | None:
    if one.figure.unit == "%":
        return _difference(one, other, change=change)
    if other.figure.value <= 0 or not change:
        return None
    by = (one.figure.value - other.figure.value) / other.figure.value * 100
    way = "늘어난" if by > 0 else "줄어든"
    when = f"{other.name}보다 {one.name}에 " if one.name else ""
    large, small = (one, other) if by > 0 else (other, one)
    shown = f"(({large} − {small}) ÷ {other.figure.text} × 100)"
    return f"{when}{_rounded(abs(by), 1)}% {way} 것으로 계산됩니다{shown}."


def _compared(one: Operand, *, more: bool) -> str:
    return _MORE.get(one.figure.unit, ("많습니다", "적습니다"))[not more]


def _rounded(value: Decimal, places: int) -> str:
    """As exact as it is said, with `약` where digits are left out."""
    said = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{'' if said == value else '약 '}{_plain(said)}"


def _plain(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _say(value: Decimal, operands: Sequence[Operand], *, points: bool = False) -> str:
    """A result in the unit both figures are printed in, sums of money also readably."""
    unit = operands[0].figure.unit
    if unit == "%":
        return _plain(value) + ("%p" if points else "%")
    full = _won(value) if unit == "원" else _plain(value) + unit
    simple = [_SIMPLE.fullmatch(one.figure.text) for one in operands]
    printed = {match[1] if match else "" for match in simple}
    if len(printed) != 1 or printed == {""}:
        return full
    (suffix,) = printed
    scale = operands[0].figure.scale
    if scale == 1:
        return full
    said = f"{_plain(value / scale)}{suffix}"
    return said if said == full.replace(" ", "") else f"{said}({full})"


def _won(value: Decimal) -> str:
    whole = value == value.to_integral_value() and value % 10**4 == 0
    return in_myriads(int(value)) if whole and value else f"{_plain(value)}원"
