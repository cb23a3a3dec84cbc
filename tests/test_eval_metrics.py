"""Every figure against a value worked out by hand."""

from __future__ import annotations

import dataclasses
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from eval.dataset import Evidence, Gold, Question
from eval.metrics import METRICS, Case, load_sources, lost_at, meets
from eval.results import Cited, Place, Result, read_results
from eval.summary import latency, score_files, summarize
from rag.errors import RagError

SAMPLES = Path(__file__).parent.parent / "samples"
SCORE = Path(__file__).parents[2] / "shared" / "tools" / "score.py"

GOLD = Gold(
    question=Question(id="가", text="몇 명을 뽑나요?"),
    type="fact",
    answerable=True,
    answer="7,830명",
    must_include=(("7,830명",),),
    section=("Ⅱ. 추진계획", "1 공공일자리 제공", "사업개요"),
    evidence=(Evidence(doc="한빛", first_line=20, last_line=22, quote="7,830명"),),
)
UNANSWERABLE = dataclasses.replace(
    GOLD, type="unanswerable", answerable=False, answer="", must_include=(), evidence=()
)
HERE = Place(doc="한빛시", first_line=18, last_line=20)
ELSEWHERE = Place(doc="한빛시", first_line=23, last_line=30)
CITED = Cited(place=HERE, section=("Ⅱ. 계획", "□ 사업개요"), quote="총 7,830명")
RIGHT = Result(
    answer="총 7,830명입니다.", abstained=False, citations=(CITED,), retrieved=(ELSEWHERE, HERE)
)
SOURCES = {"한빛시": (*("",) * 17, "목표", "총 7,830명", "(시 1,000명)")}  # lines 1 to 20


def figures(gold: Gold = GOLD, result: Result = RIGHT) -> dict[str, float | None]:
    case = Case(gold=gold, result=result, sources=SOURCES)
    return {metric.name: metric.measure(case) for metric in METRICS}


def test_a_right_answer_with_its_evidence() -> None:
    wanted = {"ok": 1, "right": 1, "hit@1": 0, "hit@5": 1, "hit@10": 1, "mrr": 1 / 2}
    wanted |= {"cited": 1, "section": 1, "grounded": 1, "refused": 0}
    got = figures()
    assert {name: got[name] for name in wanted} == wanted
    assert got["abstained"] is None
    # 7,830명 within 총7,830명입니다. : 6 of 11 letters, 6 of 6.
    assert got["f1"] == pytest.approx(2 * (6 / 11) / (6 / 11 + 1))


@pytest.mark.parametrize(("rank", "hits"), [(1, (1, 1, 1)), (5, (0, 1, 1)), (6, (0, 0, 1))])
def test_hits_count_the_first_passage_that_meets(rank: int, hits: tuple[int, ...]) -> None:
    places = (*(ELSEWHERE,) * (rank - 1), HERE, HERE)
    got = figures(result=dataclasses.replace(RIGHT, retrieved=places))
    assert tuple(got[f"hit@{k}"] for k in (1, 5, 10)) == hits
    assert got["mrr"] == 1 / rank


def test_an_eleventh_passage_is_not_counted() -> None:
    got = figures(result=dataclasses.replace(RIGHT, retrieved=(*(ELSEWHERE,) * 10, HERE)))
    assert (got["hit@10"], got["mrr"]) == (0, 0)


@pytest.mark.parametrize(
    ("first", "last", "met"),
    [
        (22, 30, True),
        (23, 30, False),
        (1, 19, False),
        (1, 20, True),
        (10, 50, True),
        (10, 51, False),
    ],
)
def test_a_passage_meets_by_one_line_and_only_when_short(first: int, last: int, met: bool) -> None:
    place = Place(doc="한빛시", first_line=first, last_line=last)
    assert meets(place, GOLD.evidence) is met


def test_a_passage_of_another_report_or_without_lines_does_not_meet() -> None:
    assert not meets(Place(doc="온빛", first_line=20, last_line=20), GOLD.evidence)
    assert not meets(Place(doc="한빛시", first_line=None, last_line=None), GOLD.evidence)


@pytest.mark.parametrize(
    ("kind", "length", "right"),
    [("fact", 200, 1), ("fact", 201, 0), ("list", 500, 1), ("list", 501, 0)],
)
def test_an_answer_that_is_too_long_is_wrong(kind: str, length: int, right: int) -> None:
    gold = dataclasses.replace(GOLD, type=kind)
    long = dataclasses.replace(RIGHT, answer="7,830명".ljust(length, "."))
    assert figures(gold, long)["right"] == right


def test_a_right_answer_that_cites_another_place_is_not_ok() -> None:
    citation = dataclasses.replace(CITED, place=ELSEWHERE, section=("Ⅲ. 다른 곳",))
    got = figures(result=dataclasses.replace(RIGHT, citations=(citation,)))
    assert (got["right"], got["cited"], got["section"], got["ok"]) == (1, 0, 0, 0)


def test_only_the_first_citation_counts_as_cited_but_any_as_backing() -> None:
    other = dataclasses.replace(CITED, place=ELSEWHERE, quote="없는 말")
    got = figures(result=dataclasses.replace(RIGHT, citations=(other, CITED)))
    assert (got["cited"], got["ok"], got["grounded"]) == (0, 1, 0.5)


def test_a_refusal_of_an_answerable_question() -> None:
    got = figures(result=Result())
    assert (got["refused"], got["right"], got["ok"], got["grounded"]) == (1, 0, 0, None)


def test_an_unanswerable_question_is_measured_by_its_refusal_alone() -> None:
    refused, answered = figures(UNANSWERABLE, Result()), figures(UNANSWERABLE)
    assert {name for name, value in refused.items() if value is not None} == {"ok", "abstained"}
    assert (refused["ok"], refused["abstained"]) == (1, 1)
    assert (answered["ok"], answered["abstained"], answered["grounded"]) == (0, 0, 1)


@pytest.mark.parametrize(
    ("gold", "result", "reason"),
    [
        (UNANSWERABLE, RIGHT, "거절해야 할"),
        (GOLD, Result(error="모델이 답하지 않았습니다"), "오류: 모델이"),
        (GOLD, Result(retrieved=(ELSEWHERE,)), "찾지 못했습니다"),
        (GOLD, Result(retrieved=(ELSEWHERE, HERE)), "2번째로 찾고도 거절"),
        (GOLD, dataclasses.replace(RIGHT, citations=()), "다른 곳을 인용"),
        (GOLD, dataclasses.replace(RIGHT, answer="1,000명"), "답이 다르거나"),
    ],
)
def test_the_stage_that_lost_a_question_is_named(gold: Gold, result: Result, reason: str) -> None:
    assert reason in lost_at(Case(gold=gold, result=result, sources={}))


def test_a_run_is_the_mean_of_its_questions_by_type() -> None:
    listed = dataclasses.replace(GOLD, type="list")
    pairs = [(GOLD, RIGHT), (GOLD, Result()), (listed, RIGHT), (UNANSWERABLE, Result(error="x"))]
    cases = [Case(gold=gold, result=result, sources={}) for gold, result in pairs]
    summary = summarize(cases)
    assert summary.overall.means["ok"] == 3 / 4
    assert summary.overall.means["right"] == 2 / 3
    assert summary.overall.means["mrr"] == pytest.approx((1 / 2 + 0 + 1 / 2) / 3)
    assert "grounded" not in summary.overall.means
    by_type = {row.name: (row.count, row.means["ok"]) for row in summary.by_type}
    assert by_type == {"fact": (2, 0.5), "list": (1, 1), "unanswerable": (1, 1)}
    assert summary.errors == 1


def test_percentiles_are_times_that_were_taken() -> None:
    times = [second / 1000 for second in range(1, 101)]
    assert latency(times) == {"p50_ms": pytest.approx(51), "p95_ms": pytest.approx(96)}
    assert latency([0.25]) == {"p50_ms": 250, "p95_ms": 250}
    assert latency([]) == {}


def _write(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


def test_a_result_line_may_lack_all_but_its_id(tmp_path: Path) -> None:
    path = _write(
        tmp_path / "r.jsonl", {"id": "가"}, {"id": "나", "answer": None, "citations": None}
    )
    empty = Result(abstained=False)
    assert read_results(path) == {"가": empty, "나": empty}


def test_a_question_that_was_not_asked_counts_as_refused_and_is_told(tmp_path: Path) -> None:
    sample = json.loads((SAMPLES / "questions.jsonl").read_text(encoding="utf-8").split("\n")[0])
    gold = _write(tmp_path / "g.jsonl", sample, {**sample, "id": "다른 질문"})
    results = _write(tmp_path / "r.jsonl", {"id": sample["id"], "answer": sample["answer"]})
    [run] = score_files([results], gold=gold)
    assert (run.summary.missing, run.summary.overall.means["refused"]) == (1, 0.5)


def test_results_of_other_questions_are_refused(tmp_path: Path) -> None:
    results = _write(tmp_path / "r.jsonl", {"id": "없는 질문"})
    with pytest.raises(RagError, match="맞는 id가 없습니다"):
        score_files([results], gold=SAMPLES / "questions.jsonl")


def test_a_folder_without_reports_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RagError, match="--reports"):
        load_sources(tmp_path)


def test_figures_agree_with_the_reference_scorer(tmp_path: Path) -> None:
    """On results that are right, wrong, long, empty, misquoted and missing, by a fixed dice."""
    if not SCORE.exists():
        pytest.skip("the reference scorer is not beside this checkout")
    gold, results = SAMPLES / "questions.jsonl", tmp_path / "r.jsonl"
    items = [json.loads(line) for line in gold.read_text(encoding="utf-8").split("\n") if line]
    dice = random.Random(7)
    _write(results, *(_rolled(item, dice) for item in items if dice.random() < 0.95))
    files = [*map(str, (SCORE, gold, results)), "--json", "--reports", str(SAMPLES)]
    done = subprocess.run(
        [sys.executable, *files], capture_output=True, check=True, encoding="utf-8"
    )
    [run] = score_files([results], gold=gold, reports=SAMPLES)
    ours = run.summary.as_json()
    assert ours["ALL"].pop("errors") == 0
    assert ours == json.loads(done.stdout)


def _rolled(item: dict[str, list[dict[str, object]]], dice: random.Random) -> dict[str, object]:
    said = " ".join(str(dice.choice(list(group))) for group in item["must_include"])
    places = [_place(item, dice) for _ in range(10)]
    return {
        "id": item["id"],
        "answer": dice.choice([said, said + ".5", "모" * 300 + said, item["answer"], ""]),
        "abstained": dice.random() < 0.2,
        "citations": [
            {**place, "section": item["section"], "quote": dice.choice(["예산", "사업 … 원"])}
            for place in places[: dice.randint(0, 3)]
        ],
        "retrieved": places,
        "seconds": dice.random(),
    }


def _place(item: dict[str, list[dict[str, object]]], dice: random.Random) -> dict[str, object]:
    if item["evidence"] and dice.random() < 0.3:
        return {key: item["evidence"][0][key] for key in ("doc", "line_start", "line_end")}
    first = dice.randint(1, 100)
    return {"doc": "hanbit_2024_plan", "line_start": first, "line_end": first + dice.randint(0, 50)}
