"""Question sets: what to ask, and the gold that answers are measured against.

Asking needs only the question; gold tells as much as it knows. Evidence may be lines, a page, a
quote or a whole document, and what gold does not tell is not measured.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from eval.jsonl import Record, read_records
from eval.matching import said_parts
from eval.question_types import OTHER
from eval.sets.columns import SUFFIXES
from rag.errors import RagError

MOST_QUESTIONS = 20_000  # of one set; at 30 ms a question ten minutes
_BEST_GRADE = 1000
Lines = tuple[int, int]  # first and last, both included


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked; `id` is its own in the set."""

    id: str
    text: str
    dialogue: str | None = None  # id of the dialogue it is a turn of; turns stand in order


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What tells the answer: lines, else a page, else the lines of a quote, else any of `doc`."""

    doc: str  # how the report's id begins
    places: tuple[Lines, ...] = ()  # any of them will do: the same quote may stand twice
    page: int | None = None
    quote: str = ""
    grade: int = 1  # how relevant, from 1
    whole_id: bool = False  # `doc` is the id itself, not how it begins

    @property
    def is_whole(self) -> bool:
        """Whether any passage of the document will do."""
        return not (self.places or self.page or self.quote)


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

    @property
    def tells_documents_only(self) -> bool:
        """Whether it is of a retrieval benchmark, which asks for no answer."""
        return not self.must_include and all(one.is_whole for one in self.evidence)


def load_questions(path: Path) -> tuple[Question, ...]:
    """The questions of a set in order, the turns of dialogues among them."""
    return tuple(question for _, question in _numbered(path))


def load_gold(path: Path) -> tuple[Gold, ...]:
    """The same questions with their gold; `RagError` names the first row that does not fit."""
    return tuple(read_gold(record, question) for record, question in _numbered(path))


def records_of(path: Path) -> tuple[Record, ...]:
    """The rows of a set, whatever its form: JSONL, CSV, XLSX or a BEIR folder."""
    if path.is_dir():
        from eval.sets.beir import read_beir

        return read_beir(path)
    if path.suffix.lower() in SUFFIXES:
        from eval.sets.sheets import read_sheet

        return read_sheet(path)
    return read_records(path)


def questions_in(record: Record) -> Iterator[tuple[Record, Question]]:
    """The question of a row, or those of its dialogue."""
    if "turns" not in record.values:
        yield record, _question(record, dialogue=None)
        return
    for turn in record.records("turns"):
        yield turn, _question(turn, dialogue=_identifier(record, "id"))


def read_gold(record: Record, question: Question) -> Gold:
    """The gold of one row."""
    answer, groups = record.text("answer", default="").strip(), record.groups("must_include")
    evidence = tuple(_evidence(place) for place in record.records("evidence"))
    told = bool(answer or groups or evidence)
    if not told and record.values.get("answerable") is None:
        raise record.error("answer", "정답을(보고서에 답이 없는 질문이면 그렇다는 표시를)")
    gold = Gold(
        question=question,
        type=record.text("type", default="").strip() or OTHER,
        answerable=record.flag("answerable", default=told),
        answer=answer,
        must_include=groups or said_parts(answer),
        section=record.texts("section"),
        evidence=evidence,
    )
    if gold.answerable and not (gold.must_include or gold.evidence):
        raise record.error("answer", "정답을")
    return gold


def _numbered(path: Path) -> tuple[tuple[Record, Question], ...]:
    rows = records_of(path)
    pairs = tuple(pair for record in rows for pair in questions_in(record))
    if not pairs:
        raise RagError(f"{path}: 질문이 없습니다. 질문을 한 줄에 하나씩 적어 주세요.")
    require_size(path, len(pairs))
    problem = next(iter(repeated(pairs)), None)
    if problem:
        raise RagError(problem)
    return pairs


def require_size(path: Path, count: int) -> None:
    """Refuse a set that would run for hours."""
    if count > MOST_QUESTIONS:
        raise RagError(
            f"{path}: 질문이 {MOST_QUESTIONS:,}개를 넘습니다. "
            f"{MOST_QUESTIONS:,}개까지 되도록 파일을 나누어 주세요."
        )


def repeated(pairs: Iterable[tuple[Record, Question]]) -> Iterator[str]:
    """What to tell of every id that stands twice."""
    first_seen: dict[str, str] = {}
    for record, question in pairs:
        if question.id in first_seen:
            yield (
                f"{record.where}: {record.shown('id')} `{question.id}`가 "
                f"{first_seen[question.id]}에도 있습니다. 서로 다른 값을 붙여 주세요."
            )
        first_seen.setdefault(question.id, record.where)


def _question(record: Record, *, dialogue: str | None) -> Question:
    # An empty question may be asked on purpose: a set can hold what the assistant must bear.
    return Question(id=_identifier(record, "id"), text=record.text("question"), dialogue=dialogue)


def _identifier(record: Record, name: str) -> str:
    if not record.text(name).strip():
        raise record.error(name, "빈칸이 아닌 문자열을")
    return record.text(name)


def _evidence(record: Record) -> Evidence:
    page = record.integer("page")
    if page is not None and page < 1:
        raise record.error("page", "1 이상의 쪽 번호를")
    return Evidence(
        doc=_identifier(record, "doc"),
        places=_places(record),
        page=page,
        quote=record.text("quote", default="").strip(),
        grade=_grade(record),
        whole_id=record.flag("whole_id", default=False),
    )


def _grade(record: Record) -> int:
    grade = record.integer("grade")
    if grade is not None and not 1 <= grade <= _BEST_GRADE:
        raise record.error("grade", f"1부터 {_BEST_GRADE}까지의 정수를")
    return grade or 1


def _places(record: Record) -> tuple[Lines, ...]:
    first, last = record.integer("line_start"), record.integer("line_end")
    if first is None and last is None:
        return ()
    if first is None or first < 1:
        raise record.error("line_start", "1 이상의 줄 번호를")
    last = first if last is None else last
    if last < first:
        raise record.error("line_end", f"{record.shown('line_start')}({first}) 이상의 줄 번호를")
    return ((first, last),)
