"""Exact terms ranked by BM25: a Tantivy index fed with our own tokens.

Why Tantivy and not SQLite FTS5: docs/index-format.md.
"""

from __future__ import annotations

import math
import os
import re
import shutil
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from tantivy import Document, Index, IndexWriter, Occur, Query, Schema, SchemaBuilder

from rag.errors import IndexDamagedError

LexicalField = Literal["tokens", "grams"]

_STORED = ("row", "report", "tokens", "grams")
_HEAP = 64_000_000  # bytes the writer may fill before it starts a new segment
_LONGEST = 65_000  # bytes; Tantivy drops longer terms when it indexes and fails on them in a query
# Tantivy's whitespace tokenizer splits here; terms that hold one are written with an escape.
_SPLITS = re.compile("[ \t\n\x0b\x0c\r\ue000]")


class LexicalIndex:
    """Rows ranked by BM25 (k1 1.2, b 0.75) in two fields: morphemes and character bigrams.

    Terms are arbitrary strings, matched whole; none is ever read as query syntax. What is added or
    removed is found after `commit`. Searching is thread-safe, writing is not.
    """

    def __init__(self, directory: Path, index: Index) -> None:
        self._directory = directory
        self._copy: TemporaryDirectory[str] | None = None  # lives as long as the index
        self._writer: IndexWriter | None = None
        self._removed = False
        self._load(index)

    @classmethod
    def create(cls, directory: Path) -> LexicalIndex:
        """An empty index in a new folder."""
        directory.mkdir(parents=True)
        return cls(directory, Index(_schema(), path=str(directory), reuse=False))

    @classmethod
    def open(cls, directory: Path) -> LexicalIndex:
        """The index that stands there; `IndexDamagedError` when it cannot be read."""
        # Tantivy takes a lock file even for reading, which a read-only folder does not let it make.
        copy = None if os.access(directory, os.W_OK) else TemporaryDirectory()
        try:
            if copy:
                shutil.copytree(directory, copy.name, dirs_exist_ok=True)
            index = cls(directory, Index.open(copy.name if copy else str(directory)))
        except (OSError, ValueError) as error:
            raise IndexDamagedError(directory.parent, directory.name) from error
        index._copy = copy
        return index

    @property
    def size(self) -> int:
        """How many rows it holds."""
        return int(self._searcher.num_docs)

    def add(self, row: int, report_id: str, tokens: Sequence[str], grams: Sequence[str]) -> None:
        """Hold a row under a report; the same term may stand several times."""
        self._add(row, report_id, _joined(tokens), _joined(grams))

    def remove(self, report_ids: Collection[str]) -> None:
        """Forget the rows added so far under these reports."""
        wanted = Query.term_set_query(self._schema, "report", list(report_ids))
        self._write().delete_documents_by_query(wanted)
        self._removed = True

    def commit(self) -> None:
        """Make what was added and removed last, and found."""
        if self._writer is not None:
            self._writer.commit()
            self._writer.wait_merging_threads()
            self._writer = None
        self._load(Index.open(str(self._directory)))
        if self._removed:
            self._removed = False
            self._rewrite()

    def close(self) -> None:
        """Give up what was not committed, and wait for the writing threads to end."""
        self._writer = None

    def search(
        self,
        field: LexicalField,
        weighted_terms: Mapping[str, float],
        *,
        k: int,
        reports: Collection[str] = (),
    ) -> list[tuple[int, float]]:
        """At most `k` rows that hold a term as (row, score), best first; ties by row.

        The score is the sum of each term's BM25 times its weight. Only in `reports` when any are
        given; how rare a term is always counts over all reports.
        """
        terms = [
            (Occur.Should, Query.boost_query(self._term(field, term), weight))
            for term, weight in weighted_terms.items()
            if weight > 0 and _findable(term)
        ]
        if k <= 0 or not terms:
            return []
        query = Query.boolean_query(terms)
        if reports:
            only = Query.term_set_query(self._schema, "report", list(reports))
            unscored = Query.const_score_query(only, 0.0)
            query = Query.boolean_query([(Occur.Must, query), (Occur.Must, unscored)])
        hits = self._searcher.search(query, k, count=False).hits
        rows = self._searcher.fast_field_values("row", [address for _, address in hits])
        scores = [float(score) for score, _ in hits]
        found = [(int(row or 0), score) for row, score in zip(rows, scores, strict=True)]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))

    def document_frequency(self, field: LexicalField, term: str) -> int:
        """How many rows hold the term."""
        return int(self._searcher.doc_freq(field, _escaped(term))) if _findable(term) else 0

    def rarity(self, token: str) -> float:
        """The morpheme's idf as BM25 counts it: above 0, highest for one that stands nowhere."""
        frequency = self.document_frequency("tokens", token)
        return math.log(1 + (self.size - frequency + 0.5) / (frequency + 0.5))

    def _add(self, row: int, report_id: str, tokens: str, grams: str) -> None:
        document = Document()
        document.add_unsigned("row", row)
        for field, text in (("report", report_id), ("tokens", tokens), ("grams", grams)):
            document.add_text(field, text)
        self._write().add_document(document)

    def _term(self, field: str, term: str) -> Query:
        return Query.term_query(self._schema, field, _escaped(term), index_option="freq")

    def _write(self) -> IndexWriter:
        if self._writer is None:
            # One thread: rows keep their order, and a commit makes one segment.
            self._writer = self._index.writer(_HEAP, 1)
        return self._writer

    def _load(self, index: Index) -> None:
        self._index, self._schema = index, index.schema
        self._searcher = index.searcher()

    def _rewrite(self) -> None:
        """Write the living rows anew.

        Tantivy counts removed rows in its term statistics until segments happen to merge, so scores
        would depend on what the index once held.
        """
        beside = self._directory.with_name(self._directory.name + ".new")
        shutil.rmtree(beside, ignore_errors=True)
        clean = LexicalIndex.create(beside)
        hits = self._searcher.search(Query.all_query(), max(self.size, 1), count=False).hits
        for _, address in hits:
            stored = self._searcher.doc(address)
            row, report_id, tokens, grams = map(stored.get_first, _STORED)
            clean._add(int(row or 0), str(report_id), str(tokens), str(grams))
        clean.commit()
        shutil.rmtree(self._directory)
        beside.rename(self._directory)
        self._load(Index.open(str(self._directory)))


def _schema() -> Schema:
    builder = SchemaBuilder()
    builder.add_unsigned_field("row", stored=True, fast=True)
    builder.add_text_field("report", stored=True, tokenizer_name="raw", index_option="basic")
    for field in ("tokens", "grams"):
        # Stored, so that the living rows can be written anew.
        builder.add_text_field(field, stored=True, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _joined(terms: Sequence[str]) -> str:
    if _SPLITS.search("".join(terms)):
        terms = [_escaped(term) for term in terms]
    return " ".join(terms)


def _escaped(term: str) -> str:
    return _SPLITS.sub(lambda match: f"\ue000{ord(match[0]):04x}", term)


def _findable(term: str) -> bool:
    """Whether an index could hold the term: not empty, not endless, no broken Unicode."""
    try:
        return 0 < len(_escaped(term).encode()) < _LONGEST
    except UnicodeEncodeError:
        return False
