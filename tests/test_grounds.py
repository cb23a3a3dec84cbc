from __future__ import annotations

import pytest

from rag.grounds import GROUNDS, grounds, is_strange, named_in
from rag.learned import Judge, learned
from rag.question import analyse
from rag.ranking import Scored
from rag.signals import SIGNALS
from tests.made import chunk, scored, statement

PASSAGE = chunk("- 소요예산 : 57,229백만원", title="2024년 추진계획")
SAID = statement("- 소요예산 : 57,229백만원")


def _best(**signals: float) -> Scored:
    return scored(SAID, 10.0, passage=PASSAGE, signals={"strange_near": 0.0, **signals})


def _grounds(question: str, **signals: float) -> dict[str, float]:
    asked = analyse(question)
    rarity = {token: 7.0 if token == "수영장" else 1.0 for token in asked.tokens}
    return grounds(asked, _best(**signals), rarity=rarity, read=2.0)


def test_every_ground_is_told_and_every_weight_is_of_one() -> None:
    told = _grounds("소요예산은 얼마인가요?")
    assert told.keys() == GROUNDS.keys()
    assert learned().judge.weights.keys() == GROUNDS.keys()
    assert learned().statement.keys() == SIGNALS.keys()


def test_nouns_that_neither_statement_nor_heading_names_weigh_by_their_rarity() -> None:
    asked = "새싹 일자리의 수영장 예산은 얼마인가요?"
    told = _grounds(asked)
    mass = len(analyse(asked).tokens) - 1 + 7.0
    assert told["unnamed"] == pytest.approx(7.0 / mass)


@pytest.mark.parametrize(("year", "same"), [(1.0, 1.0), (0.3, 0.3), (0.0, 0.0), (-0.7, 0.0)])
def test_the_year_asked_for_speaks_for_it(year: float, same: float) -> None:
    assert _grounds("2024년 소요예산은 얼마인가요?", year=year)["same_year"] == same


@pytest.mark.parametrize(
    ("noun", "text", "expected"),
    [
        ("요금", "기본 요 금 : 1300원", True),
        ("물빛축재", "물빛축제 5월", True),
        ("월급", "운전기사 3명", False),
        ("실업률", "취업률 77%", False),
        ("사고", "사업 고시", False),
    ],
    ids=["letter-spaced", "mistyped", "missing", "alike", "across-words"],
)
def test_whether_a_text_names_it(noun: str, text: str, expected: bool) -> None:
    assert named_in(noun, text) is expected


def test_a_question_in_other_words_is_known_by_its_signal() -> None:
    assert is_strange([_best(strange_near=2.1)])
    assert not is_strange([_best()])


def test_a_judge_is_a_logistic_regression() -> None:
    judge = Judge(weights={"score": 2.0, "misfit": -3.0}, bias=-1.0, threshold=0.5)
    assert judge.confidence({"score": 0.5, "misfit": 0.0, "more": 9.0}) == pytest.approx(0.5)
    assert judge.confidence({"score": 2.0, "misfit": 1.0}) == pytest.approx(0.5)
    assert 0 < judge.confidence({"score": -9.0, "misfit": 1.0}) < 0.001
