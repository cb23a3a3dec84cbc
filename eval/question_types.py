"""The types of questions, in the gold files' words and in Korean."""

from __future__ import annotations

ALL = "ALL"  # not a type: every question
OTHER = "other"  # of a question that names none
LABELS = {
    "fact": "사실",
    "table": "표",
    "list": "나열",
    "paraphrase": "바꿔 말함",
    "descriptive": "서술",
    "noisy": "거친 말",
    "compare": "비교",
    "calculation": "계산",
    "unanswerable": "답 없음",
    OTHER: "기타",
}


def type_label(name: str) -> str:
    """The Korean name of a question type; one that we do not know keeps its own."""
    return "전체" if name == ALL else LABELS.get(name, name)


def type_name(label: str) -> str:
    """The type of a Korean name; one that we do not know keeps its own.

    >>> type_name("바꿔 말함"), type_name("fact"), type_name("현황")
    ('paraphrase', 'fact', '현황')
    """
    wanted = label.replace(" ", "")
    return next((name for name, told in LABELS.items() if told.replace(" ", "") == wanted), label)
