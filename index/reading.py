"""Files read by processes of their own, within limits of memory and time."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Condition, Lock, Timer
from types import TracebackType
from typing import Any

from pydantic import TypeAdapter

from index.readers.source import shown
from index.worker import MENDED, reasons
from rag.errors import ReportError
from rag.types import Report

_MEGABYTE = 2**20
_NOT_STARTED = (
    "파일을 읽는 프로그램을 시작하지 못했습니다. `make install`로 다시 설치하거나 "
    "쓸 수 있는 메모리가 남았는지 확인해 주세요."
)
# A page is at least 2 KiB of a PDF, and its tables are found at 8 pages a second.
_SECONDS_A_MEGABYTE = 60
_PATIENCE = 1.0  # seconds to wait for a worker before another is started, which takes a third
_FILES = 200  # a worker reads before a fresh one takes over: libraries leak


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one file may take."""

    max_bytes: int
    memory_mb: int
    seconds: float  # for a small file; a large one gets more

    def seconds_for(self, path: Path) -> float:
        """Time to read this file, by its size: the one thing that is known before."""
        return self.seconds + _SECONDS_A_MEGABYTE * (path.stat().st_size // _MEGABYTE)


class Workers:
    """Processes that read files, started as they are needed and ended with this."""

    def __init__(self, limits: Limits, *, module: str = "index.worker") -> None:
        self._limits, self._module = limits, module
        self._changed, self._closed = Condition(), False
        self._all: list[_Worker] = []
        self._idle: list[_Worker] = []
        # What a program leaves that was killed in its work goes with the folder.
        self._folder = TemporaryDirectory(prefix="reading-", ignore_cleanup_errors=True)

    def read(self, path: Path) -> tuple[Report, ...]:
        """The reports of a file; `ReportError` also when reading it ran wild or crashed.

        Any number of threads may ask: each has a process of its own meanwhile.
        """
        worker = self._taken()
        try:
            with reasons(path):
                return worker.read(path)
        finally:
            self._put_back(worker)

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            for worker in self._all:
                worker.kill()  # a thread that waits for it puts it back, then
            while self._idle:
                self._idle.pop().close()
        self._folder.cleanup()

    def _taken(self) -> _Worker:
        with self._changed:
            if self._all:
                self._changed.wait_for(lambda: self._idle or self._closed, timeout=_PATIENCE)
            if self._closed:
                raise RuntimeError("reading has ended")
            if not self._idle:
                self._idle.append(_Worker(self._limits, self._module, self._folder.name))
                self._all.append(self._idle[-1])
            return self._idle.pop()

    def _put_back(self, worker: _Worker) -> None:
        with self._changed:
            self._changed.notify()
            if worker.spent or self._closed:
                worker.close()
                self._all.remove(worker)
            else:
                self._idle.append(worker)


class _Worker:
    """One process of `index.worker`; `spent` when the next file needs a fresh one."""

    def __init__(self, limits: Limits, module: str, folder: str) -> None:
        self._limits, self._lock = limits, Lock()
        self._late, self._files, self.spent = False, 0, False
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", module, str(limits.memory_mb), folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(_import_path())},
            start_new_session=True,  # a group of its own: it dies with what it started
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._requests, self._answers = self._process.stdin, self._process.stdout

    def read(self, path: Path) -> tuple[Report, ...]:
        """The reports of a file, or `ReportError`."""
        seconds = self._limits.seconds_for(path)
        self.spent = True  # until the file has come to a good end
        if not self._files and not self._answers.readline():
            raise ReportError(shown(path), _NOT_STARTED)
        self._files += 1
        timer = Timer(seconds, self._stop)
        timer.daemon = True
        timer.start()
        try:
            reports, end = self._answer(path)
        finally:
            timer.cancel()
            timer.join()
        if end is None:
            raise ReportError(shown(path), self._why_it_died(seconds))
        if end["end"] == "memory":
            raise ReportError(shown(path), self._too_much_memory())
        used_up = end["peak"] > self._limits.memory_mb * _MEGABYTE / 4
        self.spent = self._late or used_up or self._files >= _FILES
        if end["end"] == "refused":
            raise ReportError(end["path"], end["reason"])
        return tuple(reports)

    def kill(self) -> None:
        """End the process and all it started."""
        with self._lock:
            if self._process.returncode is not None:
                return  # waited for: its number may be another's by now
            with suppress(ProcessLookupError):
                if hasattr(os, "killpg"):
                    os.killpg(self._process.pid, signal.SIGKILL)
                else:
                    self._process.kill()
            self._process.wait()

    def close(self) -> None:
        """End it, and let go of its pipes: for the thread that has it."""
        self.kill()
        with suppress(BrokenPipeError):
            self._requests.close()
        self._answers.close()

    def _answer(self, path: Path) -> tuple[list[Report], dict[str, Any] | None]:
        """The reports and the line that ends them; None when the process ended instead."""
        reports: list[Report] = []
        request = {"path": str(path), "max_bytes": self._limits.max_bytes}
        with suppress(BrokenPipeError):
            self._requests.write(json.dumps(request).encode() + b"\n")
            self._requests.flush()
        for line in self._answers:
            if line.startswith(b'{"end"'):
                return reports, json.loads(line)
            if line.endswith(b"\n"):
                reports.append(_adapter().validate_json(line))
        return reports, None

    def _stop(self) -> None:
        self._late = True
        self.kill()

    def _why_it_died(self, seconds: float) -> str:
        self.kill()
        code = self._process.returncode
        if self._late:
            return (
                f"읽는 데 {seconds:,.0f}초가 넘어 중단했습니다. 파일을 나누어 저장하거나 "
                "환경 변수 RAG_READ_SECONDS로 시간을 늘려 주세요."
            )
        if code == -signal.SIGKILL:
            return self._too_much_memory()
        name = signal.Signals(-code).name if code < 0 else f"종료 코드 {code}"
        return f"파일을 읽던 프로그램이 멈췄습니다({name}). 파일이 깨졌을 수 있습니다. {MENDED}"

    def _too_much_memory(self) -> str:
        return (
            f"읽는 데 메모리가 {self._limits.memory_mb:,}MB보다 많이 필요해 중단했습니다. "
            "파일을 나누어 저장하거나 환경 변수 RAG_READ_MEMORY_MB로 한도를 늘려 주세요."
        )


def _import_path() -> list[str]:
    """Where this process finds its modules, the empty entry of the present folder included."""
    return [str(Path(entry).absolute()) for entry in sys.path]


@cache
def _adapter() -> TypeAdapter[Report]:
    return TypeAdapter(Report)
