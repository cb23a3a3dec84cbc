"""Korean particles: `은` or `는`, by how the noun in front of them ends."""

from __future__ import annotations

import re

_PARTICLES = (
    ("은", "는"),
    ("이", "가"),
    ("을", "를"),
    ("과", "와"),
    ("으로", "로"),
    ("이나", "나"),
)
_BEHIND = r"([은는이가을를과와](?:요|(?![가-힣]))|으?로(?![가-힣]))?"


def with_particle(noun: str, particle: str) -> str:
    """The noun with its particle in the form that fits.

    >>> with_particle("도서관", "는"), with_particle("버스", "으로"), with_particle("서울", "으로")
    ('도서관은', '버스로', '서울로')
    """
    for closed, open_ in _PARTICLES:
        for form in (closed, open_):
            if particle.startswith(form):
                rest = particle.removeprefix(form)
                return noun + (closed if _is_closed(noun, closed) else open_) + rest
    return noun + particle


def in_place(text: str, noun: str, new: str) -> str | None:
    """The text with one noun replaced, its particle too; None where the noun is not there.

    >>> in_place("도서관은 언제 여나요?", "도서관", "축제")
    '축제는 언제 여나요?'
    """
    match = re.search(re.escape(noun) + _BEHIND, text)
    if not match:
        return None
    return text[: match.start()] + with_particle(new, match[1] or "") + text[match.end() :]


def _is_closed(noun: str, particle: str) -> bool:
    """Whether the last syllable ends in a consonant; `ㄹ` counts as none before `로`."""
    last = ord(noun[-1]) - 0xAC00 if noun else -1
    if not 0 <= last < 11172:
        return False
    return last % 28 not in ((0, 8) if particle == "으로" else (0,))
