"""One shard → the codings of its pages that tell something: three passes, each on what the one before has left.

Every engine maps this same function over shards; nothing in it knows where it runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from recount.engine.shards import TABLE, Shard
from recount.engine.workers import code_one
from recount.errors import UnreadableInput
from recount.read.archive import Draft, draft_of, is_new, worth_parsing
from recount.read.pages import Page
from recount.records import Coding, Record, SetAside
from recount.river import code, read_claims
from recount.settings import Settings


class Tally(Record, frozen=True, kw_only=True):
    """How many records there were and where each of them ended; the last seven add up to `records`.

    `no_page`: requests, pictures, error messages, and mails, which may hold several reports. `filtered`: no words of an
    incident in the bytes. `dull`: none in the main text, or words that no claim stands on. `silent`: parsed with care, and no
    claim in it.
    """

    records: int = 0
    bytes: int = 0
    no_page: int = 0
    filtered: int = 0
    copies: int = 0
    dull: int = 0
    silent: int = 0
    kept: int = 0
    aside: int = 0


class Counting:
    """A tally while it grows."""

    def __init__(self) -> None:
        self.numbers = dict.fromkeys(Tally.__struct_fields__, 0)

    def add(self, name: str, number: int = 1) -> None:
        """Count `number` more of one kind."""
        self.numbers[name] += number

    def tally(self) -> Tally:
        """The tally so far."""
        return Tally(**self.numbers)


def summed(one: Tally, other: Tally) -> Tally:
    """Both together."""
    return Tally(**{name: getattr(one, name) + getattr(other, name) for name in Tally.__struct_fields__})


def coded_shard(shard: Shard, settings: Settings, counting: Counting) -> Iterator[Coding | SetAside]:
    """The codings of a shard's pages that tell something, and what had to be set aside, in the file's order.

    Each set of bytes is read once, and each report given once. Memory is bounded by the largest page, and by 16 bytes
    for each page that passes the first filter.
    """
    seen: set[bytes] = set()
    ids: set[str] = set()
    for page in _pages(shard, settings, counting):
        counting.add("records")
        if isinstance(page, SetAside):
            found: Coding | SetAside | str = page
        elif isinstance(page, Page) and page.kind != "mail":
            counting.add("bytes", len(page.data))
            found = _coded(page, settings, seen)
        else:
            found = "no_page"
        if isinstance(found, Coding) and found.report.id in ids:
            found = "copies"
        if isinstance(found, str):
            counting.add(found)
            continue
        if isinstance(found, Coding):
            ids.add(found.report.id)
        counting.add("kept" if isinstance(found, Coding) else "aside")
        yield found


def _pages(shard: Shard, settings: Settings, counting: Counting) -> Iterator[object]:
    path = Path(shard.path)
    try:
        if path.name.endswith(TABLE):
            from recount.read.parquet import rows

            yield from rows(path, settings, start=shard.start, stop=shard.stop)
        else:
            from recount.read.warc import pages

            yield from pages(path, settings, start=shard.start, stop=shard.stop)
    except UnreadableInput as fault:
        yield SetAside(source=fault.where or shard.path, reason=fault.what, advice=fault.do)


def _coded(page: Page, settings: Settings, seen: set[bytes]) -> Coding | SetAside | str:
    """The coding of a page, or the name of the pass that it ended in."""
    if not worth_parsing(page, settings):
        return "filtered"
    if not is_new(page, seen):
        return "copies"
    try:
        draft = draft_of(page)
        if not draft.tells(settings) or not claims_something(draft, settings):
            return "dull"
        report = draft.report()
    except UnreadableInput as fault:
        return SetAside(source=fault.where or page.source, reason=fault.what, advice=fault.do)
    found = code_one(lambda r: code(r, use_judge=settings.judge, inclusion=settings.inclusion), report)
    if isinstance(found, Coding) and not (found.claims or found.event_reports or found.statistics):
        return "silent"
    return found


def claims_something(draft: Draft, settings: Settings) -> bool:
    """Whether the river finds a claim in the quick parser's text; the careful one only loses what is not the article."""
    reading = read_claims(draft.quick_report(), use_judge=settings.judge, inclusion=settings.inclusion)
    return reading.claims is not None
