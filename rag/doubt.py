"""When not to answer: an honest refusal is worth more than a figure of another year."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rag.grounds import named_by
from rag.kinds import asks_whether
from rag.korean import fold
from rag.places import elsewhere
from rag.question import Question, years
from rag.ranking import Scored
from rag.sisters import sister

NEAREST = "질문에 맞는 내용을 보고서에서 찾지 못했습니다."
_OPINION = "보고서는 사실을 적은 것이어서, 의견이나 평가를 묻는 질문에는 답하지 않습니다."
_ORDER = "이 도우미는 색인한 보고서에서 답을 찾는 일만 합니다."
_VAGUE = "무엇에 관한 질문인지 알 수 없습니다. 사업이나 기관의 이름을 넣어 물어봐 주세요."
_WHOSE = "어느 사업이나 부서의 금액인지 알 수 없습니다. 이름을 넣어 물어봐 주세요."
_ASKED = {
    "money": "금액",
    "share": "비율",
    "area": "면적",
    "date": "시기",
    "count": "수량",
    "amount": "수치",
    "person": "이름",
}
_BUDGET = re.compile(r"\S*예산|\S*사업비|총액")
_UNTOLD = re.compile(
    rf"{_BUDGET.pattern}|금액|돈|전년|[작금]년|올해|지난해|\d+|년|해|늘|줄|많|적|비교"
)
_OF_ALL = re.compile(
    r"총\s?예산|예산\s?총|[총합]?\s?계(?![가-힣])|(?:일반|예산|재정)\s?현황|세[입출]|재정|전체"
)
# Of the whole, not of something else that is named: `국비를 뺀 시비`.
_LESS = re.compile(
    r"(?:빼고|빼면|제외하고|제외하면|제외한|뺀)요?[\s.?]*(?:$|얼마|몇"
    r"|(?:\S+(?<![은는이가])\s){0,2}(?:총|전체|합계|사업비|공사비|예산|금액|비용|인원|직원|종사자"
    r"|정원|현원|나머지))"
)
_SAID_LESS = re.compile(r"[빼뺀뺄뺌]|제외|별도|미포함")


def doubt(
    question: Question,
    ranked: Sequence[Scored],
    rarity: Callable[[str], float],
    *,
    sure: bool,
    cover: str = "",
) -> str | None:
    """Why the best statement should not be given as the answer, in Korean; None where it may be.

    `sure` is whether the confidence in it is enough; `rarity` is the idf of a word, and `cover` has
    the first lines of its report.
    """
    if reason := barred(question, ranked, rarity, cover=cover):
        return reason
    asked = _ASKED.get(question.kind)
    if asked and ranked[0].signals["fit"] < 0:
        return f"묻는 값({asked})이 적힌 곳을 보고서에서 찾지 못했습니다."
    return None if sure else NEAREST


def barred(
    question: Question,
    ranked: Sequence[Scored],
    rarity: Callable[[str], float],
    *,
    cover: str = "",
) -> str | None:
    """Why not even a part of the question is answered; None where it may be."""
    unfit = _unfit(question)
    if unfit or not ranked:
        return unfit or NEAREST
    another = _another_year(question, ranked[0]) or elsewhere(question, ranked, rarity, cover)
    if another:
        return f"{another}의 내용은 보고서에서 찾지 못했습니다."
    if _of_anything(question, ranked[0]) and not _OF_ALL.search(named_by(ranked[0])):
        return _WHOSE
    names = _sister(question, ranked[0])
    if names is None:
        return None
    wanted, other = (name.upper() for name in names)  # they are folded: `n4`
    return f"{wanted}에 관해 묻는 내용은 찾지 못했고, {other}의 내용만 찾았습니다."


def not_less(question: Question, best: Scored) -> str | None:
    """Why a figure is not given as it stands; None where nothing is to be left out of it."""
    less = question.kind in _ASKED and _LESS.search(question.folded)
    if not less or _SAID_LESS.search(named_by(best)):
        return None
    return "그만큼을 뺀 값은 보고서에서 찾지 못했습니다."


def _sister(question: Question, best: Scored) -> tuple[str, str] | None:
    """What is asked for, and what the statement tells of in its place; that may be a no."""
    if asks_whether(question.folded):
        return None
    chunk = best.hit.chunk
    chapter = chunk.section[:-1][:1]  # it is of many things: `추진상황 및 하반기 계획`
    headings = chunk.section[len(chapter) :]
    said = " ".join((*best.statement.context, best.statement.text, *headings))
    beside = " ".join((chunk.report_title, *chapter))
    return sister(question.text, said, beside=beside, asks=question.kind)


def _unfit(question: Question) -> str | None:
    """Why a question is none for reports at all."""
    if question.opinion:
        return _OPINION
    if question.order:
        return _ORDER
    return None if question.nouns or _names_something(question.tokens) else _VAGUE


def _of_anything(question: Question, best: Scored) -> bool:
    """Whether a budget is asked for, and nothing tells whose but the report: `2024년 예산은?`."""
    title = fold(best.hit.chunk.report_title)
    rest = (one for one in question.tokens if one not in title and not _UNTOLD.fullmatch(one))
    return any(map(_BUDGET.fullmatch, question.tokens)) and not any(rest)


def _names_something(tokens: Sequence[str]) -> bool:
    """Whether words that are no nouns may do: `셋째를 낳으면`, `1366은`; not `늘었나요`."""
    others = [token for token in tokens if not (token.isdecimal() and years(f"{token}년"))]
    return len(others) > 1 or any(token.isdecimal() and len(token) > 2 for token in others)


def _another_year(question: Question, best: Scored) -> str | None:
    """The years asked for, where the statement is of another and its report's title too."""
    titled = years(fold(best.hit.chunk.report_title))
    if question.kind == "reason":  # what is told as a cause has dates of its own
        return None
    if best.signals["year"] >= 0 or question.years & titled:
        return None
    return "·".join(f"{year}년" for year in sorted(question.years))
