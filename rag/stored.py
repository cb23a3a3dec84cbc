"""Rows of the index as the nouns they hold."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import Any

from rag.types import Box, Span, Statement

_SPAN = tuple(field.name for field in fields(Span))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportEntry:
    """One report of the index, for lists and filters."""

    id: str
    title: str
    path: str
    published: str | None
    pages: int | None  # the last page's number; None where the file does not tell
    pages_exact: bool = False  # False: the number is an estimate and must be shown as one
    lines: int
    chunks: int
    tables: int = 0  # that the file itself draws; rows with tabs in a text are not counted
    ocr_pages: int = 0
    notices: tuple[str, ...] = ()  # what could not be read, in Korean


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredStatement:
    """A statement, its row among the statement vectors, its chunk's row and its morphemes."""

    row: int
    chunk_row: int
    statement: Statement
    tokens: tuple[str, ...]


def report_entry(*values: Any) -> ReportEntry:
    """A report of the `reports` table."""
    report_id, title, path, published, pages, exact, lines, chunks, *read = values
    tables, ocr_pages, notices = read
    return ReportEntry(
        id=report_id,
        title=title,
        path=path,
        published=published,
        pages=pages,
        pages_exact=bool(exact),
        lines=lines,
        chunks=chunks,
        tables=tables,
        ocr_pages=ocr_pages,
        notices=tuple(json.loads(notices)),
    )


def span_columns(table: str) -> str:
    """The columns of a span, for a query."""
    return ", ".join(f"{table}.{column}" for column in _SPAN)


def boxes_in(drawn: str) -> tuple[Box, ...]:
    """The boxes of a line, from their JSON."""
    return tuple((left, top, right, bottom) for left, top, right, bottom in json.loads(drawn))


def stored_statement(*values: Any) -> StoredStatement:
    """A statement of the `statements` table."""
    row, chunk_row, chunk_id, kind, text, context, unit, head, tokens, *span = values
    statement = Statement(
        text=text,
        context=tuple(json.loads(context)),
        span=span_in(*span),
        chunk_id=chunk_id,
        kind=kind,
        unit=unit,
        head=tuple(json.loads(head)),
    )
    return StoredStatement(
        row=row, chunk_row=chunk_row, statement=statement, tokens=tuple(json.loads(tokens))
    )


def span_in(*values: Any) -> Span:
    """The span of a row's columns."""
    told = dict(zip(_SPAN, values, strict=True))
    return Span(**told | {"page_exact": bool(told["page_exact"]), "ocr": bool(told["ocr"])})
