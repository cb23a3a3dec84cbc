"""The chat page in a real browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright

from app import build_app, build_demo
from rag.serving import address, listen
from tests.fake_assistant import ATTACK, PLAN, FakeAssistant

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed"),
]


@pytest.fixture(scope="module")
def assistant() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture(scope="module")
def url(assistant: FakeAssistant) -> Iterator[str]:
    app = build_app(build_demo(assistant, examples=("도서관은 언제 여나요?",)))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
    with listen("127.0.0.1", 0) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield address(listener)
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    context = browser.new_context(locale="ko-KR", permissions=["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    opened.goto(url)
    opened.wait_for_selector("#question textarea")
    yield opened
    context.close()


def ask(page: Page, question: str) -> None:
    page.fill("#question textarea", question)
    page.keyboard.press("Enter")


def test_a_citation_opens_with_the_keyboard_to_page_section_and_marked_quote(
    page: Page,
) -> None:
    ask(page, "몇 가구인가요?")
    cite = page.locator(".ra-cite").first
    expect(cite.locator(".ra-quote")).to_be_hidden()
    cite.locator("summary").press("Enter")
    expect(cite.locator(".ra-quote mark").nth(1)).to_have_text("2,580")
    expect(cite.locator(".ra-page")).to_have_text("4쪽")
    expect(cite.locator(".ra-path")).to_contain_text("Ⅲ. 주요업무 추진계획 › 1. 곁을 지키는 복지")


def test_the_citation_can_be_copied(page: Page) -> None:
    ask(page, "몇 가구인가요?")
    page.locator(".ra-cite > summary").nth(1).click()
    page.locator(".ra-copy").nth(1).click()
    expect(page.locator(".ra-copy").nth(1)).to_have_text("복사했습니다")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(
        f"“- 대 상 : 고립 위험 1인 가구 4,000가구 (AI 안부전화 3,000)” (「{PLAN}」 약 3쪽"
    )


def test_a_mark_in_the_answer_opens_its_citation(page: Page) -> None:
    ask(page, "몇 가구인가요?")
    page.locator(".ra-ref").nth(1).click()
    expect(page.locator(".ra-cite").nth(1)).to_have_attribute("open", "")


def test_markup_typed_or_reported_is_text(page: Page) -> None:
    ask(page, f"{ATTACK} 몇 가구인가요?")
    page.locator(".ra-cite > summary").nth(2).click()
    expect(page.locator(".ra-question")).to_contain_text("<script>window.hacked=1</script>")
    expect(page.locator(".ra-quote").nth(2)).to_contain_text('<img src=x onerror="window')
    page.wait_for_timeout(300)
    assert page.evaluate("window.hacked") is None
    expect(page.locator(".ra-reports li").nth(1)).to_contain_text("<b>초안</b> ${1+1} {{title}}")


def test_a_refusal_looks_different_and_lets_the_reader_look(page: Page) -> None:
    ask(page, "시장의 생일은 언제인가요?")
    expect(page.locator(".ra-refused")).to_have_text("보고서에서 답을 찾지 못했습니다")
    page.locator(".ra-near > summary").click()
    expect(page.locator(".ra-near .ra-cite")).to_have_count(2)


def test_an_example_is_asked_at_a_click(page: Page) -> None:
    page.get_by_role("button", name="도서관은 언제 여나요?").click()
    expect(page.locator(".ra-question")).to_have_text("도서관은 언제 여나요?")
    expect(page.locator(".ra-cite")).to_have_count(3)


def test_the_filter_narrows_the_question(page: Page, assistant: FakeAssistant) -> None:
    page.locator("#filter input").click()
    page.get_by_role("option", name=PLAN).click()
    page.fill("#question textarea", "몇 가구인가요?")
    page.click("#send")
    expect(page.locator(".ra-scope")).to_contain_text(PLAN)
    assert assistant.asked[-1] == ("몇 가구인가요?", ("plan",))


def test_the_page_asks_no_other_machine_and_breaks_no_rule(browser: Browser, url: str) -> None:
    hosts, complaints = set[str](), list[str]()
    page = browser.new_page(locale="ko-KR")
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("console", lambda note: complaints.append(note.text) if note.type == "error" else None)
    page.goto(url)
    ask(page, "몇 가구인가요?")
    expect(page.locator(".ra-cite")).to_have_count(3)
    page.close()
    assert hosts - {""} == {urlsplit(url).netloc}
    assert complaints == []


def test_a_phone_shows_all_of_it_without_sideways_scrolling(browser: Browser, url: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844}, locale="ko-KR")
    page.goto(url)
    ask(page, "몇 가구인가요?")
    page.locator(".ra-cite > summary").first.click()
    expect(page.locator(".ra-quote").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    expect(page.locator("#send")).to_be_in_viewport()
    page.close()
