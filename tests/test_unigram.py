from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from rag.sentencepiece import build_tokenizer
from rag.unigram import UnigramTokenizer, load_vocabulary, save_vocabulary
from tests.tiny_model import PIECES, VOCABULARY

OURS = UnigramTokenizer(VOCABULARY, max_tokens=16)
THEIRS = build_tokenizer(VOCABULARY, max_tokens=16)
NAMES = tuple(PIECES)
KOREAN = st.text(alphabet="공일자리면적m2²㎡（）() \t\n\u3000～~각ㄱ가🦄é\x07\u200b", max_size=60)


def pieces(text: str) -> list[str]:
    return [NAMES[number] for number in OURS.ids(text)]


def test_the_split_of_greatest_probability_is_chosen() -> None:
    assert pieces("공공일자리") == ["<s>", "▁공공", "일자리", "</s>"]


def test_a_run_of_unknown_characters_is_one_piece() -> None:
    assert pieces("일🦄🦄🦄일") == ["<s>", "▁", "일", "<unk>", "일", "</s>"]


def test_compatibility_forms_are_split_as_plain_ones() -> None:
    assert pieces("（㎡）") == ["<s>", "▁", "(", "m", "2)", "</s>"]


def test_offsets_count_in_the_text_as_given() -> None:
    text = "면적（㎡） 공공일자리"
    assert [text[start:end] for start, end in OURS.offsets(text)] == [
        "면",
        "적",
        "（",
        "㎡",
        "㎡）",
        "공공",
        "일자리",
    ]


def test_a_long_text_is_cut_and_closed() -> None:
    found = pieces("일자리 " * 50)
    assert len(found) == 16
    assert found[-1] == "</s>"


def test_no_text_is_two_marks() -> None:
    assert pieces(" \u3000") == ["<s>", "</s>"]


@given(KOREAN | st.text(max_size=40))
def test_ids_and_offsets_are_those_of_the_tokenizers_library(text: str) -> None:
    theirs = THEIRS.encode(text)
    assert OURS.ids(text) == theirs.ids
    assert OURS.offsets(text) == theirs.offsets[1:-1]


def test_a_vocabulary_written_and_read_is_the_same(tmp_path: Path) -> None:
    save_vocabulary(VOCABULARY, tmp_path)
    assert load_vocabulary(tmp_path) == VOCABULARY
