"""XML from files of unknown origin: no document type, so no entities and nothing fetched."""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError

from index.readers.source import Source


def parse_xml(data: bytes, source: Source) -> Element:
    """The root element; `ReportError` when it is not well-formed or declares a document type."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise source.error(
            "XML에 문서 형식 선언(DOCTYPE)이 있어 안전하지 않습니다. 원본을 다시 저장해 주세요."
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise source.error(
            "XML이 깨져 있어 읽을 수 없습니다. 원본을 다시 저장해서 넣어 주세요."
        ) from error
    return root


def local(element: Element) -> str:
    """The element's name without its namespace; "" for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def number(element: Element | None, name: str, default: int = 0) -> int:
    """An attribute as a whole number; the default where it is missing or none."""
    try:
        return int(element.get(name, "")) if element is not None else default
    except ValueError:
        return default


def child(element: Element, name: str) -> Element | None:
    """The first child of that name, whatever its namespace."""
    return next((inner for inner in element if local(inner) == name), None)
