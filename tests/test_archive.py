"""Zip files are checked as a whole before anything in them is unpacked."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from index.readers.archive import open_archive
from index.readers.source import Source
from rag.errors import ReportError
from tests.made_hwpx import zipped


def source(data: bytes) -> Source:
    return Source(path=Path("보고서.hwpx"), data=data, sha256="0" * 64)


def refusal(data: bytes, *, read: str | None = None) -> str:
    with pytest.raises(ReportError) as error:
        _open(data, read)
    return str(error.value)


def _open(data: bytes, read: str | None) -> None:
    archive = open_archive(source(data))
    if read:
        archive.read(read)


def test_members_are_read_by_name() -> None:
    archive = open_archive(source(zipped({"가.xml": "<a/>", "b/c": b"\0"})))
    assert archive.names == ("가.xml", "b/c")
    assert archive.read("가.xml") == b"<a/>"


def test_a_missing_member_is_named() -> None:
    assert "없는것 없음" in refusal(zipped({"a": ""}), read="없는것")


@pytest.mark.parametrize(
    "name", ["../a", "a/../../b", "/etc/a", "C:/a", "C:\\a", "a\\..\\b", "\\\\server\\a"]
)
def test_names_that_lead_out_of_the_archive_are_refused(name: str) -> None:
    assert "바깥 폴더를 가리키는 이름" in refusal(zipped({"mimetype": "x", name: "x"}))


def test_a_member_that_grows_out_of_proportion_is_refused() -> None:
    data = zipped({"a.xml": b" " * (5 * 2**20)})
    assert len(data) < 10_000
    assert "지나치게 커지는 파일" in refusal(data, read="a.xml")


def test_a_picture_that_grows_is_no_matter_unless_it_is_read() -> None:
    archive = open_archive(source(zipped({"a.bmp": b" " * (5 * 2**20), "b.xml": "<b/>"})))
    assert archive.read("b.xml") == b"<b/>"


def _claiming(size: int) -> bytes:
    """An archive whose directory claims that its member unpacks to so many bytes."""
    data = bytearray(zipped({"a": b"x" * 100}))
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, size)
    return bytes(data)


def test_what_the_directory_claims_is_believed_before_unpacking() -> None:
    assert "지나치게 커지는 파일" in refusal(_claiming(600 * 2**20))
    assert "지나치게 커지는 파일" in refusal(_claiming(70 * 2**20), read="a")


def test_what_unpacks_to_more_than_it_claims_is_not_read_on() -> None:
    assert "잘렸거나 손상" in refusal(_claiming(10), read="a")


def test_too_many_members_are_refused() -> None:
    assert "지나치게 커지는 파일" in refusal(zipped({f"{n}": "" for n in range(10_001)}))


def test_an_encrypted_member_is_named() -> None:
    data = bytearray(zipped({"a": "x"}))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert "암호가 걸린 파일" in refusal(bytes(data))


def test_two_members_of_one_name_are_refused() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as opened:
        opened.writestr("a", "1")
        with pytest.warns(UserWarning, match="Duplicate name"):
            opened.writestr("a", "2")
    assert "손상" in refusal(packed.getvalue())


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"PK\x05\x06" + bytes(3), b"x" * 1000])
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    assert "잘렸거나 손상" in refusal(data)


def test_a_damaged_member_is_refused() -> None:
    data = bytearray(zipped({"a.xml": bytes(range(256)) * 40}))
    data[60:80] = b"\xff" * 20
    assert "잘렸거나 손상" in refusal(bytes(data), read="a.xml")
