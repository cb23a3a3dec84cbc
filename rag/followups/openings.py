"""What a follow-up begins with and what is no part of its question: `네, 그럼`, `감사합니다.`"""

from __future__ import annotations

import re

_WORDS = (
    r"아|네|넵|예|응|음|오|와|참|혹시|그럼|그러면|그렇다면|그런데|근데|그리고|그래서|그러니까"
    r"|또|또한|다시|정말|좋아요|알겠습니다|알겠어요|그렇군요|죄송한데|죄송하지만|하나만 더|추가로"
    r"|(?:아까|앞서|방금|처음에?)(?:\s(?:말한|말씀하신|물어본|얘기한|이야기한|나온|언급한))?"
)
_OPENING = re.compile(rf"^(?:(?:{_WORDS})(?:[\s,.!~…]+|$))+")
_COURTESY = re.compile(r"^(?:[^.?!]*(?:감사|고맙|고마|안녕|수고)[^.?!]*[.!~]+\s*)+")
_ONLY_COURTESY = re.compile(
    r"[ㄱ-ㅎㅏ-ㅣ\W]+|[^.?!]*(?:감사|고맙|고마|안녕|수고|알겠)[^.?!]*[.!~]*"
)
_HOW = re.compile(r"(?:[은는]\s(?:어때요?|어떤가요|어떻습니까)|만\s(?:놓고\s)?보면)(?=요|\?|$)")
_BACK = re.compile(
    r"^(?:다시\s|아까\s)?(\S.*?)(?:으?로\s(?:다시\s)?돌아가\S*"
    r"|\s?(?:얘기|이야기|말씀|말)(?:인데요?|입니다만|로는?|로))[,\s]+"
)


def without_opening(question: str) -> str:
    """The question alone; as it is where nothing would be left.

    >>> without_opening("네, 감사합니다. 그럼 예산은요?"), without_opening("달빛구는 어때요?")
    ('예산은요?', '달빛구는?')
    """
    text = _OPENING.sub("", _COURTESY.sub("", question))
    return _HOW.sub("는", text) or question


def is_courtesy(question: str) -> bool:
    """Whether only thanks, a greeting or a laugh is said, and nothing asked.

    >>> is_courtesy("고마워요"), is_courtesy("ㅋㅋ"), is_courtesy("고마워요. 예산은요?")
    (True, True, False)
    """
    return _ONLY_COURTESY.fullmatch(question.strip()) is not None


def return_to(text: str) -> tuple[str, str] | None:
    """What a question goes back to, and the question itself.

    >>> return_to("다시 도서관 얘기인데요, 언제 여나요?")
    ('도서관', '언제 여나요?')
    """
    match = _BACK.match(text)
    return (match[1], text[match.end() :]) if match else None
