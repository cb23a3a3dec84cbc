"""A run over a real index that is killed midway ends in the same file as one that was not."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import pytest

from index.builder import build
from index.wiring import steps_for
from rag.embedder import load_embedder
from rag.settings import Settings

ROOT = Path(__file__).parent.parent
QUESTIONS = ROOT / "samples" / "questions.jsonl"
KILLED_AFTER = 7  # lines
LIMIT = 120  # seconds

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("killed") / "index"
    reports = sorted((ROOT / "samples").glob("*_plan.txt"))
    settings = Settings()
    build(
        reports, directory=folder, steps=steps_for(settings, load=lambda: load_embedder(settings))
    )
    return folder


def asking(
    index: Path, results: Path, *options: str, questions: Path = QUESTIONS
) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "eval", "run", str(questions), "-o", str(results)]
    return subprocess.Popen(
        [*command, "--index", str(index), *options], cwd=ROOT, stderr=subprocess.DEVNULL
    )


def lines(path: Path) -> list[dict[str, object]]:
    """The lines without the time each took, which no two runs share."""
    text = path.read_text(encoding="utf-8")
    return [{**json.loads(line), "seconds": None} for line in text.splitlines()]


def kill_when_under_way(process: subprocess.Popen[bytes], results: Path) -> None:
    until = monotonic() + LIMIT
    while not results.exists() or results.read_bytes().count(b"\n") < KILLED_AFTER:
        assert process.poll() is None, "the run ended before it could be killed"
        assert monotonic() < until, "the run wrote nothing"
        sleep(0.005)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


@pytest.mark.parametrize("options", [(), ("--jobs", "3")], ids=["one by one", "side by side"])
def test_a_killed_run_goes_on_to_the_same_file(
    index: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    whole, killed = tmp_path / "whole.jsonl", tmp_path / "killed.jsonl"
    assert asking(index, whole).wait(LIMIT) == 0
    kill_when_under_way(asking(index, killed, *options), killed)
    assert KILLED_AFTER <= killed.read_bytes().count(b"\n") < len(lines(whole))
    assert asking(index, killed, *options).wait(LIMIT) == 0
    assert lines(killed) == lines(whole)


def test_a_hundred_questions_take_less_than_fifteen_seconds(index: Path, tmp_path: Path) -> None:
    told = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    # Never the same words twice: what was asked before is remembered.
    many = [
        {"id": f"{number}", "question": told[number % len(told)]["question"] + "?" * number}
        for number in range(100)
    ]
    questions, results = tmp_path / "questions.jsonl", tmp_path / "results.jsonl"
    questions.write_text("\n".join(map(json.dumps, many)), encoding="utf-8")
    assert asking(index, results, questions=questions).wait(LIMIT) == 0
    seconds = [json.loads(line)["seconds"] for line in results.read_text("utf-8").splitlines()]
    assert len(seconds) == 100
    assert sum(seconds) < 15
