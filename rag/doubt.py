"""When not to answer: an honest refusal is worth more than a figure of another year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag.korean import fold
from rag.question import Question, years
from rag.ranking import Scored

NEAREST = "질문에 맞는 내용을 보고서에서 찾지 못했습니다."
_OPINION = "보고서는 사실을 적은 것이어서, 의견이나 평가를 묻는 질문에는 답하지 않습니다."
_ORDER = "이 도우미는 색인한 보고서에서 답을 찾는 일만 합니다."
_ASKED = {
    "money": "금액",
    "share": "비율",
    "area": "면적",
    "date": "시기",
    "count": "수량",
}
# A question in other words than the report's is answered when a statement is near in meaning, and
# one whose words stand there even when it is not: only both together are too little.
_STRANGE, _FAR = 0.78, 3.3


def doubt(question: Question, ranked: Sequence[Scored], rarity: Mapping[str, float]) -> str | None:
    """Why the best statement should not be given as the answer, in Korean; None where it may be."""
    if question.opinion:
        return _OPINION
    if question.order:
        return _ORDER
    if not ranked:
        return NEAREST
    best = ranked[0]
    if best.signals["fit"] < 0:
        return f"묻는 값({_ASKED[question.kind]})이 적힌 곳을 보고서에서 찾지 못했습니다."
    if best.signals["year"] < 0 and not question.years & years(fold(best.hit.chunk.report_title)):
        asked = "·".join(f"{year}년" for year in sorted(question.years))
        return f"{asked}의 내용은 보고서에서 찾지 못했습니다."
    if best.signals["near"] < _FAR and _missing(best, rarity) >= _STRANGE:
        return NEAREST
    return None


def _missing(best: Scored, rarity: Mapping[str, float]) -> float:
    """The share of the question's idf mass that stands nowhere in the best statement's passage."""
    text = fold(best.hit.chunk.search_text)
    missing = sum(weight for token, weight in rarity.items() if token not in text)
    return missing / (sum(rarity.values()) or 1.0)
