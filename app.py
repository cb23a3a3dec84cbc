"""The chat page: `build_demo` makes it, `main` opens it on this machine."""

from __future__ import annotations

import argparse
import logging
import os
import sys
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import gradio as gr
from fastapi import FastAPI

from rag import show
from rag.errors import RagError
from rag.examples import EXAMPLE_QUERY, example_questions
from rag.followups.conversation import remembered
from rag.serving import OwnOriginOnly, address, listen, run
from rag.settings import Settings
from rag.types import Answer, Citation, Hit

if TYPE_CHECKING:
    from rag.stored import ReportEntry

logger = logging.getLogger(__name__)

_TITLE = "보고서 질의응답"
_LEAD = "보고서에 묻고, 답의 근거를 쪽·절·원문으로 바로 확인합니다."
_WELCOME = "알고 싶은 것을 물어보세요.<br>답마다 근거가 된 쪽과 원문을 함께 보여 드립니다."
_WAITING = show.notice_html("보고서를 찾아보고 있습니다…")
_BUG = (
    "답을 만드는 중에 문제가 생겼습니다. 잠시 뒤에 다시 물어봐 주세요.\n"
    "같은 일이 되풀이되면 관리자에게 알려 주세요."
)
_FONTS = ("Pretendard", "Noto Sans KR", "Noto Sans CJK KR", "Malgun Gothic", "sans-serif")
_ASSETS = Path(show.__file__).parent

Messages = list[dict[str, Any]]
_Step = tuple[Messages, Any, tuple[Answer, ...]]  # of the chat, the box and the conversation


class Asks(Protocol):
    """What the page needs of an `Assistant`."""

    def stream(
        self, question: str, *, reports: Sequence[str] = (), history: Sequence[Answer] = ()
    ) -> Iterator[Answer]: ...
    def search(self, question: str, *, k: int = 10) -> tuple[Hit, ...]: ...
    def reports(self) -> tuple[ReportEntry, ...]: ...
    def source_lines(self, citation: Citation) -> tuple[str, ...]: ...


def build_demo(assistant: Asks, *, examples: Sequence[str] = ()) -> gr.Blocks:
    """The chat page. A conversation belongs to its session: two users never share anything."""
    reports = assistant.reports()
    respond = _responder(assistant, {report.id: report.title for report in reports})
    with gr.Blocks(title=_TITLE, analytics_enabled=False, fill_height=True) as demo:
        with gr.Row(elem_id="top"):
            head = f"<h1>{_TITLE}</h1><p>{_LEAD}</p>{show.reports_html(reports)}"
            gr.HTML(head, elem_id="head")
            chosen = _report_filter(reports)
        chat, past = _chat(), gr.State(())  # what is on the screen, and what it was made of
        with gr.Row(elem_id="examples", visible=bool(examples)):
            picks = [gr.Button(example, size="sm") for example in examples]
        with gr.Row(elem_id="ask"):
            question = _question_box()
            send = gr.Button("묻기", variant="primary", elem_id="send", scale=0, min_width=88)
        triggers: list[tuple[Any, Any]] = [(question.submit, question), (send.click, question)]
        triggers += [(pick.click, pick) for pick in picks]
        for trigger, asked in triggers:
            to_page = {"outputs": [chat, question, past], "show_progress": "hidden"}
            trigger(
                respond, inputs=[asked, chosen, chat, past], api_visibility="private", **to_page
            )
    return demo


def _report_filter(reports: Sequence[ReportEntry]) -> gr.Dropdown:
    return gr.Dropdown(
        [(report.title, report.id) for report in reports],
        elem_id="filter",
        label="찾을 보고서 (고르지 않으면 모두)",
        value=[],
        multiselect=True,
    )


def _chat() -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="chat",
        placeholder=_WELCOME,
        show_label=False,
        scale=1,
        height=None,
        autoscroll=False,  # show.js brings the question, not the end of a long answer, into view
        buttons=[],
        latex_delimiters=[],
        allow_tags=False,
    )


def _question_box() -> gr.Textbox:
    return gr.Textbox(
        elem_id="question",
        label="질문",
        show_label=False,
        container=False,
        placeholder="보고서에서 찾을 내용을 물어보세요",
        max_lines=5,
        scale=1,
        autofocus=True,
    )


def _responder(assistant: Asks, titles: dict[str, str]) -> Callable[..., Iterator[_Step]]:
    """What happens on a question: the chat grows, the box is emptied once, the answer is kept."""

    def respond(
        question: str, chosen: list[str], chat: Messages, past: tuple[Answer, ...]
    ) -> Iterator[_Step]:
        past = past if chat else ()  # a chat that was cleared begins anew
        asked = show.question_html(question, titles=[titles[report] for report in chosen])
        chat = [*chat, {"role": "user", "content": asked}]
        yield [*chat, {"role": "assistant", "content": _WAITING}], "", past
        for reply, told in _replies(assistant, question, chosen, past):
            yield [*chat, {"role": "assistant", "content": reply}], gr.skip(), told

    return respond


def _replies(
    assistant: Asks, question: str, chosen: Sequence[str], past: tuple[Answer, ...]
) -> Iterator[tuple[str, tuple[Answer, ...]]]:
    """The reply as it grows, with the conversation so far; a failure ends as a Korean message."""
    try:
        for answer in assistant.stream(question, reports=chosen, history=past):
            reply = show.answer_html(answer, source_lines=assistant.source_lines)
            yield reply, remembered(past, answer)
    except RagError as error:
        yield show.notice_html(str(error)), past
    except Exception:
        logger.exception("no answer to %r", question)
        yield show.notice_html(_BUG), past


def build_app(demo: gr.Blocks) -> FastAPI:
    """The page as a web application; unlike `demo.launch`, it never calls another machine."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(OwnOriginOnly)
    theme = gr.themes.Default(primary_hue="blue", font=_FONTS)
    return gr.mount_gradio_app(
        app,
        demo,
        path="/",
        theme=theme.set(body_text_color_subdued="*neutral_600"),
        css_paths=_ASSETS / "show.css",
        js=(_ASSETS / "show.js").read_text(encoding="utf-8"),
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        ssr_mode=False,
    )


def serve(opening: Callable[[], Asks], *, host: str, port: int) -> None:
    """Take the port, open the assistant, answer until Ctrl-C."""
    with listen(host, port) as listener:
        sys.stderr.write("보고서 색인을 여는 중입니다…\n")
        assistant = opening()
        examples = example_questions(assistant.search(EXAMPLE_QUERY, k=50))
        app = build_app(build_demo(assistant, examples=examples))
        url = address(listener)
        sys.stdout.write(f"{url} 에서 열렸습니다. 끝내려면 Ctrl+C를 누르세요.\n")
        sys.stdout.flush()
        if sys.platform in ("win32", "darwin") or {"DISPLAY", "WAYLAND_DISPLAY"} & set(os.environ):
            webbrowser.open(url)
        run(app, listener)


def _options(arguments: Sequence[str] | None, settings: Settings) -> argparse.Namespace:
    usage = "python app.py [--index 폴더] [--host 주소] [--port 번호]"
    lead = "보고서에 묻고 답하는 화면을 이 컴퓨터에서 엽니다."
    parser = argparse.ArgumentParser(usage=usage, description=lead, add_help=False)
    add = parser.add_argument_group("선택 사항").add_argument
    was = "(기본값 %(default)s)"
    add("--index", metavar="폴더", type=Path, default=settings.index_dir, help=f"색인 폴더 {was}")
    add("--host", metavar="주소", default=settings.host, help=f"접속을 받을 주소 {was}")
    add("--port", metavar="번호", type=int, default=settings.port, help=f"포트 번호 {was}")
    add("-h", "--help", action="help", help="이 도움말을 보여 줍니다")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    """Open the chat on this machine."""
    try:
        settings = Settings.load()
        options = _options(arguments, settings)
        from rag.assistant import Assistant  # brings the model's libraries; `--help` needs none

        opening = partial(Assistant.open, options.index, settings=settings)
        serve(opening, host=options.host, port=options.port)
    except RagError as error:
        sys.exit(f"오류: {error}")


if __name__ == "__main__":
    main()
