"""Which texts the encoder learns to keep a question apart from."""

from __future__ import annotations

import random

from eval.learning.examples import QuestionSet
from training.examples import Mined, Row
from training.mining import mined


def _mined(questions: QuestionSet) -> Mined:
    """Each question ten times, so that each is learned both ways."""
    return mined([questions] * 10, random.Random(1))


def _rows(questions: QuestionSet) -> list[Row]:
    found = _mined(questions)
    return found.statements + found.passages


def test_only_what_is_answered_is_learned_from(question_set: QuestionSet) -> None:
    asked = {gold.question.text for gold in question_set.gold if gold.answerable}
    assert {row["anchor"] for row in _rows(question_set)} == asked


def test_a_question_goes_with_a_passage_or_a_statement_that_tells_the_answer(
    question_set: QuestionSet,
) -> None:
    told = {gold.question.text: gold.answer for gold in question_set.gold}
    rows = _rows(question_set)
    assert all(told[row["anchor"]] in row["positive"] for row in rows)


def test_statements_and_passages_are_kept_apart(question_set: QuestionSet) -> None:
    found = _mined(question_set)
    assert not any("\n" in row[text] for row in found.statements for text in row)
    assert all("\n" in row["positive"] for row in found.passages)
    assert (len(found.statements) > 0, len(found.passages) > 0) == (True, True)


def test_others_that_were_found_are_kept_apart_from_it(question_set: QuestionSet) -> None:
    found = _mined(question_set)
    for rows, texts in (found.statements, 3), (found.passages, 2):
        for row in rows:
            assert len(set(row.values()) - {row["anchor"]}) == texts, row
