"""The marks that the items of Korean reports begin with."""

from __future__ import annotations

import re

OVER = "□■▣◆●◉ㅁ"  # over a part of a section
SIGNS = "□■▣◈❏❑○●◯◉◎◦∘❍◇◆❖•∙‣·▪▫▶▷▸▹►➤※✓✔⇒→➔➜☞⇨*"  # not `△`, which is a minus sign
# Typed for `○` and `□`: `ㅇ 사업기간`, `o 위치`, `ㅁ 추진배경`.
LETTERS = r"(?:[ㅇㅁ](?![ㄱ-ㅎㅏ-ㅣ])|[oO](?=\s))"
BEFORE = rf"(?:[^\w(]|{LETTERS})*"  # all that may stand before the words

_TYPED = re.compile(r"(?<!\S)[ㅇㅁ](?![ㄱ-ㅎㅏ-ㅣ])|^[oO](?=\s)")


def signed(text: str) -> str:
    """The text with signs for the letters that stand for them.

    >>> signed("ㅇ 사업기간 : 2024년"), signed("o 위치"), signed("O형 혈액")
    ('○ 사업기간 : 2024년', '○ 위치', 'O형 혈액')
    """
    return _TYPED.sub("○", text)
