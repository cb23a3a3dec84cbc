"""Words that point back, `그 사업`, `거기`, `그중`, `그건`, and what they stand for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from rag.followups.particles import with_particle
from rag.followups.topics import Phrase, phrases

_HERE, _END = r"(?<![가-힣])", r"(?![가-힣])"
_CASE, _TOPIC = r"(?:에서|에게|에|으로|로|부터|까지|만)?", r"(?:는|은|도|의|가|이|를|을|와|과|만)?"
_PARTICLE = rf"({_CASE}{_TOPIC}(?:요)?){_END}"
_AMONG = re.compile(rf"{_HERE}[그이]\s?(중|가운데)(에서[도는]?|에[는도]?|의)?{_END}")
_PLACE = re.compile(rf"{_HERE}(?:거기|그곳|그쪽|여기|이곳|이쪽|저기){_PARTICLE}")
_THING = re.compile(rf"{_HERE}[그이](것|거|건|게|걸)들?{_PARTICLE}")
_AFTER = re.compile(_PARTICLE)
_LIES = re.compile(r"\S*\s(?:있|생기|생긴|들어|입주|심|짓|설치|세우)")  # somewhere
_MOST = 2  # words of one way that are replaced in a question
_CONTRACTED = {"건": "은", "게": "이", "걸": "을"}
_NOT_A_THING = "정도|만큼|외|밖|다음|이후|이전|이상|동안|사이|대로"
_NOUN = re.compile(
    rf"{_HERE}(?:그|이|저|해당|위|앞의|위의|그런|이런)\s+(?=[가-힣A-Za-z0-9「])(?!{_NOT_A_THING})"
)
_COUNTED = re.compile(
    rf"{_HERE}[그이저]\s?(두|세|네|다섯|여섯|일곱|여덟|몇|\d+)\s?([가-힣]+?){_PARTICLE}"
)
_BOTH = re.compile(
    rf"{_HERE}(?:[그이]\s?)?(?:둘|셋|두\s(?:곳|구|과|부서|사업|지역|시설))(?:\s?다)?{_PARTICLE}"
)
_PROGRAMME = re.compile(r"사업|정책|제도|계획|프로그램|프로젝트|과제|일")
_ANYTHING = re.compile(
    r"시설|건물|곳|데|센터|행사|공간|장소|지역|지구|단지|대상|기관|단체|조직|팀|서비스|사람|분|친구|이들"
    r"|항목|문제|조치|대책|시스템"
)
# Nouns of a kind, and the last letters of the names that things of this kind bear.
_KINDS = {
    **{"부서": "과국실팀단처", "기관": "단원소청", "회사": "사", "학교": "교", "지점": "점"},
    **{"구": "구", "자치구": "구", "시": "시", "동": "동", "동네": "동", "지역": "시군구동읍면"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """What the last question was about."""

    topic: str  # the thing: `새빛 도서관`
    programme: str  # what `그 사업` is
    subject: str  # all of what was asked about: `새빛 도서관의 총사업비`
    place: str  # where: the phrase with `에`, else the topic
    names: tuple[str, ...]  # of things in this and in earlier questions, newest first
    phrases: tuple[Phrase, ...]  # of these questions and of the last answer
    siblings: tuple[str, ...] = ()  # what the last questions asked the same of, oldest first


def named_before(noun: str, names: Sequence[str]) -> str | None:
    """The longer name that ends in this noun.

    >>> named_before("도서관", ["주차장", "새빛 도서관"])
    '새빛 도서관'
    """
    if len(noun) < 2:
        return None
    return next((name for name in names if name.endswith(noun) and name != noun), None)


def of_kind(noun: str, found: Sequence[Phrase]) -> str | None:
    """The first name that a thing of this kind bears: `달빛구` for `구`."""
    letters = _KINDS.get(noun, "")
    for phrase in found:
        named = phrase.tags[-1] == "NNP" or len(phrase.nouns[-1]) == 1
        if phrase.text[-1] in letters and named and len(phrase.text) > 2:
            return phrase.text
    return None


def pointed_at(text: str, talk: Talk) -> str:
    """The question with what its words point at in their place; unchanged where none does."""
    ways: list[tuple[re.Pattern[str], Callable[[Talk, re.Match[str]], str]]] = [
        (_COUNTED, _several),
        (_AMONG, _among),
        (_PLACE, _there),
        (_THING, _thing),
    ]
    if len(talk.siblings) > 1:
        ways.insert(0, (_BOTH, _both))
    for pattern, meant in ways:
        text = pattern.sub(partial(meant, talk), text, count=_MOST)
    return _nouns(text, talk)


def _several(talk: Talk, match: re.Match[str]) -> str:
    number, noun, particle = match.groups()
    if len(talk.siblings) > 1:
        return with_particle(_side_by_side(talk), particle)
    topic = talk.topic if _PROGRAMME.fullmatch(noun) else talk.subject
    return with_particle(f"{topic} {number} {noun}", particle)


def _among(talk: Talk, match: re.Match[str]) -> str:
    return f"{talk.subject} {match[1]}{match[2] or ''}"


def _both(talk: Talk, match: re.Match[str]) -> str:
    return with_particle(_side_by_side(talk), match[1])


def _side_by_side(talk: Talk) -> str:
    """What was asked of the last things, of all of them."""
    return talk.subject.replace(talk.siblings[-1], ", ".join(talk.siblings))


def _there(talk: Talk, match: re.Match[str]) -> str:
    """`거기 심는 나무` as `도서관에 심는 나무`, `거기 인구` as `달빛구 인구`."""
    rest = match.string[match.end() :].strip()
    following = next(iter(phrases(rest)), None)
    of_it = following and following.start == 0 and not _LIES.match(rest[following.end :])
    return with_particle(talk.place, match[1] or ("" if of_it else "에"))


def _thing(talk: Talk, match: re.Match[str]) -> str:
    """`그건` is what stands before it in its own sentence, else what was talked about."""
    before = [phrase for phrase in phrases(match.string[: match.start()]) if not phrase.is_generic]
    noun = before[-1].text.removeprefix(talk.place).strip() if before else talk.subject
    return with_particle(noun, match[2] or _CONTRACTED.get(match[1], ""))


def _nouns(text: str, talk: Talk) -> str:
    """`그 도서관` as it was named; `그 예산` as the budget of what was talked about."""
    done = ""
    for _ in range(_MOST):
        match = _NOUN.search(text)
        if not match:
            break
        done, text = done + text[: match.start()], text[match.end() :]
        following = next(iter(phrases(text)), None)
        if following and following.start == 0:
            text = text[len(following.text) :]
            particle = _AFTER.match(text)
            behind = particle[1] if particle else ""
            done += with_particle(_name(following, talk), behind)
            text = text[len(behind) :]
    return done + text


def _name(phrase: Phrase, talk: Talk) -> str:
    head, *more = phrase.text.split(" ")
    noun = head.removesuffix("들")
    name = named_before(noun, talk.names) or of_kind(noun, talk.phrases)
    if not name:
        name = _of_topic(noun, talk)
    return " ".join((name, *more))


def _of_topic(noun: str, talk: Talk) -> str:
    """The topic where the noun only says `it`, else what the topic has of it."""
    if _PROGRAMME.fullmatch(noun):
        return talk.programme
    same = _ANYTHING.fullmatch(noun) or talk.topic.endswith(noun)
    return talk.topic if same else f"{talk.topic} {noun}"
