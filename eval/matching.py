"""When texts count as the same: what an answer says, which heading is meant, what is verbatim.

Kept apart from `rag.korean` on purpose: a ruler must not move with what it measures.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

_IGNORED = frozenset(" ,·ㆍ'\"“”‘’()[]「」『』〈〉<>*~∼-–—:：\t\n")
_GAP = r"[\s,·ㆍ'\"“”‘’()\[\]「」『』〈〉<>*~∼\-–—:：]*"
_NOT_HEADING = re.compile(r"[\W\d_ⅠⅡⅢⅣⅤ①-⑳]+")
_LEFT_OUT = re.compile(r"…|\.\.\.")
_BRACKETED = re.compile(r"<[^>]+>")  # as the reference scorer takes tags away
_TAG = re.compile(r"</?[A-Za-z!][^>]*>")  # `< 규모 >` is none
_FIGURE = re.compile(r"\d[\d,.]*(?:\s?[십백천]?[조억만천](?:\s?\d[\d,.]*)?)*\s?[가-힣%㎡]?")
_SAID = re.compile(r"(?:입니다|이다|임)?[\s.]*$")


def says(answer: str, variant: str) -> bool:
    """Whether the answer contains the variant, spaces and punctuation aside.

    A number counts only whole: 17,830명 does not say 7,830명, and 3.5% does not say 5%.

    >>> says("총 7,830 명입니다.", "7830명"), says("총 17,830명입니다.", "7,830명")
    (True, False)
    >>> says("３.5%", "5%"), says("6.15%", "6.1"), says("종합형(15개소)", "종합형 15")
    (False, False, True)
    """
    wanted = [letter for letter in _fold(variant) if letter not in _IGNORED]
    if not wanted:
        return False
    before = r"(?<!\d)(?<!\d[.,])" if wanted[0].isdigit() else ""
    after = r"(?!\d|[.,]\d)" if wanted[-1].isdigit() else ""
    pattern = before + _GAP.join(map(re.escape, wanted)) + after
    return re.search(pattern, _fold(answer)) is not None


def says_all(answer: str, groups: Sequence[Sequence[str]]) -> bool:
    """Whether the answer contains some variant of every group.

    >>> says_all("종합형 15개소, 단위형 17개소", [["15개"], ["17개", "열일곱 개"]])
    True
    """
    return all(any(says(answer, variant) for variant in group) for group in groups)


def said_parts(answer: str) -> tuple[tuple[str, ...], ...]:
    """What an answer must say where the gold tells only a whole one: its figures, else all of it.

    >>> said_parts("자치구 25곳에 57,229백만원입니다."), said_parts("도시재생과입니다.")
    ((('25곳',), ('57,229백만원',)), (('도시재생과',),))
    """
    figures = tuple((found.strip(" ,."),) for found in _FIGURE.findall(answer))
    whole = _SAID.sub("", answer)
    return figures or (((whole,),) if whole else ())


def char_f1(gold: str, answer: str) -> float:
    """Harmonic mean of precision and recall of the characters, white space aside, in [0, 1].

    >>> char_f1("66개사", "66 개사 입점")  # 4 of 6 are right, 4 of 4 are found
    0.8
    """
    wanted, said = Counter(squeeze(gold)), Counter(squeeze(answer))
    same = sum((wanted & said).values())
    if not same:
        return 0.0
    precision, recall = same / said.total(), same / wanted.total()
    return 2 * precision * recall / (precision + recall)


def same_heading(wanted: str, heading: str) -> bool:
    """Whether one heading holds the other, numbers and marks aside.

    >>> same_heading("4 전통시장 임대료 감면", "④ 전통시장 임대료 감면 지원")
    True
    >>> same_heading("사업개요 및 향후계획", "사업")  # too short to tell
    False
    """
    gold, got = _heading_key(wanted), _heading_key(heading)
    return len(gold) > 1 and (gold in got or (len(got) > 3 and got in gold))


def stands_verbatim(quote: str, source: str) -> bool:
    """Whether every part of the quote stands in the source, white space and tags aside.

    >>> stands_verbatim("총 7,830명 … 자치구", "<li>총  7,830명 (서울시 / 자치구)</li>")
    True
    >>> stands_verbatim("", "총 7,830명")
    False
    """
    text = squeeze(_BRACKETED.sub("", source))
    parts = [part for part in _LEFT_OUT.split(quote) if part]
    return bool(squeeze(quote)) and all(squeeze(part) in text for part in parts)


def without_tags(text: str) -> str:
    """Text with HTML tags removed, as a quote is given.

    >>> without_tags("<li>< 실집행 규모 ></li>")
    '< 실집행 규모 >'
    """
    return _TAG.sub("", text)


def first_part(quote: str) -> str:
    """What stands before the first thing left out.

    >>> first_part("총 7,830명 … 자치구 1,000명")
    '총 7,830명'
    """
    return next((part.strip() for part in _LEFT_OUT.split(quote) if part.strip()), "")


def squeeze(text: str) -> str:
    """Text without white space, NFKC."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _heading_key(text: str) -> str:
    return _NOT_HEADING.sub("", unicodedata.normalize("NFC", text))
