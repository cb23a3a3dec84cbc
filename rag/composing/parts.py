"""A question about two things taken apart: what is done with them, and a question about each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rag.composing.asking import Part, without_choice
from rag.composing.basing import from_base
from rag.composing.joined import by_clause, by_link
from rag.composing.words import MEASURE, Word, words_of
from rag.korean import fold

Operation = Literal["each", "which", "difference", "sum", "ratio", "percent", "rest"]

_COMPARED = r"높|많|크|큰|큽|클|적|낮|작|길|긴|깁|짧|넓|좁|빠르|빠른|늦|이르|이른|앞서"
_CHANGED = r"늘|늚|줄|증가|감소|증액|감액|상승|하락|오르|올랐|오른|올라|내렸|내려|높아|낮아"
_OPERATIONS: tuple[tuple[Operation, re.Pattern[str]], ...] = (
    ("ratio", re.compile(r"몇\s?배(?:[가나로였인입\s?]|$)")),
    (
        "percent",
        re.compile(rf"몇\s?(?:%|퍼센트|프로)[^,?]*(?:{_CHANGED})|(?:증가|감소|증감)[율률]"),
    ),
    (
        "sum",
        re.compile(
            r"합하|합치|합친|합한|합쳐|합해|합산|더하면|더한\s|합[은이]\s|합계[는가]|총합"
            r"|(?:두|세|네)\s?(?:해|곳|군데|사업|시설|기관|과제)\s?.*모두 (?:몇|얼마)"
        ),
    ),
    (
        "rest",
        re.compile(
            r"(?:예산|사업비|금액|돈)\S*\s.*(?:남은|남았|잔액)|미집행액|[않못]은 (?:돈|금액|예산)"
            r"|(?:가운데|\s중)(?:에서?)?\s.*(?:지\s?(?:않은|못한)|아직\s|남[은는]\s|나머지"
            r"|더\s\S+야\s(?:하는|할)).*(?:몇|얼마)"
        ),
    ),
    ("difference", re.compile(r"차이|빼면")),
    (
        "which",
        re.compile(
            r"(?:어느|어디|누가|무엇이|둘 중|가운데|중에?서?\s)(?:.*\s)?"
            rf"(?:더|먼저|가장|제일|{_COMPARED})"
            r"|(?:더|가장|제일)\s.*(?:중|가운데)(?:에서?)?\s(?:어디|어느|누구|무엇)"
        ),
    ),
    ("each", re.compile(r"각각|각기|(?:견주|비교하)면")),
)
_HOW_MUCH = re.compile(
    rf"(?:얼마나?|몇\s?\S+)\s?[^,?]{{0,12}}(?:{_CHANGED}|(?<=\s)(?:{_COMPARED}))|몇\s?배|차이"
    r"|(?:얼마나?|몇\s?\S+)\s더\s"
)
_CHANGE = re.compile(rf"(?:얼마나|몇\s?\S+?(?<!로)(?<!까지))\s(?:더\s)?(?:{_CHANGED})")
_GREW = re.compile(rf"(?:더|가장|제일)\s?(?:많이|적게|크게)?\s?(?:{_CHANGED})")
_LEAST = re.compile(r"(?:더|가장|제일)\s?(?:적|낮|작|짧|좁|싼|저렴)")
_TO = re.compile(rf"몇\s?(?!배)\S*(?:로|까지)\s(?:{_CHANGED})")  # asks for the value itself
_TURN = re.compile(r"(?<=년) ?[말초](?=(?:보다|와|과|에|의|에는) )")  # `2022년 말보다`
_YEARS_TOLD = re.compile(r"(?<=년)\s(?:두|세)\s?해(?:\s?동안)?[에의]?")
_IN_REPORT = re.compile(
    r"(20\d\d)년도?\s(?:업무\s?)?(?:보고서?|계획서?)"
    r"(?:의 금액으로|\s기준으로는?|에 적힌 금액으로)\s"
)
# `몇 배인가요(지원 호수 기준)?`, `얼마인지 계산해 주세요`
_ORDERED = re.compile(r"\s비교해서?\s?(?:주|줘|줄|달|봐|보|알려)[^,]*$")
_AGAINST = re.compile(  # `2024년 예산을 2023년과 비교해 주세요`
    r"(?P<one>[을를])\s(?P<base>20\d\d년도?|전년도?|작년|지난해)(?:와|과|하고|이랑|랑)"
    + _ORDERED.pattern
)
_ASIDE = re.compile(
    r"\s?\([^()]*\)(?=\s*\?*$)|\s(?:계산|말|설명)해\s?(?:주|줘|달|봐)\S*$|\s알려\s?(?:주|줘)\S*$"
    rf"|\s궁금\S*$|{_ORDERED.pattern}"
)


@dataclass(frozen=True, slots=True)
class Task:
    """What is done with the values of the parts; a change goes from the first to the second."""

    operation: Operation
    parts: tuple[Part, ...]  # none where one statement must tell both values
    change: bool = False  # the parts are one thing at two times
    least: bool = False  # the smallest is asked for


def taken_apart(text: str) -> Task | None:
    """The parts of a question about two things; None for a question about one.

    >>> task = taken_apart("빛축제 예산은 2023년과 2024년에 각각 얼마인가요?")
    >>> [part.question for part in task.parts] if task else []
    ['2023년 빛축제 예산은 얼마인가요?', '2024년에 빛축제 예산은 얼마인가요?']
    """
    if within := _IN_REPORT.search(text):
        task = taken_apart(text.replace(within[0], "", 1))
        inside = [replace(part, report=int(within[1])) for part in task.parts] if task else []
        return replace(task, parts=tuple(inside)) if task else None
    text = _AGAINST.sub(_measured_against, text)
    folded = fold(text)
    words = words_of(_ASIDE.sub("", _YEARS_TOLD.sub("에", _whole_years(text))))
    operation = next((name for name, shape in _OPERATIONS if shape.search(folded)), None)
    if not operation and _is_ordered(folded, words):
        operation = "which"
    if operation == "which" and _GREW.search(folded):
        return None  # the larger change is not that of the larger value
    if operation == "rest":
        return Task("rest", ())
    asks_change = _HOW_MUCH.search(folded) and operation != "each" and not _TO.search(folded)
    based = from_base(words) if asks_change else None
    asked: Operation = operation if operation in ("ratio", "percent") else "difference"
    if based:
        return Task(asked, based.parts, based.change)
    linked = without_choice(words) if operation == "which" else words
    if operation and (parts := by_link(linked)):
        return Task(operation, parts, least=_LEAST.search(folded) is not None)
    if parts := by_clause(words):
        return Task("each", parts)
    return Task(asked, (), change=True) if _CHANGE.search(folded) else None


def _measured_against(match: re.Match[str]) -> str:
    return f"{'은' if match['one'] == '을' else '는'} {match['base']}보다 얼마나 많은가요?"


def _is_ordered(folded: str, words: Sequence[Word]) -> bool:
    """Whether it orders to compare what can be measured: `두 곳의 면적을 비교해 주세요`."""
    ordered = _ORDERED.search(folded) and not _HOW_MUCH.search(folded)
    return bool(ordered) and any(MEASURE.fullmatch(word.stem) for word in words)


def _whole_years(text: str) -> str:
    """The text with the years alone where it speaks of their beginning or end.

    >>> _whole_years("2021년 초와 2022년 말에 각각")
    '2021년과 2022년에 각각'
    """
    return re.sub(r"(?<=년)와(?= )", "과", _TURN.sub("", text))
