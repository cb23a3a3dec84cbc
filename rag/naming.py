"""Whether a text names a place, a body or a person that the question does not name itself."""

from __future__ import annotations

import re

_WORD = re.compile(r"[0-9a-z가-힣&]+(?:[-·][0-9a-z가-힣]+)*")
_PARTICLE = r"(?:에서|에게|으로|[은는이가을를에와의로도])?"
_PLACE = re.compile(
    rf"(?:[가-힣](?:구|동|로|길|역|읍|면|군|시|도|섬|천|산|관|몰|권)|[지\d]하?\d*층|\d+-\d+|번지|호선"
    r"|센터|빌딩|타워|플라자|시장|청사|공원|광장|캠퍼스|단지|지구|부지|건물|학교|대학|대학교|병원|일대|지하|부두"
    rf"|미국|중국|일본|유럽|독일|프랑스|영국|스위스){_PARTICLE}$"
)
_BODY = re.compile(
    rf"[가-힣a-z](?:과|부|팀|국|실|청|원|회|사|처|단|대|구|시|군|소|장|인|기관|법인|센터|기업|업체|은행|재단"
    rf"|공단|대학|학교|대학교|그룹|협회|조합){_PARTICLE}$"
)
_NEITHER = re.compile(
    rf"(?:.*(?:공사|행사|조사|검사|심사|봉사|종사|관리|처리|정리|도로|경로|활동|이동|공동|노동|자동|연구|요구"
    r"|동시|표시|실시|수시|상시|필요시|정도|제도|속도|온도|용도|확대|결과|효과|성과|통과|사회|기회|개회|조회|계획"
    r"|지원|인원|자원|차원|회원|민원|교육원|현실|사실|시설|전부|일부|내부|외부|거부|장소|해소|감소|요소|시장|현장"
    r"|확장|성장|시대|상대|반대|시도|별도|유도|지도|의도|만개소|개소|이상|이내|추진|대상|분야|개인|확인|할인|승인|요인)"
    rf"|.{{1,2}}){_PARTICLE}$"
)
_TITLE = r"(?:[가-힣]*(?:장|의원|변호사|교수|위원|감독|주무관)|군수|담당자?|대표)"
_SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진엄채도"
)
_NAME = rf"[{_SURNAMES}][가-힣]{{2}}"
_PERSON = re.compile(
    rf"{_TITLE}\s?[:：(]?\s?{_NAME}(?![가-힣])|(?<![가-힣]){_NAME}\s{_TITLE}(?![가-힣])"
)
_HOLDS_OFFICE = re.compile(rf"(?:^|[\s:(]){_TITLE}(?![가-힣])")
_SURE_PLACE = re.compile(r"위\s?치|장\s?소|소재|[가-힣](?:로|길)\s?\d|\d\s?층|번지")
_SURE_BODY = re.compile(r"담당|주관|주체|수탁|시행|시공|운영기관")


def names_place(text: str, question: str) -> bool | None:
    """Whether a folded text tells where something is; None where it names what may be a place.

    >>> names_place("위치 : ddp 5층", "어디인가요?"), names_place("6월 개소", "어디인가요?")
    (True, False)
    """
    return _names(_SURE_PLACE, _PLACE, text, question)


def names_body(text: str, question: str) -> bool | None:
    """Whether a folded text tells a body or person; None where it names what may be one.

    >>> names_body("수탁기관 : 가람대", "누가 맡나요?"), names_body("6월 개소", "누가 맡나요?")
    (True, False)
    """
    return _names(_SURE_BODY, _BODY, text, question)


def names_person(text: str, question: str) -> bool | None:
    """Whether a folded text tells somebody's name beside an office; None where an office may do.

    >>> told = ("위원장 유한결 변호사", "위원장 : 부시장", "참여 인원 : 12명")
    >>> [names_person(text, "위원장의 이름은?") for text in told]
    [True, None, False]
    """
    if any(found[0] not in question for found in _PERSON.finditer(text)):
        return True
    return None if _HOLDS_OFFICE.search(text) else False


def _names(
    sure: re.Pattern[str], pattern: re.Pattern[str], text: str, question: str
) -> bool | None:
    if sure.search(text):
        return True
    words = (word for word in _WORD.findall(text) if word not in question)
    named = any(pattern.search(word) and not _NEITHER.fullmatch(word) for word in words)
    return None if named else False
