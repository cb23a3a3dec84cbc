"""A question about two things taken apart: what is done with them, and a question about each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from rag.basing import from_base
from rag.clauses import by_clause
from rag.halving import by_link
from rag.korean import fold
from rag.phrases import words_of
from rag.reduced import Part

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
        re.compile(r"합하|합치|합친|합한|합쳐|합해|합산|더하면|더한\s|합[은이]\s|합계[는가]|총합"),
    ),
    (
        "rest",
        re.compile(
            r"(?:예산|사업비|금액|돈)\S*\s.*(?:남은|남았|잔액)|미집행액|[않못]은 (?:돈|금액|예산)"
        ),
    ),
    ("difference", re.compile(r"차이|빼면|뺀\s")),
    (
        "which",
        re.compile(
            rf"(?:어느|어디|누가|무엇이|둘 중|가운데|중에?서?\s)(?:.*\s)?(?:더|먼저|{_COMPARED})"
        ),
    ),
    ("each", re.compile(r"각각|각기")),
)
_HOW_MUCH = re.compile(
    rf"(?:얼마나?|몇\s?\S+)\s?[^,?]{{0,12}}(?:{_CHANGED}|(?<=\s)(?:{_COMPARED}))|몇\s?배|차이"
)


@dataclass(frozen=True, slots=True)
class Task:
    """What is done with the values of the parts; a change goes from the first to the second."""

    operation: Operation
    parts: tuple[Part, ...]  # none where one statement must tell both values
    change: bool = False  # the parts are one thing at two times


def taken_apart(text: str) -> Task | None:
    """The parts of a question about two things; None for a question about one.

    >>> task = taken_apart("빛축제 예산은 2023년과 2024년에 각각 얼마인가요?")
    >>> [part.question for part in task.parts] if task else []
    ['2023년 빛축제 예산은 얼마인가요?', '2024년에 빛축제 예산은 얼마인가요?']
    """
    words, folded = words_of(text), fold(text)
    operation = next((name for name, shape in _OPERATIONS if shape.search(folded)), None)
    if operation == "rest":
        return Task("rest", ())
    based = from_base(words) if _HOW_MUCH.search(folded) and operation != "each" else None
    if based:
        asked: Operation = operation if operation in ("ratio", "percent") else "difference"
        return Task(asked, based.parts, based.change)
    if operation and (parts := by_link(words)):
        return Task(operation, parts)
    parts = by_clause(words)
    return Task("each", parts) if parts else None
