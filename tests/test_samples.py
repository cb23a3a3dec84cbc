"""The sample reports and the gold questions on them agree with each other."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.saying import says

SAMPLES = Path(__file__).parent.parent / "samples"
REPORTS = {path.stem: path.read_text(encoding="utf-8") for path in SAMPLES.glob("*_plan.txt")}
QUESTIONS: list[dict[str, Any]] = [
    json.loads(line)
    for line in (SAMPLES / "questions.jsonl").read_text(encoding="utf-8").splitlines()
]
DIALOGUES: list[dict[str, Any]] = [
    json.loads(line)
    for line in (SAMPLES / "dialogues.jsonl").read_text(encoding="utf-8").splitlines()
]
TURNS = [turn for dialogue in DIALOGUES for turn in dialogue["turns"]]
ANSWERABLE = [item for item in QUESTIONS if item["answerable"]]
TYPES = {
    "fact",
    "table",
    "list",
    "paraphrase",
    "descriptive",
    "noisy",
    "compare",
    "calculation",
    "unanswerable",
}
PAGE_MARK = re.compile(r"^- (\d+) -$", re.MULTILINE)

each_report = pytest.mark.parametrize("text", REPORTS.values(), ids=REPORTS)
each_answerable = pytest.mark.parametrize("item", ANSWERABLE, ids=lambda item: str(item["id"]))
each_told = pytest.mark.parametrize(
    "item",
    [*ANSWERABLE, *(turn for turn in TURNS if turn["answerable"])],
    ids=lambda item: str(item["id"]),
)


def _folded(text: str) -> str:
    """Without tags and white space, in one Unicode form."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", re.sub(r"<[^>]+>", "", text)))


def _evidence_lines(evidence: dict[str, Any]) -> str:
    lines = REPORTS[evidence["doc"]].split("\n")
    return "\n".join(lines[evidence["line_start"] - 1 : evidence["line_end"]])


def test_question_ids_are_unique() -> None:
    assert [key for key, n in Counter(item["id"] for item in QUESTIONS).items() if n > 1] == []


def test_every_type_of_question_is_asked_and_no_other() -> None:
    assert {item["type"] for item in QUESTIONS} == TYPES


def test_both_reports_are_asked_about() -> None:
    asked = {evidence["doc"] for item in ANSWERABLE for evidence in item["evidence"]}
    assert asked == {"hanbit_2023_plan", "hanbit_2024_plan"}


def test_unanswerable_questions_have_neither_answer_nor_evidence() -> None:
    rest = [item for item in QUESTIONS if item["type"] == "unanswerable"]
    assert len(rest) >= 7
    assert all(
        (item["answerable"], item["answer"], item["must_include"], item["evidence"])
        == (False, "", [], [])
        for item in rest
    )


def test_thirty_dialogues_lean_on_what_was_said() -> None:
    assert len(DIALOGUES) == 30
    assert all(len(dialogue["turns"]) > 1 for dialogue in DIALOGUES)
    ids = [turn["id"] for turn in TURNS]
    assert len(set(ids)) == len(ids)


@each_told
def test_each_quote_stands_in_its_lines(item: dict[str, Any]) -> None:
    assert item["evidence"]
    for evidence in item["evidence"]:
        assert _folded(evidence["quote"]) in _folded(_evidence_lines(evidence))


@each_answerable
def test_each_gold_answer_says_all_that_it_must(item: dict[str, Any]) -> None:
    assert item["must_include"]
    for group in item["must_include"]:
        assert any(says(item["answer"], variant) for variant in group), group


@pytest.mark.parametrize(
    "item",
    [item for item in ANSWERABLE if item["type"] != "calculation"],
    ids=lambda item: str(item["id"]),
)
def test_what_an_answer_must_say_stands_in_its_evidence(item: dict[str, Any]) -> None:
    lines = "\n".join(_evidence_lines(evidence) for evidence in item["evidence"])
    for group in item["must_include"]:
        assert any(says(lines, variant) for variant in group), group


@each_answerable
def test_each_section_is_printed_in_the_report(item: dict[str, Any]) -> None:
    printed = re.sub(r"[\W\d_]", "", REPORTS[item["evidence"][0]["doc"]])
    assert item["section"]
    for heading in item["section"]:
        assert re.sub(r"[\W\d_]", "", heading) in printed


@each_report
def test_pages_count_up_from_one_and_close_the_file(text: str) -> None:
    pages = [int(number) for number in PAGE_MARK.findall(text)]
    assert pages == list(range(1, len(pages) + 1))
    assert text.rstrip("\n").endswith(f"- {len(pages)} -")


@each_report
def test_the_contents_list_names_the_page_where_each_part_begins(text: str) -> None:
    contents = re.findall(r"^(\S+\. .+)\n\n(\d+)$", text, re.MULTILINE)
    bodies = re.split(PAGE_MARK.pattern.replace("(", "(?:"), text, flags=re.MULTILINE)
    assert contents
    for heading, page in contents:
        title = heading.split(". ", 1)[1]
        assert re.search(rf"^\S+\. {re.escape(title)}$", bodies[int(page) - 1], re.MULTILINE)


@each_report
def test_table_rows_under_one_header_have_as_many_cells(text: str) -> None:
    for table in re.findall(r"(?:^.*\t.*\n)+", text, re.MULTILINE):
        assert len({row.count("\t") for row in table.splitlines()}) == 1, table
