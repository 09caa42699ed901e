"""The overview: incidents as table, map and calendar under the same filters, which stand in the address."""

from __future__ import annotations

from typing import Any

from litestar import Response, get

from recount.reconcile import RULE_SETS
from recount.web.calendar import calendar_of
from recount.web.calling import TheDesk, in_thread
from recount.web.choosing import KINDS, as_asked, chosen_of, page_of, rules_of, sort_of
from recount.web.desk import Desk
from recount.web.index import listing, search
from recount.web.people import needs
from recount.web.rendering import Asked, page, query


@get("/", guards=[needs("reader")])
@in_thread
def overview(request: Asked, desk: TheDesk) -> Response[str]:
    """The whole page, or its results alone where the filter form asks for them."""
    asked = dict(request.query_params)
    part = request.headers.get("hx-request") == "true"
    values = results(desk, asked, whole=not part)
    if not part:
        return page(request, "overview.html", **values)
    found = page(request, "results.html", **values)
    found.headers["HX-Push-Url"] = f"/{query(values['asked'])}".removesuffix("?")  # without the filters left empty
    return found


def results(desk: Desk, asked: dict[str, str], *, whole: bool = True) -> dict[str, Any]:
    """Everything that the list shows."""
    chosen, rules = chosen_of(asked), rules_of(asked)
    sort, number = sort_of(asked), page_of(asked)
    lists = desk.lists
    counts = listing.counts(lists, chosen)
    cards = listing.cards(lists, chosen, sort=sort, page=number)
    return {
        "chosen": chosen,
        "asked": {**as_asked(chosen), "rules": asked.get("rules", ""), "sort": asked.get("sort", "")},
        "rules": rules,
        "rule_sets": RULE_SETS,
        "counts": counts,
        "cards": cards,
        "figures": listing.figures_named(lists, [c.id for c in cards], rules),
        "total": listing.total(lists, chosen, rules),
        "sort": sort,
        "number": number,
        "pages": max(1, -(-counts.incidents // listing.PAGE)),
        "kinds": KINDS,
        "calendar": calendar_of(listing.days(lists, chosen)),
        "names": {f: listing.names(lists, f) for f in ("place", "actor", "speaker")} if whole else {},
    }


@get("/search", guards=[needs("reader")])
@in_thread
def found(request: Asked, desk: TheDesk) -> Response[str]:
    """Reports and claims that hold the words asked for."""
    words = request.query_params.get("q", "").strip()[:200]
    number = page_of(dict(request.query_params))
    hits = search.find(desk, words, page=number) if words else search.NOTHING
    return page(request, "search.html", words=words, hits=hits, number=number)


handlers = [overview, found]
