"""Words of which one excludes the others: what is told of spring says nothing of autumn.

Closed sets of common words. Those that overlap (`아동`, `청소년`), or that reports use of one and
the same thing (`예산`, `지출`), are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rag.korean import tagged

# A set on each line; `|` stands between words for the same, `+` before one that is often another.
_SETS = """
봄|춘계 여름|하계 가을|추계 겨울|동계
상반기 하반기
평일 주말|일요일|휴일+토
주간 야간
오전 오후
국비|국고 시비 도비 군비 구비 자부담|자담
본예산 추경|추가경정
세입 세출
수입 지출
최대 최소 평균
설계 시공 감리
착공|기공 준공|완공
신축 증축 리모델링 철거|해체
직영 위탁
유료 무료
전입 전출
매입 매각
국내 국외|해외
내국인 외국인
실내|옥내 실외|옥외|야외
지상 지하
남성|남자+남 여성|여자+여
청년|대학생 신중년|중장년|장년|중년 노인|어르신|고령|시니어|경로|실버+65세
정규직 비정규직|계약직|기간제 공무직|무기계약
창업 취업
출생 사망
혼인 이혼
입원 외래
승소 패소
승용 승합 화물
전기 수소 경유 휘발유
"""
_DIRECTION = re.compile(r"(?<![가-힣])(?P<front>[가-힣]*?)(?P<apart>[동서남북중]부)(?!터)")


def opposites(text: str) -> Iterator[tuple[str, str, str]]:
    """Of each word that excludes others its set, all words for the same, and the word.

    >>> list(opposites("가을 축제는 갈매동부에서"))
    [('봄|춘계 여름|하계 가을|추계 겨울|동계', '가을|추계', '가을'), ('갈매', '동부', '갈매동부')]
    """
    known = _by_word()
    for token in tagged(text):
        if token.form in known and token.tag.startswith("N"):
            yield *known[token.form], token.form
    for match in _DIRECTION.finditer(text):
        yield match["front"], match["apart"], match[0]


@cache
def _by_word() -> dict[str, tuple[str, str]]:
    return {
        word: (line, member.replace("+", "|"))
        for line in _SETS.strip().split("\n")
        for member in line.split()
        for word in member.partition("+")[0].split("|")
    }
