"""Report files in, `Report` out."""

from index.readers.files import find_files
from index.readers.formats import read_file

__all__ = ["find_files", "read_file"]
