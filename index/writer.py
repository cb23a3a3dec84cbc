"""Writes one generation of the index: a folder nobody reads until a manifest names it."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from index.derive import Derived
from index.rows import RowWriter
from index.sources import CutReport
from rag.dense import DenseIndex
from rag.errors import IndexDamagedError
from rag.lexical import LexicalIndex
from rag.manifest import Counts
from rag.store import CHUNK_VECTORS, LEXICAL, ROWS, STATEMENT_VECTORS

_SEGMENT = 64_000_000  # bytes Tantivy may write at once


class GenerationWriter:
    """Adds and removes reports in a generation folder; nothing is there before `finish`.

    A full disk is an `OSError` with `ENOSPC`, whichever of the three engines met it.
    """

    def __init__(self, folder: Path, *, dimension: int) -> None:
        self._folder = folder
        with full_disk_as_os_error(self._folder):
            if (folder / ROWS).exists():
                self._chunks = DenseIndex.read(folder / CHUNK_VECTORS)
                self._statements = DenseIndex.read(folder / STATEMENT_VECTORS)
                self._lexical = LexicalIndex.open(folder / LEXICAL)
            else:
                self._chunks, self._statements = DenseIndex(dimension), DenseIndex(dimension)
                self._lexical = LexicalIndex.create(folder / LEXICAL)
            self._rows = RowWriter(folder / ROWS)

    def add(self, found: Sequence[CutReport], derived: Derived) -> None:
        """Write reports that the generation does not hold."""
        with full_disk_as_os_error(self._folder):
            for item in found:
                self._rows.add_report(item.report, len(item.cuts))
            cuts = [cut for item in found for cut in item.cuts]
            rows = self._rows.add_chunks([cut.chunk for cut in cuts])
            self._chunks.add(rows, derived.chunk_vectors)
            terms = zip(derived.chunk_tokens, derived.chunk_grams, strict=True)
            for row, cut, (tokens, grams) in zip(rows, cuts, terms, strict=True):
                self._lexical.add(row, cut.chunk.report_id, tokens, grams)
            said = [
                (row, statement)
                for row, cut in zip(rows, cuts, strict=True)
                for statement in cut.statements
            ]
            statement_rows = self._rows.add_statements(said, derived.statement_tokens)
            self._statements.add(statement_rows, derived.statement_vectors)

    def remove(self, report_ids: Collection[str]) -> None:
        """Forget reports, those added just now too."""
        with full_disk_as_os_error(self._folder):
            chunks, statements = self._rows.remove(report_ids)
            self._chunks.remove(chunks)
            self._statements.remove(statements)
            self._lexical.remove(report_ids)

    def report_ids(self) -> set[str]:
        """The reports it holds now."""
        return self._rows.report_ids()

    def finish(self) -> Counts:
        """Write everything to the disk and see that the three engines hold the same."""
        with full_disk_as_os_error(self._folder):
            counts = self._rows.finish()
            self._lexical.commit()
            self._chunks.write(self._folder / CHUNK_VECTORS)
            self._statements.write(self._folder / STATEMENT_VECTORS)
            held = (self._chunks.size, self._lexical.size, self._statements.size)
            if held != (counts.chunks, counts.chunks, counts.statements):
                raise IndexDamagedError(
                    self._folder, f"{counts.chunks}, {counts.statements}건이 아니라 {held}"
                )
            _sync(self._folder)
        return counts

    def close(self) -> None:
        """Let go of the files, finished or not."""
        self._lexical.close()
        self._rows.close()


def _sync(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())


@contextmanager
def full_disk_as_os_error(folder: Path) -> Iterator[None]:
    """Let every engine's way to say that the disk of `folder` is full be one error."""
    try:
        yield
    except (sqlite3.OperationalError, shutil.Error, ValueError, RuntimeError) as error:
        if not _means_full(error, folder):
            raise
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder)) from error


def _means_full(error: Exception, folder: Path) -> bool:
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
        return True
    # Tantivy's worker dies without a reason: what is left on the disk gives it away.
    died = "index writer was killed" in str(error)
    return os.strerror(errno.ENOSPC) in str(error) or (
        died and shutil.disk_usage(folder).free < _SEGMENT
    )
