"""Passages, statements and what ranking made of them; what a test leaves out is filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rag.ranking import Scored
from rag.signals import Candidate
from rag.types import Chunk, Hit, Span, Statement, StatementKind

SECTION = ("Ⅱ. 추진계획", "1 새싹 일자리 사업", "□ 사업개요")
SIGNALS = {"fit": 0.0, "year": 0.0, "row": 0.0, "near": 5.0, "words": 1.0}


def span(first: int = 1, last: int | None = None, *, page: int | None = 1) -> Span:
    return Span(
        first_page=page,
        last_page=page,
        page_exact=page is not None,
        first_line=first,
        last_line=first if last is None else last,
    )


def statement(
    text: str,
    *context: str,
    kind: StatementKind = "line",
    unit: str = "",
    line: int = 1,
) -> Statement:
    return Statement(
        text=text, context=context, span=span(line), chunk_id="plan:0001", kind=kind, unit=unit
    )


def cell(text: str, column: str, row: str, *, unit: str = "") -> Statement:
    return statement(text, column, row, kind="cell", unit=unit)


def table_cell(text: str, column: str, row: str) -> Statement:
    """A cell of the one table whose labels stand on line 1."""
    return replace(cell(text, column, row), head=(1,))


def chunk(
    text: str = "본문",
    *,
    section: tuple[str, ...] = SECTION,
    title: str = "2024년 추진계획",
    number: int = 1,
) -> Chunk:
    return Chunk(
        id=f"plan:{number:04d}",
        report_id="plan",
        report_title=title,
        section=section,
        text=text,
        span=span(1, 9),
    )


def hit(text: str = "본문", *, score: float = 1.0, number: int = 1) -> Hit:
    return Hit(chunk=chunk(text, number=number), score=score, source="hybrid")


def candidate(
    said: Statement,
    *,
    passage: Chunk | None = None,
    tokens: tuple[str, ...] = (),
    near: float = 1.0,
) -> Candidate:
    return Candidate(
        statement=said,
        hit=Hit(chunk=passage or chunk(said.text), score=1.0, source="hybrid"),
        tokens=frozenset(tokens),
        near=near,
    )


def scored(
    said: Statement,
    score: float = 10.0,
    *,
    passage: Chunk | None = None,
    signals: Mapping[str, float] = SIGNALS,
) -> Scored:
    return Scored(
        statement=said,
        hit=Hit(chunk=passage or chunk(said.text), score=1.0, source="hybrid"),
        score=score,
        signals={**SIGNALS, **signals},
    )
