"""Names that differ in a number, a place or an opposite alone: `3호선`, `1호선`; `가을`, `봄`.

What is told of the one says nothing of the other, however alike the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rag.korean import fold, tagged
from rag.opposites import opposites, times

_DOTS = re.compile(r"\s?[·ᆞ‧･∙・,/]\s?")  # between numbers; the third is what a fold makes of `ㆍ`
_NUMBER = r"(?P<apart>\d{1,2}(?:\.?\s?[·~∼–]\s?\d{1,2})*)"  # `1·2`, `1~4`, `7.~9`
_NAMES = (
    # Not what is counted, `3개`, nor what comes in turn, `2차 피해`, `3단계로`, `3-1공구`.
    re.compile(
        rf"(?<![\d.,a-z-])(?P<before>){_NUMBER}\s?"
        r"(?P<after>호(?:선|관|점|기)|단계(?!로|별|\s?(?:절차|심사|평가))|공구|구역|권역|블록"
        r"|월(?!간)|분기|등급|학년|위(?!원|\s?(?:안|이내|권)))"
    ),
    re.compile(rf"(?P<before>제){_NUMBER}(?P<after>회)"),
    re.compile(rf"(?<![a-z\d])(?P<before>[a-z]{{1,2}}){_NUMBER}(?P<after>)(?![\d.%a-z])"),
    re.compile(rf"(?P<before>[가-힣]{{2,}}){_NUMBER}(?P<after>)(?=$|[\s)」]|[은는이가을를의에])"),
)
_DIRECTION = re.compile(r"(?<![가-힣])(?P<before>[가-힣]*?)(?P<apart>[동서남북중])부(?!터)")
_PLACE, _NOUNS = "NNP", ("NNG", "NNP")  # tags of Kiwi: proper nouns, and all
_WITHIN, _ADNOMINAL = "JKB", "ETM"  # `에`, `로`; `열리는`
_SINCE = ("부터", "까지")
_OF_ALL = frozenset(("시민", "주민", "시장", "청년", "지역", "관광", "도시"))  # no place's own
_IN_TURN = r"\s?(?:차|회|기|단계|구간|호|권역|구역|블록|공구|bl)"
_DAY = r"[\d\s.일()월화수목금토말초중순]*"  # `5월 3일(수) ~`
_FROM = rf"{_DAY}(?:[~∼–-]|부터|에서|까지|이후|이전|이상|이하)"
_TO = rf"[~∼–]{_DAY}"
_ALWAYS = re.compile(r"매[월달]|연중|상시|월별")
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_DATED = ("월", "분기")
_SET = "|"  # stands after no name
_Kind = tuple[str, str]  # what stands before and after that which tells those of it apart


@dataclass(frozen=True, slots=True)
class _Name:
    kind: _Kind
    apart: str  # what tells it from others of its kind: a number, or a pattern of words
    printed: str
    end: int  # in the text


@lru_cache(maxsize=64)  # asked before an answer is composed, and after
def sister(
    question: str, said: str, *, beside: str = "", asks: str = "count"
) -> tuple[str, str] | None:
    """The name asked for, and the one of its kind that is told of in its place; both folded.

    `beside` may tell of the name asked for, as a report's title does, but of no other; `asks` is
    the kind of the question. None where the name asked for may be told of too, written otherwise,
    where none of its kind is, or where several of one kind are asked for: they may be told of one
    by one.

    >>> sister("3호선은 언제 개통하나요?", "1호선 개통 : 2024. 6.")
    ('3호선', '1호선')
    >>> sister("1호선은 언제 개통하나요?", "1·2호선 개통 : 2024. 6.")
    """
    folded = _unified(question)
    asked = _by_kind(name for name in _names(folded) if not _aside(folded, name))
    if not asked:  # most questions: the statement need not be read
        return None
    text = _unified(said)
    told, everything = _by_kind(_names(text)), f"{text} {_unified(beside)}"
    for kind, names in asked.items():
        others = told.get(kind, {})
        if len(names) != 1 or not others or names.keys() & others.keys() or _free(kind, asks):
            continue
        ((apart, wanted),) = names.items()
        reached = (_reaches(other, text) for other in others.values())
        if not (_stands(apart, kind, everything) or any(reached)):
            return wanted, min(others.values())
    return None


def _unified(text: str) -> str:
    return _DOTS.sub("·", fold(text))


def _free(kind: _Kind, asks: str) -> bool:
    """Whether the answer may tell of another: a cause lies elsewhere, a date is another."""
    when = kind[1] in _DATED or kind[0] in times()
    return (when and asks in ("reason", "date")) or (kind[1] == _SET and asks == "reason")


def _aside(folded: str, name: _Name) -> bool:
    """Whether it only tells which thing is meant: `10월에 열리는 축제`, `국비로 짓는 도서관`."""
    after = [token for token in tagged(folded) if token.start >= name.end]
    return (
        bool(after)
        and after[0].start == name.end
        and (after[0].tag == _WITHIN or after[0].form in _SINCE)
        and any(token.tag == _ADNOMINAL for token in after)
    )


def _reaches(printed: str, text: str) -> bool:
    """Whether it is where something begins or ends that goes on: `1호선부터`, `~ 10월`."""
    name = re.escape(printed)
    upto = f"|{_TO}{name}" if printed.endswith("월") else ""  # `1~4호선` is read as a range
    return re.search(f"{name}{_FROM}{upto}", text) is not None


def _stands(apart: str, kind: _Kind, text: str) -> bool:
    """Whether a word stands there, or a number that may be the same name written otherwise."""
    if not apart.isdigit():
        return re.search(apart, text) is not None
    if kind[1] == "월" and (_ALWAYS.search(text) or re.search(rf"(?<!\d)0?{apart}[.·]", text)):
        return True
    roman = _ROMAN[int(apart)] if int(apart) < len(_ROMAN) else apart
    before, after = map(re.escape, kind)
    same = rf"{before}{apart}\s?{after}(?!\d)"
    written = rf"{apart}{_IN_TURN}|[a-z]-?{apart}(?!\d)"
    return re.search(rf"(?<!\d)(?:{same}|{written})|{roman}{_IN_TURN}", text) is not None


def _by_kind(names: Iterable[_Name]) -> dict[_Kind, dict[str, str]]:
    """Of each kind what tells the names apart, with the names."""
    found: dict[_Kind, dict[str, str]] = {}
    for name in names:
        found.setdefault(name.kind, {})[name.apart] = name.printed
    return found


def _names(text: str) -> Iterator[_Name]:
    yield from _numbered(text)
    yield from _placed(text)
    for words, told, start, end in opposites(text):
        yield _Name((words, _SET), told, text[start:end], end)
    for match in _DIRECTION.finditer(text):
        told = f"{match['apart']}부|{match['apart']}·"
        yield _Name((match["before"], "부"), told, match[0], match.end())


def _numbered(text: str) -> Iterator[_Name]:
    for pattern in _NAMES:
        for match in pattern.finditer(text):
            kind = match["before"], match["after"]
            for some in match["apart"].split("·"):
                first, *rest = map(int, re.findall(r"\d+", some))
                for number in _span(first, max(rest, default=first)):
                    yield _Name(kind, str(number), f"{kind[0]}{number}{kind[1]}", match.end())


def _span(first: int, last: int) -> tuple[int, ...]:
    """The numbers of a range; one of months may go on into the next year, `11~3월`."""
    if first <= last:
        return tuple(range(first, last + 1))
    return (*range(first, 13), *range(1, last + 1))


def _placed(text: str) -> Iterator[_Name]:
    """Nouns written in one with the name of a place before them."""
    for place, noun in pairwise(tagged(text)):
        joined = place.tag == _PLACE and noun.tag in _NOUNS and place.end == noun.start
        if joined and min(len(place.form), len(noun.form)) > 1 and noun.form not in _OF_ALL:
            printed = f"{place.form}{noun.form}"
            yield _Name(("", str(noun.form)), re.escape(place.form), printed, noun.end)
