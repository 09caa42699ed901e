"""Adding reports at the desk: typed in or uploaded, coded and linked at once."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body

from recount.errors import RecountError, WrongUse
from recount.web import adding
from recount.web.calling import TheDesk, in_thread
from recount.web.choosing import first_day
from recount.web.deciding import By
from recount.web.people import needs
from recount.web.rendering import Asked, page

Form = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)]


@get("/add", guards=[needs("editor")])
@in_thread
def add_page(request: Asked, desk: TheDesk) -> Response[str]:
    """The form."""
    asides = list(desk.ledger.asides())[:50]
    return page(request, "add.html", done=None, fault=None, typed={}, asides=asides)


@post("/add", guards=[needs("editor")], status_code=200, include_in_schema=False)
async def add(request: Asked, desk: TheDesk, data: Form) -> Response[str]:
    """Read what the form brings, code, link and keep it; what could not be read is named."""
    from anyio.to_thread import run_sync

    files = [(f.filename, await f.read()) for f in _files(data.get("files"))]
    typed = {k: str(v).strip() for k, v in data.items() if isinstance(v, str) and k != "_csrf_token"}
    by = By(name=request.user.name, way="page")

    def work() -> Response[str]:
        done, fault = None, None
        try:
            done = _add(desk, by, files, typed)
        except RecountError as error:
            fault = str(error)
        asides = list(desk.ledger.asides())[:50]
        return page(request, "add.html", done=done, fault=fault, typed=typed if fault else {}, asides=asides)

    return await run_sync(work)


def _files(given: Any) -> list[UploadFile]:
    found = given if isinstance(given, list) else [given]
    return [f for f in found if isinstance(f, UploadFile) and f.filename]


def _add(desk: TheDesk, by: By, files: list[tuple[str, bytes]], typed: dict[str, str]) -> dict[str, Any]:
    items: list[Any] = adding.uploaded(files, desk.settings)
    if typed.get("text"):
        day = first_day(typed.get("published", ""))
        items.append(adding.typed(typed["text"], typed.get("headline"), typed.get("outlet"), typed.get("url"), day))
    if not items:
        raise WrongUse("there is nothing to add", "", "Choose files, or paste a text.")
    return adding.add(desk, by, items)


handlers = [add_page, add]
