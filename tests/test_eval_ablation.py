"""The table tells what was measured, and measures every variant alike."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer

from eval.ablating.ablation import COMPARED, SHOWN, Row, ablate, markdown
from eval.ablating.variants import Parts, chosen
from eval.commands.ablation import ablation_command
from eval.dataset import Gold, load_gold
from eval.fingerprint import Fingerprint
from eval.locate import located
from eval.runlog import RunLog
from eval.runner import run
from eval.sources import Sources, sources_of
from eval.summary import score_files
from rag.protocols import FloatVector
from rag.store import Store
from tests.build_fakes import HashedPairs
from tests.garam import PAST, PLAN

GOLD = (
    {
        "id": "1",
        "question": "2024년 새싹 일자리 사업의 소요예산은 얼마인가요?",
        "answer": "57,229백만원",
        "section": ["1 새싹 일자리 사업"],
        "evidence": [{"doc": PLAN, "quote": "소요예산 : 57,229백만원"}],
    },
    {
        "id": "2",
        "question": "2023년 물길버스 소요예산은 얼마인가요?",
        "answer": "1,890백만원",
        "section": ["2 물길버스 운영"],
        "evidence": [{"doc": PAST, "quote": "소요예산 : 1,890백만원"}],
    },
    {
        "id": "3",
        "question": "은하도서관은 어디에 짓나요?",
        "answer": "노을구 별빛로 27",
        "evidence": [{"doc": PLAN, "quote": "노을구 별빛로 27"}],
    },
    {"id": "4", "question": "2019년 물길버스 소요예산은 얼마인가요?", "answerable": False},
)


@pytest.fixture
def parts(garam: Store, embedder: HashedPairs) -> Parts:
    return Parts(store=garam, embedder=embedder, passages=10)


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.jsonl"
    lines = (json.dumps(gold, ensure_ascii=False) for gold in GOLD)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def sources(garam_index: Path) -> Sources:
    return sources_of(garam_index)


@pytest.fixture
def gold(questions: Path, sources: Sources) -> tuple[Gold, ...]:
    return located(load_gold(questions), sources)


def test_the_figures_are_those_of_a_run_and_its_report(
    parts: Parts,
    gold: tuple[Gold, ...],
    sources: Sources,
    questions: Path,
    tmp_path: Path,
) -> None:
    rows = ablate(chosen(["no-refusal"]), gold, parts=parts, sources=sources)
    for row in rows:
        path = tmp_path / f"{row.variant.name}.jsonl"
        asked = [item.question for item in gold]
        log = RunLog(path, fingerprint=Fingerprint(settings="s", index="i", code="c"))
        run(row.variant.assistant(parts, tmp_path), asked, log=log)
        (scored,) = score_files([path], gold=questions, sources=sources)
        assert row.summary.overall.means == scored.summary.overall.means
    assert [row.summary.overall.means["ok"] for row in rows] == [1.0, 0.75]


def test_the_table_shows_the_figures_and_what_changed(
    parts: Parts, gold: tuple[Gold, ...], sources: Sources
) -> None:
    rows = ablate(chosen(["no-refusal"]), gold, parts=parts, sources=sources)
    head, rule, full, other, _, note = markdown(rows).split("\n")
    assert [cell.strip() for cell in head.split("|")[1:-1]] == [
        "변형", *SHOWN, "ms", *(f"{name}의 차이 [95% 구간]" for name in COMPARED)
    ]  # fmt: skip
    assert head.count("|") == rule.count("|") == full.count("|") == other.count("|")
    assert _cells(full)[:2] == ["그대로 (`full`)", "1.000"]
    assert _cells(full)[-2:] == ["-", "-"]
    assert _cells(other)[0] == "거절하지 않음 (`no-refusal`)"
    assert _cells(other)[1 : 1 + len(SHOWN)] == _figures(rows[1])
    assert _cells(other)[-2:] == ["-0.250 [-0.750, +0.000]", "+0.000 [+0.000, +0.000]"]
    assert note.startswith("4문항. ")


def test_every_variant_embeds_each_question_itself(gold: tuple[Gold, ...], parts: Parts) -> None:
    class Counting(HashedPairs):
        asked = 0

        def embed_query(self, text: str) -> FloatVector:
            self.asked += 1
            return super().embed_query(text)

    counting = Counting(dimension=512)
    ours = Parts(store=parts.store, embedder=counting, passages=10)
    ablate(chosen(["dense", "lexical"]), gold, parts=ours, sources={})
    assert counting.asked == 3 * len(gold)


def test_a_mistyped_variant_ends_before_anything_is_loaded(
    questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit):
        ablation_command(questions, index=tmp_path / "없음", variant=["dens"])
    said = capsys.readouterr()
    assert (said.out, said.err.startswith("오류: dens: 없는 변형입니다.")) == ("", True)


def test_without_an_index_it_says_how_to_build_one(
    questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit):
        ablation_command(questions, index=tmp_path / "없음")
    assert "python -m index build" in capsys.readouterr().err


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")[1:-1]]


def _figures(row: Row) -> list[str]:
    return [f"{row.summary.overall.means[name]:.3f}" for name in SHOWN]
