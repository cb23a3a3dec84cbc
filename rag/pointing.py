"""Whether a statement is about what is asked, so much that its figures may be computed with."""

from __future__ import annotations

import re

from rag.korean import fold, tagged, tokenize
from rag.question import Question
from rag.ranking import Scored
from rag.reduced import MEASURE

_YEAR = re.compile(r"20[0-3]\d")
_NEAR, _NEARLY_ALL = 1.5, 0.8  # closeness, and share of a question's idf mass
_TOLD = 0.6  # of the words of a name
_DOCUMENTS = frozenset(("보고서", "계획서", "보고", "업무", "업무계획", "계획", "자료"))
_SAID_ALSO = {"예산": re.compile("예산|사업비|재원"), "사업비": re.compile("예산|사업비|재원")}
_UNSAID = re.compile(r"금액|총액|규모|실적|목표|계획|인원|물량|\S*[비수량]")  # reports leave it out


def to_the_point(question: Question, one: Scored, least: float) -> bool:
    """Whether it is so much about the question that its figures may be computed with."""
    own = (*one.hit.chunk.section[-1:], *one.statement.context, one.statement.text)
    said = fold(" ".join(own))
    measures = [
        token
        for token in question.tokens
        if token in _SAID_ALSO or (MEASURE.fullmatch(token) and not _UNSAID.fullmatch(token))
    ]
    covered = one.signals["words"] + one.signals["section"]
    return covered >= least and all(
        _SAID_ALSO.get(measure, re.compile(re.escape(measure))).search(said) for measure in measures
    )


def near(one: Scored) -> bool:
    """Whether it is close in meaning, or holds nearly all that is asked about."""
    held = one.signals["words"] + one.signals["section"]
    return one.signals["near"] >= _NEAR or held >= _NEARLY_ALL


def tells(one: Scored, names: frozenset[str]) -> bool:
    """Whether it tells most of what a part is called."""
    about = _about(one)
    return sum(_holds(about, name) for name in names) >= _TOLD * len(names)


def _holds(text: str, name: str) -> bool:
    """Whether a folded text has the name; a figure, whole."""
    if name.isdigit():
        return re.search(rf"(?<!\d){name}(?!\d)", text) is not None
    return name in text


def _about(one: Scored) -> str:
    """A statement with all that stands above it, as it is compared."""
    above = (one.hit.chunk.report_title, *one.hit.chunk.section, *one.statement.context)
    return fold(" ".join((*above, one.statement.text)))


def row_named(one: Scored, names: frozenset[str]) -> int:
    if one.statement.kind != "cell":
        return 0
    labels = fold(" ".join(one.statement.context[-2:]))
    return sum(_holds(labels, name) for name in names)


def names_in(name: str) -> frozenset[str]:
    """The morphemes of a name, figures too, years not."""
    return frozenset(
        token
        for token in tokenize(name)
        if (len(token) > 1 or token.isdigit())
        and not _YEAR.fullmatch(token)
        and token not in _DOCUMENTS
    )


def specific(question: Question) -> frozenset[str]:
    """The question's nouns that name a thing, not what is measured of it."""
    return frozenset(
        token.form
        for token in tagged(question.text)
        if token.tag in ("NNG", "NNP", "SL", "XR")
        and len(token.form) > 1
        and token.form not in _DOCUMENTS
        and not MEASURE.fullmatch(token.form)
        and not token.form.startswith("얼마")
    )
