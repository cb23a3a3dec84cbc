"""What a run wrote, read back for scoring; any system that writes these lines can be scored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from eval.jsonl import Record, read_records


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Lines of a report; None where a corpus has none."""

    doc: str
    first_line: int | None
    last_line: int | None
    page: int | None = None
    score: float | None = None  # of a retrieved passage; compares within one question


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A citation as the result line gives it."""

    place: Place
    section: tuple[str, ...]
    quote: str
    title: str = ""
    page_exact: bool = True
    head: tuple[str, ...] = ()  # of a table row, the lines that print its column labels


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one question gave. One that is missing counts as a refusal."""

    question: str | None = None  # as it was asked, where the line tells
    answer: str = ""
    abstained: bool = True
    citations: tuple[Cited, ...] = ()  # most important first
    retrieved: tuple[Place, ...] = ()  # best first
    confidence: float | None = None  # compares within one run
    seconds: float | None = None
    error: str | None = None
    fingerprint: Mapping[str, str] = field(default_factory=dict)  # of settings, index and code


def read_results(path: Path) -> dict[str, Result]:
    """Question id to result; the last line of an id counts."""
    return {record.text("id"): read_result(record) for record in read_records(path)}


def read_result(record: Record) -> Result:
    """What one line of a results file tells."""
    return Result(
        question=record.text("question", default="") or None,
        answer=record.text("answer", default=""),
        abstained=record.flag("abstained", default=False),
        citations=tuple(_cited(item) for item in record.records("citations")),
        retrieved=tuple(_place(item) for item in record.records("retrieved")),
        confidence=_within(record, "confidence", 1),
        seconds=_within(record, "seconds", 1e6),
        error=record.text("error", default="") or None,
        fingerprint=_fingerprint(record.values.get("fingerprint")),
    )


def _fingerprint(value: object) -> Mapping[str, str]:
    # Another system's lines need not have one, nor one of this form.
    return {str(k): str(v) for k, v in value.items()} if isinstance(value, dict) else {}


def _within(record: Record, name: str, most: float) -> float | None:
    value = record.number(name)
    if value is not None and not 0 <= value <= most:
        raise record.error(name, f"0부터 {most:,.0f}까지의 수를")
    return value


def _cited(record: Record) -> Cited:
    return Cited(
        place=_place(record),
        section=record.texts("section"),
        quote=record.text("quote", default=""),
        title=record.text("title", default=""),
        page_exact=record.flag("page_exact", default=True),
        head=record.texts("table_head"),
    )


def _place(record: Record) -> Place:
    return Place(
        doc=record.text("doc", default=""),
        first_line=record.integer("line_start"),
        last_line=record.integer("line_end"),
        page=record.integer("page"),
        score=record.number("score"),
    )
