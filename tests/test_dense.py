from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
import pytest

from rag.dense import DenseIndex
from rag.errors import IndexDamagedError
from rag.protocols import FloatVector


def vector(*values: float) -> FloatVector:
    return np.array(values, dtype=np.float32)


@pytest.fixture
def index() -> DenseIndex:
    index = DenseIndex(2)
    index.add([10, 20, 30], np.stack([vector(3, 0), vector(0, 5), vector(-2, 0)]))
    return index


def test_a_score_is_the_cosine_whatever_the_lengths(index: DenseIndex) -> None:
    found = dict(index.search(vector(3, 4), k=3))
    assert found == pytest.approx({10: 0.6, 20: 0.8, 30: -0.6})


def test_a_row_is_its_own_nearest_neighbour(index: DenseIndex) -> None:
    assert index.search(vector(0, 2), k=2)[0] == (20, 1.0)


def test_no_score_is_above_one(index: DenseIndex) -> None:
    for angle in np.linspace(0, 6, 50):
        only = DenseIndex(2)
        only.add([1], vector(np.cos(angle), np.sin(angle))[None, :])
        assert only.search(vector(np.cos(angle), np.sin(angle)), k=1)[0][1] <= 1.0


def test_asking_for_more_than_there_is_returns_what_there_is(index: DenseIndex) -> None:
    assert len(index.search(vector(1, 0), k=50)) == 3


def test_only_the_rows_asked_for_are_searched(index: DenseIndex) -> None:
    assert [row for row, _ in index.search(vector(1, 0), k=5, rows=[30, 20])] == [20, 30]


def test_rows_that_do_not_exist_are_not_found(index: DenseIndex) -> None:
    assert index.search(vector(1, 0), k=5, rows=[77]) == []


@pytest.mark.parametrize(("k", "rows"), [(0, None), (5, [])], ids=["no-k", "no-rows"])
def test_nothing_asked_for_finds_nothing(index: DenseIndex, k: int, rows: list[int] | None) -> None:
    assert index.search(vector(1, 0), k=k, rows=rows) == []


def test_an_empty_index_finds_nothing() -> None:
    assert DenseIndex(2).search(vector(1, 0), k=5) == []


def test_a_vector_of_zeros_is_near_nothing(index: DenseIndex) -> None:
    assert {score for _, score in index.search(vector(0, 0), k=3)} == {0.0}


def test_vectors_come_back_at_length_one_in_the_order_asked(index: DenseIndex) -> None:
    assert index.vectors([30, 10]).tolist() == [[-1, 0], [1, 0]]
    assert index.vectors([]).shape == (0, 2)


def test_a_removed_row_is_gone_and_the_others_keep_their_rows(index: DenseIndex) -> None:
    index.remove([10, 999])
    assert index.size == 2
    assert index.search(vector(1, 0), k=3) == [(20, 0.0), (30, -1.0)]
    with pytest.raises(KeyError):
        index.vectors([20, 10])


def test_what_was_written_is_read_back(index: DenseIndex, tmp_path: Path) -> None:
    index.write(tmp_path / "색인.faiss")
    again = DenseIndex.read(tmp_path / "색인.faiss")
    assert (again.size, again.dimension) == (3, 2)
    assert again.search(vector(7, 7), k=3) == index.search(vector(7, 7), k=3)


def test_a_full_disk_is_an_error(index: DenseIndex) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    with pytest.raises(OSError, match="space"):
        index.write(full)


@pytest.mark.parametrize("content", [b"", b"IxFI", b"\x00" * 500], ids=["empty", "short", "zeros"])
def test_a_file_that_is_no_index_is_damage(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "chunks.faiss").write_bytes(content)
    with pytest.raises(IndexDamagedError, match="손상"):
        DenseIndex.read(tmp_path / "chunks.faiss")


def test_an_index_with_another_metric_is_damage(tmp_path: Path) -> None:
    other = faiss.IndexIDMap2(faiss.IndexFlatL2(2))
    (tmp_path / "chunks.faiss").write_bytes(faiss.serialize_index(other).data)
    with pytest.raises(IndexDamagedError):
        DenseIndex.read(tmp_path / "chunks.faiss")
