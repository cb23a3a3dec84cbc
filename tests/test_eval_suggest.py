from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval.commands.suggest import suggest_command
from eval.dataset import load_gold
from eval.drafting.draft import Draft
from eval.drafting.suggest import chosen, shared_out, suggest, told_apart
from index.builder import build
from index.wiring import steps_for
from rag.citation import stands
from rag.errors import RagError
from rag.korean import fold
from rag.settings import Settings
from rag.store import Store
from rag.terminal import korean_cli
from tests.build_fakes import HashedPairs
from tests.made import chunk

TEXT = """\
2024년 주요업무 추진계획

2024. 1.


- 1 -
Ⅰ. 주요업무 추진계획

1 마을버스 운영

정해진 노선 없이 부르면 오는 버스로 대중교통이 닿기 어려운 먼 마을 주민의 이동 불편을 해소

□ 사업개요
- 위 치 : 노을구 별빛로 27
- 소요예산 : 5,600백만원 (시비 2,600 / 도비 3,000)
- 운영규모 : 3개 권역 22대
- 운행분야 : 통학, 통원, 장보기

□ 향후계획
- 남부 권역 운행 개시 : '24. 5월

2 도서관 건립

□ 사업개요
- 사업목적 : 동네마다 책 읽는 자리를 마련
- 위 치 : 해든구 달빛로 3
- 소요예산 : 24,300백만원
- 장서 확충 : 3만권('22) → 5만권('24)

□ 향후계획
- 개 관 : '25. 8월 ~ 10월

3 물빛 축제

□ 사업개요
- 소요예산 : 860백만원
- 참여인원 : 27만명

□ 향후계획
- 대행 업체 공모 : '24. 6월

4 시설 점검

□ 구별 시설 수

(단위 : 개소)

구 분	교량	터널
합 계	30	9
노을구	18	5
해든구	12	4
- 2 -
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("suggest")
    (folder / "plan_2024.txt").write_text(TEXT, encoding="utf-8")
    directory = folder / "index"
    steps = steps_for(Settings(), load=lambda: HashedPairs(dimension=64))
    build([folder], directory=directory, steps=steps)
    return directory


@pytest.fixture(scope="module")
def drafts(index: Path) -> dict[str, Draft]:
    return {draft.question: draft for draft in suggest(index, most=200)}


def draft(question: str, answer: str = "", **values: object) -> Draft:
    made = Draft(
        wordings=(question,), type="fact", quality=1.0, label="예산", line=1,
        chunk=chunk("본문"), answer=answer,
    )  # fmt: skip
    return replace(made, **values)  # type: ignore[arg-type]


def test_a_labelled_line_is_asked_for_by_its_programme_and_label(drafts: dict[str, Draft]) -> None:
    asked = drafts["마을버스 운영의 소요예산은 얼마인가요?"]
    assert asked.type == "fact"
    assert asked.answer == "5,600백만원"
    assert asked.groups == (("5,600백만원", "56억 원"),)
    assert "도서관 건립의 위치는 어디인가요?" in drafts
    assert "마을버스 운영에서 남부 권역 운행 개시는 언제인가요?" in drafts


def test_a_row_of_years_is_asked_for_by_year(drafts: dict[str, Draft]) -> None:
    assert drafts["2022년 도서관 건립의 장서 확충은 몇 권인가요?"].answer == "3만권"
    assert drafts["2024년 도서관 건립의 장서 확충은 몇 권인가요?"].answer == "5만권"


def test_what_a_value_lists_is_asked_for_as_a_list(drafts: dict[str, Draft]) -> None:
    asked = drafts["마을버스 운영의 운행분야에는 무엇이 있나요?"]
    assert (asked.type, asked.answer) == ("list", "통학, 통원, 장보기")
    assert asked.groups == (("통학",), ("통원",), ("장보기",))


def test_a_purpose_and_a_summary_are_descriptions(drafts: dict[str, Draft]) -> None:
    assert drafts["도서관 건립의 사업목적은 무엇인가요?"].type == "descriptive"
    assert drafts["마을버스 운영은 어떤 사업인가요?"].answer.startswith("정해진 노선 없이")


def test_a_cell_is_asked_for_by_row_and_column_and_sums_are_not(drafts: dict[str, Draft]) -> None:
    cells = {one.question: one for one in drafts.values() if one.type == "table"}
    assert cells
    assert all(one.answer in ("18개소", "12개소", "5개소", "4개소") for one in cells.values())
    assert any("노을구의 교량은 몇 곳인가요?" in question for question in cells)


def test_what_is_missing_does_not_stand_under_the_programme(
    drafts: dict[str, Draft], index: Path
) -> None:
    missing = [one for one in drafts.values() if one.type == "unanswerable"]
    assert "물빛 축제의 위치는 어디인가요?" in {one.question for one in missing}
    assert not any("위치" in one.question and "도서관" in one.question for one in missing)
    assert not any(one.answerable or one.cited or one.groups for one in missing)
    store = Store.open(index)
    told = fold("\n".join(store.lines("plan_2024", 1, 200)))
    store.close()
    years = [one.label[:4] for one in missing if one.label[:4].isdigit()]
    assert years
    assert not any(f"{year}년" in told for year in years)


def test_every_quote_stands_in_its_lines(drafts: dict[str, Draft], index: Path) -> None:
    store = Store.open(index)
    for one in drafts.values():
        for cited in one.cited:
            lines = store.lines("plan_2024", cited.span.first_line, cited.span.last_line)
            assert stands(cited.quote, "\n".join(lines))
        assert one.cited or not one.answerable
    store.close()


def test_the_same_question_with_two_answers_is_made_specific_or_left_out() -> None:
    alike = [
        draft("예산은?", "1원", wordings=("예산은?", "가의 예산은?")),
        draft("예산은?", "2원", wordings=("예산은?", "나의 예산은?")),
        draft("인원은?", "3명"),
        draft("인원은?", "4명"),
        draft("기간은?", "5월"),
        draft("기간은?", "5월", quality=0.6),
    ]
    assert [one.question for one in told_apart(alike)] == [
        "기간은?",
        "가의 예산은?",
        "나의 예산은?",
    ]


def test_no_two_questions_are_alike(index: Path) -> None:
    asked = [one.question for one in suggest(index, most=200)]
    assert len(asked) == len(set(asked))


def test_drafts_come_from_all_over_the_report() -> None:
    held = [draft(f"{line}?", str(line), line=line, label=str(line)) for line in range(100)]
    lines = [one.line for one in chosen(held, most=10)]
    assert len(lines) == 10
    assert [line // 10 for line in lines] == list(range(10))


def test_the_better_draft_is_taken_and_labels_alternate() -> None:
    held = [
        draft("가?", "1", line=1, label="예산"),
        draft("나?", "2", line=2, label="인원", quality=0.7),
        draft("다?", "3", line=3, label="예산"),
        draft("라?", "4", line=4, label="인원", quality=0.9),
    ]
    assert [one.question for one in chosen(held, most=2)] == ["가?", "라?"]


def test_kinds_keep_their_shares_and_few_are_unanswerable() -> None:
    held = dict.fromkeys(("fact", "table", "list", "descriptive", "unanswerable"), 100)
    assert shared_out(held, most=60) == {
        "fact": 24, "table": 15, "list": 9, "descriptive": 6, "unanswerable": 6,
    }  # fmt: skip
    only = dict.fromkeys(held, 0) | {"unanswerable": 100}
    assert sum(shared_out(only, most=60).values()) == 9


def test_the_same_index_gives_the_same_drafts(index: Path) -> None:
    assert suggest(index, most=12) == suggest(index, most=12)


def test_no_more_than_asked_for_come_back(index: Path) -> None:
    assert len(suggest(index, most=5)) == 5


def test_each_report_of_several_is_named_by_its_year(garam_index: Path) -> None:
    asked = {one.question: one for one in suggest(garam_index, most=100)}
    assert asked["2024년 물길버스 운영의 소요예산은 얼마인가요?"].answer == "2,970백만원"
    assert asked["2023년 물길버스 운영의 소요예산은 얼마인가요?"].answer == "1,890백만원"


def test_only_the_reports_named_are_drafted_from(garam_index: Path) -> None:
    one = suggest(garam_index, reports=["garam_2023"], most=30)
    assert Counter(draft.chunk.report_id for draft in one).keys() == {"garam_2023"}
    with pytest.raises(RagError, match="없는_보고서: 색인에 없는"):
        suggest(garam_index, reports=["없는_보고서"], most=30)


def run(*arguments: str) -> tuple[int, str]:
    program = korean_cli("시험")
    program.command("suggest")(suggest_command)
    program.command("other")(lambda: None)
    result = CliRunner().invoke(program, ["suggest", *arguments])
    return result.exit_code, result.output


def test_the_drafts_are_a_question_set(index: Path, tmp_path: Path) -> None:
    output = tmp_path / "초안.jsonl"
    code, said = run("--index", str(index), "-o", str(output), "-n", "12")
    assert code == 0
    assert "질문 초안 12문항(사실" in said
    assert "eval check" in said
    gold = load_gold(output)
    assert len(gold) == 12
    assert all(one.evidence[0].places for one in gold if one.answerable)
    first = json.loads(output.read_text(encoding="utf-8").splitlines()[0])
    assert first["id"] == "초안001"


def test_the_sheet_reads_back_as_the_same_questions(index: Path, tmp_path: Path) -> None:
    for name in ("초안.xlsx", "초안.jsonl"):
        assert run("--index", str(index), "-o", str(tmp_path / name), "-n", "15")[0] == 0
    sheet, lines = (load_gold(tmp_path / name) for name in ("초안.xlsx", "초안.jsonl"))
    assert [one.question for one in sheet] == [one.question for one in lines]
    assert [one.must_include for one in sheet] == [one.must_include for one in lines]
    assert [one.answerable for one in sheet] == [one.answerable for one in lines]


def test_a_file_that_exists_is_left_alone(index: Path, tmp_path: Path) -> None:
    output = tmp_path / "초안.jsonl"
    output.write_text("내가 고친 질문", encoding="utf-8")
    code, said = run("--index", str(index), "-o", str(output))
    assert code == 1
    assert "이미 있는 파일입니다" in said
    assert output.read_text(encoding="utf-8") == "내가 고친 질문"


def test_a_suffix_that_cannot_be_written_is_refused_before_any_work(tmp_path: Path) -> None:
    code, said = run("--index", str(tmp_path / "없음"), "-o", str(tmp_path / "초안.pdf"))
    assert code == 1
    assert ".jsonl 가운데 하나로" in said
