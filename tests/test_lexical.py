from __future__ import annotations

import os
from math import log
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import IndexDamagedError
from rag.lexical import LexicalField, LexicalIndex

# row, report, morphemes; bigrams are taken from them
CORPUS = [
    (1, "a", ["예산", "예산", "총액"]),
    (2, "a", ["예산", "일자리", "청년", "지원", "사업"]),
    (3, "b", ["청년", "주택"]),
]
AVERAGE_LENGTH = (3 + 5 + 2) / 3


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    index = LexicalIndex.create(tmp_path / "lexical")
    for row, report, tokens in CORPUS:
        index.add(row, report, tokens, [token[:2] for token in tokens])
    index.commit()
    return index


def bm25(*, holding: int, times: int, length: int) -> float:
    """Robertson's formula for one term, k1 = 1.2 and b = 0.75, in the three rows above."""
    rarity = log(1 + (3 - holding + 0.5) / (holding + 0.5))
    return rarity * times * 2.2 / (times + 1.2 * (0.25 + 0.75 * length / AVERAGE_LENGTH))


def test_a_score_is_bm25(index: LexicalIndex) -> None:
    found = index.search("tokens", {"예산": 1.0}, k=9)
    assert [row for row, _ in found] == [1, 2]
    assert dict(found) == pytest.approx(
        {1: bm25(holding=2, times=2, length=3), 2: bm25(holding=2, times=1, length=5)}
    )


def test_scores_of_terms_are_weighted_and_summed(index: LexicalIndex) -> None:
    rare = bm25(holding=1, times=1, length=2)
    common = bm25(holding=2, times=1, length=2)
    found = index.search("tokens", {"주택": 0.5, "청년": 3.0}, k=1)
    assert dict(found) == pytest.approx({3: 0.5 * rare + 3.0 * common})


def test_a_term_without_weight_finds_nothing(index: LexicalIndex) -> None:
    assert index.search("tokens", {"예산": 0.0}, k=9) == []


def test_the_two_fields_are_apart(index: LexicalIndex) -> None:
    assert index.search("tokens", {"일자": 1.0}, k=9) == []
    assert [row for row, _ in index.search("grams", {"일자": 1.0}, k=9)] == [2]


def test_a_report_filter_keeps_the_scores(index: LexicalIndex) -> None:
    everywhere = dict(index.search("tokens", {"청년": 1.0}, k=9))
    found = index.search("tokens", {"청년": 1.0}, k=9, reports=["b"])
    assert dict(found) == pytest.approx({3: everywhere[3]})
    assert index.search("tokens", {"청년": 1.0}, k=9, reports=["없는 보고서"]) == []


def test_no_more_than_k_rows_come_back(index: LexicalIndex) -> None:
    assert len(index.search("tokens", {"예산": 1.0, "청년": 1.0}, k=2)) == 2
    assert index.search("tokens", {"예산": 1.0}, k=0) == []
    assert index.search("tokens", {}, k=9) == []


def test_rows_with_the_same_score_come_by_row(tmp_path: Path) -> None:
    index = LexicalIndex.create(tmp_path / "lexical")
    for row in (30, 10, 20):
        index.add(row, "a", ["같은"], [])
    index.commit()
    assert [row for row, _ in index.search("tokens", {"같은": 1.0}, k=9)] == [10, 20, 30]


def test_document_frequency_counts_rows(index: LexicalIndex) -> None:
    terms = ("예산", "청년", "주택", "없음", "")
    assert [index.document_frequency("tokens", term) for term in terms] == [2, 2, 1, 0, 0]


def test_after_a_removal_it_is_as_if_the_report_had_never_been(
    index: LexicalIndex, tmp_path: Path
) -> None:
    index.remove(["a"])
    index.add(4, "a", ["청년", "창업"], [])
    index.commit()
    never = LexicalIndex.create(tmp_path / "never")
    never.add(3, *CORPUS[2][1:], [])
    never.add(4, "a", ["청년", "창업"], [])
    never.commit()
    wanted = {"청년": 1.0, "창업": 1.0, "예산": 1.0}
    found = dict(index.search("tokens", wanted, k=9))
    assert found == pytest.approx(dict(never.search("tokens", wanted, k=9)))
    assert (index.size, index.document_frequency("tokens", "예산")) == (2, 0)


def test_what_is_not_committed_is_not_found(index: LexicalIndex) -> None:
    index.add(9, "c", ["미완성"], [])
    assert index.search("tokens", {"미완성": 1.0}, k=9) == []


def test_it_is_found_again_after_opening(index: LexicalIndex, tmp_path: Path) -> None:
    again = LexicalIndex.open(tmp_path / "lexical")
    assert again.search("grams", {"청년": 1.0}, k=9) == index.search("grams", {"청년": 1.0}, k=9)


def test_a_folder_that_holds_no_index_is_damage(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text("{", encoding="utf-8")
    with pytest.raises(IndexDamagedError, match="손상"):
        LexicalIndex.open(tmp_path)


def test_a_folder_that_may_only_be_read_is_searched(index: LexicalIndex, tmp_path: Path) -> None:
    folder = tmp_path / "lexical"
    for path in folder.glob("*.lock"):
        path.unlink()
    folder.chmod(0o555)
    if os.access(folder, os.W_OK):
        pytest.skip("this user may write everywhere")
    again = LexicalIndex.open(folder)
    assert [row for row, _ in again.search("tokens", {"주택": 1.0}, k=9)] == [3]
    folder.chmod(0o755)


FIELDS: tuple[LexicalField, ...] = ("tokens", "grams")
HOSTILE = [
    *(
        "7,830",
        "㎡",
        "v-커머스",
        "가",
        "A",
        "a",
        "'",
        '"',
        '"가 나"',
        "tokens:예산",
        "예산 OR 청년",
    ),
    *("*", "예*", "(", "[a TO z]", "~", "^3", "\\", "+예산", "-예산", " ", "가\t나", "가 나", "\n"),
    *("\ue000", "\ue0000020", "\ue000가", "\x00", "\x0b", "\x85", "\u2028", "😀", "AND", "NOT"),
    *("../..", "'; DROP TABLE chunks; --", "가" * 300),
]


def test_every_hostile_term_finds_its_own_row_and_no_other(tmp_path: Path) -> None:
    index = LexicalIndex.create(tmp_path / "lexical")
    for row, term in enumerate(HOSTILE):
        index.add(row, "a", [term, "채움"], [term])
    index.commit()
    for field in FIELDS:
        for row, term in enumerate(HOSTILE):
            assert [found for found, _ in index.search(field, {term: 1.0}, k=9)] == [row]


@settings(max_examples=6, deadline=None)
@given(terms=st.lists(st.text(min_size=1), min_size=1, max_size=30, unique=True))
def test_any_terms_find_their_own_rows(
    terms: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    index = LexicalIndex.create(tmp_path_factory.mktemp("any") / "lexical")
    for row, term in enumerate(terms):
        index.add(row, "a", [term], [term])
    index.commit()
    found = [index.search("tokens", {term: 1.0}, k=9) for term in terms]
    assert [[row for row, _ in rows] for rows in found] == [[row] for row in range(len(terms))]


@pytest.mark.parametrize("term", ["", "가" * 50_000, "\ud800"], ids=["empty", "endless", "broken"])
def test_a_term_that_no_index_can_hold_finds_nothing(index: LexicalIndex, term: str) -> None:
    assert index.search("tokens", {term: 1.0}, k=9) == []
    assert index.document_frequency("tokens", term) == 0
    assert len(index.search("tokens", {term: 1.0, "예산": 1.0}, k=9)) == 2


def test_a_very_long_question_is_searched(index: LexicalIndex) -> None:
    terms = {f"낱말{number}": 1.0 for number in range(5_000)} | {"주택": 1.0}
    assert [row for row, _ in index.search("tokens", terms, k=9)] == [3]
