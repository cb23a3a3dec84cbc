"""The model that reads a cell reads the words of its row too: which of its kind it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.builder import build
from index.wiring import steps_for
from rag.candidates import StatementRanker
from rag.question import analyse
from rag.reranking import readable
from rag.retriever import HybridRetriever
from rag.settings import Settings
from rag.store import Store
from tests.build_fakes import HashedPairs

MARKETS = """전통시장 정비

1. 시설 정비

시장명\t사업내용\t사업비\t완료
가람시장\t아케이드 교체\t2,400\t'22. 7.
누리시장\t주차장 64면 신축\t3,100\t'23. 6.
합 계\t\t5,500\t
"""


@pytest.fixture(scope="module")
def markets(tmp_path_factory: pytest.TempPathFactory, embedder: HashedPairs) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("markets")
    (folder / "markets.txt").write_text(MARKETS, encoding="utf-8")
    index = folder / "index"
    build([folder], directory=index, steps=steps_for(Settings(), load=lambda: embedder))
    store = Store.open(index)
    yield store
    store.close()


def test_a_cell_is_read_with_the_words_of_its_row_and_none_of_its_figures(
    markets: Store, embedder: HashedPairs
) -> None:
    asked = analyse("누리시장 사업비는 얼마인가요?")
    hits = HybridRetriever(markets, embedder).search(asked.text, k=3)
    ranked = StatementRanker(markets, embedder).rank(asked, hits)
    beside = {
        (one.statement.context[-1], one.statement.text): one.beside
        for one in ranked
        if one.statement.head
    }
    assert beside["누리시장", "3,100"] == "주차장 64면 신축"
    assert beside["가람시장", "2,400"] == "아케이드 교체"
    assert beside["누리시장", "주차장 64면 신축"] == ""
    assert beside["합계", "5,500"] == ""
    (cost,) = (one for one in ranked if one.statement.text == "3,100")
    assert readable(cost).endswith("사업비 누리시장 3,100 (주차장 64면 신축)")
