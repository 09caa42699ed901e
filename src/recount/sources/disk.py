"""Sources on this machine's disk: a folder that press releases are put into, and mailboxes.

What they hold is copied into the archive too, since a folder may be cleared and a mailbox emptied.
"""

from __future__ import annotations

import email
import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from email.errors import MessageError
from pathlib import Path
from urllib.parse import quote

from recount.errors import FetchFault, RecountError, UnreadableInput
from recount.read.inputs import inputs, kind_of
from recount.read.mail import header, mails, message_id
from recount.read.streams import opened, whole
from recount.records import SetAside
from recount.sources.plan import Source
from recount.sources.state import Answer, Item, iso
from recount.sources.visiting import Kit

KINDS = {
    ".pdf": "application/pdf",
    ".html": "text/html",
    ".htm": "text/html",
    ".txt": "text/plain",
    ".eml": "message/rfc822",
}
"""What a watched folder is read for, and as what; other files are added with `recount add`."""
MAIL = "message/rfc822"


def poll_folder(source: Source, kit: Kit) -> tuple[str, ...]:
    """Keep the new and changed files of a folder; how many others it holds. FetchFault where there is no folder."""
    home = _there(source)
    others = 0
    notes = []
    for found in inputs([home]):
        if isinstance(found, SetAside):
            notes.append(f"{found.source}: {found.reason}")
        elif kind_of(found) not in KINDS or found.suffix.lower() == ".gz":
            others += 1
        else:
            _keep_file(source, kit, found, home)
    if others:
        notes.append(f"{others:,} files of other kinds than {', '.join(KINDS)}: add them with recount add")
    return tuple(notes)


def _there(source: Source) -> Path:
    if source.path is None or not source.path.exists():
        raise FetchFault("no such file or folder", str(source.path), "Check `path` of this source.")
    return source.path


def _keep_file(source: Source, kit: Kit, path: Path, home: Path) -> None:
    """Keep a file that is new, or changed since it was kept."""
    name = path.relative_to(home).as_posix() if path != home else path.name
    try:
        state = path.stat()
    except OSError:  # gone since the folder was listed
        return
    signature = f"{state.st_size} {state.st_mtime_ns}"
    if kit.state.answer(source.name, name).etag == signature:
        return
    at = datetime.now(UTC)
    item = Item(source=source.name, key=name, address=f"{source.name}: {name}")
    try:
        body = whole(path, kit.settings)
    except UnreadableInput as fault:
        with kit.state.changing():
            _refuse(kit, item, fault, at)
            kit.state.answered(source.name, name, Answer(etag=signature))
        return
    ending = kind_of(path) or ".txt"
    _keep(kit, item, body, KINDS[ending], at, Answer(etag=signature))


def poll_mailbox(source: Source, kit: Kit) -> tuple[str, ...]:
    """Keep the new mails of an mbox file, a Maildir or a folder of .eml files. FetchFault where there is none."""
    path = _there(source)
    if path.is_dir():
        return _poll_maildir(source, kit, path)
    state = path.stat()
    signature = f"{state.st_size} {state.st_mtime_ns}"
    if kit.state.answer(source.name, path.name).etag == signature:
        return ()
    notes = []
    with opened(path, kit.settings) as stream:
        number = 0
        for found in mails(stream, str(path), kit.settings.max_report_bytes):
            number += 1
            if isinstance(found, UnreadableInput):
                notes.append(f"{found.where}: {found.what}")
            else:
                _keep_mail(source, kit, found)
    if not number and state.st_size:
        raise FetchFault("no mailbox in mbox form", str(path), "Its mails begin with “From ”; a folder is a Maildir.")
    kit.state.answered(source.name, path.name, Answer(etag=signature))
    return tuple(notes)


def _poll_maildir(source: Source, kit: Kit, home: Path) -> tuple[str, ...]:
    notes = []
    for path in _mail_files(home):
        name = path.name.partition(":2,")[0]  # what stands behind it are marks such as "seen"
        if kit.state.answer(source.name, name).etag:
            continue
        try:
            _keep_mail(source, kit, whole(path, kit.settings))
        except UnreadableInput as fault:
            notes.append(f"{fault.where}: {fault.what}")
        kit.state.answered(source.name, name, Answer(etag="read"))
    return tuple(notes)


def _mail_files(home: Path) -> Iterator[Path]:
    for found in inputs([home]):
        if isinstance(found, Path) and kind_of(found) == ".eml":
            yield found


def _keep_mail(source: Source, kit: Kit, raw: bytes) -> None:
    """Keep a mail that is not known yet, by its own id or by its bytes."""
    sha256 = hashlib.sha256(raw).hexdigest()
    key = _id_of(raw) or f"sha256:{sha256}"
    item = Item(source=source.name, key=key, address=f"mid:{quote(key, safe='@.')}", title=None)
    if kit.state.item(source.name, key) is None:
        _keep(kit, item, raw, MAIL, datetime.now(UTC), None)


def _id_of(raw: bytes) -> str | None:
    """A mail's own id, from its head alone."""
    head = raw.partition(b"\n\n")[0] if b"\r\n\r\n" not in raw[:100_000] else raw.partition(b"\r\n\r\n")[0]
    try:
        message = email.message_from_bytes(head[:100_000])
    except (MessageError, RecursionError, ValueError, LookupError, TypeError, AttributeError):
        return None
    found = message_id(message)
    return found if found and header(message, "From") and len(found) < 500 else None


def _keep(kit: Kit, item: Item, body: bytes, kind: str, at: datetime, answer: Answer | None) -> None:
    """Put what was read into the archive, and remember where it stands."""
    sha256 = hashlib.sha256(body).hexdigest()
    same = kit.state.same_bytes(item, sha256)
    with kit.state.changing():
        kit.state.found([item], at)
        told = {"fetched_at": iso(at), "sha256": sha256}
        if same:
            kit.state.changed(item, standing="copy", note=f"the same bytes as {same.address}", **told)
        elif kit.archive is not None:
            address = item.address if item.address.startswith("mid:") else f"urn:recount:{quote(item.address)}"
            place, size = kit.archive.keep_file(address, kind, body, at)
            kit.state.grown(place, size)
            kit.state.changed(item, standing="fetched", note=None, file=place.file, offset=place.offset, **told)
        kit.state.told(item.source, last_new=iso(at))
        if answer is not None:
            kit.state.answered(item.source, item.key, answer)
    kit.tell(item.source, "copy" if same else "fetched")


def _refuse(kit: Kit, item: Item, fault: RecountError, at: datetime) -> None:
    kit.state.found([item], at)
    kit.state.changed(item, standing="refused", note=fault.what, advice=fault.do, fetched_at=iso(at))
    kit.tell(item.source, "refused")
