"""Writes the SQLite file of an index: reports, their lines, sections, chunks and statements."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any

from rag.manifest import Counts
from rag.types import Chunk, Report, Statement

_SPAN = """first_page INTEGER, last_page INTEGER, page_exact INTEGER NOT NULL,
    first_line INTEGER NOT NULL, last_line INTEGER NOT NULL,
    printed_page INTEGER, ocr INTEGER NOT NULL"""
_SCHEMA = f"""
CREATE TABLE reports (id TEXT PRIMARY KEY, title TEXT NOT NULL, path TEXT NOT NULL,
    sha256 TEXT NOT NULL, published TEXT, pages INTEGER, pages_exact INTEGER NOT NULL,
    lines INTEGER NOT NULL, chunks INTEGER NOT NULL, tables INTEGER NOT NULL,
    ocr_pages INTEGER NOT NULL, notices TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE lines (report_id TEXT NOT NULL, number INTEGER NOT NULL, page INTEGER,
    page_exact INTEGER NOT NULL, text TEXT NOT NULL, boxes TEXT NOT NULL,
    PRIMARY KEY (report_id, number)) WITHOUT ROWID;
CREATE TABLE sections (id INTEGER PRIMARY KEY, report_id TEXT NOT NULL, path TEXT NOT NULL,
    UNIQUE (report_id, path));
CREATE TABLE chunks (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, report_id TEXT NOT NULL,
    section_id INTEGER NOT NULL, text TEXT NOT NULL, {_SPAN});
CREATE INDEX chunks_by_report ON chunks (report_id);
CREATE TABLE statements (row INTEGER PRIMARY KEY, chunk_row INTEGER NOT NULL, kind TEXT NOT NULL,
    text TEXT NOT NULL, context TEXT NOT NULL, unit TEXT NOT NULL, head TEXT NOT NULL,
    tokens TEXT NOT NULL, {_SPAN});
CREATE INDEX statements_by_chunk ON statements (chunk_row);
"""


class RowWriter:
    """The rows of one generation, in one transaction that `close` ends."""

    def __init__(self, path: Path) -> None:
        fresh = not path.exists()
        # A build that fails throws the file away, so it needs no journal on disk.
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = MEMORY")
        self._db.execute("PRAGMA synchronous = OFF")
        if fresh:
            self._db.executescript(_SCHEMA)
        self._db.execute("BEGIN")
        self._removed = False

    def add_report(self, report: Report, chunks: int) -> None:
        """The report and all its lines."""
        lines = list(_lines(report))
        pages, exact = last_page(report)
        about = (report.id, report.title, report.path, report.sha256, report.published)
        read = (len(report.tables), sum(page.ocr for page in report.pages), _json(report.notices))
        self._insert("reports", [(*about, pages, exact, len(lines), chunks, *read)])
        self._insert("lines", lines)

    def add_chunks(self, chunks: Sequence[Chunk]) -> list[int]:
        """The rows given to the chunks, in order."""
        rows = self._new_rows("chunks", len(chunks))
        self._insert(
            "chunks",
            (
                (row, chunk.id, chunk.report_id, self._section(chunk), chunk.text, *_span(chunk))
                for row, chunk in zip(rows, chunks, strict=True)
            ),
        )
        return rows

    def add_statements(
        self, statements: Sequence[tuple[int, Statement]], tokens: Sequence[Sequence[str]]
    ) -> list[int]:
        """The rows given to the statements, each of which comes with its chunk's row."""
        rows = self._new_rows("statements", len(statements))
        self._insert(
            "statements",
            (
                (row, chunk_row, *_said(statement), _json(words), *_span(statement))
                for row, (chunk_row, statement), words in zip(rows, statements, tokens, strict=True)
            ),
        )
        return rows

    def remove(self, report_ids: Collection[str]) -> tuple[list[int], list[int]]:
        """Forget the reports; the chunk rows and the statement rows that went with them."""
        self._removed = True
        # A table, for a corpus may hold more reports than a query takes parameters.
        self._db.execute("CREATE TEMP TABLE IF NOT EXISTS gone (id TEXT PRIMARY KEY)")
        self._db.execute("DELETE FROM gone")
        self._db.executemany("INSERT INTO gone VALUES (?)", ((one,) for one in set(report_ids)))
        chunks = self._column("SELECT row FROM chunks WHERE report_id IN gone", ())
        of_them = "chunk_row IN (SELECT row FROM chunks WHERE report_id IN gone)"
        statements = self._column(f"SELECT row FROM statements WHERE {of_them}", ())
        self._db.execute(f"DELETE FROM statements WHERE {of_them}")
        for table in ("chunks", "sections", "lines"):
            self._db.execute(f"DELETE FROM {table} WHERE report_id IN gone")
        self._db.execute("DELETE FROM reports WHERE id IN gone")
        return chunks, statements

    def report_ids(self) -> set[str]:
        """The reports it holds now."""
        return set(self._column("SELECT id FROM reports", ()))

    def finish(self) -> Counts:
        """End the transaction, drop what was deleted from the file, and count."""
        self._db.execute("COMMIT")
        if self._removed:
            self._db.execute("VACUUM")
        tables = ("reports", "lines", "chunks", "statements")
        counts = {table: self._column(f"SELECT count(*) FROM {table}", ())[0] for table in tables}
        return Counts(**counts)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def _section(self, chunk: Chunk) -> int:
        key = (chunk.report_id, _json(chunk.section))
        self._db.execute("INSERT OR IGNORE INTO sections (report_id, path) VALUES (?, ?)", key)
        found = self._column("SELECT id FROM sections WHERE report_id = ? AND path = ?", key)
        return int(found[0])

    def _new_rows(self, table: str, count: int) -> list[int]:
        first = self._column(f"SELECT coalesce(max(row), 0) + 1 FROM {table}", ())[0]
        return list(range(first, first + count))

    def _insert(self, table: str, rows: Any) -> None:
        rows = list(rows)
        if rows:
            marks = ",".join("?" * len(rows[0]))
            self._db.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)

    def _column(self, sql: str, values: tuple[Any, ...]) -> list[Any]:
        return [value for (value,) in self._db.execute(sql, values)]


def last_page(report: Report) -> tuple[int | None, bool]:
    """The highest page number, None where the end of the report has none; whether all are exact."""
    numbers = [page.number for page in report.pages if page.number is not None]
    if not numbers or report.pages[-1].number is None:
        return None, False
    return max(numbers), all(page.exact for page in report.pages if page.number is not None)


def _lines(report: Report) -> Iterator[tuple[str, int, int | None, bool, str, str]]:
    for page in report.pages:
        drawn = page.boxes or ((),) * len(page.lines)
        for at, (text, boxes) in enumerate(zip(page.lines, drawn, strict=True)):
            number = page.first_line + at
            yield report.id, number, page.number, page.exact, text, _json(boxes)


def _said(statement: Statement) -> tuple[str, ...]:
    about = _json(statement.context), statement.unit, _json(statement.head)
    return statement.kind, statement.text, *about


def _span(found: Chunk | Statement) -> tuple[Any, ...]:
    return astuple(found.span)


def _json(values: Sequence[object]) -> str:
    return json.dumps(values, ensure_ascii=False)
