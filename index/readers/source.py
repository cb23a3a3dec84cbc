"""A report file as it lies on disk, before any format is known."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from rag.errors import ReportError


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The bytes of one file, read once: what was hashed is what is parsed."""

    path: Path
    data: bytes
    sha256: str

    @property
    def shown(self) -> str:
        """The path as text that can be printed and stored."""
        return shown(self.path)

    @property
    def stem(self) -> str:
        """The file's name without its suffix, NFC whatever the file system keeps."""
        return unicodedata.normalize("NFC", Path(shown(self.path)).stem)

    def error(self, reason: str) -> ReportError:
        """The error to raise when this file cannot be read."""
        return ReportError(shown(self.path), reason)


def shown(path: Path) -> str:
    """The path as text that can be printed and stored.

    Archives made on Korean Windows unpack to names that are CP949 bytes.
    """
    raw = os.fsencode(path)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp949", errors="replace")


def load(path: Path, *, max_bytes: int) -> Source:
    """The file's bytes; `ReportError` when there are none, too many, or it cannot be opened."""
    try:
        if not path.exists():
            raise ReportError(shown(path), "파일이 없습니다. 경로를 확인해 주세요.")
        if not path.is_file():
            raise ReportError(shown(path), "파일이 아닙니다. 보고서 파일을 지정해 주세요.")
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except OSError as error:
        raise ReportError(
            shown(path), f"파일을 열 수 없습니다({error.strerror}). 읽기 권한을 확인해 주세요."
        ) from error
    if len(data) > max_bytes:
        raise ReportError(
            shown(path),
            f"파일이 너무 큽니다(한도 {max_bytes / 2**20:,.0f}MB). "
            "나누어 저장하거나 환경 변수 RAG_MAX_FILE_MB로 한도를 늘려 주세요.",
        )
    if not data:
        raise ReportError(shown(path), "빈 파일입니다. 내용이 있는 보고서를 지정해 주세요.")
    return Source(path=path, data=data, sha256=hashlib.sha256(data).hexdigest())
