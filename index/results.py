"""What a build tells about itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index.rows import last_page
from index.sources import CutReport
from rag.manifest import Counts

Status = Literal["new", "changed", "unchanged", "failed", "missing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileResult:
    """What became of one file. `missing`: in the index, but gone from the folder."""

    path: Path
    status: Status
    reports: tuple[str, ...] = ()
    pages: int | None = None  # the last page's number; None where the file does not tell
    pages_exact: bool = False
    lines: int = 0
    tables: int = 0  # that the file itself draws
    ocr_pages: int = 0
    chunks: int = 0
    seconds: float = 0.0
    notices: tuple[str, ...] = ()  # what could not be read, in Korean
    message: str = ""  # for the user, in Korean


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did; `counts` are of the index in force, None when there is none."""

    files: tuple[FileResult, ...]
    counts: Counts | None

    @property
    def usable(self) -> int:
        """How many of the files are in the index now."""
        return self.count("new", "changed", "unchanged")

    def count(self, *statuses: Status) -> int:
        """How many of the files came out so."""
        return sum(result.status in statuses for result in self.files)


def result_of(
    path: Path, found: Sequence[CutReport], *, changed: bool, seconds: float
) -> FileResult:
    """What a file gave that is in the index now."""
    reports = [item.report for item in found]
    pages = [last_page(report) for report in reports]
    return FileResult(
        path=path,
        status="changed" if changed else "new",
        reports=tuple(report.id for report in reports),
        pages=max((number for number, _ in pages if number is not None), default=None),
        pages_exact=all(exact for _, exact in pages),
        lines=sum(len(report.lines) for report in reports),
        tables=sum(len(report.tables) for report in reports),
        ocr_pages=sum(page.ocr for report in reports for page in report.pages),
        notices=tuple(dict.fromkeys(notice for report in reports for notice in report.notices)),
        chunks=sum(len(item.cuts) for item in found),
        seconds=seconds,
    )
