"""What the cells of each kind of table say, as claims: GED, ACLED, the report-level table, FollowTheMoney events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, get_args

from recount.read.imports_drafts import Draft
from recount.records import (
    Actor,
    Count,
    DayPrecision,
    Days,
    Harm,
    Hedge,
    Kind,
    Modality,
    Party,
    Place,
    PlaceLevel,
    Side,
    Toll,
    TollLine,
)
from recount.rules import read_table

Row = Mapping[str, str]
GED_DAYS: dict[str, DayPrecision] = {"1": "day", "2": "days", "3": "week", "4": "month", "5": "year"}
GED_PLACES: dict[str, PlaceLevel] = {
    "1": "settlement", "2": "near", "3": "district", "4": "province", "5": "region", "6": "country", "7": "sea",
}  # fmt: skip
ACLED_PLACES: dict[str, PlaceLevel] = {"1": "settlement", "2": "near", "3": "province"}
ACLED_DAYS: dict[str, DayPrecision] = {"1": "day", "2": "week", "3": "month"}
ACLED_KINDS: dict[str, Kind] = {
    "Air/drone strike": "airstrike",
    "Suicide bomb": "bombing",
    "Remote explosive/landmine/IED": "bombing",
    "Grenade": "bombing",
    "Shelling/artillery/missile attack": "shelling",
    "Attack": "attack",
    "Sexual violence": "attack",
    "Abduction/forced disappearance": "abduction",
    "Arrests": "operation",
    "Mob violence": "riot",
    "Violent demonstration": "riot",
    "Excessive force against protesters": "riot",
}
INTERS: dict[str, tuple[Side, Party]] = {
    "State forces": ("state_forces", "state"),
    "External/Other forces": ("state_forces", "state"),
    "Rebel group": ("armed_group", "armed_group"),
    "Political militia": ("armed_group", "armed_group"),
    "Identity militia": ("armed_group", "armed_group"),
    "Rioters": ("civilians", "third"),
    "Protesters": ("civilians", "third"),
    "Civilians": ("civilians", "third"),
}


def ged(draft: Draft, rows: Sequence[Row]) -> None:
    """One event of UCDP GED: deaths by side, the range of all as a figure that holds them."""
    row = rows[0]
    days = _window(row["date_start"], row.get("date_end", ""), GED_DAYS.get(row.get("date_prec", ""), "days"))
    place = _place(
        row, row.get("where_coordinates", ""), GED_PLACES.get(row.get("where_prec", ""), "unknown"), "adm_1", "adm_2"
    )
    published = max((d for d in row.get("source_date", "").split(";") if d > "1753-01-01"), default="")
    draft.published(_day(published))
    a, b = (_ged_side(row.get(side, "")) for side in ("side_a", "side_b"))
    sides: dict[str, Side] = {
        "deaths_a": a.side,
        "deaths_b": b.side,
        "deaths_civilians": "civilians",
        "deaths_unknown": "unspecified",
    }
    one_sided = row["type_of_violence"] == "3"
    lines = [
        draft.line(0, column, _killed(int(row[column]), side))
        for column, side in sides.items()
        if row.get(column) and int(row[column]) > 0
    ]
    low, high, best = (int(row[name]) for name in ("low", "high", "best"))
    if (low, high) != (best, best) and 0 <= low <= high:
        toll = Toll(
            harm="killed", side="unspecified", count=Count(low=low, high=high), who="all sides, lowest to highest"
        )
        lines.append(draft.line(0, "high", toll, subset=any(li is not None for li in lines)))
    claims = [
        draft.claim(0, "date_start", days, "day"),
        draft.claim(0, "where_coordinates", place, "place"),
        draft.claim(0, "side_a", a, "actor"),
        draft.claim(0, "side_b", b, "target"),
    ]
    draft.event(
        row.get("id") or "1", "attack" if one_sided else "clash", days, _there(lines), claims,
        label=f"{row.get('dyad_name', 'event')}, {place.name}", places=(place,), actors=(a,), targets=(b,),
    )  # fmt: skip


def _ged_side(name: str) -> Actor:
    if name.startswith("Government"):
        return Actor(name=name, side="state_forces", party="state")
    if name == "Civilians":
        return Actor(name=name, side="civilians", party="third")
    return Actor(name=name, side="armed_group", party="armed_group")


def acled(draft: Draft, rows: Sequence[Row]) -> None:
    """One event of ACLED: its one number of dead, of no side unless the target is civilians."""
    row = rows[0]
    day = _day(row["event_date"])
    precision = ACLED_DAYS.get(row.get("time_precision", ""), "unknown")
    days = (
        Days(first=day, last=day, precision="day", reason="the cell event_date")
        if precision == "day"
        else _around(day, precision)
    )
    place = _place(
        row, row.get("location", ""), ACLED_PLACES.get(row.get("geo_precision", ""), "unknown"), "admin1", "admin2"
    )
    stamp = row.get("timestamp", "")
    draft.published(datetime.fromtimestamp(int(stamp), UTC).date() if stamp.isdigit() else None)
    actors = [_acled_side(row, n) for n in "12" if row.get(f"actor{n}")]
    at_civilians = bool(row.get("civilian_targeting")) or row.get("event_type") == "Violence against civilians"
    toll = _killed(int(row["fatalities"] or 0), "civilians" if at_civilians else "unspecified")
    lines = [draft.line(0, "fatalities", toll)]
    claims = [draft.claim(0, "event_date", days, "day"), draft.claim(0, "location", place, "place")]
    claims += [draft.claim(0, f"actor{n}", a, "actor") for n, a in zip("12", actors, strict=False)]
    kind = ACLED_KINDS.get(row["sub_event_type"], "clash" if row.get("event_type") == "Battles" else "other")
    draft.event(
        row.get("event_id_cnty") or "1", kind, days, _there(lines), claims,
        label=f"{row['sub_event_type']}, {place.name}", places=(place,),
        actors=tuple(actors[:1]), targets=tuple(actors[1:]),
    )  # fmt: skip


def _acled_side(row: Row, n: str) -> Actor:
    side, party = INTERS.get(row.get(f"inter{n}", ""), ("unspecified", "unknown"))
    return Actor(name=row[f"actor{n}"], side=side, party=party)


def event_reports(draft: Draft, rows: Sequence[Row]) -> None:
    """The rows of one report in the report-level table: each figure with its claimant, by account or period."""
    first = rows[0]
    draft.published(
        _day(first.get("published", "")),
        outlet=first.get("source") or draft.report.outlet,
        headline=None,
        url=first.get("url") or None,
        name=first.get("report_name") or first.get("report_id") or draft.report.name,
    )
    accounts: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        accounts.setdefault(row.get("event_report_id") or row.get("event_id") or "1", []).append(number)
    for key, numbers in accounts.items():
        row, at = rows[numbers[0]], numbers[0]
        lines = _there([_reported(draft, n, rows[n]) for n in numbers])
        days = _window(
            row.get("window_start", ""),
            row.get("window_end", ""),
            _known(row.get("window_precision", ""), DayPrecision, "days"),
        )
        place = _place(
            row, row.get("place", "").split("; ")[0], "settlement" if row.get("latitude") else "unknown", "admin1", ""
        )
        places = (place,) if place.name else ()
        if row.get("report_scope") == "integrative":
            draft.statistic(
                key, "a figure over a period", days, lines, places=places, country=row.get("country") or None
            )
            continue
        actors = tuple(Actor(name=name) for name in row.get("actors", "").split("; ") if name)
        claims = [draft.claim(at, "window_start", days, "day")]
        claims += [draft.claim(at, "place", place, "place")] if places else []
        claims += [draft.claim(at, "actors", actor, "actor") for actor in actors[:1]]
        draft.event(
            key, _known(row.get("event_type", ""), Kind, "other"), days, lines, claims,
            label=row.get("headline") or "an incident", places=places, actors=actors,
            country=row.get("country") or None, admin1=row.get("admin1") or None,
        )  # fmt: skip


def _reported(draft: Draft, number: int, row: Row) -> TollLine | None:
    low, high = (int(row[c]) if row.get(c) else None for c in ("low", "high"))
    hedge = _known(row.get("hedge", ""), Hedge, None)
    toll = Toll(
        harm=_must(row["loss"], Harm),
        side=_must(row["target"], Side),
        count=Count(low=low, high=high, approx=hedge == "about"),
    )
    column = "quote" if row.get("quote") else "low" if row.get("low") else "high"
    return draft.line(
        number, column, toll, subset=row.get("subset") in ("1", "True", "true"), by="claimant", hedge=hedge,
        party=_known(row.get("claimant_party", ""), Party, "unknown"),
        modality=_known(row.get("modality", ""), Modality, "asserted"),
    )  # fmt: skip


def ftm(draft: Draft, rows: Sequence[Row]) -> None:
    """One Event of FollowTheMoney: its days, places and country. It has no property for people harmed."""
    row = rows[0]
    first = row.get("startDate", row.get("date", "")).split("; ")[0]
    days = _window(
        first, row.get("endDate", "").split("; ")[0], "day" if first == row.get("endDate", first) else "days"
    )
    country = row.get("country", "").split("; ")[0].upper() or None
    names = [name for name in row.get("location", "").split("; ") if name]
    places = tuple(Place(name=name, country=country) for name in names)
    claims = [draft.claim(0, "startDate", days, "day")]
    claims += [draft.claim(0, "location", place, "place") for place in places[:1]]
    draft.event(
        row["id"], _known(row.get("keywords", "").split("; ")[0], Kind, "other"), days, [], claims,
        label=row.get("name") or "an event", places=places, country=country,
    )  # fmt: skip


def _killed(number: int, side: Side) -> Toll:
    return Toll(harm="killed", side=side, count=Count(low=number, high=number))


def _there(lines: Sequence[TollLine | None]) -> list[TollLine]:
    return [line for line in lines if line is not None]


def _day(text: str) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def _window(first: str, last: str, precision: DayPrecision) -> Days:
    one, other = _day(first), _day(last or first)
    if one is None:
        return Days()
    return Days(first=one, last=other, precision="day" if one == other else precision, reason="the cells of the days")


def _around(day: date | None, precision: DayPrecision) -> Days:
    """ACLED enters a spell at its middle, so the middle is no day of the event: three or fifteen days to either side."""
    if day is None:
        return Days()
    reach = 3 if precision == "week" else 15
    first, last = (date.fromordinal(day.toordinal() + n) for n in (-reach, reach))
    return Days(first=first, last=last, precision=precision, reason=f"{day} is the middle of a {precision}")


def _place(row: Row, name: str, level: PlaceLevel, admin1: str, admin2: str) -> Place:
    at = [float(row[c]) if row.get(c) else None for c in ("latitude", "longitude")]
    return Place(
        name=name, country=_country(row), admin1=row.get(admin1) or None, admin2=row.get(admin2) or None,
        latitude=at[0], longitude=at[1], level=level, reason="the cells of the place",
    )  # fmt: skip


def _country(row: Row) -> str | None:
    """ISO 3166 alpha-2, from the code itself, ISO's number, Gleditsch and Ward's, or a name that the tables know."""
    given = row.get("country", "")
    if len(given) == 2:
        return given.upper()
    for column, name in (("iso", "iso"), ("country_id", "gw")):
        if row.get(column):
            return _codes(name).get(row[column])
    return _codes("name").get(given)


@cache
def _codes(by: str) -> dict[str, str]:
    """Alpha-2 by another code; the first country keeps a number that two share."""
    listed = read_table("codebook/countries.toml").items()
    return {str(country[by]): code for code, country in reversed(list(listed)) if country[by]}


def _known(text: str, of: object, otherwise: object) -> Any:
    """One of a Literal's values, or what stands in for none."""
    return text if text in get_args(of) else otherwise


def _must(text: str, of: object) -> Any:
    if text not in get_args(of):
        raise ValueError(f"{text!r} is not one of {', '.join(get_args(of))}")
    return text
