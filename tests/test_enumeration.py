from __future__ import annotations

import pytest

from rag.lists.enumeration import counts, enumerated, tells_figures


@pytest.mark.parametrize(
    ("line", "things"),
    [
        ("- 교육내용 : 목공, 도자기, 사진", ("목공", "도자기", "사진")),
        ("○ 4개소 선정(가람, 누리, 도담, 미소)", ("가람", "누리", "도담", "미소")),
        ("- 기술·자금·유통 등 3대 분야를 총괄", ("기술", "자금", "유통")),
        ("- 시청 - 가람대 - 상인회 협약", ("시청", "가람대", "상인회 협약")),
        ("• 공원 관리 • 가로수 정비", ("공원 관리", "가로수 정비")),
        ("- 7개 섬 1,214가구에 물을 나름", ()),
        ("- 차량을 더 들이고, 가까운 차를 먼저 보냄", ()),
        ("- 누리집에서 신청", ()),
    ],
)
def test_the_things_a_line_names_are_parted(line: str, things: tuple[str, ...]) -> None:
    assert enumerated(line) == things


def test_a_figure_broken_down_is_no_list_of_names() -> None:
    assert tells_figures(enumerated("- 예산 : 70억 (국비 30, 시비 40)"))
    assert not tells_figures(enumerated("- 대상 : 청년, 어르신, 4인 가구"))


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("시장 세 곳은 어디인가요?", {3}),
        ("업무 다섯 개 분야를 말해 주세요.", {5}),
        ("3대 전략은 무엇인가요?", {3}),
        ("여섯 분야를 알려 주세요.", {6}),
        ("2024년 3월에 6개월 동안 한 일은?", set()),
        ("만 18세 이상이 받는 지원은 무엇인가요?", set()),
    ],
)
def test_the_number_of_items_asked_for_is_read(question: str, numbers: set[int]) -> None:
    assert counts(question) == numbers
