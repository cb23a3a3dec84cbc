"""Exact match and F1 as the KorQuAD 1.0 evaluation script counts them, one gold answer each."""

from __future__ import annotations

import re
import string
from collections import Counter

_QUOTES = re.compile("['\"《》<>〈〉()‘’]")
_PUNCTUATION = str.maketrans("", "", string.punctuation)
_MARK = re.compile(r"\s*\[\d+\]")  # a citation's number is no part of the answer


def exact_match(gold: str, answer: str) -> bool:
    """Whether both are the same, case, punctuation and runs of white space aside.

    >>> exact_match("66개사", "66개사. [1]"), exact_match("66개사", "66 개사")
    (True, False)
    """
    return _normalized(gold) == _normalized(answer)


def f1(gold: str, answer: str) -> float:
    """F1 over characters, in [0, 1].

    >>> f1("7,830명", "총 7830명")  # 5 of 5 characters, and 5 of 6
    0.9090909090909091
    """
    wanted = Counter(_normalized(gold).replace(" ", ""))
    said = Counter(_normalized(answer).replace(" ", ""))
    same = (wanted & said).total()
    return 2 * same / (wanted.total() + said.total()) if same else 0.0


def _normalized(text: str) -> str:
    plain = _QUOTES.sub(" ", _MARK.sub("", text)).lower().translate(_PUNCTUATION)
    return " ".join(plain.split())
