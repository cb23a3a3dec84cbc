"""The HTML report in a real browser, under file:// and with 5,000 questions."""

from __future__ import annotations

import random
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from eval.dataset import Evidence, Question
from eval.html.page import write_html
from eval.results import Result
from eval.sources import Source
from tests.scored import cited, gold, hostile_run, place, result, scored_run

CHROMIUM = Path("/usr/bin/chromium")
MANY = 5_000
LINES = 4_000
TYPES = ("fact", "table", "list", "descriptive")
TIMES_A_KEYSTROKE = """async (words) => {
    const box = document.getElementById("search"), taken = [];
    for (const word of words) for (let end = 1; end <= word.length; end += 1) {
        box.value = word.slice(0, end);
        const start = performance.now();
        box.dispatchEvent(new Event("input", { bubbles: true }));
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        taken.push(performance.now() - start);
    }
    return taken;
}"""
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM, args=("--no-sandbox", "--disable-gpu")
        )
        yield opened
        opened.close()


class Watched:
    """A page, and all that it said and asked for."""

    def __init__(self, page: Page) -> None:
        self.page, self.said, self.asked = page, list[str](), list[str]()
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", lambda dialog: self.said.append(dialog.message))
        page.on("request", lambda request: self.asked.append(request.url))

    def is_quiet(self, file: Path) -> bool:
        """Whether nothing went wrong and nothing but the file itself was loaded."""
        return not self.said and {url.split("#")[0] for url in self.asked} == {file.as_uri()}


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    context = browser.new_context(locale="ko-KR")
    yield Watched(context.new_page())
    context.close()


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report over 5,000 questions, every fifth of them lost; one asks for a lighthouse."""
    draw = random.Random(4)
    words = [f"{a}{b}" for a in "가나다라마바사아자차카타파하" for b in "강산들길집못숲밭"]
    text = tuple(" ".join(draw.choices(words, k=14)) for _ in range(LINES))
    sources = {"한빛시": Source(id="한빛시", title="한빛시 계획", lines=text)}
    pairs = []
    for number in range(MANY):
        line = draw.randrange(1, LINES - 8)
        asked = "등대는 몇 곳인가요?" if number == 4321 else " ".join(draw.choices(words, k=8))
        item = gold(
            f"q{number}",
            question=Question(id=f"q{number}", text=asked),
            type=TYPES[number % 4],
            answer="7,830명",
            evidence=(Evidence(doc="한빛시", places=((line, line),)),),
        )
        starts = [line, *(draw.randrange(1, LINES - 8) for _ in range(9))]
        given: Result = result(
            "12명입니다."
            if number % 5 == 0
            else f"7,830명입니다. {' '.join(draw.choices(words, k=20))}",
            2,
            citations=(cited(line, line, text[line - 1]),),
            retrieved=tuple(place(first, first + 8, draw.random()) for first in starts),
            confidence=draw.random(),
            seconds=draw.expovariate(40),
        )
        pairs.append((item, given))
    path = tmp_path_factory.mktemp("many") / "report.html"
    write_html(scored_run(pairs, sources=sources), path)
    return path


def test_5000_questions_are_ready_soon_and_filter_without_lag(many: Path, watched: Watched) -> None:
    page = watched.page
    page.goto(many.as_uri())
    page.wait_for_selector("html[data-ready=yes]")
    ready = page.evaluate("performance.now()")
    taken = page.evaluate(TIMES_A_KEYSTROKE, ["등대는 몇 곳", "가강 나산", "q4999"])
    told = f"{many.stat().st_size / 1e6:.1f} MB, ready {ready:.0f} ms, key {taken}"
    assert ready < 3000, told
    assert statistics.median(taken) < 100, told
    assert watched.is_quiet(many)


def test_filters_narrow_the_rows_and_the_address_keeps_them(many: Path, watched: Watched) -> None:
    page, status = watched.page, watched.page.locator("#status")
    page.goto(many.as_uri())
    expect(status).to_have_text("5,000문항 가운데 5,000문항 · 맞음 80.0%")
    expect(page.locator("#rows tr")).to_have_count(100)
    page.click("#more")
    expect(page.locator("#rows tr")).to_have_count(200)
    page.select_option("[name=result]", "wrong")
    page.select_option("[name=type]", "table")
    expect(status).to_have_text("5,000문항 가운데 250문항 · 맞음 0.0%")
    page.goto("about:blank")
    page.goto(f"{many.as_uri()}#result=wrong&type=table&stage=인용하고도+답이+다름&sort=-sure")
    expect(status).to_have_text("5,000문항 가운데 250문항 · 맞음 0.0%")
    expect(page.locator("[name=result]")).to_have_value("wrong")
    sure = [float(text) for text in page.locator("#rows td:nth-child(6)").all_inner_texts()]
    assert sure == sorted(sure, reverse=True)
    page.click("#clear")
    expect(status).to_contain_text("가운데 5,000문항")


def test_a_row_opens_with_the_keyboard_to_its_evidence(many: Path, watched: Watched) -> None:
    page = watched.page
    page.goto(many.as_uri())
    page.fill("#search", "등대는 몇곳")  # white space aside
    expect(page.locator("#rows tr")).to_have_count(1)
    page.locator(".ask").press("Enter")
    expect(page.locator(".ask")).to_have_attribute("aria-expanded", "true")
    detail = page.locator(".detail")
    expect(detail).to_contain_text("꼭 들어갈 말")
    expect(detail).to_contain_text("[1] 한빛시 계획 약 12쪽")
    passages = detail.locator(".found li")
    expect(passages).to_have_count(10)
    expect(passages.first).to_contain_text("근거")
    passages.first.locator("summary").press("Enter")
    expect(passages.first.locator(".source p")).to_have_count(9)
    expect(passages.first.locator("mark")).to_have_count(1)
    assert "open=q4321" in page.url
    page.reload()
    expect(page.locator(".detail")).to_contain_text("꼭 들어갈 말")
    assert watched.is_quiet(many)


def test_a_bar_of_a_plot_leads_to_its_questions(many: Path, watched: Watched) -> None:
    page = watched.page
    page.goto(many.as_uri())
    page.locator(".steps a", has_text="인용하고도 답이 다름").click()
    expect(page.locator("#status")).to_contain_text("가운데 1,000문항")
    expect(page.locator("#questions")).to_be_in_viewport()
    assert watched.is_quiet(many)


def test_an_attack_in_every_field_is_only_shown(tmp_path: Path, watched: Watched) -> None:
    file, page = tmp_path / "report.html", watched.page
    write_html(hostile_run(), file)
    page.goto(file.as_uri())
    for at in (0, 1):
        page.locator(".ask").nth(at).click()
    for passage in page.locator(".found summary").all():
        passage.click()
    expect(page.locator(".detail").first).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator("img, script:not(#data):not(:last-of-type)").count() == 0
    assert watched.is_quiet(file)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_never_scrolls_sideways(many: Path, watched: Watched, width: int) -> None:
    page = watched.page
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(many.as_uri())
    page.locator(".ask").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert (page.locator(".ask").first.bounding_box() or {"width": 0})["width"] > width / 3
