"""What an answer rests on: how well its best statement meets the question, in a few numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag.aspect import named_in
from rag.coverage import passages
from rag.korean import NOUNS, fold, tagged
from rag.question import Question
from rag.ranking import Scored

# What each ground tells; all but the first four lie between -1 and 1.
GROUNDS: Mapping[str, str] = {
    "home": "closeness of the question to all statements, as they are close to each other",
    "close": "closeness of the best statement on that scale",
    "read": "log-odds that it answers, as the model says that reads it with the question",
    "margin": "how far the best statement of another section stands behind",
    "fit": "it holds the kind of value asked for: 1, or not: -1",
    "same_year": "1 where it is of the year asked for",
    "row": "another row of its table is named by more of the question: below 0",
    "cell": "1 where it is a cell of a table",
    "unnamed": "share of the question's idf mass in nouns that neither it nor its headings name",
    "elsewhere": "share in nouns that other passages found hold, but neither it nor its own",
    "nearby": "1 where the passages found hold a noun that neither it nor its headings name",
    "aspect": "1 where that of which the value is asked is not named",
    "nouns": "tenths of the number of nouns that the question names",
    "names": "1 where a place, body or person is asked for and it does not surely tell one",
    "counts": "1 where a number of things is asked for",
    "open": "1 where no certain kind of value is asked for",
}
_FARTHEST = 8.0  # a lead that leaves no question


def grounds(
    asked: Question,
    ranked: Sequence[Scored],
    *,
    rarity: Mapping[str, float],
    home: float,
    close: float,
    read: float,
) -> dict[str, float]:
    """The grounds of an answer that begins with the first statement; there is at least one.

    `rarity` is the idf of each of the question's tokens; `home`, `close` and `read` as they are.
    """
    best = ranked[0]
    named = _named_by(best)
    found = fold(" ".join(passages(one.hit for one in ranked)))
    own = fold(best.hit.chunk.text)
    nouns = {token.form for token in tagged(asked.text) if token.tag in NOUNS}
    # Added up in the order of the question: a set's differs from run to run, and so the last digit.
    missing = [noun for noun in rarity if noun in nouns and not named_in(noun, named)]
    nearby = [noun for noun in missing if noun in found]
    other = [noun for noun in nearby if not named_in(noun, own)]
    mass = sum(rarity.values()) or 1.0
    return {
        "home": home,
        "close": close,
        "read": read,
        "margin": min(best.score - _next(ranked), _FARTHEST),
        "fit": best.signals["fit"],
        "same_year": max(best.signals["year"], 0.0),
        "row": best.signals["row"],
        "cell": float(best.statement.kind == "cell"),
        "unnamed": sum(rarity[noun] for noun in missing) / mass,
        "elsewhere": sum(rarity[noun] for noun in other) / mass,
        "nearby": float(bool(nearby)),
        "aspect": float(asked.aspect is not None and not named_in(asked.aspect, named)),
        "nouns": len(nouns & rarity.keys()) / 10,
        "names": float(asked.kind in ("who", "person", "place") and best.signals["fit"] <= 0),
        "counts": float(asked.kind == "count"),
        "open": float(asked.kind == "other"),
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
