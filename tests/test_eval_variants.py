"""Each variant changes what it says it changes, and nothing else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from eval.ablating.baselines import by_words, reciprocal_ranks, without_path, words
from eval.ablating.variants import FULL, SIGNALS, VARIANTS, Parts, Variant, chosen
from rag.assistant import Assistant
from rag.errors import RagError
from rag.fusion import Arm, fuse
from rag.korean import bigrams, tokenize
from rag.signals import SIGNALS as SIGNAL_NAMES
from rag.store import Store
from rag.types import Answer
from tests.build_fakes import HashedPairs
from tests.garam import PAST, PLAN

QUESTION = "2024년 새싹 일자리 사업의 소요예산은 얼마인가요?"
QUESTIONS = (
    QUESTION,
    "은하도서관 3층의 면적은 몇 ㎡인가요?",
    "청년이 고를 수 있는 직무교육 과정을 모두 알려 주세요",
    "상담원은 몇 명으로 늘었나요?",
    "2019년 물길버스 소요예산은 얼마인가요?",
    "가을 시를 써 줘",
)


@pytest.fixture
def parts(garam: Store, embedder: HashedPairs) -> Parts:
    return Parts(store=garam, embedder=embedder, passages=10)


def _named(name: str) -> Variant:
    return next(variant for variant in chosen([name]) if variant.name == name)


def _asked(name: str, parts: Parts, folder: Path) -> list[Answer]:
    assistant = _named(name).assistant(parts, folder)
    return [assistant.ask(question) for question in QUESTIONS]


def _found(name: str, parts: Parts, folder: Path) -> list[tuple[str, float]]:
    hits = _named(name).assistant(parts, folder).search(QUESTION, k=10)
    return [(hit.chunk.id, round(hit.score, 5)) for hit in hits]


def _chunks(ranking: list[tuple[int, float]], store: Store) -> list[tuple[str, float]]:
    chunks = store.chunks([row for row, _ in ranking[:10]])
    return [(chunk.id, round(score, 5)) for chunk, (_, score) in zip(chunks, ranking, strict=False)]


def _terms(terms: list[str]) -> dict[str, float]:
    return {term: float(terms.count(term)) for term in terms}


def test_full_answers_as_the_assistant_does(
    parts: Parts, assistant: Assistant, tmp_path: Path
) -> None:
    assert _asked("full", parts, tmp_path) == [assistant.ask(question) for question in QUESTIONS]


def test_dense_finds_in_the_order_of_the_chunk_vectors(
    parts: Parts, embedder: HashedPairs, tmp_path: Path
) -> None:
    nearest = parts.store.chunk_vectors.search(embedder.embed_query(QUESTION), k=100)
    assert _found("dense", parts, tmp_path) == _chunks(fuse([Arm(nearest, 0.8)]), parts.store)


def test_morphemes_find_in_the_order_of_bm25_however_little_the_words_cover(
    parts: Parts, tmp_path: Path
) -> None:
    ranking = parts.store.lexical.search("tokens", _terms(tokenize(QUESTION)), k=100)
    assert _found("morphemes", parts, tmp_path) == _chunks(fuse([Arm(ranking, 0.45)]), parts.store)


def test_lexical_finds_by_morphemes_and_letters_alone(parts: Parts, tmp_path: Path) -> None:
    lexical = parts.store.lexical
    arms = [
        Arm(lexical.search("tokens", _terms(tokenize(QUESTION)), k=100), 0.45),
        Arm(lexical.search("grams", _terms(bigrams(QUESTION)), k=100), 0.45),
    ]
    assert _found("lexical", parts, tmp_path) == _chunks(fuse(arms), parts.store)


@pytest.mark.parametrize("name", ["no-statement-vectors", "no-bigrams", "rrf", "no-path"])
def test_what_is_left_out_of_the_search_changes_its_scores(
    name: str, parts: Parts, tmp_path: Path
) -> None:
    assert _found(name, parts, tmp_path) != _found("full", parts, tmp_path)


def test_without_trust_words_count_in_full_where_they_cover_little(
    parts: Parts, tmp_path: Path
) -> None:
    strange = "젊은이가 일할 자리를 얻도록 어떻게 도와주나요?"
    usual, trusting = (
        _named(name).assistant(parts, tmp_path).search(strange, k=5)
        for name in ("full", "no-trust")
    )
    assert [hit.score for hit in usual] != [hit.score for hit in trusting]


def test_reciprocal_ranks_add_up_with_the_weights_of_the_arms() -> None:
    merged = reciprocal_ranks([Arm([(7, 9.0), (8, 1.0)], 1.0), Arm([(8, 5.0)], 0.5)])
    assert [row for row, _ in merged] == [8, 7]
    assert [score for _, score in merged] == pytest.approx([1 / 62 + 0.5 / 61, 1 / 61])


def test_without_path_neither_terms_nor_vectors_hold_the_headings(
    parts: Parts, embedder: HashedPairs, tmp_path: Path
) -> None:
    store, found = parts.store, without_path(parts.store, embedder, tmp_path)
    rows = store.rows_of([PLAN, PAST]).tolist()
    texts = [chunk.text for chunk in store.chunks(rows)]
    vectors = found.chunk_vectors.vectors(rows)
    assert vectors.ravel() == pytest.approx(embedder.embed_documents(texts).ravel())
    assert not np.allclose(vectors, store.chunk_vectors.vectors(rows))
    # Both titles name 추진계획, so every passage of the index holds its morphemes.
    held = [index.lexical.document_frequency("tokens", "추진") for index in (store, found)]
    assert held == [len(rows), sum("추진" in text for text in texts)] == [len(rows), 3]


def test_words_are_what_stands_between_spaces(
    parts: Parts, embedder: HashedPairs, tmp_path: Path
) -> None:
    found = by_words(parts.store, embedder, tmp_path)
    assert words("소요예산은 얼마인가요?") == ["소요예산은", "얼마인가요?"]
    assert found.lexical.document_frequency("tokens", "소요예산") > 0
    assert found.lexical.document_frequency("tokens", "소요") == 0
    assert parts.store.lexical.document_frequency("tokens", "소요예산") == 0


def test_bm25_finds_nothing_where_no_word_stands_as_it_is_asked(
    parts: Parts, tmp_path: Path
) -> None:
    assistant = _named("bm25").assistant(parts, tmp_path)
    assert assistant.search("도서관에서는?", k=5) == ()
    assert assistant.ask("도서관에서는?").abstained
    assert "은하도서관" in assistant.search("은하도서관 건립", k=1)[0].chunk.search_text


def test_the_first_statement_of_the_best_passage_is_said_or_nothing(
    parts: Parts, assistant: Assistant, tmp_path: Path
) -> None:
    for answer in _asked("first-statement", parts, tmp_path):
        usual, best = assistant.ask(answer.question), answer.hits[0].chunk
        assert answer.abstained == usual.abstained
        assert answer.hits == assistant.search(answer.question, k=10)
        if not answer.abstained:
            first = parts.store.statements_of(best)[0]
            assert [cited.span for cited in answer.citations] == [first.span]


def test_the_nearest_statement_is_said(parts: Parts, embedder: HashedPairs, tmp_path: Path) -> None:
    store = parts.store
    answer = _named("nearest-statement").assistant(parts, tmp_path).ask(QUESTION)
    read = store.statements(store.rows([hit.chunk.id for hit in answer.hits]))
    near = store.statement_vectors.vectors([one.row for one in read]) @ embedder.embed_query(
        QUESTION
    )
    assert answer.citations[0].span == read[int(near.argmax())].statement.span


def test_without_refusal_every_question_is_answered(parts: Parts, tmp_path: Path) -> None:
    refused = [answer.abstained for answer in _asked("full", parts, tmp_path)]
    assert refused == [False] * 4 + [True] * 2
    assert not any(answer.abstained for answer in _asked("no-refusal", parts, tmp_path))


def _told(answer: Answer) -> tuple[object, ...]:
    return answer.text, answer.citations, answer.hits


@pytest.mark.parametrize("name", ["words", "section", "labels", "near"])
def test_a_signal_left_out_weighs_nothing(name: str, parts: Parts, tmp_path: Path) -> None:
    full, other = (_named(one).assistant(parts, tmp_path) for one in ("full", f"signal:{name}"))
    asked = (
        *QUESTIONS,
        "축제 기간은 언제인가요?",
        "새싹 일자리 대상",
        "물길버스 운행 대수",
        "은하도서관 규모",
    )
    # The passages come in the order of their best statements.
    assert [_told(full.ask(one)) for one in asked] != [_told(other.ask(one)) for one in asked]


def test_each_signal_has_a_variant() -> None:
    assert [variant.name for variant in SIGNALS] == [f"signal:{name}" for name in SIGNAL_NAMES]


def test_the_variants_are_all_but_the_signals_unless_named() -> None:
    assert chosen([]) == VARIANTS
    assert [variant.name for variant in chosen(["rrf", "dense"])] == ["full", "dense", "rrf"]
    assert chosen(["signal:*"]) == (FULL, *SIGNALS)


def test_an_unknown_variant_is_told_with_the_known_ones() -> None:
    with pytest.raises(RagError, match=r"^dens: 없는 변형입니다\. .*: full, dense, .*signal:near"):
        chosen(["rrf", "dens"])
