"""What kind of value a label has, how it is asked for, and what an answer must then say."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from eval.drafting.phrasing import key_words
from rag.amounts import in_myriads, money
from rag.korean import clean, fold

Groups = tuple[tuple[str, ...], ...]
LONGEST = 60  # characters of a value; a longer one is prose

_BEFORE = r"(?:(?:총|약|최대|최소|연간|연|월|주|하루|일|평균|시속|누계|각|만|매월|매년|전체)\s*)*"
_AFTER = r"\s?(?:이상|이하|이내|미만|내외|초과|정도|규모)?"
_COUNT = re.compile(
    rf"({_BEFORE})((?:\d[\d,.]*\s?[만억]\s)?\d[\d,]*(?:\.\d+)?)\s?([십백천만억]*)\s?여?\s?([가-힣]{{1,4}}?|%p?|[a-zA-Z㎎-㏟㎡℃°/]{{1,4}})"
    rf"{_AFTER}"
)
_BARE = re.compile(r"[△▲▽▼+-]?\s?\d[\d,]*(?:\.\d+)?")
_DAY = (
    r"(?:\d{4}년?\.?\s*)?(?:\d{1,2}월\s*(?:\d{1,2}(?:일|\.)?)?|\d{1,2}\.\s?\d{1,2}\.?|[상하]반기|\d/?4?분기)?"
    r"\s*(?:\([월화수목금토일]\))?\s*(?:초|중순|말|중|경|예정|까지|부터|한)?"
)
_WHEN = re.compile(r"\d{4}년|\d{1,2}월|\d\.\s?\d|반기|분기")
_DATES = re.compile(rf"{_DAY}(?:\s*[~∼]\s*(?:{_DAY}|\d{{1,2}}[.일]?)?)?")
_CLOCK = re.compile(r"\d{1,2}:\d{2}\s*[~∼]\s*\d{1,2}:\d{2}")
# `코로나19 중증환자` holds no figure.
_FIGURES = re.compile(
    r"(?<![가-힣A-Za-z\d])\d[\d,]*(?:\.\d+)?(?:\s?[조억만천백]+(?![가-힣]))?\s?(?:[가-힣]{1,2}|%|㎡|k?m[²2]?|mg|[a-z]{1,2})?"
)
_PARTICLE = re.compile(r"(?<=[가-힣])[이가은는을를의에로와과도]$|\s$")
_LASTING = re.compile(r",\s*\d+(?:일|주|개월|년)간?$")
_TIME = re.compile(r"\d{1,2}:\d{2}")
_LAST_BRACKET = re.compile(r"\s*\(([^()]*)\)[\s.]*$")
_NOTE = re.compile(r"(?<=[가-힣])\d{1,2}\)|[⁰¹²³⁴-⁹]+⁾")
# Words for places, bodies and persons in general, not names of any.
_PLACE = re.compile(r"(?:위치|장소|주소|소재지|개최지)$")
_BODY = re.compile(r"(?:기관|부서|주체|시행자|주관|업체|법인|단체)$")
_PERSON = re.compile(r"(?:위원장|대표|담당자|책임자|단장|회장)$")
_BARE_ASKS = "얼마인가요?"


@dataclass(frozen=True, slots=True)
class Value:
    """A value that a label has."""

    kind: str
    text: str  # the short answer
    asks: str  # how the question ends
    groups: Groups


def without_note(text: str) -> tuple[str, str]:
    """A value without what stands in brackets behind it, and the last of these brackets' text.

    >>> without_note("7,830명 (서울시 1,000명) (단위 : 명)")
    ('7,830명', '서울시 1,000명')
    """
    text, note = _NOTE.sub("", clean(text)).replace("**", ""), ""
    while found := _LAST_BRACKET.search(text):
        text, note = text[: found.start()], found[1]
    return text.strip(), note


def read_value(text: str, *, label: str) -> Value | None:
    """The value of one kind that the text is as a whole; None where it is prose, or several.

    >>> read_value("5,600백만원", label="소요예산").groups, read_value("3월", label="착공").asks
    ((('5,600백만원', '56억 원'),), '언제인가요?')
    >>> read_value("총 1,036명", label="이용객").asks, read_value("31.3%", label="비율").asks
    ('몇 명인가요?', '몇 %인가요?')
    >>> read_value("'25. 7월 ~ 9월", label="공사").asks, read_value("3 → 5", label="수")
    ('언제부터 언제까지인가요?', None)
    """
    core, _ = without_note(text)
    for part in (core, _LASTING.sub("", core), core.partition(" / ")[0]):
        for read in _READERS:
            if value := read(part):
                return value
    return _worded(core, label)


def _sum_of_money(core: str) -> Value | None:
    amounts = money(core)
    if len(amounts) != 1:
        return None
    printed, won = amounts[0].text, amounts[0].won
    if not re.fullmatch(rf"{_BEFORE}{re.escape(printed)}{_AFTER}", core):
        return None
    # What is no whole 만 is not said so.
    said = in_myriads(int(won)) if won >= 10**7 and not won % 10**4 else ""
    return Value("money", core, _BARE_ASKS, (_different(printed, said),))


def _different(*spellings: str) -> tuple[str, ...]:
    """The spellings that are not the same but for their spaces."""
    return tuple({text.replace(" ", ""): text for text in reversed(spellings) if text}.values())[
        ::-1
    ]


def _date(core: str) -> Value | None:
    folded = fold(core).strip(" .")
    if not _WHEN.search(folded) or not _DATES.fullmatch(folded):
        return None
    parts = [part for part in re.split(r"\s*[~∼]\s*", core) if part.strip()]
    asks = "언제인가요?" if not re.search(r"[~∼]", core) else "언제부터 언제까지인가요?"
    if asks != "언제인가요?" and len(parts) == 1:
        asks = "언제까지인가요?" if core.startswith(("~", "∼")) else "언제부터인가요?"
    return Value("date", core, asks, tuple(_spellings(part) for part in parts))


def _spellings(part: str) -> tuple[str, ...]:
    """A date as printed and written out."""
    printed = re.sub(r"\s*\([월화수목금토일]\)|[\s.]+$", "", part).strip(" .")
    spelled = re.sub(r"(\d{1,2})\.\s?(\d{1,2})$", r"\1월 \2", fold(printed).strip(" ."))
    spelled = re.sub(r"(월\s?\d{1,2})$", r"\1일", spelled)
    return tuple(dict.fromkeys((printed, spelled)))


def _clock(core: str) -> Value | None:
    if not _CLOCK.fullmatch(core):
        return None
    ends = re.split(r"\s*[~∼]\s*", core)
    return Value("clock", core, "몇 시부터 몇 시까지인가요?", tuple((end,) for end in ends))


def _count(core: str) -> Value | None:
    match = _COUNT.fullmatch(core)
    if not match or match[4] in ("년", "월", "원", "조", "억", "만", "천", "백만"):
        return None
    before, figure, scale, unit = match.groups()
    each = before.strip() if before.strip() in ("연", "월", "주", "하루", "시속") else ""
    printed = f"{figure}{scale}{unit}"
    places = (f"{figure}{scale}곳",) if unit == "개소" else ()
    asked = "곳" if unit == "개소" else unit
    return Value(
        "count", core, " ".join(f"{each} 몇 {asked}인가요?".split()), ((printed, *places),)
    )


def _figure(core: str) -> Value | None:
    return Value("figure", core, _BARE_ASKS, ((core,),)) if _BARE.fullmatch(core) else None


_READERS: tuple[Callable[[str], Value | None], ...] = (
    _sum_of_money,
    _date,
    _clock,
    _count,
    _figure,
)


def _worded(core: str, label: str) -> Value | None:
    if not 2 <= len(core) <= LONGEST or re.search(r"[→⇨⇒▶☞|↑↓]|…|·{3}", core):
        return None
    times = tuple((time,) for time in _TIME.findall(core))
    figures = times or tuple((_PARTICLE.sub("", one),) for one in _FIGURES.findall(core))
    for kind, pattern, asks in (
        ("place", _PLACE, "어디인가요?"),
        ("body", _BODY, "어디인가요?"),
        ("person", _PERSON, "누구인가요?"),
    ):
        brief = len(core) <= LONGEST // 2 and (kind == "place" or not figures)
        if pattern.search(label) and brief:
            return Value(kind, core, asks, ((core,),))
    words = tuple((word,) for word in key_words(core, besides=label))
    groups = figures or words
    return Value("words", core, "어떻게 되나요?", groups) if groups else None
