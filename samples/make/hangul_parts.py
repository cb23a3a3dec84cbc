"""The fixed parts of the HWPX package: its files and the set-up of its pages."""

from __future__ import annotations

from xml.sax.saxutils import escape

from samples.make.hangul_shapes import NAMESPACES, header

COLUMNS = (
    '<hp:ctrl><hp:colPr id="" type="NEWSPAPER" layout="LEFT" colCount="{count}" sameSz="1" '
    'sameGap="1134"/></hp:ctrl>'
)
_NOTE_FORMAT = (
    '<hp:autoNumFormat type="DIGIT" userChar="" prefixChar="" suffixChar=")" supscript="0"/>'
    '<hp:noteLine length="-1" type="SOLID" width="0.12 mm" color="#000000"/>'
    '<hp:noteSpacing betweenNotes="283" belowLine="567" aboveLine="850"/>'
    '<hp:numbering type="CONTINUOUS" newNum="1"/>'
)
SECTION = (
    '<hp:secPr id="" textDirection="HORIZONTAL" spaceColumns="1134" tabStop="8000" '
    'tabStopVal="4000" tabStopUnit="HWPUNIT" outlineShapeIDRef="1" memoShapeIDRef="0" '
    'textVerticalWidthHead="0" masterPageCnt="0">'
    '<hp:grid lineGrid="0" charGrid="0" wonggojiFormat="0"/>'
    '<hp:startNum pageStartsOn="BOTH" page="0" pic="0" tbl="0" equation="0"/>'
    '<hp:visibility hideFirstHeader="1" hideFirstFooter="1" hideFirstMasterPage="0" '
    'border="SHOW_ALL" fill="SHOW_ALL" hideFirstPageNum="1" hideFirstEmptyLine="0" '
    'showLineNumber="0"/>'
    '<hp:lineNumberShape restartType="0" countBy="0" distance="0" startNumber="0"/>'
    '<hp:pagePr landscape="WIDELY" width="59528" height="84186" gutterType="LEFT_ONLY">'
    '<hp:margin header="2834" footer="2834" gutter="0" left="5669" right="5669" top="4252" '
    'bottom="4252"/></hp:pagePr>'
    f'<hp:footNotePr>{_NOTE_FORMAT}<hp:placement place="EACH_COLUMN" beneathText="0"/>'
    f'</hp:footNotePr><hp:endNotePr>{_NOTE_FORMAT}<hp:placement place="END_OF_DOCUMENT" '
    'beneathText="0"/></hp:endNotePr></hp:secPr>' + COLUMNS.format(count=1)
)


def page_frame(label: str) -> str:
    """What runs along head and foot of the pages."""
    parts = ""
    number = (
        '<hp:run charPrIDRef="4"><hp:t>- </hp:t><hp:ctrl><hp:autoNum num="1" numType="PAGE">'
        '<hp:autoNumFormat type="DIGIT" userChar="" prefixChar="" suffixChar="" supscript="0"/>'
        "</hp:autoNum></hp:ctrl><hp:t> -</hp:t></hp:run>"
    )
    named = f'<hp:run charPrIDRef="4"><hp:t>{escape(label)}</hp:t></hp:run>'
    for at, (tag, runs) in enumerate((("header", named), ("footer", number)), start=1):
        parts += (
            f'<hp:ctrl><hp:{tag} id="{at}" applyPageType="BOTH"><hp:subList id="" '
            'textDirection="HORIZONTAL" lineWrap="BREAK" vertAlign="TOP" linkListIDRef="0" '
            'linkListNextIDRef="0" textWidth="48190" textHeight="2834" hasTextRef="0" '
            f'hasNumRef="0"><hp:p id="0" paraPrIDRef="5" styleIDRef="0" pageBreak="0" '
            f'columnBreak="0" merged="0">{runs}</hp:p></hp:subList></hp:{tag}></hp:ctrl>'
        )
    return parts


def package(title: str, section: str) -> dict[str, bytes]:
    """All members of the archive, its type first."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    xml = "application/xml"
    content = (
        f'<opf:package {NAMESPACES} version="" unique-identifier="" id=""><opf:metadata>'
        f"<opf:title>{escape(title)}</opf:title><opf:language>ko</opf:language>"
        '<opf:meta name="creator" content="text">한빛시 도시교통국</opf:meta>'
        '<opf:meta name="CreatedDate" content="text">2025-02-12T00:00:00Z</opf:meta>'
        "</opf:metadata><opf:manifest>"
        f'<opf:item id="header" href="Contents/header.xml" media-type="{xml}"/>'
        f'<opf:item id="section0" href="Contents/section0.xml" media-type="{xml}"/>'
        f'<opf:item id="version" href="version.xml" media-type="{xml}"/>'
        f'<opf:item id="settings" href="settings.xml" media-type="{xml}"/></opf:manifest>'
        '<opf:spine><opf:itemref idref="header" linear="yes"/>'
        '<opf:itemref idref="section0" linear="yes"/></opf:spine></opf:package>'
    )
    members = {
        "mimetype": "application/hwp+zip",
        "version.xml": (
            f'{head}<hv:HCFVersion {NAMESPACES} tagetApplication="WORDPROCESSOR" major="5" '
            'minor="1" micro="1" buildNumber="0" os="1" xmlVersion="1.5" '
            'application="Hancom Office Hangul" appVersion="13, 0, 0, 0"/>'
        ),
        "META-INF/container.xml": (
            f"{head}<ocf:container {NAMESPACES}><ocf:rootfiles><ocf:rootfile "
            'full-path="Contents/content.hpf" media-type="application/hwpml-package+xml"/>'
            "</ocf:rootfiles></ocf:container>"
        ),
        "META-INF/manifest.xml": f"{head}<odf:manifest {NAMESPACES}/>",
        "Contents/content.hpf": head + content,
        "Contents/header.xml": head + header(),
        "Contents/section0.xml": section,
        "Preview/PrvText.txt": f"<{title}>\r\n",
        "settings.xml": (
            f"{head}<ha:HWPApplicationSetting {NAMESPACES}>"
            '<ha:CaretPosition listIDRef="0" paraIDRef="0" pos="0"/></ha:HWPApplicationSetting>'
        ),
    }
    return {name: text.encode() for name, text in members.items()}
