"""What an index was built from; written last, in one step, it puts a generation in force."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rag.errors import IndexDamagedError, IndexMismatchError, IndexMissingError

FORMAT = 2  # raise it when files, columns, tokens or the way reports are cut change
NAME = "manifest.json"
_GENERATION = re.compile(r"g-(\d+)-[0-9a-f]{8}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file that was read, and the reports it holds (a JSONL corpus holds several)."""

    sha256: str
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much an index holds."""

    reports: int
    lines: int
    chunks: int
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Names the generation in force, and everything needed to trust it."""

    format: int
    created: str  # ISO 8601
    embedding_model: str
    dimension: int
    generation: str  # folder beside the manifest
    counts: Counts
    files: Mapping[str, SourceFile]  # path as given, made absolute -> what it gave
    checksums: Mapping[str, str]  # file in the generation folder -> BLAKE2b, 16 bytes, hex

    @classmethod
    def load(cls, directory: Path) -> Manifest:
        """The manifest in force; `IndexMissingError` when no build was ever finished."""
        try:
            values = json.loads((directory / NAME).read_text(encoding="utf-8"))
            if values["format"] != FORMAT:
                raise IndexMismatchError(
                    directory, field="형식", built=values["format"], wanted=FORMAT
                )
            return _parsed(values)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise IndexMissingError(directory) from error
        except (OSError, ValueError, TypeError, LookupError, AttributeError) as error:
            raise IndexDamagedError(directory, NAME) from error

    def save(self, directory: Path) -> None:
        """Put the index in force: all readers see the old one before and this one after."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=2, sort_keys=True)
        beside = directory / f"{NAME}.new"
        # A file name that is not UTF-8 comes out as a JSON escape.
        with beside.open("w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        beside.replace(directory / NAME)

    def require(self, directory: Path, *, embedder: str | None, dimension: int | None) -> None:
        """Refuse, with `IndexMismatchError`, a model that this index was not built with."""
        for field, built, wanted in (
            ("임베딩 모델", self.embedding_model, embedder),
            ("벡터 차원", self.dimension, dimension),
        ):
            if wanted is not None and built != wanted:
                raise IndexMismatchError(directory, field=field, built=built, wanted=wanted)

    def verify(self, directory: Path) -> Path:
        """The generation folder, after its files were found as they were written."""
        folder = directory / self.generation
        found = checksums(folder)
        for name in sorted({*self.checksums, *found}):
            if found.get(name) != self.checksums.get(name):
                raise IndexDamagedError(directory, name)
        return folder


def checksums(folder: Path) -> dict[str, str]:
    """A hash of every file under a generation folder, lock files aside."""
    files = [path for path in sorted(folder.rglob("*")) if path.suffix != ".lock"]
    files = [path for path in files if path.is_file()]
    with ThreadPoolExecutor(max_workers=4) as pool:
        hashes = pool.map(_hash, files)
        names = [path.relative_to(folder).as_posix() for path in files]
        return dict(zip(names, hashes, strict=True))


def generation_number(name: str) -> int | None:
    """Which build made a folder of this name; None for any other folder.

    >>> generation_number("g-12-0a1b2c3d"), generation_number("reports")
    (12, None)
    """
    match = _GENERATION.fullmatch(name)
    return int(match[1]) if match else None


def _hash(path: Path) -> str:
    # SHA-256 takes twice as long where the processor has no instruction for it.
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def _parsed(values: dict[str, Any]) -> Manifest:
    if generation_number(values["generation"]) is None:
        raise ValueError(f"not a generation: {values['generation']!r}")
    files = {
        path: SourceFile(sha256=str(entry["sha256"]), reports=tuple(entry["reports"]))
        for path, entry in values["files"].items()
    }
    counts = Counts(**values["counts"])
    return Manifest(**{**values, "counts": counts, "files": files})
