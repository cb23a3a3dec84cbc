"""Which files are new, and what each of them gives: read and cut, or a reason why not."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.derive import Cut
from rag.errors import ReportError
from rag.manifest import SourceFile
from rag.types import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class CutReport:
    """A report and the chunks it was cut into, at least one."""

    report: Report
    cuts: Sequence[Cut]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loader:
    """How a file becomes cut reports."""

    read: Callable[[Path], Sequence[Report]]
    cut: Callable[[Report], Sequence[Cut]]

    def load(self, path: Path) -> list[CutReport]:
        """The reports of a file; `ReportError` whatever is wrong with it."""
        try:
            found = [CutReport(report=report, cuts=self.cut(report)) for report in self.read(path)]
            for item in found:
                "\n".join(item.report.lines).encode()
        except ReportError:
            raise
        except UnicodeEncodeError as error:
            raise ReportError(path, "깨진 글자가 있어 읽지 못했습니다.") from error
        except OSError as error:
            raise _unreadable(path, error) from error
        except Exception as error:
            # A parser that stumbles over one file must not stop the others.
            reason = f"파일을 해석하지 못했습니다({type(error).__name__})."
            raise ReportError(path, reason) from error
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
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> Exception:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return error
    if isinstance(error, PermissionError):
        return ReportError(path, "파일을 읽을 권한이 없습니다.")
    if isinstance(error, FileNotFoundError):
        return ReportError(path, "파일이 없습니다.")
    return ReportError(path, f"파일을 열지 못했습니다({error.strerror or type(error).__name__}).")
