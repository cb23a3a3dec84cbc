"""What a build tells about itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

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
    chunks: int = 0
    seconds: float = 0.0
    message: str = ""  # for the user, in Korean


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did; `counts` are of the index in force, None when there is none."""

    files: tuple[FileResult, ...]
    counts: Counts | None

    @property
    def usable(self) -> int:
        """How many of the files are in the index now."""
        return sum(result.status in ("new", "changed", "unchanged") for result in self.files)
