"""What a person or a CI job sees of a run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from eval.__main__ import cli
from eval.gates import Gate, Gates
from rag.errors import RagError

GOLD: dict[str, object] = {"question": "몇 명인가요?", "must_include": [["7,830명"]]}
GOLD |= {"evidence": [{"doc": "한빛", "line_start": 2, "line_end": 2}]}
GOLD |= {"answer": "7,830명", "answerable": True}
CITATION = {"doc": "한빛시", "line_start": 2, "line_end": 2, "quote": "총 7,830명", "section": []}
RIGHT = {
    "answer": "7,830명입니다.",
    "citations": [CITATION],
    "retrieved": [CITATION],
    "seconds": 0.02,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A gold file of two questions, a run that got one of them, and the source text."""
    gold = [{"id": "가", "type": "fact", **GOLD}, {"id": "나", "type": "table", **GOLD}]
    results = [{"id": "가", **RIGHT}, {"id": "나", "abstained": True, "seconds": 0.04}]
    for name, lines in (("gold.jsonl", gold), ("run.jsonl", results)):
        text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "한빛시.txt").write_text("목표\n총 7,830명\n", encoding="utf-8")
    return tmp_path


def report(folder: Path, *options: str) -> Result:
    files = [str(folder / "run.jsonl"), "--gold", str(folder / "gold.jsonl")]
    return CliRunner().invoke(cli, ["report", *files, *options])


def test_the_table_shows_the_figures_in_korean(folder: Path) -> None:
    done = report(folder)
    assert done.exit_code == 0
    assert "2문항 · 응답 시간 중앙값 40.0ms, 95% 40.0ms, 99% 40.0ms\n" in done.stdout
    rows = [line.split("  ") for line in done.stdout.split("\n")]
    assert ["ok", "정답과 근거가 모두 맞음", "0.500", "0.000~1.000"] in [
        [cell.strip() for cell in row if cell.strip()] for row in rows
    ]
    assert "grounded" not in done.stdout


def test_types_stand_beside_each_other(folder: Path) -> None:
    lines = report(folder, "--by-type").stdout.split("\n")
    assert next(line for line in lines if line.startswith("지표")).split() == [
        "지표",
        "전체",
        "95%",
        "구간",
        "사실",
        "표",
    ]
    assert next(line for line in lines if line.startswith("hit@1")).split()[-4:] == [
        "0.500",
        "0.000~1.000",
        "1.000",
        "0.000",
    ]


def test_wrong_questions_are_listed_with_the_reason(folder: Path) -> None:
    shown = report(folder, "--wrong").stdout
    assert "나 [표] 몇 명인가요?\n   정답  7,830명\n   답변  (거절)" in shown
    assert "원인  근거를 찾지 못했습니다" in shown
    assert "가 [사실]" not in shown


def test_json_is_one_line_and_nothing_else_on_standard_output(folder: Path) -> None:
    done = report(folder, "--json", "--wrong", "--reports", str(folder))
    figures = json.loads(done.stdout)
    assert figures["ALL"]["ok"] == 0.5
    assert (figures["ALL"]["grounded"], figures["ALL"]["p95_ms"]) == (1.0, 40.0)
    assert (figures["fact"]["ok"], figures["table"]["refused"], figures["table"]["n"]) == (1, 1, 1)
    assert "나 [표]" in done.stderr


def test_a_run_below_its_gate_fails_and_says_by_how_much(folder: Path) -> None:
    done = report(
        folder, "--fail-under", "ok=.6", "--fail-over", "refused=.1", "--fail-under", "mrr=.5"
    )
    assert done.exit_code == 1
    assert done.stderr.startswith("기준 미달(")
    assert done.stderr.endswith("ok 0.5 (기준 0.6 이상), refused 0.5 (기준 0.1 이하)\n")
    assert "0.500" in done.stdout


def test_a_run_that_keeps_its_gates_passes(folder: Path) -> None:
    gates = ["--fail-under", "ok=.5", "--fail-over", "p95_ms=40", "--fail-over", "errors=0"]
    done = report(folder, *gates)
    assert (done.exit_code, done.stderr) == (0, "")


def test_a_partial_run_keeps_no_gate(folder: Path) -> None:
    lines = (folder / "run.jsonl").read_text(encoding="utf-8").split("\n")
    (folder / "run.jsonl").write_text(lines[0], encoding="utf-8")
    done = report(folder, "--fail-under", "ok=0")
    assert (done.exit_code, "missing 1 (기준 0 이하)" in done.stderr) == (1, True)
    assert "결과 없음 1" in done.stdout


def test_every_run_is_shown_and_gated(folder: Path) -> None:
    (folder / "good.jsonl").write_text(
        "\n".join(json.dumps({"id": name, **RIGHT}) for name in "가나"), encoding="utf-8"
    )
    done = report(folder, str(folder / "good.jsonl"), "--fail-under", "ok=.9", "--json")
    assert [json.loads(line)["ALL"]["ok"] for line in done.stdout.splitlines()] == [0.5, 1.0]
    assert (done.exit_code, done.stderr.count("기준 미달")) == (1, 1)


@pytest.mark.parametrize(
    ("gate", "message"),
    [
        ("정답률=.6", "모르는 지표입니다. 쓸 수 있는 지표: ok, right, hit@1"),
        ("ok=육십", "`ok=0.6`처럼 숫자로"),
        ("ok", "`ok=0.6`처럼 숫자로"),
        ("ok=nan", "`ok=0.6`처럼 숫자로"),
    ],
)
def test_a_gate_that_cannot_be_read_is_refused(folder: Path, gate: str, message: str) -> None:
    done = report(folder, "--fail-under", gate)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith(f"오류: {gate}: ")
    assert message in done.stderr
    with pytest.raises(RagError):
        Gates.parse([], [gate], None)


def test_a_figure_that_was_not_measured_keeps_no_gate() -> None:
    line = Gate(name="grounded", bound=1, at_least=True).shortfall({"missing": 0})
    assert line is not None
    assert "--reports" in line


def test_a_gate_does_not_round_in_favour() -> None:
    gate = Gate(name="ok", bound=0.6, at_least=True)
    assert gate.shortfall({"ok": 0.5996}) == "ok 0.5996 (기준 0.6 이상)"
    assert gate.shortfall({"ok": 0.6}) is None


def test_a_missing_file_is_one_korean_line(folder: Path) -> None:
    done = CliRunner().invoke(cli, ["report", "없음.jsonl", "--gold", str(folder / "gold.jsonl")])
    assert done.exit_code == 1
    assert done.stderr == "오류: 없음.jsonl: 파일이 없습니다. 경로를 확인해 주세요.\n"


@pytest.mark.parametrize("command", ["run", "report", "compare"])
def test_every_command_has_korean_help(command: str) -> None:
    done = CliRunner().invoke(cli, [command, "--help"])
    assert done.exit_code == 0
    assert "결과" in done.stdout


def test_a_run_may_be_no_worse_than_another(tmp_path: Path) -> None:
    ids = [f"q{number}" for number in range(12)]
    good = [{"id": name, **RIGHT} for name in ids]
    bad = [*good[:4], *({"id": name, "abstained": True} for name in ids[4:])]
    gold = [{"id": name, "type": "fact", **GOLD} for name in ids]
    for name, lines in (("gold", gold), ("good", good), ("bad", bad)):
        text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
        (tmp_path / f"{name}.jsonl").write_text(text, encoding="utf-8")

    def ended(run: str, base: str) -> Result:
        files = [str(tmp_path / f"{name}.jsonl") for name in (run, "gold", base)]
        options = ["report", files[0], "--gold", files[1], "--no-worse-than", files[2]]
        return CliRunner().invoke(cli, options)

    assert ended("good", "bad").exit_code == ended("good", "good").exit_code == 0
    worse = ended("bad", "good")
    assert worse.exit_code == 1
    assert "ok 1.000 → 0.333 (차이의 95% 구간 " in worse.stderr
    assert "refused 0.000 → 0.667" in worse.stderr
    assert "hit@1" not in worse.stderr  # of many figures some fall by chance: a few are guarded


def test_a_run_with_a_failed_question_keeps_no_gate_unless_told(folder: Path) -> None:
    lines = [{"id": "가", **RIGHT}, {"id": "나", "abstained": True, "error": "꺼져 있습니다."}]
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    (folder / "run.jsonl").write_text(text, encoding="utf-8")
    done = report(folder, "--fail-under", "ok=0")
    assert (done.exit_code, "errors 1 (기준 0 이하)" in done.stderr) == (1, True)
    assert report(folder, "--fail-under", "ok=0", "--fail-over", "errors=1").exit_code == 0


def test_answers_to_a_question_that_was_changed_since_are_refused(folder: Path) -> None:
    lines = [{"id": "가", **RIGHT, "question": "몇 명 인가요?"}, {"id": "나", "question": "몇 곳?"}]
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    (folder / "run.jsonl").write_text(text, encoding="utf-8")
    done = report(folder)
    assert done.exit_code == 1
    assert "`나`의 결과는 다른 질문에 대한 것입니다(“몇 곳?”)" in done.stderr


def test_a_run_over_another_index_is_told(folder: Path, garam_index: Path) -> None:
    lines = [{"id": name, **RIGHT, "fingerprint": {"index": "0123"}} for name in "가나"]
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    (folder / "run.jsonl").write_text(text, encoding="utf-8")
    done = report(folder, "--index", str(garam_index))
    assert done.exit_code == 0
    assert "지금 색인에 물은 결과가 아닙니다" in done.stderr


def test_the_html_report_writes_over_no_other_kind_of_file(folder: Path) -> None:
    before = (folder / "gold.jsonl").read_bytes()
    done = report(folder, "--html", str(folder / "gold.jsonl"))
    assert (done.exit_code, ".html로 끝나는 이름을" in done.stderr) == (1, True)
    assert (folder / "gold.jsonl").read_bytes() == before


def test_runs_of_other_questions_are_not_compared(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "other.jsonl").write_text('{"id": "없음"}', encoding="utf-8")
    done = report(folder, "--no-worse-than", str(tmp_path / "other.jsonl"))
    assert (done.exit_code, "맞는 id가 없습니다" in done.stderr) == (1, True)
