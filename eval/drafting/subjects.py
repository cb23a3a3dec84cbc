"""What a line of a report is about, by the headings and the bullet above it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from eval.drafting.phrasing import is_noun_phrase, name_of
from rag.korean import fold
from rag.question import years
from rag.types import Chunk, Statement

LONGEST_NAME = 32  # characters; a longer heading is a sentence
_NUMBERED = re.compile(r"^\s*(?:\d{1,3}\s*\.?\s|\d{1,2}[.)]|[①-⑳]|[가-하]\.)")
_CAPTION = re.compile(r"^\s*[<〈《【]")
_WHOLE_NAME = 10  # characters from which a sub-heading names a thing without what it stands under
_FIGURES = re.compile(r"(?:\d+\D+){3}|\s[–/]\s")  # what is told, not the name of it
_YEAR = re.compile(r"\d{4}년?")


class Subjects:
    """Names what stands under a heading.

    A heading that stands under several others (`□ 사업개요`) is part of the form and names nothing.
    """

    def __init__(self, chunks: Iterable[Chunk]) -> None:
        above = defaultdict[tuple[str, str], set[tuple[str, ...]]](set)
        for chunk in chunks:
            for at, heading in enumerate(chunk.section):
                above[(chunk.report_id, _key(heading))].add(chunk.section[:at])
        self._forms = {key for (_, key), places in above.items() if len(places) > 1}

    def is_form(self, heading: str) -> bool:
        """Whether the reports use this heading again and again."""
        return _key(heading) in self._forms

    def of(self, chunk: Chunk, statement: Statement | None = None) -> tuple[str, ...]:
        """The names from the outside in, the fewest that tell the thing; none where none do."""
        bullet = self._bullet(statement) if statement else ""
        names = [name for name in (*self._named(chunk.section), bullet) if name]
        return tuple(dict.fromkeys(names))

    def programme(self, section: Sequence[str]) -> tuple[str, ...]:
        """The headings down to the innermost that is numbered; all where none is."""
        last = [at for at, heading in enumerate(section) if at and _NUMBERED.match(heading)]
        return tuple(section[: last[-1] + 1] if last else section)

    def is_programme(self, section: Sequence[str]) -> bool:
        """Whether a path ends in the numbered heading of one thing among others."""
        return len(section) > 1 and bool(_NUMBERED.match(section[-1]))

    def _named(self, section: Sequence[str]) -> tuple[str, ...]:
        path = self.programme(section)
        top = name_of(path[-1]) if len(path) < len(section) or self._names(path[-1:]) else ""
        own = self._names(section[len(path) :])
        if len(path) == len(section) and not any(map(_NUMBERED.match, path[1:])):
            # No numbered heading: a chapter, and what it is divided into.
            top, own = name_of(path[0]) if path else "", self._names(path[1:])
        if not own:
            return (top,)
        if _CAPTION.match(section[-1]) or len(own[-1]) >= _WHOLE_NAME:
            return own[-1:]
        return (top, own[-1])

    def _names(self, headings: Sequence[str]) -> tuple[str, ...]:
        """Those of the headings that name something, and not the form."""
        named = ((heading, name_of(heading)) for heading in headings)
        return tuple(
            name
            for heading, name in named
            if 1 < len(name) <= LONGEST_NAME
            and not self.is_form(heading)
            and not _FIGURES.search(name)
            and is_noun_phrase(name)
        )

    def _bullet(self, statement: Statement) -> str:
        labels = 2 if statement.kind == "cell" else 0
        above = statement.context[: len(statement.context) - labels][-1:]
        if not above or re.search(r"[:：]|\d(?!\d*년)", above[0]) or self.is_form(above[0]):
            return ""
        return next(iter(self._names(above)), "") if len(above[0]) <= LONGEST_NAME else ""


def year_of(chunk: Chunk) -> str:
    """The year of the nearest heading (`□ 추진실적('24년)`), as a question begins with it."""
    told = years(fold(chunk.section[-1])) if chunk.section else frozenset()
    return f"{min(told)}년 " if len(told) == 1 else ""


def _key(heading: str) -> str:
    return _YEAR.sub("", fold(name_of(heading))).replace(" ", "")
