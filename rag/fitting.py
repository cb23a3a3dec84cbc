"""Whether a text holds the kind of value that a question asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rag.amounts import money, square_metres
from rag.naming import names_body, names_person, names_place
from rag.question import Question

_DATE = re.compile(
    # Not the year of a sum: `2021년 204억원`.
    r"\d{4}년(?!도?\s?[\d(])|\d{1,2}월|(?<![\d.])\d{1,2}\.\s?\d{1,2}(?![\d%]|\s?[a-z만억천조])|\d\s?시\b"
    r"|분기|반기|(?:19|20)\d\d\.(?=\s|$)|연중|매년|상시"
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
_TOLD: Mapping[str, re.Pattern[str]] = {
    "reason": re.compile(r"원인|사유|이유|까닭|때문|인해|따라|배경"),
    "definition": re.compile(
        r"것\W*$|말(?:함|한다|합)|의미|뜻(?:함|한다|합)|이란|란[: ]|제도\W*$|이다\W*$"
    ),
}
_LABEL_END = re.compile(r"\s?:\s")
# When or how many and nothing else.
_ONLY_DATED = re.compile(
    r"(?=\D*\d)[\d\s.,~'’()%\-–]*"
    r"(?:(?:[년월일말]|부터|까지|예정|완료|[상하]반기|분기)[\d\s.,~'’()%\-–]*)*"
)
_TERM = re.compile(
    r"[^\w]*(?:(?:\d+|[가-하])[).\s]\s*)?\W*([^:(]{2,20}?)\s?(?:\([^)]*\))?\s?:"
)  # `※ 유수율 : …`
# What follows the word that is asked about.
_TOPIC = r"['’\"”」]?(?:\([^)]*\))?(?:은|는|이란|란|의|이|가|이?라[는고])?(?![가-힣])"
# Counters that say the same. What is counted one by one may be told in `개`, but not who asks so.
_ALIKE = (
    r"대|면|기|척|(?<=\d)개(?!\s?[가-힣(])",
    "곳|군데|개소|개사|개|소|사|업체|기업|기관|시설|대|호|업소|점포|학교|개교|교|동|기",
    "명|인|분|사람",
    "가구|세대|호|집|농가",
    "건|회|차례|번|편|개|건수|횟수|회수",
    "m|미터|메터",
    "km|킬로|킬로미터",
    "퍼센트|프로|%|%p",
    "년|개년|해",
    "개월|달|월",
    "개국|나라|국",
    "그루|주|본",
    "차로|차선",
    "면|자리|대",
    "석|자리|좌석",
    "동|채|호",
    "종|가지|개",
    "칸|실|호",
    "마리|두",
    "학급|반",
    "권|책",
    "세|살",
    "점",
    "톤",
    "층",
    "필지",
    "등급",
)
# What is paid by who uses it may cost nothing.
_FEE, _FREE = re.compile(r"요금|[가-힣]료(?:[는가를]|$)|내(?:야|나|요)"), re.compile(r"무료|면제")
# Of which value of many: how the question says it -> how a text may.
_OF_MANY = {
    re.compile(r"최대|최고"): re.compile(r"최대|최고|이내|한도|상한|까지"),
    re.compile(r"최소|최저"): re.compile(r"최소|최저|이상|하한"),
    re.compile(r"평균"): re.compile(r"평균"),
}
_NAMES = {"place": names_place, "who": names_body, "person": names_person}
NUMBER = re.compile(r"[△▲▽▼+-]?\s?[\d.,]+\s?(?:[조억천백만]*\s?[^\s\d]{0,3})?(?:\(.*\))?")


def fits(question: Question, text: str) -> bool | None:
    """Whether a folded text holds the kind of value asked for; None where any text may.

    >>> from rag.question import analyse
    >>> fits(analyse("몇 명인가요?"), "7830명"), fits(analyse("언제인가요?"), "7830명")
    (True, False)
    >>> fits(analyse("병상은 몇 개인가요?"), "120병상"), fits(analyse("몇 대인가요?"), "12개소")
    (True, False)
    """
    match question.kind:
        case "money":
            free = _FEE.search(question.folded) and _FREE.search(text)
            return bool(free or money(text) or re.search(r"\d\s?(?:조|억|천만|백만)", text))
        case "amount":
            return any(character.isdigit() for character in text)
        case "share":
            return "%" in text or "퍼센트" in text
        case "area":
            return bool(square_metres(text))
        case "date":
            return _DATE.search(text) is not None
        case "count":
            return _counted(question, text)
        case "place" | "who" | "person":
            return _NAMES[question.kind](text, question.folded)
        case _:
            return _worded(question, text)


def of_many(question: Question, text: str) -> bool:
    """Whether a folded text tells of the highest, lowest or mean value where one is asked for.

    >>> from rag.question import analyse
    >>> asked = analyse("최대 몇 퍼센트인가요?")
    >>> of_many(asked, "임대료 최대 60% 감면"), of_many(asked, "임대료 감면율 : 55%")
    (True, False)
    """
    return all(
        told.search(text) for asked, told in _OF_MANY.items() if asked.search(question.folded)
    )


def _worded(question: Question, text: str) -> bool | None:
    """The same where words are asked for: a figure alone is none."""
    if NUMBER.fullmatch(text) and (question.kind != "other" or _WORDS.search(question.folded)):
        return False
    if question.kind == "list":
        # A list may also stand line by line: one that does not enumerate is not misfit.
        return True if len(_ITEMS.findall(text)) > 1 else None
    told = _TOLD.get(question.kind)
    if told and told.search(text):
        return True
    *_, said = _LABEL_END.split(text, maxsplit=1)
    if question.kind in ("method", "reason") and _ONLY_DATED.fullmatch(said):
        return False
    if question.kind != "definition":
        return None
    term = _TERM.match(text)
    return bool(term and re.search(re.escape(term[1]) + _TOPIC, question.folded))


def _counted(question: Question, text: str) -> bool | None:
    """Whether the text counts as the question does; of each thing asked for, one is too few."""
    unit = question.counted
    alike = next((names for names in _ALIKE if re.fullmatch(names, unit)), None)
    counted = rf"\d\s?[천만억]?\s?여?\s?(?:개\s?)?(?:{alike or re.escape(unit)})"
    if unit in _MEASURES:
        counted = rf"\d\s?[천만억]?\s?(?:{_MEASURES[unit]})"
    if unit == "개":  # `병상은 몇 개인가요` may be told as `120병상`
        nouns = "|".join(re.escape(noun) for noun in question.nouns if len(noun) > 1)
        counted += rf"|\d(?:{nouns})(?![가-힣])" if nouns else ""
    found = re.search(counted, text) is not None
    if not found and unit and not alike and unit not in _MEASURES:
        return None if re.search(r"\d", text) else False  # a counter of its own, or mistyped
    return None if found and question.each and len(_EACH.findall(text)) < 2 else found
