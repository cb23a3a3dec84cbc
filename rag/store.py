"""The index directory, opened for reading: rows in SQLite, vectors, and the lexical index."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from rag.dense import DenseIndex
from rag.errors import IndexDamagedError
from rag.lexical import LexicalIndex
from rag.manifest import Manifest
from rag.stored import (
    ReportEntry,
    StoredStatement,
    boxes_in,
    report_entry,
    span_columns,
    span_in,
    stored_statement,
)
from rag.types import Box, Chunk, Statement

ROWS, LEXICAL = "index.sqlite", "lexical"
CHUNK_VECTORS, STATEMENT_VECTORS = "chunks.faiss", "statements.faiss"
_LABEL = 30  # characters that stand for a parent bullet or a label


class Store:
    """One finished build. It keeps answering, from any thread, while a newer one replaces it."""

    def __init__(self, directory: Path, manifest: Manifest) -> None:
        self.directory, self.manifest = directory, manifest
        folder = manifest.verify(directory)
        try:
            self.chunk_vectors = DenseIndex.read(folder / CHUNK_VECTORS)
            self.statement_vectors = DenseIndex.read(folder / STATEMENT_VECTORS)
            self.lexical = LexicalIndex.open(folder / LEXICAL)
            # One connection, opened once: the folder may be gone when the next thread asks.
            address = (folder / ROWS).resolve().as_uri() + "?mode=ro&immutable=1"
            self._rows = sqlite3.connect(address, uri=True, check_same_thread=False)
        except (IndexDamagedError, sqlite3.DatabaseError) as error:
            # Not as it came: that names the generation, which no command takes.
            raise IndexDamagedError(directory, str(error.__cause__ or error)) from error
        self._lock = Lock()
        self._reports = {entry.id: entry for entry in self._read_reports()}

    @classmethod
    def open(
        cls, directory: Path, *, embedder_name: str | None = None, dimension: int | None = None
    ) -> Store:
        """The index in force, its checksums verified; a model is compared when one is given."""
        manifest = Manifest.load(directory)
        manifest.require(directory, embedder=embedder_name, dimension=dimension)
        try:
            return cls(directory, manifest)
        except IndexDamagedError:
            if Manifest.load(directory).generation == manifest.generation:
                raise
        # A build was swapped in between the two readings.
        return cls.open(directory, embedder_name=embedder_name, dimension=dimension)

    def close(self) -> None:
        """Let go of the files."""
        self._rows.close()

    def reports(self) -> tuple[ReportEntry, ...]:
        """Every report, by id."""
        return tuple(self._reports.values())

    def rows_of(self, report_ids: Collection[str]) -> npt.NDArray[np.int64]:
        """The chunk rows of these reports, ascending; unknown ids have none."""
        found = self._query(
            f"SELECT row FROM chunks WHERE report_id IN ({_marks(report_ids)}) ORDER BY row",
            report_ids,
        )
        return np.array([row for (row,) in found], dtype=np.int64)

    def chunks(self, rows: Sequence[int]) -> tuple[Chunk, ...]:
        """The chunks of these rows, in their order; `KeyError` for a row that does not exist."""
        found = self._query(
            f"SELECT row, c.id, c.report_id, path, text, {span_columns('c')} FROM chunks c "
            f"JOIN sections ON sections.id = section_id WHERE row IN ({_marks(rows)})",
            rows,
        )
        chunks = {row: self._chunk(*values) for row, *values in found}
        return tuple(chunks[row] for row in rows)

    def sections(self, report_id: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """The row and the heading path of every chunk of a report, in order."""
        found = self._query(
            "SELECT row, path FROM chunks c JOIN sections ON sections.id = section_id "
            "WHERE c.report_id = ? ORDER BY row",
            (report_id,),
        )
        return tuple((row, tuple(json.loads(path))) for row, path in found)

    def places(self, rows: Sequence[int]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The report and the heading path of each chunk, in the order of the rows."""
        found = self._query(
            "SELECT row, c.report_id, path FROM chunks c JOIN sections ON sections.id = section_id "
            f"WHERE row IN ({_marks(rows)})",
            rows,
        )
        by_row = {row: (report, tuple(json.loads(path))) for row, report, path in found}
        return tuple(by_row[row] for row in rows)

    def rows(self, chunk_ids: Collection[str]) -> tuple[int, ...]:
        """The rows of these chunks, in their order; unknown ids are left out."""
        found = dict(
            self._query(f"SELECT id, row FROM chunks WHERE id IN ({_marks(chunk_ids)})", chunk_ids)
        )
        return tuple(found[chunk_id] for chunk_id in chunk_ids if chunk_id in found)

    def chunk_rows(self, statement_rows: Sequence[int]) -> tuple[int, ...]:
        """The chunk each of these statements stands in."""
        found = dict(
            self._query(
                f"SELECT row, chunk_row FROM statements WHERE row IN ({_marks(statement_rows)})",
                statement_rows,
            )
        )
        return tuple(found[row] for row in statement_rows)

    def statement_rows(self, chunk_rows: Collection[int]) -> npt.NDArray[np.int64]:
        """The rows of all statements in these chunks, ascending."""
        found = self._query(
            f"SELECT row FROM statements WHERE chunk_row IN ({_marks(chunk_rows)}) ORDER BY row",
            chunk_rows,
        )
        return np.array([row for (row,) in found], dtype=np.int64)

    def statements(self, chunk_rows: Sequence[int]) -> tuple[StoredStatement, ...]:
        """The statements of these chunks, in the chunks' order, then as they stand."""
        found = self._query(
            "SELECT s.row, chunk_row, c.id, kind, s.text, context, unit, head, tokens, "
            f"{span_columns('s')} FROM statements s JOIN chunks c ON c.row = chunk_row "
            f"WHERE chunk_row IN ({_marks(chunk_rows)}) ORDER BY s.row",
            chunk_rows,
        )
        place = {row: at for at, row in enumerate(chunk_rows)}
        statements = [stored_statement(*values) for values in found]
        return tuple(sorted(statements, key=lambda stored: place[stored.chunk_row]))

    def statements_of(self, chunk: Chunk) -> tuple[Statement, ...]:
        """The statements of one chunk, as they stand."""
        return tuple(stored.statement for stored in self.statements(self.rows([chunk.id])))

    def lines(self, report_id: str, first: int, last: int) -> tuple[str, ...]:
        """The verbatim lines `first` to `last` of a report, as far as they exist."""
        return tuple(text for (text, _) in self._lines(report_id, first, last))

    def boxes(self, report_id: str, first: int, last: int) -> tuple[tuple[Box, ...], ...]:
        """Where these lines are drawn on their pages, one item a line; empty for text files."""
        return tuple(boxes_in(boxes) for (_, boxes) in self._lines(report_id, first, last))

    def line_pages(self, report_id: str) -> tuple[int | None, ...]:
        """The page of every line of a report; None where the file does not tell."""
        found = self._query(
            "SELECT page FROM lines WHERE report_id = ? ORDER BY number", (report_id,)
        )
        return tuple(page for (page,) in found)

    def _lines(self, report_id: str, first: int, last: int) -> list[tuple[Any, ...]]:
        return self._query(
            "SELECT text, boxes FROM lines WHERE report_id = ? AND number BETWEEN ? AND ? "
            "ORDER BY number",
            (report_id, first, last),
        )

    def _read_reports(self) -> list[ReportEntry]:
        found = self._query(
            "SELECT id, title, path, published, pages, pages_exact, lines, chunks, tables, "
            "ocr_pages, notices FROM reports ORDER BY id",
            (),
        )
        return [report_entry(*values) for values in found]

    def _chunk(self, chunk_id: str, report_id: str, path: str, text: str, *span: Any) -> Chunk:
        return Chunk(
            id=chunk_id,
            report_id=report_id,
            report_title=self._reports[report_id].title,
            section=tuple(json.loads(path)),
            text=text,
            span=span_in(*span),
        )

    def _query(self, sql: str, values: Collection[Any]) -> list[tuple[Any, ...]]:
        try:
            with self._lock:
                return self._rows.execute(sql, tuple(values)).fetchall()
        except sqlite3.DatabaseError as error:
            raise IndexDamagedError(self.directory, ROWS) from error


def statement_text(statement: Statement) -> str:
    """What is embedded of a statement: its words after the bullet or the labels it stands under.

    Its headings are left out: the chunk's vector has them, and with them all statements of a
    section look alike. Without, everyday words find their statement more often, in half the time.
    """
    labels = statement.context[-2:] if statement.kind == "cell" else statement.context[-1:]
    return " ".join((*(label[:_LABEL] for label in labels), statement.text))


def _marks(values: Collection[Any]) -> str:
    return ",".join("?" * len(values))
