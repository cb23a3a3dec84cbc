"""A run: every question gives a line, and a run that was cut off goes on where it stopped."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import sleep

import pytest

from eval.dataset import Question
from eval.fingerprint import Fingerprint, take_fingerprint
from eval.runlog import RunLog
from eval.runner import run
from rag.errors import ModelError, RagError
from rag.manifest import Counts, Manifest
from rag.settings import Settings
from rag.types import Answer, Chunk, Citation, Hit, Span

FINGERPRINT = Fingerprint(settings="s", index="i", code="c")
OTHER = Fingerprint(settings="s", index="rebuilt", code="c")
SPAN = Span(first_page=3, last_page=3, page_exact=True, first_line=7, last_line=8)
CHUNK = Chunk(
    id="한빛:0001",
    report_id="한빛",
    report_title="계획",
    section=("1. 일자리",),
    text="7,830명",
    span=SPAN,
)
CITATION = Citation(
    number=1,
    report_id="한빛",
    report_title="계획",
    section=("1. 일자리",),
    span=SPAN,
    quote="7,830명",
)
QUESTIONS = tuple(Question(id=f"q{number}", text=f"{number}번은?") for number in range(1, 5))


class ScriptedAsker:
    """Answers every question alike, but raises where told to; remembers what it was asked."""

    def __init__(
        self, failures: Mapping[str, Exception] | None = None, *, first: float = 0
    ) -> None:
        self._failures, self._first = failures or {}, first
        self.asked = list[str]()
        self.before = dict[str, list[str]]()  # what had been said when a question was asked

    def ask(self, question: str, *, history: Sequence[Answer] = ()) -> Answer:
        """The scripted reply; the first one takes its time, as a model that loads does."""
        if not self.asked:
            sleep(self._first)
        self.asked.append(question)
        self.before[question] = [answer.question for answer in history]
        if question in self._failures:
            raise self._failures[question]
        return Answer(
            question=question,
            text=f"{question} 7,830명입니다.",
            citations=(CITATION,),
            hits=(Hit(chunk=CHUNK, score=0.5, source="hybrid"),),
            abstained=False,
            confidence=0.75,
            resolved=f"{len(history)}번 뒤 {question}" if history else None,
        )


class SlowFirst(ScriptedAsker):
    """Takes longer over every third question, so that later ones overtake it."""

    def ask(self, question: str, *, history: Sequence[Answer] = ()) -> Answer:
        answer = super().ask(question, history=history)
        sleep(0.01 if len(self.asked) % 3 == 1 else 0)
        return answer


def lines_of(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def timeless(path: Path) -> list[dict[str, object]]:
    return [{**line, "seconds": None} for line in lines_of(path)]


def finished(path: Path, asker: ScriptedAsker) -> int:
    return run(asker, QUESTIONS, log=RunLog(path, fingerprint=FINGERPRINT))


def test_each_line_is_the_contract_with_id_and_time(tmp_path: Path) -> None:
    finished(tmp_path / "runs" / "r.jsonl", ScriptedAsker())
    line = lines_of(tmp_path / "runs" / "r.jsonl")[0]
    assert (line["id"], line["question"], line["answer"]) == (
        "q1",
        "1번은?",
        "1번은? 7,830명입니다.",
    )
    assert (line["abstained"], line["confidence"], line["error"]) == (False, 0.75, None)
    assert line["retrieved"] == [
        {"doc": "한빛", "page": 3, "line_start": 7, "line_end": 8, "score": 0.5}
    ]
    assert line["fingerprint"] == {"settings": "s", "index": "i", "code": "c"}
    assert isinstance(line["seconds"], float)


def test_a_failed_question_is_a_line_and_the_rest_are_asked(tmp_path: Path) -> None:
    failures = {
        "2번은?": ModelError("모델이 답하지 않았습니다."),
        "3번은?": ZeroDivisionError("버그"),
    }
    assert finished(tmp_path / "r.jsonl", ScriptedAsker(failures)) == 2
    lines = lines_of(tmp_path / "r.jsonl")
    assert [line["error"] for line in lines] == [
        None,
        "모델이 답하지 않았습니다.",
        "ZeroDivisionError: 버그",
        None,
    ]
    assert [line["abstained"] for line in lines] == [False, True, True, False]
    assert (lines[1]["answer"], lines[1]["citations"], lines[1]["retrieved"]) == ("", [], [])


def test_a_warm_up_takes_the_time_that_loading_costs(tmp_path: Path) -> None:
    asker = ScriptedAsker(first=0.2)
    finished(tmp_path / "r.jsonl", asker)
    assert asker.asked == ["1번은?", "1번은?", "2번은?", "3번은?", "4번은?"]
    assert all(
        isinstance(s := line["seconds"], float) and s < 0.1
        for line in lines_of(tmp_path / "r.jsonl")
    )


def test_a_finished_run_asks_nothing_again(tmp_path: Path) -> None:
    finished(tmp_path / "r.jsonl", ScriptedAsker())
    before, asker = (tmp_path / "r.jsonl").read_bytes(), ScriptedAsker()
    finished(tmp_path / "r.jsonl", asker)
    assert (asker.asked, (tmp_path / "r.jsonl").read_bytes()) == ([], before)


def test_a_run_killed_at_any_byte_ends_as_if_it_had_not_been(tmp_path: Path) -> None:
    whole, cut = tmp_path / "whole.jsonl", tmp_path / "cut.jsonl"
    finished(whole, ScriptedAsker())
    data = whole.read_bytes()
    ends = [at for at, byte in enumerate(data) if byte == ord("\n")]  # a line may lack just this
    for length in {*range(0, len(data), 61), *ends}:
        cut.write_bytes(data[:length])
        asker = ScriptedAsker()
        finished(cut, asker)
        assert timeless(cut) == timeless(whole)
        assert len(set(asker.asked)) == 4 - sum(end <= length for end in ends)


def test_questions_asked_side_by_side_give_the_same_file(tmp_path: Path) -> None:
    one, three = tmp_path / "one.jsonl", tmp_path / "three.jsonl"
    many = tuple(Question(id=f"q{number}", text=f"{number}번은?") for number in range(40))
    run(ScriptedAsker(), many, log=RunLog(one, fingerprint=FINGERPRINT))
    run(SlowFirst(), many, log=RunLog(three, fingerprint=FINGERPRINT), jobs=3)
    assert timeless(three) == timeless(one)


def test_the_turns_of_a_dialogue_are_asked_one_after_the_other(tmp_path: Path) -> None:
    asker = SlowFirst()
    turns = [Question(id=f"{d}-{t}", text=f"{d}-{t}", dialogue=d) for d in "가나다" for t in "1234"]
    run(asker, turns, log=RunLog(tmp_path / "r.jsonl", fingerprint=FINGERPRINT), jobs=3)
    for name in "가나다":
        asked = [text for text in asker.asked[1:] if text.startswith(name)]
        assert asked == [f"{name}-{turn}" for turn in "1234"]


def dialogue(name: str, *turns: str) -> list[Question]:
    return [Question(id=f"{name}-{turn}", text=f"{name}-{turn}", dialogue=name) for turn in turns]


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_turn_is_asked_after_those_of_its_own_dialogue_alone(tmp_path: Path, jobs: int) -> None:
    asker, path = SlowFirst(), tmp_path / "r.jsonl"
    turns = [*dialogue("가", *"123"), QUESTIONS[0], *dialogue("나", *"12")]
    run(asker, turns, log=RunLog(path, fingerprint=FINGERPRINT), jobs=jobs)
    assert asker.before["가-3"] == ["가-1", "가-2"]
    assert asker.before["나-2"] == ["나-1"]
    assert asker.before["나-1"] == asker.before["1번은?"] == []
    assert [line["resolved"] for line in lines_of(path)][:4] == [
        None,
        "1번 뒤 가-2",
        "2번 뒤 가-3",
        None,
    ]


def test_a_dialogue_that_was_cut_off_goes_on_with_what_had_been_said(tmp_path: Path) -> None:
    whole, cut = tmp_path / "whole.jsonl", tmp_path / "cut.jsonl"
    turns = dialogue("가", *"123")
    run(ScriptedAsker(), turns, log=RunLog(whole, fingerprint=FINGERPRINT))
    run(ScriptedAsker(), turns[:2], log=RunLog(cut, fingerprint=FINGERPRINT))
    asker = ScriptedAsker()
    run(asker, turns, log=RunLog(cut, fingerprint=FINGERPRINT))
    assert asker.before["가-3"] == ["가-1", "가-2"]
    assert timeless(cut) == timeless(whole)


def test_turns_behind_a_failed_one_are_asked_again_and_stand_once(tmp_path: Path) -> None:
    path, turns = tmp_path / "r.jsonl", dialogue("가", *"123")
    failing = ScriptedAsker({"가-2": ModelError("꺼져 있습니다.")})
    run(failing, turns, log=RunLog(path, fingerprint=FINGERPRINT))
    assert failing.before["가-3"] == ["가-1"]
    run(ScriptedAsker(), turns, log=RunLog(path, fingerprint=FINGERPRINT))
    assert [(line["id"], line["resolved"]) for line in lines_of(path)] == [
        ("가-1", None),
        ("가-2", "1번 뒤 가-2"),
        ("가-3", "2번 뒤 가-3"),
    ]


def test_a_bug_in_one_of_several_threads_costs_one_line(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    asker = ScriptedAsker({"3번은?": ZeroDivisionError("버그")})
    assert run(asker, QUESTIONS, log=RunLog(path, fingerprint=FINGERPRINT), jobs=2) == 1
    assert [line["id"] for line in lines_of(path)] == ["q1", "q2", "q3", "q4"]


def test_failed_questions_are_asked_again_and_keep_their_place(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    finished(path, ScriptedAsker({"2번은?": ModelError("꺼져 있습니다.")}))
    asker = ScriptedAsker()
    assert finished(path, asker) == 0
    assert set(asker.asked) == {"2번은?"}
    assert [line["id"] for line in lines_of(path)] == ["q1", "q2", "q3", "q4"]


def test_results_of_another_index_are_set_aside_and_asked_again(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    run(ScriptedAsker(), QUESTIONS, log=RunLog(path, fingerprint=OTHER))
    before = path.read_bytes()
    log = RunLog(path, fingerprint=FINGERPRINT)
    assert (log.set_aside, log.done) == (4, frozenset())
    assert (tmp_path / "r.jsonl.bak").read_bytes() == before


def test_a_changed_question_is_asked_again_and_a_removed_one_goes(tmp_path: Path) -> None:
    path, asker = tmp_path / "r.jsonl", ScriptedAsker()
    finished(path, asker)
    changed = (QUESTIONS[0], Question(id="q2", text="둘째는?"), QUESTIONS[2])
    asked = {question.id: question.text for question in changed}
    log = RunLog(path, fingerprint=FINGERPRINT, asked=asked)
    assert (log.set_aside, log.done) == (2, frozenset(("q1", "q3")))
    run(asker, changed, log=log)
    assert [line["question"] for line in lines_of(path)] == ["1번은?", "둘째는?", "3번은?"]


def test_what_is_set_aside_never_takes_the_place_of_what_was(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    finished(path, ScriptedAsker())
    first = path.read_bytes()
    run(ScriptedAsker(), QUESTIONS[:1], log=RunLog(path, fingerprint=OTHER))
    RunLog(path, fingerprint=FINGERPRINT)
    assert (tmp_path / "r.jsonl.bak").read_bytes() == first
    assert len(lines_of(tmp_path / "r.jsonl.bak1")) == 1


def test_a_device_is_no_results_file() -> None:
    with pytest.raises(RagError, match="파일이 아니어서"):
        RunLog(Path("/dev/null"), fingerprint=FINGERPRINT)


def test_a_link_to_the_results_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "r.jsonl")
    finished(tmp_path / "link.jsonl", ScriptedAsker())
    assert (tmp_path / "link.jsonl").is_symlink()
    assert len(lines_of(tmp_path / "r.jsonl")) == 4


@pytest.mark.parametrize(
    "content",
    ['{"id": "q1", "question": "?"}\n', '{"id": "q1", "question": "?"}', "# 메모", "[1]\n", "\n"],
)
def test_a_file_that_no_run_wrote_is_left_as_it_is(tmp_path: Path, content: str) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(RagError, match="1행이 평가 결과가 아니어서 덮어쓰지 않았습니다"):
        RunLog(path, fingerprint=FINGERPRINT)
    assert path.read_text(encoding="utf-8") == content


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RagError, match="파일이 아니어서 결과를 쓸 수 없습니다"):
        RunLog(tmp_path, fingerprint=FINGERPRINT)


def test_a_lone_surrogate_is_written_as_json(tmp_path: Path) -> None:
    log = RunLog(tmp_path / "r.jsonl", fingerprint=FINGERPRINT)
    run(ScriptedAsker(), [Question(id="q", text="\ud800?")], log=log)
    assert lines_of(tmp_path / "r.jsonl")[0]["question"] == "\ud800?"


def _manifest(**checksums: str) -> Manifest:
    return Manifest(
        format=1,
        created="2026-01-01",
        embedding_model="fake",
        dimension=8,
        generation="g-1-00000000",
        counts=Counts(reports=1, lines=1, chunks=1, statements=1),
        files={},
        checksums=checksums,
    )


def test_the_fingerprint_tells_settings_index_and_answerer_apart() -> None:
    settings, manifest = Settings(), _manifest(chunks="1")
    one = take_fingerprint(settings, manifest=manifest, answerer="extractive")
    assert one == take_fingerprint(
        settings.model_copy(update={"port": 8080}), manifest=manifest, answerer="extractive"
    )
    fewer = settings.model_copy(update={"passages": 3})
    assert (
        one.settings != take_fingerprint(fewer, manifest=manifest, answerer="extractive").settings
    )
    assert one.settings != take_fingerprint(settings, manifest=manifest, answerer="llm").settings
    rebuilt = take_fingerprint(settings, manifest=_manifest(chunks="2"), answerer="extractive")
    assert (one.settings, one.code) == (rebuilt.settings, rebuilt.code)
    assert one.index != rebuilt.index
