from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rag.composing.asking import Part
from rag.composing.compose import compose
from rag.composing.within import Composed
from rag.question import analyse
from rag.ranking import Scored
from rag.types import Statement
from tests.made import cell, chunk, scored, statement, table_cell

ASK_CHANGE = "등불축제 예산은 2024년에 2023년보다 얼마나 늘었나요?"
SURE = {"fit": 1.0, "year": 1.0, "words": 1.0, "section": 0.0, "change": 0.0}


def _scored(said: Statement, score: float = 10.0) -> Scored:
    return scored(said, score, passage=chunk(said.text, section=("1 등불축제",)), signals=SURE)


def _composed(
    question: str, ranked: Sequence[Scored], halves: Mapping[str, Sequence[Scored]]
) -> Composed | None:
    """The answer where the part that names a key has its statements."""

    def ranked_for(part: Part) -> Sequence[Scored]:
        return next((found for name, found in halves.items() if name in part.question), ())

    return compose(analyse(question), ranked, ranked_for)


CHUNK = chunk(section=("1 등불축제",))
OLD = _scored(statement("- 소요예산 : 780백만원", line=3))
NEW = _scored(statement("- 소요예산 : 860백만원", line=7))


def test_two_places_give_the_difference_with_both_cited() -> None:
    found = _composed(ASK_CHANGE, [NEW], {"2023년": [OLD], "2024년": [NEW]})
    assert found is not None
    assert found.items == (OLD, NEW)
    assert found.text.startswith("2023년보다 2024년에 80백만원(8,000만 원) 늘어난")


def test_a_question_about_one_thing_is_not_composed() -> None:
    assert _composed("등불축제 예산은 얼마인가요?", [NEW], {"등불": [NEW]}) is None


def test_nothing_is_composed_where_a_half_is_not_found() -> None:
    assert _composed(ASK_CHANGE, [NEW], {"2024년": [NEW]}) is None


def test_figures_of_another_unit_are_not_computed_with() -> None:
    people = _scored(statement("- 예산 담당 : 12명", line=3))
    assert _composed(ASK_CHANGE, [NEW], {"2023년": [people], "2024년": [NEW]}) is None


def test_a_change_that_the_report_tells_is_left_to_it() -> None:
    told = _scored(statement("- 예산 80백만원 증가"))
    assert _composed(ASK_CHANGE, [told], {"2023년": [OLD], "2024년": [NEW]}) is None


def test_the_values_of_two_years_are_said_one_after_the_other() -> None:
    question = "등불축제 예산은 2023년과 2024년에 각각 얼마인가요?"
    found = _composed(question, [NEW], {"2023년": [OLD], "2024년": [NEW]})
    assert found is not None
    assert found.text == (
        "다음과 같습니다. 2023년: 소요예산 780백만원(7억 8,000만 원) [1]; "
        "2024년: 소요예산 860백만원(8억 6,000만 원) [2]"
    )


def test_one_statement_that_tells_both_is_left_as_it_is() -> None:
    question = "등불축제 예산은 2023년과 2024년에 각각 얼마인가요?"
    assert _composed(question, [NEW], {"2023년": [NEW], "2024년": [NEW]}) is None


def _two_years(row: str) -> list[Scored]:
    cells = table_cell("28대", "2024년", row), table_cell("22대", "2023년", row)
    return [_scored(cells[0]), _scored(cells[1], 9)]


def test_two_years_of_one_row_give_the_change() -> None:
    row = _two_years("새벽버스")
    found = _composed("새벽버스는 2024년에 2023년보다 몇 대 늘었나요?", row, {})
    assert found is not None
    assert found.text.startswith("2023년보다 2024년에 6대 늘어난")
    assert found.items == (row[0],)


def test_a_row_that_is_not_the_one_asked_for_is_not_computed_with() -> None:
    row = _two_years("물빛 지구")
    assert _composed("새벽버스는 2024년에 2023년보다 몇 대 늘었나요?", row, {}) is None


def test_what_is_left_of_a_budget_is_computed_from_the_statement_that_tells_it() -> None:
    spent = _scored(statement("- 예산 집행 (총 900백만원 중 850백만원 집행)"), 8)
    found = _composed("등불축제 예산에서 쓰지 않고 남은 돈은 얼마인가요?", [NEW, spent], {})
    assert found is not None
    assert found.text == "50백만원(5,000만 원)입니다(900백만원 − 850백만원). [1]"


def test_the_larger_of_two_rows_is_named() -> None:
    one = _scored(cell("24", "입주기업", "해솔점", unit="개"))
    other = _scored(cell("18", "입주기업", "다온점", unit="개"))
    halves = {"해솔점": [one], "다온점": [other]}
    found = _composed("해솔점과 다온점 중 입주기업이 더 많은 곳은 어디인가요?", [one], halves)
    assert found is not None
    assert found.text == "해솔점 쪽이 더 많습니다(24개 [1] > 18개 [2])."


def test_figures_of_two_reports_are_not_joined_where_no_year_is_asked_for() -> None:
    one = _scored(statement("- 해솔관 예산 : 30백만원", line=3))
    other = _scored(statement("- 다온관 예산 : 20백만원", line=7))
    elsewhere = replace(other, hit=replace(other.hit, chunk=replace(CHUNK, report_id="past")))
    question = "해솔관과 다온관의 예산을 합하면 얼마인가요?"
    found = _composed(question, [one], {"해솔관": [one], "다온관": [elsewhere]})
    assert found is not None
    assert "합하면" not in found.text
    near = _composed(question, [one], {"해솔관": [one], "다온관": [other]})
    assert near is not None
    assert near.text.startswith("합하면 50백만원(5,000만 원)입니다")


def test_what_cannot_be_added_up_is_told_side_by_side() -> None:
    one = _scored(statement("- 해솔관 예산 : 30백만원", line=3))
    other = _scored(statement("- 다온관 예산 담당 : 12명", line=7))
    question = "해솔관과 다온관의 예산을 합하면 얼마인가요?"
    found = _composed(question, [one], {"해솔관": [one], "다온관": [other]})
    assert found is not None
    assert found.items == (one, other)


def test_two_halves_are_told_where_the_whole_question_would_be_refused() -> None:
    found = _composed(ASK_CHANGE, [], {"2023년": [OLD], "2024년": [NEW]})
    assert found is not None
    assert found.items == (OLD, NEW)


def test_the_total_is_meant_where_no_row_is_named() -> None:
    def cells(year: str, *values: str) -> list[Scored]:
        rows = zip(values, ("동부", "서부", "계"), strict=True)
        return [_scored(cell(value, year, row, unit="명")) for value, row in rows]

    halves = {
        "2020년": cells("2020년", "30", "50", "80"),
        "2022년": cells("2022년", "28", "45", "73"),
    }
    question = "등불축제 손님은 2020년에서 2022년 사이에 몇 명 줄었나요?"
    found = _composed(question, [], halves)
    assert found is not None
    assert found.text.startswith("2020년보다 2022년에 7명 줄어든")


def test_a_field_of_something_else_is_not_computed_with() -> None:
    logo = _scored(statement("- 구호 상표 개발 예산 : 3백만원", line=3))
    assert _composed(ASK_CHANGE, [NEW], {"2023년": [logo], "2024년": [NEW]}) is None


def test_the_only_row_of_two_years_is_added_up() -> None:
    halves = {year: [_scored(cell("22", year, "도입대수", unit="대"))] for year in ("2022년",)}
    halves["2023년"] = [_scored(cell("29", "2023년", "도입대수", unit="대"))]
    question = "2022년과 2023년에 들여온 등불축제 버스를 합하면 몇 대인가요?"
    found = _composed(question, [], halves)
    assert found is not None
    assert found.text == "합하면 51대입니다(22대 [1] + 29대 [2])."


def test_the_total_row_gives_the_change_where_no_row_is_named() -> None:
    rows = (("서부", "20명", "30명"), ("계", "50명", "80명"))
    cells = [
        _scored(table_cell(value, year, row))
        for row, *values in rows
        for year, value in zip(("2024년", "2023년"), values, strict=True)
    ]
    found = _composed("등불축제 손님은 2024년에 2023년보다 몇 명 줄었나요?", cells, {})
    assert found is not None
    assert found.text.startswith("2023년보다 2024년에 30명 줄어든")


def test_a_statement_of_both_years_gives_the_change_though_another_comes_first() -> None:
    note = _scored(statement("- '24년 예산이 크게 는 것은 비가 잦았기 때문"))
    both = _scored(statement("- 예산 ('23) 5억원 ⇨ ('24) 9억원", line=7), 9.5)
    found = _composed(ASK_CHANGE, [note, both], {})
    assert found is not None
    assert found.items == (both,)
    assert found.text.startswith("4억원 늘어난")


def test_what_was_not_done_is_the_rest_of_what_was() -> None:
    said = _scored(statement("- 등불축제 안내원 210명 가운데 164명 이수"))
    question = "등불축제 안내원 가운데 아직 교육을 받지 않은 사람은 몇 명인가요?"
    found = _composed(question, [said], {})
    assert found is not None
    assert found.text == "46명입니다(210명 − 164명). [1]"


def test_a_row_that_is_named_needs_fewer_of_the_question_s_words() -> None:
    def row(name: str, value: str) -> Scored:
        said = cell(value, "'22년 발행", name, unit="억원")
        passage = chunk(said.text, section=("1 등불축제",))
        return scored(said, 10, passage=passage, signals={**SURE, "words": 0.4})

    halves = {"해솔시": [row("해솔시", "30")], "다온시": [row("다온시", "20")]}
    found = _composed("해솔시와 다온시의 2022년 발행 상품권을 합하면 얼마인가요?", [], halves)
    assert found is not None
    assert found.text.startswith("합하면 50억원입니다")


def test_of_two_years_the_lines_that_say_the_same_go_together() -> None:
    question = "등불축제장 땅의 면적은 2023년과 2024년에 각각 얼마인가요?"
    old = _scored(statement("- 등불축제장 땅 729천㎡ 중 571천㎡ 매입", line=3))
    new = _scored(statement("- 등불축제장 땅 매입 추진(729천㎡ 중 601천㎡)", line=7))
    other = _scored(statement("- 등불축제장 밖의 주차장으로 쓸 곳 2천㎡", line=9), 10.5)
    found = _composed(question, [new], {"2023년": [old], "2024년": [other, new]})
    assert found is not None
    assert found.items == (old, new)
