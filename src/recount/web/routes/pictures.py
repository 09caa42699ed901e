"""Pictures of the incidents under the overview's filters, and the data behind them."""

from __future__ import annotations

import csv
import io
from typing import Any

from litestar import Response, get

from recount import records as r
from recount.errors import NotFound
from recount.web.calling import Called, Id, TheDesk, in_thread
from recount.web.choosing import as_asked, chosen_of
from recount.web.index.pictures import COLUMNS, DATA, Rows
from recount.web.people import needs
from recount.web.pictures import spec_of
from recount.web.rendering import Asked, page


class Picture(r.Record, frozen=True):
    """A picture: its Vega-Lite specification and the rows behind it."""

    name: str
    spec: dict[str, Any]
    rows: Rows


@get("/pictures", guards=[needs("reader")])
@in_thread
def pictures_page(request: Asked, desk: TheDesk) -> Response[str]:
    """The page; the pictures are drawn in the browser."""
    chosen = chosen_of(dict(request.query_params))
    return page(request, "pictures.html", names=list(DATA), chosen=chosen, asked=as_asked(chosen))


@get("/api/pictures/{name:str}", guards=[needs("reader")], tags=["recount"])
@in_thread
def picture(request: Called, desk: TheDesk, name: Id) -> Picture:
    """One of map, months, sides and sources, under the overview's filters."""
    rows = _rows(request, desk, name)
    return Picture(name=name, spec=spec_of(name, rows), rows=rows)


@get("/api/pictures/{name:str}/csv", guards=[needs("reader")], tags=["recount"])
@in_thread
def picture_csv(request: Called, desk: TheDesk, name: Id) -> Response[str]:
    """The rows behind a picture as CSV."""
    out = io.StringIO(newline="")
    rows = _rows(request, desk, name)
    table = csv.DictWriter(out, COLUMNS[name])
    table.writeheader()
    table.writerows({k: _safe(v) for k, v in row.items()} for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="recount-{name}.csv"'}
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def _rows(request: Any, desk: Any, name: str) -> Rows:
    if name not in DATA:
        raise NotFound("there is no such picture", name[:40], f"There are: {', '.join(DATA)}.")
    return DATA[name](desk.lists, chosen_of(dict(request.query_params)))


def _safe(value: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" else value


handlers = [pictures_page, picture, picture_csv]
