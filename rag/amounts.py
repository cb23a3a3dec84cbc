"""Figures with their units: read exactly, converted exactly, said readably."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_MYRIADS = {"조": Decimal(10**12), "억": Decimal(10**8), "만": Decimal(10**4)}
_THOUSANDS = {"천": Decimal(1000), "백": Decimal(100), "십": Decimal(10)}
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_MONEY = re.compile(
    rf"(?:(?:{_NUMBER})\s?(?:[천백십]?[조억만]|[천백])\s?)*(?:{_NUMBER})?\s?(?:[십백천]?[조억만]|[천백])?"
    r"(?<=[\d조억만천백])\s?원"
)
_TERM = re.compile(rf"({_NUMBER})\s?([천백십]?)([조억만]?)")
_AREA = re.compile(rf"({_NUMBER})\s?(천)?(㎡|m²|m2|m\^2|제곱미터|㎢|km²|km2)")


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money as printed, and in won."""

    text: str
    won: Decimal


def money(text: str) -> tuple[Amount, ...]:
    """Every sum of money in the text, in order.

    >>> [int(amount.won) for amount in money("57,229백만원, 572억 2,900만원, 9천160원")]
    [57229000000, 57229000000, 9160]
    """
    return tuple(Amount(match[0].strip(), _won(match[0])) for match in _MONEY.finditer(text))


def square_metres(text: str) -> tuple[Decimal, ...]:
    """Every area in the text, in square metres.

    >>> square_metres("729천㎡ 중 571천㎡, 9.5㎢")
    (Decimal('729000'), Decimal('571000'), Decimal('9500000.0'))
    """
    return tuple(
        Decimal(number.replace(",", ""))
        * (1000 if thousand else 1)
        * (10**6 if "k" in unit or unit == "㎢" else 1)
        for number, thousand, unit in _AREA.findall(text)
    )


def readable(won: Decimal) -> str:
    """The sum as it is said, rounded to 억 from one 억 up, else exact to 만.

    >>> readable(Decimal(57_229_000_000)), readable(Decimal(386_000_000)), readable(Decimal(9160))
    ('572억 원', '3억 8,600만 원', '9,160원')
    """
    if won >= 10**12:
        jo, rest = divmod(int(won), 10**12)
        eok = round(rest / 10**8)
        return f"{jo:,}조 {eok:,}억 원" if eok else f"{jo:,}조 원"
    if won >= 10**10:
        return f"{int((won / 10**8).to_integral_value()):,}억 원"
    if won >= 10**8:
        eok, rest = divmod(int(won), 10**8)
        man = round(rest / 10**4)
        return f"{eok:,}억 {man:,}만 원" if man else f"{eok:,}억 원"
    if won >= 10**4 and won % 10**4 == 0:
        return f"{int(won) // 10**4:,}만 원"
    return f"{int(won):,}원"


def say(text: str) -> str:
    """The text with sums in 백만원 or 천원 also said readably, the first time they stand.

    >>> say("소요예산 57,229백만원"), say("5,230백만원"), say("300만원")
    ('소요예산 57,229백만원(약 572억 원)', '5,230백만원(52억 3,000만 원)', '300만원')
    """
    return re.sub(rf"({_NUMBER})\s?(?:백만|천)\s?원(?!\s?\((?:약 )?[\d,]+[조억만])", _said, text)


def _said(match: re.Match[str]) -> str:
    won = _won(match[0])
    if won < 10**7:
        return match[0]
    said = readable(won)
    exact = _won(said) == won
    return f"{match[0]}({'' if exact else '약 '}{said})"


def _won(text: str) -> Decimal:
    """The value of one printed sum; 조, 억 and 만 close what stands before them."""
    total = Decimal(0)
    for number, thousand, myriad in _TERM.findall(text):
        value = Decimal(number.replace(",", "")) * _THOUSANDS.get(thousand, Decimal(1))
        total += value * _MYRIADS.get(myriad, Decimal(1))
    return total
