"""Dates as they are printed in short, said readably."""

from __future__ import annotations

import re

# At the beginning, alone or with where it leads: `'22. 8`, `'22.3.1.~`; not `'22.4월`.
_SHORT = re.compile(
    r"^['’‘`´]([0-3]\d)\s?\.\s?(0?[1-9]|1[0-2])(?:\s?\.\s?(0?[1-9]|[12]\d|3[01]))?\.?"
    r"(?=\s*(?:$|[~∼]|\((?!\S*[원명건%]\))))"  # `(예정)`, not `(억원)`
)


def say_date(text: str) -> str:
    """The text with the short date it begins with also written out.

    >>> say_date("'22. 8"), say_date("'22.3.1.~"), say_date("'22. 4월(예정)")
    ("'22. 8(2022년 8월)", "'22.3.1.(2022년 3월 1일)~", "'22. 4월(예정)")
    >>> say_date("'22. 13"), say_date("'21.3 (억원)")
    ("'22. 13", "'21.3 (억원)")
    """
    return _SHORT.sub(_said, text)


def _said(match: re.Match[str]) -> str:
    year, month, day = match.groups()
    return f"{match[0]}(20{year}년 {int(month)}월{f' {int(day)}일' if day else ''})"
