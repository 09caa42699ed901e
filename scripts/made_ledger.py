"""A large ledger of invented reports, for measuring: `python scripts/made_ledger.py OUT.db --claims 1000000`.

Each report tells of one incident with ten claims; two reports tell of each incident, and one in ten incidents is part of
the operation before it. Words, names and figures are made from the number of the report, so that a run can be repeated.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from recount import records as r
from recount.store import open_ledger

CLAIMS = 10
PACK = "made0000made"
TOWNS = tuple(
    f"{first}{last}" for first in ("Dor", "Ves", "Kal", "Mir", "Tor") for last in ("val", "ano", "quen", "by")
)
TOLLS: tuple[tuple[r.Harm, r.Side, str], ...] = (
    ("killed", "armed_group", "fighters"),
    ("killed", "state_forces", "soldiers"),
    ("killed", "civilians", "villagers"),
    ("wounded", "state_forces", "soldiers"),
    ("wounded", "civilians", "villagers"),
    ("captured", "armed_group", "fighters"),
)
ARMY = r.Actor(name="the army", neutral="Military of Pakistan", side="state_forces", party="state", country="PK")
FRONT = r.Actor(name="the front", neutral="Salt Range Front", side="armed_group", party="armed_group", country="PK")


def main() -> None:
    """Make the ledger and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("out", type=Path)
    parser.add_argument("--claims", type=int, default=1_000_000)
    given = parser.parse_args()
    begun = time.perf_counter()
    make(given.out, given.claims // CLAIMS)
    print(f"{given.out}: {given.claims:,} claims in {time.perf_counter() - begun:.0f} s")


def make(path: Path, reports: int) -> None:
    """Write a ledger of `reports` reports to `path`, which must not exist."""
    with open_ledger(path) as ledger:
        heads: list[r.EventReport] = []
        batch: list[r.Coding] = []
        for coding in codings(reports):
            batch.append(coding)
            heads.append(coding.event_reports[0])
            if len(batch) == 500:
                ledger.keep(batch)
                batch = []
        if batch:
            ledger.keep(batch)
        incidents = list(incidents_of(heads))
        ledger.relink(incidents, [link for i in incidents for link in links_of(i)])


def codings(reports: int) -> Iterator[r.Coding]:
    """One coding for each report; two in a row tell of one incident."""
    for number in range(reports):
        yield coding_of(number)


def coding_of(number: int) -> r.Coding:
    """What report `number` says."""
    story = number // 2
    day = date(2015, 1, 1) + timedelta(days=story % 3650)
    town = TOWNS[story % len(TOWNS)]
    figures = [1 + (story * (k + 3) + number % 2) % 23 for k in range(len(TOLLS))]
    said = ", ".join(f"{n} {who} {harm}" for n, (harm, _, who) in zip(figures, TOLLS, strict=True))
    text = (
        f"Clash near {town}\n\nThe army said on {day:%A} that a fight broke out near {town} (story {number}): {said}. "
        f"The front claimed the deed. " + f"Residents of {town} told of a long night and of closed roads. " * 12
    )
    report = r.Report(
        id=r.content_id("r", number),
        name=f"made-{number}",
        text=text,
        headline=f"Clash near {town}",
        published=day + timedelta(days=1 + number % 2),
        outlet=f"Outlet {number % 40}",
        language="en",
    )
    speaker = r.Speaker(name="The army", start=text.index("The army"), end=text.index("The army") + 8, party="state")
    claims: list[r.Claim] = []

    def claim(quote: str, value: r.Value, what: r.Property) -> str:
        start = text.index(quote)
        one = r.Claim(
            id=r.claim_id(report.id, start, start + len(quote), what, quote),
            report=report.id,
            passage=1,
            start=start,
            end=start + len(quote),
            quote=quote,
            property=what,
            said=quote,
            value=value,
            speakers=(speaker,),
            rule="made.rule",
            pack=PACK,
        )
        claims.append(one)
        return one.id

    days = r.Days(first=day, last=day, precision="day", reason="made")
    place = r.Place(
        name=town,
        country="PK",
        admin1="Balochistan",
        latitude=27 + story % 7 / 2,
        longitude=63 + story % 9 / 2,
        level="settlement",
    )
    lines = []
    for n, (harm, side, who) in zip(figures, TOLLS, strict=True):
        toll = r.Toll(harm=harm, side=side, count=r.Count(low=n, high=n), who=who)
        quote = f"{n} {who} {harm}"
        lines.append(r.TollLine(claim=claim(quote, toll, "toll"), toll=toll, by="The army", quote=quote))
    also = [claim(f"{day:%A}", days, "day"), claim(town, place, "place"), claim("The army", ARMY, "actor")]
    told = r.Attribution(stance="claims", accuser="The front", accused="The front")
    blamed = claim("The front claimed the deed", told, "attribution")
    event = r.EventReport(
        id=r.content_id("e", report.id),
        report=report.id,
        key="i1",
        label=f"clash near {town}",
        role="main",
        kind="clash",
        days=days,
        places=(place,),
        country="PK",
        admin1="Balochistan",
        actors=(ARMY,),
        targets=(FRONT,),
        tolls=tuple(lines),
        claims=(*(line.claim for line in lines), *also),
    )
    return r.Coding(
        report=report,
        passages=(r.Passage(index=0, start=0, end=20, kind="headline"), r.Passage(index=1, start=20, end=len(text))),
        claims=tuple(claims),
        event_reports=(event,),
        attributions=(r.Attributed(claim=blamed, attribution=told, about=event.id),),
        pack=PACK,
    )


def incidents_of(heads: list[r.EventReport]) -> Iterator[r.Incident]:
    """Two accounts make an incident; each tenth is a part of the one before it."""
    before = None
    for story in range(0, len(heads), 2):
        first = heads[story]
        part = before if story % 20 == 18 else None
        before = r.content_id("i", first.id)
        yield r.Incident(
            id=before,
            label=first.label,
            kind=first.kind,
            days=first.days,
            places=first.places,
            country=first.country,
            admin1=first.admin1,
            actors=first.actors,
            targets=first.targets,
            event_reports=tuple(e.id for e in heads[story : story + 2]),
            part_of=part,
        )


def links_of(incident: r.Incident) -> Iterator[r.Link]:
    """One link for each account."""
    for told in incident.event_reports:
        yield r.Link(id=r.content_id("l", incident.id, told), event_report=told, incident=incident.id, score=9.0)


if __name__ == "__main__":
    main()
