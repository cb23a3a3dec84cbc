"""Korean and figures set a little apart: word processors do so on their own, where no space is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from index.readers.pdf.words import Word

_LEAST, _MOST = 0.12, 0.6  # of the font size; gaps that may be a space
_SET_APART = 0.3  # at most, by a word processor
_DRAWN = 0.8  # of the spaces between Korean words are the file's: then one without is none
_NARROWER = 0.8  # of the usual space
_FEW = 5  # spaces, too few to tell
_CLOSING = frozenset(",.)]%·’”」』:")


def without_autospace(words: Sequence[Word]) -> list[Word]:
    """The words, those in one that are set apart less than the words of the page are."""
    narrow = _narrow(words)
    if not narrow:
        return list(words)
    return list(_joined(words, narrow))


def _joined(words: Sequence[Word], narrow: float) -> Iterator[Word]:
    last: Word | None = None
    for word in words:
        if last and _belongs(last, word) and _gap(last, word) < narrow:
            last = replace(
                last,
                text=last.text + word.text,
                x1=word.x1,
                top=min(last.top, word.top),
                bottom=max(last.bottom, word.bottom),
            )
            continue
        if last:
            yield last
        last = word
    if last:
        yield last


def _narrow(words: Sequence[Word]) -> float:
    """Gaps of less than this share of the size are no space, where the script changes."""
    spaces = [
        (_gap(one, other), other.space_before)
        for one, other in pairwise(words)
        if _is_korean(one.text[-1]) and _is_korean(other.text[0])
    ]
    spaces = [(gap, kept) for gap, kept in spaces if _LEAST <= gap < _MOST]
    if len(spaces) < _FEW:
        return 0.0
    if sum(kept for _, kept in spaces) >= _DRAWN * len(spaces):
        return _SET_APART
    return _NARROWER * median(gap for gap, _ in spaces)


def _gap(one: Word, other: Word) -> float:
    """Between two words of one line, as a share of their size; much if they are of two lines."""
    beside = other.top < one.bottom and one.top < other.bottom and other.x0 > one.x0
    return max(0.0, other.x0 - one.x1) / max(one.size, other.size, 1.0) if beside else 9.0


def _belongs(one: Word, other: Word) -> bool:
    """Whether two words without a space of the file are of two scripts."""
    if other.space_before or one.bold != other.bold:
        return False
    end, start = one.text[-1], other.text[0]
    changes = (_is_korean(end) and _is_latin(start)) or (_is_latin(end) and _is_korean(start))
    return changes or (start in _CLOSING and end.isalnum())


def _is_korean(char: str) -> bool:
    return "\uac00" <= char <= "\ud7a3"


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
