"""The process that reads files: whatever a file does to it, the build goes on.

`python -m index.worker` takes one request a line on standard input, `{"path", "max_bytes"}`, and
answers on standard output: a line for each report, then one that ends the file. JSON, not pickle:
what comes out of a process that reads strangers' files is data and never code.
"""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any, BinaryIO, Protocol

from index.readers.source import shown
from rag.errors import ReportError
from rag.types import Report

_MEGABYTE = 2**20
_TEXT_TO_FILE = 2  # as many bytes of text as the largest file may have; a bomb unpacks to more
MENDED = "만든 프로그램에서 열어 다시 저장한 뒤 넣어 주세요."


class Read(Protocol):
    """`index.readers.read_file`."""

    def __call__(self, path: Path, *, max_bytes: int) -> Iterable[Report]: ...


@contextmanager
def reasons(path: Path) -> Iterator[None]:
    """Let whatever goes wrong with a file be a `ReportError` that says what to do."""
    try:
        yield
    except (ReportError, MemoryError):
        raise
    except UnicodeEncodeError as error:
        raise ReportError(shown(path), "깨진 글자가 있어 읽지 못했습니다.") from error
    except OSError as error:
        raise ReportError(shown(path), _said(error)) from error
    except Exception as error:
        # A parser that stumbles over one file must not stop the others.
        reason = f"파일을 해석하지 못했습니다({type(error).__name__}). {MENDED}"
        raise ReportError(shown(path), reason) from error


def _said(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "파일을 읽을 권한이 없습니다."
    if isinstance(error, FileNotFoundError):
        return "파일이 없습니다."
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "디스크에 남은 공간이 없어 읽지 못했습니다. 공간을 비운 뒤 다시 실행해 주세요."
    return f"파일을 열지 못했습니다({error.strerror or type(error).__name__})."


def serve(requests: Iterator[bytes], answers: BinaryIO, read: Read) -> None:
    """Read file after file until the requests end, or one needed more memory than there is."""
    for request in requests:
        asked = json.loads(request)
        path, max_bytes = Path(asked["path"]), asked["max_bytes"]
        try:
            with reasons(path):
                _send(read(path, max_bytes=max_bytes), path, max_bytes, answers)
            end: dict[str, object] = {"end": "read"}
        except ReportError as error:
            end = {"end": "refused", "path": error.path, "reason": error.reason}
        except MemoryError:
            end = {"end": "memory"}
        _answer(answers, json.dumps(end | {"peak": _peak()}).encode())
        if end["end"] == "memory":
            return


def _send(reports: Iterable[Report], path: Path, max_bytes: int, answers: BinaryIO) -> None:
    room = _TEXT_TO_FILE * max_bytes
    for report in reports:
        data = _bytes(report)
        room -= len(data)
        if room < 0:
            raise ReportError(
                shown(path),
                f"풀어 낸 내용이 너무 큽니다(한도 {_TEXT_TO_FILE * max_bytes // _MEGABYTE:,}MB). "
                "나누어 저장하거나 환경 변수 RAG_MAX_FILE_MB로 한도를 늘려 주세요.",
            )
        _answer(answers, data)


def _bytes(value: object) -> bytes:
    """JSON without line ends; dataclasses are objects."""
    return json.dumps(value, ensure_ascii=False, default=_fields).encode()


def _fields(value: Any) -> dict[str, object]:
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _answer(answers: BinaryIO, data: bytes) -> None:
    answers.write(data + b"\n")
    answers.flush()


def _peak() -> int:
    """The most memory this process has held, in bytes; 0 where that cannot be told.

    Not `ru_maxrss`: it begins with what the builder held when it started this process.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    held = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
    return int(held[1]) * 1024 if held else 0


def _limit(memory_mb: int) -> None:
    """So much memory more than now, for each program it starts too, and no core dumps."""
    try:
        import resource
    except ImportError:  # Windows: time alone is limited there
        return
    room = _reserved() + memory_mb * _MEGABYTE
    for kind, wanted in ((resource.RLIMIT_AS, room), (resource.RLIMIT_CORE, 0)):
        _, most = resource.getrlimit(kind)
        with suppress(ValueError, OSError):  # macOS refuses a limit on memory
            allowed = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
            resource.setrlimit(kind, (allowed, most))


def _reserved() -> int:
    """Bytes of address space in use: libraries reserve a gigabyte that they never touch."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError):
        return 2 * 2**30
    return pages * os.sysconf("SC_PAGE_SIZE")


def _heard(source: BinaryIO) -> Iterator[bytes]:
    """The requests; when they end, because the builder is gone, so is this process at once."""
    waiting: SimpleQueue[bytes] = SimpleQueue()

    def listen() -> None:
        for line in source:
            waiting.put(line)
        _vanish()

    Thread(target=listen, daemon=True).start()
    while True:
        yield waiting.get()


def _vanish() -> None:
    """End with every program started here."""
    if hasattr(os, "killpg") and os.getpgid(0) == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def main(read: Read) -> None:
    """Serve the builder that started this as `python -m … MEGABYTES FOLDER`."""
    _limit(int(sys.argv[1]))
    tempfile.tempdir = os.environ["TMPDIR"] = sys.argv[2]
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # A library or program that reads or prints must not meddle with requests and answers.
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    try:
        _answer(answers, b"ready")
        serve(_heard(requests), answers, read)
    finally:
        os._exit(1)  # at once: the builder takes the end of the answers for the end of the process


if __name__ == "__main__":
    from index.readers import read_file

    main(read_file)
