"""Bytes become the right text or are refused; they never become other text."""

from __future__ import annotations

import codecs
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.decode import decode

KOREAN = "2025년도 가온시 주요업무 시행계획\r\n○ 추진실적 : 빈집 12동 정비(3,400백만원)\r\n"
UNMARKED = ["utf-8", "cp949", "utf-16-le", "utf-16-be"]
# Words a report is made of: what hypothesis joins from them is Korean enough to be believed.
WORDS = st.sampled_from(
    ["가온시", "사업을", "추진하여", "시민에게", "예산을", "12,300백만원", "'25.1월"]
)
RARE = st.sampled_from(["뷁", "펲", "市", "(㎡)", "※", "→", "□", "\t", "\n"])


def refuses(data: bytes) -> bool:
    try:
        decode(data)
    except ValueError:
        return True
    return False


@pytest.mark.parametrize("encoding", [*UNMARKED, "euc-kr", "utf-8-sig", "utf-16", "utf-32"])
def test_korean_text_comes_back_from_every_usual_encoding(encoding: str) -> None:
    assert decode(KOREAN.encode(encoding)) == KOREAN


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_settles_the_encoding(mark: bytes, encoding: str) -> None:
    assert decode(mark + "뷁 Ünï".encode(encoding)) == "뷁 Ünï"


def test_thirty_syllables_of_cp949_are_enough() -> None:
    text = "저소득층 노인가구 에너지 바우처 지원금 지급 시기와 신청 방법 안내서"
    assert decode(text.encode("cp949")) == text


def test_syllables_outside_the_standard_are_read_in_cp949() -> None:
    text = "똠방각하 상영회 개최 결과를 보고드립니다"
    assert decode(text.encode("cp949")) == text


def test_a_text_full_of_hanja_is_read_in_cp949() -> None:
    text = "大韓民國의 經濟政策은 國民生活의 安定을 위하여 推進하고 있다"
    assert decode(text.encode("cp949")) == text


def test_a_table_of_figures_in_utf16_without_a_mark_is_read() -> None:
    text = "1,200\t3,400\r\n"
    assert decode(text.encode("utf-16-le")) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["가온시 " * 6, "가온시" * 6])
def test_utf16_without_a_mark_is_read_where_a_syllable_holds_a_nul(
    text: str, encoding: str
) -> None:
    assert decode(text.encode(encoding)) == text


@given(
    st.lists(WORDS, min_size=6, max_size=40),
    st.lists(RARE, max_size=6),
    st.randoms(use_true_random=False),
    st.sampled_from(UNMARKED),
)
def test_words_of_a_report_come_back(
    words: list[str], rare: list[str], random: Random, encoding: str
) -> None:
    mixed = [*words, *rare]
    random.shuffle(mixed)
    text = " ".join(mixed)
    assert decode(text.encode(encoding)) == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_text_in_utf8_comes_back(text: str) -> None:
    assert decode(text.encode()) == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Le café était déjà fermé à l'été, où l'élève naïf préférait le gâteau.", "latin-1"),
        ("Die Bürger müssen für die Straße zahlen. ÄRGER ÜBER ÖL.", "cp1252"),
        ("Правительство опубликовало доклад об экономическом развитии страны.", "cp1251"),
        ("国务院总理今天在北京会见了来访的韩国总统一行，双方交换了意见。", "gb18030"),
        ("总理会见总统", "gb2312"),
        ("中華民國總統今天在台北接見來訪的外賓，雙方交換了意見。", "big5"),
        ("日本国政府は本日、経済対策についての報告書を公表しました。", "shift_jis"),
        ("日本国政府は本日、経済対策についての報告書を公表しました。", "euc_jp"),
        ("日本国政府は本日、報告書を公表しました。", "iso2022_jp"),
        (KOREAN, "iso2022_kr"),
        (KOREAN, "johab"),
    ],
)
def test_text_in_another_encoding_is_refused(text: str, encoding: str) -> None:
    assert refuses(text.encode(encoding))


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x03\x20",
        b"\x7fELF\x02\x01\x01\x00" + bytes(64),
        "가온시\0업무계획".encode(),
        bytes(range(1, 128)),
        bytes(range(256)) * 4,
        codecs.BOM_UTF8 + b"\xb0\xa1",
        codecs.BOM_UTF16_LE + b"\x00\xd8",
        "가온시 업무계획".encode()[:-1],
        "가온시".encode() + "업무계획".encode("cp949"),
    ],
    ids=["png", "elf", "nul", "controls", "all", "false mark", "half", "cut", "mixed"],
)
def test_what_is_not_text_is_refused(data: bytes) -> None:
    assert refuses(data)


@given(st.randoms(use_true_random=False))
def test_random_bytes_are_refused(random: Random) -> None:
    assert refuses(random.randbytes(256))


def test_a_few_control_characters_do_not_make_a_text_binary() -> None:
    assert decode("가온시\x07 업무".encode()) == "가온시\x07 업무"


def test_only_the_first_mark_is_a_mark() -> None:
    assert decode("\ufeff가\ufeff나".encode()) == "가\ufeff나"
