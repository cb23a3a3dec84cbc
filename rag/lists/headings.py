"""What a heading or a bullet is called, and how much of its name a question holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from rag.korean import bigrams, clean
from rag.wording import plain, unnumbered

Path = tuple[str, ...]  # headings, outermost first

_BESIDE = re.compile(r"\([^()]*\)|\s[:：].*$")
_OFTEN = 2  # a heading that stands more often is part of the form
_LONGEST = 60  # characters of a name; a longer line is a sentence


@lru_cache(maxsize=20_000)
def title(heading: str) -> str:
    """A heading's words: without bullet, numbering, brackets and what a colon adds.

    >>> title("□ 추진실적('21년) : 총 5개사"), title("Ⅳ. 주요 업무"), title("- ① 일자리 창출")
    ('추진실적', '주요 업무', '일자리 창출')
    """
    named = _BESIDE.sub("", unnumbered(plain(clean(heading))))
    return named.strip("<>〈〉「」[] ")[:_LONGEST]


def named_share(asked: frozenset[str], name: str) -> float:
    """The share of a name's character pairs that the question's pairs hold."""
    pairs = _pairs(name)
    return sum(pair in asked for pair in pairs) / len(pairs) if pairs else 0.0


def same_words(left: str, right: str) -> bool:
    """Whether two lines are the same heading, spaces and numbering aside."""
    return _squeezed(title(left)) == _squeezed(title(right))


def headed(paths: Iterable[Path]) -> dict[Path, None]:
    """The path of every heading that something stands under, each once, as they stand."""
    return dict.fromkeys(path[:depth] for path in paths for depth in range(1, len(path) + 1))


def forms(paths: Iterable[Path]) -> frozenset[str]:
    """The titles that stand so often (`추진계획`) that they name no one section."""
    often = Counter(title(path[-1]) for path in headed(paths))
    return frozenset(name for name, times in often.items() if times > _OFTEN)


@lru_cache(maxsize=20_000)  # every list question goes through all headings of its reports
def _pairs(name: str) -> tuple[str, ...]:
    return tuple(bigrams(name))


@lru_cache(maxsize=20_000)
def _squeezed(text: str) -> str:
    return re.sub(r"[\s·,‧ㆍ]+", "", text)
