"""What the assistant's parts are measured against: simpler ways to index, search, fuse and say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import replace
from pathlib import Path

from rag.citation import cite_from
from rag.dense import DenseIndex
from rag.fusion import Arm, fuse
from rag.korean import bigrams, fold, tokenize_all
from rag.lexical import LexicalIndex
from rag.protocols import Answerer, Embedder, Reranker
from rag.reader import ExtractiveAnswerer
from rag.store import Store
from rag.types import Answer, Chunk, Citation, Hit, Statement
from rag.wording import SHORT, spoken

_RRF = 60  # as in Cormack et al. (2009)
_DEPTH = 100  # rows that BM25 brings, as each arm does


def as_built(store: Store, _embedder: Embedder, _folder: Path) -> Store:
    """The index itself."""
    return store


def without_path(store: Store, embedder: Embedder, folder: Path) -> Store:
    """The index with title and heading path in front of no passage that is embedded or split."""
    vectors = DenseIndex(store.chunk_vectors.dimension)
    for rows, chunks in _by_report(store):
        vectors.add(rows, embedder.embed_documents([chunk.text for chunk in chunks]))

    def terms(chunk: Chunk) -> tuple[list[str], list[str]]:
        # Line by line, as the build does.
        lines = tokenize_all(chunk.text.split("\n"))
        return [token for line in lines for token in line], bigrams(chunk.text)

    found = _with_terms(store, folder / "without-path", terms)
    found.chunk_vectors = vectors
    return found


def by_words(store: Store, _embedder: Embedder, folder: Path) -> Store:
    """The index with words between spaces in place of morphemes."""
    return _with_terms(store, folder / "words", lambda chunk: (words(chunk.search_text), []))


def words(text: str) -> list[str]:
    """What stands between spaces: the tokens of most BM25 baselines.

    >>> words("안심일자리 예산은 570억")
    ['안심일자리', '예산은', '570억']
    """
    return fold(text).split()


class WordRetriever:
    """BM25 alone, over an index made `by_words`."""

    def __init__(self, store: Store, _embedder: Embedder) -> None:
        self._store = store

    def search(self, question: str, *, k: int, reports: Sequence[str] = ()) -> tuple[Hit, ...]:
        """At most `k` hits, best first; none where no word stands anywhere."""
        asked = {word: float(count) for word, count in Counter(words(question)).items()}
        found = self._store.lexical.search("tokens", asked, k=_DEPTH, reports=reports)
        ranked = fuse([Arm(found, 1.0)])[:k]  # standard scores, which the ranking is used to
        chunks = self._store.chunks([row for row, _ in ranked])
        return tuple(
            Hit(chunk=chunk, score=score, source="lexical")
            for chunk, (_, score) in zip(chunks, ranked, strict=True)
        )


def reciprocal_ranks(arms: Sequence[Arm]) -> list[tuple[int, float]]:
    """Reciprocal rank fusion, the arms weighted as they are.

    >>> reciprocal_ranks([Arm([(7, 3.0), (8, 1.0)], 61.0), Arm([(8, 9.0)], 61.0)])[0][0]
    8
    """
    total = defaultdict[int, float](float)
    for arm in arms:
        for rank, (row, _) in enumerate(arm.ranking, start=1):
            total[row] += arm.weight / (_RRF + rank)
    return sorted(total.items(), key=lambda pair: (-pair[1], pair[0]))


class FirstStatement:
    """Says the first statement of the best passage, whatever was asked."""

    def __init__(self, store: Store, _embedder: Embedder) -> None:
        self._store = store

    def answer(self, question: str, hits: tuple[Hit, ...]) -> Answer:
        """The statement with its citation; the passages stay in the order they were found."""
        first = next(self._citable(hits), None)
        if first is None:
            return Answer(question=question, text="", citations=(), hits=hits, abstained=True)
        statement, chunk, citation = first
        return Answer(
            question=question,
            text=spoken([(statement, chunk)], listed=False, limit=SHORT),
            citations=(citation,),
            hits=hits,
            abstained=False,
        )

    def stream(self, question: str, hits: tuple[Hit, ...]) -> Iterator[Answer]:
        """The whole answer at once."""
        yield self.answer(question, hits)

    def _citable(self, hits: Sequence[Hit]) -> Iterator[tuple[Statement, Chunk, Citation]]:
        for hit in hits:
            for statement in self._store.statements_of(hit.chunk):
                citation = cite_from(self._store, 1, hit.chunk, statement)
                if citation:
                    yield statement, hit.chunk, citation


class RefusingAsUsual:
    """Refuses what is always refused, and else leaves to another what is said."""

    def __init__(
        self,
        store: Store,
        embedder: Embedder,
        *,
        says: Callable[[Store, Embedder], Answerer],
        reranker: Reranker | None = None,
    ) -> None:
        self._usual = ExtractiveAnswerer(store, embedder, reranker=reranker)
        self._says = says(store, embedder)

    def answer(self, question: str, hits: tuple[Hit, ...]) -> Answer:
        """The other's answer, or the usual refusal with the passages as the other leaves them."""
        usual, said = self._usual.answer(question, hits), self._says.answer(question, hits)
        return replace(usual, hits=said.hits) if usual.abstained else said

    def stream(self, question: str, hits: tuple[Hit, ...]) -> Iterator[Answer]:
        """The whole answer at once."""
        yield self.answer(question, hits)


def _with_terms(
    store: Store, folder: Path, terms: Callable[[Chunk], tuple[list[str], list[str]]]
) -> Store:
    """The same rows with other terms; closing the first store closes both."""
    found = copy(store)
    found.lexical = LexicalIndex.create(folder)
    for rows, chunks in _by_report(store):
        for row, chunk in zip(rows, chunks, strict=True):
            found.lexical.add(row, chunk.report_id, *terms(chunk))
    found.lexical.commit()
    return found


def _by_report(store: Store) -> Iterator[tuple[list[int], tuple[Chunk, ...]]]:
    for report in store.reports():
        rows = store.rows_of([report.id]).tolist()
        yield rows, store.chunks(rows)
