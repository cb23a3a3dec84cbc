"""A web server on this machine that lets its pages reach nothing else."""

from __future__ import annotations

import logging
import socket
from contextlib import suppress

import uvicorn
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rag.errors import SettingsError

_POLICY = (
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; "
    "form-action 'self'; frame-ancestors 'self'"
)
_LAST_WORDS_S = 1  # an open page keeps its event stream; Ctrl-C must not wait for it


def listen(host: str, port: int) -> socket.socket:
    """The port, taken; so a second server is refused before it loads anything."""
    try:
        return socket.create_server((host, port))
    except (OSError, OverflowError) as error:
        raise SettingsError(
            f"{host}:{port} 주소를 열 수 없습니다. 이미 열려 있는 화면이 있으면 그것을 쓰시고, "
            f"아니면 `--port {port + 1}`처럼 다른 포트 번호로 실행해 주세요."
        ) from error


def address(listener: socket.socket) -> str:
    """What to type into the browser on this machine."""
    host, port = listener.getsockname()[:2]
    return f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"


def run(app: ASGIApp, listener: socket.socket) -> None:
    """Answer until Ctrl-C."""
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=_LAST_WORDS_S)
    with suppress(KeyboardInterrupt):
        _Server(config).run(sockets=[listener])


class _Server(uvicorn.Server):
    """Cuts open pages off in silence: that they end with the server is no error."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets)


class OwnOriginOnly:
    """Tells the browser, with every response, to load from and send to this server alone."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = _POLICY
                headers["Referrer-Policy"] = "no-referrer"
            await send(message)

        await self._app(scope, receive, send_with_policy)
