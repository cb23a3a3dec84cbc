"""Every question of a run as JSON for the table in the page; each line of a report stands once."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence

from eval.cases import Case, is_of, is_ok, meets
from eval.dataset import Evidence
from eval.question_types import type_label
from eval.results import Cited, Place
from eval.sources import Source, Sources, source_of
from eval.stages import lost_at, why_lost
from eval.summary import ScoredRun
from rag.korean import clean

_SHOWN_PLACES = 3  # a quote that stands in more places is shown in the first of them


def data_json(run: ScoredRun, titles: Mapping[str, str]) -> str:
    """What report.js reads, with the titles of the reports; safe inside a `<script>`."""
    pool = _Pool(run.cases)
    rows = [_row(case, pool) for case in run.cases]
    data = {"rows": rows, "types": {row["type"]: type_label(str(row["type"])) for row in rows}}
    data |= {"docs": pool.docs(), "places": list(pool.places), "lines": pool.lines}
    data |= {"reports": titles}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c")


def titles_of(cases: Sequence[Case]) -> Mapping[str, str]:
    """The title of every report that gold names, by the name that gold gives it."""
    pool = _Pool(cases)
    return {one.doc: pool.title(one) for case in cases for one in case.gold.evidence}


class _Pool:
    """What many questions share, each held once and named by its number."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self.sources: Sources = cases[0].sources if cases else {}
        self.places = dict[tuple[int, int | None, int | None, int | None], int]()
        self.lines = dict[int, dict[int, str]]()  # document to line to text
        self._numbers = dict[str, int]()
        self._titles = {doc: source.title for doc, source in self.sources.items()}
        self._about = set[str]()  # reports whose pages are estimates
        self._named = dict[tuple[str, bool], str | None]()
        for cited in (one for case in cases for one in case.result.citations):
            self._titles.setdefault(self._id(cited.place.doc), cited.title)
            if not cited.page_exact:
                self._about.add(self._id(cited.place.doc))

    def docs(self) -> list[tuple[str, int]]:
        """Title of each report that a place is in, and whether its page numbers are estimates."""
        return [(self._titles.get(doc) or doc, int(doc in self._about)) for doc in self._numbers]

    def place(self, place: Place) -> int:
        """The number of a place; the text of its lines is kept."""
        doc = self._id(place.doc)
        number = self._numbers.setdefault(doc, len(self._numbers))
        first, last, source = place.first_line, place.last_line, self.sources.get(doc)
        if source and first is not None:
            self._keep(number, source, max(first, 1), first if last is None else last)
        return self.places.setdefault((number, first, last, place.page), len(self.places))

    def evidence(self, one: Evidence) -> dict[str, object]:
        """The places of the evidence that are known, and what it quotes."""
        doc = self._doc(one)
        source = self.sources.get(doc)
        spans = [lines for lines in one.places if lines[0] > 0][:_SHOWN_PLACES]
        places = [
            Place(doc=doc, first_line=first, last_line=last, page=_page(source, first) or one.page)
            for first, last in spans
        ] or [Place(doc=doc, first_line=None, last_line=None, page=one.page)]
        return _filled({"at": [self.place(place) for place in places], "quote": one.quote})

    def title(self, one: Evidence) -> str:
        """Of the report that the evidence stands in; as gold names it where that is not known."""
        return self._titles.get(self._doc(one)) or one.doc

    def text(self, place: Place) -> str | None:
        """The lines of a place as a citation quotes them, where their report is at hand."""
        source = self.sources.get(self._id(place.doc))
        if source is None or place.first_line is None:
            return None
        lines = source.text(place.first_line, place.last_line or place.first_line).split("\n")
        return "\n".join(map(clean, lines))

    def _keep(self, number: int, source: Source, first: int, last: int) -> None:
        held = self.lines.setdefault(number, {})
        for line in range(first, min(last, len(source.lines)) + 1):
            if line not in held:
                held[line] = clean(source.lines[line - 1])

    def _id(self, doc: str) -> str:
        source = source_of(doc, self.sources)
        return source.id if source else doc

    def _doc(self, one: Evidence) -> str:
        key = (one.doc, one.whole_id)
        if key not in self._named:
            known = (one.doc,) if one.doc in self._titles else self._titles
            self._named[key] = next((doc for doc in known if is_of(doc, one)), None)
        return self._named[key] or one.doc


def _page(source: Source | None, line: int) -> int | None:
    return source.page(line) if source else None


def _row(case: Case, pool: _Pool) -> dict[str, object]:
    gold, result, right = case.gold, case.result, is_ok(case)
    evidence = gold.evidence
    return _filled(
        {
            "id": gold.question.id,
            "q": gold.question.text,
            "talk": gold.question.dialogue,
            "type": gold.type,
            "ok": None if right is None else int(right),
            "stage": lost_at(case),
            "why": why_lost(case),
            "gold": gold.answer,
            "must": gold.must_include,
            "none": int(not gold.answerable) or None,
            "section": gold.section,
            "evidence": [pool.evidence(one) for one in evidence],
            "reports": sorted({one.doc for one in evidence}),
            "answer": result.answer,
            "refused": int(result.abstained) or None,
            "error": result.error,
            "cites": [_cited(one, evidence, pool) for one in result.citations],
            "found": [pool.place(place) for place in result.retrieved],
            "scores": [_rounded(place.score) for place in result.retrieved],
            "held": [n for n, place in enumerate(result.retrieved) if meets(place, evidence)],
            "sure": _rounded(result.confidence),
            "ms": _rounded(None if result.seconds is None else 1000 * result.seconds, 1),
        }
    )


def _cited(cited: Cited, evidence: Sequence[Evidence], pool: _Pool) -> dict[str, object]:
    quote = None if cited.quote == pool.text(cited.place) else cited.quote
    told = {"at": pool.place(cited.place), "about": int(not cited.page_exact) or None}
    told |= {"held": int(meets(cited.place, evidence)) or None}
    return _filled({**told, "section": cited.section, "quote": quote, "title": cited.title})


def _rounded(value: float | None, digits: int = 3) -> float | None:
    return None if value is None or not math.isfinite(value) else round(value, digits)


def _filled(values: Mapping[str, object]) -> dict[str, object]:
    """Without what is empty; 0 is not."""
    return {name: value for name, value in values.items() if value not in (None, "", (), [])}
