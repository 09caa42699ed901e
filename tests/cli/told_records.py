"""Invented reports of invented incidents, coded by hand, for the command's tests."""

from __future__ import annotations

from datetime import date

from recount import records as r


class Teller:
    """Builds one coding: a text first, then claims found by their words."""

    def __init__(self, name: str, outlet: str, day: date, text: str) -> None:
        self.report = r.Report(
            id=r.content_id("r", text),
            name=name,
            text=text,
            headline=text.split("\n")[0],
            headline_end=len(text.split("\n")[0]),
            published=day,
            outlet=outlet,
            source=f"{name}.txt",
        )
        self.claims: list[r.Claim] = []
        self.events: list[r.EventReport] = []
        self.statistics: list[r.Statistic] = []

    def claim(self, words: str, prop: r.Property, value: r.Value, **more: object) -> r.Claim:
        """A claim on the first occurrence of these words."""
        start = self.report.text.index(words)
        end = start + len(words)
        by = more.pop("by", None)
        party = more.pop("party", "unknown")
        claim = r.Claim(
            id=r.claim_id(self.report.id, start, end, prop, words),
            report=self.report.id,
            passage=0,
            start=start,
            end=end,
            quote=words,
            property=prop,
            said=words,
            value=value,
            speakers=(r.Speaker(name=str(by), start=0, end=0, party=party),) if by else (),  # type: ignore[arg-type]
            rule=f"{prop}/by-hand",
            reason="coded by hand for a test",
            pack="pack1",
            **more,  # type: ignore[arg-type]
        )
        self.claims.append(claim)
        return claim

    def toll(
        self,
        words: str,
        side: r.Side,
        low: int | None,
        high: int | None = -1,
        *,
        harm: r.Harm = "killed",
        by: str | None = None,
        **more: object,
    ) -> r.TollLine:
        """A figure of harm and its line in an event report."""
        count = r.Count(low=low, high=low if high == -1 else high)
        value = r.Toll(harm=harm, side=side, count=count, who=words)
        claim = self.claim(words, "toll", value, by=by, **more)
        return r.TollLine(claim=claim.id, toll=value, by=by, quote=words)

    def event(
        self, key: str, kind: r.Kind, first: date | None, last: date | None, places: list[str], **more: object
    ) -> r.EventReport:
        """An event report of all claims made so far that no other one holds."""
        held = {c for e in self.events for c in e.claims}
        event = r.EventReport(
            id=r.content_id("e", self.report.id, key),
            report=self.report.id,
            key=key,
            label=f"{kind} in {', '.join(places)}",
            role="main",
            kind=kind,
            days=r.Days(first=first, last=last, precision="day" if first == last else "days", reason="named in full"),
            places=tuple(r.Place(name=p, country="PK", admin1="Balochistan", level="settlement") for p in places),
            country="PK",
            admin1="Balochistan",
            claims=tuple(c.id for c in self.claims if c.id not in held),
            reason="one place and one day",
            **more,  # type: ignore[arg-type]
        )
        self.events.append(event)
        return event

    def coding(self) -> r.Coding:
        """The finished coding: one passage for each line of the text, a menu line as furniture."""
        passages, start = [], 0
        for index, line in enumerate(self.report.text.split("\n")):
            kind = "headline" if index == 0 else "furniture" if line.startswith("Menu") else "sentence"
            passages.append(r.Passage(index=index, start=start, end=start + len(line), kind=kind))  # type: ignore[arg-type]
            start += len(line) + 1
        return r.Coding(
            report=self.report,
            passages=tuple(passages),
            claims=tuple(self.claims),
            event_reports=tuple(self.events),
            statistics=tuple(self.statistics),
            checks=(r.Check(kind="parts_and_total", verdict="consistent", sentence="2 + 3 = 5, as the total says."),),
            warnings=("the year is inferred from the publication day",),
            pack="pack1",
        )


GROUP = r.Actor(name="the Valley Front", neutral="Valley Front", side="armed_group", party="armed_group")
LABEL = r.Actor(name="servants of evil", side="armed_group", party="armed_group", label_of="state")
ARMY = r.Actor(name="the army", neutral="army", side="state_forces", party="state")


def first_statement() -> Teller:
    """The operation as first told: 40 killed, 3 soldiers; and one of its places as a part."""
    t = Teller(
        "statement-one",
        "Valley Courier",
        date(2025, 3, 2),
        "Dozens dead after raids\n"
        "The press office said 40 fighters were killed across Kolwa, Mand and Tump on 1 March, and 3 soldiers died.\n"
        "In Mand alone 12 fighters were killed.\nMenu Home Sport Subscribe",
    )
    tolls = (
        t.toll("40 fighters were killed", "armed_group", 40, by="press office", party="state"),
        t.toll("3 soldiers died", "state_forces", 3, by="press office", party="state"),
    )
    t.claim("Kolwa", "place", r.Place(name="Kolwa", country="PK", level="settlement"))
    whole = t.event(
        "i1", "operation", date(2025, 3, 1), date(2025, 3, 1), ["Kolwa", "Mand", "Tump"], tolls=tolls, actors=(ARMY,)
    )
    part = (t.toll("12 fighters were killed", "armed_group", 12, by="press office", party="state"),)
    t.event(
        "i2",
        "operation",
        date(2025, 3, 1),
        date(2025, 3, 1),
        ["Mand"],
        tolls=part,
        actors=(ARMY,),
        targets=(LABEL,),
        part_of=whole.id,
    )
    return t


def second_statement() -> Teller:
    """The same operation two days later, raised; and a statistic of the year."""
    t = Teller(
        "statement-two",
        "Coast Wire",
        date(2025, 3, 4),
        "Toll rises\n"
        "The interior minister put the toll of the three-day operation in Kolwa, Mand and Tump at 75 fighters "
        "and 9 soldiers.\n"
        "More than 300 people were killed in the province this year.",
    )
    tolls = (
        t.toll("75 fighters", "armed_group", 75, by="interior minister", party="state"),
        t.toll("9 soldiers", "state_forces", 9, by="interior minister", party="state"),
    )
    t.event(
        "i1", "operation", date(2025, 3, 1), date(2025, 3, 3), ["Kolwa", "Mand", "Tump"], tolls=tolls, actors=(ARMY,)
    )
    line = t.toll("More than 300 people were killed", "unspecified", 300, None, hedge="more_than")
    t.statistics.append(
        r.Statistic(
            id=r.content_id("s", t.report.id, "p1"),
            report=t.report.id,
            key="p1",
            label="killed in the province this year",
            days=r.Days(first=date(2025, 1, 1), last=date(2025, 3, 4), precision="days"),
            tolls=(line,),
            claims=(line.claim,),
        )
    )
    return t


def ambush(name: str, outlet: str, soldiers: int, by: str, party: str, more: str) -> Teller:
    """An ambush told twice, by the two sides, with figures that exclude each other."""
    t = Teller(name, outlet, date(2025, 2, 11), f"Ambush near Nag\n{soldiers} soldiers were killed, {by} said. {more}")
    tolls = [t.toll(f"{soldiers} soldiers were killed", "state_forces", soldiers, by=by, party=party)]
    if "villagers" in more:
        words = "at least 2 villagers hurt"
        tolls.append(t.toll(words, "civilians", 2, None, harm="wounded", hedge="at_least"))
    t.event("i1", "attack", date(2025, 2, 10), date(2025, 2, 10), ["Nag"], tolls=tuple(tolls), actors=(GROUP,))
    return t


ARMY_TELLS = "A patrol came under fire near Nag on 10 February and at least 2 villagers hurt in it were flown out."
FRONT_TELLS = "Its statement, read out over the radio, speaks of a convoy of six vehicles burnt on the Nag road."


def all_tellers() -> list[Teller]:
    """Every coding of the invented world."""
    return [
        first_statement(),
        second_statement(),
        ambush("army-ambush", "Valley Courier", 2, "the army", "state", ARMY_TELLS),
        ambush("front-ambush", "Mountain Radio", 14, "the Valley Front", "armed_group", FRONT_TELLS),
    ]


def linked(tellers: list[Teller]) -> tuple[list[r.Incident], list[r.Link]]:
    """The operation with its part, and the ambush."""
    one, two, three, four = ({e.key: e for e in t.events} for t in tellers)
    whole = incident([one["i1"], two["i1"]])
    part = incident([one["i2"]], part_of=whole.id, part_reason="Mand is one of the three places")
    fight = incident([three["i1"], four["i1"]])
    incidents = [fight, whole, part]
    links = [
        r.Link(
            id=r.content_id("l", e, i.id),
            event_report=e,
            incident=i.id,
            score=6.5,
            sentence="same day, same place",
        )
        for i in incidents
        for e in i.event_reports
    ]
    return incidents, links


def incident(events: list[r.EventReport], **more: object) -> r.Incident:
    """An incident of these event reports, as wide as they are together."""
    first = events[0]
    days = r.Days(
        first=min((e.days.first for e in events if e.days.first), default=None),
        last=max((e.days.last for e in events if e.days.last), default=None),
        precision="days",
    )
    return r.Incident(
        id=r.content_id("i", first.id),
        label=first.label,
        kind=first.kind,
        days=days,
        places=first.places,
        country="PK",
        admin1="Balochistan",
        actors=first.actors,
        targets=first.targets,
        event_reports=tuple(e.id for e in events),
        **more,  # type: ignore[arg-type]
    )
