"""Questions that an index can answer, made from the `- 소요예산 : …` lines of its reports."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.bullets import OVER
from rag.korean import clean, join_spaced
from rag.types import Hit

EXAMPLE_QUERY = "사업개요 대상 사업기간 소요예산"  # what to search for to find such lines
_FIELD = re.compile(
    r"^\s*[-○ㅇo•]?\s*(소요예산|총사업비|사업기간|위치|대상)\s*[:：]\s*\S", re.MULTILINE
)
_ENDINGS = {
    "소요예산": "소요예산은 얼마인가요?",
    "총사업비": "총사업비는 얼마인가요?",
    "사업기간": "사업기간은 언제부터 언제까지인가요?",
    "위치": "위치는 어디인가요?",
    "대상": "대상은 무엇인가요?",
}
_MARKER = re.compile(rf"^(?:[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩIVX]+\.|\d+(?:[-.]\d+)*\.?|[①-⑳○{OVER}])\s*")
_NUMBERED = re.compile(r"^\d+\s")  # an item of work; chapters and `□ 사업개요` are no topic
_TOPIC_LENGTH = range(6, 31)


def example_questions(hits: Sequence[Hit], *, limit: int = 3) -> tuple[str, ...]:
    """At most `limit` questions, each about another topic and another kind of fact."""
    questions: dict[str, str] = {}
    topics: set[str] = set()
    for hit in hits:
        topic = _topic(hit.chunk.section)
        fields = _FIELD.findall(join_spaced(clean(hit.chunk.text)))
        fresh = next((field for field in fields if field not in questions), None)
        if topic and fresh and topic not in topics:
            topics.add(topic)
            questions[fresh] = f"{topic}의 {_ENDINGS[fresh]}"
    return tuple(questions.values())[:limit]


def _topic(section: Sequence[str]) -> str | None:
    """The innermost numbered heading without its number, where it is short enough to ask about."""
    for heading in reversed(section):
        if _NUMBERED.match(heading):
            topic = _MARKER.sub("", heading).strip()
            return topic if len(topic) in _TOPIC_LENGTH else None
    return None
