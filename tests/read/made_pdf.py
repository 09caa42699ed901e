"""Small PDFs for tests, drawn line by line."""

from __future__ import annotations

from collections.abc import Sequence


def pdf(*pages: Sequence[str], size: int = 11) -> bytes:
    """A PDF of these lines on these pages, in Helvetica."""
    kids = [4 + 2 * number for number in range(len(pages))]
    parts = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{k} 0 R' for k in kids)}] >>",
        3: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    }
    for kid, lines in zip(kids, pages, strict=True):
        drawn = "".join(f"({escaped(line)}) Tj 0 -{size * 1.4:g} Td\n" for line in lines)
        stream = f"BT /F1 {size} Tf 60 780 Td\n{drawn}ET"
        about = f"/Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {kid + 1} 0 R"
        parts[kid] = f"<< /Type /Page {about} >>"
        parts[kid + 1] = f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream"
    return _written(parts)


def escaped(line: str) -> str:
    """A line as a PDF string."""
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _written(parts: dict[int, str]) -> bytes:
    data = b"%PDF-1.4\n"
    places = []
    for number in sorted(parts):
        places.append(len(data))
        data += f"{number} 0 obj\n{parts[number]}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    head = f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}"
    return data + f"{head}trailer\n<< /Size {len(parts) + 1} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n".encode()
