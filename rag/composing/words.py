"""A question as words with their morphemes: where its noun phrases begin and end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.korean import fold, tagged

_NOMINAL = ("N", "SN", "SL", "SH", "XPN", "XSN", "XR", "SS", "SO", "SW", "SY", "W_")
_WITHIN = ("VA", "VV", "MAG", "ETM")  # of a name: `늘`, `큰`
_AGE = frozenset(("옛", "새"))  # tell one of two that are called alike from the other
_AMONG = re.compile(r"중|가운데|사이|둘")
_YEAR = re.compile(r"20[0-3]\d년?도?")
_ASKS = frozenset(
    ("몇", "얼마", "얼마나", "언제", "어디", "누구", "무엇", "뭐", "어느", "어떤", "며칠")
)
_WORD = re.compile(r"\S+")
# What is measured: shared by both halves where it stands at the end of the second.
MEASURE = re.compile(
    r"\S*(?:예산|사업비|시급|요금|인구|인원|면적|길이|연장|방문객|매출|규모|정원|목표|실적|계획)"
    r"|\S+[률율액수량금]|\S*(?<![정준설장대구])비|수"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question with its morphemes as (form, tag)."""

    text: str
    stem: str  # without particles and marks at its end
    morphemes: tuple[tuple[str, str], ...]

    @property
    def particle(self) -> str:
        """The particles at its end, as they are written one after another; empty for none."""
        return self.text[len(self.stem) :].strip(" ,.?!")

    @property
    def asks(self) -> bool:
        """Whether it is a question word, or begins with one: `몇`, `얼마인가요`."""
        return any(form in _ASKS for form, _ in self.morphemes)

    @property
    def nominal(self) -> bool:
        """Whether it is made of nouns and figures, particles at its end aside, and asks nothing.

        Names are written as one word, whatever they are made of: `큰우물시장`, `늘봄학교`.
        """
        inner = [tag for _, tag in self.morphemes if not tag.startswith(("J", "SP", "SF"))]
        if inner[:1] == ["MM"]:  # `총예산`
            inner = inner[1:]
        named = bool(inner) and all(tag.startswith((*_NOMINAL, *_WITHIN)) for tag in inner)
        return named and inner[-1].startswith(_NOMINAL) and not self.asks

    @property
    def among(self) -> bool:
        """Whether it closes what is chosen from: `중에서`."""
        return _AMONG.fullmatch(self.stem) is not None

    @property
    def year(self) -> int | None:
        """The year it names and nothing else: `2021년에`."""
        match = _YEAR.fullmatch(fold(self.stem))
        return int(match[0][:4]) if match else None


def words_of(text: str) -> tuple[Word, ...]:
    """The words as they are written.

    >>> [(word.stem, word.particle) for word in words_of("라온구와 복지정책과의 예산은?")]
    [('라온구', '와'), ('복지정책과', '의'), ('예산', '은')]
    """
    folded = fold(text)
    places = [match.span() for match in _WORD.finditer(folded)]
    written = text.split()
    if len(written) != len(places):  # letter-spaced words are joined
        written = folded.split()
    tokens = tagged(text)
    found = []
    for word, (first, end) in zip(written, places, strict=True):
        own = [token for token in tokens if first <= token.start < end]
        stem = word[: len(word) - _tail([(token.form, token.tag, token.len) for token in own])]
        made = tuple((token.form, str(token.tag)) for token in own)
        if _linked(word, made):
            stem, made = word[:-1], ((word[:-1], "NNP"), ("와", "JC"))
        found.append(Word(word, stem, made))
    return tuple(found)


def _linked(word: str, morphemes: Sequence[tuple[str, str]]) -> bool:
    """Whether it is an unknown name with `와`, taken for a verb like 내오다: `미르내와`."""
    tags = [tag for _, tag in morphemes]
    return word.endswith("와") and tags[-2:] == ["VV", "EC"] and tags[0][0] == "N"


def phrase_before(words: Sequence[Word], end: int) -> int:
    """Where the noun phrase whose last word is `end` begins: no word inside has a particle."""
    first = end
    while first > 0 and (_within(words[first - 1]) or words[first - 1].stem in _AGE):
        first -= 1
    return first


def _within(word: Word) -> bool:
    return word.nominal and not word.particle


def phrase_after(words: Sequence[Word], first: int) -> int:
    """Where the noun phrase that begins at `first` ends: after its first particle at the latest."""
    end = first
    following = words[end : end + 1]
    adverb = [tag for word in following for _, tag in word.morphemes] == ["MAG"]
    if adverb or any(word.stem in _AGE for word in following):
        end += 1  # no adverb behind `와`, but a name: `미르내와 한결 국민체육센터`, `옛 시청`
    while end < len(words) and words[end].nominal and not words[end].among:
        end += 1
        if words[end - 1].particle or words[end - 1].text.endswith(","):
            break
    return end


def name_of(words: Sequence[Word]) -> str:
    return " ".join((*texts_of(words)[:-1], words[-1].stem)) if words else ""


def without_measure(words: Sequence[Word]) -> int:
    """Where the measure at the end of a phrase begins: 1 in `라온구 인구`."""
    at = len(words)
    while at > 0 and MEASURE.fullmatch(words[at - 1].stem):
        at -= 1
    return at


def measures(words: Sequence[Word]) -> bool:
    return bool(words) and all(MEASURE.fullmatch(word.stem) for word in words)


def texts_of(words: Sequence[Word]) -> list[str]:
    return [word.text for word in words]


def _tail(morphemes: Sequence[tuple[str, str, int]]) -> int:
    """The characters of the particles and marks at a word's end; `과의` keeps its department."""
    length = 0
    for at in range(len(morphemes) - 1, 0, -1):
        form, tag, size = morphemes[at]
        department = form == "과" and at + 1 < len(morphemes) and morphemes[at + 1][1][0] == "J"
        if not tag.startswith(("J", "SP", "SF")) or department:
            break
        length += size
    return length
