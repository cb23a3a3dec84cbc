"""The texts of ours as reports to index and as question sets, for `eval` and `training`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from training.texts import Contrast, Line, Passage

REPORTS, QUESTIONS, ABOUT_LINES = "reports.jsonl", "questions.jsonl", "lines.jsonl"
CONTRASTS = "contrasts"  # a folder
_PER_REPORT = 45  # passages
_LINES_PER_REPORT = 60
_TYPES = {"everyday": "paraphrase", "office": "fact", "noisy": "noisy"}


def write_corpus(passages: Sequence[Passage], lines: Sequence[Line], folder: Path) -> int:
    """Write the reports and both question sets; returns how many questions there are."""
    folder.mkdir(parents=True, exist_ok=True)
    records, questions, line = list[Mapping[str, Any]](), list[Mapping[str, Any]](), 1
    for number, passage in enumerate(passages):
        doc = f"passages-{number // _PER_REPORT}"
        line = 1 if number % _PER_REPORT == 0 else line
        records.append(_record(doc, passage.section, passage.lines))
        questions += _gold(passage, doc, line, f"{number:03}")
        line += len(passage.lines)
    about_lines = list[Mapping[str, Any]]()
    for start in range(0, len(lines), _LINES_PER_REPORT):
        some, line = lines[start : start + _LINES_PER_REPORT], 1
        doc = f"lines-{start // _LINES_PER_REPORT}"
        for at, one in enumerate(some, start=start):
            # Those like it stand around it, so that its place tells nothing.
            place = at % (len(one.near) + 1)
            texts = (*one.near[:place], one.text, *one.near[place:])
            records.append(_record(doc, (one.section,), texts))
            about_lines += _about_line(one, doc, line + place, f"{at:04}")
            line += len(texts)
    _write(folder / REPORTS, records)
    _write(folder / QUESTIONS, questions)
    _write(folder / ABOUT_LINES, about_lines)
    return len(questions) + len(about_lines)


def write_contrasts(found: Mapping[str, Sequence[Contrast]], folder: Path) -> int:
    """Write a question set for each report, by its name; returns how many questions there are."""
    (folder / CONTRASTS).mkdir(parents=True, exist_ok=True)
    count = 0
    for report, rows in found.items():
        questions = [row for at, one in enumerate(rows) for row in _contrast(one, report, at)]
        _write(folder / CONTRASTS / f"{report}.jsonl", questions)
        count += len(questions)
    return count


def _contrast(one: Contrast, report: str, number: int) -> Iterable[Mapping[str, Any]]:
    """Its questions in the form of a question set: answered by its lines, or by none."""
    places = [(report, line) for line in one.lines]
    asked = (*one.questions, *(question for _, question in one.near))
    for at, question in enumerate(asked):
        told = at < len(one.questions)
        kind = "fact" if told else "unanswerable"
        yield _question(f"{number:03}-{at}", question, kind, "", (), places if told else [])


def _record(doc: str, section: Sequence[str], texts: Sequence[str]) -> Mapping[str, Any]:
    title = f"업무보고 {int(doc.rpartition('-')[2]) + 1}"
    return {"doc": doc, "title": title, "section": section, "text": "\n".join(texts)}


def _about_line(one: Line, doc: str, line: int, name: str) -> Iterable[Mapping[str, Any]]:
    """Its questions in the form of a question set."""
    for number, question in enumerate(one.questions):
        kind = "paraphrase" if number < 2 else "noisy"
        yield _question(f"{name}-{number}", question, kind, one.text, (one.section,), [(doc, line)])


def _gold(passage: Passage, doc: str, first: int, name: str) -> Iterable[Mapping[str, Any]]:
    """Its questions in the form of a question set; `first` is where the passage begins."""
    for number, asked in enumerate(passage.asked):
        label, section = f"{name}-{number}", passage.section
        if asked.line is None:
            yield _question(label, asked.question, "unanswerable", "", section, [])
            continue
        place = doc, first + asked.line - 1
        answer = passage.lines[asked.line - 1]
        yield _question(label, asked.question, _TYPES[asked.style], answer, section, [place])


def _question(
    name: str,
    question: str,
    kind: str,
    answer: str,
    section: Sequence[str],
    places: Sequence[tuple[str, int]],
) -> Mapping[str, Any]:
    """A question in the form of a question set; `places` are the lines that answer, if any do."""
    lines = [{"doc": doc, "line_start": line, "line_end": line} for doc, line in places]
    return {
        "id": name,
        "question": question,
        "type": kind,
        "answerable": bool(places),
        "answer": answer,
        "must_include": [],
        "section": list(section),
        "evidence": lines,
    }


def _write(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text(text, encoding="utf-8")
