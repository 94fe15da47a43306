"""The wire: what is no HTTP or too long is refused with the headers of every answer."""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from saidanddone.faces.web import policy

MOST_HEAD = 65_536
"""Bytes of a request before its body; a browser's head has one or two thousand."""

LINGER_SECONDS = 1.0
"""How long a connection is kept after a refusal, so that a client that still sends reads it."""

_SENTENCES = {
    400: "The request is no HTTP that this server reads; ask with a browser or an HTTP client.",
    414: f"The address has more than {MOST_HEAD:,} bytes; ask for less at once.",
    431: f"The headers have more than {MOST_HEAD:,} bytes; send fewer.",
}
_PHRASES = {400: b"Bad Request", 414: b"URI Too Long", 431: b"Request Header Fields Too Large"}


class Protocol(H11Protocol):
    """uvicorn's HTTP/1.1, whose refusals say more and bear the headers of every answer."""

    refused = False

    def data_received(self, data: bytes) -> None:
        """Take bytes in; after a refusal nothing more is read."""
        if not self.refused:
            super().data_received(data)

    def send_400_response(self, msg: str) -> None:
        """Refuse what could not be read."""
        self.refused = True
        held = self.conn.trailing_data[0]
        status = 400
        if len(held) >= MOST_HEAD:
            status = 431 if b"\n" in held else 414
        sentence = f"{_SENTENCES[status]}\n".encode()
        media = b"text/plain; charset=utf-8"
        headers = [
            (b"content-type", media),
            (b"content-length", str(len(sentence)).encode()),
            (b"cache-control", b"no-store"),
            (b"connection", b"close"),
            *policy.headers(media),
        ]
        events = (
            h11.Response(status_code=status, headers=headers, reason=_PHRASES[status]),
            h11.Data(data=sentence),
            h11.EndOfMessage(),
        )
        for event in events:
            self.transport.write(self.conn.send(event))
        asyncio.get_running_loop().call_later(LINGER_SECONDS, self.transport.close)
