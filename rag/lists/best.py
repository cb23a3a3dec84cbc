"""The best of the lists that a question for a list may be answered with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag.lists.asked import list_question
from rag.lists.listing import Listing, bullets, lines
from rag.lists.tables import Table, tables
from rag.question import Question
from rag.ranking import Scored


def best_list(
    question: Question, ranked: Sequence[Scored], row_names: Mapping[Table, str]
) -> Listing:
    """The list that answers best among the statements, of which there is at least one."""
    asked = list_question(question)
    found = (*lines(asked, ranked), *bullets(asked, ranked), *tables(asked, ranked, row_names))
    alone = Listing(tuple(ranked[:1]), ranked[0].score)
    return max(found, key=lambda listing: listing.worth, default=alone)
