"""What one part comes to, of a sum told with its parts: `18명(용역 15, 공무원 3)`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.amounts import say, unit_of, with_unit
from rag.composing.figures import figures, is_wanted
from rag.composing.sums import LEFT_OUT, PART_OF, named_part
from rag.composing.within import Composed
from rag.korean import fold
from rag.question import Question, years
from rag.ranking import Scored
from rag.wording import SHORT, label_of, plain, subject_of

_CLAUSE = re.compile(r"\s/\s|→|;")
_WHOLE = re.compile(r"총|전체|모두|합계|합쳐|합하|규모|각각")
_KINDS = ("count", "money", "amount", "area")


def part_told(asked: Question, ranked: Sequence[Scored]) -> Composed | None:
    """The one part of its sum that the question names, where the best statement tells it."""
    best = ranked[0]
    whole = _WHOLE.search(asked.folded) and not PART_OF.search(asked.folded)
    text = with_unit(plain(best.statement.text), unit_of(best.statement))
    undated = asked.shift is not None and len(years(fold(text))) > 1  # which one is meant?
    vague = asked.kind == "count" and not asked.counted  # `공사는 얼마나 진행됐나요`
    other = asked.change or LEFT_OUT.search(asked.folded) or asked.kind not in _KINDS
    if whole or undated or vague or other:
        return None
    part = named_part(asked, text)
    if not part or not any(is_wanted(asked, one) for one in figures(part.value, asked.counted)):
        return None
    of = _CLAUSE.split(part.of)[-1].strip()
    told = years(fold(of))
    if told and asked.years and not told & asked.years:
        return None
    label = label_of(best.statement) if best.statement.kind == "cell" else ""
    about = " – ".join(one for one in (subject_of(best.hit.chunk), label, of) if one)
    said = f"{say(part.value)}입니다({about} 가운데 {part.name}). [1]"
    return Composed(said, (best,)) if len(said) <= SHORT else None
