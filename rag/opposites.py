"""Words of which one excludes the others: what is told of spring says nothing of autumn.

Closed sets of common words. Those that overlap (`아동`, `청소년`), that have other senses (`수입`),
or that reports use of one and the same thing (`예산`, `지출`), are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from rag.korean import tagged

# A set on each line; `|` stands between words for the same.
_TIMES = """
봄|봄철|춘계 여름|여름철|하계|하절|하절기 가을|가을철|추계 겨울|겨울철|동계|동절|동절기
상반기 하반기
평일 주말|휴일
"""
_THINGS = """
국비|국고 시비 도비 군비 구비 자부담|자담
본예산 추경|추가경정
세입 세출
설계 시공 감리
착공|기공 준공|완공
직영 위탁
유료 무료
전입 전출
매입 매각
국내 국외|해외
내국인 외국인
실내|옥내 실외|옥외|야외
지상 지하
남성|남자 여성|여자
청년|대학생 신중년|중장년|장년|중년 노인|어르신|고령|시니어|경로|실버
정규직 비정규직|계약직|기간제 공무직|무기계약
창업 취업
출생 사망
혼인 이혼
입원 외래
승소 패소
승용 승합 화물
"""
# What else may tell of it, as a pattern.
_ELSE: Mapping[str, str] = {
    "상반기": r"(?<!\d)[1-6]월|[12]분기",
    "하반기": r"(?<!\d)(?:[789]|1[0-2])월|[34]분기",
    "평일": r"월\s?[~∼–-]\s?금|주중",
    "주말": r"토|일요일",
    "국비": r"국\s?\d|국가",
    "시비": r"(?<![가-힣])시\s?\d|지방비|자체",
    "도비": r"(?<![가-힣])도\s?\d|지방비",
    "군비": r"(?<![가-힣])군\s?\d|지방비",
    "구비": r"(?<![가-힣])구\s?\d|지방비",
    "본예산": "당초",
    "시공": "공사",
    "감리": "건설사업관리",
    "착공": r"시작|기간|착수|[~∼]",
    "준공": r"완료|개[관장소원]|[~∼]",
    "유료": r"\d원|이용료|요금",
    "무료": r"면제|없음",
    "국내": "내국",
    "국외": "외국|외래",
    "내국인": "국내|시민|주민",
    "외국인": "해외|외래",
    "남성": r"(?<![가-힣])남\s?\d",
    "여성": r"(?<![가-힣])여\s?\d",
    "청년": r"\d세|[1-3]0대",
    "신중년": r"\d세|[4-6]0대",
    "노인": r"\d세|[6-9]0대",
}


def opposites(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Of each word that excludes others its set, a pattern of all that tells of it, and its place.

    >>> [(members, told) for members, told, *_ in opposites("가을 축제")]
    [('봄 여름 가을 겨울', '가을|가을철|추계|가·')]
    """
    known = _by_word()
    for token in tagged(text):
        if token.form in known and token.tag.startswith("N"):
            yield *known[token.form], token.start, token.end


@cache
def times() -> frozenset[str]:
    """The sets of words that tell when."""
    return frozenset(map(_named, _lines(_TIMES)))


@cache
def _by_word() -> dict[str, tuple[str, str]]:
    found = {}
    for line in _lines(_TIMES + _THINGS):
        for words in (member.split("|") for member in line.split()):
            # `상·하반기`, `국·시비` tell of both.
            told = "|".join((*words, *filter(None, (_ELSE.get(words[0]),)), f"{words[0][0]}·"))
            found.update(dict.fromkeys(words, (_named(line), told)))
    return found


def _lines(text: str) -> list[str]:
    return list(filter(None, text.splitlines()))


def _named(line: str) -> str:
    """A set as it is called: by the first word of each member."""
    return " ".join(member.partition("|")[0] for member in line.split())
