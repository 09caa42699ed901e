"""The queue: what most needs a person, one item at a time; samples for several coders, and how far they agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from litestar import Response, get, post
from litestar.params import JSONBody
from msgspec import Meta

from recount import records as r
from recount.review.agreement import Agreement
from recount.review.queue import KINDS, Item
from recount.store import acts
from recount.store.acts import Sample
from recount.web import deciding, queueing
from recount.web.calling import Called, Id, TheDesk, Words, in_thread
from recount.web.index import queue
from recount.web.index.queue import Asked, Progress
from recount.web.people import needs
from recount.web.rendering import Asked as Request
from recount.web.rendering import page
from recount.web.routes.writing import who

if TYPE_CHECKING:
    from sqlalchemy import Connection

ItemKinds = Literal["link", "contradiction", "mover", "doubt"]


class Next(r.Record, frozen=True):
    """The next item to decide, None where none is left, and the progress."""

    item: Item | None
    progress: Progress


class NewSample(r.Record, frozen=True, forbid_unknown_fields=True):
    """A sample to draw from the queue at random."""

    name: Annotated[str, Meta(min_length=1, max_length=60, pattern=r"^[\w .-]+$")]
    size: Annotated[int, Meta(ge=1, le=2000)] = 50
    kinds: tuple[ItemKinds, ...] = KINDS


class SampleAgreement(r.Record, frozen=True):
    """A sample and how far its coders agree."""

    name: str
    made: str
    by: str
    size: int
    agreement: Agreement
    mine: int


def asked_of(request: Request) -> Asked:
    """Which items the address asks for."""
    given = {name: request.query_params.get(name, "")[:100] for name in ("kind", "incident", "sample")}
    return Asked(**{**given, "kind": given["kind"] if given["kind"] in KINDS else ""})


@get("/queue", guards=[needs("coder")])
@in_thread
def queue_page(request: Request, desk: TheDesk) -> Response[str]:
    """The page with the first item."""
    asked = asked_of(request)
    with desk.reading() as reading:
        found, _ = queueing.upcoming(desk, reading, asked, "", request.user.name)
        progress = queueing.progress(desk, reading, asked, request.user.name)
        samples = acts.samples(reading)
    kinds = queue.open_by_kind(desk.lists)
    return page(request, "queue.html", asked=asked, found=found, progress=progress, kinds=kinds, samples=samples)


@get("/queue/item", guards=[needs("coder")])
@in_thread
def queue_item(request: Request, desk: TheDesk, after: Words = "", item: Words = "") -> Response[str]:
    """One item as a piece of the page: the next one after `after`, or the one named `item`."""
    asked = asked_of(request)
    with desk.reading() as reading:
        named = queueing.named(desk, reading, asked, item) if item else None
        if named is not None:
            found = queueing.shown(reading, named, blind=bool(asked.sample))
        else:
            found, _ = queueing.upcoming(desk, reading, asked, after, request.user.name)
        progress = queueing.progress(desk, reading, asked, request.user.name)
    return page(request, "queue_item.html", asked=asked, found=found, progress=progress)


@get("/samples", guards=[needs("reader")])
@in_thread
def samples_page(request: Request, desk: TheDesk) -> Response[str]:
    """All samples with their coders' agreement."""
    with desk.reading() as reading:
        drawn = [_told(reading, sample, request.user.name) for sample in acts.samples(reading)]
    return page(request, "samples.html", samples=drawn, kinds=KINDS)


@get("/api/queue", guards=[needs("coder")], tags=["recount"])
@in_thread
def next_in_queue(
    request: Called, desk: TheDesk, after: Words = "", kind: Words = "", incident: Words = "", sample: Words = ""
) -> Next:
    """The next item to decide, after the item named `after`."""
    asked = asked_of(request)
    with desk.reading() as reading:
        _, item = queueing.upcoming(desk, reading, asked, after, request.user.name)
        return Next(item=item, progress=queueing.progress(desk, reading, asked, request.user.name))


@get("/api/samples", guards=[needs("reader")], tags=["recount"])
@in_thread
def samples(request: Called, desk: TheDesk) -> list[SampleAgreement]:
    """All samples, the newest first, with the agreement of their coders (Krippendorff's alpha, nominal)."""
    with desk.reading() as reading:
        return [_told(reading, sample, request.user.name) for sample in acts.samples(reading)]


@get("/api/samples/{name:str}", guards=[needs("reader")], tags=["recount"])
@in_thread
def sample(request: Called, desk: TheDesk, name: Id) -> SampleAgreement:
    """One sample with the agreement of its coders."""
    with desk.reading() as reading:
        return _told(reading, acts.sample(reading, name), request.user.name)


@post("/api/samples", guards=[needs("editor")], tags=["recount"])
@in_thread
def draw(request: Called, desk: TheDesk, data: JSONBody[NewSample]) -> SampleAgreement:
    """Draw a sample of the queue's items for several coders to decide, each without seeing the others."""
    by = who(request)
    made = queueing.draw(desk, data.name.strip(), data.size, list(data.kinds or KINDS), by.name, deciding.now())
    with desk.ledger.connected(write=True) as writing:
        acts.add_sample(writing, made)
    deciding.note(desk, by, "sample", made.name, f"{len(made.items)} items")
    with desk.reading() as reading:
        return _told(reading, made, by.name)


def _told(reading: Connection, drawn: Sample, name: str) -> SampleAgreement:
    items = queueing.items_of(drawn)
    mine = queueing.codes(reading, items).get(name, {})
    found = queueing.agreement_on(reading, drawn)
    return SampleAgreement(
        name=drawn.name, made=drawn.made, by=drawn.by, size=len(items), agreement=found, mine=len(mine)
    )


handlers = [queue_page, queue_item, samples_page, next_in_queue, samples, sample, draw]
