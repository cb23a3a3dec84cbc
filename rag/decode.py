"""Bytes into text: the right text or a refusal, never mojibake.

UTF-8 proves itself. CP949 and UTF-16 without a mark do not: almost any bytes pass as one of them.
So what they give must look like Korean before it is believed.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from unicodedata import category

_MARKS = (  # UTF-32's mark begins with UTF-16's: the longer first
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_SAMPLE = 50_000
# Six in ten syllables of any Korean text, one in thirty of text read in the wrong encoding.
_EVERYDAY = frozenset(
    "이의다는에을를하고가로지사기자시도대한서인으해리어그나있것들수정일원상업제용장공보소위비요관전스료신주여청육진부"
    "동성생년교문실터산화계경구과연통등방합조적중활학재민건개"
)
_LEAST = 0.15  # of the letters; thirty syllables of a table of names still have more


def decode(data: bytes) -> str:
    """The text, without its byte order mark; `ValueError` when there is none to be sure of."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _printable(data[len(mark) :].decode(encoding))
    text = _strict(data, "utf-8")
    if text is not None and "\0" not in text:
        return _printable(text)
    for encoding in _likely_encodings(data):
        text = _strict(data, encoding)
        if text is not None and _reads_as_korean(text):
            return _printable(text)
    raise ValueError("no encoding gives Korean text")


def _likely_encodings(data: bytes) -> tuple[str, ...]:
    """UTF-16, the likelier order of bytes first, where NUL is found; CP949 where nothing is.

    Half of every space, digit and line end is NUL, and so is the other half of 가.
    """
    start = data[:_SAMPLE]
    if b"\0" not in start:
        return ("cp949",)
    little = start[1::2].count(0) > start[::2].count(0)
    return ("utf-16-le", "utf-16-be") if little else ("utf-16-be", "utf-16-le")


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _printable(text: str) -> str:
    """The text itself, unless bytes that no text holds show it to be something else."""
    stray = sum(1 for _ in _CONTROLS.finditer(text))
    if "\0" in text or "\x1b$" in text or stray > 2 + len(text) / 20:
        raise ValueError("control characters")
    return text


def _reads_as_korean(text: str) -> bool:
    """Whether the letters are those of Korean text; plain ASCII, in UTF-16, will do as well."""
    middle = max(_SAMPLE, len(text) // 2)
    counts = Counter(text[:_SAMPLE] + text[middle : middle + _SAMPLE])
    letters = {
        char: n for char, n in counts.items() if char > "\x7f" and category(char)[0] in "LMC"
    }
    if not letters:
        return all(char <= "\x7f" for char in counts)
    everyday = sum(n for char, n in letters.items() if char in _EVERYDAY)
    return everyday >= _LEAST * sum(letters.values())
