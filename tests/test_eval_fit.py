"""What is learned from questions: weights that choose, a judge that tells right from wrong."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import typer

from eval.commands.fit import fit_command
from eval.dataset import load_gold
from eval.learning.examples import Choice, QuestionSet, Reply, choices, replies
from eval.learning.fit import fit, write
from eval.learning.models import (
    best_threshold,
    confidences,
    first_is_right,
    fit_answers,
    fit_statements,
)
from rag.grounds import GROUNDS
from rag.learned import learned
from rag.signals import SIGNALS


def _choice(*rows: tuple[float, float], right: int) -> Choice:
    chosen = np.array([at == right for at in range(len(rows))])
    return Choice(set="가", type="fact", signals=np.array(rows), right=chosen)


def _reply(score: float, *, right: bool, answerable: bool = True) -> Reply:
    return Reply(
        set="가",
        type="fact",
        grounds=np.array([score]),
        answerable=answerable,
        right=right,
    )


def test_the_signal_that_tells_gets_the_weight() -> None:
    examples = [_choice((1, 5), (0, 9), right=0), _choice((0, 7), (1, 2), (0, 9), right=1)]
    weights = fit_statements(examples)
    assert weights[0] > 0 > weights[1]
    assert first_is_right(examples, weights).all()
    assert not first_is_right(examples, -weights).any()


def test_an_answer_is_the_surer_the_better_its_grounds() -> None:
    examples = [_reply(score, right=score > 5) for score in range(10)]
    sure = confidences(examples, *fit_answers(examples))
    assert (np.diff(sure) > 0).all()
    assert sure[0] < 0.5 < sure[-1]


def test_of_right_answers_all_but_three_in_a_hundred_are_given() -> None:
    examples = [_reply(0.1, right=False, answerable=False)] * 50
    examples += [_reply(0.3 + at / 200, right=True) for at in range(101)]
    sure = np.array([one.grounds[0] for one in examples])
    assert best_threshold(examples, sure) == pytest.approx(0.315)


def test_the_statement_with_the_answer_is_the_right_one(question_set: QuestionSet) -> None:
    found = list(choices(question_set))
    assert [one.right.sum() for one in found] == [1, 1, 1]
    assert all(one.signals.shape == (len(one.right), len(SIGNALS)) for one in found)


def test_a_reply_is_judged_as_the_report_judges_it(question_set: QuestionSet) -> None:
    found = list(replies(question_set, learned().statement))
    assert [one.answerable for one in found] == [True, True, True, False]
    assert [one.right for one in found] == [True, True, True, False]
    assert all(one.grounds.shape == (len(GROUNDS),) for one in found)


@pytest.mark.parametrize(
    "question",
    [
        "2024년 새싹 일자리 사업의 소요예산은 인건비를 빼면 얼마인가요?",
        "2019년 새싹 일자리 사업의 소요예산은 얼마인가요?",
    ],
)
def test_what_is_refused_however_sure_is_not_for_the_judge(
    question_set: QuestionSet, question: str
) -> None:
    _, _, _, no_answer = question_set.gold
    gold = replace(no_answer, question=replace(no_answer.question, text=question))
    assert not list(replies(replace(question_set, gold=(gold,)), learned().statement))


def test_what_was_learned_is_written_as_the_program_reads_it(
    question_set: QuestionSet, tmp_path: Path
) -> None:
    path = tmp_path / "learned.json"
    fitted = fit([question_set])
    write(fitted, path)
    told = json.loads(path.read_text(encoding="utf-8"))
    assert told["statement"].keys() == SIGNALS.keys()
    assert told["judge"].keys() == {"weights", "bias", "threshold"}
    assert any(line.startswith("모두") for line in fitted.report)


def test_a_set_without_its_index_is_sent_back(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as ended:
        fit_command(["질문.jsonl"])
    assert ended.value.exit_code == 1
    assert "질문파일=색인폴더" in capsys.readouterr().err


def test_the_questions_about_our_reports_stand_on_the_lines_they_name() -> None:
    found = sorted((Path(__file__).parent.parent / "training" / "reports").glob("*.jsonl"))
    assert len(found) >= 15
    for report in found:
        printed = report.with_suffix(".txt").read_text(encoding="utf-8").split("\n")
        asked = load_gold(report)
        assert sum(not gold.answerable for gold in asked) >= 40, report
        for evidence in (one for gold in asked for one in gold.evidence):
            ((first, last),) = evidence.places
            assert evidence.quote in "\n".join(printed[first - 1 : last]), evidence
