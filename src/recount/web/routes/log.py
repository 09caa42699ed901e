"""The log: every write that a person made, newest first, each with its undo."""

from __future__ import annotations

from litestar import Response, get

from recount.store import acts
from recount.web.calling import Before, TheDesk, Words, in_thread
from recount.web.people import needs
from recount.web.rendering import Asked, page


@get("/log", guards=[needs("reader")])
@in_thread
def log_page(request: Asked, desk: TheDesk, before: Before = None, by: Words = "") -> Response[str]:
    """Fifty acts at a time, of everybody or of one person."""
    with desk.reading() as reading:
        log = acts.acts(reading, before=before, by=by)
        undone = acts.taken_back(reading, [act.seq for act in log])
    return page(request, "log.html", log=log, undone=undone, by=by)


handlers = [log_page]
