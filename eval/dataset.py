"""Question sets: what to ask, and the gold that answers are measured against.

Asking needs only `id` and `question`; the gold fields are read, and checked, when a run is scored.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eval.jsonl import Record, read_records
from rag.errors import RagError


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked; `id` is its own in the file."""

    id: str
    text: str
    dialogue: str | None = None  # id of the dialogue it is a turn of; turns stand in order


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Lines of a source that tell the answer; `doc` is how the report's id begins."""

    doc: str
    first_line: int
    last_line: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """A question and what a right answer to it says, cites and shows."""

    question: Question
    type: str
    answerable: bool  # False: the right reply is that the reports do not tell
    answer: str
    must_include: tuple[tuple[str, ...], ...]  # one variant of every group must be said
    section: tuple[str, ...]  # heading path above the evidence, outermost first
    evidence: tuple[Evidence, ...]


def load_questions(path: Path) -> tuple[Question, ...]:
    """The questions of a JSONL file in order, the turns of dialogues among them."""
    return tuple(question for _, question in _numbered(path))


def load_gold(path: Path) -> tuple[Gold, ...]:
    """The same questions with their gold answers."""
    return tuple(_gold(record, question) for record, question in _numbered(path))


def _numbered(path: Path) -> tuple[tuple[Record, Question], ...]:
    first_seen: dict[str, str] = {}
    pairs = tuple(_questions(path))
    if not pairs:
        raise RagError(f"{path}: 질문이 없습니다. 한 줄에 질문 하나를 JSON 객체로 넣어 주세요.")
    for record, question in pairs:
        if question.id in first_seen:
            raise RagError(
                f"{record.where}: id `{question.id}`가 {first_seen[question.id]}에도 있습니다. "
                "서로 다른 id를 붙여 주세요."
            )
        first_seen[question.id] = record.where
    return pairs


def _questions(path: Path) -> Iterator[tuple[Record, Question]]:
    for line in read_records(path):
        if "turns" not in line.values:
            yield line, _question(line, dialogue=None)
            continue
        for turn in line.records("turns"):
            yield turn, _question(turn, dialogue=_identifier(line, "id"))


def _question(record: Record, *, dialogue: str | None) -> Question:
    # An empty question may be asked on purpose: a set can hold what the assistant must bear.
    return Question(id=_identifier(record, "id"), text=record.text("question"), dialogue=dialogue)


def _identifier(record: Record, name: str) -> str:
    if not record.text(name).strip():
        raise record.error(name, "빈칸이 아닌 문자열을")
    return record.text(name)


def _gold(record: Record, question: Question) -> Gold:
    gold = Gold(
        question=question,
        type=_identifier(record, "type"),
        answerable=record.flag("answerable"),
        answer=record.text("answer", default=""),
        must_include=record.groups("must_include"),
        section=record.texts("section"),
        evidence=tuple(_evidence(place) for place in record.records("evidence")),
    )
    # Without them every answer would count as right, or none.
    if gold.answerable and not gold.must_include:
        raise record.error("must_include", '답에 들어갈 말(예: [["66개사", "66곳"]])을')
    if gold.answerable and not gold.evidence:
        raise record.error("evidence", "근거 줄을, 또는 `answerable`에 false를")
    return gold


def _evidence(record: Record) -> Evidence:
    first, last = record.integer("line_start"), record.integer("line_end")
    if first is None or first < 1:
        raise record.error("line_start", "1 이상의 줄 번호를")
    if last is None or last < first:
        raise record.error("line_end", f"`line_start`({first}) 이상의 줄 번호를")
    return Evidence(
        doc=_identifier(record, "doc"),
        first_line=first,
        last_line=last,
        quote=record.text("quote", default=""),
    )
