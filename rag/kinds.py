"""What kind of value a question asks for, by its question words."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal[
    "money",
    "amount",
    "count",
    "share",
    "area",
    "date",
    "place",
    "person",
    "who",
    "list",
    "reason",
    "definition",
    "method",
    "other",
]

# What is measured or counted in its own name: `길이가 얼마`, `이용 건수는 얼마`.
MEASURED = re.compile(
    r"(길이|거리|연장|너비|높이|깊이|속도|무게|중량|온도|기온|시간|인원|인구|[건횟대면호]수)"
    r"[가는은이도를]?\s(?:\S+\s)?얼마"
)
ASKING = re.compile(r"어디|무엇|누구(?!나)|뭐|몇|어느|언제|얼마|어떤|무슨|왜|어떻게|까닭|이유|며칠")
_WHETHER = re.compile(
    r"(?<!알려 줄 수 있)(?<!알려줄 수 있)"
    r"(?:까|나요|가요|나여|는지요?|[어해돼]요|[하되]죠|[는인]지 알려 ?(?:줘|주세요))\s?[?.]*$"
)
_DATE = (
    r"언제|몇\s?(?:월|일|시(?![가-힣])|시(?=[에까부]|쯤|인)|년도|년에)|며칠|어느\s?해|시기는|when\b"
)
# Not that of a web page, nor `주소는 어떻게 바꾸나요`.
_ADDRESS = (
    r"(?<!메일 )(?<!페이지 )(?<!누리집 )주소(?:[가는]\s(?:어떻게 되|뭐|무엇인)|를?\s(?:말해|알려))"
)
_ANY_PLACE = (
    r"어디|어느\s?(?:곳|동네|지역|건물|역|(?:자치)?구|동|층|시군|도시|나라|장소|자리)"
    r"|위치[가는은]|where\b"
)
_BODY = (
    r"기관|부서|과|팀|국|회사|업체|법인|단체|대학|학교|기업|사람|분|위원회|협회|재단|공사|공단|은행"
)
# Several things, by their plural or their number.
_SEVERAL = (
    r"어[느떤]\s\S+들|(?:곳|것|단체|기관|자치구|대학|지역|과|도시)들[은는이가을]|언제\s?언제"
    r"|\d\s?대\s?(?:전략|목표|분야|과제|방향)"
    r"|(?:두|세|네|다섯|여섯|일곱|여덟|아홉|열"
    r"|(?<!\d)(?:[2-9]|[1-9]\d)(?!\s?(?:단계|노선)))"  # `2단계` is one of them
    r"\s?(?:곳|가지|개|군데|분야|단계|사업|과정|노선|과제).*(?:어디|무엇|뭐|말해|알려|이름)"
)
_SUMS = (
    r"예산|사업비|공사비|금액|돈|비용|임금|시급|월급|매출|수당|융자|한도|급여|지원금|보조금|보수비|빚|부채"
    r"|요금|수입|지출|투자|펀드|기금|임대료|보증금|값|가격|손실|이익|손익|수익|재원|국비|시비|[가-힣]액"
    r"|[가-힣]비[는가도]"
)
# What is paid, asked for directly: not `장학금을 받은 학생은 얼마나`.
_DUES = (
    r"(?:[가-힣]{2}금|벌금|상금|세금|성금|(?:과태|수수|사용|이용|입장|관람|수강|보험|통행|대관|임차)료)"
    r"[이가은는을를]?\s(?:(?!\S*[은는이가]\s)\S+\s){0,3}얼마(?!나\s걸)"
)
_PAID = (
    r"받|주(?!$)|줍|쓰|썼|씁|[쓸쓴](?=\s(?:돈|예산|계획|예정)|지|다)|드나|듭|들|내나|냈|깎|지원|벌|남"
    r"|올리|올렸|거두|거둬"
)
_PAYS = r"얼마(?:씩|까지|를)?\s?(?:내(?=[요면며고는야]|\s?야)|냅)"  # not `얼마나 내리`
# The name of who holds an office; `누구` may also be answered by another office, `위원장 : 부시장`.
_OFFICE = (
    r"(?:[과국실팀부처]장|(?:센터|이사|위원)장|의장|(?<=시\s)시장|시장(?=님)|구청장|군수"
    r"|담당자|대표)"
)
_NAMED = r"(?:이름|성함|성명)[은이을과]?\s?(?:\S+\s){0,2}(?:무엇|뭐|어떻게|알려|\??$)"
# The one value a question ends with, no question word beside it: `총사업비를 알려 주세요`.
_ALONE = (
    r"^(?!.*(?:각각|모두|전부|목록|들[의을]|별(?:로)?\s|누가|누구|어디|왜|무엇|어떤|무슨|어떻게(?!\s?되)"
    r"|[가-힣](?:와|과|하고|이랑)\s|\s및\s|[,·]\s?[가-힣]|(?<![가-힣])(?:두|세|네|각)\s)).*"
)
_TOLD = (
    r"\s?(?:규모|총액)?[은는이가을를도]?\s?(?:좀\s?)?"
    r"(?:(?:알려|말(?:해|씀)|답해|가르쳐)(?!\s?(?:주는|줄|드))"
    r"|궁금(?!\S*\s때)|알고(?!\s싶으면)|어떻게 되(?![고어])|어느 정도|\W*$)"
)
# Beside no `얼마`, words must be surer than `_SUMS`: 정비 and 장비 end as 사업비 does.
_VALUES: tuple[tuple[Kind, str], ...] = (
    (
        "money",
        r"예산|금액|매출|시급|월급|임금|급여|수당|지원금|보조금|장려금|과태료|보증금|기금"
        r"|(?:사업|공사|건축|건설|운영|인건|보수|용역|활동|교육|국|시|도|구|군)비"
        r"|(?:총|차|잔|부담|지원|지급|매출|예산|손실|체납|징수|집행|판매|피해|부채)액"
        r"|(?:임대|임차|사용|관람|입장|수수|통행|대관|이용|수강)료|(?:지원|융자|대출)\s?한도",
    ),
    (
        "share",
        r"(?<!매칭 )(?<!분담 )비율|비중"
        # No laws, and no rates that are told otherwise than as shares.
        r"|[가-힣](?<![비법자규조계선음운환배요세])(?<!경쟁)(?<!출산)(?<!출생)(?<!사망)(?<!자살)[률율]",
    ),
    ("area", r"면적|넓이"),
    (
        "count",
        r"[건횟대명종편권석]수|\s수|(?:용자|가자|여자|문자|람객|광객|학생|직원|회원|업체|기관)수"
        r"|인원|인구",
    ),
    (
        "date",
        r"(?<!표)시기|날짜|일자|일시|시점|[준착]공일|개[관장통막원]일|예정일|마감일"
        r"|(?:접수|신청|모집|공모|행사|축제|개최|참가|사업)\s?기[간한]",
    ),
    ("place", r"위치|장소|소재지"),
)
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "share",
        re.compile(
            r"몇\s?(?:%|퍼센트|프로|퍼)|(?:비율|비중|(?<!경쟁)률|율)[은는이가]?\s.*(?:얼마|몇)|percent"
        ),
    ),
    (
        "area",
        re.compile(
            r"(?:면적|넓이)(?!.*몇\s?(?:명|곳|개|건)).*(?:얼마|몇|어느)|몇\s?(?:평|㎡|m2|제곱미터)"
            r"|(?:제곱미터|㎡|m2)로\s.*얼마"
        ),
    ),
    ("person", re.compile(rf"{_OFFICE}님?[은는이가의]?\s?{_NAMED}")),
    ("list", re.compile(rf"^(?!.*(?:몇|얼마|왜|이유)).*(?:{_SEVERAL})")),
    ("date", re.compile(_DATE)),
    ("reason", re.compile(r"왜\b|왜\s|이유|까닭|원인[은을이]|때문인|무엇 때문|배경은|why\b")),
    ("count", MEASURED),
    (
        "money",
        re.compile(
            rf"{_DUES}|{_PAYS}|(?:{_SUMS})\D*얼마|얼마(?:씩|까지|만큼|나|를|가)*\s?(?:{_PAID})"
            r"|몇\s?(?:[십백천]*[조억만]?\s?원|억)|how much"
        ),
    ),
    ("amount", re.compile(r"얼마(?!나)|몇\s?대\s?[1일](?=[인이입였로]|\W*$)")),
    ("count", re.compile(r"몇|how many|얼마나")),
    ("place", re.compile(_ADDRESS)),
    *((kind, re.compile(f"{_ALONE}(?:{value}){_TOLD}")) for kind, value in _VALUES),
    (
        "definition",
        re.compile(
            r"뜻(?!을 모)|개념|(?<!유)의미(?! 있)|정의(?!로운)|[가-힣]란 (?:무엇|뭐|어떤|무슨|누구)"
            r"|[가-힣]{2}란\W*$"
        ),
    ),
    (
        "list",
        re.compile(
            r"모두 (?:말|알려|나열)|어디\s?어디|무엇\s?무엇|각각|목록"
            r"|^(?!.*(?:어떻게(?!\s?되)|어디|누구|누가)).*알려"
            r"|어떤 (?:것|시설|물건|조치|학과|사업|행사|언어|지원)"
            r"|(?<!이름[은이] )(?<!명칭[은이] )무엇(?:인가|이|들)"
        ),
    ),
    (
        "who",
        re.compile(
            rf"누구|누가|어[느떤]\s?\S*(?:{_BODY})[가이은는을를에과와의]|(?:{_BODY})[은는이가]\s어디|who\b"
        ),
    ),
    ("place", re.compile(_ANY_PLACE)),
    ("method", re.compile(r"어떻게|(?:어떤|무슨) (?:방식|방법|식)|how\b")),
    # Keywords alone: `안심일자리 소요예산 2022`.
    ("money", re.compile(r"^(?!.*(?:어떻게|어디|누구|어떤|무슨)).*(?:예산|사업비|금액|매출액)")),
)


def kind_of(folded: str) -> Kind:
    """The kind that a folded question asks for.

    >>> kind_of("센터는 어디에 있나요?"), kind_of("행사는 몇 시간 동안 열리나요?")
    ('place', 'count')
    >>> kind_of("교통국장의 이름은?"), kind_of("위원장은 누구인가요?")
    ('person', 'who')
    """
    return next((kind for kind, pattern in _KINDS if pattern.search(folded)), "other")


def asks_whether(folded: str) -> bool:
    """Whether a folded question may be answered with yes or no.

    >>> asks_whether("국비도 들어가나요?"), asks_whether("국비는 얼마인가요?")
    (True, False)
    """
    return _WHETHER.search(folded) is not None and not ASKING.search(folded)
