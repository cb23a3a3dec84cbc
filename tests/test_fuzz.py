"""Broken, hostile and mutated files: a report or one Korean line, in time, and nothing else."""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.chunker import cut
from index.readers import read_file
from index.reading import Limits, Workers
from index.sources import cut_reports, in_turn
from index.worker import reasons
from rag.errors import ReportError
from rag.types import Page
from tests import hostile, sound
from tests.mutations import mutated

ROOT = Path(__file__).parent.parent
MAX_BYTES = 50 * 2**20
MAX_SECONDS = 20.0
SMALL_PDF = hostile.pdf([hostile.text_page(number, lines=8) for number in (1, 2)])
LIMITS = Limits(max_bytes=MAX_BYTES, memory_mb=1024, seconds=MAX_SECONDS)
SEEDS = range(int(os.environ.get("FUZZ", "300")))
SCANS = 50  # one scanned page for so many other files: it takes that much longer
KILLED = re.compile("멈췄습니다|넘어 중단했습니다|시작하지 못했습니다")


class Attempt(NamedTuple):
    """What came of reading one mutated file."""

    seed: int
    kind: str
    said: str
    seconds: float


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder to work in; nothing may be written around it."""
    outside = [tmp_path / name for name in ("home", "here")]
    for folder in outside:
        folder.mkdir()
    monkeypatch.setenv("HOME", str(outside[0]))
    monkeypatch.chdir(outside[1])
    before = sorted((ROOT / "samples").rglob("*"))
    inside = tmp_path / "files" / "deep" / "deeper"
    inside.mkdir(parents=True)
    yield inside
    assert [path for folder in outside for path in folder.rglob("*")] == []
    assert list(tmp_path.glob("files/*")) == [inside.parent]
    assert list(inside.parent.glob("*")) == [inside]
    assert sorted((ROOT / "samples").rglob("*")) == before


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(LIMITS) as found:
        yield found


def outcome(read: Callable[[], object]) -> str:
    """The word read, or the refusal, which is one Korean line."""
    try:
        read()
    except ReportError as error:
        said = error
    else:
        return "read"
    assert re.fullmatch(".+: .*[가-힣].*[.]", str(said)), said  # `.` is no line end
    return said.reason


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(kind=st.sampled_from(["txt", "pdf", "docx", "hwpx"]), seed=st.integers(0, 2**32))
def test_a_mutated_file_is_a_report_or_one_korean_line(
    tmp_path_factory: pytest.TempPathFactory, kind: str, seed: int
) -> None:
    path = tmp_path_factory.getbasetemp() / f"a.{kind}"
    path.write_bytes(mutated(sound.light(kind), seed))

    def read() -> None:
        with reasons(path):
            read_file(path, max_bytes=MAX_BYTES)

    began = time.monotonic()
    outcome(read)
    assert time.monotonic() - began < MAX_SECONDS


def failed(folder: Path, made: Iterable[tuple[int, str, bytes]]) -> list[Attempt]:
    """The mutated files that made a reader crash or hang; what came of all is printed."""
    with Workers(LIMITS) as own:

        def attempt(file: tuple[int, str, bytes]) -> Attempt:
            seed, kind, data = file
            path = folder / f"{seed}.{kind}"
            path.write_bytes(mutated(data, seed))
            began = time.monotonic()
            said = outcome(lambda: cut_reports(path, own.read(path), cut))
            path.unlink()
            return Attempt(seed, kind, said, time.monotonic() - began)

        found = [look.result() for look in in_turn(attempt, made)]
    for (said, kind), count in Counter((one.said, one.kind) for one in found).most_common():
        print(f"\n{count:6} {kind:4} {said}", end="")  # noqa: T201
    print("\nslowest", max(found, key=lambda one: one.seconds))  # noqa: T201
    return [one for one in found if KILLED.search(one.said) or one.seconds > MAX_SECONDS]


@pytest.mark.slow
def test_mutated_files_neither_crash_nor_hang_nor_litter(
    watched: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")  # no tesseract: pages whose letters are lost would take hours
    made = ((seed, *sound.source(seed)) for seed in SEEDS)
    assert failed(watched, made) == []


@pytest.mark.slow
def test_mutated_scans_neither_crash_nor_hang_nor_litter(watched: Path) -> None:
    for seed in SEEDS[::SCANS]:  # one by one: tesseract itself takes every core
        assert failed(watched, [(seed, "pdf", sound.scan())]) == []


HOSTILE: dict[str, Callable[[], bytes]] = {
    "empty.pdf": bytes,
    "random.pdf": lambda: Random(1).randbytes(100_000),
    "signature.pdf": lambda: b"%PDF-1.7\n" + Random(3).randbytes(100_000),
    "signature.hwp": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + Random(4).randbytes(100_000),
    "signature.docx": lambda: b"PK\x03\x04" + Random(5).randbytes(100_000),
    "truncated.docx": lambda: hostile.archive({}, like="docx")[:20_000],
    "truncated.hwpx": lambda: hostile.archive({}, like="hwpx")[:20_000],
    "truncated.pdf": lambda: SMALL_PDF[:700],
    "strip.pdf": lambda: SMALL_PDF.replace(b"[0 0 595 842]", b"[0 0 9999999 9]"),
    "claims.pdf": lambda: SMALL_PDF.replace(b"/Count 2 ", b"/Count 999999 "),
    "password.pdf": lambda: hostile.pdf([hostile.text_page(1)], locked=True),
    "password.docx": lambda: hostile.encrypted_member("docx"),
    "password.hwpx": lambda: hostile.encrypted_member("hwpx"),
    "outside.docx": lambda: hostile.archive({"../../outside.txt": b"out"}, like="docx"),
    "outside.hwpx": lambda: hostile.archive({"/../../outside.txt": b"out"}, like="hwpx"),
    "laughs.docx": lambda: hostile.laughing("docx"),
    "laughs.hwpx": lambda: hostile.laughing("hwpx"),
    "laughs.hml": lambda: hostile.LAUGHS.replace(b"lolz", b"HWPML"),
    "deep.docx": lambda: hostile.deep("docx"),
    "deep.hwpx": lambda: hostile.deep("hwpx"),
    "large.txt": lambda: b" " * (MAX_BYTES + 1),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_one_korean_line(watched: Path, workers: Workers, name: str) -> None:
    path = watched / name
    path.write_bytes(HOSTILE[name]())
    began = time.monotonic()
    said = outcome(lambda: workers.read(path))
    assert said != "read"
    assert not KILLED.search(said)
    assert time.monotonic() - began < MAX_SECONDS


@pytest.mark.slow
@pytest.mark.parametrize("like", ["docx", "hwpx"])
def test_a_bomb_is_not_unpacked(watched: Path, workers: Workers, like: str) -> None:
    path = watched / f"bomb.{like}"
    path.write_bytes(hostile.bomb(like))
    began = time.monotonic()
    assert "커지는 파일" in outcome(lambda: workers.read(path))
    assert time.monotonic() - began < 2


def test_a_pdf_that_does_not_tell_its_letters_is_refused_or_read_as_a_picture(
    watched: Path, workers: Workers
) -> None:
    path = watched / "letters.pdf"
    path.write_bytes(hostile.without_letters())
    pages: list[Page] = []
    said = outcome(lambda: pages.extend(workers.read(path)[0].pages))
    assert not KILLED.search(said)
    assert all(page.ocr for page in pages if any(map(str.strip, page.lines)))


@pytest.mark.slow
def test_five_thousand_pages_are_read(watched: Path) -> None:
    path = watched / "long.pdf"
    pages = [hostile.text_page(number, lines=10) for number in range(1, 5_001)]
    path.write_bytes(hostile.pdf(pages))
    with Workers(Limits(max_bytes=MAX_BYTES, memory_mb=2048, seconds=300)) as patient:
        (report,) = patient.read(path)
    assert [page.number for page in report.pages] == list(range(1, 5_001))
    assert min(len(page.lines) for page in report.pages) >= 5
