"""Characters that only some fonts know, as what they look like in print."""

from __future__ import annotations

import re

# Boxed digits of Hancom's fonts, and what Symbol and Wingdings draw in bullets and boxes.
_SEEN = {0xF02B1 + n: 0x2460 + n for n in range(9)} | {
    0xF06C: "●",
    0xF06D: "○",
    0xF06E: "■",
    0xF06F: "□",
    0xF070: "□",
    0xF071: "□",
    0xF075: "◆",
    0xF076: "◆",
    0xF077: "◆",
    0xF09F: "•",
    0xF0A0: "▪",
    0xF0A1: "○",
    0xF0A7: "▪",
    0xF0A8: "□",
    0xF0B7: "•",
    0xF0D8: "▶",
    0xF0DF: "←",
    0xF0E0: "→",
    0xF0E8: "→",
    0xF0F0: "⇨",
    0xF0FC: "✓",
    0xF0FE: "☑",
}
# No-break, fixed and wide spaces count as one; what has no width is nothing.
_OLD_HANGUL = {0xF53A: "한"}  # of 한글, as its maker writes it
_SPACES = dict.fromkeys((*range(0x2000, 0x200B), 0xA0, 0x202F, 0x205F, 0x3000), " ")
_NOTHING = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_TABLE = {**_SEEN, **_OLD_HANGUL, **_SPACES, **_NOTHING, ord("\t"): " ", ord("\f"): " "}
_DEEPEST = 2  # spaces kept of an indent


def plain(text: str) -> str:
    r"""One line of text: spaces of every kind as spaces, a deep indent as two of them.

    >>> plain("    - 가\t나\u3000")
    '  - 가 나'
    """
    text = re.sub(r"[\r\n\v]+", " ", text).translate(_TABLE).rstrip()
    body = text.lstrip(" ")
    return " " * min(_DEEPEST, len(text) - len(body)) + body
