"""Evidence told by a quote or a page, found in the texts at hand."""

from __future__ import annotations

import dataclasses

import pytest

from eval.cases import Case, gold_pages, meets, meets_one
from eval.dataset import Evidence, Question
from eval.locate import NOWHERE, located
from eval.results import Place, Result
from eval.sources import Source
from rag.errors import RagError
from tests.scored import bare_gold

LINES = ("계획", "총 7,830명", "- 소요예산 : 5,600", "백만원('24년)", "총 7,830명", "<b>끝</b>")
SOURCE = Source(id="한빛_1", title="계획", lines=LINES, pages=(1, 1, 1, 2, 2, 3))
PLAIN = dataclasses.replace(SOURCE, id="온빛", pages=())
SOURCES = {"한빛_1": SOURCE, "온빛": PLAIN}


GOLD = bare_gold(answer="", must_include=())


def found(evidence: Evidence, *, by_quote: bool = False) -> Evidence:
    gold = dataclasses.replace(
        GOLD,
        evidence=(evidence,),
    )
    [item] = located([gold], SOURCES, by_quote=by_quote)
    return item.evidence[0]


@pytest.mark.parametrize(
    ("quote", "places"),
    [
        ("총7,830 명", ((2, 2), (5, 5))),
        ("소요예산 : 5,600백만원", ((3, 4),)),
        ("<p>끝</p>", ((6, 6),)),
        ("소요예산 … 백만원", ((3, 3),)),
        ("7,83명", (NOWHERE,)),
        ("", ()),
    ],
    ids=["twice", "over two lines", "tags", "left out", "nowhere", "empty"],
)
def test_a_quote_is_found_wherever_it_stands(quote: str, places: tuple[object, ...]) -> None:
    assert found(Evidence(doc="한빛", quote=quote)).places == places


def test_a_quote_is_looked_for_on_its_page_when_it_stands_there() -> None:
    assert found(Evidence(doc="한빛", quote="총 7,830명", page=2)).places == ((5, 5),)
    # A wrong page does not lose the quote.
    assert found(Evidence(doc="한빛", quote="총 7,830명", page=3)).places == ((2, 2), (5, 5))


def test_a_page_stands_for_its_lines() -> None:
    evidence = found(Evidence(doc="한빛", page=2))
    assert evidence.places == ((4, 5),)
    assert meets(Place(doc="한빛_1", first_line=5, last_line=6, page=2), [evidence])
    assert not meets(Place(doc="한빛_1", first_line=6, last_line=6, page=2), [evidence])


def test_a_page_that_no_text_tells_is_compared_by_its_number() -> None:
    evidence = found(Evidence(doc="온빛", page=2))
    assert meets(Place(doc="온빛", first_line=90, last_line=91, page=2), [evidence])
    assert not meets(Place(doc="온빛", first_line=1, last_line=2, page=1), [evidence])


def test_a_quote_that_stands_nowhere_is_met_by_nothing() -> None:
    evidence = found(Evidence(doc="한빛", quote="없는 말"))
    assert evidence.places == (NOWHERE,)
    assert not meets(Place(doc="한빛_1", first_line=1, last_line=6, page=1), [evidence])


def test_lines_stand_unless_quotes_are_wanted() -> None:
    told = Evidence(doc="한빛", places=((1, 1),), quote="소요예산")
    assert found(told).places == ((1, 1),)
    assert found(told, by_quote=True).places == ((3, 3),)
    assert found(dataclasses.replace(told, quote=""), by_quote=True).places == ((1, 1),)


def test_a_report_named_whole_is_not_another_that_begins_alike() -> None:
    sources = {"한빛_1": SOURCE, "한빛_10": dataclasses.replace(SOURCE, id="한빛_10")}
    both = (Evidence(doc="한빛_1", places=((2, 2),)), Evidence(doc="한빛", places=((2, 2),)))
    [item] = located([dataclasses.replace(GOLD, evidence=both)], sources)
    there = Place(doc="한빛_10", first_line=2, last_line=2)
    assert [meets(there, [one]) for one in item.evidence] == [False, True]


def test_a_line_far_beyond_the_end_costs_no_time() -> None:
    gold = dataclasses.replace(GOLD, evidence=(Evidence(doc="한빛", places=((6, 10**12),)),))
    assert gold_pages(Case(gold=gold, result=Result(), sources=SOURCES)) == (frozenset((3,)),)


def test_a_whole_document_is_met_by_any_of_its_passages() -> None:
    evidence = found(Evidence(doc="한빛"))
    assert meets_one(Place(doc="한빛_1", first_line=None, last_line=None), evidence)
    exact = dataclasses.replace(evidence, whole_id=True)
    assert not meets_one(Place(doc="한빛_1", first_line=1, last_line=2), exact)


def test_a_quote_without_any_text_to_find_it_in_is_an_error_with_its_cure() -> None:
    gold = dataclasses.replace(
        GOLD,
        question=Question(id="가-1", text="?"),
        evidence=(Evidence(doc="한빛", quote="총 7,830명"),),
    )
    with pytest.raises(RagError, match=r"`가-1`의 근거는 인용문뿐이어서.*--index로"):
        located([gold], {})
