"""Every figure against a value worked out by hand."""

from __future__ import annotations

import dataclasses
import json
import random
import subprocess
import sys
from math import log2
from pathlib import Path

import pytest

from eval.cases import Case, meets
from eval.dataset import Evidence, Gold, Question
from eval.metrics import METRICS, score_cases
from eval.quantities import support
from eval.results import Cited, Place, Result, read_results
from eval.sources import Source, sources_in
from eval.stages import Stage, lost_at, why_lost
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
    evidence=(Evidence(doc="한빛", places=((20, 22),), quote="7,830명"),),
)
UNANSWERABLE = dataclasses.replace(
    GOLD, type="unanswerable", answerable=False, answer="", must_include=(), evidence=()
)
HERE = Place(doc="한빛시", first_line=18, last_line=20, page=2)
ELSEWHERE = Place(doc="한빛시", first_line=23, last_line=30, page=3)
CITED = Cited(place=HERE, section=("Ⅱ. 계획", "□ 사업개요"), quote="총 7,830명")
RIGHT = Result(
    answer="총 7,830명입니다.", abstained=False, citations=(CITED,), retrieved=(ELSEWHERE, HERE)
)
LINES = (*("",) * 17, "목표", "총 7,830명", "(시 1,000명)", "", "")  # lines 1 to 22
SOURCES = {"한빛시": Source(id="한빛시", title="계획", lines=LINES, pages=(1,) * 10 + (2,) * 12)}


def figures(gold: Gold = GOLD, result: Result = RIGHT) -> dict[str, float | None]:
    [scored] = score_cases([Case(gold=gold, result=result, sources=SOURCES)])
    return {metric.name: scored.values.get(metric.name) for metric in METRICS}


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
    assert {name: value for name, value in refused.items() if value is not None} == {
        "ok": 1,
        "abstained": 1,
        "refusal_p": 1,
    }
    assert (answered["ok"], answered["abstained"], answered["grounded"]) == (0, 0, 1)


@pytest.mark.parametrize(
    ("gold", "result", "stage", "reason"),
    [
        (UNANSWERABLE, RIGHT, Stage.NOT_REFUSED, "거절해야 할"),
        (GOLD, Result(error="모델이 답하지 않았습니다"), Stage.ERROR, "오류: 모델이"),
        (GOLD, Result(retrieved=(ELSEWHERE,)), Stage.NOT_RETRIEVED, "찾지 못했습니다"),
        (GOLD, Result(retrieved=(ELSEWHERE, HERE)), Stage.REFUSED, "2번째로 찾고도 거절"),
        (GOLD, dataclasses.replace(RIGHT, citations=()), Stage.NOT_CHOSEN, "다른 곳을 인용"),
        (GOLD, dataclasses.replace(RIGHT, answer="1,000명"), Stage.MISREAD, "답이 다르거나"),
        (dataclasses.replace(GOLD, evidence=()), Result(), Stage.REFUSED, "답이 있는데 거절"),
        (
            dataclasses.replace(GOLD, evidence=()),
            dataclasses.replace(RIGHT, answer="1,000명"),
            Stage.WRONG,
            "답이 다르거나",
        ),
        (GOLD, RIGHT, None, ""),
    ],
)
def test_the_stage_that_lost_a_question_is_named(
    gold: Gold, result: Result, stage: Stage | None, reason: str
) -> None:
    case = Case(gold=gold, result=result, sources={})
    assert (lost_at(case), reason in why_lost(case)) == (stage, True)


TWO = dataclasses.replace(
    GOLD,
    type="compare",
    evidence=(*GOLD.evidence, Evidence(doc="한빛", places=((5, 5),), grade=2)),
)


def test_recall_counts_each_piece_of_evidence_and_ndcg_its_grade() -> None:
    places = (ELSEWHERE, HERE, HERE, Place(doc="한빛시", first_line=1, last_line=9))
    got = figures(TWO, dataclasses.replace(RIGHT, retrieved=places[:3]))
    assert (got["recall@5"], got["recall@10"]) == (1 / 2, 1 / 2)
    # Found: grade 1 at rank 2, not again at rank 3. Best: grade 2 at rank 1, grade 1 at rank 2.
    best = 2 / log2(2) + 1 / log2(3)
    assert got["ndcg@10"] == pytest.approx((1 / log2(3)) / best)
    got = figures(TWO, dataclasses.replace(RIGHT, retrieved=places))
    assert got["recall@5"] == 1
    assert got["ndcg@10"] == pytest.approx((1 / log2(3) + 2 / log2(5)) / best)


def test_recall_counts_evidence_and_not_the_passages_that_hold_it() -> None:
    three = dataclasses.replace(
        GOLD, evidence=tuple(Evidence(doc="한빛", places=((n, n),)) for n in (1, 2, 50))
    )
    both = Place(doc="한빛시", first_line=1, last_line=2)
    each = tuple(Place(doc="한빛시", first_line=n, last_line=n) for n in (1, 2))
    for places in ((both,), each):
        got = figures(three, dataclasses.replace(RIGHT, retrieved=places))
        assert got["recall@5"] == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("answer", "evidence", "share"),
    [
        ("57,229백만원(약 572억 원)입니다. [1]", "- 소요예산 : 57,229백만원", 1),
        ("약 570억 원입니다.", "57,229백만원", 1),
        ("약 560억 원입니다.", "57,229백만원", 0),
        ("572억여 원입니다.", "57,229백만원", 1),
        ("571억여 원입니다.", "57,229백만원", 0),
        ("572억 원입니다.", "57,229백만원", 0),  # not said to be rounded
        ("100㎡입니다.", "면적 100", 1),
        ("19,000㎥, 3.2㎢입니다.", "19,000 / 3,200,000㎡", 1),
        ("2025년 3월 5일입니다.", "'25. 3. 5.", 1),
        ("2025년 3월입니다.", "'25.3월 ~ 12월", 1),
        ("1. 3개소\n2. 5개소", "3개소, 5개소", 1),
        ("1,2,3동", "1동, 2동, 3동", 1),
        ("12.4%입니다.", "10,100 (12.4%)", 1),
        ("-12명입니다.", "△12", 1),
        ("17,830명", "7,830명", 0),
        ("14조 3,143억원", "일반회계\t14조 3,143", 1),
        ("2025개입니다.", "[2025]", 1),
    ],
)
def test_a_figure_counts_as_supported_by_its_value(
    answer: str, evidence: str, share: float
) -> None:
    assert support(answer, evidence) == share


def test_a_question_that_found_nothing_counts_as_zero() -> None:
    got = figures(result=Result())
    assert [got[name] for name in ("hit@10", "recall@10", "mrr", "ndcg@10")] == [0, 0, 0, 0]


def test_pages_are_counted_by_citation_and_by_evidence() -> None:
    cited = (CITED, dataclasses.replace(CITED, place=ELSEWHERE))
    got = figures(TWO, dataclasses.replace(RIGHT, citations=cited))
    # Evidence stands on pages 2 and 1; pages 2 and 3 are cited.
    assert (got["page_p"], got["page_r"]) == (1 / 2, 1 / 2)


def test_pages_that_are_not_known_are_not_measured() -> None:
    [scored] = score_cases([Case(gold=GOLD, result=RIGHT, sources={})])
    assert not {"page_p", "page_r", "grounded"} & scored.values.keys()


def test_the_share_of_citations_in_the_right_section_is_their_precision() -> None:
    other = dataclasses.replace(CITED, section=("Ⅲ. 다른 곳",))
    got = figures(result=dataclasses.replace(RIGHT, citations=(CITED, other)))
    assert (got["section"], got["section_p"]) == (1, 1 / 2)


def test_a_figure_of_the_answer_must_stand_in_what_is_cited() -> None:
    assert figures()["numbers"] == 1
    got = figures(result=dataclasses.replace(RIGHT, answer="7,830명, 1,200명입니다. [1]"))
    assert got["numbers"] == 1 / 2


def test_a_right_refusal_and_a_wrong_one_are_the_precision_of_refusing() -> None:
    assert (figures(result=Result())["refusal_p"], figures()["refusal_p"]) == (0, None)


def test_gold_without_evidence_or_answer_measures_what_it_tells() -> None:
    got = figures(dataclasses.replace(GOLD, evidence=(), section=()))
    assert (got["ok"], got["hit@5"], got["cited"], got["section"]) == (1, None, None, None)
    got = figures(dataclasses.replace(GOLD, must_include=(), answer=""))
    assert (got["ok"], got["right"], got["f1"], got["hit@5"], got["cited"]) == (
        *(None, None, None),
        *(1, 1),
    )


def test_a_benchmark_of_documents_measures_retrieval_alone() -> None:
    whole = Evidence(doc="가", whole_id=True)
    gold = dataclasses.replace(GOLD, answer="", must_include=(), section=(), evidence=(whole,))
    places = tuple(Place(doc=doc, first_line=1, last_line=90) for doc in ("가나", "나", "나", "가"))
    got = figures(gold, Result(abstained=False, retrieved=places))
    # The same document twice takes one place of the ranking.
    assert {name for name, value in got.items() if value is not None} == {
        *("hit@1", "hit@5", "hit@10", "recall@5", "recall@10", "mrr", "ndcg@10"),
    }
    assert got["hit@1"] == 0
    assert got["mrr"] == pytest.approx(1 / 3)


def test_a_run_is_the_mean_of_its_questions_by_type() -> None:
    listed = dataclasses.replace(GOLD, type="list")
    pairs = [(GOLD, RIGHT), (GOLD, Result()), (listed, RIGHT), (UNANSWERABLE, Result(error="x"))]
    cases = [Case(gold=gold, result=result, sources={}) for gold, result in pairs]
    summary = summarize(score_cases(cases))
    assert summary.overall.means["ok"] == 3 / 4
    assert summary.overall.means["right"] == 2 / 3
    assert summary.overall.means["mrr"] == pytest.approx((1 / 2 + 0 + 1 / 2) / 3)
    assert "grounded" not in summary.overall.means
    by_type = {row.name: (row.count, row.means["ok"]) for row in summary.by_type}
    assert by_type == {"fact": (2, 0.5), "list": (1, 1), "unanswerable": (1, 1)}
    assert [(row.name, row.count) for row in summary.by_report] == [("한빛", 3)]
    assert [(row.name, row.count) for row in summary.by_length] == [("20자까지", 4)]
    assert summary.errors == 1


def test_percentiles_are_times_that_were_taken() -> None:
    times = [second / 1000 for second in range(1, 101)]
    assert latency(times) == pytest.approx({"p50_ms": 51, "p95_ms": 96, "p99_ms": 100})
    assert latency([0.25]) == {"p50_ms": 250, "p95_ms": 250, "p99_ms": 250}
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


@pytest.mark.parametrize("value", ["NaN", "1" * 401, "1.5", "-0.1", '"높음"'])
def test_a_confidence_that_is_none_is_refused(tmp_path: Path, value: str) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text(f'{{"id": "가", "confidence": {value}}}', encoding="utf-8")
    with pytest.raises(RagError, match=r"r\.jsonl 1행: `confidence` 항목에"):
        read_results(path)


def test_a_question_that_was_not_asked_counts_as_refused_and_is_told(tmp_path: Path) -> None:
    sample = json.loads((SAMPLES / "questions.jsonl").read_text(encoding="utf-8").split("\n")[0])
    gold = _write(tmp_path / "g.jsonl", sample, {**sample, "id": "다른 질문"})
    results = _write(tmp_path / "r.jsonl", {"id": sample["id"], "answer": sample["answer"]})
    [run] = score_files([results], gold=gold, sources={})
    assert (run.summary.missing, run.summary.overall.means["refused"]) == (1, 0.5)


def test_results_of_other_questions_are_refused(tmp_path: Path) -> None:
    results = _write(tmp_path / "r.jsonl", {"id": "없는 질문"})
    with pytest.raises(RagError, match="맞는 id가 없습니다"):
        score_files([results], gold=SAMPLES / "questions.jsonl", sources={})


def test_a_folder_without_reports_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RagError, match="--reports"):
        sources_in(tmp_path)


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
    [run] = score_files([results], gold=gold, sources=sources_in(SAMPLES))
    ours = run.summary.as_json()
    for name, theirs in json.loads(done.stdout).items():
        assert {key: ours[name][key] for key in theirs} == theirs


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
