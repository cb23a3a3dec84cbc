"""A question about one of several things: what compares them is left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.phrases import Word

# What is measured: shared by both halves where it stands at the end of the second.
MEASURE = re.compile(
    r"\S*(?:예산|사업비|시급|요금|인구|인원|면적|길이|연장|방문객|매출|규모|정원|목표|실적|계획)"
    r"|\S+[률율비액수량금]|수"
)
# Words that compare or ask how much, and have no place in a question about one thing.
_COMPARING = re.compile(
    r"각각|각기|더|훨씬|둘|두|중(?:에|에서)?|가운데(?:서|에서)?|사이에?|어느|서로|모두|전부|씩|대비|전년대비"
    r"|비해서?|비하여|비교해서?|비교하면|(?:쪽|편|것|곳)[이은는을의]?|(?:쪽|편|것|곳)(?:인가|입니까|이|일까)\S*"
    r"|어디\S*|무엇이|누가|먼저|(?:합|더하|더해|더한|차이|차[는가이]|빼|뺀|총합)\S*|만큼"
    r"|(?:높|많|크|큰|큽|클|커|적[은을나었]|낮|작[은을나았]|길|긴|짧|넓|좁|빠르|빠른|늦|이르|이른|앞서)\S*"
    r"|(?:늘|줄|증가|감소|증액|감액|상승|하락|오르|올랐|오른|올라|내렸|내려|변했|변화|달라|되나|되었|됐)\S*"
)
_NO_UNIT = re.compile(r"(?:배|%|퍼센트|프로)\S*")
_MONEY = re.compile(r"예산|사업비|금액|비용|시급|매출|요금|[가-힣]비(?:[는은가]|$)")


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things asked about: what it is called, and a question about it alone."""

    name: str  # empty where its question alone tells it from the others
    question: str


def asked_of(texts: Sequence[str], *, changes: bool = True) -> str:
    """A question about one thing: without what compares, and asking how much where nothing asks."""
    kept: list[str] = []
    for at, text in enumerate(texts):
        bare = text.strip(",.?!")
        of_change = changes and _NO_UNIT.fullmatch(bare) and at > 0 and texts[at - 1] == "몇"
        if of_change:
            kept.pop()
        elif not (_COMPARING.fullmatch(bare) or re.fullmatch(r"몇\s?배\S*|얼마나", bare)):
            kept.append(text.rstrip(",?"))
    said = " ".join(kept)
    if not re.search(r"얼마|몇|언제|어디|누구", said):
        said += " 얼마인가요" if _MONEY.search(said) else " 얼마나 됩니까"
    return said + "?"


def name_of(words: Sequence[Word]) -> str:
    return " ".join((*texts_of(words)[:-1], words[-1].stem)) if words else ""


def without_measure(words: Sequence[Word]) -> int:
    """Where the measure at the end of a phrase begins: 1 in `라온구 인구`."""
    at = len(words)
    while at > 0 and MEASURE.fullmatch(words[at - 1].stem):
        at -= 1
    return at


def measures(words: Sequence[Word]) -> bool:
    return bool(words) and all(MEASURE.fullmatch(word.stem) for word in words)


def texts_of(words: Sequence[Word]) -> list[str]:
    return [word.text for word in words]
