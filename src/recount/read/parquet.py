"""Rows of a Parquet table → pages: a column `html` or `text`, and any of id, url, headline, pub_date and outlet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from recount.errors import MissingExtra, UnreadableInput
from recount.read.inputs import bare_name
from recount.read.pages import Page
from recount.records import SetAside
from recount.settings import Settings

BODIES = ("html", "text")
SIDE = ("id", "url", "headline", "pub_date", "outlet", "charset")
BATCH = 256  # rows in memory at a time
ADVICE = 'Give a table with a column "html" or "text".'


def open_table(path: Path) -> Any:
    """The file, opened; MissingExtra without the library, UnreadableInput where it is no Parquet table of pages."""
    try:
        import pyarrow
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingExtra("Parquet", "archive") from None
    try:
        table = pq.ParquetFile(path)
    except FileNotFoundError:
        raise UnreadableInput("no such file", str(path), "Check the spelling.") from None
    except (pyarrow.ArrowException, OSError) as fault:
        raise UnreadableInput(f"not readable as Parquet ({fault})", str(path), "Write or fetch it again.") from None
    if not set(BODIES) & set(table.schema_arrow.names):
        raise UnreadableInput("no column of pages", str(path), ADVICE)
    return table


def rows(path: Path, settings: Settings, *, start: int = 0, stop: int | None = None) -> Iterator[Page | SetAside]:
    """The pages of the row groups from `start` to before `stop`; a row without a page is set aside."""
    table = open_table(path)
    groups = range(start, table.num_row_groups if stop is None else stop)
    columns = [name for name in (*BODIES, *SIDE) if name in table.schema_arrow.names]
    for group in groups:
        row = 0
        for batch in table.iter_batches(BATCH, row_groups=[group], columns=columns):
            for found in batch.to_pylist():
                yield _page(found, f"{path}:{group}.{row}", f"{bare_name(path)}:{group}.{row}", settings)
                row += 1


def sizes(path: Path) -> Sequence[int]:
    """The bytes of each row group."""
    about = open_table(path).metadata
    return [about.row_group(n).total_byte_size for n in range(about.num_row_groups)]


def _page(row: Mapping[str, Any], where: str, name: str, settings: Settings) -> Page | SetAside:
    body = row.get("html") or row.get("text")
    if not body:
        return SetAside(source=where, reason="a row without a page", advice=ADVICE)
    data = body.encode() if isinstance(body, str) else bytes(body)
    if len(data) > settings.max_report_bytes:
        reason = f"larger than {settings.max_report_bytes:,} bytes"
        return SetAside(source=where, reason=reason, advice="Raise the limit (RECOUNT_MAX_REPORT_BYTES).")
    try:
        day = _day(row.get("pub_date"))
    except ValueError:
        said = str(row.get("pub_date"))[:40]
        return SetAside(source=where, reason=f"no such publication day: {said!r}", advice="Write it as YYYY-MM-DD.")
    return Page(
        name=str(row.get("id") or name),
        source=where,
        data=data,
        kind="html" if row.get("html") else "text",
        url=row.get("url") or None,
        charset=row.get("charset") or None,
        headline=row.get("headline") or None,
        outlet=row.get("outlet") or None,
        published=day,
    )


def _day(said: Any) -> date | None:
    if isinstance(said, datetime):
        return said.date()
    if isinstance(said, date) or not said:
        return said or None
    return date.fromisoformat(str(said)[:10])
