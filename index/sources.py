"""Which files are new, and what each of them gives: read and cut, or a reason why not."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from index.derive import Cut
from index.worker import reasons
from rag.errors import ReportError
from rag.manifest import SourceFile
from rag.types import Report

T = TypeVar("T")
R = TypeVar("R")
Read = Callable[[Path], Sequence[Report]]

_AT_ONCE = 2  # embedding takes longer than reading, and uses every core itself
_AHEAD = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class CutReport:
    """A report and the chunks it was cut into, at least one."""

    report: Report
    cuts: Sequence[Cut]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A file as found ahead of its turn."""

    sha256: str
    reports: Sequence[Report] | None  # None: the index knew this content when the build began
    seconds: float


def look(path: Path, *, known: Ledger, read: Read) -> Look:
    """What the file holds, unless the index knows it; `ReportError` whatever is wrong with it."""
    started = perf_counter()
    sha256 = digest(path)
    with reasons(path):
        reports = None if known.holds(path, sha256) else read(path)
    return Look(sha256=sha256, reports=reports, seconds=perf_counter() - started)


def in_turn(work: Callable[[T], R], items: Iterable[T]) -> Generator[Future[R], None, None]:
    """The work on each item in order, begun a few items ahead."""
    pool = ThreadPoolExecutor(_AT_ONCE)
    waiting: deque[Future[R]] = deque()
    try:
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) > _AHEAD:
                yield waiting.popleft()
        while waiting:
            yield waiting.popleft()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def cut_reports(
    path: Path, reports: Iterable[Report], cut: Callable[[Report], Sequence[Cut]]
) -> list[CutReport]:
    """The reports of a file with their chunks; `ReportError` whatever is wrong with them."""
    with reasons(path):
        found = [CutReport(report=report, cuts=cut(report)) for report in reports]
        for item in found:
            "\n".join(item.report.lines).encode()
    found = [item for item in found if item.cuts]
    if not found:
        raise ReportError(path, "읽을 수 있는 글이 없습니다.")
    return found


class Ledger:
    """The files in the index, while a build changes them."""

    def __init__(self, files: Mapping[str, SourceFile]) -> None:
        self.files = dict(files)

    def holds(self, path: Path, sha256: str) -> SourceFile | None:
        """The entry for this content under this name, wherever the file stood then."""
        for known, entry in self.files.items():
            if entry.sha256 == sha256 and Path(known).name == path.name:
                return entry
        return None

    def replaced_by(self, path: Path, reports: Sequence[str]) -> set[str]:
        """The reports that go when `path` comes; `ReportError` when one is another file's."""
        gone = set(self.files[key(path)].reports) if key(path) in self.files else set()
        for owner, entry in self.files.items():
            shared = set(entry.reports) & set(reports)
            if not shared or owner == key(path):
                continue
            if Path(owner).exists():
                raise ReportError(
                    path,
                    f"보고서 이름 {sorted(shared)[0]}을(를) 이미 {owner} 파일이 쓰고 있습니다. "
                    f"{path} 파일의 이름을 바꿔 주세요.",
                )
            gone |= shared
        return gone

    def put(self, path: Path, entry: SourceFile) -> None:
        """Note what a file gave; its reports are no longer those of a file that moved away."""
        self.forget(entry.reports)
        self.files[key(path)] = entry

    def forget(self, report_ids: Iterable[str]) -> None:
        """Take reports out; a file without any goes too."""
        gone = set(report_ids)
        for owner, entry in list(self.files.items()):
            left = tuple(report for report in entry.reports if report not in gone)
            if left:
                self.files[owner] = SourceFile(sha256=entry.sha256, reports=left)
            else:
                del self.files[owner]


def key(path: Path) -> str:
    """The name of a file in the manifest."""
    return str(path.resolve())


def digest(path: Path) -> str:
    """SHA-256 of a file; `ReportError` when it cannot be opened."""
    with reasons(path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
