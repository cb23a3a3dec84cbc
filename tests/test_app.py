"""The chat page without a browser: what it is built of and what it says back."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr
import pytest
from fastapi.testclient import TestClient

from app import build_app, build_demo, main
from rag.followups.conversation import TURNS
from rag.serving import address, listen
from tests.fake_assistant import PLAN, FakeAssistant

EXAMPLES = ("돌봄망 운영의 소요예산은 얼마인가요?", "도서관은 언제 여나요?")


Step = tuple[list[dict[str, Any]], Any, Any]  # the chat, the box, the conversation


def respond(
    demo: gr.Blocks, question: str, chosen: list[str], after: Step = ([], "", ())
) -> list[Step]:
    """Everything the page shows for one question, from an empty chat or after another step."""
    first = next(iter(demo.fns.values()))
    assert first.fn is not None
    steps: Iterator[Step] = first.fn(question, chosen, after[0], after[2])
    return list(steps)


def last_reply(steps: list[Step]) -> str:
    return str(steps[-1][0][-1]["content"])


@pytest.fixture
def assistant() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture
def demo(assistant: FakeAssistant) -> gr.Blocks:
    return build_demo(assistant, examples=EXAMPLES)


def test_examples_are_buttons_beside_the_send_button(demo: gr.Blocks) -> None:
    buttons = [block.value for block in demo.blocks.values() if isinstance(block, gr.Button)]
    assert buttons == [*EXAMPLES, "묻기"]


def test_every_indexed_report_can_be_chosen(demo: gr.Blocks) -> None:
    (chosen,) = (block for block in demo.blocks.values() if isinstance(block, gr.Dropdown))
    assert [identity for _, identity in chosen.choices] == ["plan", "past"]
    assert chosen.multiselect


def test_no_event_is_an_open_interface(demo: gr.Blocks) -> None:
    assert {event.api_visibility for event in demo.fns.values()} == {"private"}


def test_the_question_stands_above_the_answer_and_the_box_is_emptied_once(
    demo: gr.Blocks,
) -> None:
    steps = respond(demo, "몇 가구인가요?", [])
    assert steps[0][1] == ""
    assert all(box != "" for _, box, _ in steps[1:])
    assert [message["role"] for message in steps[-1][0]] == ["user", "assistant"]
    assert "근거 3건" in last_reply(steps)


def test_the_chosen_reports_are_asked_and_named(demo: gr.Blocks, assistant: FakeAssistant) -> None:
    steps = respond(demo, "몇 가구인가요?", ["plan"])
    assert assistant.asked == [("몇 가구인가요?", ("plan",))]
    assert f"찾을 보고서: 「{PLAN}」" in steps[0][0][0]["content"]


def test_an_error_of_ours_is_shown_as_it_reads(demo: gr.Blocks) -> None:
    assert "질문을 입력해 주세요." in last_reply(respond(demo, "  ", []))


def test_a_bug_is_logged_and_its_details_stay_off_the_page(
    demo: gr.Blocks, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, logger="app"):
        said = last_reply(respond(demo, "고장", []))
    assert "문제가 생겼습니다" in said
    assert "비밀 경로" not in said
    assert "비밀 경로" in caplog.text


def test_a_conversation_leaves_nothing_for_the_next(demo: gr.Blocks) -> None:
    first, second = respond(demo, "하나?", []), respond(demo, "둘?", [])
    assert "하나?" in first[-1][0][0]["content"]
    assert "하나?" not in str(second)


def test_the_second_question_is_read_after_the_first_and_shown_as_understood(
    demo: gr.Blocks,
) -> None:
    first = respond(demo, "하나?", [])
    second = respond(demo, "<b>둘</b>은?", [], after=first[-1])
    assert "이렇게 이해했습니다" not in last_reply(first)
    assert "이렇게 이해했습니다: 하나? &lt;b&gt;둘&lt;/b&gt;은?" in last_reply(second)


def test_sessions_that_take_turns_do_not_touch_each_other(demo: gr.Blocks) -> None:
    mine, yours = respond(demo, "내 질문?", []), respond(demo, "네 질문?", [])
    assert "이해했습니다: 내 질문? 또?" in last_reply(respond(demo, "또?", [], after=mine[-1]))
    assert "이해했습니다: 네 질문? 또?" in last_reply(respond(demo, "또?", [], after=yours[-1]))


def test_a_cleared_chat_begins_anew(demo: gr.Blocks) -> None:
    _, _, past = respond(demo, "하나?", [])[-1]
    again = respond(demo, "둘?", [], after=([], "", past))
    assert "이렇게 이해했습니다" not in last_reply(again)


def test_what_failed_was_not_said(demo: gr.Blocks) -> None:
    first = respond(demo, "하나?", [])
    failed = respond(demo, "고장", [], after=first[-1])
    assert "이해했습니다: 하나? 둘?" in last_reply(respond(demo, "둘?", [], after=failed[-1]))


def test_a_conversation_is_kept_for_a_few_turns(demo: gr.Blocks) -> None:
    step: Step = ([], "", ())
    for number in range(TURNS + 3):
        step = respond(demo, f"{number}번?", [], after=step)[-1]
    assert [answer.question for answer in step[2]] == [f"{n}번?" for n in range(3, TURNS + 3)]
    assert all(answer.hits == () for answer in step[2])


def test_the_page_tells_the_browser_to_reach_nobody_else(demo: gr.Blocks) -> None:
    with TestClient(build_app(demo)) as client:
        page = client.get("/")
        theme = client.get("/theme.css")
    assert page.status_code == 200
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    assert 'src="http' not in page.text
    assert "https://" not in theme.text


def test_help_is_korean(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--help"])
    assert stopped.value.code == 0
    assert "색인 폴더" in capsys.readouterr().out


def test_without_an_index_the_command_that_makes_one_is_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="python -m index build"):
        main(["--index", str(tmp_path / "none"), "--port", "0"])


def test_a_taken_port_is_told_before_anything_is_loaded(tmp_path: Path) -> None:
    with listen("127.0.0.1", 0) as listener:
        port = int(address(listener).rsplit(":", 1)[1])
        with pytest.raises(SystemExit, match=f"--port {port + 1}"):
            main(["--index", str(tmp_path), "--port", str(port)])
