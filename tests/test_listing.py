from __future__ import annotations

from dataclasses import replace

from rag.lists.best import best_list
from rag.lists.listing import Listing
from rag.question import analyse
from rag.ranking import Scored
from tests.made import chunk, scored, statement, table_cell

CHAPTER = "Ⅳ. 주요업무 추진계획"
COURSES = ("목공", "도자기", "사진")


def _texts(listing: Listing) -> list[str]:
    return [one.statement.text for one in listing.items]


def _best(question: str, ranked: list[Scored], first_column: str = "") -> Listing:
    return best_list(analyse(question), ranked, {("plan", (1,)): first_column})


def _lines(*texts: str, above: str = "○ 과정", score: float = 5.0) -> list[Scored]:
    return [scored(statement(text, above, line=n), score) for n, text in enumerate(texts, 2)]


def _rows(column: str, *rows: tuple[str, str]) -> list[Scored]:
    cells = [replace(table_cell(text, column, row), kind="cell") for row, text in rows]
    return [scored(cell, 6.0) for cell in cells]


def test_a_line_with_as_many_things_as_are_asked_for_leads_a_better_one_with_fewer() -> None:
    two = scored(statement("- 장비 : 선반, 물레"), 7.0)
    three = scored(statement("- 과정 : 목공, 도자기, 사진"), 6.0)
    assert _best("배울 수 있는 세 가지는 무엇인가요?", [two, three]).items == (three,)


def test_things_the_question_says_itself_are_not_the_ones_asked_for() -> None:
    said = scored(statement("- 공동 장비(선반, 물레) 설치"), 7.0)
    told = scored(statement("- 가람, 누리, 도담"), 6.0)
    asked = "선반과 물레 같은 장비를 놓는 마을은 어디어디인가요?"
    assert _best(asked, [said, told]).items == (told,)


def test_bullets_are_listed_as_printed_where_the_bullet_above_them_is_named() -> None:
    items = _lines(*(f"- {name}" for name in COURSES), above="○ 생활 공예 과정")
    best = scored(statement("- 수강료 : 3만원", "○ 접수"), 6.0)
    listing = _best("생활 공예 과정을 모두 알려 주세요.", [best, *reversed(items)])
    assert _texts(listing) == ["- 목공", "- 도자기", "- 사진"]


def test_items_of_one_section_are_listed_from_two_passages() -> None:
    first, second, third = _lines(*COURSES, above="○ 공예 과정")
    third = scored(third.statement, 5.0, passage=chunk(number=2))
    assert _texts(_best("공예 과정을 모두 알려 주세요.", [third, first, second])) == list(COURSES)


def test_items_of_other_sections_do_not_belong_to_the_list() -> None:
    first, second, third = _lines(*COURSES, above="○ 공예 과정")
    third = scored(third.statement, 5.0, passage=chunk(number=2, section=("Ⅴ. 붙임",)))
    assert _texts(_best("공예 과정을 모두 알려 주세요.", [first, second, third])) == [
        "목공",
        "도자기",
    ]


def test_the_chapters_of_a_report_are_listed_for_its_fields() -> None:
    names = ("1. 따뜻한 복지", "2. 편한 교통", "3. 맑은 환경")
    chapters = [
        scored(
            statement(name, line=10 * n),
            -2.0,
            passage=chunk(number=n, section=(CHAPTER, name), title="2024년 업무계획 (가람시)"),
        )
        for n, name in enumerate(names, start=1)
    ]
    best = scored(statement("- 상담분야 : 여권, 세금"), 6.0)
    asked = "2024년 가람시 주요업무 추진계획의 세 개 분야를 말해 주세요."
    assert _texts(_best(asked, [best, *chapters])) == list(names)


def test_numbered_lines_are_a_list_under_the_line_before_them() -> None:
    texts = ("비전 : 안전한 가람", "3대 목표", "① 사고 줄이기", "② 길 고치기", "③ 물 지키기")
    goals = [scored(statement(text, line=n), 3.0) for n, text in enumerate(texts)]
    assert _texts(_best("3대 목표를 알려 주세요.", goals)) == list(texts[2:])


def test_rows_are_listed_by_name_where_the_first_column_is_asked_for() -> None:
    rows = _rows("차량", ("가람 북부", "8대"), ("가람 남부", "6대"), ("계", "14대"))
    listing = _best("버스가 다니는 권역을 모두 알려 주세요.", rows, "권 역")
    assert listing.rows
    assert [one.statement.context[-1] for one in listing.items] == ["가람 북부", "가람 남부"]


def test_the_cells_of_a_column_are_listed_where_it_is_asked_for_each_row() -> None:
    rows = _rows("주요시설", ("1층", "서가"), ("2층", "강당"))
    listing = _best("도서관의 층별 주요시설을 알려 주세요.", rows, "층 별")
    assert (listing.rows, _texts(listing)) == (False, ["서가", "강당"])


def test_the_rows_whose_cell_says_a_word_of_the_question_are_listed() -> None:
    rows = _rows("방식", ("가람시장", "지하"), ("누리공원", "지상"), ("도담학교", "지하"))
    listing = _best("주차장을 지하 방식으로 짓는 곳은 어디어디인가요?", rows, "대상")
    assert [one.statement.context[-1] for one in listing.items] == ["가람시장", "도담학교"]


def test_one_row_that_is_named_is_no_list() -> None:
    rows = _rows("경유지", ("새벽1", "가람역 - 시청 - 시장"), ("새벽2", "누리역 - 병원"))
    assert len(_best("새벽1 노선은 어디어디를 지나나요?", rows, "노 선").items) == 1


def test_a_statement_of_another_year_does_not_lead() -> None:
    elsewhere = chunk(number=2, section=("Ⅴ. 지난해 실적",))
    text = statement("- 내용 : 벽화, 화단")
    other = scored(text, 6.5, passage=elsewhere, signals={"year": -1.0})
    same = scored(statement("- 내용 : 의자, 그늘막"), 5.9, signals={"year": 1.0})
    assert _best("2024년에 놓는 것은 무엇무엇인가요?", [other, same]).items == (same,)


def test_a_list_has_at_most_a_dozen_items() -> None:
    many = _lines(*(f"- 항목 {n}" for n in range(40)), above="○ 지원 항목")
    assert len(_best("지원 항목을 모두 알려 주세요.", many).items) == 12
