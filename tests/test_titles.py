"""A report's title and date come from its cover."""

from __future__ import annotations

import pytest

from index.readers.title import head_of


def title(cover: str) -> str | None:
    return head_of(cover.split("\n")).title


def published(cover: str) -> str | None:
    return head_of(cover.split("\n")).published


@pytest.mark.parametrize(
    ("cover", "expected"),
    [
        ("가온의회 임시회\n\n'25.3.4.(화) 10:00\n\n업무 보고\n\n2025. 3.\n\n도시정책실\n\nI. 현황",
         "업무 보고 (도시정책실, 2025. 3.)"),
        ("함께 여는 가온\n\n2025 주요 업무\n\n2025. 1.\n\n목 차\n\nI. 현황", "2025 주요 업무"),
        ("2025년도\n주요업무 시행계획\n\n2025. 1.", "2025년도 주요업무 시행계획"),
        ("업 무 계 획\n\n2025. 1.", "업무계획 (2025. 1.)"),
        ("교통 대책 추진상황\n(2025. 7.)\n교통국\n□ 개요", "교통 대책 추진상황 (교통국, 2025. 7.)"),
        ("○○구 2025년 감사 결과보고서\n\n1. 개요", "○○구 2025년 감사 결과보고서"),
        ("시민과 함께\n\n청년 정책 추진계획(안)\n\n1. 개요", "청년 정책 추진계획(안)"),
        ("<!-- page 1 -->\n\n**가온시 백서**\n\n- 1 -", "가온시 백서"),
        ("# 2025년 도서관 운영\n\n본문이다.", "2025년 도서관 운영"),
        ("---\ntitle: \"환경 백서\"\n---\n\n본문이다.", "환경 백서"),
        ("문서번호 12\n제목: 예산 편성 안내\n본문이다.", "예산 편성 안내"),
        ("보도자료\n\n2025. 5. 2.\n\n전기버스 도입\n\n시는 밝혔다.", "전기버스 도입 (2025. 5. 2.)"),
    ],
)  # fmt: skip
def test_the_title_is_found_on_the_cover(cover: str, expected: str) -> None:
    assert title(cover) == expected


@pytest.mark.parametrize(
    "cover",
    [
        "I. 일반 현황\n\n1. 인구",
        "구분\t합계\n계\t307",
        "가온시는 2025년 3월에 청년 정책을 새로 마련하여 시행하기로 하였다.\n이어지는 본문",
        "12\n34",
        "",
    ],
    ids=["heading", "table", "sentence", "figures", "nothing"],
)
def test_a_text_without_a_cover_has_no_title(cover: str) -> None:
    assert title(cover) is None


@pytest.mark.parametrize(
    ("cover", "expected"),
    [
        ("업무 보고\n\n2025. 3.\n\n1. 개요", "2025. 3."),
        ("업무 보고\n2025년 3월\n1. 개요", "2025년 3월"),
        ("제3회 임시회\n'25.3.4(화)\n업무 보고\n2025. 3.\n1. 개요", "2025. 3."),
        ("업무 보고\n2025. 11. 15.(토)\n1. 개요", "2025. 11. 15.(토)"),
        ("업무 보고\n'25. 3.\n1. 개요", "'25. 3."),
        ("업무 보고 (2025. 3. 교통국)\n1. 개요", "2025. 3."),
        ("업무 보고\n2024. 12. 31. 기준\n1. 개요", None),
        ("업무 보고\n'25.3.4.(화) 10:00\n1. 개요", None),
        ("업무 보고\n2025. 13.\n1. 개요", None),
        ("업무 보고\n\n1. 개요\n2025. 3.", None),
        ("가온시는 2025년 3월에 사업을 시작했다.", None),
    ],
)
def test_the_date_is_the_one_printed_on_the_cover(cover: str, expected: str | None) -> None:
    assert published(cover) == expected


def test_a_title_stays_short_however_long_the_cover() -> None:
    cover = (
        "가온시 중장기 도시 발전과 주민 참여 확대를 위한 종합 추진계획\n2025. 11. 15.(토)\n"
        + "문" * 17
        + "화과"
    )
    assert len(title(cover) or "") <= 60


def test_a_year_or_department_in_the_title_is_not_said_twice() -> None:
    assert (
        title("도시정책실 2025 업무 보고\n\n2025. 3.\n\n도시정책실") == "도시정책실 2025 업무 보고"
    )
