"""The numbers that word processors put before paragraphs without storing them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

_SYLLABLES = "가나다라마바사아자차카타파하"
_JAMO = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_SINO = "일이삼사오육칠팔구십"
_HANJA = "一二三四五六七八九十"
_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CIRCLED = {
    "circled": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "circled syllable": "㉮㉯㉰㉱㉲㉳㉴㉵㉶㉷㉸㉹㉺㉻",
    "circled jamo": "㉠㉡㉢㉣㉤㉥㉦㉧㉨㉩㉪㉫㉬㉭",
    "circled latin": "ⓐⓑⓒⓓⓔⓕⓖⓗⓘⓙⓚⓛⓜⓝⓞⓟⓠⓡⓢⓣⓤⓥⓦⓧⓨⓩ",
    "circled capital": "ⒶⒷⒸⒹⒺⒻⒼⒽⒾⒿⓀⓁⓂⓃⓄⓅⓆⓇⓈⓉⓊⓋⓌⓍⓎⓏ",
    "circled hanja": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
}
_ROUNDS = {
    "syllable": _SYLLABLES,
    "jamo": _JAMO,
    "sino": _SINO,
    "hanja": _HANJA,
    "capital": _LATIN,
    "latin": _LATIN.lower(),
} | _CIRCLED
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_PLACE = re.compile(r"\^(\d)")
LEVELS = 10


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered; `^1` in the pattern is the number of the first level."""

    pattern: str  # a bullet has no `^`
    style: str = "decimal"
    start: int = 1


class Counters:
    """Where every list has got to."""

    def __init__(self) -> None:
        self._counts: defaultdict[int, list[int | None]] = defaultdict(lambda: [None] * LEVELS)

    def next(self, key: int, levels: tuple[Level, ...], at: int) -> str:
        """What stands before the next paragraph of this list at that level (from 0)."""
        if not 0 <= at < min(len(levels), LEVELS):
            return ""
        counts = self._counts[key]
        before = counts[at]
        counts[at] = levels[at].start if before is None else before + 1
        counts[at + 1 :] = [None] * (LEVELS - at - 1)

        def printed(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            if not 0 <= place < len(levels):
                return ""
            count = counts[place]
            return styled(levels[place].start if count is None else count, levels[place].style)

        return _PLACE.sub(printed, levels[at].pattern)


def styled(count: int, style: str) -> str:
    """The number as the list prints it.

    >>> styled(2, "syllable"), styled(4, "roman"), styled(3, "circled")
    ('나', 'Ⅳ', '③')
    """
    signs = _ROUNDS.get(style)
    if signs and 1 <= count <= len(signs):
        return signs[count - 1]
    if style == "roman" and 1 <= count <= 12:
        return chr(ord("Ⅰ") + count - 1)
    if style in ("roman", "small roman") and 1 <= count < 40:
        numeral = _roman(count)
        return numeral if style == "roman" else numeral.lower()
    return "" if style == "none" else str(count)


def _roman(count: int) -> str:
    numeral = ""
    for value, sign in _ROMAN:
        while count >= value:
            numeral, count = numeral + sign, count - value
    return numeral
