"""A picture as a file: SVG with title and description, PNG with the description inside, both without any network."""

from __future__ import annotations

import struct
import zlib
from html import escape
from typing import Any

from recount.errors import MissingExtra
from recount.export.plots import Plot

SCALE = 2.0
"""Pixels of a PNG for each unit of the picture: enough for print at the size of a column."""


def svg(plot: Plot) -> str:
    """The picture as SVG. A reader that cannot see it is told what it shows. MissingExtra without the drawing library."""
    drawn: str = _library().vegalite_to_svg(plot.spec)
    head, _, rest = drawn.partition(">")
    label = escape(_head(plot), quote=True)
    words = f"<title>{escape(_head(plot))}</title><desc>{escape(plot.alt)}</desc>"
    head = head.replace("<svg", f'<svg role="img" aria-label="{label}"', 1)
    return f"{head}>{words}{rest}"


def png(plot: Plot) -> bytes:
    """The picture as PNG, with its words in a text field called Description."""
    drawn: bytes = _library().vegalite_to_png(plot.spec, scale=SCALE)
    return with_text(with_text(drawn, "Description", plot.alt), "Title", _head(plot))


def with_text(image: bytes, key: str, text: str) -> bytes:
    """A PNG with an international text field behind its header (PNG 3, iTXt)."""
    body = key.encode("latin-1") + b"\0\0\0\0\0" + text.encode()
    field = struct.pack(">I", len(body)) + b"iTXt" + body + struct.pack(">I", zlib.crc32(b"iTXt" + body))
    return image[:33] + field + image[33:]  # the signature and the header are 33 bytes, always


def _head(plot: Plot) -> str:
    return str(plot.spec["title"]["text"])


def _library() -> Any:
    try:
        import vl_convert
    except ImportError:
        raise MissingExtra("Drawing a plot", "plots") from None
    return vl_convert
