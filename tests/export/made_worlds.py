"""Worlds of invented reports for hypothesis: any figures, days, places and parties, linked in any way."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from recount import records as r

START = date(2024, 2, 26)
PLACES = (
    r.Place(name="Dorval", country="PK", admin1="Balochistan", latitude=27.5, longitude=64.25, level="settlement"),
    r.Place(
        name="Vesano",
        country="PK",
        admin1="Balochistan",
        latitude=-0.25,
        longitude=-64.5,
        level="near",
        relation="near",
    ),
    r.Place(name="Kalquen district", country="NG", admin1="Borno", latitude=11.0, longitude=13.5, level="district"),
    r.Place(name="Mirby", level="unknown"),
    r.Place(name="Pakistan", country="PK", latitude=30.0, longitude=70.0, level="country"),
)
ACTORS = (
    r.Actor(name="the army", neutral="Military of Pakistan", side="state_forces", party="state", country="PK"),
    r.Actor(name="troops", neutral="military", side="state_forces", party="state"),
    r.Actor(name="the front", neutral="Salt Range Front", side="armed_group", party="armed_group"),
    r.Actor(name="gunmen", neutral="unidentified gunmen", side="armed_group", party="armed_group"),
    r.Actor(name="protesters", neutral="crowd", side="civilians"),
    r.Actor(name="villagers", side="civilians"),
)
SPEAKERS = (None, ("police", "state"), ("a spokesman of the front", "armed_group"), ("a hospital official", "third"))
KINDS: tuple[r.Kind, ...] = (
    "operation", "clash", "attack", "bombing", "airstrike", "shelling", "abduction", "riot", "other",
)  # fmt: skip

counts = st.one_of(
    st.integers(0, 40).map(lambda n: r.Count(low=n, high=n)),
    st.integers(1, 40).map(lambda n: r.Count(low=n, high=None)),
    st.integers(1, 40).map(lambda n: r.Count(low=None, high=n)),
    st.integers(1, 40).map(lambda n: r.Count(low=n, high=n + 5, approx=True)),
)
tolls = st.builds(r.Toll, harm=st.sampled_from(r.HARMS), side=st.sampled_from(r.SIDES), count=counts)
windows = st.one_of(
    st.just(r.Days()),
    st.integers(0, 40).map(lambda n: r.Days(first=START + timedelta(n), last=START + timedelta(n), precision="day")),
    st.tuples(st.integers(0, 40), st.integers(1, 5)).map(
        lambda p: r.Days(first=START + timedelta(p[0]), last=START + timedelta(p[0] + p[1]), precision="days")
    ),
    st.just(r.Days(first=date(2024, 3, 1), last=date(2024, 3, 31), precision="month")),
    st.just(r.Days(first=date(2024, 1, 1), last=date(2024, 12, 31), precision="year")),
    st.integers(0, 9).map(lambda n: r.Days(first=START + timedelta(n), last=None, precision="unknown")),
)


@st.composite
def codings(draw: st.DrawFn, number: int) -> r.Coding:
    """One report with up to two accounts, a statistic, attributions and claims that nothing rests on."""
    report = r.Report(
        id=f"r_{number:016x}",
        name=f"report-{number}",
        text=f"Report {number} of no place in particular, with words of its own: {number * 7919}. " * 4,
        headline=draw(st.sampled_from([None, "=Headline; with, marks\nand lines", f"Headline {number}"])),
        published=draw(st.sampled_from([None, START + timedelta(days=50 + number)])),
        outlet=draw(st.sampled_from([None, "Daily; Example", "The Example"])),
    )
    claims: list[r.Claim] = []

    def claim(value: r.Value, what: r.Property) -> str:
        place = len(claims)
        speaker = draw(st.sampled_from(SPEAKERS))
        voices = (r.Speaker(name=speaker[0], start=0, end=1, party=speaker[1]),) if speaker else ()  # type: ignore[arg-type]
        one = r.Claim(
            id=f"c_{number:08x}{place:08x}",
            report=report.id,
            passage=0,
            start=place,
            end=place + 1,
            quote=report.text[place],
            property=what,
            said=str(place),
            value=value,
            speakers=voices,
            hedge=draw(st.sampled_from([None, "at_least"])),
        )
        claims.append(one)
        return one.id

    def lines() -> tuple[r.TollLine, ...]:
        told = draw(st.lists(tolls, max_size=4))
        return tuple(
            r.TollLine(
                claim=claim(toll, "toll"),
                toll=toll,
                subset=draw(st.booleans()) if i else False,
                repeats=(claim(toll, "toll"),) if draw(st.integers(0, 5)) == 0 else (),
                quote="x",
            )
            for i, toll in enumerate(told)
        )

    events = []
    for key in range(draw(st.integers(0, 2))):
        days, places = draw(windows), draw(st.lists(st.sampled_from(PLACES), max_size=3, unique=True))
        actors, targets = (draw(st.lists(st.sampled_from(ACTORS), max_size=2, unique=True)) for _ in range(2))
        told = lines()
        also = [claim(days, "day")] if draw(st.booleans()) else []
        also += [claim(p, "place") for p in places] + [claim(a, "actor") for a in actors]
        events.append(
            r.EventReport(
                id=f"e_{number:08x}{key:08x}",
                report=report.id,
                key=f"i{key}",
                label="what it tells",
                role="main",
                kind=draw(st.sampled_from(KINDS)),
                days=days,
                places=tuple(places),
                country=next((p.country for p in places if p.country), None),
                actors=tuple(actors),
                targets=tuple(targets),
                tolls=told,
                claims=(*(line.claim for line in told), *also),
            )
        )
    stances = draw(st.lists(st.sampled_from(["claims", "alleges", "denies"]), max_size=2))
    blamed = []
    for stance in stances:
        said = r.Attribution(stance=stance, accuser="the front", accused="the front")
        about = draw(st.sampled_from([None, *(e.id for e in events)]))
        blamed.append(r.Attributed(claim=claim(said, "attribution"), attribution=said, about=about))
    if draw(st.booleans()):
        claim(r.Evidence(item="photographs", offered=False), "evidence")
    period = lines() if draw(st.booleans()) else ()
    statistic = r.Statistic(
        id=f"s_{number:016x}",
        report=report.id,
        key="p1",
        label="over a month",
        days=r.Days(first=date(2024, 3, 1), last=date(2024, 3, 31), precision="month"),
        tolls=period,
        claims=tuple(line.claim for line in period),
    )
    return r.Coding(
        report=report,
        claims=tuple(claims),
        event_reports=tuple(events),
        statistics=(statistic,) if period else (),
        attributions=tuple(blamed),
        passages=(r.Passage(index=0, start=0, end=len(report.text)),),
        pack="made",
    )


World = tuple[tuple[r.Coding, ...], tuple[r.Incident, ...]]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Up to four reports, their accounts dealt out over incidents, some of which are part of another."""
    told = tuple(draw(codings(n)) for n in range(draw(st.integers(0, 4))))
    events = [e for coding in told for e in coding.event_reports]
    groups: dict[int, list[r.EventReport]] = {}
    for event in events:
        groups.setdefault(draw(st.integers(0, max(len(events) - 1, 0))), []).append(event)
    incidents: list[r.Incident] = []
    for number, members in sorted(groups.items()):
        first = members[0]
        whole = draw(st.sampled_from([None, *(i.id for i in incidents)]))
        incidents.append(
            r.Incident(
                id=f"i_{number:016x}",
                label=first.label,
                kind=first.kind,
                days=first.days,
                places=first.places,
                country=first.country,
                actors=first.actors,
                targets=first.targets,
                event_reports=tuple(e.id for e in members),
                part_of=whole,
            )
        )
    return told, tuple(incidents)
