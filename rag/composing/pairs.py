"""Two figures of one statement that belong together: of two years, or a sum and a part of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.composing.figures import Figure, figures, is_wanted
from rag.korean import fold
from rag.question import Question, years
from rag.types import Statement

_ARROW = re.compile(
    r"\s*(?:\([^()]*\))?\s*(?:→|⇒|⇨|->|➜|➔)\s*"
    r"(?:\([^()]*\)|['’‘]\d\d[년.]+)?\s*"
)
_DATED = re.compile(r"(?:['’‘]\s?|(?<!\d)20)(\d\d)(?=\s?년|\D)|\((\d\d)\)")
_ALONE = re.compile(r"\s?년?도?\s?[)）]")
# What is told of one year only in part, or as what came to the other's.
_PARTIAL = re.compile(
    r"추가|신규|확충|인상|인하|증액|감액|대비|누계|까지|[상하]반기|추경|[+↑↓]|[증감](?![가-힣])"
)
_ADDED = re.compile(r"\s?(?:추가|신규|증가?|더)(?![가-힣])")
_OF = re.compile(r"\s*,?\s*(?:이\s)?(?:가운데|중)(?:에서)?\s*")
# What was done with a part of it; `여성` or `국비` only names the part.
_DONE = re.compile(
    r"(?:[을를이가은는]|에\s?대해)?\s*(?:[가-힣]{2,4}\s)?"
    r"(?:지출|집행|사용|투입|소진|지급|완료|이수|수료|설치|준공|처리|회수|채용|교체|정비|개선|보급|배부"
    r"|공급|납부|징수|매각|판매|점검|이행|해소|수거|복구|보수|조치|접종|개통|입주|상환|환수|해결|시정)"
    r"(?:\s?완료|함|됨|했|하였|되었|하여|해)?\S{0,2}\s*(?:$|[,.;)）/])(?<!중)"
)


def changed_in(
    question: Question, statement: Statement, between: frozenset[int] = frozenset()
) -> tuple[Figure, Figure] | None:
    """The figures of the two years `between`, else those of `3억원 → 5억원`, else of its two years.

    Of such pairs there must be one alone, and no other years.
    """
    text = statement.text
    wanted = [one for one in figures(text, question.counted) if is_wanted(question, one)]
    if dated := _of_years(text, wanted, between):
        return dated
    pairs = [
        (one, other)
        for one, other in pairwise(wanted)
        if one.unit == other.unit
        and _ARROW.fullmatch(text[one.at + len(one.text) : other.at])
        and not _ADDED.match(text, other.at + len(other.text))
    ]
    told = years(fold(text))
    if not pairs and question.years <= told:
        return _of_years(text, wanted, told)
    asked = between or question.years
    other = told and asked and (not asked <= told if len(told) > 1 else not told <= asked)
    return pairs[0] if len(pairs) == 1 and not other else None


def _of_years(
    text: str, wanted: Sequence[Figure], between: frozenset[int]
) -> tuple[Figure, Figure] | None:
    """The figures of two years, each right behind its year: `'22년 264건 → '23년 231건`.

    What stands before every year is of the later one, `25,890백만원 ('23년 21,474백만원)`; where
    a year stands behind its figure, as in `30명('22년)`, all do.
    """
    marks = [(match, 2000 + int(match[1] or match[2])) for match in _DATED.finditer(text)]
    if len(between) != 2 or not marks or _PARTIAL.search(text):
        return None
    behind = [_before(text, wanted, match) for match, _ in marks]
    if any(behind):
        told = [(year, one) for (_, year), one in zip(marks, behind, strict=True)]
    else:
        ends = [*(match.start() for match, _ in marks[1:]), len(text)]
        told = [
            (year, next((one for one in wanted if match.start() < one.at < end), None))
            for (match, year), end in zip(marks, ends, strict=True)
        ]
    by_year: dict[int, Figure] = {}
    for year, figure in told:
        if figure and by_year.setdefault(year, figure) is not figure:
            return None  # two figures of one year
    own = [one for one in wanted if one.at < marks[0][0].start()]
    first, last = by_year.get(min(between)), by_year.get(max(between))
    if len(own) == len(by_year) == 1 and not any(behind):
        last = last or own[0]
    return (first, last) if first and last and first.unit == last.unit else None


def _before(text: str, wanted: Sequence[Figure], mark: re.Match[str]) -> Figure | None:
    """The figure that a bracket with this year and nothing else stands right behind."""
    if not _ALONE.match(text, mark.end()):
        return None
    before = text[: mark.start()].rstrip("(（ '’‘")
    return next((one for one in wanted if one.at + len(one.text) == len(before)), None)


def left_in(text: str) -> tuple[Figure, Figure] | None:
    """A sum and the part of it that is done with, in `총 900백만원 중 850백만원 집행`.

    >>> [one.text for one in left_in("총 900백만원 중 850백만원 집행") or ()]
    ['900백만원', '850백만원']
    >>> left_in("총 900백만원 중 850백만원 국비"), left_in("100건 중 40건 처리중")
    (None, None)
    """
    pairs = []
    for one, other in pairwise(figures(text)):
        between, after = text[one.at + len(one.text) : other.at], text[other.at + len(other.text) :]
        if _OF.fullmatch(between) and _DONE.match(after):
            pairs.append((one, other))
    return pairs[0] if len(pairs) == 1 and len({one.unit for one in pairs[0]}) == 1 else None
