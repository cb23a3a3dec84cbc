"""The results file of a run: appended line by line, taken up again where it was cut off."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path

from eval.fingerprint import Fingerprint
from eval.jsonl import Record, parse_record
from eval.output import writing
from rag.errors import RagError

_RESULTS = "결과를"  # as told of what cannot be written
_OPENING = b'{"id": '


class RunLog:
    """Result lines on disk. `done` holds the ids that need not be asked again."""

    def __init__(
        self, path: Path, *, fingerprint: Fingerprint, asked: Mapping[str, str] | None = None
    ) -> None:
        """Take up the file; lines of failed questions, and a half last one, are dropped.

        Lines that another index, other settings or other code gave are kept in `backup`, and so
        are those of other questions than `asked` (id to text).
        """
        if path.exists() and not path.is_file():
            raise RagError(
                f"{path}: 파일이 아니어서 결과를 쓸 수 없습니다. 다른 이름을 적어 주세요."
            )
        self.path = path.resolve()  # a link stays a link
        self.backup = _free(self.path)
        self._fingerprint = fingerprint.as_json()
        with writing(path, _RESULTS):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            data = self.path.read_bytes() if self.path.exists() else b""
            records = tuple(self._records(data))
            ours = [record for record in records if self._is_ours(record, asked)]
            self.set_aside = len(records) - len(ours)
            if self.set_aside:
                self.backup.write_bytes(data)
            self._lines = {
                record.text("id"): json.dumps(record.values, ensure_ascii=False)
                for record in ours
                if record.values.get("error") is None
            }
            self._rewrite()

    @property
    def done(self) -> frozenset[str]:
        """Ids of the questions that have a result."""
        return frozenset(self._lines)

    def append(self, line: Mapping[str, object]) -> None:
        """Write one result; once this returns, a kill does not lose it."""
        text = json.dumps({**line, "fingerprint": self._fingerprint}, ensure_ascii=False)
        self._lines[str(line["id"])] = text
        with writing(self.path, _RESULTS), self.path.open("ab") as file:
            file.write(_encoded(text))

    def sort(self, order: Sequence[str]) -> None:
        """Put the lines in the order of the questions, so that a resumed run reads like any."""
        places = {question_id: place for place, question_id in enumerate(order)}
        ids = sorted(self._lines, key=lambda question_id: places.get(question_id, len(places)))
        if ids != list(self._lines):
            self._lines = {question_id: self._lines[question_id] for question_id in ids}
            with writing(self.path, _RESULTS):
                self._rewrite()

    def _is_ours(self, record: Record, asked: Mapping[str, str] | None) -> bool:
        same = record.values["fingerprint"] == self._fingerprint
        question = record.values.get("question")
        return same and (asked is None or asked.get(record.text("id")) == question)

    def _records(self, data: bytes) -> Iterator[Record]:
        *whole, rest = data.split(b"\n")
        for number, line in enumerate(whole, start=1):
            yield self._own(line, number)
        if not _is_cut_off(rest):
            yield self._own(rest, len(whole) + 1)

    def _own(self, line: bytes, number: int) -> Record:
        """A line that a run wrote; a file that holds any other is not ours to write over."""
        try:
            record = parse_record(line.decode("utf-8"), where=f"{self.path.name} {number}행")
        except (UnicodeDecodeError, RagError):
            record = Record("", {})
        if not {"id", "fingerprint"} <= record.values.keys():
            raise RagError(
                f"{self.path}: {number}행이 평가 결과가 아니어서 덮어쓰지 않았습니다. "
                "-o에 다른 이름을 적어 주세요."
            )
        return record

    def _rewrite(self) -> None:
        beside = self.path.with_name(self.path.name + ".new")
        beside.write_bytes(b"".join(map(_encoded, self._lines.values())))
        beside.replace(self.path)


def _free(path: Path) -> Path:
    """A name for what is set aside that no earlier one has."""
    names = (f"{path.name}.bak{number or ''}" for number in count())
    return next(free for name in names if not (free := path.with_name(name)).exists())


def _is_cut_off(rest: bytes) -> bool:
    """Whether what follows the last newline is nothing, or the begin of a line of ours.

    >>> _is_cut_off('{"id": "가", "quest'.encode()), _is_cut_off(b"# notes"), _is_cut_off(b"")
    (True, False, True)
    """
    if not rest.startswith(_OPENING):
        return _OPENING.startswith(rest)
    try:
        json.loads(rest)
    except ValueError:
        return True
    return False


def _encoded(text: str) -> bytes:
    # A lone surrogate cannot be UTF-8; as `\ud800` it is the JSON escape of itself.
    return (text + "\n").encode("utf-8", errors="backslashreplace")
