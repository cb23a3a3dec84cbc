"""What a reader sees of an answer: labels, marks, and text that never becomes markup."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from rag.marks import marked
from rag.show import (
    answer_html,
    citation_html,
    citation_text,
    line_label,
    notice_html,
    page_label,
    question_html,
    reports_html,
)
from rag.source_html import source_html
from rag.types import Answer, Citation, Span
from tests.fake_assistant import ATTACK, PAST, PLAN, ROWS, FakeAssistant, citation, span

ASSISTANT = FakeAssistant()


def reply(question: str) -> Answer:
    *_, last = ASSISTANT.stream(question)
    return last


def text_of(html: str) -> str:
    return unescape(re.sub(r"<[^<>]*>", "", html))


@pytest.mark.parametrize(
    ("first", "last", "exact", "label"),
    [
        pytest.param(12, 12, True, "12쪽", id="exact"),
        pytest.param(12, 12, False, "약 12쪽", id="estimate"),
        pytest.param(12, 13, True, "12–13쪽", id="range"),
        pytest.param(12, 13, False, "약 12–13쪽", id="estimated range"),
        pytest.param(None, None, False, "쪽 정보 없음", id="unknown"),
    ],
)
def test_a_page_is_named_as_far_as_it_is_known(
    first: int | None, last: int | None, exact: bool, label: str
) -> None:
    where = Span(first_page=first, last_page=last, page_exact=exact, first_line=1, last_line=1)
    assert page_label(where) == label


def test_lines_are_named_with_both_ends() -> None:
    assert line_label(span(1, first=7)) == "원문 7행"
    assert line_label(span(1, first=7, last=9)) == "원문 7–9행"


def test_a_citation_is_written_as_in_a_document() -> None:
    assert citation_text(citation(1, "3,412", span(4))) == (
        "「2024년 주요업무 추진계획」 4쪽, Ⅲ. 주요업무 추진계획 › 1. 곁을 지키는 복지"
        " › 1 고독사 예방 돌봄망 운영 › 추진실적('23년)"
    )


def said(quote: str, answer: str) -> list[str]:
    return [piece for piece, is_said in marked(quote, answer) if is_said]


@pytest.mark.parametrize(
    ("quote", "answer", "expected"),
    [
        pytest.param(
            "- 소요예산 : 1,540백만원 (市)",
            "1,540백만원(약 15억 원)입니다.",
            ["1,540백만원"],
            id="unit",
        ),
        pytest.param("총 17,830명", "7,830명입니다.", [], id="only whole figures"),
        pytest.param("1540백만원", "1,540백만원입니다.", ["1540백만원"], id="commas aside"),
        pytest.param(
            "이웃지킴이를 늘려", "이웃지킴이가 신고합니다.", ["이웃지킴이"], id="particles aside"
        ),
        pytest.param(
            "공공일자리 제공", "공공 부문입니다.", ["공공"], id="first part of a compound"
        ),
        pytest.param("가구 조사", "4,000가구입니다.", [], id="a unit is no word"),
        pytest.param(
            "2 어르신 식당", "어르신 식당 2개소입니다.", ["어르신 식당"], id="list number"
        ),
        pytest.param("1. 대상 확인", "모두 끝났습니다[1].", [], id="citation mark"),
        pytest.param(
            "AI 안부전화 주 2회",
            "AI 안부전화는 주 2회입니다.",
            ["AI 안부전화", "2회"],
            id="runs join",
        ),
        pytest.param("", "답입니다.", [], id="empty quote"),
    ],
)
def test_the_words_of_the_answer_are_marked(quote: str, answer: str, expected: list[str]) -> None:
    assert said(quote, answer) == expected


def test_the_pieces_of_a_quote_are_the_quote() -> None:
    quote = "- 대 상 : 4,000가구 (AI 안부전화 3,000)"
    assert "".join(piece for piece, _ in marked(quote, "AI 안부전화 3,000가구")) == quote


def test_a_citation_is_closed_and_shows_title_and_page_first() -> None:
    html = citation_html(
        citation(2, "- 대 상 : 4,000가구", span(3, exact=False)), answer_text="4,000가구"
    )
    assert " open" not in html
    summary = html[html.index("<summary>") : html.index("</summary>")]
    assert text_of(summary) == f"2「{PLAN}」약 3쪽"
    assert "<mark>4,000가구</mark>" in html
    assert "쪽 번호는 추정한 값입니다." in html


def test_source_lines_stand_under_the_quote_only_where_they_say_more() -> None:
    row = citation(1, ROWS[2], span(4, first=120, last=122))
    assert "인용한 줄 전체" in citation_html(row, lines=ROWS)
    assert "인용한 줄 전체" not in citation_html(row, lines=(ROWS[2],))


def test_without_a_page_the_lines_still_lead_to_the_place() -> None:
    html = citation_html(citation(1, "3,412", span(None, first=120, last=122)))
    assert "쪽 정보 없음" in html
    assert "원문 120–122행" in html
    assert "추정" not in html


def test_rows_become_a_table() -> None:
    assert source_html("구 분\t계\n인원\t<b>5</b>") == (
        "<table><tr><td>구 분</td><td>계</td></tr><tr><td>인원</td><td>5</td></tr></table>"
    )


def test_html_tables_and_check_boxes_are_read_like_rows() -> None:
    row = '<tr><td><input type="checkbox"/> 완료</td><td><ul><li>가</li><li>나</li></ul></td></tr>'
    assert source_html(row) == "<table><tr><td>☐ 완료</td><td>가<br>나</td></tr></table>"


def hostile() -> Citation:
    return Citation(
        number=1,
        report_id="x",
        report_title=ATTACK,
        section=(ATTACK,),
        span=span(1),
        quote=f"{ATTACK}\t{ATTACK}",
    )


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(question_html(ATTACK, titles=[ATTACK]), id="question"),
        pytest.param(notice_html(ATTACK), id="notice"),
        pytest.param(citation_html(hostile(), answer_text=ATTACK, lines=[ATTACK]), id="citation"),
        pytest.param(
            answer_html(
                Answer(question="", text=ATTACK, citations=(hostile(),), hits=(), abstained=False),
                source_lines=lambda _: (ATTACK,),
            ),
            id="answer",
        ),
        pytest.param(source_html("<scr<b>ipt>alert(1)</scr</b>ipt>"), id="tag inside a tag"),
    ],
)
def test_text_from_outside_is_never_markup(html: str) -> None:
    assert "<img" not in html
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_everything_stands_on_one_line_so_that_markdown_leaves_it_alone() -> None:
    assert "\n" not in answer_html(reply("인원은?"), source_lines=ASSISTANT.source_lines)
    assert "\n" not in answer_html(reply("시장의 생일은?"), source_lines=ASSISTANT.source_lines)
    assert question_html("# 제목\n\n    코드").count("<br>") == 2


def test_a_mark_in_the_answer_opens_its_citation_and_no_other() -> None:
    answer = Answer(
        question="",
        text="5명[1], 6명[9]",
        citations=(citation(1, "5명", span(1)),),
        hits=(),
        abstained=False,
    )
    html = answer_html(answer, source_lines=lambda _: ())
    assert re.findall(r'<button class="ra-ref" type="button">(\d+)</button>', html) == ["1"]
    assert "[9]" in html


def test_a_refusal_says_why_and_shows_the_nearest_passages() -> None:
    html = answer_html(reply("시장의 생일은?"), source_lines=ASSISTANT.source_lines)
    assert "보고서에서 답을 찾지 못했습니다" in html
    assert "질문의 &#x27;생일&#x27;을 다룬 대목이 없습니다." in html
    assert "가까운 대목 2건" in html
    assert "위기가구 463가구" in text_of(html)


def test_the_list_of_reports_counts_and_names_them() -> None:
    text = text_of(reports_html(ASSISTANT.reports()))
    assert text == f"색인된 보고서 2건{PLAN} 9쪽{PAST}"
    assert "없습니다" in reports_html(())


def test_the_printed_number_and_ocr_stand_beside_the_sheet() -> None:
    where = replace(span(18), printed_page=16, ocr=True)
    assert page_label(where) == "18쪽(인쇄 16쪽, 문자 인식)"
    assert page_label(replace(span(18), ocr=True)) == "18쪽(문자 인식)"


def test_a_row_is_shown_under_the_labels_of_its_columns() -> None:
    row = replace(citation(1, "교통과\t29,400", span(4)), head=("구분\t2024년",))
    html = citation_html(row, answer_text="29,400백만원입니다.")
    assert html.index("<td>구분</td><td>2024년</td>") < html.index("<mark>29,400")


def test_what_was_read_from_a_picture_asks_to_be_checked() -> None:
    scanned = citation(1, "대상 3명", replace(span(18), ocr=True))
    assert "원본과 대조해 주세요" in text_of(citation_html(scanned))


@pytest.mark.parametrize("question", ["몇 가구인가요?", "시장의 생일은?"])
def test_the_question_as_it_was_understood_stands_above_answer_and_refusal(question: str) -> None:
    understood = replace(reply(question), resolved=f"돌봄망은 {ATTACK} 몇 가구인가요?")
    html = answer_html(understood, source_lines=ASSISTANT.source_lines)
    assert text_of(html).startswith(f"이렇게 이해했습니다: 돌봄망은 {ATTACK} 몇 가구인가요?")
    assert "<script>" not in html


def test_a_question_that_stands_alone_is_not_said_again() -> None:
    html = answer_html(reply("몇 가구인가요?"), source_lines=ASSISTANT.source_lines)
    assert "이렇게 이해했습니다" not in html
