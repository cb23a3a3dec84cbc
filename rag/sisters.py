"""Names that differ in a number or a place alone: `3호선`, `1호선`; `송파캠퍼스`, `마포캠퍼스`.

What is told of the one says nothing of the other, however alike the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from rag.korean import fold, tagged

_NUMBER = r"(?P<apart>\d{1,2}(?:\s?[·,~∼]\s?\d{1,2})*)"  # `1·2`, `1~4`
_NAMES = (
    # Not what is counted, `3개`, nor when, `3분기`; nor `왕복 2차로`, `4차 산업`.
    re.compile(
        rf"(?<![\d.,])(?P<before>){_NUMBER}\s?"
        r"(?P<after>호(?:선|관|점|기|차)|단계(?!로|별)|차(?!로|선|량|원|례|\s?산업)"
        r"|공구|구역|권역|블록)"
    ),
    re.compile(rf"(?<![a-z\d])(?P<before>[a-z]{{1,2}}){_NUMBER}(?P<after>)(?![\d.%a-z])"),
    re.compile(rf"(?P<before>[가-힣]{{2,}}){_NUMBER}(?P<after>)(?=$|[\s)」]|[은는이가을를의에])"),
)
_PLACE, _NOUNS = "NNP", ("NNG", "NNP")  # tags of Kiwi: proper nouns, and all
_Kind = tuple[str, str]  # what stands before and after that which tells those of it apart


def sister(question: str, said: str) -> tuple[str, str] | None:
    """The name asked for, and the one of its kind that is told of in its place; both folded.

    None where the name asked for is told of too, or none of its kind, or where several of one
    kind are asked for: they may be told of one by one.

    >>> sister("3호선은 언제 개통하나요?", "1호선 개통 : 2024. 6.")
    ('3호선', '1호선')
    >>> sister("1호선은 언제 개통하나요?", "1·2호선 개통 : 2024. 6.")
    """
    told = _by_kind(said)
    for (before, after), names in _by_kind(question).items():
        others = told.get((before, after), set())
        if len(names) == 1 and others and not names & others:
            return f"{before}{min(names)}{after}", f"{before}{min(others)}{after}"
    return None


def _by_kind(text: str) -> dict[_Kind, set[str]]:
    """What tells the names of a kind apart, of all kinds in a text."""
    found: dict[_Kind, set[str]] = {}
    for kind, apart in (*_numbered(fold(text)), *_placed(text)):
        found.setdefault(kind, set()).add(apart)
    return found


def _numbered(folded: str) -> Iterator[tuple[_Kind, str]]:
    for pattern in _NAMES:
        for match in pattern.finditer(folded):
            for some in re.split(r"[·,]", match["apart"]):
                first, *rest = map(int, re.split("[~∼]", some))
                for number in range(first, max([first, *rest]) + 1):
                    yield (match["before"], match["after"]), str(number)


def _placed(text: str) -> Iterator[tuple[_Kind, str]]:
    """Nouns written in one with the name of a place before them."""
    for place, noun in pairwise(tagged(text)):
        joined = place.tag == _PLACE and noun.tag in _NOUNS and place.end == noun.start
        if joined and min(len(place.form), len(noun.form)) > 1:
            yield ("", str(noun.form)), str(place.form)
