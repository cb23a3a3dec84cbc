"""Gold, results and scored runs made by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from eval.cases import Case
from eval.dataset import Evidence, Gold, Question
from eval.metrics import score_cases
from eval.results import Cited, Place, Result
from eval.sources import Source
from eval.summary import ScoredRun, summarize

LINES = ("목표", "총 7,830명", "시 1,000명", "도서관 3곳", "", "문의 02-120")
SOURCES = {
    "한빛시": Source(id="한빛시", title="한빛시 계획", lines=LINES, pages=(12,) * len(LINES))
}
ATTACK = "</script><!--<script><img src=x onerror=alert(1)>\"'&\u2028"
FINGERPRINT = {"settings": "5e77195", "index": "1dec5", "code": "c0de"}


def gold(name: str, **changed: object) -> Gold:
    """A question whose answer stands on line 2."""
    told: dict[str, object] = {
        "question": Question(id=name, text="몇 명을 뽑나요?"),
        "type": "fact",
        "answerable": True,
        "answer": "7,830명",
        "must_include": (("7,830명",),),
        "section": ("Ⅱ. 계획",),
        "evidence": (Evidence(doc="한빛", places=((2, 2),)),),
    }
    return Gold(**{**told, **changed})  # type: ignore[arg-type]


def bare_gold(name: str = "가", **changed: object) -> Gold:
    """A question with an answer and nothing else."""
    told = {"answer": "7명", "must_include": (("7명",),), "section": (), "evidence": ()}
    return gold(name, **{**told, **changed})


def place(first: int, last: int, score: float | None = None) -> Place:
    """Lines of the one report."""
    return Place(doc="한빛시", first_line=first, last_line=last, page=12, score=score)


def cited(first: int, last: int, quote: str, title: str = "한빛시 계획") -> Cited:
    """A citation of whose page we are not sure."""
    at = place(first, last)
    return Cited(place=at, section=("Ⅱ. 계획",), quote=quote, title=title, page_exact=False)


def result(answer: str, line: int, **changed: object) -> Result:
    """An answer that cites one line."""
    told: dict[str, object] = {
        "answer": answer,
        "abstained": False,
        "citations": (cited(line, line, LINES[line - 1]),),
        "retrieved": (place(3, 4, 2.5), place(1, 2, 1.25)),
        "confidence": 0.9,
        "seconds": 0.02,
        "fingerprint": FINGERPRINT,
    }
    return Result(**{**told, **changed})  # type: ignore[arg-type]


def scored_run(
    pairs: Sequence[tuple[Gold, Result]],
    sources: Mapping[str, Source] = SOURCES,
    path: Path = Path("run.jsonl"),
) -> ScoredRun:
    """The run of these questions."""
    scored = score_cases([Case(gold=one, result=given, sources=sources) for one, given in pairs])
    return ScoredRun(path=path, scored=scored, summary=summarize(scored))


def hostile_run() -> ScoredRun:
    """A run of one question with an attack in every field that takes text."""
    asked = gold(
        ATTACK,
        question=Question(id=ATTACK, text=ATTACK, dialogue=ATTACK),
        type=ATTACK,
        answer=ATTACK,
        must_include=((ATTACK,),),
        section=(ATTACK,),
        evidence=(Evidence(doc=ATTACK, quote=ATTACK),),
    )
    given = result(
        ATTACK,
        2,
        citations=(cited(2, 2, ATTACK, title=ATTACK),),
        fingerprint={ATTACK: ATTACK},
    )
    failed = Result(error=ATTACK)
    other = replace(asked, question=Question(id="둘", text=ATTACK))
    source = replace(
        SOURCES["한빛시"],
        title=ATTACK,
        lines=(ATTACK, "&amp;lt;b&amp;gt; <p>7,830명</p>", *LINES[2:]),
    )
    sources = {"한빛시": source}
    return scored_run(((asked, given), (other, failed)), sources=sources, path=Path(ATTACK))
