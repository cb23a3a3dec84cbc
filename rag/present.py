"""The year that `작년` is for the reports that were found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import TypeVar

from rag.followups.times import is_relative, of_now
from rag.korean import fold
from rag.question import analyse, years

Found = TypeVar("Found")

# How far ahead a plan looks is not when it was written.
_AHEAD = re.compile(
    r"기본계획|종합계획|장기|비전|공약|로드맵|구상|전략|\d년?\s?[~∼–-]\s?['’]?\d(?!\d?월)"
)
_NAME = re.compile(r"올해의\s")  # `올해의 책`


def searched(
    question: str,
    search: Callable[[str], Sequence[Found]],
    title: Callable[[Found], str] = attrgetter("chunk.report_title"),
) -> tuple[str, Sequence[Found]]:
    """The question with years for `작년`, and the passages that are found for it.

    `title` is that of a passage's report.
    """
    found = search(question)
    told = in_years(question, map(title, found))
    return told, found if told == question else search(told)


def in_years(question: str, titles: Iterable[str]) -> str:
    """The question with the year that `작년` is for the newest of the reports with these titles.

    As it is where it names a year itself, and where no title does.
    """
    if not is_relative(question) or _NAME.search(question):  # most are not
        return question
    asked = analyse(question)
    if asked.shift is None or asked.years:
        return question
    told = years(fold(" / ".join({title for title in titles if not _AHEAD.search(title)})))
    return of_now(question, max(told)) if told else question
