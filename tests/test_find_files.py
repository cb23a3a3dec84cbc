"""The report files among the paths a user names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from index.readers import find_files, read_file
from rag.errors import ReportError


def put(folder: Path, *names: str, text: str = "가온시") -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def found(*paths: Path, below: Path) -> list[str]:
    return [file.relative_to(below).as_posix() for file in find_files(paths)]


def test_a_folder_is_searched_through_and_sorted(tmp_path: Path) -> None:
    put(tmp_path, "나.txt", "가/다.MD", "가/라.Txt")
    assert found(tmp_path, below=tmp_path) == ["가/다.MD", "가/라.Txt", "나.txt"]


def test_a_file_named_twice_comes_once(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "b.txt")
    (tmp_path / "sub").mkdir()
    again = tmp_path / "sub" / ".." / "a.txt"
    assert len(find_files([tmp_path / "a.txt", tmp_path, again])) == 2


def test_documents_are_found_and_other_files_are_not(tmp_path: Path) -> None:
    put(tmp_path, "a.pdf", "b.hwp", "c.hwpx", "d.docx", "e.hml", "f.png", "g.py", "h")
    names = ["a.pdf", "b.hwp", "c.hwpx", "d.docx", "e.hml"]
    assert found(tmp_path, below=tmp_path) == names


def test_old_formats_are_found_so_that_the_user_learns_why_they_are_not_read(
    tmp_path: Path,
) -> None:
    put(tmp_path, "a.doc", "b.rtf")
    assert found(tmp_path, below=tmp_path) == ["a.doc", "b.rtf"]


def test_a_named_file_is_taken_whatever_its_suffix(tmp_path: Path) -> None:
    put(tmp_path, "보고서.text")
    assert found(tmp_path / "보고서.text", below=tmp_path) == ["보고서.text"]


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    put(tmp_path, ".a.txt", ".git/b.txt", "c.txt")
    assert found(tmp_path, below=tmp_path) == ["c.txt"]


def test_a_readme_is_no_report(tmp_path: Path) -> None:
    put(tmp_path, "README.md", "읽기.md")
    assert found(tmp_path, below=tmp_path) == ["읽기.md"]


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    put(tmp_path, "밖/비밀.txt", "안/a.txt")
    (tmp_path / "안/link.txt").symlink_to(tmp_path / "밖/비밀.txt")
    (tmp_path / "안/folder").symlink_to(tmp_path / "밖")
    (tmp_path / "안/loop").symlink_to(tmp_path / "안")
    assert found(tmp_path / "안", below=tmp_path) == ["안/a.txt"]


def test_a_pipe_named_like_a_report_is_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "b.txt")
    assert found(tmp_path, below=tmp_path) == ["a.txt"]


@pytest.mark.parametrize(
    ("first", "taken"),
    [
        ('{"doc": "a", "text": "가"}', True),
        ('\ufeff{"doc": "a", "text": "가"}', True),
        ('\n{"doc": "a", "text": "가"}', True),
        ('{"id": "q1", "question": "예산은?", "answer": "3억"}', False),
        ('\n{"question": "예산은?"}', False),
        ("[1]", False),
        ("망가진 줄", True),
        ("", True),
    ],
    ids=[
        "corpus",
        "mark",
        "blank line",
        "questions",
        "questions below",
        "list",
        "malformed",
        "empty",
    ],
)
def test_a_jsonl_file_in_a_folder_is_taken_unless_it_has_no_text(
    tmp_path: Path, first: str, taken: bool
) -> None:
    put(tmp_path, "a.txt")
    put(tmp_path, "b.jsonl", text=first + "\n")
    assert found(tmp_path, below=tmp_path) == (["a.txt", "b.jsonl"] if taken else ["a.txt"])


def test_a_named_jsonl_file_is_taken_in_any_case(tmp_path: Path) -> None:
    put(tmp_path, "questions.jsonl", text='{"question": "예산은?"}')
    (file,) = find_files([tmp_path / "questions.jsonl"])
    with pytest.raises(ReportError, match="doc 값이 없습니다"):
        read_file(file, max_bytes=1000)


def test_a_path_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="없음: 파일이나 폴더가 없습니다"):
        find_files([tmp_path / "없음"])


def test_a_folder_without_reports_is_refused_with_what_it_should_hold(tmp_path: Path) -> None:
    put(tmp_path, "빈폴더/a.png")
    put(tmp_path, "빈폴더/questions.jsonl", text='{"question": "예산은?"}')
    with pytest.raises(ReportError) as error:
        find_files([tmp_path / "빈폴더"])
    assert str(error.value) == (
        "빈폴더: 폴더에 보고서가 없습니다. "
        ".docx, .hml, .hwp, .hwpx, .jsonl, .md, .pdf, .txt 파일을 넣어 주세요."
    )
