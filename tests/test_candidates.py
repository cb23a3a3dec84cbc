from __future__ import annotations

import numpy as np
import pytest

from rag.candidates import StatementRanker
from rag.protocols import FloatMatrix
from rag.question import analyse
from rag.store import Store
from rag.stored import section_text
from rag.types import Hit
from tests.build_fakes import HashedPairs

ASKED = analyse("물길버스 소요예산은 얼마인가요?")


@pytest.fixture
def hits(garam: Store) -> list[Hit]:
    """Every passage of the index, as if all were found."""
    rows = garam.rows_of([report.id for report in garam.reports()]).tolist()
    return [Hit(chunk=chunk, score=1.0, source="hybrid") for chunk in garam.chunks(rows)]


def _standard(cosines: FloatMatrix) -> FloatMatrix:
    return np.asarray((cosines - cosines.mean()) / cosines.std(), dtype=np.float32)


def test_closeness_is_told_alone_and_with_the_headings(
    garam: Store, embedder: HashedPairs, hits: list[Hit]
) -> None:
    """So few statements are all in the background, so that the scores can be made by hand."""
    found = garam.statements(garam.rows([hit.chunk.id for hit in hits]))
    alone = garam.statement_vectors.vectors([one.row for one in found])
    chunks = garam.chunks([one.chunk_row for one in found])
    both = alone + embedder.embed_documents([section_text(chunk) for chunk in chunks])
    both /= np.linalg.norm(both, axis=1, keepdims=True)
    asked = embedder.embed_query(ASKED.text)
    candidates = StatementRanker(garam, embedder).read(ASKED, hits)
    near, placed = ([one.near for one in candidates], [one.placed for one in candidates])
    assert len(found) < 512
    assert near == pytest.approx(_standard(alone @ asked), abs=1e-4)
    assert placed == pytest.approx(_standard(both @ asked), abs=1e-4)


def test_of_two_like_statements_the_one_under_the_asked_heading_is_placed_better(
    garam: Store, embedder: HashedPairs, hits: list[Hit]
) -> None:
    candidates = StatementRanker(garam, embedder).read(ASKED, hits)
    budgets = [one for one in candidates if one.statement.text.startswith("- 소요예산")]
    best = max(budgets, key=lambda one: one.placed)
    assert any("물길버스" in heading for heading in best.hit.chunk.section)


def test_weights_may_count_the_headings(
    garam: Store, embedder: HashedPairs, hits: list[Hit]
) -> None:
    ranked = StatementRanker(garam, embedder, weights={"placed": 1.0}).rank(
        ASKED, hits, read=len(hits)
    )
    assert [one.score for one in ranked] == [one.signals["placed"] for one in ranked]


def test_no_passages_hold_no_statements(garam: Store, embedder: HashedPairs) -> None:
    assert StatementRanker(garam, embedder).read(ASKED, []) == []
