from __future__ import annotations

from index.readers.pdf.grids import PageTable
from index.readers.pdf.page_notes import notes_first
from index.readers.pdf.paragraphs import Paragraph
from tests.drawn import line, table

ABOVE, REST = table(("구분", "값"), ("가", "1")), table(("나", "2"), top=60.0)
BODY = Paragraph((line("본문의 글"),), indented=False, gap=False)
UNIT = Paragraph((line("(단위 : 명)"),), indented=False, gap=False)
NOTE = Paragraph((line("1) 각주의 글", top=780.0, size=8.0),), indented=False, gap=True)


def _moved(*first: Paragraph | PageTable, then: Paragraph | PageTable) -> list[object]:
    parts = list(first)
    notes_first([parts, [then]])
    return list(parts)


def test_a_note_below_a_table_that_goes_on_comes_before_its_caption() -> None:
    assert _moved(BODY, UNIT, ABOVE, NOTE, then=REST) == [BODY, NOTE, UNIT, ABOVE]


def test_a_note_below_a_table_that_ends_stays() -> None:
    assert _moved(BODY, ABOVE, NOTE, then=BODY) == [BODY, ABOVE, NOTE]


def test_text_below_a_table_is_no_note() -> None:
    assert _moved(UNIT, ABOVE, BODY, then=REST) == [UNIT, ABOVE, BODY]
