from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from index.builder import build, remove
from rag.errors import IndexMismatchError, IndexMissingError, ReportError
from rag.manifest import Manifest
from rag.store import Store
from rag.types import Report, TableShape
from tests.build_fakes import HashedPairs, read_lines, small_steps
from tests.build_helpers import TEXTS, found, left_over, run, statuses, write_reports


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    return write_reports(tmp_path / "보고서")


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def test_every_file_is_reported(reports: Path, index: Path) -> None:
    report = run(reports, index)
    assert statuses(report) == {"복지.txt": "new", "일자리.txt": "new", "주택.txt": "new"}
    first = report.files[0]
    assert (first.reports, first.pages, first.lines, first.chunks) == (("복지",), 1, 3, 3)
    assert report.counts == Manifest.load(index).counts
    counts = Manifest.load(index).counts
    assert (counts.reports, counts.chunks) == (3, 9)
    assert left_over(index) == []


def test_unchanged_files_are_not_embedded_again(reports: Path, index: Path) -> None:
    run(reports, index)
    before = Manifest.load(index)
    embedder = HashedPairs()
    report = run(reports, index, embedder=embedder)
    assert set(statuses(report).values()) == {"unchanged"}
    assert embedder.texts == []
    assert Manifest.load(index) == before
    assert report.usable == 3


def test_a_changed_file_is_replaced_and_the_rest_stays(reports: Path, index: Path) -> None:
    run(reports, index)
    (reports / "주택.txt").write_text("주택 보고서\n빈집 철거 12호", encoding="utf-8")
    embedder = HashedPairs()
    report = run(reports, index, embedder=embedder)
    assert statuses(report)["주택.txt"] == "changed"
    assert not any("일자리" in text for text in embedder.texts)
    store = Store.open(index)
    assert store.lines("주택", 1, 9) == ("주택 보고서", "빈집 철거 12호")
    assert store.manifest.counts.chunks == 8
    store.close()


def test_step_by_step_gives_what_one_build_gives(reports: Path, tmp_path: Path) -> None:
    steps, once = tmp_path / "steps", tmp_path / "once"
    (reports / "주택.txt").write_text("옛 주택 보고서\n청년 청년 청년\n옛 내용", encoding="utf-8")
    for name in ("주택.txt", "복지.txt", "일자리.txt"):
        build([reports / name], directory=steps, steps=small_steps())
    (reports / "주택.txt").write_text(TEXTS["주택.txt"], encoding="utf-8")
    run(reports, steps)
    remove("복지", directory=steps)
    (reports / "복지.txt").unlink()
    run(reports, once)
    expected = found(once, "청년", "일자리", "주택")
    assert found(steps, "청년", "일자리", "주택") == pytest.approx(expected, abs=1e-6)
    arms = Counter(name.split(" ")[0] for name in expected)
    assert arms == {"vectors": 6, "said": 6, "words": 6, "pairs": 4}


def test_removed_text_is_nowhere_in_the_index(reports: Path, index: Path) -> None:
    run(reports, index)
    remove("주택", directory=index)
    for path in index.rglob("*"):
        if path.is_file():
            assert "빈집".encode() not in path.read_bytes(), path.name


def test_removing_an_unknown_report_changes_nothing(reports: Path, index: Path) -> None:
    run(reports, index)
    before = Manifest.load(index)
    with pytest.raises(ReportError, match="색인에 없는 보고서"):
        remove("없음", directory=index)
    assert Manifest.load(index) == before
    assert left_over(index) == []


def test_a_removed_report_comes_back_with_the_next_build(reports: Path, index: Path) -> None:
    run(reports, index)
    remove("주택", directory=index)
    assert statuses(run(reports, index))["주택.txt"] == "new"


def test_removing_from_no_index_says_so(index: Path) -> None:
    with pytest.raises(IndexMissingError):
        remove("주택", directory=index)


def test_one_bad_file_does_not_stop_the_others(reports: Path, index: Path) -> None:
    (reports / "가.bad").write_bytes(b"\x00")
    (reports / "나.txt").write_bytes(b"\xff\xfe")  # the reader stumbles over it
    (reports / "다.txt").write_bytes(b"\n\n")  # nothing to cut
    report = run(reports, index)
    assert statuses(report) | {"가.bad": "failed", "나.txt": "failed", "다.txt": "failed"} == (
        statuses(report)
    )
    messages = {result.path.name: result.message for result in report.files}
    assert messages["가.bad"] == "읽을 수 없는 파일입니다."
    assert messages["나.txt"].startswith("파일을 해석하지 못했습니다(UnicodeDecodeError). ")
    assert messages["다.txt"] == "읽을 수 있는 글이 없습니다."
    assert report.usable == 3


def test_what_could_not_be_read_of_a_file_is_told(reports: Path, index: Path) -> None:
    def read(path: Path) -> Sequence[Report]:
        (report,) = read_lines(path)
        table = TableShape(first_line=1, last_line=2, head=1, grid=(("가",), ("나",)))
        pages = tuple(replace(page, ocr=True) for page in report.pages)
        return (replace(report, pages=pages, tables=(table,), notices=("2쪽을 건너뛰었습니다.",)),)

    report = build([reports / "주택.txt"], directory=index, steps=small_steps(read=read))
    told = ((result.tables, result.ocr_pages, result.notices) for result in report.files)
    assert list(told) == [(1, 1, ("2쪽을 건너뛰었습니다.",))]
    (entry,) = Store.open(index).reports()
    assert (entry.tables, entry.ocr_pages, entry.notices) == (1, 1, ("2쪽을 건너뛰었습니다.",))


def test_one_broken_file_among_many_is_counted(index: Path, tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"보고서 {number:02d}.txt").write_text(f"보고서 {number}", encoding="utf-8")
    (tmp_path / "보고서 20.txt").rename(tmp_path / "보고서 20.bad")
    paths = sorted(tmp_path.glob("보고서*"))
    report = build(paths, directory=index, steps=small_steps())
    assert [result.path for result in report.files] == paths
    assert (report.count("new"), report.count("failed")) == (39, 1)


def test_a_file_with_broken_letters_is_refused(reports: Path, index: Path) -> None:
    def read(path: Path) -> Sequence[Report]:
        (report,) = read_lines(path)
        return (replace(report, pages=(replace(report.pages[0], lines=("\ud800",)),)),)

    report = build([reports / "주택.txt"], directory=index, steps=small_steps(read=read))
    assert report.files[0].message == "깨진 글자가 있어 읽지 못했습니다."


def test_a_file_that_turned_bad_keeps_what_was_known_of_it(reports: Path, index: Path) -> None:
    run(reports, index)
    (reports / "주택.txt").write_bytes(b"\xff\xfe")
    (result,) = [entry for entry in run(reports, index).files if entry.status == "failed"]
    assert "이전 내용은 색인에 그대로 있습니다" in result.message
    assert "words 주택:0002 빈집 매입 300호" in found(index, "빈집")


def test_when_all_files_fail_the_old_index_stays(reports: Path, index: Path) -> None:
    run(reports, index)
    before = Manifest.load(index)
    (reports.parent / "x.bad").write_bytes(b"")
    report = build([reports.parent / "x.bad"], directory=index, steps=small_steps(), rebuild=True)
    assert (report.usable, report.counts) == (0, None)
    assert Manifest.load(index) == before


def test_a_folder_without_reports_is_an_error(tmp_path: Path, index: Path) -> None:
    (tmp_path / "빈 폴더").mkdir()
    with pytest.raises(ReportError, match="빈 폴더"):
        run(tmp_path / "빈 폴더", index)


def test_two_files_with_one_name_are_told_apart(reports: Path, index: Path) -> None:
    other = reports / "사본"
    other.mkdir()
    (other / "주택.txt").write_text("다른 주택 보고서", encoding="utf-8")
    paths = [reports / "주택.txt", other / "주택.txt"]
    report = build(paths, directory=index, steps=small_steps())
    assert [result.status for result in report.files] == ["new", "failed"]
    assert str(paths[0]) in report.files[1].message
    assert str(paths[1]) in report.files[1].message


def test_a_copy_of_an_indexed_file_is_not_indexed_twice(reports: Path, index: Path) -> None:
    run(reports, index)
    copy = reports.parent / "주택.txt"
    copy.write_text(TEXTS["주택.txt"], encoding="utf-8")
    assert statuses(run(copy, index)) == {"주택.txt": "unchanged"}


def test_a_file_that_moved_and_changed_takes_its_place(reports: Path, index: Path) -> None:
    run(reports, index)
    (reports / "주택.txt").unlink()
    moved = reports.parent / "주택.txt"
    moved.write_text("새 주택 보고서", encoding="utf-8")
    assert statuses(run(moved, index)) == {"주택.txt": "changed"}
    manifest = Manifest.load(index)
    assert manifest.counts.reports == 3
    assert str(moved) in manifest.files
    assert str(reports / "주택.txt") not in manifest.files


def test_a_file_that_is_gone_is_kept_and_named(reports: Path, index: Path) -> None:
    run(reports, index)
    (reports / "주택.txt").unlink()
    report = run(reports, index)
    assert statuses(report)["주택.txt"] == "missing"
    assert "python -m index remove 주택" in report.files[-1].message
    assert Manifest.load(index).counts.reports == 3


def test_a_rebuild_holds_the_given_files_alone(reports: Path, index: Path) -> None:
    run(reports, index)
    run(reports / "주택.txt", index, rebuild=True)
    assert [entry.id for entry in Store.open(index).reports()] == ["주택"]
    assert left_over(index) == []


def test_an_index_of_another_model_is_refused_until_rebuilt(reports: Path, index: Path) -> None:
    run(reports / "주택.txt", index)
    other = HashedPairs(name="other", dimension=32)
    with pytest.raises(IndexMismatchError, match="--rebuild"):
        run(reports, index, embedder=other)
    assert left_over(index) == []
    run(reports, index, embedder=other, rebuild=True)
    Store.open(index, embedder_name="other", dimension=32).close()


def test_a_damaged_index_is_rebuilt_over(reports: Path, index: Path) -> None:
    run(reports, index)
    (index / "manifest.json").write_text("{", encoding="utf-8")
    run(reports, index, rebuild=True)
    assert Manifest.load(index).counts.reports == 3
    assert left_over(index) == []


def test_progress_rises_to_the_whole(reports: Path, index: Path) -> None:
    heard: list[tuple[str, float]] = []
    build(
        [reports],
        directory=index,
        steps=small_steps(),
        progress=lambda name, share: heard.append((name, share)),
    )
    shares = [share for _, share in heard]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert [name for name, _ in heard[:: len(heard) - 1]] == ["복지.txt", "주택.txt"]


def test_the_same_text_is_embedded_once(index: Path, tmp_path: Path) -> None:
    (tmp_path / "표.txt").write_text("표\n같은 줄\n같은 줄\n같은 줄", encoding="utf-8")
    embedder = HashedPairs()
    run(tmp_path / "표.txt", index, embedder=embedder)
    assert len(embedder.texts) == len(set(embedder.texts)) == 4


def test_a_corpus_of_many_short_reports_is_one_file(index: Path, tmp_path: Path) -> None:
    def read(path: Path) -> Sequence[Report]:
        (report,) = read_lines(path)
        return [replace(report, id=f"글{number:04d}") for number in range(1_200)]

    corpus = tmp_path / "corpus.txt"
    corpus.write_text("한 줄", encoding="utf-8")
    steps = small_steps(read=read)
    assert len(build([corpus], directory=index, steps=steps).files[0].reports) == 1_200
    remove("글0007", directory=index)
    assert Manifest.load(index).counts.chunks == 1_199
    corpus.write_text("두 줄\n두 줄", encoding="utf-8")
    build([corpus], directory=index, steps=steps)
    assert Manifest.load(index).counts.chunks == 2_400
