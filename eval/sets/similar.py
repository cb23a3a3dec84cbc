"""The line of a report that is most like a text that does not stand in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from eval.matching import squeeze, without_tags

_LEAST = 0.3  # share of letter pairs in common; less is chance
_LONGEST = 60  # characters shown


class SimilarLine:
    """Lines by their pairs of letters, so that the nearest is found without comparing them all."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._with = defaultdict[str, list[int]](list)  # pair of letters -> lines that have it
        self._sizes = list[int]()
        for number, line in enumerate(lines):
            pairs = _pairs(line)
            self._sizes.append(len(pairs))
            for pair in pairs:
                self._with[pair].append(number)

    def nearest(self, text: str) -> tuple[float, str] | None:
        """How like it is, in [0, 1], and the line, cut to a length that can be shown.

        >>> SimilarLine(["□ 사업개요", "○ 요금 1,500원"]).nearest("요금 1,600원")[1]
        '○ 요금 1,500원'
        """
        wanted = _pairs(text)
        shared = Counter(line for pair in wanted for line in self._with.get(pair, ()))
        likeness = (
            (2 * count / (len(wanted) + self._sizes[line]), -line) for line, count in shared.items()
        )
        best, line = max(likeness, default=(0.0, 0))
        if best < _LEAST:
            return None
        return best, shortened(self._lines[-line], _LONGEST)


def shortened(text: str, longest: int) -> str:
    """The text in one line of at most so many characters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else flat[: longest - 1] + "…"


def _pairs(text: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(squeeze(without_tags(text)))))
