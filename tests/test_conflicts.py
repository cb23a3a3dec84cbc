from __future__ import annotations

from dataclasses import replace

import pytest

from rag.conflicts import conflicting
from rag.question import analyse
from rag.ranking import Scored
from rag.selection import select
from rag.wording import SHORT, spoken
from tests.made import chunk, scored, statement

SECTION = ("Ⅲ. 추진계획", "1 물길버스 운영", "□ 사업개요")
ASKED = "물길버스 소요예산은 얼마인가요?"


def _said(text: str, *, report: str, score: float, section: tuple[str, ...] = SECTION) -> Scored:
    passage = replace(
        chunk(text, section=section, title=f"{report} 추진계획"),
        id=f"{report}:0001",
        report_id=report,
    )
    return scored(statement(text), score, passage=passage, signals={"fit": 1.0, "year": 0.0})


BEST = _said("- 소요예산 : 1,890백만원", report="시정", score=9.0)


@pytest.mark.parametrize(
    ("other", "conflicts"),
    [
        (_said("- 소요예산 : 2,970백만원", report="감사", score=8.0), True),
        (_said("- 소요예산 : 1,890백만원", report="감사", score=8.0), False),
        (_said("- 운영예산 : 2,970백만원", report="감사", score=8.0), False),
        (_said("- 소요예산 : 2,970백만원", report="감사", score=1.0), False),
        (
            _said(
                "- 소요예산 : 2,970백만원",
                report="감사",
                score=8.0,
                section=("Ⅲ. 추진계획", "5 은하도서관 건립", "□ 개관"),
            ),
            False,
        ),
    ],
    ids=["another-value", "the-same", "another-field", "far-behind", "another-thing"],
)
def test_the_same_field_of_the_same_thing_may_differ(other: Scored, conflicts: bool) -> None:
    found = conflicting(analyse(ASKED), BEST, [BEST, other])
    assert found is (other if conflicts else None)


def test_the_figure_of_a_year_that_was_not_asked_for_is_no_conflict() -> None:
    other = _said("- 소요예산 : 2,970백만원", report="감사", score=8.0)
    assert conflicting(analyse("2023년 " + ASKED), BEST, [BEST, other]) is None


@pytest.mark.parametrize(("field", "conflicts"), [("소요예산", False), ("총사업비", True)])
def test_each_year_has_its_own_figure_but_a_total_has_one(field: str, conflicts: bool) -> None:
    best = _said(f"- {field} : 1,890백만원", report="2023년", score=9.0)
    other = _said(f"- {field} : 2,970백만원", report="2024년", score=8.0)
    found = conflicting(analyse(f"물길버스 {field}는 얼마인가요?"), best, [best, other])
    assert (found is other) is conflicts


def test_both_are_said_with_their_reports() -> None:
    other = _said("- 소요예산 : 2,970백만원", report="감사", score=8.0)
    selection = select(analyse(ASKED), [BEST, other])
    said = [(one.statement, one.hit.chunk) for one in selection.items]
    text = spoken(said, limit=SHORT, apart=selection.apart)
    assert text.startswith("1,890백만원(18억 9,000만 원)입니다(「시정 추진계획」")
    assert text.endswith(
        "다만 달리 적힌 곳은 「감사 추진계획」 소요예산 2,970백만원(29억 7,000만 원) [2]입니다."
    )
