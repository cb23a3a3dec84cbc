"""Nouns that tell which value is wanted, `예산`, and nouns of time: no topic of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

# They hold for any programme.
_GENERIC = re.compile(
    r"사업|예산|소요|비용|금액|돈|액수|총액|합계|사업비|국비|시비|구비|도비|요금|가격|기간"
    r"|시기|일정|날짜|시간|기한|위치|장소|주소|곳|지역|대상|대상자|인원|정원|사람|수|명수"
    r"|건수|횟수|개수|규모|면적|연면적|넓이|길이|연장|높이|폭|크기|층수|담당|담당자|부서"
    r"|주관|기관|책임자|연락처|전화번호|소관|실적|성과|결과|효과|계획|목표|향후|추진|내용"
    r"|방법|방식|절차|조건|자격|기준|이유|원인|까닭|배경|목적|취지|현황|종류|비율|비중|정도"
    r"|단가|이름|명칭|만족도|운영|이용|참여|지원|신청|모집|시작|종료|완료|준공|완공|착공"
    r"|개관|개통|개소|공사|총|전체|모두|각각|최대|최소|평균|하루|진행|상황|문제|문제점|차이"
    r"|증감|증가|감소|변화|쪽|때|해|동안|한해|올해|작년|내년|재작년|지난해|전년|전년도|당시"
    r"|이후|이전|다음|달|월|년|일|초|말|상반기|하반기|나머지|거|집행|집행률|진도|진도율"
    r"|공정률|달성률|설치|설계|추가|자세|구체|구체적|다른|전부|가운데|중|안|바|데|것|물량"
    r"|수량|예정|예정일|시점|처음|마지막|끝|일주일|주일|주|매주|매월|매년|사이|한두|인구"
    r"|급여|임금|시급|월급|보수|수당|보상|혜택|지원금|한도|결정|확정|필요|주요|핵심|세부"
    r"|경우|수준|외|밖|뒤|앞|후|전"
)
_TIME = re.compile(
    r"(?:(?:20)?\d\d|['’‘]\d\d)년(?:도|말|초)?|20\d\d|['’‘]\d\d|\d+(?:월|일|분기)"
    r"|올해|금년|내년|작년|재작년|지난해|전년도?|이듬해|[상하]반기"
)
_SPAN = frozenset(("사이", "동안", "해", "달", "만"))
_EVERY = frozenset(("모든", "각", "여러"))  # what follows is asked of all, not of one programme
_DEPENDENT = ("NNB", "SN", "MM", "XSN")


def is_generic(nouns: Sequence[str], tags: Sequence[str]) -> bool:
    """Whether these morphemes only say what is asked of something.

    >>> is_generic(("소요", "예산"), ("NNG", "NNG")), is_generic(("물길", "예산"), ("NNG", "NNG"))
    (True, False)
    """
    pairs = zip(nouns, tags, strict=True)
    known = all(_GENERIC.fullmatch(noun) or tag in _DEPENDENT for noun, tag in pairs)
    return known and not _EVERY & set(nouns)


def is_span(nouns: Sequence[str], tags: Sequence[str]) -> bool:
    """Whether they only tell how long: `1년 사이`."""
    return all(n in _SPAN or tag in _DEPENDENT for n, tag in zip(nouns, tags, strict=True))


def is_time(word: str) -> bool:
    """Whether a word is a time and nothing else: `2023년`, `작년`."""
    return _TIME.fullmatch(word) is not None


def is_universal(word: str) -> bool:
    """Whether what follows is asked of all: `모든`."""
    return word in _EVERY
