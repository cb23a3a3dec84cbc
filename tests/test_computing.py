from __future__ import annotations

from decimal import Decimal

import pytest

from rag.composing.computing import Operand, computed
from rag.composing.figures import cell_figure, figures, meant
from rag.composing.pairs import changed_in, left_in
from rag.composing.parts import Operation
from rag.question import analyse
from tests.made import cell, statement


def _operands(*texts: str, names: tuple[str, ...] = ("2023년", "2024년")) -> list[Operand]:
    found = [figures(text)[0] for text in texts]
    return [
        Operand(figure=figure, name=name, mark=f" [{number}]")
        for number, (figure, name) in enumerate(zip(found, names, strict=True), start=1)
    ]


@pytest.mark.parametrize(
    ("operation", "texts", "said"),
    [
        (
            "difference",
            ("780백만원", "860백만원"),
            "2023년보다 2024년에 80백만원(8,000만 원) 늘어난 것으로 계산됩니다"
            "(860백만원 [2] − 780백만원 [1]).",
        ),
        (
            "difference",
            ("3억5천만원", "1,770백만원"),
            "2023년보다 2024년에 14억 2,000만 원 늘어난 것으로 계산됩니다"
            "(1,770백만원 [2] − 3억5천만원 [1]).",
        ),
        (
            "difference",
            ("24만 6천명", "18만 2천명"),
            "2023년보다 2024년에 64,000명 줄어든 것으로 계산됩니다"
            "(24만 6천명 [1] − 18만 2천명 [2]).",
        ),
        (
            "difference",
            ("50.0%", "55.1%"),
            "2023년보다 2024년에 5.1%p 늘어난 것으로 계산됩니다(55.1% [2] − 50.0% [1]).",
        ),
        (
            "percent",
            ("780백만원", "860백만원"),
            "2023년보다 2024년에 약 10.3% 늘어난 것으로 계산됩니다"
            "((860백만원 [2] − 780백만원 [1]) ÷ 780백만원 × 100).",
        ),
        ("ratio", ("4개소", "10곳"), "2.5배입니다(10곳 [2] ÷ 4개소 [1])."),
        (
            "difference",
            ("571천㎡", "1.2㎢"),
            "2023년보다 2024년에 629,000㎡ 늘어난 것으로 계산됩니다(1.2㎢ [2] − 571천㎡ [1]).",
        ),
    ],
)
def test_a_change_is_told_with_both_figures(
    operation: Operation, texts: tuple[str, str], said: str
) -> None:
    assert computed(operation, _operands(*texts), change=True) == said


@pytest.mark.parametrize("texts", [("30명", "3억원"), ("5%", "5명"), ("30명", "30명")])
def test_figures_that_do_not_go_together_are_not_computed(texts: tuple[str, str]) -> None:
    assert computed("difference", _operands(*texts), change=True) is None


def test_the_larger_one_is_named_by_what_it_is_called() -> None:
    operands = _operands("3,640백만원", "37억원", names=("해솔관", "다온관"))
    assert computed("which", operands, change=False) == (
        "다온관 쪽이 더 많습니다(37억원 [2] > 3,640백만원 [1])."
    )


def test_the_largest_of_three_is_named() -> None:
    operands = _operands("3억원", "7억원", "5억원", names=("해솔관", "다온관", "마루관"))
    assert computed("which", operands, change=False) == (
        "다온관 쪽이 가장 많습니다(7억원 [2] > 5억원 [3] > 3억원 [1])."
    )


def test_metres_and_kilometres_are_measured_alike() -> None:
    operands = _operands("1.6km", "700m", names=("윗길", "아랫길"))
    assert computed("difference", operands, change=False) == (
        "윗길 쪽이 아랫길보다 900m 깁니다(1.6km [1] − 700m [2])."
    )


def test_a_result_is_said_once_in_the_unit_that_is_printed() -> None:
    assert computed("sum", _operands("22억원", "29억원"), change=False) == (
        "합하면 51억원입니다(22억원 [1] + 29억원 [2])."
    )


def test_percentages_are_not_summed() -> None:
    assert computed("sum", _operands("5%", "6%"), change=False) is None


@pytest.mark.parametrize(
    ("question", "text", "figure"),
    [
        ("해솔관 사업비는 얼마인가요?", "사업비 : 17,900백만원 (국비 8,950)", "17,900백만원"),
        ("몇 곳을 뽑았나요?", "- 선정 : 53개 기업(누계 612개 기업)", "53개"),
        ("전환율은 몇 퍼센트인가요?", "71명 전환(전환율 50.0%)", "50.0%"),
        ("2024년 시급은 얼마인가요?", "※ '23년 시급 9,710원, '24년 시급 9,770원", "9,770원"),
        (
            "2023년 소비 효과는 얼마나 됩니까?",
            "'23년 실적 : 방문객 24만명, 소비 효과 13,200백만원",
            "13,200백만원",
        ),
        ("2022년 예산은 얼마인가요?", "예산 : 860백만원 ('22년 780백만원)", "780백만원"),
        ("2023년 예산은 얼마인가요?", "예산 : 860백만원 ('22년 780백만원)", "860백만원"),
        ("동관의 의자는 몇 개인가요?", "동관 : '19. 문 엶, 의자 47개 / 서관 : 의자 38개", "47개"),
        ("학교 몇 곳이 참여했나요?", "초등학교 18개교 1,426명", "18개교"),
        ("저수조 용량은 얼마나 됩니까?", "저수조 : 용량 26,500㎥", "26,500㎥"),
        ("몇 명이 참여했나요?", "142명, 71명", None),
        ("몇 명이 늘었나요?", "약 300명 참여", None),
    ],
)  # fmt: skip
def test_the_figure_meant_is_read_or_none(question: str, text: str, figure: str | None) -> None:
    found = meant(analyse(question), statement(text))
    assert (found.text if found else None) == figure


def test_a_cell_s_figure_counts_what_its_table_counts() -> None:
    found = meant(analyse("예산은 얼마인가요?"), cell("3,640", "예산", "해솔관", unit="백만원"))
    assert found is not None
    assert (int(found.value), found.unit) == (3_640_000_000, "원")


def test_an_arrow_parts_the_old_value_from_the_new() -> None:
    said = statement("- 규 모 : 카메라 3,860대('23년) → 4,100대('24년), 요원 48명")
    pair = changed_in(analyse("카메라는 2024년에 전년보다 몇 대 늘었나요?"), said)
    assert pair is not None
    assert [figure.text for figure in pair] == ["3,860대", "4,100대"]


def test_years_before_their_figures_tell_the_change_whatever_stands_between() -> None:
    said = statement("- ('23년) 13개구 1,760개소 → ('24년) 14개구 1,890개소로 참여 확대")
    pair = changed_in(analyse("급식 참여는 1년 사이 몇 개소 늘었나요?"), said)
    assert pair is not None
    assert [figure.text for figure in pair] == ["1,760개소", "1,890개소"]


@pytest.mark.parametrize(
    "text",
    ["정원 30명('22년), 35명('23년)", "'22년 30명, '23년 35명", "('22년) 30명 → ('23년) 35명"],
)
def test_a_year_behind_or_before_its_figure_is_that_figure_s(text: str) -> None:
    asked = analyse("인력은 2022년보다 2023년에 몇 명 늘었나요?")
    pair = changed_in(asked, statement(text), frozenset((2022, 2023)))
    assert pair is not None
    assert [figure.text for figure in pair] == ["30명", "35명"]


@pytest.mark.parametrize(
    "text",
    [
        "'22년까지 300대, '23년 40대 추가 설치",
        "('22년) 20대 → ('23년) 5대 추가",
        "'23년 300대('22년 대비 50대↑)",
        "'22년 300대 설치, '23년 상반기 100대",
        "'22년 20대, '23년 신규 4대",
    ],
)
def test_what_came_to_it_or_half_a_year_is_no_value_of_a_year(text: str) -> None:
    asked = analyse("카메라는 2022년보다 2023년에 몇 대 늘었나요?")
    assert changed_in(asked, statement(text), frozenset((2022, 2023))) is None


def test_an_arrow_of_other_years_is_not_the_change_asked_for() -> None:
    said = statement("카메라 3,860대('20년) → 4,100대('21년)")
    assert changed_in(analyse("카메라는 2024년에 전년보다 몇 대 늘었나요?"), said) is None


@pytest.mark.parametrize(
    ("said", "pair"),
    [
        ("예산 집행 (총 900백만원 중 850백만원 집행)", ("900백만원", "850백만원")),
        ("단체 6곳에 반환명령 (186백만원, 이 중 142백만원 회수)", ("186백만원", "142백만원")),
        ("안내원 210명 가운데 164명 이수", ("210명", "164명")),
    ],
    ids=["spent", "paid back", "people"],
)
def test_what_is_left_is_told_by_the_sum_and_what_is_done_of_it(
    said: str, pair: tuple[str, str]
) -> None:
    found = left_in(said)
    assert found is not None
    assert (found[0].text, found[1].text) == pair


@pytest.mark.parametrize(
    "said",
    [
        "총 900백만원 중 850백만원 국비",
        "총 200명 중 150명 여성",
        "대상 200명 중 50명 제외",
        "100건 중 40건 처리중",
    ],
)
def test_another_name_of_a_part_leaves_no_rest(said: str) -> None:
    assert left_in(said) is None


@pytest.mark.parametrize(
    "said",
    [
        "총 900백만원 중 850명 참여",
        "남은 900백만원 가운데 국비 850백만원은 돌려줌",
        "안내원 210명 가운데 46명 미이수",
        "210명 중 164명 이수, 90명 중 20명 이수",
    ],
    ids=["units", "a part by name", "not done", "two sums"],
)
def test_what_is_left_is_not_told_by_other_figures(said: str) -> None:
    assert left_in(said) is None


def test_years_before_the_figures_tell_the_same_change() -> None:
    said = statement("투자액('17. 2.4조원 → '21. 5.3조원), 가게('17. 118개 → '21. 407개)")
    asked = analyse("투자액은 몇 조원 늘었나요?")
    pair = changed_in(asked, said, frozenset((2017, 2021)))
    assert pair is not None
    assert [figure.text for figure in pair] == ["2.4조원", "5.3조원"]
    assert changed_in(asked, said, frozenset((2019, 2021))) is None


@pytest.mark.parametrize(
    ("question", "said", "pair"),
    [
        ("민원은 몇 건 줄었나요?", "'22년 264건 → '23년 231건 → '24년 158건", ("264건", "158건")),
        ("예산은 얼마나 늘었나요?", "6명 25억원 ('22년 5명 21억원)", ("21억원", "25억원")),
        ("빚은 얼마나 줄었나요?", "2024년 말 41억원(61%) ※ '22년 말 43억원", ("43억원", "41억원")),
        (
            "지원금은 얼마나 늘었나요?",
            "('22) 5억원 ⇨ ('23) 6억원 ⇨ ('24) 9억원",
            ("5억원", "9억원"),
        ),
    ],
    ids=["series", "aside", "note", "brackets"],
)
def test_two_years_of_a_line_give_the_change(
    question: str, said: str, pair: tuple[str, str]
) -> None:
    found = changed_in(analyse(question), statement(said), frozenset((2022, 2024)))
    assert found is not None
    assert (found[0].text, found[1].text) == pair


def test_a_year_told_twice_gives_no_change() -> None:
    said = statement("'22년 3건, '24년 5건, '24년 9건")
    assert changed_in(analyse("몇 건 늘었나요?"), said, frozenset((2022, 2024))) is None


def test_a_rate_is_not_counted_by_the_unit_of_its_table() -> None:
    rate = cell("21.0", "2022년", "부채비율", unit="백만원")
    figure = cell_figure(rate)
    assert figure is not None
    assert (figure.value, figure.unit) == (Decimal("21.0"), "%")


def test_a_contract_is_no_rough_figure() -> None:
    assert [one.text for one in figures("투자협약 14건, 약 20건")] == ["14건"]
