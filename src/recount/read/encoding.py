"""Bytes → text. Unicode first, then what the page declares, then a guess; never a silent replacement."""

from __future__ import annotations

import codecs
import re

from recount.errors import UnreadableInput

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# What a file that is no text begins with, and what to call it.
SIGNATURES = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "gzip data"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)
WELL_FORMED = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
C1_CONTROLS = re.compile(r"[\x80-\x9f]")
LOOKED_AT = 200_000  # bytes


def decode(data: bytes, where: str, *, declared: str | None = None) -> str:
    """The text of some bytes: by byte order mark, as UTF-8, as `declared`, or by a guess at an older encoding.

    UnreadableInput for binary data, for UTF-8 that is damaged, and where no encoding fits.
    """
    for mark, name in MARKS:
        if data.startswith(mark):
            return _strictly(data, name, where)
    refuse_binary(data, where)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as fault:
        if len(WELL_FORMED.findall(data[:LOOKED_AT])) > 2 * _stray(data[:LOOKED_AT]):
            raise UnreadableInput(
                f"damaged UTF-8 (byte {fault.start})", where, "Fetch the file again, or save it anew as UTF-8."
            ) from None
    return _older(data, where, declared)


def refuse_binary(data: bytes, where: str) -> None:
    """UnreadableInput where the bytes are no text."""
    kind = next((kind for signature, kind in SIGNATURES if data.startswith(signature)), None)
    if kind is None and b"\x00" in data[:LOOKED_AT]:
        kind = "binary data"
    if kind is not None:
        raise UnreadableInput(f"{kind}, not text", where, "Give the report as text, HTML or JSON.")


def _stray(data: bytes) -> int:
    """How many bytes of Latin-1's upper half stand outside well-formed UTF-8."""
    return sum(byte > 0x7F for byte in WELL_FORMED.sub(b"", data))


def _strictly(data: bytes, name: str, where: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as fault:
        what = f"not readable as {name.upper()} (byte {fault.start})"
        raise UnreadableInput(what, where, "Save the file anew as UTF-8.") from None


def _older(data: bytes, where: str, declared: str | None) -> str:
    from resiliparse.parse.encoding import detect_encoding

    for name in (declared, detect_encoding(data[:LOOKED_AT])):
        text = _try(data, name)
        if text is not None and len(C1_CONTROLS.findall(text)) * 100 <= len(text):
            return text
    raise UnreadableInput("in an unknown encoding", where, "Save the file anew as UTF-8.")


def _try(data: bytes, name: str | None) -> str | None:
    try:
        return data.decode(name) if name else None
    except (LookupError, UnicodeDecodeError):  # an encoding that nobody knows, or the wrong one
        return None
