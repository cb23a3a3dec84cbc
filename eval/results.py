"""What a run wrote, read back for scoring; any system that writes these lines can be scored."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from eval.jsonl import Record, read_records


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Lines of a report; None where a corpus has none."""

    doc: str
    first_line: int | None
    last_line: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A citation as the result line gives it."""

    place: Place
    section: tuple[str, ...]
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one question gave. One that is missing counts as a refusal."""

    answer: str = ""
    abstained: bool = True
    citations: tuple[Cited, ...] = ()  # most important first
    retrieved: tuple[Place, ...] = ()  # best first
    seconds: float | None = None
    error: str | None = None


def read_results(path: Path) -> dict[str, Result]:
    """Question id to result; the last line of an id counts."""
    return {record.text("id"): _result(record) for record in read_records(path)}


def _result(record: Record) -> Result:
    return Result(
        answer=record.text("answer", default=""),
        abstained=record.flag("abstained", default=False),
        citations=tuple(_cited(item) for item in record.records("citations")),
        retrieved=tuple(_place(item) for item in record.records("retrieved")),
        seconds=record.number("seconds"),
        error=record.text("error", default="") or None,
    )


def _cited(record: Record) -> Cited:
    return Cited(
        place=_place(record),
        section=record.texts("section"),
        quote=record.text("quote", default=""),
    )


def _place(record: Record) -> Place:
    return Place(
        doc=record.text("doc", default=""),
        first_line=record.integer("line_start"),
        last_line=record.integer("line_end"),
    )
