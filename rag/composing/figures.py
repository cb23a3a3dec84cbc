"""The figures of a statement with what they count, read exactly; which of them a question means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from rag.amounts import NUMBER, in_won, square_metres, unit_of, with_unit
from rag.korean import fold
from rag.question import Question, years
from rag.types import Statement
from rag.wording import plain

_COUNTERS = (
    "명|인|개소|곳|군데|개사(?!업)|개교|개국"
    r"|개(?![가-힣]|\s구)|개(?=[은는이가을를의에도만로])|건|대|가구|세대|회(?!계)|마리|그루|톤|필지"
    "|km|㎞|m|kg|편|팀|본|면|등|㎥"
)
_GROUP = (
    rf"(?:(?:{NUMBER})\s?(?:[십백천]?[조억만]|[천백])\s?){{0,6}}(?:{NUMBER})?"
    r"\s?(?:[십백천]?[조억만]|[천백])?"
)
_AREA = r"㎡|㎢|제곱미터|ha|k?m\s?(?:²|\^\s?2|2(?!\d|\s?k?m))"
_SAME = {
    "인": "명",
    "곳": "개소",
    "군데": "개소",
    "개": "개소",
    "㎞": "km",
    "퍼센트": "%",
    "인구": "명",
    "인원": "명",
}
_PLACES = frozenset(("개교", "개사", "개국"))  # what `몇 곳` may also ask for
_INSIDE = re.compile(r"[(（][^()（）]*[)）]")
_CLAUSES = re.compile(r",(?!\d{3}(?!\d))|[/·;，]|\s-\s")
_ITEMS = re.compile(r"[/;]")
_MONEY = re.compile(r"예산|사업비|금액|비용|매출|지원금|보조금")  # `예산은 얼마나 늘었나요`
_ROUGH = re.compile(r"[△▲▽▼]\s?$|(?:(?<![가-힣])약|최대|최소|평균)\s?$")  # not `계약 14건`


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as printed, its value in won, square metres or pieces, and what it counts."""

    text: str
    value: Decimal
    unit: str  # `원`, `㎡`, `%`, a counter; empty where the table does not tell
    at: int  # where it begins in its text

    @property
    def printed(self) -> Decimal:
        """The number it is printed with: 780 for `780백만원`."""
        number = re.match(NUMBER, self.text)
        return Decimal(number[0].replace(",", "")) if number else Decimal()

    @property
    def scale(self) -> Decimal:
        """What one of its printed number is worth: 1,000,000 for `780백만원`."""
        return self.value / self.printed if self.printed else Decimal(1)


def figures(text: str, counter: str = "") -> tuple[Figure, ...]:
    """The figures with a unit, in order; `counter` is one more word that may count them.

    >>> [(str(one.value), one.unit) for one in figures("총 72,281백만원 중 24만 6천명, 15.5%")]
    [('72281000000', '원'), ('246000', '명'), ('15.5', '%')]
    """
    own = rf"{re.escape(counter)}(?![가-힣])|" if counter else ""
    shape = rf"(?<![\d.,'’])(?=\d)({_GROUP})\s?(원|{_AREA}|%p?|퍼센트|{own}{_COUNTERS})(?!당)"
    return tuple(
        _figure(match)
        for match in re.finditer(shape, text)
        if not _ROUGH.search(text[: match.start()])
    )


def meant(question: Question, statement: Statement) -> Figure | None:
    """The one figure of the statement that the question asks for; None where there are several."""
    if question.kind in ("date", "place", "who", "person"):
        return None
    counter = "" if question.kind == "share" else question.counted
    text = with_unit(plain(statement.text), unit_of(statement))
    if statement.kind == "cell" and (bare := re.fullmatch(NUMBER, text)):
        return Figure(text, Decimal(bare[0].replace(",", "")), "", 0)
    for part in _places(question, text):
        wanted = [one for one in figures(part, counter) if is_wanted(question, one)]
        if wanted:
            return wanted[0] if len(wanted) == 1 else _named(question, text, wanted)
    return None


def _places(question: Question, text: str) -> tuple[str, ...]:
    """The text with all but what tells the figure blanked out, best first.

    In `860백만원 ('22년 780백만원)` the brackets tell the figure of their own year.
    """
    outside = _INSIDE.sub(lambda match: " " * len(match[0]), text)
    dated = [match for match in _INSIDE.finditer(text) if years(fold(match[0])) & question.years]
    if not dated or years(fold(outside)) & question.years:
        return outside, text
    own = (" " * match.start() + match[0] for match in dated)
    return *own, outside, text


def cell_figure(statement: Statement) -> Figure | None:
    """The one figure of a cell with its unit; None where there is not one alone."""
    text = with_unit(plain(statement.text), unit_of(statement))
    if bare := re.fullmatch(NUMBER, text):
        return Figure(text, Decimal(bare[0].replace(",", "")), "", 0)
    found = figures(_INSIDE.sub("", text))
    return found[0] if len(found) == 1 and found[0].at == 0 else None


def is_wanted(question: Question, figure: Figure) -> bool:
    """Whether it counts what the question asks for."""
    match question.kind:
        case _ if question.kind == "money" or question.counted.endswith("원"):
            return figure.unit == "원"
        case "share":
            return figure.unit == "%"
        case "area":
            return figure.unit == "㎡"
        case _ if not question.counted:
            return figure.unit == "원" or not _MONEY.search(question.folded)
        case _:
            unit = _SAME.get(question.counted, question.counted)
            return figure.unit == unit or (unit == "개소" and figure.unit in _PLACES)


def _named(question: Question, text: str, wanted: Sequence[Figure]) -> Figure | None:
    """The figure whose clause the question names best, or whose year it names."""
    ranked = []
    for figure in wanted:
        clause, wider = (_around(shape, text, figure.at) for shape in (_CLAUSES, _ITEMS))
        dated = years(clause)
        year = (1 if dated & question.years else -1) if dated and question.years else 0
        told = sum(token in clause for token in question.tokens)
        beside = sum(_whole(token).search(wider) is not None for token in question.tokens)
        ranked.append((min(year, 0), told, max(year, 0), beside, figure))
    best = max(ranked, key=lambda one: one[:4])
    rivals = [one for one in ranked if one[:4] == best[:4]]
    return best[4] if len(rivals) == 1 and best[:4] > (0, 0, 0, 0) else None


def _around(shape: re.Pattern[str], text: str, at: int) -> str:
    """The folded clause or item of the text that stands there."""
    ends = [0, *(match.start() for match in shape.finditer(text)), len(text)]
    return fold(text[max(end for end in ends if end <= at) : min(end for end in ends if end > at)])


def _whole(token: str) -> re.Pattern[str]:
    """A token, a number not within another."""
    number = token.isdigit()
    return re.compile(rf"(?<!\d){token}(?!\d)" if number else re.escape(token))


def _figure(match: re.Match[str]) -> Figure:
    unit = re.sub(r"\s", "", match[2])
    text = match[0].strip()
    if re.fullmatch(_AREA, match[2]):
        metres = square_metres(text)
        return Figure(text, metres[0] if metres else in_won(match[1]), "㎡", match.start())
    return Figure(text, in_won(match[1]), _SAME.get(unit, unit), match.start())
