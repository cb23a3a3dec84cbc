"""A question taken to words: its noun phrases, their particles, and whether it asks by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rag.followups.generic import is_generic, is_span, is_time, is_universal
from rag.korean import morphemes

if TYPE_CHECKING:
    from kiwipiepy import Token

_WORD = re.compile(r"\S+")
_NOMINAL = ("N", "XPN", "XSN", "XR", "SN", "SL", "SH", "SW", "SO", "SSO", "SSC", "W_")
_TAIL = ("J", "VCP", "E", "SF", "SP", "SE")  # particles, copula and endings, marks
_OWN = ("NNG", "NNP", "SL", "SN", "XR", "SH")  # what a phrase cannot do without
_ASKS = re.compile(
    r"얼마|얼마나|언제|어디|누구|누가|무엇|무슨|뭐|뭘|몇|왜|어느|어떤|어떻|어떻게|어때|며칠"
)
_BEFORE_NOUN = frozenset(("몇", "어느", "어떤", "무슨"))  # the noun that follows is asked for
_DEPARTMENT = "과"  # also a particle, but none where another stands behind it
_AMONG = frozenset(("중", "가운데"))  # behind it another phrase begins
_NUMERALS = frozenset(("한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Nouns that stand together, `은가비천 복원`, and the particle behind them."""

    text: str
    start: int  # of the text, without the particle
    end: int
    particle: str  # `은`, `에`, `에서는`; empty where none stands
    nouns: tuple[str, ...]  # its morphemes
    tags: tuple[str, ...]

    @property
    def is_generic(self) -> bool:
        """Whether it only says what is asked of something: `소요예산`, `사업 기간`."""
        return is_generic(self.nouns, self.tags)

    @property
    def is_span(self) -> bool:
        """Whether it only tells how long: `1년 사이`."""
        return is_span(self.nouns, self.tags)

    def core(self) -> str:
        """The phrase without generic words at its end: `버스` of `버스 소요예산`."""
        words = self.text.split(" ")
        while len(words) > 1 and _is_loose(words[-1]):
            words.pop()
        return " ".join(words)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """What stands between two spaces."""

    start: int
    end: int  # of its stem
    name: str  # the stem
    tail: str
    tokens: tuple[Token, ...]  # of the stem
    asks: bool

    @property
    def is_noun(self) -> bool:
        inner = [token for token in self.tokens if token.tag != "MM" or len(self.tokens) > 1]
        nouns = bool(inner) and all(
            token.tag.startswith((*_NOMINAL, "MM")) or token.form == _DEPARTMENT for token in inner
        )
        return nouns or is_universal(self.name) or self.name in _NUMERALS

    @property
    def breaks(self) -> bool:
        """Whether no phrase goes on here: a verb, a question word, a time."""
        return self.asks or not self.is_noun or is_time(self.name)


def phrases(text: str) -> tuple[Phrase, ...]:
    """The noun phrases of a question in order, those that ask (`몇 월`, `어디`) left out.

    >>> [(phrase.text, phrase.particle) for phrase in phrases("새빛 도서관의 예산은 얼마인가요?")]
    [('새빛 도서관', '의'), ('예산', '은')]
    """
    found = list[Phrase]()
    run = list[_Word]()
    asking = False  # the words since `몇` or `어느` are what is asked for
    for word in _words(text):
        if word.breaks:
            found += _phrase(text, run)
            run, asking = [], any(token.form in _BEFORE_NOUN for token in word.tokens)
        elif not asking:
            run.append(word)
        if word.tail or word.name in _AMONG:
            found += _phrase(text, run)
            run, asking = [], False
    return (*found, *_phrase(text, run))


def subject_end(text: str) -> int:
    """Where the words end of which something is asked: before `은`, else before `이`; 0 for none.

    >>> text = "새빛 도서관을 찾은 사람은 몇 명인가요?"
    >>> text[: subject_end(text)]
    '새빛 도서관을 찾은 사람'
    """
    ends = {"topic": 0, "subject": 0}
    for word in _words(text):
        if word.asks:
            break
        if word.is_noun and not is_time(word.name):
            mark = "topic" if word.tail.rstrip("요") in ("은", "는") else "subject"
            if mark == "topic" or word.tail in ("이", "가"):
                ends[mark] = word.end
    return ends["topic"] or ends["subject"]


def asks(text: str) -> bool:
    """Whether it has a question word or says what is to be done: not `예산은요?`."""
    words = list(_words(text))
    return any(word.asks for word in words) or bool(words and not words[-1].is_noun)


def is_bare(text: str) -> bool:
    """Whether it has nothing but nouns and question words: `2021년에는 몇 명이었어요?`."""
    return all(word.asks or word.is_noun for word in _words(text))


def _is_polite(tokens: Sequence[Token]) -> bool:
    """Whether the last is the ending of `미르구는요`, which is taken for a word of its own."""
    return len(tokens) > 1 and tokens[-1].form == "요" and tokens[-2].tag.startswith(("J", "E"))


def _is_loose(word: str) -> bool:
    """Whether a word at the end of a name is none of it: `소요예산`, `중`."""
    found = phrases(word)
    if word in _AMONG or word in _NUMERALS:
        return True
    return bool(found) and all(phrase.is_generic for phrase in found)


def _phrase(text: str, words: Sequence[_Word]) -> Iterator[Phrase]:
    """The words as one phrase, where they hold more than a dependent noun."""
    tokens = [token for word in words for token in word.tokens]
    if not any(token.tag in _OWN for token in tokens):
        return
    start, end = words[0].start, words[-1].end
    yield Phrase(
        text=text[start:end],
        start=start,
        end=end,
        particle=words[-1].tail,
        nouns=tuple(token.form for token in tokens),
        tags=tuple(token.tag for token in tokens),
    )


def _words(text: str) -> Iterator[_Word]:
    tokens = morphemes(text)
    for match in _WORD.finditer(text):
        inside = [token for token in tokens if match.start() <= token.start < match.end()]
        yield _word(match, inside)


def _word(match: re.Match[str], tokens: Sequence[Token]) -> _Word:
    size = len(tokens)
    while size and (tokens[size - 1].tag.startswith(_TAIL) or _is_polite(tokens[:size])):
        if (
            tokens[size - 1].form == _DEPARTMENT
            and size < len(tokens)
            and tokens[size].tag[0] == "J"
        ):
            break  # `교통과의`: a department
        size -= 1
    end = tokens[size - 1].end if size else match.start()
    return _Word(
        start=match.start(),
        end=end,
        name=match.string[match.start() : end],
        tail=match.string[end : match.end()].rstrip("?!.,~…"),
        tokens=tuple(tokens[:size]),
        asks=any(_ASKS.fullmatch(token.form) for token in tokens),
    )
