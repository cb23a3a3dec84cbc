"""One row of a question sheet: its cells by field, each read as people write it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PureWindowsPath

from eval.question_types import type_name
from eval.sets.columns import NO, NOT_COMPUTED, TITLES, YES
from rag.errors import RagError

Values = dict[str, object]  # of the gold format, as JSON would give them
_SUFFIXES = frozenset((".pdf", ".hwp", ".hwpx", ".hml", ".docx", ".txt", ".md"))
_YES = frozenset((YES, "네", "o", "○", "y", "yes", "true", "1", "있음"))
_NO = frozenset((NO, "아니오", "x", "×", "n", "no", "false", "0", "없음"))
_COUNTED = r"(\d{1,7}|\d{1,3}(?:,\d{3})+)(?:\.0+)?"
_PAGE = re.compile(rf"(?:약|제)?\s*(?:pp?\.?|page)?\s*{_COUNTED}\s*(?:쪽|페이지|면|p\.?)?", re.I)
_LINE = re.compile(rf"{_COUNTED}\s*(?:행|줄)?")
_FAULT = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!)")
_SEVERAL = re.compile(r"\d\D*[-~∼–,、/·및와과]\D*\d")  # pages
_DATE = re.compile(r"(?:\d+년 )?\d+월(?: \d+일)?(?: \d+시.*)?|\d+시.*")
_PLACE = ("doc", "page", "line_start", "line_end", "quote")
_TOLD = (*_PLACE, "question", "answer", "must_include", "section")
_OWN = ("question", "type", "answer", "must_include", "answerable")  # of a question, not a place


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A question with its first evidence, or more evidence of the question above."""

    where: str  # "질문.xlsx 5행"
    number: int
    cells: Mapping[str, str]  # as found

    def is_empty(self) -> bool:
        """Whether nothing is told; a number or a choice set beforehand is not."""
        return not any(self._found(field) for field in _TOLD)

    def adds_to(self, above: SheetRow) -> bool:
        """Whether it is another place that tells the answer of the question above."""
        return not any(map(self._found, _OWN)) and self._found("id") in ("", above._found("id"))

    def asks(self) -> bool:
        """Whether it has a question."""
        return bool(self._found("question"))

    def accepted(self) -> bool:
        """Whether it is to be read."""
        return self._flag("accepted") is not False

    def question(self) -> Values:
        """What it tells of the question itself."""
        if not self.asks():
            raise RagError(
                f"{self.where}: `{TITLES['question']}` 칸이 비어 있습니다. 질문을 적거나, 윗 "
                "질문의 근거를 더하는 행이면 번호부터 답 있음까지 비워 주세요."
            )
        values: Values = {
            "id": self.text("id") or f"행{self.number}",
            "question": self.text("question"),
            "type": type_name(self.text("type")),
            "answer": self.text("answer"),
            "must_include": [
                _parts(group, "|") for group in _parts(self.text("must_include"), ";\n")
            ],
            "section": _parts(self.text("section"), ">›"),
        }
        answerable = self._flag("answerable")
        if answerable is None and values["type"] == "unanswerable":
            answerable = False
        return values if answerable is None else values | {"answerable": answerable}

    def place(self, *, above: Values) -> Values | None:
        """The evidence it tells, if any; a report told once holds for the rows below it."""
        if not any(map(self._found, _PLACE)):
            return None
        values = {
            "doc": _without_suffix(self.text("doc")) or above.get("doc"),
            "page": self._count("page", _PAGE, "쪽 번호 하나를 12처럼"),
            "line_start": self._count("line_start", _LINE, "줄 번호를 235처럼"),
            "line_end": self._count("line_end", _LINE, "줄 번호를 235처럼"),
            "quote": self.text("quote"),
        }
        if not values["doc"]:
            raise RagError(
                f"{self.where}: `{TITLES['doc']}` 칸이 비어 있습니다. 합친 칸이면 풀어서 채워 "
                "주세요."
            )
        return {field: value for field, value in values.items() if value not in (None, "")}

    def text(self, field: str) -> str:
        """The cell without space around it, NFC."""
        found = self._found(field)
        if _FAULT.fullmatch(found):
            raise RagError(
                f"{self.where}: `{TITLES[field]}` 칸이 엑셀 오류({found})입니다. "
                "수식을 고치거나 값을 직접 적어 주세요."
            )
        if found == NOT_COMPUTED:
            raise RagError(
                f"{self.where}: `{TITLES[field]}` 칸의 수식에 계산한 값이 없습니다. "
                "엑셀에서 열어 다시 저장하거나 값을 직접 적어 주세요."
            )
        return found

    def _found(self, field: str) -> str:
        return unicodedata.normalize("NFC", self.cells.get(field, "")).strip()

    def _flag(self, field: str) -> bool | None:
        said = self.text(field).casefold()
        if not said or said in _YES:
            return True if said else None
        if said in _NO:
            return False
        raise self._error(field, f"‘{YES}’나 ‘{NO}’를")

    def _count(self, field: str, pattern: re.Pattern[str], wanted: str) -> int | None:
        text = self.text(field)
        counted = pattern.fullmatch(unicodedata.normalize("NFKC", text))
        if text and not counted:
            raise self._error(field, wanted, _cure(field, text))
        return int(counted[1].replace(",", "")) if counted else None

    def _error(self, field: str, wanted: str, cure: str = "") -> RagError:
        return RagError(
            f"{self.where}: `{TITLES[field]}` 칸에 {wanted} 적어 주세요"
            f"(지금 값: {self.text(field)[:40]!r}).{cure}"
        )


def _cure(field: str, text: str) -> str:
    """What else to tell of a cell that holds no number."""
    if _DATE.fullmatch(text):
        return " 엑셀이 날짜로 바꾸었습니다. 칸의 서식을 ‘텍스트’로 바꾸고 다시 적어 주세요."
    if field == "page" and _SEVERAL.search(text):
        return " 쪽이 둘 이상이면 근거 행을 나누어 적어 주세요."
    return ""


def _without_suffix(doc: str) -> str:
    name = PureWindowsPath(doc)
    return name.stem if name.suffix.lower() in _SUFFIXES else doc


def _parts(text: str, marks: Sequence[str]) -> list[str]:
    """The text parted at any of the marks; nothing for what is blank."""
    parts = re.split(f"[{re.escape(''.join(marks))}]", text)
    return [part.strip() for part in parts if part.strip()]
