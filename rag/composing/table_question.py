"""What a question asks of a whole table: the largest of a column, all rows that are such."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from rag.amounts import in_won
from rag.kinds import ASKING, asks_whether
from rag.korean import tagged
from rag.question import Question

Way = Literal["more", "less", "at least", "at most"]

_MORE = "많|높|크|큰|큽|컸|넓|길|긴|깁|늘|증가|오르|올랐|올라|상승|비싸|비싼|좋아|나아"
_LESS = "적|낮|작|좁|짧|줄|감소|떨어|내렸|내려|하락|모자라|모자란|부족|밑돌|저렴|싼|나빠"
_OVER = "넘|초과|웃돌"
_UNDER = "못 미[치친쳤칩]|미만|안 되는|미달"
_REACHED = "이상|달성|채웠|채운"
_WAYS: tuple[tuple[Way, str], ...] = (
    ("at least", _REACHED),
    ("at most", "이하"),
    ("more", f"{_OVER}|{_MORE}"),
    ("less", f"{_UNDER}|{_LESS}"),
)
_ANY = "|".join(words for _, words in _WAYS)
_NUMBER = r"\d[\d.]*(?:\s?[십백천]?[조억만](?:\s?\d[\d.]*)?)*"
_SUBJECT = r"(?P<measure>[가-힣·]+?)[이가은는도]"
_MOST = re.compile(rf"(?:가장|제일)\s(?:(?:많이|크게|적게)\s)?(?:{_MORE}|{_LESS})")
_UP, _DOWN = "늘|증가|증액|오르|오른|올랐|상승", "줄|감소|감액|떨어|내리|내린|내렸|하락"
_CHANGED = re.compile(
    rf"(?:가장|제일)\s(?:(?:많이|크게|적게)\s)(?:\S+\s)?(?:(?P<up>{_UP})|{_DOWN})"
)
_BY_MOST = re.compile(
    rf"(?:(?P<of>\S+?)\s)?(?P<measure>[가-힣·]+?)[이가은는을를]\s(?:\S+\s){{0,2}}?"
    rf"(?:가장|제일)\s(?:{_MORE}|{_LESS})"
)
_AFTER_MOST = re.compile(
    rf"(?:가장|제일)\s(?:{_MORE}|{_LESS})[은을]?\s(?P<measure>[가-힣·]+?)[을를]\s"
)
# What these are of is said before them: `고객만족도 점수`.
BARE = re.compile(r"점수|실적|수치|금액|규모|인원|건수|수준|현황|등급|순위|수")
_NO_NAME = re.compile(rf"{BARE.pattern}|현재|기준|올해|가운데|모두")
_THAN = (
    re.compile(
        rf"{_SUBJECT}\s(?:\S*[^이가은는\s]\s)?(?P<base>\S+?)보다\s"
        rf"(?:(?P<by>{_NUMBER})\s?(?P<unit>[가-힣%㎡]+?)\s)?(?:더\s)?(?P<way>{_ANY})"
    ),
    re.compile(
        rf"(?P<base>\S+?)보다\s{_SUBJECT}\s"
        rf"(?:(?P<by>{_NUMBER})\s?(?P<unit>[가-힣%㎡]+?)\s)?(?:더\s)?(?P<way>{_ANY})"
    ),
    re.compile(
        rf"{_SUBJECT}\s(?P<base>[가-힣]+?)[을를에]\s(?P<way>{_OVER}|{_UNDER}|{_REACHED}|밑돌)"
    ),
    re.compile(
        rf"(?P<base>정원|목표)보다\s(?:(?P<by>{_NUMBER})\s?(?P<unit>[가-힣%]+?)\s)?(?P<way>{_ANY})"
    ),
)
_BOUND = re.compile(
    rf"{_SUBJECT}\s(?P<bound>{_NUMBER})\s?(?P<unit>[가-힣%㎡]{{1,3}}?)"
    rf"(?:[을를이가에도]|보다)?\s?(?P<way>{_ANY})"
)
_BESIDE = {"정원": "현원", "목표": "실적"}  # what is measured against these, where it is not said
_NOUN = (
    re.compile(
        rf"(?:(?:{_ANY})[가-힣]*[은는인한된던난든친]|큰|긴|싼|란)\s([가-힣]+?)들?"
        r"(?:은|는|이|가|을|를|의|에서|이고)?(?=[\s?]|$)"
    ),
    re.compile(
        r"([가-힣]+?)들?(?:은|는|이|가|에서)?\s(?:모두\s)?(?:어디|무엇|누구|뭐|몇|어느|언제|얼마)"
    ),
    re.compile(r"([가-힣]+?)들?[은는이]\s?[?]?$"),
    re.compile(r"(?:어느|어떤|무슨)\s([가-힣]+?)들?(?:이|가|은|는|의|에서|에|을|를)(?=[\s?]|$)"),
)
_WHY = re.compile(r"왜|어떻게|까닭|이유")
_NOT = re.compile(
    r"지\s?않|않[은는았]|아닌|못했|(?<![가-힣])안\s(?!되는)[가-힣]+[은는]\s|제외|빼고"
    r"|(?:인|명|가구|세대|곳|개소|건)당\s|째로\s"
)
_GRADE = re.compile(r"등급|순위|\d위|좋아|나아|나빠")
_FIGURE = re.compile(r"얼마|언제|몇\s?(?:명|%|퍼센트|원|억|년|월|배|점)")
_COUNTS = re.compile(r"몇\s?(?:곳|군데|개|가지|과|팀|구)")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableQuestion:
    """A question over a table taken apart."""

    asked: Question
    shape: Literal["most", "all", "whether"]
    measure: str  # what is measured, as the question calls it
    way: Way
    noun: str = ""  # what is asked for, `구` in `인구가 가장 많은 구는`; empty for `어디`
    base: str = ""  # what it is measured against: another measure, or a year before
    by: Decimal | None = None  # by how much exactly
    bound: Decimal | None = None  # the figure of the question that it is measured against
    unit: str = ""  # of these
    graded: bool = False  # a lower figure may be the better one
    change: bool = False  # of what changed
    counts: bool = False  # how many there are is asked too

    @property
    def names(self) -> tuple[str, ...]:
        """The nouns that tell what it is about, beside what is measured and asked for."""
        own = f"{self.measure} {self.base} {self.noun}"
        nouns = [token.form for token in tagged(self.asked.text) if token.tag in ("NNG", "NNP")]
        return tuple(noun for noun in nouns if noun not in own and not _NO_NAME.fullmatch(noun))


def table_question(asked: Question) -> TableQuestion | None:
    """The question taken apart; None where it asks nothing of several cells.

    >>> from rag.question import analyse
    >>> found = table_question(analyse("현원이 정원보다 2명 모자라는 과는 어디어디인가요?"))
    >>> (found.measure, found.base, found.way, found.by, found.noun) if found else None
    ('현원', '정원', 'less', Decimal('2'), '과')
    """
    twice = asked.folded.count("보다") > 1  # one condition within another
    if twice or _WHY.search(asked.folded) or _NOT.search(asked.folded):
        return None
    if _MOST.search(asked.folded):
        return _most(asked)
    return _than(asked) or _bound(asked)


def _most(asked: Question) -> TableQuestion | None:
    said = _BY_MOST.search(asked.folded) or _AFTER_MOST.search(asked.folded)
    found = _MOST.search(asked.folded)
    if not said or not found or not ASKING.search(asked.folded):
        return None
    changed = _CHANGED.search(asked.folded)
    way = ("more" if changed["up"] else "less") if changed else _way(found[0].split()[-1])
    return TableQuestion(
        asked=asked,
        shape="most",
        measure=_measure(said),
        way=way,
        noun=_noun(asked),
        change=changed is not None,
    )


def _measure(said: re.Match[str]) -> str:
    """What is measured, `고객만족도` where only its `점수` is."""
    told = said.groupdict()
    bare = BARE.fullmatch(told["measure"]) is not None
    return told["of"] if bare and told.get("of") else told["measure"]


def _than(asked: Question) -> TableQuestion | None:
    """What is measured against another measure, or a year before."""
    match = next((found for shape in _THAN if (found := shape.search(asked.folded))), None)
    if not match:
        return None
    told = match.groupdict()
    wanted = TableQuestion(
        asked=asked,
        shape="all",
        measure=told.get("measure") or _BESIDE[told["base"]],
        base=told["base"],
        way=_way(told["way"]),
        by=in_won(told["by"]) if told.get("by") else None,
    )
    return _shaped(wanted)


def _bound(asked: Question) -> TableQuestion | None:
    """What is measured against a figure of the question."""
    match = _BOUND.search(asked.folded)
    if not match or match["unit"].startswith("년"):
        return None
    found = TableQuestion(
        asked=asked,
        shape="all",
        measure=match["measure"],
        way=_way(match["way"]),
        bound=in_won(match["bound"]),
        unit=match["unit"],
    )
    return _shaped(found)


def _shaped(found: TableQuestion) -> TableQuestion | None:
    """With what is asked for; None where it is no item and no yes or no, but a figure."""
    said, noun = found.asked.folded, _noun(found.asked)
    closed = asks_whether(said)
    if not closed and (_FIGURE.search(said) or not (noun or ASKING.search(said))):
        return None
    return replace(
        found,
        shape="whether" if closed else "all",
        noun=noun,
        graded=_GRADE.search(said) is not None,
        counts=_COUNTS.search(said) is not None,
    )


def _way(word: str) -> Way:
    return next(way for way, words in _WAYS if re.match(words, word))


def _noun(asked: Question) -> str:
    return next((found[1] for shape in _NOUN if (found := shape.search(asked.folded))), "")


def meets(wanted: TableQuestion, value: Decimal, other: Decimal) -> bool:
    """Whether a value stands to the other as the question asks."""
    if wanted.by is not None:
        return value - other == (wanted.by if wanted.way in ("more", "at least") else -wanted.by)
    match wanted.way:
        case "more":
            return value > other
        case "less":
            return value < other
        case "at least":
            return value >= other
        case "at most":
            return value <= other
