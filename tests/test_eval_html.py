"""The HTML report: its figures, and that nothing in it comes from or goes to anywhere."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from eval.html.page import render, write_html
from eval.results import Result, read_results
from eval.summary import ScoredRun
from rag.errors import RagError
from tests.scored import ATTACK, LINES, gold, hostile_run, place, result, scored_run


class Texts(HTMLParser):
    """The words a reader sees, and the blocks and tags of the page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags, self.links, self.blocks = list[str](), list[str](), dict[str, str]()
        self._words, self._block = list[str](), ""
        self.feed(page)
        self.words = " ".join(" ".join(self._words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag in ("script", "style"):
            self._block = dict(attrs).get("id") or tag

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._block = ""

    def handle_data(self, data: str) -> None:
        if self._block:
            self.blocks[self._block] = self.blocks.get(self._block, "") + data
        else:
            self._words.append(data)


@pytest.fixture
def run() -> ScoredRun:
    """One right, one that cites another place, one that should have been refused."""
    return scored_run(
        (
            (gold("가"), result("7,830명입니다.", 2)),
            (gold("나", type="table"), result("3곳입니다.", 4, confidence=0.4, seconds=0.04)),
            (
                gold("다", type="unanswerable", answerable=False, must_include=(), evidence=()),
                result("1,000명입니다.", 3, confidence=0.2, seconds=0.03),
            ),
        )
    )


def words(run: ScoredRun) -> str:
    return Texts(render(run)).words


def data(run: ScoredRun) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(Texts(render(run)).blocks["data"])
    return told


def test_the_tiles_say_the_figures_in_per_cent(run: ScoredRun) -> None:
    told = words(run)
    assert "3문항 가운데 1문항 을 맞혔습니다" in told
    assert re.search(r"맞음 33\.3% 95% 구간 0\.0%–100\.0% · 3문항", told)
    assert re.search(r"hit@5 100\.0% 95% 구간 100\.0%–100\.0% · 2문항", told)
    assert re.search(r"인용 50\.0% 95% 구간 0\.0%–100\.0% · 2문항", told)
    assert re.search(r"원문 그대로 100\.0% 95% 구간 100\.0%–100\.0% · 3문항", told)
    assert re.search(r"옳은 거절 0\.0% 95% 구간 0\.0%–100\.0% · 1문항", told)
    assert "응답 시간 30ms 95% 구간 20ms–40ms" in told


def test_the_steps_count_where_questions_were_lost(run: ScoredRun) -> None:
    told = words(run)
    assert "맞음 1 33.3% 찾고도 다른 곳을 인용 1 33.3% 거절해야 하는데 답함 1 33.3%" in told
    assert "찾고도 거절" not in told


def test_groups_stand_with_three_decimals(run: ScoredRun) -> None:
    told = words(run)
    assert re.search(r"전체 3 0\.333 .* 사실 1 1\.000 .* 표 1 0\.000 .* 답 없음 1 0\.000", told)
    assert "한빛시 계획 2 0.500" in told
    assert "20자까지 3 0.333" in told


def test_the_run_tells_what_it_was_made_with(run: ScoredRun) -> None:
    told = words(run)
    assert "설정 5e77195 색인 1dec5 코드 c0de" in told
    assert "섞여 있습니다" not in told


def test_mixed_settings_are_pointed_out() -> None:
    other = result("7,830명입니다.", 2, fingerprint={"settings": "other"})
    mixed = scored_run(((gold("가"), result("7,830명입니다.", 2)), (gold("나"), other)))
    assert "서로 다른 결과 2가지가 섞여 있습니다" in words(mixed)


def test_a_row_holds_gold_answer_citations_and_passages(run: ScoredRun) -> None:
    told = data(run)
    right, lost, _ = told["rows"]
    assert (right["ok"], "stage" in right) == (1, False)
    assert (lost["ok"], lost["stage"], lost["gold"]) == (0, "찾고도 다른 곳을 인용", "7,830명")
    assert lost["why"] == "근거를 2번째로 찾고도 다른 곳을 인용했습니다"
    # The second passage holds the evidence; a quote that is its lines is not written again.
    assert (lost["held"], lost["scores"]) == ([1], [2.5, 1.25])
    assert (lost["cites"][0]["about"], "quote" in lost["cites"][0]) == (1, False)
    evidence = told["places"][lost["evidence"][0]["at"][0]]
    assert evidence == [0, 2, 2, 12]
    assert told["docs"] == [["한빛시 계획", 1]]


def test_each_line_of_a_report_stands_once(run: ScoredRun) -> None:
    assert data(run)["lines"] == {"0": {str(n): LINES[n - 1] for n in (1, 2, 3, 4)}}
    assert render(run).count("도서관 3곳") == 1


def test_refused_failed_and_missing_questions_are_rows() -> None:
    failed = Result(error="모델이 답하지 않음", fingerprint={})
    pairs = ((gold("가"), Result()), (gold("나"), failed), (gold("다", must_include=()), Result()))
    told = data(scored_run(pairs))["rows"]
    assert [row.get("stage") for row in told] == ["못 찾음", "오류", None]
    assert [row.get("ok") for row in told] == [0, 0, None]
    assert [row["refused"] for row in told] == [1, 1, 1]
    assert told[1]["error"] == "모델이 답하지 않음"


def test_without_confidence_sources_and_times_it_says_so() -> None:
    bare = result("7,830명입니다.", 2, confidence=None, seconds=None, fingerprint={})
    run = scored_run(((gold("가"), bare),), sources={})
    told = words(run)
    assert "확신(confidence)이 없어 위험–포괄 곡선을 그리지 않았습니다" in told
    assert "확신(confidence)이 없어 신뢰도 그림을 그리지 않았습니다" in told
    assert "걸린 시간(seconds)이 없어 그리지 않았습니다" in told
    assert "원문 그대로 – 잴 수 있는 문항이 없습니다" in told
    # Where there is no text to look into, the quote itself is written.
    assert data(run)["rows"][0]["cites"][0]["quote"] == "총 7,830명"
    assert data(run)["lines"] == {}


def test_a_time_or_a_score_that_is_no_number_is_left_out() -> None:
    odd = result("7,830명입니다.", 2, confidence=None, retrieved=(place(1, 2, float("nan")),))
    assert data(scored_run(((gold("가"), odd),)))["rows"][0]["scores"] == [None]


def test_nothing_is_asked_of_any_network(run: ScoredRun) -> None:
    page = render(run)
    assert "http" not in page.replace("http-equiv", "")
    assert all(link.startswith("#") for link in Texts(page).links)
    assert not {"link", "img", "iframe", "object"} & set(Texts(page).tags)
    assert not re.search(r"<[^>]+\s(?:style|on\w+)=", page[: page.index("<script")])


def test_only_our_own_blocks_may_style_and_run(run: ScoredRun) -> None:
    page = render(run)
    policy = re.search(r'Policy" content="([^"]+)"', page)
    assert policy is not None
    told = policy[1].replace("&#39;", "'")
    hashes = {
        name: b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for name, text in Texts(page).blocks.items()
    }
    assert told == (
        f"default-src 'none'; style-src 'sha256-{hashes['style']}'; "
        f"script-src 'sha256-{hashes['script']}'; base-uri 'none'; form-action 'none'"
    )


def test_hostile_text_in_every_field_stays_text() -> None:
    run = hostile_run()
    page = Texts(render(run))
    clean = Texts(render(scored_run(((gold("가"), result("7,830명", 2)),))))
    assert page.tags.count("script") == 2
    assert set(page.tags) == set(clean.tags)
    assert data(run)["rows"][0]["q"] == ATTACK
    assert data(run)["lines"]["1"]["2"] == "&lt;b&gt; 7,830명"


def test_half_a_character_can_be_written(tmp_path: Path) -> None:
    run = scored_run(((gold("가"), result("반 \ud83d 글자", 2)),))
    write_html(run, tmp_path / "new" / "report.html")
    page = (tmp_path / "new" / "report.html").read_text(encoding="utf-8")
    assert json.loads(Texts(page).blocks["data"])["rows"][0]["answer"] == "반 \ud83d 글자"


def test_a_page_that_cannot_be_written_is_told_in_korean(run: ScoredRun, tmp_path: Path) -> None:
    with pytest.raises(RagError, match="보고서를 쓸 수 없습니다"):
        write_html(run, tmp_path)


def test_results_tell_their_fingerprint_and_scores(tmp_path: Path) -> None:
    line = {"id": "가", "fingerprint": {"code": "c0de"}, "retrieved": [{"doc": "한빛", "score": 3}]}
    (tmp_path / "run.jsonl").write_text(json.dumps(line) + '\n{"id": "나"}\n', encoding="utf-8")
    read = read_results(tmp_path / "run.jsonl")
    assert (read["가"].fingerprint, read["가"].retrieved[0].score) == ({"code": "c0de"}, 3.0)
    assert read["나"].fingerprint == {}
