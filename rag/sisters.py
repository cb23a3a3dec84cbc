"""Names that differ in a number, a place or an opposite alone: `3호선`, `1호선`; `가을`, `봄`.

What is told of the one says nothing of the other, however alike the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from rag.korean import fold, tagged
from rag.opposites import opposites

_DOTS = re.compile(r"\s?[·ᆞ‧･∙・,/]\s?")  # between numbers; the third is what a fold makes of `ㆍ`
_NUMBER = r"(?P<apart>\d{1,2}(?:[·~∼]\s?\d{1,2})*)"  # `1·2`, `1~4`
_NAMES = (
    # Not what is counted, `3개`, nor what comes in turn, `2차 피해`, `3단계로`, `3-1공구`.
    re.compile(
        rf"(?<![\d.,a-z-])(?P<before>){_NUMBER}\s?"
        r"(?P<after>호(?:선|관|점|기)|단계(?!로|별|\s?(?:절차|심사|평가))|공구|구역|권역|블록"
        r"|월(?!간)|분기|층|등급|학년|위(?!원)|기(?![가-힣]))"
    ),
    re.compile(rf"(?P<before>제){_NUMBER}(?P<after>회)"),
    re.compile(rf"(?<![a-z\d])(?P<before>[a-z]{{1,2}}){_NUMBER}(?P<after>)(?![\d.%a-z])"),
    re.compile(rf"(?P<before>[가-힣]{{2,}}){_NUMBER}(?P<after>)(?=$|[\s)」]|[은는이가을를의에])"),
)
_PLACE, _NOUNS = "NNP", ("NNG", "NNP")  # tags of Kiwi: proper nouns, and all
_OF_ALL = frozenset(("시민", "주민", "시장", "청년", "지역", "관광", "도시"))  # no place's own
_IN_TURN = r"\s?(?:차|회|기|단계|구간|호|권역|구역|블록|공구|bl)"
_RANGE = r"[\d\s.일()]*(?:[~∼-]|부터|에서|까지|이후|이전)"  # `1호선부터`, `5월 3일 ~`
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_Kind = tuple[str, str]  # what stands before and after that which tells those of it apart


def sister(question: str, said: str, *, beside: str = "") -> tuple[str, str] | None:
    """The name asked for, and the one of its kind that is told of in its place; both folded.

    `beside` may tell of the name asked for, as a report's title does, but of no other.

    None where the name asked for may be told of too, written otherwise, where none of its kind is,
    or where several of one kind are asked for: they may be told of one by one.

    >>> sister("3호선은 언제 개통하나요?", "1호선 개통 : 2024. 6.")
    ('3호선', '1호선')
    >>> sister("1호선은 언제 개통하나요?", "1·2호선 개통 : 2024. 6.")
    """
    asked = _by_kind(_unified(question))
    if not asked:  # most questions: the statement need not be read
        return None
    text = _unified(said)
    told, everything = _by_kind(text), f"{text} {_unified(beside)}"
    for kind, names in asked.items():
        others = told.get(kind, {})
        if len(names) == 1 and others and not names.keys() & others.keys():
            ((apart, wanted),) = names.items()
            ranges = (re.search(re.escape(other) + _RANGE, text) for other in others.values())
            if not any(ranges) and not _stands(apart, kind, everything):
                return wanted, min(others.values())
    return None


def _unified(text: str) -> str:
    return _DOTS.sub("·", fold(text))


def _stands(apart: str, kind: _Kind, text: str) -> bool:
    """Whether a word stands there, or a number that may be the same name written otherwise."""
    if not apart.isdigit():
        return any(word in text for word in apart.split("|")) or f"{apart[0]}·" in text
    if kind[1] == "월" and re.search(rf"(?<!\d)0?{apart}\.", text):
        return True
    roman = _ROMAN[int(apart)] if int(apart) < len(_ROMAN) else apart
    return (
        re.search(rf"(?<!\d){apart}{_IN_TURN}|[a-z]-?{apart}(?!\d)|{roman}{_IN_TURN}", text)
        is not None
    )


def _by_kind(text: str) -> dict[_Kind, dict[str, str]]:
    """Of all kinds in a text what tells the names apart, with the names."""
    found: dict[_Kind, dict[str, str]] = {}
    for kind, apart in (*_numbered(text), *_placed(text)):
        found.setdefault(kind, {})[apart] = f"{kind[0]}{apart}{kind[1]}"
    for words, apart, word in opposites(text):
        found.setdefault((words, ""), {})[apart] = word
    return found


def _numbered(text: str) -> Iterator[tuple[_Kind, str]]:
    for pattern in _NAMES:
        for match in pattern.finditer(text):
            for some in match["apart"].split("·"):
                first, *rest = map(int, re.split("[~∼]", some))
                for number in range(first, max([first, *rest]) + 1):
                    yield (match["before"], match["after"]), str(number)


def _placed(text: str) -> Iterator[tuple[_Kind, str]]:
    """Nouns written in one with the name of a place before them."""
    for place, noun in pairwise(tagged(text)):
        joined = place.tag == _PLACE and noun.tag in _NOUNS and place.end == noun.start
        if joined and min(len(place.form), len(noun.form)) > 1 and noun.form not in _OF_ALL:
            yield ("", str(noun.form)), str(place.form)
