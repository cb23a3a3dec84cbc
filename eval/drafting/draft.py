"""Drafted questions, and the report that they are drafted from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from eval.drafting.phrasing import with_particle
from eval.drafting.subjects import Subjects, year_of
from eval.drafting.values import Groups
from rag.citation import cite_from
from rag.protocols import Evidence
from rag.types import Chunk, Citation, Statement

_YEAR = re.compile(r"(?<![\d,.])20\d\d(?!\d|,\d|명)")
_SHORT_LABEL = 8  # characters behind 의; a longer label reads better behind 에서


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A question that a report may be asked, with its gold; a person accepts or mends it."""

    wordings: tuple[str, ...]  # the same question, each more specific than the one before
    type: str
    quality: float  # in [0, 1]; compares drafts of one type
    label: str  # what is asked; a set that asks the same again and again tells little
    chunk: Chunk
    line: int
    answer: str = ""
    groups: Groups = ()
    cited: tuple[Citation, ...] = ()
    answerable: bool = True

    @property
    def question(self) -> str:
        """Its shortest wording."""
        return self.wordings[0]

    def record(self, number: int) -> dict[str, object]:
        """The draft in the form of the gold files."""
        return {
            "id": f"초안{number:03d}",
            "question": self.question,
            "type": self.type,
            "answerable": self.answerable,
            "answer": self.answer,
            "must_include": [list(group) for group in self.groups],
            "section": list(self.chunk.section) if self.answerable else [],
            "evidence": [_evidence(self.cited)] if self.cited else [],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """One report as drafts are made of it."""

    evidence: Evidence
    subjects: Subjects
    scope: str  # that tells it from the other reports of the index, as a question begins with it
    year: int | None  # the report's own
    said: tuple[tuple[Chunk, Statement], ...]  # in the report's order; nothing of its front matter
    everything: tuple[str, ...]  # all passages of the index with their headings, folded

    def cite(self, chunk: Chunk, *statements: Statement) -> tuple[Citation, ...]:
        """What stands verbatim in the report; none where one of the statements does not."""
        cited = [cite_from(self.evidence, 1, chunk, statement) for statement in statements]
        return tuple(one for one in cited if one) if all(cited) else ()

    def worded(
        self, chunk: Chunk, statement: Statement | None, rest: str, *, year: str | None = None
    ) -> tuple[str, ...]:
        """The question about the subject of a line: plainly, with its heading, with its chapter.

        The year is that of the nearest heading where none is given; empty for a line that has its
        own. `rest` is all that follows the subject, its particle first; `은는` stands for 은 or 는.
        """
        names = self.subjects.of(chunk, statement)
        if not names or not names[-1]:
            return ()
        full = tuple(dict.fromkeys((*self.subjects.of(chunk), *names)))
        told = year_of(chunk) if year is None else year
        return tuple(dict.fromkeys(self.dated(_about(path, rest), told) for path in (names, full)))

    def dated(self, question: str, year: str) -> str:
        """The question begun with its year, else with what tells the report from others."""
        return question if _YEAR.search(question) else f"{year or self.scope}{question}"


def of_subject(label: str) -> str:
    """The label as it follows its subject: `의 소요예산`, `에서 시범 운행 개시`."""
    return f"{'의' if len(label) <= _SHORT_LABEL else '에서'} {label}"


def _about(names: Sequence[str], rest: str) -> str:
    """`A에서 B의 소요예산은 …`, `A의 B에서 운행 개시는 …`, `B는 어떤 사업인가요?`."""
    asked = rest.partition(" ")[2]
    names = [name for name in names if not asked.startswith(name)]
    if not names:
        return asked  # the label is the subject itself
    *outer, last = names
    about = f"{outer[-1]}{'의' if rest.startswith('에서') else '에서'} {last}" if outer else last
    return with_particle(about, rest[:2]) + rest[2:] if rest.startswith("은는") else about + rest


def _evidence(cited: Sequence[Citation]) -> dict[str, object]:
    """The lines from the first to the last citation, gaps between them marked as left out."""
    first, last = cited[0].span, cited[-1].span
    quote = cited[0].quote
    for before, citation in pairwise(cited):
        gap = citation.span.first_line - before.span.last_line > 1
        quote += (" … " if gap else "\n") + citation.quote
    evidence: dict[str, object] = {
        "doc": cited[0].report_id,
        "line_start": first.first_line,
        "line_end": last.last_line,
        "quote": quote,
    }
    return evidence | ({"page": first.first_page} if first.first_page else {})
