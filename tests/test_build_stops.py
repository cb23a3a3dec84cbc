from __future__ import annotations

import errno
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

import pytest
from filelock import FileLock

from index.builder import build
from index.writer import GenerationWriter, full_disk_as_os_error
from rag.errors import IndexBusyError
from rag.manifest import Manifest
from rag.protocols import FloatMatrix
from tests.build_fakes import HashedPairs, small_steps
from tests.build_helpers import found, gone, left_over, run, statuses, write_reports


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    return write_reports(tmp_path / "보고서")


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


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
from tests.test_build_stops import Interrupted
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


# What is started in the background, as a test run may be, is deaf to SIGINT until told.
READING = """
import signal
import sys
from dataclasses import replace
from pathlib import Path
from tests.build_fakes import small_steps
from index.builder import build
from index.reading import Limits
from index.wiring import reading

signal.signal(signal.SIGINT, signal.default_int_handler)
limits = Limits(max_bytes=2**20, memory_mb=512, seconds=60)
steps = replace(small_steps(), reading=lambda: reading(limits, module="tests.wild_worker"))
build([Path(sys.argv[1])], directory=Path(sys.argv[2]), steps=steps)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_ctrl_c_while_files_are_read_leaves_neither_process_nor_draft(
    reports: Path, index: Path, tmp_path: Path
) -> None:
    run(reports, index)
    before = Manifest.load(index)
    (reports / "하천.txt").write_text("program", encoding="utf-8")
    notes = tmp_path / "notes"
    with subprocess.Popen(
        [sys.executable, "-c", READING, str(reports), str(index)],
        cwd=Path(__file__).parent.parent,
        env=os.environ | {"WILD_NOTES": str(notes)},
        stderr=subprocess.PIPE,
    ) as process:
        while process.poll() is None and not notes.exists():
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=10)
    assert b"KeyboardInterrupt" in said
    assert gone([int(pid) for pid in notes.read_text(encoding="utf-8").split()])
    assert Manifest.load(index) == before
    assert left_over(index) == []


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
