from __future__ import annotations

from dataclasses import replace

import pytest

from rag.citation import cite, stands
from tests.made import cell, chunk, statement

ROW = "교통과\t31,050\t29,400"


def _quote(text: str, *lines: str) -> str | None:
    citation = cite(1, chunk(), statement(text), lines)
    return citation.quote if citation else None


def test_the_whole_line_is_quoted() -> None:
    assert _quote("- 대 상 : 청년", "  - 대 상 :  청년") == "- 대 상 :  청년"


def test_a_figure_is_quoted_with_its_whole_row() -> None:
    citation = cite(1, chunk(), cell("29,400", "2023년", "교통과"), [ROW])
    assert citation is not None
    assert citation.quote == ROW


def test_tags_are_left_out_of_a_quote() -> None:
    assert _quote("상담원 9명", "<p>가</p>\t<li>상담원 9명</li>") == "가\t상담원 9명"


def test_of_a_long_line_only_the_item_is_quoted() -> None:
    items = [f"{n}번 창구에서 신청을 받아 처리함" for n in range(40)]
    line = "<ul>" + "".join(f"<li>○ {item}</li>" for item in items) + "</ul>"
    assert _quote(items[7], line) == items[7]


def test_a_statement_of_two_lines_is_quoted_as_two() -> None:
    assert _quote("- 앞 뒤", "- 앞", "  뒤") == "- 앞\n뒤"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("7,831명", ["대상 7,830명"]),
        ("대상 7,830명", []),
        ("대상 7,830명", ["", " "]),
        ("없는 말", ["있는 말"]),
        ("  ", ["있는 말"]),
    ],
    ids=["other-figure", "no-lines", "empty-lines", "other-words", "nothing-said"],
)
def test_what_does_not_stand_in_the_lines_is_not_cited(text: str, lines: list[str]) -> None:
    assert _quote(text, *lines) is None


def test_a_citation_tells_where_it_stands() -> None:
    passage, said = chunk(), statement("대상 3명", line=7)
    citation = cite(2, passage, said, ["대상 3명"])
    assert citation is not None
    assert (citation.number, citation.span) == (2, said.span)
    assert (citation.report_id, citation.report_title, citation.section) == (
        passage.report_id,
        passage.report_title,
        passage.section,
    )


@pytest.mark.parametrize(
    ("quote", "source", "expected"),
    [
        ("총 7,830명", "<p>총  7,830명</p>", True),
        ("3 < 5 & 7", "<b>3 &lt; 5 &amp; 7</b>", True),
        ("총 7,83명", "총 7,830명", False),
        ("", "총 7,830명", False),
    ],
)
def test_white_space_and_tags_do_not_count(quote: str, source: str, expected: bool) -> None:
    assert stands(quote, source) is expected


def test_a_row_is_cited_with_the_labels_of_its_columns() -> None:
    said = replace(cell("29,400", "2023년", "교통과"), head=(1,))
    citation = cite(1, chunk(), said, [ROW], head=["구분\t2024년\t2023년"])
    assert citation is not None
    assert (citation.head, citation.quote) == (("구분\t2024년\t2023년",), ROW)
