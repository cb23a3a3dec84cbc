"""When not to answer: an honest refusal is worth more than a figure of another year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag.aspect import named_in
from rag.korean import fold
from rag.question import Question, years
from rag.ranking import Scored

NEAREST = "질문에 맞는 내용을 보고서에서 찾지 못했습니다."
_OPINION = "보고서는 사실을 적은 것이어서, 의견이나 평가를 묻는 질문에는 답하지 않습니다."
_ORDER = "이 도우미는 색인한 보고서에서 답을 찾는 일만 합니다."
_VAGUE = "무엇에 관한 질문인지 알 수 없습니다. 사업이나 기관의 이름을 넣어 물어봐 주세요."
_ASKED = {
    "money": "금액",
    "share": "비율",
    "area": "면적",
    "date": "시기",
    "count": "수량",
}
# A question in other words than the report's is answered when a statement is near in meaning, and
# one whose words stand there even when it is not: only all together are too little.
_STRANGE, _FAR, _LOW = 0.75, 3.7, 5.0  # share of words missing; closeness; score
_ANOTHER = 4.7  # closeness from which a passage may call what is asked for by another name
_FOREIGN = 3.9  # idf of a place that is not the reports' own
_WEAK = 3.3  # score of a statement with which the question shares next to nothing


def doubt(question: Question, ranked: Sequence[Scored], rarity: Mapping[str, float]) -> str | None:
    """Why the best statement should not be given as the answer, in Korean; None where it may be."""
    unfit = _unfit(question)
    if unfit or not ranked:
        return unfit or NEAREST
    best = ranked[0]
    if best.signals["fit"] < 0:
        asked = _ASKED.get(question.kind)
        return f"묻는 값({asked})이 적힌 곳을 보고서에서 찾지 못했습니다." if asked else NEAREST
    another = _another_year(question, best) or _elsewhere(question, best, rarity)
    if another:
        return f"{another}의 내용은 보고서에서 찾지 못했습니다."
    if best.signals["near"] < _ANOTHER and not _names_aspect(question, best):
        return NEAREST
    far = best.signals["near"] < _FAR and best.score < _LOW
    if best.score < _WEAK or (far and _missing(best, rarity) >= _STRANGE):
        return NEAREST
    return None


def _unfit(question: Question) -> str | None:
    """Why a question is none for reports at all."""
    if question.opinion:
        return _OPINION
    if question.order:
        return _ORDER
    return None if question.tokens else _VAGUE


def _another_year(question: Question, best: Scored) -> str | None:
    """The years asked for, where the statement is of another and its report's title too."""
    titled = years(fold(best.hit.chunk.report_title))
    if question.kind == "reason":  # what is told as a cause has dates of its own
        return None
    if best.signals["year"] >= 0 or question.years & titled:
        return None
    return "·".join(f"{year}년" for year in sorted(question.years))


def _elsewhere(question: Question, best: Scored, rarity: Mapping[str, float]) -> str | None:
    """A place the question names, rare in the reports and not named by the passage."""
    text = fold(best.hit.chunk.search_text)
    foreign = (name for name in question.places if rarity.get(name, 0.0) > _FOREIGN)
    return next((name for name in foreign if name[:-1] not in text), None)


def _names_aspect(question: Question, best: Scored) -> bool:
    """Whether the passage names that of which the value is asked: `월급은 얼마`."""
    return question.aspect is None or named_in(question.aspect, fold(best.hit.chunk.search_text))


def _missing(best: Scored, rarity: Mapping[str, float]) -> float:
    """The share of the question's idf mass that stands nowhere in the best statement's passage."""
    text = fold(best.hit.chunk.search_text)
    missing = sum(weight for token, weight in rarity.items() if token not in text)
    return missing / (sum(rarity.values()) or 1.0)
