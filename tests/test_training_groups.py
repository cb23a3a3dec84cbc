"""What the model that reads pairs learns from."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from training.groups import Group, Read, groups

TEXTS = ("예산 3억원", "인원 7명", "면적 5㎡", "기간 3년", "장소 시청")


def _read(*, right: int | None, year: int | None = None) -> Read:
    return Read(
        question="얼마인가요?",
        answerable=right is not None,
        texts=TEXTS,
        right=tuple(at == right for at in range(len(TEXTS))),
        year=year,
    )


def _drawn(one: Read) -> list[Group]:
    return groups([one] * 200, random.Random(3), most=9999)


def test_the_one_that_answers_stands_beside_two_that_do_not() -> None:
    drawn = _drawn(_read(right=1))
    told = [one for one in drawn if one.right is not None]
    assert {one.texts[one.right or 0] for one in told} == {TEXTS[1]}
    assert all(len({*one.texts}) >= 2 and TEXTS[1] not in one.texts[1:] for one in told)
    # Mostly beside the one that is taken for it most easily.
    assert sum(one.texts[1] == TEXTS[0] for one in told) > len(told) / 2


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
    assert len(groups([_read(right=0)] * 50, random.Random(3), most=20)) == 20


@pytest.mark.slow
def test_a_tiny_model_learns_and_the_product_reads_what_it_learned(tmp_path: Path) -> None:
    pytest.importorskip("peft")
    from safetensors.numpy import save_file

    from rag.cross_encoder import CrossEncoder
    from rag.models import bundled_cross_encoder, bundled_model
    from rag.tuned import DOWN, UP
    from tests.tiny_model import HIDDEN, WIDE, write_packed
    from training.cross_encoder import ReadingPlan, figures_of, train_reading
    from training.delta import provenance, thin_matrices, write_delta

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
    plan = ReadingPlan(batch=4, rank=2, rate=0.005)
    model, pairs = train_reading(base, taught, some, plan, folder=tmp_path / "training")
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
