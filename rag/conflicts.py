"""Two places that tell the same thing differently: both are said, with the report of each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.korean import bigrams, fold
from rag.question import Question, years
from rag.ranking import Scored
from rag.wording import label_of, parted

_CLOSE = 4.0  # score behind the best within which the same field is of the same thing
_SAME = 0.6  # of the character pairs of two headings
_WHOLE = re.compile(r"총|전체|기간|위\s?치|면적|규모")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


def conflicting(question: Question, best: Scored, ranked: Sequence[Scored]) -> Scored | None:
    """The best statement that gives the same field of the same thing another value, if any.

    Not one of another year where the question names its year: that is another figure, no conflict.
    """
    if best.statement.kind == "cell" or not label_of(best.statement):
        return None
    for one in ranked[1:]:
        if best.score - one.score > _CLOSE:
            return None
        same = _same_field(best, one) and not _of_other_times(best, one)
        if same and _differ(best, one) and not _other_year(question, one):
            return one
    return None


def _same_field(best: Scored, one: Scored) -> bool:
    return (
        one.statement.kind == "line"
        and one.hit.chunk.id != best.hit.chunk.id
        and fold(label_of(one.statement)) == fold(label_of(best.statement))
        and one.signals["fit"] >= max(best.signals["fit"], 0.0)
        and _alike(_subject(best), _subject(one))
    )


def _differ(best: Scored, one: Scored) -> bool:
    figures = [set(_FIGURE.findall(fold(parted(each.statement)[1]))) for each in (best, one)]
    return all(figures) and not figures[0] & figures[1]


def _other_year(question: Question, one: Scored) -> bool:
    return bool(question.years) and one.signals["year"] <= 0


def _of_other_times(best: Scored, one: Scored) -> bool:
    """Whether they are figures of different years, each with its own; a total has but one."""
    if _WHOLE.search(label_of(best.statement)):
        return False
    told = [
        years(fold(each.statement.text)) or years(fold(each.hit.chunk.report_title))
        for each in (best, one)
    ]
    return all(told) and not told[0] & told[1]


def _subject(one: Scored) -> set[str]:
    """The character pairs of the headings a statement stands under, its sub-heading aside."""
    return set(bigrams(" ".join(one.hit.chunk.section[-2:])))


def _alike(first: set[str], second: set[str]) -> bool:
    return len(first & second) >= _SAME * min(len(first), len(second)) > 0
