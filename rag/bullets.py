"""The marks that the items of Korean reports begin with."""

from __future__ import annotations

import re

OVER = "□■▣◆●◉ㅁ"  # over a part of a section
SIGNS = "□■▣◈❏❑○●◯◉◎◦∘❍◇◆❖•∙‣·▪▫▶▷▸▹►➤※✓✔⇒→➔➜☞⇨*"  # not `△`, which is a minus sign
# Typed for `○` and `□`: `ㅇ 사업기간`, `o 위치`, `ㅁ 추진배경`.
LETTERS = r"(?:[ㅇㅁ](?![ㄱ-ㅎㅏ-ㅣ자모씨])|o(?=\s))"  # not `ㅁ자형`, `ㅇ모씨`
BEFORE = rf"(?:[^\w(]|{LETTERS})*"  # all that may stand before the words

_TYPED = re.compile(r"(?<!\S)[ㅇㅁ](?![ㄱ-ㅎㅏ-ㅣ자모씨])|^o(?=\s)")


def signed(text: str) -> str:
    """The text with signs for the letters that stand for them.

    >>> signed("ㅇ 사업기간 : 2024년"), signed("ㅁ 위치"), signed("ㅁ자형 한옥")
    ('○ 사업기간 : 2024년', '□ 위치', 'ㅁ자형 한옥')
    """
    if not (text.startswith("o") or "ㅇ" in text or "ㅁ" in text):  # nearly all: quick to see
        return text
    return _TYPED.sub(lambda match: "□" if match[0] == "ㅁ" else "○", text)
