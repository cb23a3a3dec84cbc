"""Two runs beside each other: paired differences, flips, and what a person sees of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from eval.__main__ import cli
from eval.cases import Case
from eval.compare import compare, difference
from eval.intervals import Interval, of_mean
from eval.metrics import Scored, score_cases
from eval.results import Result as Given
from eval.summary import ScoredRun, summarize
from tests.scored import bare_gold


def case(name: str, answer: str | None) -> Case:
    result = Given() if answer is None else Given(answer=answer, abstained=False)
    return Case(gold=bare_gold(name), result=result, sources={})


def scored_run(*answers: str | None) -> ScoredRun:
    scored = score_cases([case(f"q{at}", answer) for at, answer in enumerate(answers)])
    return ScoredRun(path=Path("r.jsonl"), scored=scored, summary=summarize(scored))


BEFORE = scored_run(*("7명",) * 6, "8명", "8명", None, None)
AFTER = scored_run(*("7명",) * 5, "8명", "7명", "7명", "7명", None)


def test_flipped_questions_stand_under_the_way_they_flipped() -> None:
    found = compare(BEFORE, AFTER)
    assert [after.gold.question.id for _, after in found.won] == ["q6", "q7", "q8"]
    assert [(a.result.answer, b.result.answer) for a, b in found.lost] == [("7명", "8명")]


def test_a_difference_is_taken_question_by_question() -> None:
    [ok] = [one for one in compare(BEFORE, AFTER).differences if one.name == "ok"]
    assert (ok.count, ok.before, ok.after) == (10, 0.6, 0.8)
    assert ok.change == pytest.approx(0.2)
    # Of ten questions three were won and one lost: no run of ten tells that apart from chance.
    assert (ok.interval.low < 0 < ok.interval.high, ok.is_sure) == (True, False)


def test_more_refusals_are_worse_and_fewer_are_better() -> None:
    many, none = scored_run(*(None,) * 20), scored_run(*("7명",) * 20)
    assert difference("refused", none.scored, many.scored).is_worse  # type: ignore[union-attr]
    assert not difference("refused", many.scored, none.scored).is_worse  # type: ignore[union-attr]
    assert difference("ok", none.scored, many.scored).is_worse  # type: ignore[union-attr]


def test_a_handful_of_questions_is_never_sure() -> None:
    # Three that all change one way do so by chance once in four.
    before, after = scored_run(*("7명",) * 3), scored_run(*(None,) * 3)
    [ok] = [one for one in compare(before, after).differences if one.name == "ok"]
    assert (ok.change, ok.is_sure, ok.is_worse) == (-1, False, False)


def test_only_questions_that_have_the_figure_in_both_runs_are_paired() -> None:
    def one(**values: float) -> Scored:
        return Scored(case=case("q", "7명"), values=values)

    found = difference("numbers", [one(numbers=1), one(), one(numbers=0)], [one(), one(), one()])
    assert found is None
    found = difference("numbers", [one(numbers=0), one()], [one(numbers=1), one(numbers=1)])
    assert found is not None
    assert (found.count, found.change, found.interval) == (1, 1, Interval(-1, 1))


def test_the_same_run_twice_differs_in_nothing() -> None:
    found = compare(BEFORE, BEFORE)
    assert {(one.change, one.interval) for one in found.differences} == {(0.0, Interval(0.0, 0.0))}
    assert (found.won, found.lost) == ((), ())


def test_an_interval_covers_the_middle_of_the_means_that_chance_would_give() -> None:
    # The mean of 400 coins has a standard deviation of .025: 1.96 of them on either side.
    interval = of_mean([0.0, 1.0] * 200)
    assert interval.low == pytest.approx(0.5 - 1.96 * 0.025, abs=0.006)
    assert interval.high == pytest.approx(0.5 + 1.96 * 0.025, abs=0.006)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    gold = [
        {"id": name, "question": "몇 명인가요?", "type": "fact", "answer": "7명"}
        for name in "가나다"
    ]
    before = [{"id": "가", "answer": "7명"}, {"id": "나", "answer": "8명"}, {"id": "다"}]
    after = [{"id": "가", "answer": "9명"}, {"id": "나", "answer": "7명"}, {"id": "다"}]
    for name, lines in (("gold", gold), ("before", before), ("after", after)):
        text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
        (tmp_path / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return tmp_path


def compared(folder: Path, *options: str) -> Result:
    files = [str(folder / "before.jsonl"), str(folder / "after.jsonl")]
    gold = ["--gold", str(folder / "gold.jsonl")]
    return CliRunner().invoke(cli, ["compare", *files, *gold, *options])


def test_both_answers_of_a_flipped_question_are_shown(folder: Path) -> None:
    shown = compared(folder).stdout
    assert "before.jsonl: 3문항\n뒤 " in shown
    assert (
        "맞게 된 문항 1개\n나 [사실] 몇 명인가요?\n   정답  7명\n   앞    8명\n   뒤    7명"
        in shown
    )
    assert "틀리게 된 문항 1개\n가 [사실]" in shown


def test_the_comparison_as_json_is_one_line(folder: Path) -> None:
    told = json.loads(compared(folder, "--json").stdout)
    assert (told["won"], told["lost"]) == (["나"], ["가"])
    assert told["differences"]["ok"]["change"] == 0


def test_gates_are_for_the_second_run(folder: Path) -> None:
    done = compared(folder, "--fail-under", "ok=.5")
    assert (done.exit_code, "after.jsonl): ok 0.3333 (기준 0.5 이상)" in done.stderr) == (1, True)
    assert compared(folder, "--fail-under", "ok=.3").exit_code == 0
    base = str(folder / "before.jsonl")
    assert compared(folder, "--no-worse-than", base).exit_code == 0
