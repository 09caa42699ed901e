"""Templates: their environment, what they may call, and how a page is answered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response

from recount.export.page import filters, wording
from recount.records import Figure
from recount.web.strings import say

if TYPE_CHECKING:
    from jinja2 import Environment

    from recount.web.desk import Desk

Asked = Request[Any, Any, Any]


@cache
def environment() -> Environment:
    """The templates; all values are escaped, and an unknown name is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("recount.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(filters.FILTERS)
    made.filters.update(FILTERS)
    made.globals.update(
        t=say,
        sides=wording.SIDE_NAMES,
        parties=wording.PARTY_NAMES,
        hedges=wording.HEDGES,
        version=_version(),
        query=query,
        asset=asset,
    )
    return made


def page(request: Asked, template: str, /, *, status: int = 200, **values: Any) -> Response[str]:
    """A page, or the part of one that a script asked for."""
    desk: Desk = request.app.state.desk
    user = request.scope.get("user")
    root: str = request.app.state.root
    around = {"desk": desk, "user": user, "path": request.url.path, "csrf": _csrf(request), "root": root}
    text = environment().get_template(template).render(**values, **around, address=str(desk.ledger.address))
    return Response(
        under(root, text),
        status_code=status,
        media_type="text/html; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )


OURS = re.compile(r'(\s(?:href|src|action|hx-get|data-(?!root)[a-z-]+)=["\'])(/)')
"""An attribute whose value begins with a slash: one of our addresses. Texts of reports hold no bare quotation mark."""


def under(root: str, page: str) -> str:
    """The page with its addresses under the path that a proxy serves the desk under."""
    return OURS.sub(rf"\1{root}\2", page) if root else page


def _csrf(request: Asked) -> str:
    from litestar.utils.scope.state import ScopeState

    token = ScopeState.from_scope(request.scope).csrf_token
    return token if isinstance(token, str) else ""


def number(value: int | float | None) -> str:
    """A number with its thousands apart; a dash for none."""
    return wording.NOTHING if value is None else f"{value:,.0f}"


def range_text(cell: Any) -> str:
    """A claimed range, short: 7, 7–9, 7+."""
    return wording.range_text(cell.low, cell.high)


def figure_text(figure: Figure) -> str:
    """A derived figure: its best, with its bounds where they differ from it."""
    if figure.best is None:
        return wording.range_text(figure.low, figure.high)
    if figure.low in (None, figure.best) and figure.high in (None, figure.best):
        return number(figure.best)
    return f"{number(figure.best)} ({wording.range_text(figure.low, figure.high)})"


def killed_of(card: Any, side: str) -> Any:
    """The cell of those of one side who were killed; None where nobody gives a figure."""
    return next((c for c in card.cells if c.harm == "killed" and c.side == side), None)


def as_json(value: Any) -> str:
    """A value for a data attribute."""
    return msgspec.json.encode(value).decode()


def short(text: str, most: int = 160) -> str:
    """A text cut at a word, with dots."""
    clean = wording.clean(text)
    return clean if len(clean) <= most else clean[:most].rsplit(" ", 1)[0] + " …"


def query(values: Mapping[str, object], **changed: object) -> str:
    """An address's question part from filters: empty ones are left out."""
    merged = {**values, **changed}
    told = {k: ("1" if v is True else v) for k, v in merged.items() if v not in (None, "", False)}
    return ("?" + urlencode({k: str(v) for k, v in told.items()})) if told else "?"


@cache
def asset(name: str) -> str:
    """A static file's address, with a mark of its content so that browsers may keep it."""
    import hashlib

    body = files("recount.web").joinpath("static", name).read_bytes()
    return f"/static/{name}?{hashlib.sha256(body).hexdigest()[:8]}"


def _version() -> str:
    try:
        return version("recount")
    except PackageNotFoundError:
        return ""


FILTERS = {
    "as_json": as_json,
    "figure_text": figure_text,
    "killed_of": killed_of,
    "number": number,
    "range_text": range_text,
    "short": short,
    "value_text": wording.value_text,
}
