"""What a user may set, read once at the edge: defaults, then `RAG_*` environment variables."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from rag.errors import SettingsError

BUNDLED = "bundled"
UNTRAINED = "original"  # the bundled model without what it learned of reports
AnswererName = Literal["extractive", "llm"]


class Settings(BaseSettings):
    """Inner functions get plain values, never this."""

    model_config = SettingsConfigDict(env_prefix="RAG_", frozen=True, extra="forbid")

    data_dir: Path = Path("data")
    index_dir: Path = Path("data/index")
    embedding_model: str = BUNDLED  # or any sentence-transformers name or folder
    embedding_backend: Literal["onnx", "torch"] = "onnx"  # of the bundled model
    passages: int = Field(default=10, ge=1, le=50)
    max_file_mb: int = Field(default=200, ge=1)
    read_seconds: int = Field(default=300, ge=1)  # for one file; a large one gets more
    read_memory_mb: int = Field(default=2048, ge=256)  # for one file
    llm: str = ""  # e.g. "openai:qwen3", as `init_chat_model` takes it; empty: extractive answers
    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=1, le=65535)

    @classmethod
    def load(cls) -> Settings:
        """The settings in force; `SettingsError` names the variable that does not fit."""
        try:
            return cls()
        except ValidationError as error:
            first = error.errors()[0]
            name = "RAG_" + "_".join(str(part) for part in first["loc"]).upper()
            raise SettingsError(
                f"환경 변수 {name}의 값 {first['input']!r}은(는) 쓸 수 없습니다. "
                "README의 설정 표를 보고 고쳐 주세요."
            ) from error
