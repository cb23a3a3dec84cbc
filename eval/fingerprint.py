"""What decides a run's answers, in three short hashes: lines with other ones do not mix."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

import rag
from rag.manifest import Manifest
from rag.settings import Settings

# Where things stand and where they are served does not change an answer. Any other setting may.
_NO_MATTER = {"data_dir", "index_dir", "max_file_mb", "host", "port"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """Equal for two runs that must give the same answers."""

    settings: str
    index: str
    code: str

    def as_json(self) -> dict[str, str]:
        """As every result line carries it."""
        return asdict(self)


def take_fingerprint(settings: Settings, *, manifest: Manifest, answerer: str) -> Fingerprint:
    """Of the settings and answerer in force, the files of the index, and the code that answers."""
    package = Path(rag.__file__).parent
    return Fingerprint(
        settings=_short(answerer, settings.model_dump_json(exclude=_NO_MATTER)),
        index=index_print(manifest),
        code=_short(*(file.read_text(encoding="utf-8") for file in sorted(package.rglob("*.py")))),
    )


def index_print(manifest: Manifest) -> str:
    """Of the files of an index and the model that made its vectors."""
    files = json.dumps(dict(manifest.checksums), sort_keys=True)
    return _short(manifest.embedding_model, files)


def _short(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]
