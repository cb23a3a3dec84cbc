from __future__ import annotations

from dataclasses import replace

import pytest
from reportlab.pdfgen.canvas import Canvas

from index.readers.pdf.words import Word, garbled, text_of
from tests.paper import drawn, put, words_of


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_words_stand_where_the_page_shows_them_however_it_is_turned(rotation: int) -> None:
    words = words_of(drawn(lambda c: put(c, "예산 100억", 50, 60), rotation=rotation))

    assert [word.text for word in words] == ["예산", "100억"]
    assert words[0].x0 == pytest.approx(50, abs=1)
    assert words[0].top < 60 < words[0].bottom
    assert words[0].size == pytest.approx(10, abs=0.1)


def test_a_space_of_the_file_is_told_from_a_mere_gap() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, "가 나", 50, 60)
        put(canvas, "다", 120, 60)

    assert [w.space_before for w in words_of(drawn(draw))] == [False, True, False]


def test_words_across_the_page_are_left_out() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, "본문", 50, 60)
        canvas.rotate(45)
        put(canvas, "대외비", 200, 250)

    assert [word.text for word in words_of(drawn(draw))] == ["본문"]


def test_a_word_drawn_twice_for_weight_is_one_word() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, "제목 하나", 50, 60)
        put(canvas, "제목 하나", 50.4, 60)
        put(canvas, "제목 하나", 50, 90)

    assert [w.text for w in words_of(drawn(draw))] == ["제목", "하나"] * 2


def test_words_outside_the_page_are_left_out() -> None:
    assert words_of(drawn(lambda c: put(c, "밖", 450, 60))) == []


def test_an_empty_page_has_no_words() -> None:
    assert words_of(drawn(lambda _: None)) == []


_WORD = Word("예산", 0, 0, 20, 10, 10)


def test_a_page_of_signs_that_are_no_letters_is_garbled() -> None:
    assert garbled([replace(_WORD, text="\ufffd\ue001\ue002"), replace(_WORD, text="1")])
    assert not garbled([_WORD, replace(_WORD, text="\ue001")])
    assert not garbled([])


def test_words_that_touch_are_one_unless_the_file_has_a_space() -> None:
    near = Word("안", 20.5, 0, 30, 10, 10)

    assert text_of([_WORD, near]) == "예산안"
    assert text_of([_WORD, replace(near, space_before=True)]) == "예산 안"
    assert text_of([_WORD, replace(near, x0=24)]) == "예산 안"
