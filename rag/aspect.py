"""Of what a question asks the value: the words beside its question word."""

from __future__ import annotations

import re
from itertools import pairwise

from rag.korean import NOUNS, bigrams, tagged

_ASKS = frozenset(("얼마", "언제", "어디", "누구", "무엇", "뭐", "몇", "얼마나", "왜", "며칠"))
_PARTICLES = frozenset(("JX", "JKS", "JKO", "MAG", "MM", "SP"))  # between the noun and what asks
_CHAIN = frozenset(("JKG", "XSN"))  # within `국장의 이름`
# Nouns that say what kind of value is asked for, or only how it is counted: reports use others.
_GENERIC = re.compile(
    r"소요|금액|비용|값|가격|돈|액수|총액|예산|사업비|합계|전체|총|길이|거리|높이|깊이|너비|넓이|면적|무게"
    r"|속도|크기|규모|시기|때|날|날짜|시간|기간|시점|해|동안|연도|까닭|이유|원인|방법|방식|내용|결과|목적"
    r"|목표|계획|실적|이름|성함|성명|명칭|곳|장소|위치|지역|쪽|집|사람|인원|수|숫자|수량|개수|건수|횟수"
    r"|비율|비중|정도|몫|물량|대상|가운데|중|뒤|후|전|말|초|전년|작년|올해|내년|지난해|종류|유형|가지"
    r"|사업|공사|조치|기관|하루|평균|최대|최소|한도"
)
_ALIKE = 0.5  # of a noun's character pairs


def aspect(question: str) -> str | None:
    """The noun whose value is asked for; None where the question names none of substance.

    >>> aspect("운전기사의 월급은 얼마입니까?"), aspect("보수 공사의 계약 금액은 얼마인가요?")
    ('월급', '계약')
    >>> aspect("2024년 한 해 예산은 얼마인가요?") is None
    True
    """
    tokens = tagged(question)
    at = next((at for at, token in enumerate(tokens) if token.form in _ASKS), 0) - 1
    while at >= 0 and tokens[at].tag in _PARTICLES:
        at -= 1
    while at >= 0 and (tokens[at].tag in NOUNS or tokens[at].tag in _CHAIN):
        if tokens[at].tag in NOUNS and not _GENERIC.fullmatch(tokens[at].form):
            return str(tokens[at].form)
        at -= 1
    return None


def counter(question: str) -> str:
    """What is counted, `명` of `몇 명`; empty where nothing is.

    >>> counter("교육은 몇 시간인가요?"), counter("몇 개 업체인가요?"), counter("언제인가요?")
    ('시간', '개', '')
    """
    tokens = tagged(question)
    for asks, unit in pairwise(tokens):
        if asks.form == "몇" and unit.tag[0] in "NSX":
            return str(unit.form)
    return ""


def named_in(noun: str, text: str) -> bool:
    """Whether a folded text names the thing, in a compound or with a letter mistaken.

    >>> named_in("물빛축재", "물빛축제 5월"), named_in("실업률", "취업률 77%")
    (True, False)
    """
    if noun in text or noun in text.replace(" ", ""):
        return True
    pairs = bigrams(noun)
    return len(pairs) > 2 and sum(pair in text for pair in pairs) >= _ALIKE * len(pairs)
