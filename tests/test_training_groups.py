"""What the model that reads pairs learns from."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rag.composing.words import words_of
from training.groups import Group, Read, drawings, groups, names_in
from training.names import Names, another, asked_of, named, names_of

NONE = Names(whole=(), fronts=())
TEXTS = (
    *("예산 3억원", "인원 7명", "면적 5㎡", "기간 3년", "장소 시청"),
    *("방법 공모", "대상 주민", "문의 총무과", "근거 조례"),
)


def _read(*, right: int | None, year: int | None = None) -> Read:
    return Read(
        question="얼마인가요?",
        answerable=right is not None,
        texts=TEXTS,
        right=tuple(at == right for at in range(len(TEXTS))),
        year=year,
    )


def _drawn(one: Read) -> list[Group]:
    return groups([one] * 400, random.Random(3), names=NONE, size=5)


def test_the_one_that_answers_stands_beside_four_that_do_not() -> None:
    drawn = _drawn(_read(right=1))
    told = [one for one in drawn if one.right is not None]
    assert {one.texts[one.right or 0] for one in told} == {TEXTS[1]}
    assert all(len({*one.texts}) == 5 and TEXTS[1] not in one.texts[1:] for one in told)
    # Mostly beside the one that is taken for it most easily.
    assert sum(one.texts[1] == TEXTS[0] for one in told) > 0.8 * len(told)


def test_now_and_then_the_one_that_answers_is_taken_away() -> None:
    drawn = _drawn(_read(right=1))
    without = [one for one in drawn if one.right is None]
    assert 0.08 < len(without) / len(drawn) < 0.25
    assert all(TEXTS[1] not in one.texts for one in without)


def test_what_no_line_tells_is_learned_from_the_best_found() -> None:
    drawn = _drawn(_read(right=None))
    assert {one.right for one in drawn} == {None}
    assert {one.texts[0] for one in drawn} == {TEXTS[0]}


def test_of_its_own_year_it_still_answers_and_of_another_it_does_not() -> None:
    dated = [one for one in _drawn(_read(right=0, year=2022)) if one.question != "얼마인가요?"]
    assert dated
    for one in dated:
        assert (one.right == 0) == one.question.startswith("2022년")


def test_no_more_are_drawn_than_wanted() -> None:
    some = [_read(right=0)] * 50
    assert len(drawings([some, some], random.Random(3), times=3, size=5, most=20)) == 3 * 2 * 20
    assert len(drawings([some], random.Random(3), times=3, size=5)) == 3 * 50


def test_asked_of_another_thing_nothing_answers_unless_the_texts_tell_of_it_too() -> None:
    one = replace(
        _read(right=0),
        question="물레버스는 몇 대인가요?",
        texts=("물레버스 : 7대", *TEXTS[1:]),
    )
    names = Names(whole=("별소리도서관",), fronts=())
    drawn = groups([one] * 200, random.Random(3), names=names, size=5)
    other = [group for group in drawn if "별소리도서관은" in group.question]
    assert {group.right for group in other} == {None, 0}
    for group in other:
        assert (group.right == 0) == ("별소리도서관 : 7대" in group.texts)


def test_a_question_is_named_by_the_rarest_noun_that_its_answer_holds() -> None:
    asked = [
        ("물레버스 이용요금은 얼마인가요?", "물레버스 > 이용요금 : 1,200원"),
        ("늘품버스 이용요금은 얼마인가요?", "늘품버스 > 이용요금 : 무료"),
        ("탈것 삯은 얼마인가요?", "이용요금 : 1,200원"),
    ]
    assert [word.stem for word in named(asked).values()] == ["물레버스", "늘품버스"]
    assert names_in([_read(right=0)]) == {}


def test_another_name_is_of_the_same_kind_where_one_is_known_and_never_one_that_is_there() -> None:
    (word,) = words_of("청년버스는")
    names = names_of(words_of("노인도서관은 청년버스는"))
    assert names == Names(whole=("노인도서관", "청년버스"), fronts=("노인", "청년"))
    chance = random.Random(1)
    found = {another(word, names, chance, besides="청년버스") for _ in range(50)}
    assert found == {"노인버스", "노인도서관"}
    assert another(word, names, chance, besides="청년버스, 노인 도서관과 노인 버스") is None


def test_a_name_takes_the_particle_that_fits_it() -> None:
    (word,) = words_of("물레버스를")
    assert asked_of("늘품도서관", "누가 물레버스를 모나요?", word) == "누가 늘품도서관을 모나요?"


@pytest.mark.slow
def test_a_tiny_model_learns_and_the_product_reads_what_it_learned(tmp_path: Path) -> None:
    pytest.importorskip("peft")
    from safetensors.numpy import save_file

    from rag.cross_encoder import CrossEncoder
    from rag.models import bundled_cross_encoder, bundled_model
    from rag.tuned import DOWN, UP
    from tests.tiny_model import HIDDEN, WIDE, write_packed
    from training.cross_encoder import figures_of, taught_by_larger, train_reading
    from training.delta import provenance, thin_matrices, write_delta
    from training.reading import ReadingPlan

    weights = write_packed(tmp_path / "tiny.bin")
    base = bundled_model(tmp_path, progress=lambda _: None, delta=None, weights=weights)
    taught = tmp_path / "taught.safetensors"
    sizes = dict.fromkeys(("q", "k", "v", "ao"), (HIDDEN, HIDDEN))
    sizes |= {"fi": (WIDE, HIDDEN), "fo": (HIDDEN, WIDE)}
    chance = np.random.default_rng(1)
    begun = {
        f"l0.{name}.w{side}": values.astype(np.float16)
        for name, (outputs, inputs) in sizes.items()
        for side, values in (
            (DOWN, chance.standard_normal((2, inputs))),
            (UP, np.zeros((outputs, 2))),
        )
    }
    save_file(begun, taught)
    some = [Group(question="일자리", texts=("면적", "공공", "2)"), right=0)] * 40
    some = taught_by_larger(base, some, folder=tmp_path / "larger")
    assert {len(one.odds) for one in some} == {3}
    plan = ReadingPlan(batch=4, rank=4, rate=0.005)  # the one it begins with has rank 2
    model, pairs = train_reading(base, some, plan, taught=taught, folder=tmp_path / "training")
    scores = model.scores(**pairs.padded([("일자리", text) for text in some[0].texts])).tolist()
    assert scores[0] > max(scores[1:])
    found = [_read(right=0), _read(right=None)]
    assert set(figures_of(model, pairs, found)) == {"answerable", "first", "read"}

    delta = tmp_path / "delta.safetensors"
    head = {name: values.detach().numpy() for name, values in model.head().items()}
    told = provenance(plan, weights, ())
    write_delta(delta, thin_matrices(model, 1.0) | head, told=told)
    folder = bundled_cross_encoder(
        tmp_path, progress=lambda _: None, layers=1, delta=delta, weights=weights
    )
    product = CrossEncoder(folder, threads=1, learned=delta)
    said = [product.score("일자리", text) for text in some[0].texts]
    # Eight bits are coarse for 32 random dimensions: the order is what may be promised.
    assert said[0] > max(said[1:])

    on, _ = train_reading(
        base, some, replace(plan, fixed=1), taught=delta, folder=tmp_path / "further"
    )
    before, after = thin_matrices(model, 1.0), thin_matrices(on, 1.0)
    assert all(np.array_equal(before[name], after[name]) for name in before if "l0." in name)
    assert not np.array_equal(model.tell.detach(), on.tell.detach())
