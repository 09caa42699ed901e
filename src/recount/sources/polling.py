"""One poll of one source that is fetched: ask what it announces, remember it, fetch what is new.

What a listing announces is remembered in one step with the listing's answer, and a fetched page in one step with its
standing, so that a poll that is stopped anywhere goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from recount.errors import FetchFault, RecountError
from recount.sources import listing
from recount.sources.disk import poll_folder, poll_mailbox
from recount.sources.listing import Listing
from recount.sources.manners import Stopped, host_key
from recount.sources.plan import Kind, Source
from recount.sources.state import Item, State, iso, moment
from recount.sources.visiting import Kit, Visit, Visitor

MOST_ATTEMPTS = 5
FIRST_WAIT = 600.0
"""Seconds until an address that failed is tried again; twice as many after each further failure."""
ASKED_AGAIN = 86_400.0
"""Seconds until a page of a list that is gone is asked for again."""
GIVE_UP = 4
"""Failures in a row after which the rest of a poll is left for the next one: the server has troubles of its own."""
LONGEST_BACK_OFF = 86_400.0

LISTINGS: Mapping[Kind, Callable[[Source, Visitor], Listing]] = {
    "feed": listing.feed,
    "sitemap": listing.sitemap,
    "list": listing.addresses,
}
POLLS: Mapping[Kind, Callable[[Source, Kit], tuple[str, ...]]] = {"folder": poll_folder, "mailbox": poll_mailbox}


def poll(source: Source, kit: Kit) -> RecountError | None:
    """Poll a source, and remember how it went; the fault that ended it, if any. Stopped when asked to stop."""
    now = datetime.now(UTC)
    known = kit.state.source(source.name)
    kit.state.told(source.name, last_try=iso(now), first_try=known.get("first_try") or iso(now))
    try:
        notes = POLLS.get(source.kind, poll_web)(source, kit)
    except Stopped:
        raise
    except Exception as fault:  # noqa: BLE001 - whatever a source does to us, the other sources are watched on
        told = fault if isinstance(fault, RecountError) else _unexpected(fault)
        _failed(source, kit.state, told, known.get("failures") or 0)
        return told
    done = datetime.now(UTC)
    kit.state.told(
        source.name,
        last_success=iso(done),
        failures=0,
        error=None,
        advice=None,
        due=iso(done + timedelta(seconds=source.every)),
        notes="; ".join(notes)[:1000],
    )
    return None


def _unexpected(fault: Exception) -> RecountError:
    """A fault of ours, or of the disk, in words."""
    if isinstance(fault, OSError):
        return RecountError(
            f"{fault.strerror or fault}", str(fault.filename or ""), "Check the disk and the permissions."
        )
    what = f"something went wrong inside recount ({type(fault).__name__}: {fault})"
    return RecountError(what, "", "Please report it with this source; the others are watched on.")


def _failed(source: Source, state: State, fault: RecountError, before: int) -> None:
    """Remember a failure: the next poll comes the later, the more there were in a row, or when the server allows it."""
    now = datetime.now(UTC)
    wait = min(source.every * 2 ** min(before, 10), max(LONGEST_BACK_OFF, source.every))
    wait = max(wait, fault.wait if isinstance(fault, FetchFault) else 0.0)
    state.told(
        source.name,
        failures=before + 1,
        error=f"{fault.where}: {fault.what}" if fault.where else fault.what,
        advice=fault.do,
        error_at=iso(now),
        due=iso(now + timedelta(seconds=wait)),
    )


def poll_web(source: Source, kit: Kit) -> tuple[str, ...]:
    """Poll a source on the web; what was passed over. FetchFault or UnreadableInput where its listing is none."""
    visitor = Visitor(source, kit)
    try:
        found = LISTINGS[source.kind](source, visitor)
        remember(source, kit, found)
        if kit.archive is not None:
            fetch_waiting(source, kit, visitor)
        return found.notes
    finally:
        visitor.close()


def remember(source: Source, kit: Kit, found: Listing) -> None:
    """Keep what a listing announced, together with the answer that says so."""
    now = datetime.now(UTC)
    with kit.state.changing():
        new = kit.state.found((told.item for told in found.announced), now)
        if new:
            kit.state.told(source.name, last_new=iso(now))
        for told in found.announced:
            if told.changed is not None:
                _open_again(kit.state, told.item, told.changed, now)
        for address, answer in found.answers:
            kit.state.answered(source.name, address, answer)


def _open_again(state: State, told: Item, changed: datetime, now: datetime) -> None:
    """Ask again for a page that changed since it was fetched; a time that has not come is a wrong clock's."""
    item = state.item(told.source, told.key)
    fetched = moment(item.fetched_at) if item else None
    if item and fetched and fetched < changed <= now and item.standing in ("kept", "copy", "aside"):
        state.changed(item, standing="new", attempts=0, not_before=None, note=None)


def fetch_waiting(source: Source, kit: Kit, visitor: Visitor) -> None:
    """Fetch the items of a source that wait for it. A host that fails again and again is left for the next poll.

    FetchFault at the end where there was such a host.
    """
    failures: dict[str, int] = {}
    tired: dict[str, FetchFault] = {}
    again = source.kind == "list"
    for item in kit.state.waiting(source.name, datetime.now(UTC), source.most, again=again):
        host = host_key(item.address)
        if host in tired:
            continue
        try:
            _fetched(item, kit, visitor.visit(item.address))
            failures[host] = 0
        except FetchFault as fault:
            _missed(item, kit, fault)
            failures[host] = 0 if fault.lasting else failures.get(host, 0) + 1
            if fault.wait or failures[host] >= GIVE_UP:
                tired[host] = fault
    for why in tired.values():
        raise why


def _fetched(item: Item, kit: Kit, visit: Visit) -> None:
    """Remember where an item's bytes stand; bytes that are known from another address are not read again."""
    with kit.state.changing():
        kit.state.answered(item.source, item.address, visit.answer)
        if visit.unchanged:
            standing = "kept" if item.standing == "new" else item.standing
            kit.state.changed(item, standing=standing, attempts=0, fetched_at=iso(visit.at))
            kit.tell(item.source, "unchanged")
            return
        same = kit.state.same_bytes(item, visit.sha256)
        place = visit.place
        kit.state.changed(
            item,
            standing="copy" if same else "fetched",
            note=f"the same bytes as {same.address}" if same else None,
            advice=None,
            attempts=0,
            not_before=None,
            fetched_at=iso(visit.at),
            file=place.file if place else None,
            offset=place.offset if place else None,
            sha256=visit.sha256,
        )
    kit.tell(item.source, "copy" if same else "fetched")


def _missed(item: Item, kit: Kit, fault: FetchFault) -> None:
    """Remember that an item could not be fetched: given up at once, or tried again later.

    What was read before stays as it was: the archive has it, whatever became of the page.
    """
    attempts = item.attempts + 1
    if item.standing != "new":
        until = iso(datetime.now(UTC) + timedelta(seconds=ASKED_AGAIN))
        kit.state.changed(item, attempts=attempts, not_before=until, note=fault.what, advice=fault.do)
        kit.tell(item.source, "failed")
        return
    if fault.lasting or attempts >= MOST_ATTEMPTS:
        refused = {"standing": "refused", "note": fault.what, "advice": fault.do, "fetched_at": iso(datetime.now(UTC))}
        kit.state.changed(item, attempts=attempts, **refused)
        kit.tell(item.source, "refused")
        return
    wait = max(FIRST_WAIT * 2**item.attempts, fault.wait)
    until = iso(datetime.now(UTC) + timedelta(seconds=wait))
    kit.state.changed(item, attempts=attempts, not_before=until, note=fault.what, advice=fault.do)
    kit.tell(item.source, "failed")
