"""What a file does to the process that reads it stays there."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.readers import read_file
from index.reading import Limits, Workers
from index.sources import in_turn
from rag.errors import ReportError
from rag.types import Page, Report, TableShape
from tests.build_helpers import gone
from tests.wild_worker import report_of

ROOT = Path(__file__).parent.parent
LIMITS = Limits(max_bytes=2**20, memory_mb=512, seconds=30)
IMPATIENT = Limits(max_bytes=2**20, memory_mb=512, seconds=0.3)

Put = Callable[[str], Path]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    def write(text: str) -> Path:
        path = tmp_path / f"보고서 {len(list(tmp_path.iterdir()))}.txt"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(LIMITS, module="tests.wild_worker") as found:
        yield found


@pytest.fixture(scope="module")
def impatient() -> Iterator[Workers]:
    with Workers(IMPATIENT, module="tests.wild_worker") as found:
        yield found


def refusal(workers: Workers, path: Path) -> str:
    with pytest.raises(ReportError) as raised:
        workers.read(path)
    message = str(raised.value)
    assert message.startswith(f"{path.name}: ")
    assert "\n" not in message
    return raised.value.reason


def test_a_file_is_read_as_in_this_process(workers: Workers, put: Put) -> None:
    path = put("가온시 보고서\n예산 5억")
    assert workers.read(path) == (report_of(path, "가온시 보고서\n예산 5억"),)


def test_the_real_reader_gives_the_same_there(put: Put) -> None:
    path = put("가온시 업무계획\n\n2025. 1.\n\n□ 현황\n- 1 -\n")
    with Workers(LIMITS) as workers:
        assert workers.read(path) == read_file(path, max_bytes=2**20)


def test_everything_a_report_holds_comes_back(tmp_path: Path, put: Put) -> None:
    page = Page(
        number=3,
        exact=True,
        first_line=1,
        lines=("가\t나", "1\u2028\t\x02"),
        section=("Ⅰ",),
        printed=1,
        ocr=True,
        boxes=(((0.1, 2.0, 1 / 3, 4.0),), ()),
    )
    table = TableShape(first_line=1, last_line=2, head=1, grid=(("가", "나"), ("1", "")))
    report = Report(
        id="가",
        title="나",
        path="다",
        sha256="0",
        published=None,
        pages=(page,),
        tables=(table,),
        headings=((1, 2),),
        notices=("2쪽을 읽지 못했습니다.",),
    )
    (tmp_path / "told.py").write_text(
        "from index.worker import main\nfrom rag.types import Page, Report, TableShape\n"
        f"main(lambda path, *, max_bytes: ({report!r},))\n",
        encoding="utf-8",
    )
    sys.path.append(str(tmp_path))
    try:
        with Workers(LIMITS, module="told") as workers:
            assert workers.read(put("")) == (report,)
    finally:
        sys.path.remove(str(tmp_path))


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ("crash", "파일을 읽던 프로그램이 멈췄습니다(SIGSEGV). 파일이 깨졌을 수 있습니다."),
        ("abort", "파일을 읽던 프로그램이 멈췄습니다(SIGABRT). 파일이 깨졌을 수 있습니다."),
        ("exit", "파일을 읽던 프로그램이 멈췄습니다(종료 코드 1). 파일이 깨졌을 수 있습니다."),
        ("memory", "읽는 데 메모리가 512MB보다 많이 필요해 중단했습니다."),
        ("refuse", "암호가 걸린 파일입니다."),
        ("half", "깨진 글자가 있어 읽지 못했습니다."),
        ("stumble", "파일을 해석하지 못했습니다(KeyError)."),
        ("bomb", "풀어 낸 내용이 너무 큽니다(한도 2MB)."),
    ],
)
def test_a_file_that_goes_wrong_is_one_line_and_the_next_is_read(
    workers: Workers, put: Put, what: str, reason: str
) -> None:
    assert refusal(workers, put(what)).startswith(reason)
    assert workers.read(put("가온시"))[0].title == "가온시"


@pytest.mark.parametrize("what", ["hang", "spin"])
def test_a_file_that_takes_too_long_is_given_up(impatient: Workers, put: Put, what: str) -> None:
    began = time.monotonic()
    reason = refusal(impatient, put(what))
    assert time.monotonic() - began < 5
    assert reason.startswith("읽는 데 0초가 넘어 중단했습니다.")
    assert "RAG_READ_SECONDS" in reason
    assert impatient.read(put("가온시"))[0].title == "가온시"


def test_a_large_file_has_more_time(tmp_path: Path) -> None:
    path = tmp_path / "큰.pdf"
    with path.open("wb") as file:
        file.truncate(20 * 2**20)
    assert LIMITS.seconds_for(path) == 30 + 20 * 60


def test_what_a_reader_prints_is_not_taken_for_its_answer(workers: Workers, put: Put) -> None:
    assert workers.read(put("print"))[0].title == "print"


def test_one_process_reads_many_files_and_a_fresh_one_follows_a_failure(
    workers: Workers, put: Put
) -> None:
    pids = [workers.read(put("pid"))[0].title for _ in range(3)]
    assert len(set(pids)) == 1
    refusal(workers, put("refuse"))
    assert workers.read(put("pid"))[0].title == pids[0]
    refusal(workers, put("crash"))
    assert workers.read(put("pid"))[0].title != pids[0]


def test_threads_have_a_process_each(workers: Workers, put: Put) -> None:
    paths = [put(f"보고서 {number}") for number in range(20)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(workers.read, paths))
    assert [report.title for (report,) in found] == [f"보고서 {number}" for number in range(20)]


def test_a_file_that_is_not_there_costs_no_process(workers: Workers, tmp_path: Path) -> None:
    assert refusal(workers, tmp_path / "없음.txt") == "파일이 없습니다."


def test_what_a_killed_reader_leaves_behind_is_swept_up(put: Put, tmp_path: Path) -> None:
    with Workers(LIMITS, module="tests.wild_worker") as workers:
        refusal(workers, put("litter"))
        folder = Path(workers._folder.name)
        assert [path.name for path in folder.iterdir()] == ["left-over"]
    assert not folder.exists()


def test_programs_that_a_reader_started_end_with_it(
    put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = tmp_path / "notes"
    monkeypatch.setenv("WILD_NOTES", str(notes))
    limits = Limits(max_bytes=2**20, memory_mb=512, seconds=1)
    with Workers(limits, module="tests.wild_worker") as workers:
        refusal(workers, put("program"))
    assert gone([int(pid) for pid in notes.read_text(encoding="utf-8").split()])


def test_what_is_being_read_is_dropped_when_the_reading_ends(put: Put) -> None:
    with Workers(LIMITS, module="tests.wild_worker") as workers:
        looks = in_turn(workers.read, [put("가"), put("hang"), put("hang"), put("나")])
        assert next(looks).result()[0].title == "가"
        began = time.monotonic()
        looks.close()
    gc.collect()
    assert time.monotonic() - began < 3


def test_work_is_begun_a_few_items_ahead_and_given_in_order() -> None:
    begun: list[int] = []

    def work(number: int) -> int:
        begun.append(number)
        time.sleep(0.01 if number % 2 else 0)
        return number

    looks = in_turn(work, range(50))
    assert next(looks).result() == 0
    time.sleep(0.1)
    assert len(begun) == 5
    assert [look.result() for look in looks] == list(range(1, 50))


# What is started in the background, as a test run may be, is deaf to SIGINT until told.
BUILDING = """
import signal
import sys
from pathlib import Path
from index.reading import Limits, Workers

signal.signal(signal.SIGINT, signal.default_int_handler)
with Workers(Limits(max_bytes=99, memory_mb=512, seconds=60), module="tests.wild_worker") as found:
    found.read(Path(sys.argv[1]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_is_left_when_the_builder_is_stopped(
    put: Put, tmp_path: Path, how: signal.Signals
) -> None:
    notes = tmp_path / "notes"
    with subprocess.Popen(
        [sys.executable, "-c", BUILDING, str(put("program"))],
        cwd=ROOT,
        env=os.environ | {"WILD_NOTES": str(notes)},
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    ) as builder:
        while builder.poll() is None and not (
            notes.exists() and " " in notes.read_text(encoding="utf-8")
        ):
            time.sleep(0.02)
        builder.send_signal(how)
        builder.wait(10)
    assert gone([int(pid) for pid in notes.read_text(encoding="utf-8").split()])


def test_files_are_read_where_standard_input_is_closed(put: Put) -> None:
    code = (
        "import os, sys; os.close(0); from pathlib import Path; "
        "from index.reading import Limits, Workers\n"
        "with Workers(Limits(max_bytes=999, memory_mb=512, seconds=60)) as workers:\n"
        "    sys.stdout.write(workers.read(Path(sys.argv[1]))[0].id)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(put("가온시 보고서"))],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    assert done.stdout.decode("utf-8").startswith("보고서 ")


def test_the_process_that_reads_is_light() -> None:
    heavy = {"torch", "faiss", "tantivy", "pydantic", "docx", "pdfplumber", "numpy"}
    code = f"import sys, index.worker, index.readers; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.decode().strip() == "[]"
