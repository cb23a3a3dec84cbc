"""Broken, hostile and mutated files: a report or one Korean line, in time, and nothing else."""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from itertools import cycle, islice
from pathlib import Path
from random import Random

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
from tests import hostile
from tests.mutations import mutated

ROOT = Path(__file__).parent.parent
MAX_BYTES = 50 * 2**20
MAX_SECONDS = 20.0
SMALL_PDF = hostile.pdf([hostile.text_page(number, lines=8) for number in (1, 2)])
SAMPLES = [
    *sorted((ROOT / "samples").glob("hanbit_2025_*.pdf")),
    *sorted((ROOT / "tests" / "reports").glob("hanbit_2025_*.*")),
]
MUTATIONS = int(os.environ.get("FUZZ", "300"))
FIRST_SEED = int(os.environ.get("FUZZ_SEED", "0"))
KILLED = re.compile("멈췄습니다|넘어 중단했습니다|시작하지 못했습니다")


@cache
def light(name: str) -> bytes:
    """A file that is quick to read."""
    suffix = name.rpartition(".")[2]
    if suffix == "txt":
        return (ROOT / "samples" / "hanbit_2023_plan.txt").read_bytes()
    return SMALL_PDF if suffix == "pdf" else hostile.short(suffix)


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
    limits = Limits(max_bytes=MAX_BYTES, memory_mb=1024, seconds=MAX_SECONDS)
    with Workers(limits) as found:
        yield found


def outcome(read: Callable[[], object]) -> str:
    """The word read, or the refusal, which is one Korean line."""
    try:
        read()
    except ReportError as error:
        said, reason = str(error), error.reason
    else:
        return "read"
    assert re.fullmatch(".+: .*[가-힣].*[.]", said), said  # `.` is no line end
    return reason


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(name=st.sampled_from(["a.txt", "a.pdf", "a.docx", "a.hwpx"]), seed=st.integers(0, 2**32))
def test_a_mutated_file_is_a_report_or_one_korean_line(
    tmp_path_factory: pytest.TempPathFactory, name: str, seed: int
) -> None:
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(mutated(light(name), seed))

    def read() -> None:
        with reasons(path):
            read_file(path, max_bytes=MAX_BYTES)

    began = time.monotonic()
    outcome(read)
    assert time.monotonic() - began < MAX_SECONDS


@pytest.mark.slow
def test_mutated_samples_neither_crash_nor_hang_nor_litter(watched: Path, workers: Workers) -> None:
    sources = [*SAMPLES, None]
    seeds = range(FIRST_SEED, FIRST_SEED + MUTATIONS)

    def attempt(made: tuple[int, Path | None]) -> tuple[str, float]:
        seed, sample = made
        path = watched / f"{seed}{sample.suffix if sample else '.pdf'}"
        path.write_bytes(mutated(sample.read_bytes() if sample else SMALL_PDF, seed))
        began = time.monotonic()
        said = outcome(lambda: cut_reports(path, workers.read(path), cut))
        path.unlink()
        return said, time.monotonic() - began

    jobs = list(zip(seeds, islice(cycle(sources), MUTATIONS), strict=True))
    found = [(job, look.result()) for job, look in zip(jobs, in_turn(attempt, jobs), strict=True)]
    print(f"\nseeds {seeds.start}..{seeds.stop - 1}")  # noqa: T201
    for said, count in Counter(said for _, (said, _) in found).most_common():
        print(f"{count:6} {said}")  # noqa: T201
    print(f"slowest {max(seconds for _, (_, seconds) in found):.1f} s")  # noqa: T201
    bad = [
        (seed, sample.name if sample else "small", said, seconds)
        for (seed, sample), (said, seconds) in found
        if KILLED.search(said) or seconds > MAX_SECONDS
    ]
    assert bad == []


HOSTILE: dict[str, Callable[[], bytes]] = {
    "empty.txt": bytes,
    "empty.pdf": bytes,
    "random.pdf": lambda: Random(1).randbytes(100_000),
    "random.hwpx": lambda: Random(2).randbytes(100_000),
    "signature.pdf": lambda: b"%PDF-1.7\n" + Random(3).randbytes(100_000),
    "signature.hwp": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + Random(4).randbytes(100_000),
    "signature.docx": lambda: b"PK\x03\x04" + Random(5).randbytes(100_000),
    "truncated.docx": lambda: hostile.archive({}, like="docx")[:20_000],
    "truncated.hwpx": lambda: hostile.archive({}, like="hwpx")[:20_000],
    "truncated.pdf": lambda: SMALL_PDF[:700],
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
    said = outcome(lambda: workers.read(path))
    assert time.monotonic() - began < 2
    assert "커지는 파일" in said


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
def test_five_thousand_pages_are_read(watched: Path, workers: Workers) -> None:
    path = watched / "long.pdf"
    path.write_bytes(hostile.pdf([hostile.text_page(number) for number in range(1, 5_001)]))
    patient = Limits(max_bytes=MAX_BYTES, memory_mb=2048, seconds=300)
    with Workers(patient) as found:
        (report,) = found.read(path)
    assert [page.number for page in report.pages] == list(range(1, 5_001))
    assert min(len(page.lines) for page in report.pages) >= 25
