"""The names of things in questions, and questions asked of another thing."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from eval.drafting.phrasing import with_particle
from rag.composing.words import MEASURE, Word, words_of
from rag.korean import squeezed

_SHORTEST = 3  # syllables of a name
_ALIKE = 0.6  # how often a name keeps the noun it ends in
_PARTICLES = ("은는", "이가", "을를", "과와")


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Names of things, and what such names begin with: `별뫼` of `별뫼의료원`."""

    whole: tuple[str, ...]
    fronts: tuple[str, ...]


def named(asked: Iterable[tuple[str, str]]) -> dict[str, Word]:
    """Of each question the rarest of its nouns that the text answering it holds, if there is one.

    `asked` are questions, each with such a text.
    """
    told = list[tuple[str, list[Word]]]()
    spread = Counter[str]()
    for question, text in asked:
        held = squeezed(text)
        words = [word for word in words_of(question) if _may_name(word) and word.stem in held]
        told.append((question, words))
        spread.update({word.stem for word in words})
    return {
        question: min(words, key=lambda word: spread[word.stem])
        for question, words in told
        if words
    }


def names_of(words: Iterable[Word]) -> Names:
    """The names that these words are."""
    words = list(words)
    fronts = {front for front, _ in map(_parts, words) if len(front) > 1}
    return Names(whole=tuple(sorted({word.stem for word in words})), fronts=tuple(sorted(fronts)))


def another(word: Word, names: Names, chance: random.Random, *, besides: str) -> str | None:
    """A name for another thing than the word names, that `besides` does not say; None for none.

    Often of the same kind: `늘품버스` for `물레버스`.
    """
    said = squeezed(besides)
    front, back = _parts(word)
    alike = [start + back for start in names.fronts if front and start + back not in said]
    other = [name for name in names.whole if name not in said]
    chosen = alike if alike and chance.random() < _ALIKE else other
    return chance.choice(chosen) if chosen else None


def asked_of(name: str, question: str, word: Word) -> str:
    """The question with a name in place of the word.

    >>> asked_of("별소리", "물레버스는 언제 다니나요?", words_of("물레버스는")[0])
    '별소리는 언제 다니나요?'
    """
    rest = word.text[len(word.stem) :]
    pair = next((pair for pair in _PARTICLES if rest and rest[0] in pair), "")
    said = with_particle(name, pair) + rest[1:] if pair else name + rest
    return question.replace(word.text, said, 1)


def _may_name(word: Word) -> bool:
    return (
        word.nominal
        and len(word.stem) >= _SHORTEST
        and word.stem.isalpha()
        and not MEASURE.fullmatch(word.stem)
    )


def _parts(word: Word) -> tuple[str, str]:
    """What a name begins with and the noun it ends in; two empty texts where it is one noun."""
    nouns = [form for form, tag in word.morphemes if not tag.startswith(("J", "S"))]
    front, back = "".join(nouns[:-1]), nouns[-1] if nouns else ""
    return (front, back) if front and front + back == word.stem else ("", "")
