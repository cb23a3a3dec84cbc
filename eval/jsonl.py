"""JSON lines, read with errors that name the file, the line and the cure."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from rag.errors import RagError

_ZIP = b"PK\x03\x04"  # how a workbook begins


@dataclass(frozen=True, slots=True)
class Record:
    """One JSON object and where it stands; what its fields hold is checked as they are read."""

    where: str  # "dev.jsonl 3행"
    values: Mapping[str, object]
    names: Mapping[str, str] = field(default_factory=dict)  # fields that users know by another

    def shown(self, name: str) -> str:
        """A field as the user knows it: a column of a sheet has its own name."""
        return f"`{self.names.get(name, name)}`"

    def text(self, name: str, *, default: str | None = None) -> str:
        """The string under `name`; a default stands in for one that is absent or null."""
        value = self.values.get(name)
        if value is None and default is not None:
            return default
        if not isinstance(value, str):
            raise self.error(name, "문자열을")
        return value

    def flag(self, name: str, *, default: bool | None = None) -> bool:
        """The truth value under `name`."""
        value = self.values.get(name)
        if value is None and default is not None:
            return default
        if not isinstance(value, bool):
            raise self.error(name, "true 또는 false를")
        return value

    def integer(self, name: str) -> int | None:
        """The whole number under `name`, if any."""
        value = self.values.get(name)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise self.error(name, "정수를")
        return value

    def number(self, name: str) -> float | None:
        """The number under `name`, if any."""
        value = self.values.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self.error(name, "숫자를")
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):  # JSON knows no NaN, but Python reads it
            raise self.error(name, "유한한 숫자를")
        return number

    def texts(self, name: str) -> tuple[str, ...]:
        """The strings listed under `name`; none when absent."""
        return self._texts(name, self._list(name, '문자열 목록(예: ["가", "나"])을'))

    def groups(self, name: str) -> tuple[tuple[str, ...], ...]:
        """The lists of strings listed under `name`; none when absent."""
        wanted = '문자열 묶음의 목록(예: [["66개사", "66곳"]])을'
        return tuple(self._texts(name, group, wanted) for group in self._list(name, wanted))

    def records(self, name: str) -> tuple[Record, ...]:
        """The objects listed under `name`; none when absent."""
        wanted = "객체 목록(예: [{…}, {…}])을"
        items = self._list(name, wanted)
        if not all(isinstance(item, dict) for item in items):
            raise self.error(name, wanted)
        return tuple(
            Record(f"{self.where} {self.names.get(name, name)} {place}번째", item, self.names)
            for place, item in enumerate(items, start=1)
            if isinstance(item, dict)
        )

    def error(self, name: str, wanted: str) -> RagError:
        """What to tell a user whose file holds something else; `wanted` ends in 을 or 를."""
        shown = json.dumps(self.values.get(name), ensure_ascii=False)[:40]
        now = f"지금 값: {shown}" if name in self.values else "지금은 없습니다"
        return RagError(f"{self.where}: {self.shown(name)} 항목에 {wanted} 넣어 주세요({now}).")

    def _list(self, name: str, wanted: str) -> list[object]:
        value = self.values.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.error(name, wanted)
        return value

    def _texts(self, name: str, items: object, wanted: str = "문자열 목록을") -> tuple[str, ...]:
        texts = [item for item in items if isinstance(item, str)] if isinstance(items, list) else []
        if not isinstance(items, list) or len(texts) < len(items):
            raise self.error(name, wanted)
        return tuple(texts)


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """What goes wrong with a file is told with its cure."""
    try:
        yield
    except FileNotFoundError as error:
        raise RagError(f"{path}: 파일이 없습니다. 경로를 확인해 주세요.") from error
    except OSError as error:
        raise RagError(f"{path}: 읽을 수 없습니다. 파일과 권한을 확인해 주세요.") from error


def read_text(path: Path) -> str:
    """A UTF-8 file whole."""
    try:
        with reading(path):
            return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        if error.object.startswith(_ZIP):
            raise RagError(f"{path}: 엑셀 파일입니다. 이름을 .xlsx로 바꿔 주세요.") from error
        raise RagError(f"{path}: UTF-8 글이 아닙니다. UTF-8로 저장해 주세요.") from error


def read_records(path: Path) -> tuple[Record, ...]:
    """The object of every line; blank lines are passed over."""
    lines = enumerate(read_text(path).split("\n"), start=1)
    return tuple(
        parse_record(line, where=f"{path.name} {number}행")
        for number, line in lines
        if line.strip()
    )


def parse_record(line: str, *, where: str) -> Record:
    """The object that one line holds.

    >>> parse_record('{"id": "가"}', where="q.jsonl 1행").text("id")
    '가'
    """
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise RagError(f"{where}: JSON이 아닙니다. 한 줄에 객체 하나를 넣어 주세요.") from error
    if not isinstance(values, dict):
        raise RagError(f"{where}: JSON 객체가 아닙니다. {{…}} 꼴로 고쳐 주세요.")
    return Record(where, values)
