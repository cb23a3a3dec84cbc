from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.builder import build
from rag.errors import IndexDamagedError, IndexMismatchError, IndexMissingError
from rag.manifest import Manifest
from rag.store import Store, statement_text
from rag.stored import ReportEntry
from rag.types import Span
from tests.build_fakes import HashedPairs, small_steps

FIRST = "첫째 보고서\n청년 일자리 예산 57,229백만원\n\n공공 일자리 7,830명"
SECOND = "둘째 보고서\n" + "\n".join(f"{number}번째 사업" for number in range(2, 13))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    (folder / "reports").mkdir()
    (folder / "reports/first.txt").write_text(FIRST, encoding="utf-8")
    (folder / "reports/second.txt").write_text(SECOND, encoding="utf-8")
    build([folder / "reports"], directory=folder / "index", steps=small_steps())
    return folder / "index"


@pytest.fixture
def store(built: Path) -> Iterator[Store]:
    store = Store.open(built, embedder_name="pairs", dimension=64)
    yield store
    store.close()


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Path:
    """An index that a test may spoil."""
    return Path(shutil.copytree(built, tmp_path / "index"))


def generation(directory: Path) -> Path:
    return directory / Manifest.load(directory).generation


def edit_manifest(directory: Path, **values: object) -> None:
    path = directory / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | values), "utf-8")


def test_the_sections_of_a_report_are_those_of_its_chunks_in_order(store: Store) -> None:
    sections = store.sections("first")
    assert [row for row, _ in sections] == [1, 2, 3]
    assert [path for _, path in sections] == [chunk.section for chunk in store.chunks([1, 2, 3])]
    assert store.sections("없는 보고서") == ()


def test_reports_are_listed_by_id(store: Store, built: Path) -> None:
    first, second = store.reports()
    assert first == ReportEntry(
        id="first",
        title="첫째 보고서",
        path=str(built.parent / "reports/first.txt"),
        published="2024. 1.",
        pages=1,
        pages_exact=True,
        lines=4,
        chunks=3,
    )
    assert (second.id, second.pages, second.lines, second.chunks) == ("second", 2, 12, 12)


def test_chunks_come_back_whole_in_the_order_asked(store: Store) -> None:
    third, first = store.chunks([3, 1])
    assert (first.id, third.id) == ("first:0001", "first:0004")
    assert third.text == "공공 일자리 7,830명"
    assert third.section == ("Ⅰ. 현황", "1. 사업")
    assert third.report_title == "첫째 보고서"
    assert third.span == Span(first_page=1, last_page=1, page_exact=True, first_line=4, last_line=4)


def test_a_row_that_does_not_exist_is_an_error(store: Store) -> None:
    with pytest.raises(KeyError):
        store.chunks([1, 99])


def test_rows_of_a_report_are_its_chunks(store: Store) -> None:
    assert store.rows_of(["first"]).tolist() == [1, 2, 3]
    assert store.rows_of(["second", "first"]).tolist() == list(range(1, 16))
    assert store.rows_of(["없는 보고서"]).tolist() == []


def test_statements_follow_their_chunks(store: Store) -> None:
    found = store.statements([3, 2])
    assert [stored.chunk_row for stored in found] == [3, 2]
    said = found[1].statement
    assert said.text == "청년 일자리 예산 57,229백만원"
    assert (said.context, said.kind, said.unit) == (("□ 개요",), "line", "명")
    assert said.chunk_id == "first:0002"
    assert said.span == store.chunks([2])[0].span
    assert found[1].tokens == ("□", "개요", "청년", "일자리", "예산", "57,229백만원")


def test_a_statement_s_vector_is_that_of_its_parent_and_text(store: Store) -> None:
    (stored,) = store.statements([2])
    text = statement_text(stored.statement)
    assert text == f"□ 개요 {stored.statement.text}"
    expected = HashedPairs().embed_query(text)
    assert store.statement_vectors.vectors([stored.row])[0] == pytest.approx(expected, abs=1e-6)


def test_a_chunk_s_vector_is_that_of_its_search_text(store: Store) -> None:
    query = HashedPairs().embed_query(store.chunks([3])[0].search_text)
    row, score = store.chunk_vectors.search(query, k=1)[0]
    assert row == 3
    assert score == pytest.approx(1.0)


def test_words_of_title_section_and_text_are_found(store: Store) -> None:
    found = [store.lexical.search("tokens", {word: 1.0}, k=50) for word in ("첫째", "현황", "예산")]
    assert [len(rows) for rows in found] == [3, 15, 1]


def test_lines_are_verbatim_as_far_as_they_exist(store: Store) -> None:
    assert store.lines("first", 2, 3) == ("청년 일자리 예산 57,229백만원", "")
    assert store.lines("first", 4, 99) == ("공공 일자리 7,830명",)
    assert store.lines("없는 보고서", 1, 5) == ()


def test_many_threads_read_at_once(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda row: store.chunks([row])[0].id, list(range(1, 16)) * 20))
    assert found[:3] == ["first:0001", "first:0002", "first:0004"]
    assert found[:15] * 20 == found


def test_an_open_store_answers_after_its_files_were_swapped_away(copy: Path) -> None:
    store = Store.open(copy)
    shutil.rmtree(generation(copy))
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(store.lines, "first", 1, 1).result() == ("첫째 보고서",)
    assert len(store.lexical.search("tokens", {"현황": 1.0}, k=50)) == 15
    store.close()


@pytest.mark.parametrize("folder", ["", "없는 폴더"], ids=["empty", "no-folder"])
def test_no_index_names_the_command_that_builds_one(tmp_path: Path, folder: str) -> None:
    with pytest.raises(IndexMissingError, match="python -m index build"):
        Store.open(tmp_path / folder)


@pytest.mark.parametrize(
    "name", ["index.sqlite", "chunks.faiss", "statements.faiss", "lexical/meta.json"]
)
def test_one_altered_byte_is_damage(copy: Path, name: str) -> None:
    path = generation(copy) / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(IndexDamagedError, match=name):
        Store.open(copy)


def test_a_missing_file_is_damage(copy: Path) -> None:
    (generation(copy) / "chunks.faiss").unlink()
    with pytest.raises(IndexDamagedError, match=r"chunks\.faiss"):
        Store.open(copy)


def test_a_file_that_does_not_belong_is_damage(copy: Path) -> None:
    (generation(copy) / "lexical/extra.idx").write_bytes(b"x")
    with pytest.raises(IndexDamagedError, match=r"extra\.idx"):
        Store.open(copy)


def test_a_missing_generation_is_damage(copy: Path) -> None:
    shutil.rmtree(generation(copy))
    with pytest.raises(IndexDamagedError):
        Store.open(copy)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"format": 2}', "\xff"], ids=lambda text: text or "empty"
)
def test_a_manifest_that_cannot_be_read_is_damage(copy: Path, text: str) -> None:
    (copy / "manifest.json").write_text(text, encoding="latin-1")
    with pytest.raises(IndexDamagedError, match=r"manifest\.json"):
        Store.open(copy)


@pytest.mark.parametrize("name", ["../g-1-00000000", "/etc", "index", ""])
def test_a_manifest_that_leads_out_of_the_folder_is_damage(copy: Path, name: str) -> None:
    edit_manifest(copy, generation=name)
    with pytest.raises(IndexDamagedError, match=r"manifest\.json"):
        Store.open(copy)


@pytest.mark.parametrize("version", [0, 1, 99, "2"])
def test_another_format_is_refused_with_its_cure(copy: Path, version: object) -> None:
    edit_manifest(copy, format=version)
    with pytest.raises(IndexMismatchError, match="--rebuild"):
        Store.open(copy)


@pytest.mark.parametrize(("name", "dimension"), [("other", 64), ("pairs", 32)])
def test_another_model_is_refused_with_its_cure(built: Path, name: str, dimension: int) -> None:
    with pytest.raises(IndexMismatchError, match="--rebuild"):
        Store.open(built, embedder_name=name, dimension=dimension)


def test_a_reader_that_meets_a_swap_opens_the_new_index(copy: Path) -> None:
    """The manifest read first names a generation that is gone; the one read again does not."""
    old = Manifest.load(copy)
    moved = generation(copy).rename(copy / "g-2-00000000")
    with pytest.raises(IndexDamagedError):
        Store(copy, old)
    edit_manifest(copy, generation=moved.name)
    store = Store.open(copy)
    assert store.manifest.generation == "g-2-00000000"
    store.close()


def test_the_index_is_written_without_pickle(built: Path) -> None:
    names = {path.name for path in generation(built).iterdir()}
    assert names == {"index.sqlite", "chunks.faiss", "statements.faiss", "lexical"}
    starts = {name: (generation(built) / name).read_bytes()[:4] for name in names - {"lexical"}}
    assert starts == {
        "index.sqlite": b"SQLi",
        "chunks.faiss": b"IxM2",
        "statements.faiss": b"IxM2",
    }


def test_the_store_cannot_be_written_through(store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store._rows.execute("DELETE FROM lines")
