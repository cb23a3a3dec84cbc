"""`eval template`: an empty question sheet to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from eval.commands.options import ending_in_korean
from rag.errors import RagError

EXAMPLES: tuple[dict[str, object], ...] = (
    {
        "id": "보기-1",
        "question": "2025년에 빛길버스를 타려면 요금을 얼마 내야 하나요?",
        "type": "fact",
        "answer": "1,500원",
        "answerable": True,
        "doc": "hanbit_2025_report.pdf",
        "quote": "요금 1,500원",
    },
    {
        "id": "보기-2",
        "question": "2025년에 라온 북부 권역에서 운행하는 빛길버스는 몇 대인가요?",
        "type": "table",
        "answer": "9대",
        "must_include": (("9대", "아홉 대"),),
        "answerable": True,
        "doc": "hanbit_2025_report.pdf",
        "page": 9,
    },
    {
        "id": "보기-3",
        "question": "한빛시 도시교통국장의 이름은 무엇입니까?",
        "type": "unanswerable",
        "answerable": False,
    },
)


def template_command(
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="새로 만들 .xlsx나 .csv 파일.")
    ],
) -> None:
    """질문 파일의 틀을 만듭니다. 열마다 무엇을 적는지는 ‘설명’ 시트에 있습니다."""
    from eval.sets.writer import write_sheet

    with ending_in_korean():
        if output.exists():
            raise RagError(f"{output}: 이미 있는 파일입니다. 다른 이름을 적어 주세요.")
        # Left in by mistake, the examples do no harm.
        write_sheet(output, [{**example, "accepted": False} for example in EXAMPLES])
    typer.echo(
        f"{output}에 틀을 만들었습니다. 질문을 적고 `python -m eval check {output}`로 확인해 "
        "주세요. 보기 세 행은 채택이 ‘아니요’라서 읽지 않습니다.",
        err=True,
    )
