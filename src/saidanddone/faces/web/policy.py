"""Headers of every answer: what a browser may do with it, which is little."""

from __future__ import annotations

from saidanddone.faces.web.body import Headers

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""Nothing from another host, nothing inline, no frame around it, no form to elsewhere."""

ALONE = "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""Of everything that is no page: a table or chart that is opened as one runs nothing."""

_ALWAYS: tuple[tuple[bytes, bytes], ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (b"x-permitted-cross-domain-policies", b"none"),
    (b"accept-ranges", b"none"),
)


def headers(media: bytes) -> Headers:
    """Return the headers for an answer of a media type."""
    page = media.startswith(b"text/html")
    return ((b"content-security-policy", (POLICY if page else ALONE).encode()), *_ALWAYS)
