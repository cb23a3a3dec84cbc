"""Whether a statement is about what is asked, so much that its figures may be computed with."""

from __future__ import annotations

import re

from rag.composing.words import MEASURE
from rag.korean import fold, tagged, tokenize
from rag.question import Question
from rag.ranking import Scored

_SUMS = re.compile(r"\S*(?:예산|사업비)|소요")
_YEAR = re.compile(r"20[0-3]\d")
_NEAR = 1.5  # closeness
_NEARLY_ALL, _MOST = 0.8, 0.5  # shares of a question's idf mass
_PARALLEL = 0.3  # of the idf mass, where the row is named
_SUM = re.compile(r"\d\s?[십백천]?[조억만]?원")
_OTHER_SUM = re.compile(r"매출|수입|수익|융자|부채|손익|[가-힣](?:[액료금]|비(?!율))(?![가-힣])")
_TOLD = 0.6  # of the words of a name
_DOCUMENTS = frozenset(("보고서", "계획서", "보고", "업무", "업무계획", "계획", "자료"))
_SAID_ALSO = {"예산": re.compile("예산|사업비|재원"), "사업비": re.compile("예산|사업비|재원")}
_UNSAID = re.compile(r"금액|총액|규모|실적|목표|계획|인원|물량|\S*[비수량]")  # reports leave it out
_TOTAL = re.compile(r"(?:합|총|소)?\s?계|전\s?체|총\s?액")


def to_the_point(
    question: Question, one: Scored, least: float, *, name: str = "", alone: bool = False
) -> bool:
    """Whether it is so much about the question that its figures may be computed with.

    Less will do for a cell whose row has the name of the part that is asked for. A statement that
    tells the whole answer `alone` may tell of sums without saying that they are a budget.
    """
    own = (*one.hit.chunk.section[-2:], *one.statement.context, one.statement.text)
    said = fold(" ".join(own))
    measures = [
        token
        for token in question.tokens
        if token in _SAID_ALSO or (MEASURE.fullmatch(token) and not _UNSAID.fullmatch(token))
    ]
    named = row_named(one, names_in(name), 1) if name else 0
    least = min(least, _PARALLEL) if name and named == len(names_in(name)) > 0 else least
    return _held(question, one) >= least and all(
        _SAID_ALSO.get(measure, re.compile(re.escape(measure))).search(said)
        or (alone and measure in _SAID_ALSO and _is_sum(one.statement.text))
        for measure in measures
    )


def _is_sum(text: str) -> bool:
    """Whether a line tells a sum that it does not call anything else: `6,120명 25,890백만원`."""
    return _SUM.search(text) is not None and not _OTHER_SUM.search(text)


def _held(question: Question, one: Scored) -> float:
    """The share of the question that it holds; the body whose report it is need not be said."""
    title = fold(one.hit.chunk.report_title)
    titled = sum(token in title for token in question.tokens if not _YEAR.match(token))
    rest = len(question.tokens) - titled
    held = one.signals["words"] + one.signals["section"]
    return held * len(question.tokens) / rest if rest else held


def near(question: Question, one: Scored, names: frozenset[str]) -> bool:
    """Whether it is close in meaning, or holds nearly all that is asked about.

    A value of the kind asked for needs less, under headings that name the part in full.
    """
    held = _held(question, one)
    full = bool(names) and one.signals["fit"] > 0 and all(_holds(_about(one), n) for n in names)
    return one.signals["near"] >= _NEAR or held >= (_MOST if full else _NEARLY_ALL)


def tells(one: Scored, names: frozenset[str], share: float = _TOLD) -> bool:
    """Whether it tells most of what a part is called."""
    about = _about(one)
    return sum(_holds(about, name) for name in names) >= share * len(names)


def _holds(text: str, name: str) -> bool:
    """Whether a folded text has the name; a figure, whole."""
    if name.isdigit():
        return re.search(rf"(?<!\d){name}(?!\d)", text) is not None
    return name in text


def _about(one: Scored) -> str:
    """A statement with all that stands above it, as it is compared."""
    above = (one.hit.chunk.report_title, *one.hit.chunk.section, *one.statement.context)
    return fold(" ".join((*above, one.statement.text)))


def row_named(one: Scored, names: frozenset[str], last: int = 2) -> int:
    """How many of the names a cell's last labels have: both, or that of its row alone."""
    if one.statement.kind != "cell":
        return 0
    labels = fold(" ".join(one.statement.context[-last:]))
    return sum(_holds(labels, name) for name in names)


def names_in(name: str) -> frozenset[str]:
    """The morphemes of a name, figures too, years not; what has none, as it is written.

    >>> sorted(names_in("느티지구 2호점"))
    ['2', '느티', '지구', '호점']
    """
    found: set[str] = set()
    for word in fold(name).split():
        own = [token for token in tokenize(word) if token in word and _names(token)]
        start = word[: min((word.index(token) for token in own), default=0)]
        found.update((*own, start) if _names(start) else own or ([word] if _names(word) else []))
    return frozenset(found)


def _names(token: str) -> bool:
    long = len(token) > 1 or token.isdigit()
    return (
        long and not _YEAR.match(token) and token not in _DOCUMENTS and not _SUMS.fullmatch(token)
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


def is_total(one: Scored) -> bool:
    return _TOTAL.fullmatch(fold("".join(one.statement.context[-1:]))) is not None
