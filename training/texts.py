"""What is learned from: welfare questions, and questions of ours about invented cities.

`pairs/` has lines of reports with three questions each, two of them in everyday words, and two
lines that look alike but do not answer. `passages/` has whole passages with ten questions each:
the line that answers, or none. `contrasts/` has lines of our `reports/` with questions they answer
and questions like these that nothing in the report answers; the encoder does not learn from them.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.errors import RagError

OURS = Path(__file__).parent
_HELD_OUT = 10  # one of so many programmes and passages is never learned from


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A question about a welfare programme, and its answer."""

    programme: str
    question: str
    answer: str

    @property
    def text(self) -> str:
        """The answer under the programme's name, as a line stands under its heading."""
        return f"{self.programme}\n{self.answer}"

    @property
    def held_out(self) -> bool:
        """Whether it is kept for measuring."""
        return is_held_out(self.programme)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a report with questions it answers, and lines that only look as if they did."""

    section: str
    text: str
    questions: tuple[str, ...]
    near: tuple[str, ...]

    @property
    def held_out(self) -> bool:
        """Whether it is kept for measuring."""
        return is_held_out(self.section)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question about a passage; `line` counts from 1 and is None where no line answers."""

    question: str
    line: int | None
    style: str  # everyday, office or noisy


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A passage as reports print it."""

    section: tuple[str, ...]
    lines: tuple[str, ...]
    asked: tuple[Asked, ...]

    @property
    def text(self) -> str:
        """Its heading path, then its lines, as chunks are embedded."""
        return "\n".join((" > ".join(self.section), *self.lines))

    @property
    def held_out(self) -> bool:
        """Whether it is kept for measuring."""
        return is_held_out(" ".join(self.section))


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """Questions that some lines of a report answer, and like ones that none of its lines does."""

    lines: tuple[int, ...]  # 1-based; each tells the answer by itself
    questions: tuple[str, ...]
    near: tuple[tuple[str, str], ...]  # what is not told (year, field, part …), the question


def welfare(path: Path) -> tuple[Answered, ...]:
    """The rows of a CSV file with the columns Question, Answer and Documents."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return tuple(
                Answered(programme=row["Documents"], question=row["Question"], answer=row["Answer"])
                for row in csv.DictReader(file)
            )
    except (OSError, KeyError, UnicodeDecodeError, csv.Error) as error:
        raise RagError(
            f"{path}: 질문과 답의 표로 읽지 못했습니다({error}). "
            "Question, Answer, Documents 열이 있는 CSV 파일을 알려 주세요."
        ) from error


def lines() -> tuple[Line, ...]:
    """Ours, in the order of the files' names."""
    return tuple(
        Line(
            section=row["section"],
            text=row["text"],
            questions=tuple(row["ask"]),
            near=tuple(row["near"]),
        )
        for row in _rows("pairs")
    )


def passages() -> tuple[Passage, ...]:
    """Ours, in the order of the files' names."""
    return tuple(
        Passage(
            section=tuple(row["section"]),
            lines=tuple(row["lines"]),
            asked=tuple(
                Asked(question=one["q"], line=one["line"], style=one["style"]) for one in row["ask"]
            ),
        )
        for row in _rows("passages")
    )


def contrasts() -> dict[str, tuple[Contrast, ...]]:
    """Ours, by the name of the report."""
    return {
        path.stem: tuple(
            Contrast(
                lines=tuple(row["lines"]),
                questions=tuple(row["ask"]),
                near=tuple((kind, question) for kind, question in row["near"]),
            )
            for row in _rows_of(path)
        )
        for path in _files("contrasts")
    }


def is_held_out(name: str) -> bool:
    """Whether what is so named is kept for measuring; the same on every machine."""
    return hashlib.sha256(name.encode()).digest()[0] % _HELD_OUT == 0


def files() -> tuple[Path, ...]:
    """The files of ours that are learned from."""
    return tuple(sorted(path for kind in ("pairs", "passages") for path in _files(kind)))


def _rows(kind: str) -> Iterator[dict[str, Any]]:
    for path in _files(kind):
        yield from _rows_of(path)


def _rows_of(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _files(kind: str) -> list[Path]:
    return sorted((OURS / kind).glob("*.jsonl"))
