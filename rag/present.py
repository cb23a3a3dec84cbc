"""The year that `작년` is for the reports that were found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.followups.times import dated
from rag.korean import fold
from rag.question import Question, analyse, years
from rag.types import Hit

# How far ahead a plan looks is not when it was written.
_AHEAD = re.compile(r"기본계획|종합계획|장기|비전|공약|\d년?\s?[~∼–-]\s?['’]?\d")


def in_years(question: Question, hits: Sequence[Hit]) -> Question:
    """The question with the year that `작년` is for the newest of these reports, as titled.

    As it is where it names a year itself, and where no title does.
    """
    titles = {hit.chunk.report_title for hit in hits}
    told = years(fold(" / ".join(title for title in titles if not _AHEAD.search(title))))
    if question.shift is None or question.years or not told:
        return question
    return analyse(dated(question.text, now=max(told), then=None))
