"""A worker whose reader does to itself what the file says."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from index.worker import main
from rag.errors import ReportError
from rag.types import Page, Report


def _hang() -> None:
    time.sleep(600)


def _spin() -> None:
    while True:
        pass


def _hang_in_a_program() -> None:
    """As OCR would, its number left where a test can find it."""
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    notes = Path(os.environ["WILD_NOTES"])
    draft = notes.with_suffix(".draft")
    draft.write_text(f"{os.getpid()} {child.pid}", encoding="utf-8")
    draft.rename(notes)
    child.wait()


def _crash() -> None:
    ctypes.string_at(0)


def _eat_memory() -> None:
    list(range(10**9))


def _eat_memory_in_c() -> None:
    os.abort()


def _leave() -> None:
    sys.exit(3)


def _print() -> None:
    print("읽는 중", flush=True)  # noqa: T201
    os.write(1, b'{"end": "read"}\n')
    assert sys.stdin.readline() == ""


def _litter() -> None:
    Path(tempfile.gettempdir(), "left-over").write_bytes(b"x")
    _crash()


def _stumble() -> None:
    raise KeyError("a parser's own mistake")


WILD: dict[str, Callable[[], None]] = {
    "hang": _hang,
    "spin": _spin,
    "program": _hang_in_a_program,
    "crash": _crash,
    "memory": _eat_memory,
    "abort": _eat_memory_in_c,
    "exit": _leave,
    "print": _print,
    "litter": _litter,
    "stumble": _stumble,
}


def report_of(path: Path, text: str) -> Report:
    """One page; the text is the title too."""
    page = Page(number=None, exact=False, first_line=1, lines=tuple(text.split("\n")))
    return Report(
        id=path.stem, title=text, path=str(path), sha256="0", published=None, pages=(page,)
    )


def read(path: Path, *, max_bytes: int) -> tuple[Report, ...]:
    """The file as a report, unless its text says what to do."""
    text = path.read_text(encoding="utf-8")
    if text in WILD:
        WILD[text]()
    if text == "refuse":
        raise ReportError(path, "암호가 걸린 파일입니다.")
    given = {"pid": str(os.getpid()), "half": "\ud800", "bomb": "가" * max_bytes}
    return (report_of(path, given.get(text, text)),)


if __name__ == "__main__":
    main(read)
