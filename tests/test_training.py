from __future__ import annotations

import json
import random
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from eval.dataset import load_gold
from rag.errors import RagError
from training.corpus import CONTRASTS, QUESTIONS, REPORTS, write_contrasts, write_corpus
from training.delta import fingerprint, provenance, thin_matrices
from training.encoder import Plan
from training.examples import rows
from training.measuring import held_out
from training.texts import (
    OURS,
    Answered,
    Asked,
    Contrast,
    Line,
    Passage,
    contrasts,
    is_held_out,
    lines,
    passages,
    welfare,
)

LINE = Line(
    section="한빛시 임대료 감면",
    text="임대료 40% 감면",
    questions=("자릿세를 깎아 주나요?", "가겟세는 얼마나 덜 내요?", "임대료 감면율"),
    near=("임대료 감면 예산 3억원", "사용료 20% 감면"),
)
PASSAGE = Passage(
    section=("1. 일자리", "공공근로"),
    lines=("□ 사업개요", " ○ 참여인원 : 1,240명", " ○ 시급 : 9,160원", "구 분\t2022년"),
    asked=(
        Asked(question="한 시간에 얼마를 주나요?", line=3, style="everyday"),
        Asked(question="담당자는 누구인가요?", line=None, style="office"),
        Asked(question="2022년은요?", line=4, style="office"),
    ),
)


def learned(**read: Any) -> Any:
    sources = {"answered": (), "lines": (), "passages": (), **read}
    return rows(*sources.values(), chance=random.Random(1), most_welfare=9)


def test_a_line_is_told_from_those_that_look_like_it() -> None:
    assert not is_held_out(LINE.section)
    for row in learned(lines=(LINE,)).triplets:
        assert row["anchor"] in LINE.questions
        assert row["positive"].removeprefix(f"{LINE.section}\n") == LINE.text
        assert row["negative"].removeprefix(f"{LINE.section}\n") in LINE.near


def test_a_passage_answers_all_its_questions_but_those_that_no_line_answers() -> None:
    assert not is_held_out(" ".join(PASSAGE.section))
    found = learned(passages=(PASSAGE,)).pairs
    assert {row["anchor"] for row in found} == {"한 시간에 얼마를 주나요?", "2022년은요?"}
    assert {row["positive"] for row in found} == {PASSAGE.text}


def test_a_row_of_a_table_is_no_statement() -> None:
    (row,) = learned(passages=(PASSAGE,)).triplets
    assert (row["positive"], row["negative"]) == ("시급 : 9,160원", "참여인원 : 1,240명")


def test_what_is_held_out_is_not_learned_from() -> None:
    names = [f"사업 {number}" for number in range(200)]
    out = [name for name in names if is_held_out(name)]
    assert 8 <= len(out) <= 35
    told = [Answered(programme=name, question=f"{name}?", answer="예") for name in names]
    found = rows(told, (), (), chance=random.Random(1), most_welfare=500).welfare
    assert {row["positive"].split("\n")[0] for row in found} == set(names) - set(out)
    assert held_out(told, (), ())["welfare"][1].keys() == {f"{name}?" for name in out}


def test_a_share_of_the_change_is_that_share_of_the_product() -> None:
    down, up = np.full((2, 4), 0.5), np.full((3, 2), 0.25)
    name = "model.encoder.layer.3.attention.output.dense.lora_{}.default.weight"
    parameters = [
        (name.format(side), SimpleNamespace(detach=lambda v=v: SimpleNamespace(numpy=lambda: v)))
        for side, v in (("A", down), ("B", up))
    ]
    model = cast(Any, SimpleNamespace(named_parameters=lambda: parameters))
    thin = thin_matrices(model, 0.5)
    # The adapter's own scaling is 2, half of it is kept.
    np.testing.assert_array_equal(thin["l3.ao.w.up"] @ thin["l3.ao.w.down"], up @ down)


def test_passages_become_a_collection_and_questions_about_its_lines(tmp_path: Path) -> None:
    assert write_corpus((PASSAGE, PASSAGE), (LINE,), tmp_path) == 9
    read = [json.loads(line) for line in (tmp_path / REPORTS).read_text("utf-8").splitlines()]
    asked = [json.loads(line) for line in (tmp_path / QUESTIONS).read_text("utf-8").splitlines()]
    printed = [line for one in read for line in one["text"].split("\n")]
    assert asked[3]["evidence"] == [{"doc": "passages-0", "line_start": 7, "line_end": 7}]
    assert printed[7 - 1] == asked[3]["answer"] == " ○ 시급 : 9,160원"
    assert (asked[4]["answerable"], asked[4]["type"]) == (False, "unanswerable")


def test_contrasts_become_a_question_set_for_each_report(tmp_path: Path) -> None:
    one = Contrast(lines=(3, 9), questions=("정원은?",), near=(("year", "작년 정원은?"),))
    assert write_contrasts({"하늘시": (one,)}, tmp_path) == 2
    told, missed = load_gold(tmp_path / CONTRASTS / "하늘시.jsonl")
    assert [evidence.places for evidence in told.evidence] == [((3, 3),), ((9, 9),)]
    assert (missed.question.text, missed.answerable, missed.evidence) == ("작년 정원은?", False, ())


def test_what_was_learned_from_other_texts_or_in_another_way_is_no_beginning(
    tmp_path: Path,
) -> None:
    weights, some = tmp_path / "weights.bin", tmp_path / "pairs.jsonl"
    weights.write_bytes(b"1")
    some.write_text("1", encoding="utf-8")
    names = [fingerprint(provenance(plan, weights, (some,))) for plan in (Plan(), Plan(steps=9))]
    some.write_text("2", encoding="utf-8")
    names.append(fingerprint(provenance(Plan(), weights, (some,))))
    assert len(set(names)) == 3


def test_a_file_without_the_columns_is_named(tmp_path: Path) -> None:
    path = tmp_path / "wrong.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(RagError, match=r"wrong\.csv: 질문과 답의 표로"):
        welfare(path)


def test_our_lines_have_questions_in_three_words_and_two_lines_like_them() -> None:
    assert len(lines()) > 900
    for one in lines():
        assert len(set(one.questions)) == 3, one
        assert len({one.text, *one.near}) == 3, one


def test_our_passages_name_a_line_that_is_there() -> None:
    assert len(passages()) >= 225
    for one in passages():
        assert sum(asked.line is None for asked in one.asked) == 3, one
        assert all(1 <= (asked.line or 1) <= len(one.lines) for asked in one.asked), one
        assert len({asked.question for asked in one.asked}) == 10, one


def test_our_contrasts_name_lines_of_their_report_and_ask_nothing_twice() -> None:
    found = contrasts()
    assert (
        sum(len(one.questions) + len(one.near) for some in found.values() for one in some) > 30000
    )
    for name, some in found.items():
        printed = (OURS / "reports" / f"{name}.txt").read_text(encoding="utf-8").split("\n")
        assert all(printed[line - 1].strip() for one in some for line in one.lines), name
        asked = [q for one in some for q in (*one.questions, *(near for _, near in one.near))]
        whole = OURS / "reports" / f"{name}.jsonl"  # the newer reports have contrasts alone
        before = [gold.question.text for gold in load_gold(whole)] if whole.exists() else []
        assert len({*asked, *before}) == len(asked) + len(before), name


@pytest.mark.slow
def test_a_tiny_encoder_learns_and_its_change_is_written(tmp_path: Path) -> None:
    pytest.importorskip("peft")
    from rag.models import bundled_model
    from rag.packed import PackedModel
    from rag.tuned import UP, TunedModel
    from tests.tiny_model import write_packed
    from training.delta import write_delta
    from training.encoder import train
    from training.examples import Rows

    weights = write_packed(tmp_path / "tiny.bin")
    base = bundled_model(tmp_path, progress=lambda _: None, delta=None, weights=weights)
    pairs = [{"anchor": "일자리", "positive": "공공"}, {"anchor": "면적", "positive": "2)"}]
    plan = Plan(steps=2, batch=2, rank=2, rate=0.1)
    mined = [{**pairs[0], "negative_1": "2)", "negative_2": "면적"}] * 2
    some = Rows(statements=mined, passages=[], triplets=[], pairs=pairs, welfare=[])
    model = train(base, some, plan, folder=tmp_path / "training")
    first = thin_matrices(model, 1.0)
    # Begun again when all steps are done, it has what it had learned and learns no more.
    again = thin_matrices(train(base, some, plan, folder=tmp_path / "training"), 1.0)
    assert any(np.abs(values).max() > 0 for name, values in first.items() if name.endswith(UP))
    for name, values in first.items():
        np.testing.assert_array_equal(again[name], values)
    delta = tmp_path / "delta.safetensors"
    told = provenance(plan, weights, ())
    write_delta(delta, first, told=told)
    tuned, packed = TunedModel(weights, delta), PackedModel(weights)
    assert not np.array_equal(tuned.floats("l0.fi.w"), packed.floats("l0.fi.w"))
