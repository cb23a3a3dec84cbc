"""Text into lines, counted as editors and gold evidence count them: at line feeds only."""

from __future__ import annotations

import re
import unicodedata

# Python's `splitlines` breaks at more characters than these reports do; as spaces they cannot.
_NOT_PRINTED = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_RETURNS = re.compile(r"\r+(?=\n)")  # those that belong to a line feed


def split_lines(text: str) -> tuple[str, ...]:
    r"""NFC lines without control characters other than tab and form feed.

    A carriage return ends a line only where the whole text has no line feed (old Macintosh files).

    >>> split_lines("예산\r\n1\x0b억\n")
    ('예산', '1 억')
    """
    if "\r" in text:
        text = _RETURNS.sub("", text).replace("\r", " " if "\n" in text else "\n")
    text = _NOT_PRINTED.sub(" ", unicodedata.normalize("NFC", text))
    return tuple(text.removesuffix("\n").split("\n"))


def without_feeds(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The same lines with form feeds, once they have told the pages, turned into spaces."""
    return tuple(line.replace("\f", " ") for line in lines)
