"""Which words and figures of a quote the answer says, so that a reader's eye finds them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[가-힣]+|[A-Za-z]+|[㐀-鿿]+")
_UNIT = re.compile(r"\s?[가-힣A-Za-z%℃㎡㎢㎥㎞]+")
_ENDING = re.compile(
    r"(?:입니다|합니다|됩니다|습니다|에서는|으로는|에서|으로|에는|에게|이며|이고|하고|까지|부터|보다"
    r"|마다|이나|은|는|이|가|을|를|의|에|로|와|과|도|만)$"
)
_REFERENCE = re.compile(r"\[\d+\]")
_MIN_WORD = 2  # one syllable is a particle or a unit as often as a word

Piece = tuple[str, bool]


def marked(quote: str, answer: str) -> tuple[Piece, ...]:
    """The quote cut in pieces, each with whether the answer says it; joined they are the quote.

    A figure counts only whole, and takes its unit along where the answer does.

    >>> marked("- 인원 : 총 7,830명", "7,830명입니다.")
    (('- 인원 : 총 ', False), ('7,830명', True))
    """
    said = [False] * len(quote)
    for start, end in _said(quote, _REFERENCE.sub("", answer)):
        said[start:end] = [True] * (end - start)
    for at in range(1, len(quote) - 1):
        said[at] = said[at] or (quote[at] == " " and said[at - 1] and said[at + 1])
    return tuple(_runs(quote, said))


def _said(quote: str, answer: str) -> Iterator[tuple[int, int]]:
    tokens = list(_TOKEN.finditer(answer))
    stems = {_stem(token[0]) for token in tokens if _is_word(token)}
    figures = [(_figure(token[0]), token.end()) for token in tokens if token[0][0].isdigit()]
    for token in _TOKEN.finditer(quote):
        if token[0][0].isdigit():
            ends = [end for figure, end in figures if figure == _figure(token[0])]
            units = [_shared_unit(quote[token.end() :], answer[end:]) for end in ends]
            if any(units) or (units and len(token[0]) > 1):  # a bare digit is often a list number
                yield token.start(), token.end() + max(units)
        elif _is_word(token) and (length := _shared_stem(_stem(token[0]), stems)):
            yield token.start(), token.start() + length


def _is_word(token: re.Match[str]) -> bool:
    """Neither a figure nor its unit: `가구` in `2,580가구` says nothing by itself."""
    before = token.string[: token.start()]
    return not token[0][0].isdigit() and not before[-1:].isdigit()


def _figure(text: str) -> str:
    return text.replace(",", "")


def _stem(word: str) -> str:
    """The word without its particle, unless too little would remain.

    >>> _stem("일자리는"), _stem("평가")
    ('일자리', '평가')
    """
    stem = _ENDING.sub("", word)
    return stem if len(stem) >= _MIN_WORD else word


def _shared_stem(stem: str, stems: set[str]) -> int:
    """How many characters of `stem` the answer says; compounds match their first part."""
    if len(stem) < _MIN_WORD:
        return 0
    return max(
        (
            min(len(stem), len(other))
            for other in stems
            if len(other) >= _MIN_WORD and (stem.startswith(other) or other.startswith(stem))
        ),
        default=0,
    )


def _shared_unit(after_quote: str, after_answer: str) -> int:
    """How far the unit behind a figure agrees: `백만원을` and `백만원입니다` share 3."""
    here, there = _UNIT.match(after_quote), _UNIT.match(after_answer)
    if not here or not there:
        return 0
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(here[0], there[0], strict=False))
    return len("".join(character for character, _ in alike).rstrip())


def _runs(quote: str, said: list[bool]) -> Iterator[Piece]:
    start = 0
    for at in range(1, len(quote) + 1):
        if at == len(quote) or said[at] != said[start]:
            yield quote[start:at], said[start]
            start = at
