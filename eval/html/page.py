"""A scored run as one HTML file that needs no network and no other file."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from eval.cases import is_ok
from eval.curves import reliability
from eval.html import charts
from eval.html.charts import Rated, rated
from eval.html.data import data_json, titles_of
from eval.metrics import METRICS
from eval.output import writing
from eval.question_types import LABELS
from eval.summary import Figures, ScoredRun

_HERE = Path(__file__).parent
_MOST_GROUPS = 30  # rows of one table; a public corpus has thousands of documents
_PLOTTED = ("ok", "hit@5", "cited")
_TILES = (
    ("ok", "맞음", "정답을 말하고 그 근거를 인용했거나, 답이 없는 질문을 거절했습니다."),
    ("hit@5", "hit@5", "검색한 상위 발췌문 5개 안에 정답의 근거가 있습니다."),
    ("cited", "인용", "첫 번째 인용이 정답의 근거입니다."),
    ("section", "절", "인용한 절 가운데 정답이 있는 절이 있습니다."),
    ("grounded", "원문 그대로", "인용문이 보고서 원문에 그대로 있습니다."),
    ("numbers", "수", "답에 나온 수가 인용한 곳에 있습니다."),
    ("refused", "잘못된 거절", "답이 있는데도 답하지 않았습니다. 낮을수록 좋습니다."),
    ("abstained", "옳은 거절", "보고서에 답이 없는 질문을 거절했습니다."),
)
_TYPE_ORDER = {name: place for place, name in enumerate(LABELS)}
_PRINTS = {"settings": "설정", "index": "색인", "code": "코드"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Some of the questions, their figures in the order of `_PLOTTED`, and a link to them."""

    label: str
    link: str
    count: int
    values: tuple[Rated | None, ...]


def write_html(run: ScoredRun, path: Path) -> None:
    """Write the page; an earlier one is written over."""
    with writing(path, "보고서를"):
        path.parent.mkdir(parents=True, exist_ok=True)
        # What cannot be UTF-8 is a lone surrogate: in the data `\ud800` is the escape of itself.
        path.write_bytes(render(run).encode("utf-8", errors="backslashreplace"))


def render(run: ScoredRun) -> str:
    """The page. Only our own two blocks may style and run; nothing may be loaded."""
    style, script = (
        (_HERE / name).read_text(encoding="utf-8") for name in ("report.css", "report.js")
    )
    titles = titles_of(run.cases)
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"percent": _percent, "ms": _milliseconds, "by": _link}
    return environment.get_template("report.html.j2").render(
        style=Markup(style),
        script=Markup(script),
        policy=_policy(style, script),
        data=Markup(data_json(run, titles)),
        **_content(run, titles),
    )


def _content(run: ScoredRun, titles: Mapping[str, str]) -> dict[str, object]:
    summary, cases = run.summary, run.cases
    by_report = sorted(summary.by_report, key=lambda one: -one.count)
    by_type = sorted(summary.by_type, key=lambda one: _TYPE_ORDER.get(one.name, len(LABELS)))
    prints = Counter(tuple(case.result.fingerprint.items()) for case in cases)
    return {
        "name": run.path.name,
        "written": _written(run.path),
        "summary": summary,
        "prints": [[(_PRINTS.get(k, k), v) for k, v in one] for one in prints if one],
        "tiles": [(*told, rated(summary.overall, told[0])) for told in _TILES],
        "falling": [metric.name for metric in METRICS if not metric.higher_is_better],
        "plotted": [label for name, label, _ in _TILES if name in _PLOTTED],
        "everything": _row(summary.overall, "전체"),
        "by_type": _rows(by_type, "type", LABELS),
        "by_report": _rows(by_report[:_MOST_GROUPS], "report", titles),
        "more_reports": len(by_report[_MOST_GROUPS:]),
        "by_length": [_row(group, group.name) for group in summary.by_length],
        "right": sum(is_ok(case) is True for case in cases),
        "lost": charts.lost(cases),
        "curve": charts.curve(cases),
        "bins": reliability(cases),
        "times": charts.histogram(cases, summary.latency),
    }


def _rows(groups: Sequence[Figures], field: str, labels: Mapping[str, str]) -> list[Row]:
    return [
        _row(group, labels.get(group.name, group.name), _link(group.name, field))
        for group in groups
    ]


def _row(figures: Figures, label: str, link: str = "") -> Row:
    values = tuple(rated(figures, name) for name in _PLOTTED)
    return Row(label=label, link=link, count=figures.count, values=values)


def _policy(style: str, script: str) -> str:
    """The content security policy.

    >>> _policy("", "")[:66]
    "default-src 'none'; style-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRk"
    """
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _written(path: Path) -> str | None:
    """When the results were written; None where they are no longer there."""
    if not path.is_file():
        return None
    at = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    return f"{at.year}. {at.month}. {at.day}. {at:%H:%M}"


def _link(value: str, field: str) -> str:
    """The address of a view of the questions, as report.js reads it.

    >>> _link("fact", "type")
    '#type=fact'
    """
    return "#" + urlencode({field: value})


def _percent(value: float, digits: int = 1) -> str:
    return f"{100 * value:.{digits}f}%"


def _milliseconds(value: float) -> str:
    """A time as people say it.

    >>> _milliseconds(24.31), _milliseconds(3.14), _milliseconds(1234)
    ('24ms', '3.1ms', '1.23초')
    """
    if value >= 1000:
        return f"{value / 1000:.3g}초"
    return f"{value:.0f}ms" if value >= 10 else f"{value:.2g}ms"
