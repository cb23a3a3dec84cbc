"""Which document a container holds: zip files and OLE files each come in many kinds."""

from __future__ import annotations

from importlib import import_module

from index.readers.archive import broken, open_archive
from index.readers.source import Source
from rag.types import Report

_HWPX_TYPE = b"application/hwp+zip"
_AS_PDF = "PDF로 저장해서 넣어 주세요."
_OTHER_ZIPS = (
    ("word/", f"매크로나 서식이 든 워드 파일입니다. DOCX나 {_AS_PDF}"),
    ("xl/", f"엑셀(XLSX) 파일은 읽지 않습니다. {_AS_PDF}"),
    ("ppt/", f"파워포인트(PPTX) 파일은 읽지 않습니다. {_AS_PDF}"),
)
_OTHER_OLE = (
    ("EncryptedPackage", "암호가 걸린 오피스 파일입니다. 암호를 풀고 저장해서 넣어 주세요."),
    ("WordDocument", "옛 워드(.doc) 파일은 읽지 못합니다. DOCX나 PDF로 저장해서 넣어 주세요."),
    ("Workbook", f"엑셀(.xls) 파일은 읽지 않습니다. {_AS_PDF}"),
    ("Book", f"엑셀(.xls) 파일은 읽지 않습니다. {_AS_PDF}"),
    ("PowerPoint Document", f"파워포인트(.ppt) 파일은 읽지 않습니다. {_AS_PDF}"),
)


def read_zip(source: Source) -> tuple[Report, ...]:
    """The HWPX or DOCX document in a zip file; `ReportError` names what else it is."""
    archive = open_archive(source)
    names = set(archive.names)
    if "Contents/content.hpf" in names or (
        "mimetype" in names and archive.read("mimetype").strip() == _HWPX_TYPE
    ):
        return _read("hwpx", source)
    if "[Content_Types].xml" in names and b"wordprocessingml.document.main+xml" in archive.read(
        "[Content_Types].xml"
    ):
        return _read("docx", source)
    for folder, refusal in _OTHER_ZIPS:
        if any(name.startswith(folder) for name in names):
            raise source.error(refusal)
    raise source.error(
        "보고서 파일이 아닌 압축 파일(ZIP)입니다. 압축을 풀어 안의 보고서를 넣어 주세요."
    )


def read_ole(source: Source) -> tuple[Report, ...]:
    """The HWP 5 document in an OLE file; `ReportError` names what else it is."""
    from dochan.cfb import OleFileIO

    try:
        with OleFileIO(source.data) as opened:
            is_hwp = opened.exists("FileHeader")
            refusal = next((text for name, text in _OTHER_OLE if opened.exists(name)), None)
    except (ValueError, OSError, RecursionError, MemoryError) as error:
        raise broken(source) from error
    if is_hwp:
        return _read("hwp", source)
    raise source.error(refusal or f"알 수 없는 오피스 파일입니다. HWPX나 {_AS_PDF}")


def _read(kind: str, source: Source) -> tuple[Report, ...]:
    """Reads with the module of that kind, loaded only now as its library is heavy."""
    module = import_module(f"index.readers.{kind}")
    reports: tuple[Report, ...] = getattr(module, f"read_{kind}")(source)
    return reports
