"""Whatever the lines are, what is cut from them can be checked, and soon."""

from __future__ import annotations

import re
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.chunker import CutChunk, cut
from rag.citation import stands
from rag.korean import strip_tags
from tests.report_lines import page, report


def chunks(text: str) -> tuple[CutChunk, ...]:
    return cut(report(page(text)))


def _bare(text: str) -> str:
    """The text as a heading shows it, white space aside."""
    return re.sub(r"[\s*]", "", strip_tags(text))


_LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "",
                "Ⅱ. 추진계획",
                "1. 맑은 물",
                "2",
                "① 정원",
                "□ 사업개요",
                "- 대 상 : 4곳",
                "새싹정원⁴⁾",
                "4) 작은 정원",
                "구 분\t계\t비고",
                "정원\t1,260\t",
                "\t\t5",
                "- 12 -",
                "<b>정원</b>",
                "**굵게**",
                "(단위 : 명, %)",
                "70. 관리\t" + "<p>추진중</p><ul><li>- 2곳 ※ 1곳 &lt;신규&gt;</li></ul>" * 3,
                "중부+남부\t계",
                "5㎡/8㎡\t3",
            ]
        ),
        st.lists(
            st.sampled_from(
                [
                    "\t",
                    " ",
                    "- ",
                    "※",
                    "①",
                    "□",
                    "1.",
                    "7",
                    "가",
                    "나다 ",
                    "市",
                    "<p>",
                    "</li>",
                    "< 5",
                    "&amp;",
                ]
            ),
            max_size=12,
        ).map("".join),
    ),
    max_size=40,
)


@settings(deadline=None)
@given(_LINES)
def test_any_lines_are_cut_into_chunks_that_can_be_checked(given_: list[str]) -> None:
    found = chunks("\n".join(given_))
    assert len({one.chunk.id for one in found}) == len(found)
    for one in found:
        span = one.chunk.span
        assert 1 <= span.first_line <= span.last_line <= len(given_)
        assert one.chunk.text.strip()
        for statement in one.statements:
            where = statement.span
            assert span.first_line <= where.first_line <= where.last_line <= span.last_line
            source = "\n".join(given_[where.first_line - 1 : where.last_line])
            assert stands(statement.text, source)


@settings(deadline=None)
@given(_LINES)
def test_only_bare_headings_are_left_out(given_: list[str]) -> None:
    found = chunks("\n".join(given_))
    spans = [one.chunk.span for one in found]
    held = {at for span in spans for at in range(span.first_line, span.last_line + 1)}
    titles = _bare(" ".join(title for one in found for title in one.chunk.section))
    left = [line for at, line in enumerate(given_, 1) if line.strip() and at not in held]
    assert all(_bare(line) in titles for line in left)


LONG = {
    "text": ["그냥 이어지는 줄"],
    "bullets": ["- 항목 : 3명"],
    "headings": ["□ 사업개요", "- 가", ""],
    "tables": ["구 분\t계", "정원\t4", "", "- 설명"],
    "rows": ["정원\t4\t신규"],
    "one sentence": ["- 시작", *["이어지는 줄"] * 99],
    "contents": ["1. 정원", ""],
    "footnotes": ["새싹정원1) 조성", "1) 작은 정원"],
}


def test_a_report_of_20_000_mixed_lines_is_cut_in_seconds() -> None:
    started = perf_counter()
    chunks("\n".join(line for part in LONG.values() for line in part * (2_500 // len(part))))
    assert perf_counter() - started < 10


@pytest.mark.slow
@pytest.mark.parametrize("part", LONG.values(), ids=LONG)
def test_a_report_of_20_000_lines_is_cut_in_seconds(part: list[str]) -> None:
    started = perf_counter()
    chunks("\n".join(part * (20_000 // len(part))))
    assert perf_counter() - started < 10


@pytest.mark.parametrize(
    "part",
    ["가", "가 ", "\t", "1,", "- 가 ", "<a", "&", "가\t1\t", "단위\t", "가1)", "⁴⁾", "(", "' "],
)
def test_a_line_of_100_000_characters_is_cut_in_seconds(part: str) -> None:
    started = perf_counter()
    chunks(f"70. 정원\t가{part * (100_000 // len(part))}나\n- 가\t나")
    assert perf_counter() - started < 10
