"""Figures with their units: read exactly, converted exactly, said readably."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from rag.types import Statement

_MYRIADS = {"조": Decimal(10**12), "억": Decimal(10**8), "만": Decimal(10**4)}
_THOUSANDS = {"천": Decimal(1000), "백": Decimal(100), "십": Decimal(10)}
_SCALES = {"천": 1000, "만": 10**4, "백만": 10**6}
NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_MONEY = re.compile(
    rf"(?<![\d.,])(?=\d)(?:(?:{NUMBER})\s?(?:[천백십]?[조억만]|[천백])\s?){{0,8}}"
    rf"(?:{NUMBER})?\s?(?:[십백천]?[조억만]|[천백])?(?<=[\d조억만천백])\s?원"
)
_TERM = re.compile(rf"({NUMBER})\s?([천백십]?)([조억만]?)")
_AREA = re.compile(
    rf"(?<![\d.,])({NUMBER})\s?(천|만|백만)?\s?(㎡|㎢|제곱미터|ha|k?m(?:\s?²|\s?\^\s?2|2(?!\d)))"
)


_RATE = re.compile(r"[율률](?:\W|$)|비중|구성비|비율")
_WHOLE = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_COUNTED = re.compile(
    r"명|인|개|대|곳|군데|개소|건|회|번|가구|세대|호|마리|그루|권|편|팀|동|면|석|실|채|종|차례"
)
# Labels that tell themselves what their figures are.
_TELLS = re.compile(
    r"연번|번호|연도|예산|사업비|금액|점수|만족도|증감|순위|[%천]|백만|\((?:단위|k?m|㎡)"
)
_BARE_FIGURE = re.compile(r"^[△▲▽▼Δ+-]?\s?\d[\d,.]*(?:\s?[조억만천]\s?[\d,.]*)*(?=\s?\(|$)")


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
    return tuple(Amount(match[0].strip(), in_won(match[0])) for match in _MONEY.finditer(text))


def square_metres(text: str) -> tuple[Decimal, ...]:
    """Every area in the text, in square metres.

    >>> square_metres("729천㎡ 중 571천 m^2, 9.5㎢")
    (Decimal('729000'), Decimal('571000'), Decimal('9500000.0'))
    """
    return tuple(
        Decimal(number.replace(",", ""))
        * _SCALES.get(scale, 1)
        * (10**6 if "k" in unit or unit == "㎢" else 10**4 if unit == "ha" else 1)
        for number, scale, unit in _AREA.findall(text)
    )


def readable(won: Decimal) -> str:
    """The sum as it is said: to 억 from a hundred 억 up, to 만 from one 억 up, else exactly.

    >>> readable(Decimal(57_229_000_000)), readable(Decimal(386_000_000)), readable(Decimal(9160))
    ('572억 원', '3억 8,600만 원', '9,160원')
    """
    if won < 10**8 and won % 10**4:
        return f"{int(won):,}원"
    step = 10**8 if won >= 10**10 else 10**4
    return in_myriads(int((won / step).to_integral_value(ROUND_HALF_UP)) * step) or "0원"


def in_myriads(won: int) -> str:
    """A sum of whole 만 in 조, 억 and 만; empty for less.

    >>> in_myriads(15_400_000_000), in_myriads(0)
    ('154억 원', '')
    """
    parts = []
    for name, value in (("조", 10**12), ("억", 10**8), ("만", 10**4)):
        count, won = divmod(won, value)
        parts += [f"{count:,}{name}"] if count else []
    return f"{' '.join(parts)} 원" if parts else ""


def is_rate(labels: Sequence[str]) -> bool:
    """Whether the row or column of a cell is a rate, which its table's unit does not count.

    >>> is_rate(("2021년", "부채비율")), is_rate(("2021년", "부채"))
    (True, False)
    """
    return any(_RATE.search(label) for label in labels)


def unit_of(statement: Statement) -> str:
    """What the bare figure of a cell counts; of a rate, not what its table counts."""
    rate = statement.kind == "cell" and is_rate(statement.context[-2:])
    return "%" if rate else statement.unit


def counting(statement: Statement, counter: str) -> Statement:
    """The cell of a bare figure with what it counts, where its table does not tell."""
    bare = statement.kind == "cell" and not unit_of(statement) and _WHOLE.fullmatch(statement.text)
    told = _COUNTED.fullmatch(counter) and not _TELLS.search(" ".join(statement.context[-2:]))
    return replace(statement, unit=counter) if bare and told else statement


def with_unit(text: str, unit: str) -> str:
    """A bare figure of a table with what it counts; any other text as it is.

    >>> with_unit("43,259 (53.1%)", "억원"), with_unit("14조 3,143", "억원"), with_unit("62명", "")
    ('43,259억원 (53.1%)', '14조 3,143억원', '62명')
    """
    return _BARE_FIGURE.sub(lambda match: match[0] + unit, text, count=1) if unit else text


def say(text: str) -> str:
    """The text with sums in 백만원 or 천원 also said readably, the first time they stand.

    >>> say("소요예산 57,229백만원"), say("5,230백만원"), say("300만원")
    ('소요예산 57,229백만원(약 572억 원)', '5,230백만원(52억 3,000만 원)', '300만원')
    """
    return re.sub(
        rf"(?<![\d.,])[△▽▼]?\s?({NUMBER})\s?(?:백만|천)\s?원(?!\s?\((?:약 )?[\d,]+[조억만])",
        _said,
        text,
    )


def _said(match: re.Match[str]) -> str:
    won = in_won(match[0])
    if won < 10**7:
        return match[0]
    said = readable(won)
    exact = in_won(said) == won
    sign = match[0][0] if match[0][0] in "△▽▼" else ""
    return f"{match[0]}({'' if exact else '약 '}{sign}{said})"


def in_won(text: str) -> Decimal:
    """The value of one printed sum; 조, 억 and 만 close what stands before them (2천5백만)."""
    total = open_ = Decimal(0)
    for number, thousand, myriad in _TERM.findall(text):
        open_ += Decimal(number.replace(",", "")) * _THOUSANDS.get(thousand, Decimal(1))
        if myriad:
            total, open_ = total + open_ * _MYRIADS[myriad], Decimal(0)
    return total + open_
