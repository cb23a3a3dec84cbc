"""PDF in, `Report` out: text in reading order, true pages, whole tables."""

from index.readers.pdf.reader import read_pdf

__all__ = ["read_pdf"]
