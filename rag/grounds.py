"""What an answer rests on: how well its best statement meets the question, in a few numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag.korean import bigrams, fold
from rag.question import Question
from rag.ranking import Scored

# What each ground tells. Of sixteen that there were, these tell as much as all together.
GROUNDS: Mapping[str, str] = {
    "read": "log-odds that it answers, as the model says that reads it with the question",
    "same_year": "1 where it is of the year asked for",
    "fit": "it holds the kind of value asked for: 1, or not: -1",
    "unnamed": "share of the question's idf mass in nouns that neither it nor its headings name",
}
_ALIKE = 0.5  # of a noun's character pairs


def grounds(
    asked: Question, best: Scored, *, rarity: Mapping[str, float], read: float
) -> dict[str, float]:
    """The grounds of an answer that begins with this statement.

    `rarity` is the idf of each of the question's tokens; `read` as it is.
    """
    named = named_by(best)
    # Added up in the order of the question: a set's differs from run to run, and so the last digit.
    missing = [noun for noun in rarity if noun in asked.nouns and not named_in(noun, named)]
    return {
        "read": read,
        "same_year": max(best.signals["year"], 0.0),
        "fit": best.signals["fit"],
        "unnamed": sum(rarity[noun] for noun in missing) / (sum(rarity.values()) or 1.0),
    }


def is_strange(ranked: Sequence[Scored]) -> bool:
    """Whether the question is in other words than the passages the statements stand in."""
    return ranked[0].signals["strange_near"] != 0


def named_in(noun: str, text: str) -> bool:
    """Whether a folded text names the thing, in a compound or with a letter mistaken.

    >>> named_in("물빛축재", "물빛축제 5월"), named_in("실업률", "취업률 77%")
    (True, False)
    """
    if noun in text or noun in text.replace(" ", ""):
        return True
    pairs = bigrams(noun)
    return len(pairs) > 2 and sum(pair in text for pair in pairs) >= _ALIKE * len(pairs)


def named_by(one: Scored) -> str:
    """All that a statement says and stands under, folded."""
    chunk = one.hit.chunk
    said = (*one.statement.context, one.statement.text)
    return fold(" ".join((*said, *chunk.section, chunk.report_title)))
