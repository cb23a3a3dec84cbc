"""What an answer rests on: how well its best statement meets the question, in a few numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag.aspect import named_in
from rag.coverage import passages
from rag.korean import fold, tagged
from rag.question import Question
from rag.ranking import Scored

# What each ground tells; all but the first three lie between 0 and 1.
GROUNDS: Mapping[str, str] = {
    "score": "the best statement's score",
    "home": "closeness of the question to all statements, as they are close to each other",
    "close": "closeness of the best statement on that scale",
    "margin": "how far the best statement of another section stands behind",
    "misfit": "1 where it does not hold the kind of value asked for",
    "same_year": "1 where it is of the year asked for",
    "other_year": "1 where it is of another year",
    "unnamed": "share of the question's idf mass in nouns that neither it nor its headings name",
    "elsewhere": "share in nouns that other passages found hold, but neither it nor its own",
    "unknown": "share in words that no report holds",
    "aspect": "1 where that of which the value is asked is not named",
    "names": "1 where a place, body or person is asked for",
}
_NOUNS = frozenset(("NNG", "NNP", "XR", "SL", "SH"))
_FARTHEST = 8.0  # a lead that leaves no question


def grounds(
    asked: Question,
    ranked: Sequence[Scored],
    *,
    rarity: Mapping[str, float],
    unknown: float,
    home: float,
    close: float,
) -> dict[str, float]:
    """The grounds of an answer that begins with the first statement; there is at least one.

    `rarity` is the idf of each of the question's tokens, `unknown` that of one no report holds.
    """
    best = ranked[0]
    mass = sum(rarity.values()) or 1.0
    named = _named_by(best)
    nouns = {token.form for token in tagged(asked.text) if token.tag in _NOUNS}
    # Added up in the order of the question: a set's differs from run to run, and so the last digit.
    missing = [noun for noun in rarity if noun in nouns and not named_in(noun, named)]
    found = fold(" ".join(passages(one.hit for one in ranked)))
    own = fold(best.hit.chunk.text)
    other = [noun for noun in missing if noun in found and not named_in(noun, own)]
    return {
        "score": best.score,
        "home": home,
        "close": close,
        "margin": min(best.score - _next(ranked), _FARTHEST),
        "misfit": float(best.signals["fit"] < 0),
        "same_year": max(best.signals["year"], 0.0),
        "other_year": max(-best.signals["year"], 0.0),
        "unnamed": sum(rarity[noun] for noun in missing) / mass,
        "elsewhere": sum(rarity[noun] for noun in other) / mass,
        "unknown": sum(idf for idf in rarity.values() if idf >= unknown) / mass,
        "aspect": float(asked.aspect is not None and not named_in(asked.aspect, named)),
        "names": float(asked.kind in ("who", "person", "place")),
    }


def is_strange(ranked: Sequence[Scored]) -> bool:
    """Whether the question is in other words than the passages the statements stand in."""
    return ranked[0].signals["strange_near"] != 0


def _named_by(one: Scored) -> str:
    """All that a statement says and stands under, folded."""
    chunk = one.hit.chunk
    said = (*one.statement.context, one.statement.text)
    return fold(" ".join((*said, *chunk.section, chunk.report_title)))


def _next(ranked: Sequence[Scored]) -> float:
    """The score of the best statement that stands in another section than the first."""
    section = ranked[0].hit.chunk.section
    return next((one.score for one in ranked[1:] if one.hit.chunk.section != section), 0.0)
