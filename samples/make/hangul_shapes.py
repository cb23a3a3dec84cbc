"""Fonts, borders, shapes and styles that the paragraphs of the HWPX refer to by number."""

from __future__ import annotations

_SPACE = "http://www.hancom.co.kr"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in (
        ("ha", f"{_SPACE}/hwpml/2011/app"),
        ("hp", f"{_SPACE}/hwpml/2011/paragraph"),
        ("hs", f"{_SPACE}/hwpml/2011/section"),
        ("hc", f"{_SPACE}/hwpml/2011/core"),
        ("hh", f"{_SPACE}/hwpml/2011/head"),
        ("hpf", f"{_SPACE}/schema/2011/hpf"),
        ("opf", "http://www.idpf.org/2007/opf/"),
        ("ocf", "urn:oasis:names:tc:opendocument:xmlns:container"),
        ("odf", "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"),
        ("hv", f"{_SPACE}/hwpml/2011/version"),
        # Not used here, but Hancom's own programs expect every part to declare them.
        ("hp10", f"{_SPACE}/hwpml/2016/paragraph"),
        ("hhs", f"{_SPACE}/hwpml/2011/history"),
        ("hm", f"{_SPACE}/hwpml/2011/master-page"),
        ("dc", "http://purl.org/dc/elements/1.1/"),
        ("ooxmlchart", f"{_SPACE}/hwpml/2016/ooxmlchart"),
        ("hwpunitchar", f"{_SPACE}/hwpml/2016/HwpUnitChar"),
        ("epub", "http://www.idpf.org/2007/ops"),
        ("config", "urn:oasis:names:tc:opendocument:xmlns:config:1.0"),
    )
)
# name -> (paragraph shape, style)
PARAGRAPHS = {
    "body": (0, 0),
    "heading1": (1, 1),
    "heading2": (2, 2),
    "indent0": (0, 0),
    "indent1": (3, 0),
    "indent2": (4, 0),
    "center": (5, 0),
    "right": (6, 0),
    "note": (7, 3),
}
_SHAPES = (  # alignment, outline level or None, left margin
    ("JUSTIFY", None, 0),
    ("LEFT", 0, 0),
    ("LEFT", 1, 0),
    ("JUSTIFY", None, 1000),
    ("JUSTIFY", None, 2000),
    ("CENTER", None, 0),
    ("RIGHT", None, 0),
    ("JUSTIFY", None, 0),
)
_CHARACTERS = (1300, 1800, 1600, 1500, 900, 1050)  # heights; 5 is that of table heads
_STYLES = (("바탕글", "Normal", 0, 0), ("개요 1", "Outline 1", 1, 1), ("개요 2", "Outline 2", 2, 2))


def header() -> str:
    """The element that defines fonts, borders, character and paragraph shapes, styles."""
    fonts = "".join(
        f'<hh:fontface lang="{lang}" fontCnt="1"><hh:font id="0" face="함초롬바탕" type="TTF" '
        'isEmbedded="0"/></hh:fontface>'
        for lang in ("HANGUL", "LATIN", "HANJA", "JAPANESE", "OTHER", "SYMBOL", "USER")
    )
    parts = (
        ("fontfaces", 7, fonts),
        ("borderFills", 4, "".join(map(_border, range(1, 5)))),
        ("charProperties", len(_CHARACTERS), "".join(map(_character, range(len(_CHARACTERS))))),
        ("tabProperties", 1, '<hh:tabPr id="0" autoTabLeft="0" autoTabRight="0"/>'),
        ("numberings", 1, _numbering()),
        ("paraProperties", len(_SHAPES), "".join(map(_shape, range(len(_SHAPES))))),
        ("styles", 4, _styles()),
    )
    lists = "".join(f'<hh:{tag} itemCnt="{n}">{held}</hh:{tag}>' for tag, n, held in parts)
    return (
        f'<hh:head {NAMESPACES} version="1.5" secCnt="1"><hh:beginNum page="1" footnote="1" '
        f'endnote="1" pic="1" tbl="1" equation="1"/><hh:refList>{lists}</hh:refList>'
        '<hh:compatibleDocument targetProgram="HWP201X"><hh:layoutCompatibility/>'
        '</hh:compatibleDocument><hh:docOption><hh:linkinfo path="" pageInherit="0" '
        'footnoteInherit="0"/></hh:docOption></hh:head>'
    )


def _border(number: int) -> str:
    """1 and 2 are bare, 3 has lines all round, 4 is filled besides."""
    line = "SOLID" if number > 2 else "NONE"
    sides = "".join(
        f'<hh:{side}Border type="{line}" width="0.12 mm" color="#000000"/>'
        for side in ("left", "right", "top", "bottom")
    )
    fill = (
        '<hc:fillBrush><hc:winBrush faceColor="#E8EDF5" hatchColor="#999999" alpha="0"/>'
        "</hc:fillBrush>"
    )
    return (
        f'<hh:borderFill id="{number}" threeD="0" shadow="0" centerLine="NONE" '
        'breakCellSeparateLine="0"><hh:slash type="NONE" Crooked="0" isCounter="0"/>'
        f'<hh:backSlash type="NONE" Crooked="0" isCounter="0"/>{sides}'
        '<hh:diagonal type="SOLID" width="0.1 mm" color="#000000"/>'
        f"{fill if number == 4 else ''}</hh:borderFill>"
    )


def _character(number: int) -> str:
    every = ("hangul", "latin", "hanja", "japanese", "other", "symbol", "user")
    values = "".join(
        f"<hh:{tag} " + " ".join(f'{lang}="{value}"' for lang in every) + "/>"
        for tag, value in (
            ("fontRef", 0),
            ("ratio", 100),
            ("spacing", 0),
            ("relSz", 100),
            ("offset", 0),
        )
    )
    return (
        f'<hh:charPr id="{number}" height="{_CHARACTERS[number]}" textColor="#000000" '
        'shadeColor="none" useFontSpace="0" useKerning="0" symMark="NONE" borderFillIDRef="2">'
        f"{values}{'<hh:bold/>' if number in (1, 2, 3, 5) else ''}</hh:charPr>"
    )


def _shape(number: int) -> str:
    alignment, level, left = _SHAPES[number]
    heading = "NONE" if level is None else "OUTLINE"
    margins = "".join(
        f'<hc:{side} value="{left if side == "left" else 0}" unit="HWPUNIT"/>'
        for side in ("intent", "left", "right", "prev", "next")
    )
    return (
        f'<hh:paraPr id="{number}" tabPrIDRef="0" condense="0" fontLineHeight="0" snapToGrid="1" '
        f'suppressLineNumbers="0" checked="0"><hh:align horizontal="{alignment}" '
        f'vertical="BASELINE"/><hh:heading type="{heading}" idRef="0" level="{level or 0}"/>'
        '<hh:breakSetting breakLatinWord="KEEP_WORD" breakNonLatinWord="KEEP_WORD" '
        'widowOrphan="0" keepWithNext="0" keepLines="0" pageBreakBefore="0" lineWrap="BREAK"/>'
        f'<hh:autoSpacing eAsianEng="0" eAsianNum="0"/><hh:margin>{margins}</hh:margin>'
        '<hh:lineSpacing type="PERCENT" value="160" unit="HWPUNIT"/><hh:border '
        'borderFillIDRef="2" offsetLeft="0" offsetRight="0" offsetTop="0" offsetBottom="0" '
        'connect="0" ignoreMargin="0"/></hh:paraPr>'
    )


def _numbering() -> str:
    """Outline levels without numbers of their own: the report writes its numbers itself."""
    heads = "".join(
        f'<hh:paraHead start="1" level="{level}" align="LEFT" useInstWidth="0" autoIndent="1" '
        'widthAdjust="0" textOffsetType="PERCENT" textOffset="50" numFormat="DIGIT" '
        'charPrIDRef="4294967295" checkable="0"/>'
        for level in range(1, 8)
    )
    return f'<hh:numbering id="1" start="0">{heads}</hh:numbering>'


def _styles() -> str:
    return "".join(
        f'<hh:style id="{at}" type="PARA" name="{name}" engName="{english}" '
        f'paraPrIDRef="{shape}" charPrIDRef="{char}" nextStyleIDRef="{at}" langID="1042" '
        'lockForm="0"/>'
        for at, (name, english, shape, char) in enumerate((*_STYLES, ("각주", "Footnote", 7, 4)))
    )
