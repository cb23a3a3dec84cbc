"""Headings and labels as a question says them: bare names, noun phrases, the particle that fits."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.korean import clean, fold, join_spaced, tagged
from rag.wording import plain

_NUMBERING = re.compile(r"^(?:[ⅠI-ⅫVX]+\s*\.|\d{1,3}\s*\.?(?=\s)|\d{1,2}[.)]|[①-⑳]|[가-하]\.)\s*")
_CAPTION = re.compile(r"^[<〈《【\[]\s*(.*?)\s*[>〉》】\]]$")
_SHORT_YEAR = re.compile(r"['’‘`´](\d{2})(?=년|\.|\s|\)|$)")
_LEADING_BRACKET = re.compile(r"^\([^()]{1,25}\)\s*(?=\S)")
_LAST_BRACKET = re.compile(r"\s*[(〈\[][^()〈〉\[\]]*[)〉\]]$")
_NOTE = re.compile(r"(?:(?<=[가-힣」])\d{1,2}\)|[⁰¹²³⁴-⁹]+⁾|\*+)(?=\s|$|[」)·,/:])")
_YEAR_LAST = re.compile(r"^(\S.*?)\s+(\d{4}년)$")
_QUOTES = str.maketrans("", "", "‘’“”'\"")
# The last sound of digits and of Latin letters as they are read: 영, 일, 삼, 육, 칠, 팔; 엘, 엠 …
_CLOSED = frozenset("013678lmnr")
_FINALS = 28  # Hangul syllables run through 28 endings, of which the first is none
_NOUN = frozenset(("NNG", "NNP", "XSN", "SL", "SH", "SW", "XR"))
_SAYS = frozenset(("EF", "EP", "ETN", "SF", "W_URL"))  # a sentence, not a name
_NO_NAME = frozenset(("등", "것", "외", "때"))
_COMPOUND = frozenset(("NNG", "NNP", "XSN", "XPN", "SL", "SH", "XR"))


def with_particle(text: str, pair: str) -> str:
    """The text with the one of two particles that fits its last sound, figures read aloud.

    >>> with_particle("예산", "은는"), with_particle("「버스」", "은는"), with_particle("M", "이가")
    ('예산은', '「버스」는', 'M이')
    >>> with_particle("취업률(%)", "을를"), with_particle("2", "은는"), with_particle("제3", "은는")
    ('취업률(%)을', '2는', '제3은')
    """
    spoken = [letter for letter in _LAST_BRACKET.sub("", text) if letter.isalnum()]
    last = spoken[-1].lower() if spoken else ""
    closed = (ord(last) - ord("가")) % _FINALS > 0 if "가" <= last <= "힣" else last in _CLOSED
    return text + pair[0 if closed else 1]


def name_of(text: str) -> str:
    """A heading or label without numbers, marks, notes and brackets around it.

    >>> name_of("1 생태하천 복원"), name_of("□ 추진실적('24년) : 22대"), name_of("< 대상지 >")
    ('생태하천 복원', '추진실적', '대상지')
    >>> name_of("- '24년 실 적"), name_of("② (제작 지원) 스튜디오 활성화⁴⁾")
    ('2024년 실 적', '스튜디오 활성화')
    """
    name = _NUMBERING.sub("", plain(clean(text)))
    name = re.split(r"\s*[:：]\s", name, maxsplit=1)[0]
    name = _CAPTION.sub(r"\1", _NOTE.sub("", join_spaced(name)).strip())
    name = _LEADING_BRACKET.sub("", name)
    while _LAST_BRACKET.search(name):
        name = _LAST_BRACKET.sub("", name)
    name = _SHORT_YEAR.sub(r"20\1", name).translate(_QUOTES)
    return _YEAR_LAST.sub(r"\2 \1", name.strip(" .:·-"))


@lru_cache(maxsize=20_000)  # headings and labels come again and again
def is_noun_phrase(text: str) -> bool:
    """Whether the text names a thing, as far as its morphemes tell.

    >>> is_noun_phrase("해든 남부 운행 개시"), is_noun_phrase("버스 이용은 되살아나는 흐름")
    (True, False)
    >>> is_noun_phrase("이동 불편을 줄임"), is_noun_phrase("자료 제출 등")
    (False, False)
    """
    tokens = tagged(text)
    if not tokens or text.count("(") != text.count(")"):
        return False
    last = tokens[-1]
    noun = last.tag in _NOUN or (last.tag == "NNB" and last.form not in _NO_NAME)
    return (
        noun
        and last.form not in _NO_NAME
        and not any(token.tag in _SAYS or token.tag in ("JKS", "JX") for token in tokens)
    )


def key_words(text: str, *, besides: str, most: int = 2) -> tuple[str, ...]:
    """The longest compounds of a text that `besides` does not say, in the text's order.

    >>> key_words("온라인 및 면접조사", besides="조사 방법은 무엇인가요?")
    ('온라인', '면접조사')
    """
    said = fold(besides).replace(" ", "")
    words = [word for word in _compounds(text) if len(word) > 1 and word not in said]
    kept = sorted(dict.fromkeys(words), key=len, reverse=True)[:most]
    return tuple(word for word in dict.fromkeys(words) if word in kept)


def head_noun(text: str) -> str:
    """The noun that a name ends in; empty where there is none.

    >>> head_noun("총사업비"), head_noun("운영 시간")
    ('사업비', '시간')
    """
    nouns = [token.form for token in tagged(text) if token.tag in ("NNG", "NNP") and len(token) > 1]
    return str(nouns[-1]) if nouns else ""


def _compounds(text: str) -> list[str]:
    words, end = list[str](), -1
    for token in tagged(text):
        if token.tag in _COMPOUND and token.start == end and words:
            words[-1] += token.form
        elif token.tag in _COMPOUND:
            words.append(str(token.form))
        end = token.start + token.len if token.tag in _COMPOUND else -1
    return words
