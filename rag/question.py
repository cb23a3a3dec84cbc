"""What a question asks for: the kind of value, the years, and whether reports can answer it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from rag.kinds import MEASURED, Kind, kind_of
from rag.korean import NOUNS, fold, tagged, tokenize

# `2021명` is a count: letters that follow directly are 년 or 학년, or it is no year.
_YEAR = re.compile(r"(?<!\d)(20[0-3]\d)(?=학?년|회계|[^\w,%]|$)")
# Years from that in which a report was written.
FROM_NOW = {
    **{"재작년": -2, "지지난해": -2, "작년": -1, "지난해": -1},
    **{"올해": 0, "금년": 0, "내년": 1},
}
_RELATIVE = re.compile(
    rf"(?<![가-힣])({'|'.join(FROM_NOW)})"
    # Not what is compared with: `작년 같은 기간보다`, `지난해와 비교해`.
    r"(?!도?(?:\s?\S+){0,2}?\s?(?:보다|대비|에 비|[와과고] 비교|에 견))"
)
# The year that a change is measured from is not the year asked for.
_BASE_YEAR = re.compile(r"(?<!\d)20[0-3]\d년?(?:도)?\s?(?:에 비해|에 비하여|대비|보다)")
_CHANGE = re.compile(
    r"(?:얼마나|몇\s?\S+)[^,]*(?:늘|줄|증가|감소|많|적|오르|올랐|내렸)|증감|증가율|감소율|차이는"
)
_EACH = re.compile(r"각각|씩")
_COMPARES = re.compile(
    r"각각|비교|차이|둘 중|중 (?:어느|어디)|더 (?:높|많|크|적|낮|빠르|늦)|했고,|이고,|하고,"
)
_OPINION = re.compile(
    # Not `의견을` or `반대하는`: reports tell whose opinion was heard, and why people object.
    r"(?:어떻게|뭐라고) 생각|(?:생각하|다고 보)(?:세요|십니까|시나요|시는지)|나을까요"
    r"|의견을\s?(?:말|들려|제시해|줘|주세요)|낭비\s?아닌|좋다고 (?:보|생각)"
    r"|옳(?:은|다고)|(?:찬성|반대)하(?:나|니|십|세|시나)|(?:평가|추천)해\s?(?:줘|주)|네 생각"
    r"|당신(?:은|의)|솔직히"
)
_ORDER = re.compile(
    # Not a bare `무시하고` or `시 작성`: reports tell of ignored signals, and of 한빛시 작성 지침.
    r"(?:이전|위|앞)의?\s?(?:지시|프롬프트)|시스템\s?프롬프트|ignore (?:all|previous)"
    r"|(?:지시|지침|명령|규칙|프롬프트|설정|내용|말)[은을를]?\s?(?:모두|다|전부)?\s?(?:무시|잊)"
    r"|(?<![가-힣])(?:시|소설|노래|코드|편지|연설문|기사)[를을]?\s(?:한\s?\S+\s)?(?:써|지어|작성해)"
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart."""

    text: str
    folded: str
    tokens: tuple[str, ...]
    nouns: frozenset[str]  # those of the tokens that name something
    kind: Kind
    counted: str  # "명" in `몇 명`, else empty
    years: frozenset[int]
    shift: int | None  # years from now, -1 in `작년 예산`; None where no year is so named
    change: bool  # how much more or less
    each: bool  # a value for each of several
    compares: bool  # several values are asked for, from several places
    opinion: bool
    order: bool


def analyse(text: str) -> Question:
    """The question taken apart.

    >>> asked = analyse("'22년 안심일자리에 몇 명을 뽑을 계획인가요?")
    >>> asked.kind, asked.counted, sorted(asked.years)
    ('count', '명', [2022])
    """
    folded = fold(text)
    measured = MEASURED.search(folded)
    shifts = {FROM_NOW[word] for word in _RELATIVE.findall(folded)}
    tokens = tuple(dict.fromkeys(tokenize(text)))
    return Question(
        text=text,
        folded=folded,
        tokens=tokens,
        nouns=frozenset(one.form for one in tagged(text) if one.tag in NOUNS).intersection(tokens),
        kind=kind_of(folded),
        counted=counter(text) or (measured[1] if measured else ""),
        years=years(_BASE_YEAR.sub("", folded)),
        shift=shifts.pop() if len(shifts) == 1 else None,
        change=_CHANGE.search(folded) is not None,
        each=_EACH.search(folded) is not None,
        compares=_COMPARES.search(folded) is not None,
        opinion=_OPINION.search(folded) is not None,
        order=_ORDER.search(folded) is not None,
    )


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


def years(folded: str) -> frozenset[int]:
    """The years a folded text names.

    >>> sorted(years("2021년 3월 ~ 2022년, 2,021명"))
    [2021, 2022]
    """
    return frozenset(int(year) for year in _YEAR.findall(folded))
