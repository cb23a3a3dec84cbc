"""The source as a Typst document, each line and row marked with its place in the source."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from importlib.resources import files

from samples.make.source import Cell, Mark, Source, Table, Text

Contents = Sequence[tuple[int, str, int]]  # level, heading, printed page
CONTENTS_TITLE = "목 차"
_HEADINGS = {1: "chapter", 2: "section", 3: "item"}
_OPENED = {"columns": "#columns(2, gutter: 1.1cm)[", "scan": "#pagebreak(weak: true)"}


def typeset(source: Source, contents: Contents, scans: dict[int, str]) -> str:
    """The Typst text; `scans` names the picture that stands for a scanned block, by its place."""
    style = files("samples.make").joinpath("style.typ").read_text(encoding="utf-8")
    body = "\n".join(_body(source, contents, scans))
    title, header = _quoted(source.title), _quoted(source.header)
    return f"{style}\n#show: body => setup({title}, {header}, body)\n{body}\n"


def _body(source: Source, contents: Contents, scans: dict[int, str]) -> Iterator[str]:
    skip = False
    for place, block in enumerate(source.blocks):
        if isinstance(block, Mark) and block.kind in ("columns", "scan"):
            skip = place in scans
            yield f"#scanned({_quoted(scans[place])})" if skip else _OPENED[block.kind]
        elif isinstance(block, Mark) and block.kind == "end":
            yield "]" if block.name == "columns" else "" if skip else "#pagebreak(weak: true)"
            skip = False
        elif not skip:
            yield _block(place, block, contents)


def _block(place: int, block: Text | Table | Mark, contents: Contents) -> str:
    mark = _quoted(str(place))
    if isinstance(block, Table):
        return _table(place, block)
    if isinstance(block, Text):
        return _text(mark, block)
    lines = f"({''.join(_quoted(line) + ',' for line in block.lines)})"
    entries = "".join(f"({n}, {_quoted(name)}, {_quoted(str(p))})," for n, name, p in contents)
    return {
        "page": "#pagebreak(weak: true)",
        "next": "#colbreak()",
        "figure": f"#{block.name}()",
        "box": f"#boxed({mark}, {lines})",
        "cover": f"#cover({mark}, {lines})",
        "contents": f"#contents({_quoted(CONTENTS_TITLE)}, ({entries}))\n#pagebreak(weak: true)",
    }[block.kind]


def _text(mark: str, block: Text) -> str:
    text = block.text.strip()
    if not text:
        return "#gap"
    if block.level:
        return f"#{_HEADINGS[block.level]}({mark}, {_quoted(text)})"
    if text.startswith("(단위"):
        return f"#unit({mark}, {_quoted(text)})"
    if text.startswith("<"):
        return f"#caption({mark}, {_quoted(text)})"
    body = "".join(
        f"#note({_quoted(piece)})" if at % 2 else f"#words({_quoted(piece)})"
        for at, piece in enumerate(block.pieces())
    )
    kind = {"□": "square", "※": "remark"}.get(text[0])
    if kind:
        return f"#{kind}({mark})[{body}]"
    return f"#entry({mark}, {block.indent})[{body}]"


def _table(place: int, table: Table) -> str:
    rows = ",\n".join(
        f"({''.join(_cell(place, table, cell) for cell in table.cells if cell.row == row)})"
        for row in range(table.rows)
    )
    sides = "true" if table.sides else "false"
    widths = "".join(f"{width}," for width in table.widths)
    return f"#grid-table(({widths}), {sides}, {table.head}, (\n{rows},\n))"


def _cell(place: int, table: Table, cell: Cell) -> str:
    first = min(other.column for other in table.cells if other.row == cell.row)
    mark = f"#at({_quoted(f'{place}.{cell.row}')})" if cell.column == first else ""
    longest = max(map(len, cell.paragraphs))
    left = cell.row >= table.head and (len(cell.paragraphs) > 1 or longest > 18)
    align = "left + horizon" if left else "center + horizon"
    weight = "bold" if cell.row < table.head else "regular"
    indent = "0.9em" if left else "0em"
    body = "".join(
        f'#par(hanging-indent: {indent})[#text(weight: "{weight}", words({_quoted(text)}))]'
        for text in cell.paragraphs
    )
    breakable = "true" if cell.rows > 1 else "false"
    return (
        f"table.cell(rowspan: {cell.rows}, colspan: {cell.columns}, align: {align}, "
        f"breakable: {breakable})[{mark}{body}],"
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
