"""A zip file that is safe to read from: checked as a whole before any part is unpacked."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

from index.readers.source import Source
from rag.bombs import LARGEST_TOTAL, is_bomb

_MOST_MEMBERS = 10_000
_LARGEST_MEMBER = 64 * 2**20  # of those that are read; a section of 42 MB has been seen
# All that zipfile has been seen to raise of files with bytes changed at random.
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(OSError, EOFError, ValueError, RuntimeError, OverflowError),
)
_ENCRYPTED = 1  # bit of a member's flags


class Archive:
    """The members of a checked zip file by name; nothing is ever written to disk."""

    def __init__(self, source: Source, opened: zipfile.ZipFile) -> None:
        self._source = source
        self._opened = opened
        self.names = tuple(info.filename for info in opened.infolist())

    def read(self, name: str) -> bytes:
        """The member unpacked; `ReportError` when it is missing, damaged or a bomb."""
        try:
            info = self._opened.getinfo(name)
        except KeyError as error:
            raise self._source.error(
                f"파일이 손상되었습니다({name} 없음). 원본을 다시 저장해 주세요."
            ) from error
        if info.file_size > _LARGEST_MEMBER or is_bomb(info):
            raise _too_large(self._source)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise broken(self._source)  # no word processor packs in another way
        try:
            return self._opened.read(info)
        except _DAMAGE as error:
            raise broken(self._source) from error


def open_archive(source: Source) -> Archive:
    """The file's members; `ReportError` when it is no sound zip file or one made to do harm."""
    try:
        opened = zipfile.ZipFile(BytesIO(source.data))
        members = opened.infolist()
    except _DAMAGE as error:
        raise broken(source) from error
    total = sum(info.file_size for info in members)
    if len(members) > _MOST_MEMBERS or total > LARGEST_TOTAL:
        raise _too_large(source)
    if any(map(_leads_out, (info.filename for info in members))):
        raise source.error(
            "압축 안에 바깥 폴더를 가리키는 이름이 있어 읽지 않습니다. 원본을 다시 저장해 주세요."
        )
    if any(info.flag_bits & _ENCRYPTED for info in members):
        raise source.error("암호가 걸린 파일입니다. 암호를 풀고 저장해서 넣어 주세요.")
    if len({info.filename for info in members}) < len(members):
        raise broken(source)
    return Archive(source, opened)


def broken(source: Source) -> Exception:
    """The error for a file that is cut off or damaged."""
    return source.error("파일이 잘렸거나 손상되었습니다. 원본을 다시 저장해서 넣어 주세요.")


def _too_large(source: Source) -> Exception:
    return source.error(
        "압축을 풀면 지나치게 커지는 파일이라 읽지 않습니다. "
        "나누어 저장하거나 PDF로 저장해서 넣어 주세요."
    )


def _leads_out(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or parts[0] == "" or parts[0].endswith(":")
