"""The next generation of an index: made beside the one in force, then swapped in or thrown away."""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

from index.writer import GenerationWriter, full_disk_as_os_error
from rag.errors import IndexBusyError
from rag.manifest import FORMAT, NAME, Manifest, SourceFile, checksums, generation_number


@contextmanager
def building(directory: Path, *, wait_seconds: float) -> Iterator[None]:
    """Be the only builder of this directory, or raise `IndexBusyError` after waiting."""
    directory.mkdir(parents=True, exist_ok=True)
    lock = FileLock(directory / "build.lock")
    try:
        lock.acquire(timeout=wait_seconds)
    except Timeout as error:
        raise IndexBusyError(directory) from error
    try:
        _sweep(directory)
        yield
    finally:
        lock.release()


class Draft:
    """A generation that starts as a copy of `base` when first written to.

    Left without `publish`, by an error or Ctrl-C too, it leaves nothing behind.
    """

    def __init__(self, directory: Path, *, base: Manifest | None) -> None:
        self._directory, self._base, self._dimension = directory, base, 0
        self._folder = directory / _next_name(directory)
        self._writer: GenerationWriter | None = None

    def writer(self, dimension: int) -> GenerationWriter:
        """Where reports are added and removed; the first call copies `base`."""
        if self._writer is None:
            self._dimension = dimension
            if self._base is None:
                self._folder.mkdir()
            else:
                with full_disk_as_os_error(self._directory):
                    shutil.copytree(self._base.verify(self._directory), self._folder)
            self._writer = GenerationWriter(self._folder, dimension=dimension)
        return self._writer

    @property
    def started(self) -> bool:
        """Whether anything was written."""
        return self._writer is not None

    def publish(self, *, model: str, files: Mapping[str, SourceFile]) -> Manifest:
        """Put the draft in force and drop the generation before it."""
        writer = self.writer(self._dimension)
        counts = writer.finish()
        writer.close()
        manifest = Manifest(
            format=FORMAT,
            created=datetime.now().astimezone().isoformat(timespec="seconds"),
            embedding_model=model,
            dimension=self._dimension,
            generation=self._folder.name,
            counts=counts,
            files=files,
            checksums=checksums(self._folder),
        )
        manifest.save(self._directory)
        _sweep(self._directory)
        return manifest

    def __enter__(self) -> Draft:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._writer is not None:
            self._writer.close()
        _sweep(self._directory)


def _sweep(directory: Path) -> None:
    """Remove every generation that is not in force: drafts of killed builds, and the last one."""
    try:
        keep = json.loads((directory / NAME).read_text(encoding="utf-8"))["generation"]
    except FileNotFoundError:
        keep = None
    except (OSError, ValueError, TypeError, KeyError):
        return  # A manifest that cannot be read may still be repaired by hand.
    for folder in directory.iterdir():
        if generation_number(folder.name) is not None and folder.name != keep:
            # Windows keeps files that are open for reading; the next sweep takes them.
            shutil.rmtree(folder, ignore_errors=True)


def _next_name(directory: Path) -> str:
    numbers = [generation_number(folder.name) or 0 for folder in directory.iterdir()]
    return f"g-{max(numbers, default=0) + 1}-{secrets.token_hex(4)}"
