"""The report files among the paths a user names."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from index.readers.source import shown
from rag.errors import ReportError

_READ = frozenset({".pdf", ".hwpx", ".hwp", ".hml", ".docx", ".txt", ".md", ".jsonl"})
# Not read, but reports all the same: passed on, so that each is named in the summary.
_KNOWN = frozenset({".doc", ".rtf"})
_FIRST_RECORD = 2**20  # bytes; a longer one is not worth a look in advance


def find_files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Files as named, folders searched through, sorted, each once.

    In folders, hidden files, links, READMEs and JSONL files that are no corpus are passed over.
    """
    found = (file for path in paths for file in _under(path))
    return tuple(sorted({file.resolve(): file for file in found}.values()))


def _under(path: Path) -> Iterator[Path]:
    if not path.exists():
        raise ReportError(shown(path), "파일이나 폴더가 없습니다. 경로를 확인해 주세요.")
    if not path.is_dir():
        yield path
        return
    files = [file for file in _walk(path) if _is_report(file)]
    if not files:
        raise ReportError(
            shown(path.resolve()),
            f"폴더에 보고서가 없습니다. {', '.join(sorted(_READ))} 파일을 넣어 주세요.",
        )
    yield from files


def _walk(folder: Path) -> Iterator[Path]:
    """Ordinary files that are not hidden. Links may lead out of the folder: none is followed."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            file = Path(parent, name)
            if not name.startswith(".") and file.is_file() and not file.is_symlink():
                yield file


def _is_report(file: Path) -> bool:
    suffix = file.suffix.lower()
    if file.stem.lower() == "readme":  # says what the folder holds
        return False
    return suffix in _READ | _KNOWN and (suffix != ".jsonl" or _may_be_corpus(file))


def _may_be_corpus(file: Path) -> bool:
    """Whether the first record has a `text`; gold questions and results, kept beside, have none.

    What cannot be told here counts as a corpus: reading it gives the error a user should see.
    """
    try:
        with file.open("rb") as opened:
            first = json.loads(opened.read(_FIRST_RECORD).strip().split(b"\n", 1)[0])
    except (OSError, ValueError, RecursionError):
        return True
    return isinstance(first, dict) and "text" in first
