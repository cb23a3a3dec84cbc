"""Report files become reports with the lines of the file, or one Korean error."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.readers import read_file
from index.readers.lines import split_lines
from rag.errors import ReportError
from rag.types import Report

MAX_BYTES = 2**20
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def read(path: Path, data: bytes | str) -> Report:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    (report,) = read_file(path, max_bytes=MAX_BYTES)
    return report


def refusal(path: Path, data: bytes, *, max_bytes: int = MAX_BYTES) -> str:
    path.write_bytes(data)
    with pytest.raises(ReportError) as error:
        read_file(path, max_bytes=max_bytes)
    return str(error.value)


def test_a_text_file_becomes_one_report_with_its_lines(tmp_path: Path) -> None:
    text = "가온시 업무계획\n\n2025. 1.\n\n□ 현황\n  ○ 인구\t12,300명\n"
    report = read(tmp_path / "gaon.txt", text)
    assert report == Report(
        id="gaon",
        title="가온시 업무계획 (2025. 1.)",
        path=str(tmp_path / "gaon.txt"),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        published="2025. 1.",
        pages=report.pages,
    )
    assert report.lines == ("가온시 업무계획", "", "2025. 1.", "", "□ 현황", "  ○ 인구\t12,300명")
    assert [(page.number, page.exact) for page in report.pages] == [(None, False)]


def test_a_text_without_a_title_is_called_by_its_file(tmp_path: Path) -> None:
    assert read(tmp_path / "예산.md", "1. 개요\n").title == "예산"


def test_the_id_is_nfc_whatever_the_file_system_keeps(tmp_path: Path) -> None:
    name = unicodedata.normalize("NFD", "보고서.txt")
    assert read(tmp_path / name, "1. 개요").id == "보고서"


def test_a_file_name_in_cp949_can_be_shown(tmp_path: Path) -> None:
    path = tmp_path / "보고서.txt".encode("cp949").decode("utf-8", "surrogateescape")
    assert read(path, "1. 개요").path == str(tmp_path / "보고서.txt")


def test_marked_pages_are_exact_and_their_form_feeds_become_spaces(tmp_path: Path) -> None:
    report = read(tmp_path / "a.txt", "1. 개요\n\f2. 현황\n")
    assert [(page.number, page.exact, page.lines) for page in report.pages] == [
        (1, True, ("1. 개요",)),
        (2, True, (" 2. 현황",)),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp949", "utf-16-le"])
def test_the_encoding_makes_no_difference(tmp_path: Path, encoding: str) -> None:
    text = "가온시 노인 일자리 사업\r\n○ 예산 1,200백만원\r\n"
    assert read(tmp_path / "a.txt", text.encode(encoding)).lines == (
        "가온시 노인 일자리 사업",
        "○ 예산 1,200백만원",
    )


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("가\r\n나\r\n", ("가", "나")),
        ("가\r나", ("가", "나")),
        ("가\r\r\n나\n", ("가", "나")),
        ("가\r나\n다", ("가 나", "다")),
        ("가\n\n\n", ("가", "", "")),
        ("가\x0b나\x1c다\x85라\u2028마\u2029바\n사", ("가 나 다 라 마 바", "사")),
        ("가\x07나\t다", ("가 나\t다",)),
        ("\u1100\u1161", ("가",)),
        ("  가   나  ", ("  가   나  ",)),
    ],
    ids=["dos", "mac", "double", "mixed", "blank", "breaks", "control", "nfd", "spaces"],
)
def test_lines_end_at_line_feeds_only(text: str, lines: tuple[str, ...]) -> None:
    assert split_lines(text) == lines


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r")))
def test_line_n_is_line_n_of_the_file_split_at_line_feeds(text: str) -> None:
    lines = split_lines(text)
    assert len(lines) == len(text.removesuffix("\n").split("\n"))
    for line, source in zip(lines, text.split("\n"), strict=False):
        assert line.split() == unicodedata.normalize("NFC", _CONTROLS.sub(" ", source)).split()


@given(st.text())
def test_no_line_breaks_again_downstream(text: str) -> None:
    for line in split_lines(text):
        assert len(line.replace("\f", " ").splitlines()) <= 1


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", "\u3000\n".encode(), b"\f"])
def test_a_file_without_text_is_refused(tmp_path: Path, data: bytes) -> None:
    message = refusal(tmp_path / "빈.txt", data)
    assert message.startswith("빈.txt: ")
    assert "내용이 있는 보고서를 지정해 주세요" in message


def test_a_binary_file_named_txt_is_refused(tmp_path: Path) -> None:
    assert "글자로 읽을 수 없습니다" in refusal(tmp_path / "a.txt", b"\x89PNG\r\n\x1a\n\0\0\0")


def test_a_text_that_would_be_mojibake_is_refused(tmp_path: Path) -> None:
    assert "UTF-8로 다시 저장" in refusal(tmp_path / "a.txt", "Café où naïf".encode("latin-1"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "파일이 잘렸거나 손상되었습니다"),
        (b"HWP Document File V3.00", "옛 한글(HWP 3.0) 파일은 읽지 못합니다"),
        (b"PK\x03\x04", "파일이 잘렸거나 손상되었습니다"),
        (b"PK\x05\x06", "빈 압축 파일(ZIP)입니다"),
        (b"{\\rtf1", "RTF 파일은 읽지 못합니다"),
    ],
)
@pytest.mark.parametrize("suffix", ["txt", "hwpx", "jsonl"])
def test_a_format_is_known_by_its_content(
    tmp_path: Path, data: bytes, reason: str, suffix: str
) -> None:
    assert reason in refusal(tmp_path / f"a.{suffix}", data + bytes(64))


def test_choosing_a_reader_loads_no_library_of_a_format() -> None:
    script = (
        "import sys, index.readers\n"
        "heavy = {'dochan', 'docx', 'lxml', 'pypdfium2', 'pdfplumber', 'defusedxml'}\n"
        "sys.exit(str(heavy & set(sys.modules) or ''))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.stderr.decode().strip() == ""


def test_words_that_only_begin_like_a_signature_are_text(tmp_path: Path) -> None:
    assert read(tmp_path / "a.txt", "PK 방식 비교\n").lines == ("PK 방식 비교",)


def test_a_file_over_the_limit_names_the_setting(tmp_path: Path) -> None:
    message = refusal(tmp_path / "큰.txt", b"a" * (2**20 + 1))
    assert message == (
        "큰.txt: 파일이 너무 큽니다(한도 1MB). "
        "나누어 저장하거나 환경 변수 RAG_MAX_FILE_MB로 한도를 늘려 주세요."
    )


def test_a_file_of_just_the_limit_is_read(tmp_path: Path) -> None:
    assert len(read(tmp_path / "a.txt", b"a" * MAX_BYTES).lines[0]) == MAX_BYTES


@pytest.mark.parametrize(
    ("name", "reason"), [("없음.txt", "파일이 없습니다"), (".", "파일이 아닙니다")]
)
def test_what_is_not_a_file_is_refused(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(ReportError, match=reason):
        read_file(tmp_path / name, max_bytes=MAX_BYTES)


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_fifty_megabytes_are_read_in_seconds(tmp_path: Path, encoding: str) -> None:
    page = ("가온시 노인 일자리 사업 추진실적\t1,200백만원\n" * 40).encode(encoding)
    pages = 50 * 2**20 // len(page)
    path = tmp_path / "큰.txt"
    path.write_bytes(b"".join(page + f"- {n} -\n".encode() for n in range(1, pages + 1)))
    began = time.process_time()
    (report,) = read_file(path, max_bytes=100 * 2**20)
    assert time.process_time() - began < 10
    assert [page.number for page in report.pages] == list(range(1, pages + 1))
