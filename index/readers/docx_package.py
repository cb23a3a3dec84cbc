"""The package of a DOCX document, made safe for python-docx, and the notes it does not read."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element

from index.readers.archive import Archive
from index.readers.docx_text import texts_of, word
from index.readers.safe_xml import parse_xml
from index.readers.source import Source

_UNREAD = "customXml/"  # data behind forms


def checked(archive: Archive, source: Source) -> BytesIO:
    """The package as python-docx may load it: XML without declarations, pictures empty."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as opened:
        for name in archive.names:
            is_xml = name.endswith(".xml") and not name.startswith(_UNREAD)
            read = is_xml or name.endswith(".rels")
            data = archive.read(name) if read else b""
            if read:
                parse_xml(data, source)
            opened.writestr(name, data)
    packed.seek(0)
    return packed


def notes_of(document: Any, kind: str, source: Source) -> dict[str, str]:
    """The texts of the notes by their ids."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            root: Element = parse_xml(relation.target_part.blob, source)
            return {
                note.get(word("id"), ""): " ".join(
                    "".join(part.text for part in texts_of(inner)).strip()
                    for inner in note.iter(word("p"))
                )
                for note in root
            }
    return {}
