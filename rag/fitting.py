"""Whether a text holds the kind of value that a question asks for."""

from __future__ import annotations

import re

from rag.amounts import money, square_metres
from rag.question import Question

_DATE = re.compile(
    r"\d{4}년|\d{1,2}월|\d{1,2}\.\s?\d{1,2}|\d\s?시\b|분기|반기|\d{4}\.|연중|매년|상시"
)
_ITEMS = re.compile(r"[,·、]|\s[-/]\s")
_LENGTH = "k?m(?!2)|cm|킬로|미터|센티"
_MEASURES = dict.fromkeys(("길이", "거리", "연장", "너비", "높이", "깊이"), _LENGTH) | {
    "속도": "k?m|킬로",
    "무게": "톤|k?g|t",
    "중량": "톤|k?g|t",
    "온도": "°|℃|도",
    "기온": "°|℃|도",
    "시간": "시간|분|초",
    "인원": "명|인",
    "인구": "명|인",
}
_WORDS = re.compile(r"누구|누가|어디|어떤|어떻게|무슨|이름|성함")  # no figure answers these
_EACH = re.compile(r"\D\d[\d.]*\s?[가-힣]{0,3}\s?[,·/)]")  # `거점형 2, 마을형 3)`
_CAUSE = re.compile(r"원인|사유|이유|까닭|때문|인해|따라|배경")
NUMBER = re.compile(r"[△▲▽▼+-]?\s?[\d.,]+\s?(?:[조억천백만]*\s?[^\s\d]{0,3})?(?:\(.*\))?")


def fits(question: Question, text: str) -> bool | None:
    """Whether a folded text holds the kind of value asked for; None where any text may.

    >>> from rag.question import analyse
    >>> fits(analyse("몇 명인가요?"), "7830명"), fits(analyse("언제인가요?"), "7830명")
    (True, False)
    """
    match question.kind:
        case "money":
            return bool(money(text) or re.search(r"\d\s?(?:조|억|천만|백만)", text))
        case "share":
            return "%" in text
        case "area":
            return bool(square_metres(text))
        case "date":
            return _DATE.search(text) is not None
        case "count":
            return _counted(question.counted, text, several=question.each)
        case _:
            return _worded(question, text)


def _worded(question: Question, text: str) -> bool | None:
    """The same where words are asked for: a figure alone is none."""
    if NUMBER.fullmatch(text) and (question.kind != "other" or _WORDS.search(question.folded)):
        return False
    if question.kind == "reason":
        return True if _CAUSE.search(text) else None
    # A list may also stand line by line: one that does not enumerate is not misfit.
    return True if question.kind == "list" and len(_ITEMS.findall(text)) > 1 else None


def _counted(unit: str, text: str, *, several: bool) -> bool | None:
    """Whether the text counts in that unit; where a value of each is asked for, one is too few."""
    if unit in ("곳", "군데", "개소", "개사", "개"):
        counted = r"\d\s?여?\s?(?:개|곳|소|사|군데|기업|업체|대|호)"
    elif unit in ("명", "인"):
        counted = r"\d\s?[천만]?\s?여?\s?(?:명|인)"
    elif unit in _MEASURES:
        counted = rf"\d\s?(?:{_MEASURES[unit]})"
    else:
        counted = r"\d\s?[천만]?\s?여?\s?" + re.escape(unit[:1])
    found = re.search(counted, text) is not None
    return None if found and several and len(_EACH.findall(text)) < 2 else found
