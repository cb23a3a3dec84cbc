"""A question about one of several things: what compares them is left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.composing.words import Word

# Words that compare or ask how much, and have no place in a question about one thing.
# Their endings are told too: 늘봄학교, 큰우물시장 and 클린센터 are names.
_COMPARING = re.compile(
    r"각각|각기|더|훨씬|둘|두|중(?:에|에서)?|가운데(?:서|에서)?|사이에?|서로|모두|전부|씩|대비|전년대비"
    r"|비해서?|비하여|(?:비교|견주)\S*|(?:쪽|편|것|곳)[이은는을의]?|(?:쪽|편|것|곳)(?:인가|입니까|이|일까)\S*"
    r"|먼저|쓸|드는|계획(?:인가|입니|이에)\S*|만큼|제일|가장|많이|전체"
    r"|(?:더하|더해|더한|차이|차[는가이]|빼|뺀|총합|합[하치친한해쳐산계]|합[은이]$)\S*|합"
    r"|(?:높|많|적|낮|작|짧|넓|좁|늦)(?:은(?:[가지데편]\S*)?|[을나았었아어습게고던지]\S*|다)"
    r"|(?:[크길][나고게지네던]|컸|큽|커[지졌요]|깁)\S*|(?:큰|클|긴)(?:[가지]요?|까요?)?"
    r"|(?:빠르|빠른|이르|이른|앞서)\S*|(?:늘|줄)(?:[어었렸려리린릴여였인]\S*|고|지)|는"
    r"|(?:증가|감소|증액|감액|상승|하락|오르|올랐|오른|올라|내렸|내려|변했|변화|달라|되나|되었|됐)\S*"
)
_NO_UNIT = re.compile(r"(?:배|%|퍼센트|프로)\S*")
_SUM = re.compile(r"돈[이을은]?")
_MONEY = re.compile(
    r"예산|사업비|금액|비용|시급|매출|요금|(?:임금|급여|수당)(?:[은는이가을를]|$)|돈[이을은]?(?:\s|$)|[가-힣]비(?:[는은가]|$)"
)
_PEOPLE = re.compile(r"(?:사람|손님|승객|인원|인구|\S+(?:망자|상자|환자|객|원생|학생))[은는이가]")
_ASKS = re.compile(r"얼마|몇|언제|어디|누구|어떤|어떻게|무엇|무슨|왜")
_CHOOSING = re.compile(r"어느|어디|누가|무엇|뭐|제일|가장")
_WHEN = re.compile(r"(?:먼저|빠르|빠른|늦|이르|이른|앞서)")
_REPORT = re.compile(r"(?:주요)?(?:업무)?(?:추진)?(?:계획서?|보고서?)|주요|업무")
_NOT_MEASURED = frozenset(("", "쪽", "편", "것", "곳", "돈", "건", "중"))


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things asked about: what it is called, and a question about it alone."""

    name: str  # empty where its question alone tells it from the others
    question: str
    report: int | None = None  # the year of the report that must tell it


def asked_of(texts: Sequence[str], *, changes: bool = True) -> str:
    """A question about one thing: without what compares, and asking how much where nothing asks."""
    kept: list[str] = []
    for at, text in enumerate(texts):
        bare = text.strip(",.?!")
        counted = at > 0 and texts[at - 1] == "몇"
        if counted and changes and _NO_UNIT.fullmatch(bare):
            kept.pop()
        elif counted or not (_COMPARING.fullmatch(bare) or bare == "얼마나"):
            kept.append(text.rstrip(",?"))
    if any(_MONEY.search(text) for text in kept if not _SUM.fullmatch(text)):
        kept = [text for text in kept if not _SUM.fullmatch(text)]
    said = " ".join(kept)
    if not _ASKS.search(said):
        said += _how_much(texts)
    return said + "?"


def _how_much(texts: Sequence[str]) -> str:
    if any(_WHEN.match(text) for text in texts):
        return " 언제입니까"
    if any(_PEOPLE.fullmatch(text) for text in texts):
        return " 몇 명입니까"
    return " 얼마인가요" if _MONEY.search(" ".join(texts)) else " 얼마나 됩니까"


def without_choice(words: Sequence[Word]) -> list[Word]:
    """The words without those that ask for a choice: of `어느 쪽이 인구가 더 많나요`, `인구가`."""
    choosing = (at for at, word in enumerate(words) if _CHOOSING.match(word.text))
    at = next(choosing, len(words))
    kept = [
        word
        for before, word in zip(words[at - 1 :], words[at:], strict=False)
        if (word.nominal and word.stem not in _NOT_MEASURED)
        or "몇" in (word.stem, before.stem)
        or any(_WHEN.match(one.text) for one in (before, word))
    ]
    before = [replace(word, text=word.text.rstrip(",")) for word in words[at - 1 : at]]
    return [*words[: max(at - 1, 0)], *before, *kept]  # `A와 B, 어느`: nothing is joined there


def of_report(words: Sequence[Word]) -> int | None:
    """The year of the report that a phrase names and nothing else: `2023년 업무계획`."""
    years = [word.year for word in words if word.year]
    rest = [word.stem for word in words if not word.year]
    named = bool(rest) and all(map(_REPORT.fullmatch, rest))
    return years[0] if len(years) == 1 and named else None
