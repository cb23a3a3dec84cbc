from __future__ import annotations

from dataclasses import replace

from index.readers.pdf.autospace import without_autospace
from index.readers.pdf.words import Word, text_of
from tests.drawn import SIZE, words

PAGE = "시민이 편하게 이용할 수 있게 길을 고침"


def _after(last: Word, text: str, gap: float) -> Word:
    x0 = last.x1 + gap * SIZE
    return replace(last, text=text, x0=x0, x1=x0 + len(text) * SIZE, space_before=False)


def test_figures_set_a_little_apart_belong_to_the_word() -> None:
    drawn = words(PAGE)
    figure = _after(drawn[-1], "2025", 0.6)
    drawn += [figure, _after(figure, "년", 0.2)]
    assert text_of(without_autospace(drawn)).endswith("고침 2025년")


def test_words_of_korean_stay_apart() -> None:
    drawn = words(PAGE)
    drawn.append(_after(drawn[-1], "이곳", 0.2))
    assert text_of(without_autospace(drawn)).endswith("고침 이곳")


def test_without_spaces_of_the_file_the_usual_gap_decides() -> None:
    drawn = [replace(word, space_before=False) for word in words(PAGE)]
    near, far = _after(drawn[-1], "3", 0.15), _after(drawn[-1], "3", 0.25)
    found = [text_of(without_autospace([*drawn, figure])) for figure in (near, far)]
    assert [text[-3:] for text in found] == ["고침3", "침 3"]


def test_a_page_of_few_words_stays_as_it_is() -> None:
    drawn = words("예산")
    drawn.append(_after(drawn[-1], "3", 0.2))
    assert len(without_autospace(drawn)) == 2
