"""The question sheet that a user starts from."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from eval.commands.template import EXAMPLES, template_command
from eval.dataset import load_gold
from eval.sets.check import check_set
from eval.sets.columns import COLUMNS
from eval.sets.sheets import read_sheet
from eval.sets.writer import write_sheet
from eval.sources import Source
from rag.terminal import KoreanCommand, korean_cli

TITLES = [column.title for column in COLUMNS]


def _run(*arguments: str) -> tuple[int, str]:
    cli = korean_cli("시험")
    cli.command("template", cls=KoreanCommand)(template_command)
    ran = CliRunner().invoke(cli, arguments)
    return ran.exit_code, ran.output


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A template just made."""
    path = tmp_path / "질문틀.xlsx"
    code, said = _run("-o", str(path))
    assert code == 0
    assert f"`python -m eval check {path}`로 확인해 주세요" in said
    return path


def test_its_titles_stay_in_sight_and_can_be_filtered(template: Path) -> None:
    sheet = load_workbook(template)["질문"]
    assert [cell.value for cell in sheet[1]] == TITLES
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C2", "A1:M4")
    assert [sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]] == [
        column.width for column in COLUMNS
    ]


def test_what_is_typed_below_stays_text_and_wraps(template: Path) -> None:
    sheet = load_workbook(template)["질문"]
    formats = [sheet.column_dimensions[cell.column_letter].number_format for cell in sheet[1]]
    numbers = {TITLES[at] for at, shown in enumerate(formats) if shown == "General"}
    assert numbers == {"쪽", "시작 줄", "끝 줄"}
    assert sheet.column_dimensions["B"].alignment.wrap_text


def test_types_and_flags_are_chosen_from_lists(template: Path) -> None:
    sheet = load_workbook(template)["질문"]
    lists = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert lists["F2:F1048576"] == lists["M2:M1048576"] == '"예,아니요"'
    assert lists["C2:C1048576"].startswith('"사실,표,나열,')
    assert len(lists["C2:C1048576"]) < 255  # Excel's limit


def test_every_column_is_explained(template: Path) -> None:
    rows = list(load_workbook(template)["설명"].values)
    assert rows[1:] == [(column.title, column.meaning) for column in COLUMNS]


def test_its_examples_are_passed_over_until_accepted(template: Path, tmp_path: Path) -> None:
    assert read_sheet(template) == ()
    write_sheet(tmp_path / "질문.csv", EXAMPLES)
    fact, table, unanswerable = load_gold(tmp_path / "질문.csv")
    assert (fact.evidence[0].quote, fact.evidence[0].page) == ("요금 1,500원", None)
    assert (table.evidence[0].quote, table.evidence[0].page) == ("", 9)
    assert (unanswerable.answerable, unanswerable.evidence) == (False, ())


def test_its_examples_fit_the_report_they_are_of(tmp_path: Path) -> None:
    path = tmp_path / "질문.xlsx"
    write_sheet(path, EXAMPLES)
    lines = ("○ 요금 1,500원", "라온 북부\t8\t9")
    report = Source(id="hanbit_2025_report", title="보고", lines=lines, pages=(9, 9))
    checked = check_set(path, {report.id: report})
    assert (checked.errors, checked.warnings) == ((), ())


def test_a_file_that_is_there_is_not_written_over(template: Path) -> None:
    before = template.read_bytes()
    code, said = _run("-o", str(template))
    assert (code, template.read_bytes()) == (1, before)
    assert f"오류: {template}: 이미 있는 파일입니다. 다른 이름을 적어 주세요." in said
