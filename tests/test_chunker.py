"""Chunks hold every line, never cross a heading, and know where they stand."""

from __future__ import annotations

from index.chunker import CHUNK_CHARS, CHUNK_LINES, CutChunk, cut
from rag.types import Page
from tests.report_lines import page, report

PLAN = """\
Ⅱ. 추진계획

1 빗물 정원 조성

□ 사업개요

- 대 상 : 공원 4개소
- 예 산 : 1,260백만원

□ 향후계획('23년 6개소)

- 착공 : '23. 3월
"""


def chunks(text: str) -> tuple[CutChunk, ...]:
    return cut(report(page(text)))


def lines_held(found: tuple[CutChunk, ...]) -> set[int]:
    return {
        number
        for one in found
        for number in range(one.chunk.span.first_line, one.chunk.span.last_line + 1)
    }


def said(found: tuple[CutChunk, ...]) -> list[str]:
    return [statement.text for one in found for statement in one.statements]


def test_a_chunk_is_verbatim_under_its_heading_path() -> None:
    chunk = chunks(PLAN)[0].chunk
    assert chunk.section == ("Ⅱ. 추진계획", "1 빗물 정원 조성", "□ 사업개요")
    assert chunk.text == "□ 사업개요\n- 대 상 : 공원 4개소\n- 예 산 : 1,260백만원"
    assert (chunk.span.first_line, chunk.span.last_line) == (5, 8)


def test_no_chunk_goes_on_over_a_heading() -> None:
    assert [one.chunk.section[-1] for one in chunks(PLAN)] == [
        "□ 사업개요",
        "□ 향후계획('23년 6개소)",
    ]


def test_a_bare_heading_with_sections_below_it_is_no_chunk() -> None:
    assert not any("Ⅱ" in one.chunk.text for one in chunks(PLAN))


def test_a_heading_with_figures_is_kept_as_a_statement() -> None:
    assert "□ 향후계획('23년 6개소)" in said(chunks(PLAN))


def test_a_bare_heading_without_sections_below_it_is_kept() -> None:
    assert said(chunks("1 정원\n\n- 2곳\n\n2 하천")) == ["1 정원", "- 2곳", "2 하천"]


def test_chunks_carry_the_report_and_are_numbered_from_zero() -> None:
    found = chunks(PLAN)
    assert [one.chunk.id for one in found] == ["gaon:0000", "gaon:0001"]
    assert {one.chunk.report_title for one in found} == {"가온시 업무계획"}
    assert all(statement.chunk_id == one.chunk.id for one in found for statement in one.statements)


def test_a_long_section_is_cut_within_the_limits() -> None:
    text = "□ 정원\n" + "\n".join(f"- 정원 {n}호 : 나무 {n}그루를 심는다" for n in range(200))
    found = chunks(text)
    assert len(found) > 5
    assert max(len(one.chunk.text) for one in found) <= CHUNK_CHARS
    assert lines_held(found) == set(range(1, 202))


def test_short_lines_far_apart_are_cut_at_forty_lines() -> None:
    found = chunks("□ 정원\n" + "- 가\n\n" * 100)
    spans = [one.chunk.span for one in found]
    assert max(span.last_line - span.first_line + 1 for span in spans) <= CHUNK_LINES


def test_a_sentence_of_several_lines_stays_in_one_chunk() -> None:
    sentence = "- " + "나무를 심고 가꾸며 " * 8 + "\n  시민에게 열어 두는\n  정원을 만든다\n"
    for one in chunks("□ 정원\n" + sentence * 40):
        assert all(
            statement.span.last_line <= one.chunk.span.last_line for statement in one.statements
        )


def test_a_table_cut_in_two_repeats_its_head() -> None:
    rows = "\n".join(f"정원 {n}호 가온천 둘레\t{n}\t나무와 풀꽃" for n in range(60))
    found = chunks(f"□ 현황\n구 분\t그루\t비고\n{rows}")
    assert len(found) > 1
    assert all("구 분\t그루\t비고" in one.chunk.text for one in found)
    assert found[1].chunk.span.first_line > 3


def test_a_second_table_does_not_repeat_the_head_of_the_first() -> None:
    rows = "\n".join(f"정원 {n}호 가온천 둘레\t{n}\t나무와 풀꽃" for n in range(60))
    found = chunks(f"□ 현황\n구 분\t그루\t비고\n정원\t2\t신규\n\n이름\t면적\t위치\n{rows}")
    assert "이름\t면적\t위치" in found[-1].chunk.text
    assert "구 분" not in found[-1].chunk.text


def test_every_statement_is_kept_once() -> None:
    text = "□ 정원\n" + "\n".join(f"- {n}호\n" for n in range(300))
    assert said(chunks(text)) == ["□ 정원", *(f"- {n}호" for n in range(300))]


def test_the_items_of_a_long_cell_are_parted_among_chunks_of_its_line() -> None:
    items = "".join(f"<li>- 정원 {n}호에 나무를 심고 길을 넓혔음</li>" for n in range(60))
    found = chunks(f"Ⅳ. 처리결과\n\n<p>70. 정원 관리</p>\t<ul>{items}</ul>")
    assert {one.chunk.section[-1] for one in found} == {"70. 정원 관리"}
    assert {(one.chunk.span.first_line, one.chunk.span.last_line) for one in found} == {(3, 3)}
    assert max(len(one.chunk.text) for one in found) <= CHUNK_CHARS
    assert said(found).count("- 정원 7호에 나무를 심고 길을 넓혔음") == 1


def test_a_change_told_in_a_long_cell_stays_whole() -> None:
    items = "- 나무를 심고 길을 넓혔음 " * 9 + "- 담당을 늘림 (당초 2개팀 15명 ⇒ 3개팀 22명)"
    found = said(chunks(f"Ⅳ. 처리결과\n\n<p>70. 정원 관리</p>\t<ul>{items}</ul>"))
    assert "- 담당을 늘림 (당초 2개팀 15명 ⇒ 3개팀 22명)" in found


def test_a_chunk_over_a_page_break_names_both_pages() -> None:
    found = cut(
        report(
            page("□ 정원\n- 2곳\n- 1 -", number=1),
            page("- 나무 30그루\n- 2 -", number=2, first_line=4),
        )
    )
    span = found[0].chunk.span
    assert (span.first_page, span.last_page, span.page_exact) == (1, 2, True)
    assert [s.span.first_page for s in found[0].statements] == [1, 1, 2]
    assert [s.span.first_line for s in found[0].statements] == [1, 2, 4]


def test_page_marks_of_known_pages_are_in_no_chunk_and_no_statement() -> None:
    found = cut(
        report(
            page("□ 정원\n- 2곳을\n- 11 -", number=11),
            page("12쪽\n- 나무 30그루", number=12, first_line=4),
        )
    )
    assert said(found) == ["□ 정원", "- 2곳을", "- 나무 30그루"]
    assert not any("11" in one.chunk.text or "쪽" in one.chunk.text for one in found)


def test_what_looks_like_a_page_mark_stays_where_pages_are_not_known() -> None:
    assert "3쪽" in chunks("□ 정원 안내문\n\n- 분량\n\n3쪽")[0].chunk.text


def test_a_page_that_names_its_section_is_cut_under_it() -> None:
    given_ = ("맑은 물", "하천")
    passage = Page(number=3, exact=True, first_line=1, lines=("□ 정원", "- 2곳"), section=given_)
    other = Page(number=4, exact=True, first_line=3, lines=("- 3곳",), section=given_)
    found = cut(report(passage, other))
    assert [(one.chunk.section, one.chunk.span.first_page) for one in found] == [
        (given_, 3),
        (given_, 4),
    ]


def test_a_report_without_text_has_no_chunks() -> None:
    assert chunks("\n \n\t\n") == ()
