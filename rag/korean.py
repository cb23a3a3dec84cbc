"""The one door for Korean text: how it is stored, compared and split into morphemes.

Stored and quoted text is NFC, otherwise as printed. What is compared is derived here, and the index
and the question go through the same functions.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from rag.bullets import signed

if TYPE_CHECKING:  # Kiwi is large, and a process that only reads files needs none of it
    from kiwipiepy import Kiwi, Token

_SPACES = re.compile(r"[^\S\t\n]+")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
# One syllable, then more parted by single spaces; a pair may stand between (`자 치 행정 과`).
_SPACED_RUN = re.compile(
    r"(?<![가-힣])[가-힣](?: [가-힣](?![가-힣]))+(?: [가-힣]{2}(?: [가-힣](?![가-힣]))+)*"
)
_SPACED_LETTERS = re.compile(r"(?<![A-Za-z])[A-Z](?: [A-Z](?![A-Za-z]))+")
_SPACED_HANJA = re.compile(r"(?<![㐀-鿿])[㐀-鿿](?: [㐀-鿿](?![㐀-鿿]))+")
_FIELD_EDGE = re.compile(r"\s*(?:[:：\t\n()〉>》」】\]]|$)")
_SHORT_YEAR = re.compile(r"['’‘`´](\d{2})(?!\d)")
_YEAR_MONTH = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s?\.\s?(\d{1,2})(?!\d|\s?분기)(?:\s?월|\.(?=\s?\d)|\.)?"
)
_QUARTER = re.compile(r"(?<=[1-4])\s?/\s?4\s?(?=분기|[~∼·,]\s?[1-4]\s?/\s?4\s?분기)")
_BARE_YEAR = re.compile(
    r"(?<![\d.,])([0-3]\d)(?=년(?!\s?(?:간|째|이상|이내|이하|동안|차|넘|된|지난|전|후|뒤|만|이나|짜리)))"
)
_HALF_YEAR = re.compile(r"(?<=\d)(년?)\s?\.?\s?([上下상하])(?![가-힣㐀-鿿])")
_NOTE_MARK = re.compile(r"\s?[⁰¹²³⁴-⁹]{1,2}⁾")
_SQUARED = re.compile(r"(?<=m)\s?(?:\^\s?2|²)")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")

_CONTENT = ("NNG", "NNP", "NNB", "NR", "VV", "VA", "XR", "XP", "XS", "MA", "SL", "SN", "SH", "W_")
NOUNS = frozenset(("NNG", "NNP", "XR", "SL", "SH"))  # tags of words that name something
_PART_TAGS = ("NNG", "NNP", "XPN", "XSN")
_LONGEST_SPACED = 20  # syllables of a name set with spaces between them
_LONG_NOUN = 5  # syllables; shorter dictionary nouns are rarely compounds
# Morphemes that tell nothing: the commonest (`사업을 하다`, `것`, `등`), and those that only ask.
_EMPTY = frozenset(tuple("하되있없것수등들년이그및때데거"))
_ASKING = frozenset(
    (
        *("얼마", "얼마나", "언제", "어디", "누구", "무엇", "뭐", "왜"),
        *("어떻", "어떠", "몇", "각각", "모두", "알려주"),
    )
)


def clean(text: str) -> str:
    """Text as it is shown and quoted on one line: NFC, single spaces, no tags; tabs stay.

    >>> clean("예산\u3000 총액 <b>5</b>억") == "예산 총액 5억"
    True
    """
    return _SPACES.sub(" ", unicodedata.normalize("NFC", strip_tags(text))).strip(" ")


def strip_tags(text: str) -> str:
    """Text without HTML tags and entities; comparison signs stay.

    >>> strip_tags("<ul><li>3 < 5 &amp; 7</li></ul>")
    '3 < 5 & 7'
    """
    return html.unescape(_TAG.sub("", text)) if "<" in text or "&" in text else text


def join_spaced(text: str) -> str:
    """Letter-spaced words joined where they fill a field, three or more syllables also elsewhere.

    >>> join_spaced("경 제 정 책 과"), join_spaced("- 대 상 : 청년"), join_spaced("갈 수 있는 곳")
    ('경제정책과', '- 대상 : 청년', '갈 수 있는 곳')
    """
    text = _SPACED_LETTERS.sub(_joined, _SPACED_HANJA.sub(_joined_hanja, text))
    return _SPACED_RUN.sub(_joined_if_word, text)


@lru_cache(maxsize=20_000)  # headings and labels come again and again
def fold(text: str) -> str:
    """Text as it is compared: no tags, hanja as hangul, dates written out, NFKC, lower case.

    >>> fold("Ⅳ. 市 면적 １００㎡, '22.下 57,229백만원('22.1월)")
    'iv. 시 면적 100m2, 2022년 하반기 57229백만원(2022년 1월)'
    """
    text = signed(join_spaced(clean(text)))
    text = _SQUARED.sub("2", _NOTE_MARK.sub("", text))
    text = _SHORT_YEAR.sub(lambda match: f"20{match[1]}", text)
    text = _HALF_YEAR.sub(lambda match: f"년 {'상' if match[2] in '上상' else '하'}반기", text)
    if any("㐀" <= character <= "鿿" for character in text):
        import hanja

        text = hanja.translate(text, "substitution")
    text = _QUARTER.sub("", text) if "분기" in text else text
    text = _YEAR_MONTH.sub(lambda match: f"{match[1]}년 {match[2]}월 ", text)
    text = _BARE_YEAR.sub(lambda match: f"20{match[1]}", text)
    text = unicodedata.normalize("NFKC", _THOUSANDS.sub("", text)).lower()
    return re.sub(r" +(?=[)\]]|$)", "", _SPACES.sub(" ", text))


def squeezed(text: str) -> str:
    """Folded text without spaces: `시각 장애` and `시각장애` are the same."""
    return fold(text).replace(" ", "")


def tokenize(text: str) -> list[str]:
    """The morphemes that carry meaning, in order, for the index and for the question alike.

    >>> tokenize("취약계층 공공일자리는 총 7,830명")
    ['취약', '계층', '공공', '일자리', '7830', '명']
    """
    return _content(_morphemes(fold(text)))


def respaced(text: str) -> str:
    """The text with spaces between its words and nowhere else, whatever spaces it came with.

    >>> respaced("도 로시 설 관리 사 업소")
    '도로 시설 관리 사업소'
    """
    return str(_kiwi().space(text, reset_whitespace=True))


def tokenize_all(texts: Sequence[str]) -> list[list[str]]:
    """`tokenize` for many texts, on all cores."""
    folded = [fold(text) for text in texts]
    return [_content(tokens) for tokens in _kiwi().tokenize(folded)]


def tagged(text: str) -> tuple[Token, ...]:
    """All morphemes with their tags, particles too."""
    return _morphemes(fold(text))


def morphemes(text: str) -> tuple[Token, ...]:
    """All morphemes of a text as it is printed: their places are places in it."""
    return _morphemes(text)


def bigrams(text: str) -> list[str]:
    """Pairs of neighbouring characters within words: they survive OCR mistakes and odd spacing.

    >>> bigrams("빈집 매입")
    ['빈집', '매입']
    """
    return [
        word[at : at + 2]
        for word in re.findall(r"[가-힣a-z0-9]+", fold(text))
        for at in range(max(len(word) - 1, 1))
    ]


def _joined(match: re.Match[str]) -> str:
    return match[0].replace(" ", "")


def _joined_hanja(match: re.Match[str]) -> str:
    return _joined(match) if match[0].count(" ") > 1 or _fills_field(match) else match[0]


def _joined_if_word(match: re.Match[str]) -> str:
    """Lone syllables may be words of their own (`3건 등 총 5명`, `할 수 있는 곳`)."""
    parts = match[0].split(" ")
    if all(len(part) == 1 for part in parts) and _fills_field(match):
        return _joined(match)
    return _joined(match) if len(parts) > 2 and _is_noun(_joined(match)) else match[0]


def _fills_field(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 2) : match.start()].strip(" ")
    return not before[-1:].isalnum() and bool(_FIELD_EDGE.match(match.string, match.end()))


@lru_cache(maxsize=5_000)
def _is_noun(word: str) -> bool:
    """Whether the word is made of nouns alone; `과` at its end is a department, not a particle."""
    if len(word) > _LONGEST_SPACED:
        return False
    return all(token.tag in _PART_TAGS or token.form == "과" for token in _kiwi().tokenize(word))


@lru_cache(maxsize=64)
def _morphemes(folded: str) -> tuple[Token, ...]:
    """Retriever and reader split the same question: once is enough."""
    return tuple(_kiwi().tokenize(folded))


def _content(tokens: Iterable[Token]) -> list[str]:
    found: list[str] = []
    for token in tokens:
        if not token.tag.startswith(_CONTENT) or token.form in _EMPTY or token.form in _ASKING:
            continue
        found.append(token.form)
        if len(token.form) >= _LONG_NOUN and token.tag in ("NNG", "NNP"):
            found.extend(_parts(token.form, token.tag))
    return found


@lru_cache(maxsize=50_000)
def _parts(noun: str, tag: str) -> tuple[str, ...]:
    """The nouns inside a long dictionary noun (소상공인시장진흥공단 -> 상공인, 시장 …)."""
    parts = _kiwi().tokenize(noun, blocklist=[(noun, tag)])
    if not all(part.tag in _PART_TAGS for part in parts):
        return ()
    return tuple(part.form for part in parts if len(part.form) > 1)


@cache
def _kiwi() -> Kiwi:
    # The dictionary of names of several words costs 190 MB, and would hide the parts of names.
    from kiwipiepy import Kiwi

    return Kiwi(load_multi_dict=False)
