"""The columns of a question set kept as a sheet: what the template has and what is read back."""

from __future__ import annotations

from dataclasses import dataclass

SUFFIXES = frozenset((".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods"))  # of files with them
YES, NO = "예", "아니요"
NOT_COMPUTED = "#수식!"  # stands in a cell whose formula was never worked out


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the field of the gold format, its Korean title, and what to write in it."""

    field: str
    title: str
    meaning: str
    width: int = 12  # characters
    others: tuple[str, ...] = ()  # titles that sheets of other hands have


COLUMNS = (
    Column(
        "id",
        "번호",
        "질문마다 다른 번호나 이름. 비우면 ‘행5’처럼 행 번호가 됩니다.",
        8,
        ("연번", "순번", "No.", "질문 번호", "문항 번호"),
    ),
    Column(
        "question",
        "질문",
        "꼭 적습니다. 비워 두면 윗 질문의 근거를 하나 더 적는 행입니다.",
        50,
        ("질의", "문제", "문항", "질문 내용"),
    ),
    Column(
        "type",
        "유형",
        "사실, 표, 나열, 비교처럼. 비우면 ‘기타’로 셉니다.",
        10,
        ("질문 유형", "문제 유형", "구분"),
    ),
    Column(
        "answer",
        "정답",
        "짧은 정답. 보고서에 답이 없는 질문이면 비웁니다.",
        30,
        ("모범답안", "모범정답", "답안", "답"),
    ),
    Column(
        "must_include",
        "꼭 들어갈 말",
        "답에 꼭 있어야 할 말. 여럿이면 쉼표가 아니라 ;로, 같은 뜻의 다른 표기는 |로 나눕니다. "
        "비우면 정답의 수, 수가 없으면 정답 전체입니다.",
        30,
    ),
    Column(
        "answerable",
        "답 있음",
        "예 또는 아니요. 비우면 정답이 있는지로 정합니다.",
        9,
        ("답 유무", "정답 유무"),
    ),
    Column(
        "doc",
        "문서",
        "색인한 보고서의 이름(`index status`의 ID)이나 파일 이름.",
        28,
        ("보고서", "문서명", "문서 이름", "보고서명", "보고서 이름", "파일", "파일명", "파일 이름"),
    ),
    Column(
        "page",
        "쪽",
        "답이 있는 쪽. 쪽, 줄, 근거 문장 가운데 아는 것만 적어도 됩니다.",
        6,
        ("페이지", "쪽수", "쪽 번호", "페이지 번호"),
    ),
    Column("section", "절", "제목의 길. 바깥 제목부터 > 로 잇습니다.", 36, ("절 제목", "목차")),
    Column("line_start", "시작 줄", "읽은 글의 줄 번호. 몰라도 됩니다.", 9),
    Column("line_end", "끝 줄", "한 줄이면 비웁니다.", 9),
    Column(
        "quote",
        "근거 문장",
        "답이 적힌 문장이나 표의 행, 원문 그대로.",
        60,
        ("근거", "근거 원문", "인용문"),
    ),
    Column("accepted", "채택", "‘아니요’인 행은 읽지 않습니다.", 8, ("채택 여부",)),
)
TITLES = {column.field: column.title for column in COLUMNS}
