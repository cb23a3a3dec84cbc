"""The year that `작년`, `그때`, `이듬해` means in a conversation; a question of another year."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from rag.followups.particles import with_particle
from rag.korean import fold
from rag.question import FROM_NOW, years

# From the year that was talked of last.
_FROM_THEN = {
    **{"그 전해": -1, "전해": -1, "바로 전해": -1, "직전 해": -1, "전년": -1, "전년도": -1},
    **{"그해": 0, "그 해": 0, "그때": 0, "그 당시": 0, "당시": 0, "같은 해": 0, "이때": 0},
    **{"이듬해": 1, "그 이듬해": 1, "다음 해": 1, "그다음 해": 1, "그 다음 해": 1},
}
# `전년 대비` is said of whatever year is asked for.
_WORDS = "|".join(sorted({*FROM_NOW, *_FROM_THEN} - {"전년", "전년도"}, key=len, reverse=True))
_RELATIVE = re.compile(
    rf"(?<![가-힣])({_WORDS}|전년도?(?=[에엔은는요]))(도(?!\s))?([은는이가을를과와](?=요|[^가-힣]|$))?"
)
_YEAR = re.compile(
    r"(?<![\d,.])(?:20[0-3]\d(?=\s?(?:년|회계)|[^\w,.%]|$)|['’‘]\d\d(?!\d)"
    r"|\d\d(?=년도?[\s에은의]))"
)
_BASE = re.compile(r"(?:년도?)?(?:\s\S{1,6})?(?:보다|에 비해|\s?대비)")


def own_year(text: str) -> int | None:
    """The year a question is about, not the one it compares with.

    >>> own_year("2024년 예산은 2023년보다 얼마나 늘었나요?"), own_year("'22년 실적은?")
    (2024, 2022)
    """
    match = next(_places(text), None)
    return max(years(f"{fold(match[0])}년"), default=None) if match else None


def has_time(text: str) -> bool:
    """Whether a question names a year, as a figure or as `작년`."""
    return _YEAR.search(text) is not None or _RELATIVE.search(text) is not None


def is_relative(text: str) -> bool:
    """Whether the first time that a question names is told as `작년` is."""
    relative, year = _RELATIVE.search(text), _YEAR.search(text)
    return relative is not None and (year is None or relative.start() < year.start())


def compared_year(text: str) -> int | None:
    """The year that a question compares with: 2023 in `2023년보다`."""
    found = (match for match in _YEAR.finditer(text) if _BASE.match(text, match.end()))
    return next((int(match[0]) for match in found if match[0].isdigit()), None)


def dated(text: str, *, now: int | None, then: int | None) -> str:
    """The question with years for `작년` (from `now`) and `그때` (from `then`, the year talked of).

    >>> dated("재작년보다 늘었나요?", now=2024, then=2023)
    '2022년보다 늘었나요?'
    >>> dated("이듬해는요?", now=2024, then=2021)
    '2022년은요?'
    """

    def year(word: str) -> int | None:
        start = now or then if word in FROM_NOW else then
        return start + FROM_NOW.get(word, _FROM_THEN.get(word, 0)) if start else None

    if not then:  # nothing was talked of: `그때` tells nothing
        text = _RELATIVE.sub(lambda one: "" if _FROM_THEN.get(one[1]) == 0 else one[0], text)
    return re.sub(r"^\s+", "", _in_years(text, year))


def of_now(text: str, now: int) -> str:
    """The question with years for `작년` alone.

    >>> of_now("내년에도 그때처럼 하나요?", 2024)
    '2025년에도 그때처럼 하나요?'
    """
    return _in_years(text, lambda word: now + FROM_NOW[word] if word in FROM_NOW else None)


def _in_years(text: str, year_of: Callable[[str], int | None]) -> str:
    """The question with years for the words that tell one."""

    def told(match: re.Match[str]) -> str:
        word, degree, particle = match.groups(default="")
        year = year_of(word)
        return match[0] if year is None else with_particle(f"{year}년{degree}", particle)

    return _RELATIVE.sub(told, text)


def with_year(text: str, year: int) -> str:
    """The question of another year.

    >>> with_year("2024년 예산은 얼마인가요?", 2022), with_year("예산은 얼마인가요?", 2022)
    ('2022년 예산은 얼마인가요?', '2022년 예산은 얼마인가요?')
    """
    match = next(_places(text), None)
    if match:
        after = text[match.end() :]
        unit = "" if after.lstrip().startswith("년") else "년"
        return f"{text[: match.start()]}{year}{unit}{after}"
    relative = _RELATIVE.search(text)
    if relative:
        return f"{text[: relative.start(1)]}{year}년{text[relative.end(1) :]}"
    return f"{year}년 {text}"


def _places(text: str) -> Iterator[re.Match[str]]:
    """The years a question is about, in order."""
    return (match for match in _YEAR.finditer(text) if not _BASE.match(text, match.end()))
