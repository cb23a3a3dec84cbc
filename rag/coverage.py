"""How much of a question stands in the passages that were found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rag.korean import fold
from rag.types import Hit


def passages(hits: Iterable[Hit]) -> list[str]:
    """The text of each passage as it is searched, once, in the order of the hits."""
    return list({hit.chunk.id: hit.chunk.search_text for hit in hits}.values())


def coverage(rarity: Mapping[str, float], texts: Iterable[str]) -> float:
    """The largest share of the tokens' idf mass that one of the texts holds, 0 to 1.

    >>> coverage({"버스": 3.0, "예산": 1.0}, ["물길버스 운행", "예산 총액"])
    0.75
    """
    folded = [fold(text) for text in texts]
    held = [sum(idf for token, idf in rarity.items() if token in text) for text in folded]
    return max(held, default=0.0) / (sum(rarity.values()) or 1.0)
