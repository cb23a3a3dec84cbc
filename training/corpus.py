"""The passages of ours as reports to index and as a question set, for `eval fit` and `eval run`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from training.texts import Passage

REPORTS, QUESTIONS = "reports.jsonl", "questions.jsonl"
_PER_REPORT = 45  # passages
_TYPES = {"everyday": "paraphrase", "office": "fact", "noisy": "noisy"}


def write_corpus(passages: tuple[Passage, ...], folder: Path) -> int:
    """Write both files into the folder; returns how many questions there are."""
    folder.mkdir(parents=True, exist_ok=True)
    records, questions, line = list[Mapping[str, Any]](), list[Mapping[str, Any]](), 1
    for number, passage in enumerate(passages):
        doc = f"passages-{number // _PER_REPORT}"
        line = 1 if number % _PER_REPORT == 0 else line
        records.append(
            {
                "doc": doc,
                "title": f"업무보고 {number // _PER_REPORT + 1}",
                "section": passage.section,
                "text": "\n".join(passage.lines),
            }
        )
        questions += _gold(passage, doc, line, f"{number:03}")
        line += len(passage.lines)
    _write(folder / REPORTS, records)
    _write(folder / QUESTIONS, questions)
    return len(questions)


def _gold(passage: Passage, doc: str, first: int, name: str) -> Iterable[Mapping[str, Any]]:
    """Its questions in the form of a question set; `first` is where the passage begins."""
    for number, asked in enumerate(passage.asked):
        told = asked.line is not None
        at = first + asked.line - 1 if asked.line else 0
        evidence = {"doc": doc, "line_start": at, "line_end": at}
        yield {
            "id": f"{name}-{number}",
            "question": asked.question,
            "type": _TYPES[asked.style] if told else "unanswerable",
            "answerable": told,
            "answer": passage.lines[asked.line - 1] if asked.line else "",
            "must_include": [],
            "section": list(passage.section),
            "evidence": [evidence] if told else [],
        }


def _write(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text(text, encoding="utf-8")
