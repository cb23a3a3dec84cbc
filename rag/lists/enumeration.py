"""Enumerations inside one line, and how many items a question asks for."""

from __future__ import annotations

import re

from rag.korean import fold

_BRACKETED = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]")
_CLAUSE = re.compile(r"[:：]|→|⇨|⇒|\||—|\s등(?=\s|$)")
_SEPARATORS = (
    re.compile(r"\s*•\s*"),
    re.compile(r"\s*(?:,(?!\d{3}(?!\d))|、)\s*"),
    re.compile(r"\s+[/–~-]\s+"),
    re.compile(r"\s*[·ㆍ‧]\s*"),
)
_LONGEST_PART = 25  # characters; longer ones are clauses
_FIGURE = re.compile(r"\d[\d,.]*\s?\S{0,3}$|^[\d,.'’]+")
_GOES_ON = re.compile(r"(?:[하되이리키우추]|으)(?:고|며|여|면)$|지만$|[는은을를]$")
_NATIVE = {
    "두": 2,
    "세": 3,
    "네": 4,
    "다섯": 5,
    "여섯": 6,
    "일곱": 7,
    "여덟": 8,
    "아홉": 9,
    "열": 10,
}
_COUNT = re.compile(
    rf"(?<![가-힣\d])({'|'.join(_NATIVE)})(?=\s?(?:개|곳|가지|군데|종)|\s[가-힣]{{2}})"
    r"|(?<![\d.'])(\d{1,2})\s?(?:개(?!월|년)|곳|가지|군데|종|대\s|분야|단계|과제|사업|노선|대학)"
)


def enumerated(text: str) -> tuple[str, ...]:
    """The things that the fullest enumeration of a line names; none where it enumerates none.

    >>> enumerated("- 대상 : 청년, 어르신 등"), enumerated("- 시범운영(가온·누리·해든대)")
    (('청년', '어르신'), ('가온', '누리', '해든대'))
    """
    outside = text
    while (without := _BRACKETED.sub("", outside)) != outside:
        outside = without
    clauses = (
        clause for part in (outside, *_BRACKETED.findall(text)) for clause in _CLAUSE.split(part)
    )
    return max((_parts(clause) for clause in clauses), key=len, default=())


def tells_figures(parts: tuple[str, ...]) -> bool:
    """Whether an enumeration breaks a figure down, `국비 30, 시비 20`, rather than names things."""
    return 2 * sum(_FIGURE.search(part) is not None for part in parts) > len(parts)


def counts(question: str) -> frozenset[int]:
    """The numbers of items that a question names: `세 곳`, `다섯 개 분야`, `3대 전략`.

    >>> sorted(counts("2024년 4개 구의 다섯 개 분야를 말해 주세요."))
    [4, 5]
    """
    return frozenset(
        _NATIVE[native] if native else int(digits)
        for native, digits in _COUNT.findall(fold(question))
    )


def _parts(segment: str) -> tuple[str, ...]:
    for separator in _SEPARATORS:
        found = tuple(part for part in separator.split(segment.strip(" -")) if part)
        names = found[:-1]
        if names and all(len(part) <= _LONGEST_PART for part in names):
            return () if any(_GOES_ON.search(part) for part in names) else found
    return ()
