from __future__ import annotations

import pytest

from rag.grounds import GROUNDS, grounds, is_strange
from rag.learned import Judge, learned
from rag.question import analyse
from rag.ranking import Scored
from rag.signals import SIGNALS
from tests.made import cell, chunk, scored, statement

PASSAGE = chunk("- 소요예산 : 57,229백만원", title="2024년 추진계획")
SAID = statement("- 소요예산 : 57,229백만원")


def _best(score: float = 10.0, **signals: float) -> Scored:
    return scored(SAID, score, passage=PASSAGE, signals={"strange_near": 0.0, **signals})


def _grounds(question: str, *ranked: Scored) -> dict[str, float]:
    asked = analyse(question)
    rarity = {token: 7.0 if token == "수영장" else 1.0 for token in asked.tokens}
    return grounds(asked, ranked or [_best()], rarity=rarity, home=-1.0, close=0.5, read=2.0)


def test_every_ground_is_told_and_every_weight_is_of_one() -> None:
    told = _grounds("소요예산은 얼마인가요?")
    assert told.keys() == GROUNDS.keys()
    assert learned().plain.weights.keys() == GROUNDS.keys()
    assert learned().strange.weights.keys() <= GROUNDS.keys()
    assert learned().statement.keys() == SIGNALS.keys()


def test_nouns_that_neither_statement_nor_heading_names_weigh_by_their_rarity() -> None:
    asked = "새싹 일자리의 수영장 예산은 얼마인가요?"
    told = _grounds(asked)
    mass = len(analyse(asked).tokens) - 1 + 7.0
    assert told["unnamed"] == pytest.approx(7.0 / mass)


def test_nouns_that_only_another_passage_holds_are_elsewhere() -> None:
    asked = "수영장 예산은 얼마인가요?"
    mass = len(analyse(asked).tokens) - 1 + 7.0
    other = scored(
        SAID, 5.0, passage=chunk("- 수영장 개장", number=2), signals={"strange_near": 0.0}
    )
    assert _grounds(asked, _best(), other)["elsewhere"] == pytest.approx(7.0 / mass)
    assert _grounds(asked)["elsewhere"] == 0.0
    own = scored(SAID, 10.0, passage=chunk("- 수영장 개장"), signals=_best().signals)
    assert _grounds(asked, own)["elsewhere"] == 0.0
    assert [_grounds(asked, *ranked)["nearby"] for ranked in ((_best(), other), (own,), ())] == [
        1.0,
        1.0,
        0.0,
    ]


def test_what_is_asked_of_it_must_be_named() -> None:
    assert _grounds("새싹 일자리의 월급은 얼마인가요?")["aspect"] == 1.0
    assert _grounds("새싹 일자리의 소요예산은 얼마인가요?")["aspect"] == 0.0


@pytest.mark.parametrize(("year", "same"), [(1.0, 1.0), (0.3, 0.3), (0.0, 0.0), (-0.7, 0.0)])
def test_the_year_asked_for_speaks_for_it(year: float, same: float) -> None:
    assert _grounds("2024년 소요예산은 얼마인가요?", _best(year=year))["same_year"] == same


def test_a_cell_whose_row_another_row_outdoes_is_told_from_a_line() -> None:
    cell_ = scored(cell("3,640", "예산", "해솔관"), 9.0, passage=PASSAGE, signals={"row": -0.4})
    told = _grounds("새빛관 예산은 얼마인가요?", cell_)
    assert (told["cell"], told["row"]) == (1.0, -0.4)
    assert (_grounds("예산은 얼마인가요?")["cell"], _grounds("예산은?")["row"]) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("question", "ground"),
    [
        ("버스는 몇 대인가요?", "counts"),
        ("어디에 짓나요?", "names"),
        ("추진배경이 궁금합니다", "open"),
    ],
)
def test_what_is_asked_for_is_a_ground(question: str, ground: str) -> None:
    told = _grounds(question)
    assert {one for one in ("counts", "names", "open") if told[one]} == {ground}


def test_the_nouns_of_a_question_are_counted() -> None:
    assert _grounds("새싹 일자리의 소요예산은?")["nouns"] == pytest.approx(0.4)


def test_the_lead_is_over_the_best_of_another_section() -> None:
    elsewhere = scored(
        SAID, 7.5, passage=chunk("다른 절", section=("Ⅲ. 결산",)), signals={"strange_near": 0.0}
    )
    ranked = (_best(10.0), _best(9.5), elsewhere)
    assert _grounds("소요예산은 얼마인가요?", *ranked)["margin"] == 2.5
    assert _grounds("소요예산은 얼마인가요?", _best(10.0))["margin"] == 8.0


def test_a_question_in_other_words_is_known_by_its_signal() -> None:
    assert is_strange([_best(strange_near=2.1)])
    assert not is_strange([_best()])


def test_a_judge_is_a_logistic_regression() -> None:
    judge = Judge(weights={"score": 2.0, "misfit": -3.0}, bias=-1.0, threshold=0.5)
    assert judge.confidence({"score": 0.5, "misfit": 0.0, "home": 9.0}) == pytest.approx(0.5)
    assert judge.confidence({"score": 2.0, "misfit": 1.0}) == pytest.approx(0.5)
    assert 0 < judge.confidence({"score": -9.0, "misfit": 1.0}) < 0.001
