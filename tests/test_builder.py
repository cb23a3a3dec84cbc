from __future__ import annotations

import errno
import os
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest
from filelock import FileLock

from index.builder import BuildReport, build, remove
from index.writer import GenerationWriter, full_disk_as_os_error
from rag.errors import IndexBusyError, IndexMismatchError, IndexMissingError, ReportError
from rag.manifest import Manifest
from rag.protocols import FloatMatrix
from rag.store import Store
from rag.types import Report
from tests.build_fakes import HashedPairs, read_lines, small_steps

TEXTS = {
    "일자리.txt": "일자리 보고서\n청년 일자리 예산 57,229백만원\n공공 일자리 7,830명",
    "주택.txt": "주택 보고서\n빈집 매입 300호\n청년 주택 공급",
    "복지.txt": "복지 보고서\n경로당 급식 지원\n청년 수당 지급",
}


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "보고서"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def run(
    folder: Path, index: Path, *, embedder: HashedPairs | None = None, rebuild: bool = False
) -> BuildReport:
    steps = small_steps(embedder=embedder)
    return build([folder], directory=index, steps=steps, rebuild=rebuild)


def statuses(report: BuildReport) -> dict[str, str]:
    return {result.path.name: result.status for result in report.files}


def found(index: Path, *words: str) -> dict[str, float]:
    """What a question finds, by words, character pairs and vectors: chunk text -> score."""
    store = Store.open(index)
    terms = dict.fromkeys(words, 1.0)
    query = HashedPairs().embed_query(" ".join(words))
    scores: dict[str, float] = {}
    for arm, hits in (
        ("words", store.lexical.search("tokens", terms, k=50)),
        ("pairs", store.lexical.search("grams", terms, k=50)),
        ("vectors", store.chunk_vectors.search(query, k=50)),
    ):
        chunks = store.chunks([row for row, _ in hits])
        scores |= {
            f"{arm} {chunk.id} {chunk.text}": score
            for chunk, (_, score) in zip(chunks, hits, strict=True)
        }
    said = store.statements(store.rows_of([entry.id for entry in store.reports()]).tolist())
    vectors = store.statement_vectors.vectors([stored.row for stored in said])
    for stored, score in zip(said, vectors @ query, strict=True):
        scores[f"said {stored.statement.chunk_id} {stored.statement.text}"] = float(score)
    store.close()
    return scores


def left_over(index: Path) -> list[str]:
    """Names in the index folder besides what a finished build leaves."""
    kept = {"manifest.json", "build.lock"}
    if (index / "manifest.json").exists():
        kept.add(Manifest.load(index).generation)
    return sorted(path.name for path in index.iterdir() if path.name not in kept)


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
    assert messages["나.txt"] == "파일을 해석하지 못했습니다(UnicodeDecodeError)."
    assert messages["다.txt"] == "읽을 수 있는 글이 없습니다."
    assert report.usable == 3


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


class Interrupted(HashedPairs):
    """An embedder in whose middle something happens."""

    def __init__(self, happen: Callable[[], NoReturn]) -> None:
        super().__init__()
        self._happen = happen

    def embed_documents(self, texts: Sequence[str]) -> FloatMatrix:
        if any("새 사업" in text for text in texts):
            self._happen()
        return super().embed_documents(texts)


def _full_disk() -> NoReturn:
    raise OSError(errno.ENOSPC, "No space left on device")


def _ctrl_c() -> NoReturn:
    raise KeyboardInterrupt


@pytest.mark.parametrize(("happen", "error"), [(_full_disk, OSError), (_ctrl_c, KeyboardInterrupt)])
def test_what_stops_a_build_leaves_the_old_index_alone(
    reports: Path, index: Path, happen: Callable[[], NoReturn], error: type[BaseException]
) -> None:
    run(reports, index)
    before = found(index, "청년", "빈집")
    (reports / "복지.txt").write_text("바뀐 복지 보고서", encoding="utf-8")
    (reports / "하천.txt").write_text("하천 보고서\n새 사업", encoding="utf-8")
    with pytest.raises(error):
        run(reports, index, embedder=Interrupted(happen))
    assert found(index, "청년", "빈집") == before
    assert left_over(index) == []
    assert set(statuses(run(reports, index)).values()) == {"changed", "new", "unchanged"}


KILLED = """
import sys, time
from pathlib import Path
from tests.build_fakes import small_steps
from tests.test_builder import Interrupted
from index.builder import build

def wait():
    print("here", flush=True)
    time.sleep(60)

steps = small_steps(embedder=Interrupted(wait))
build([Path(sys.argv[1])], directory=Path(sys.argv[2]), steps=steps)
"""


def test_a_killed_build_leaves_the_old_index_and_the_next_one_sweeps_up(
    reports: Path, index: Path
) -> None:
    run(reports, index)
    before = found(index, "청년")
    (reports / "복지.txt").write_text("바뀐 복지 보고서", encoding="utf-8")
    (reports / "하천.txt").write_text("하천 보고서\n새 사업", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(reports), str(index)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parent.parent,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"here\n"
        with pytest.raises(IndexBusyError, match="다른 작업"):
            build([reports], directory=index, steps=small_steps(), wait_seconds=0.1)
        os.kill(process.pid, signal.SIGKILL)
    assert len(left_over(index)) == 1
    assert found(index, "청년") == before
    run(reports, index)
    assert left_over(index) == []
    assert Manifest.load(index).counts.reports == 4


def test_a_second_builder_is_refused(reports: Path, index: Path) -> None:
    run(reports, index)
    with (
        FileLock(index / "build.lock"),
        pytest.raises(IndexBusyError, match="다른 작업이 색인을 만들고"),
    ):
        build([reports], directory=index, steps=small_steps(), wait_seconds=0.05)


def test_a_disk_that_fills_under_the_vectors_is_an_os_error(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    writer = GenerationWriter(tmp_path, dimension=2)
    (tmp_path / "chunks.faiss").symlink_to("/dev/full")
    with pytest.raises(OSError, match="space") as raised:
        writer.finish()
    assert raised.value.errno == errno.ENOSPC
    writer.close()


def test_a_disk_that_fills_under_the_rows_is_an_os_error(tmp_path: Path) -> None:
    rows = sqlite3.connect(tmp_path / "rows.sqlite")
    rows.execute("CREATE TABLE lines (text)")
    rows.execute("PRAGMA max_page_count = 3")
    with pytest.raises(OSError, match="space") as raised, full_disk_as_os_error(tmp_path):
        rows.execute("INSERT INTO lines VALUES (?)", ("가" * 100_000,))
    assert raised.value.errno == errno.ENOSPC
    rows.close()


def test_other_errors_pass_as_they_are(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="something else"), full_disk_as_os_error(tmp_path):
        raise ValueError("something else")
