"""Which passages tell of one programme."""

from __future__ import annotations

import pytest

from rag.fusion import lifted
from rag.programmes import Programmes
from rag.retriever import HybridRetriever
from rag.store import Store
from tests.build_fakes import HashedPairs
from tests.garam import PLAN

TOP, JOBS = "Ⅱ. 주요업무 추진계획", "1 새싹 일자리 사업"


def test_headings_that_a_report_repeats_name_no_programme(garam: Store) -> None:
    programmes = Programmes(garam)
    assert programmes.of(PLAN, (TOP, JOBS, "□ 사업개요")) == (PLAN, (TOP, JOBS))
    once = (TOP, JOBS, "□ 지원내용")
    assert programmes.of(PLAN, once) == (PLAN, once)


def test_a_chapter_stays_and_what_has_no_heading_is_of_none(garam: Store) -> None:
    programmes = Programmes(garam)
    assert programmes.of(PLAN, ("□ 사업개요",)) == (PLAN, ("□ 사업개요",))
    assert programmes.of(PLAN, ()) is None


def test_rows_of_no_programme_stay_where_they_are() -> None:
    assert lifted([(1, 2.0), (2, 1.0)], [None, None], 0.5) == [(1, 2.0), (2, 1.0)]


def test_two_of_one_programme_keep_their_order_and_the_best_its_score() -> None:
    ranked = [(1, 4.0), (2, 3.0), (3, 2.0)]
    assert lifted(ranked, ["a", "b", "a"], 1.0) == [(1, 4.0), (3, 4.0), (2, 3.0)]


def test_the_places_of_rows_are_told_in_their_order(garam: Store) -> None:
    rows = [row for row, _ in garam.sections(PLAN)][::-1]
    assert garam.places(rows) == tuple((PLAN, dict(garam.sections(PLAN))[row]) for row in rows)


def test_the_retriever_moves_a_passage_towards_the_best_of_its_programme(
    garam: Store, embedder: HashedPairs, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (row for row, _ in garam.sections(PLAN)[:2])
    found = HybridRetriever(garam, embedder, fuse=lambda _: [(first, 2.0), (second, 1.0)])
    monkeypatch.setattr(Programmes, "of", lambda *_: ("any", ()))
    assert [round(hit.score, 2) for hit in found.search("예산", k=2)] == [2.0, 1.3]
