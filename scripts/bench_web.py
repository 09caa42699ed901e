"""How long the desk's server takes for each page on a ledger of a million claims.

`python scripts/bench_web.py [--claims N] [--folder DIR]` generates the ledger (invented reports of invented places) where
it is not there yet, opens the desk as a process of its own, asks for each page many times, one request after another,
and prints median and 95th percentile of the server's time, read from the client on the same machine, and the mean of the
processor time that the server took, which other work on the machine hardly changes.
"""

from __future__ import annotations

import argparse
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import quantiles

import httpx

from recount import records as r
from recount.settings import Settings
from recount.store import open_ledger

BAR = 150.0  # milliseconds that the 95th percentile may take
CLAIMS_A_REPORT = 8
REPORTS_AN_INCIDENT = 5
PACK = "b" * 32
FIRST = date(2010, 1, 1)
DAYS = 5400
STEMS = ("Kor", "Bel", "Tan", "Mir", "Sul", "Dar", "Vel", "Nas", "Hul", "Zer", "Pal", "Gor")
ENDS = ("abad", "kot", "pur", "dara", "gar", "an", "istan", "ovo", "ali", "esh")
PLACES = [f"{a}{b}{c}" for a in STEMS for b in ("", "ma", "ri", "so") for c in ENDS]
ACTORS = [f"{name} Front" for name in STEMS] + [f"{name} Brigade" for name in STEMS]
OUTLETS = [f"{name} {kind}" for name in STEMS for kind in ("Wire", "Courier", "Radio")]
VOICES: list[tuple[str, r.Party]] = [
    ("police", "state"),
    ("army", "state"),
    ("residents", "third"),
    ("the front", "armed_group"),
]
KINDS: list[r.Kind] = ["attack", "bombing", "clash", "airstrike", "operation", "shelling"]
SIDES: list[r.Side] = ["civilians", "armed_group", "state_forces"]


def place(name: str) -> r.Place:
    """An invented place, always at the same point."""
    made = random.Random(name)
    return r.Place(
        name=name,
        country=f"X{name[0]}",
        admin1=f"{name[:3]} Province",
        latitude=round(made.uniform(5, 38), 3),
        longitude=round(made.uniform(5, 75), 3),
        level="settlement",
    )


def report(rng: random.Random, number: int, day: date, where: r.Place, kind: r.Kind, n: int, actor: str) -> r.Coding:
    """One invented report of an incident, coded."""
    outlet, (voice, party) = rng.choice(OUTLETS), rng.choice(VOICES)
    side = rng.choice(SIDES) if rng.random() < 0.2 else SIDES[n % 3]
    killed = max(1, n + rng.choice((0, 0, 0, 1, -1, 5)))
    wounded = killed + rng.randrange(6)
    text = (
        f"{kind.capitalize()} in {where.name} leaves {killed} dead\n\n"
        f"At least {killed} people were killed in a {kind} in {where.name} on {day:%d %B %Y}, {voice} said. "
        f"The {actor} was blamed. {wounded} others were wounded, according to {outlet} report {number}. "
        "Roads into the district stayed closed until the evening and the wounded were taken to the nearest hospital."
    )
    ident = r.content_id("r", str(number))
    claims: list[r.Claim] = []

    def claim(words: str, value: r.Value, prop: r.Property, hedge: r.Hedge | None = None) -> str:
        start = text.index(words)
        end = start + len(words)
        speaker = text.index(voice)
        made = r.Claim(
            id=r.claim_id(ident, start, end, prop, words),
            report=ident,
            passage=1,
            start=start,
            end=end,
            quote=words,
            property=prop,
            said=words,
            value=value,
            hedge=hedge,
            speakers=(r.Speaker(name=voice, start=speaker, end=speaker + len(voice), party=party),)
            if prop == "toll"
            else (),
            rule="tolls.passive",
            reason=f"passive; weighed {rng.uniform(0.6, 1):.2f} by form (+0.68)",
            pack=PACK,
        )
        claims.append(made)
        return made.id

    dead = r.Toll(harm="killed", side=side, count=r.Count(low=killed, high=None), who="people")
    hurt = r.Toll(harm="wounded", side=side, count=r.Count(low=wounded, high=wounded), who="others")
    headline = r.Toll(harm="killed", side=side, count=r.Count(low=killed, high=killed), who="")
    days = r.Days(first=day, last=day, precision="day", reason="a full date")
    lines = (
        r.TollLine(
            claim=claim(f"At least {killed} people were killed", dead, "toll", "at_least"),
            toll=dead,
            by=voice,
            repeats=(claim(f"leaves {killed} dead", headline, "toll"),),
            quote=f"At least {killed} people were killed",
        ),
        r.TollLine(claim=claim(f"{wounded} others were wounded", hurt, "toll"), toll=hurt, quote="others were wounded"),
    )
    claim(where.name, where, "place")
    claim(f"{day:%d %B %Y}", days, "day")
    claim(kind.capitalize(), r.KindOf(kind=kind), "kind")
    front = r.Actor(name=f"The {actor}", neutral=actor, side="armed_group", party="armed_group")
    claim(f"The {actor}", front, "actor")
    claim("the wounded", r.Evidence(item="bodies", offered=True), "evidence")
    event = r.EventReport(
        id=r.content_id("e", ident),
        report=ident,
        key="i1",
        label=f"{kind} in {where.name}",
        role="main",
        kind=kind,
        days=days,
        places=(where,),
        country=where.country,
        admin1=where.admin1,
        actors=(front,),
        tolls=lines,
        claims=tuple(c.id for c in claims),
        reason="one place and one day",
    )
    cut = text.index("\n")
    return r.Coding(
        report=r.Report(
            id=ident,
            name=f"generated-{number}",
            text=text,
            headline=text[:cut],
            headline_end=cut,
            published=day + timedelta(days=1),
            outlet=outlet,
            language="en",
        ),
        passages=(
            r.Passage(index=0, start=0, end=cut, kind="headline"),
            r.Passage(index=1, start=cut + 2, end=len(text)),
        ),
        claims=tuple(claims),
        event_reports=(event,),
        pack=PACK,
    )


def told(claims: int) -> Iterator[tuple[list[r.Coding], r.Incident, list[r.Link]]]:
    """Incidents with their reports, until there are so many claims."""
    rng = random.Random(7)
    number = 0
    while number * (CLAIMS_A_REPORT - 1) < claims:
        size = rng.randint(1, 2 * REPORTS_AN_INCIDENT - 1)
        day = FIRST + timedelta(days=rng.randrange(DAYS))
        where, kind, n, actor = (
            place(rng.choice(PLACES)),
            rng.choice(KINDS),
            int(rng.paretovariate(1.2)),
            rng.choice(ACTORS),
        )
        codings = [report(rng, number + i, day, where, kind, min(n, 400), actor) for i in range(size)]
        number += size
        events = [c.event_reports[0] for c in codings]
        incident = r.Incident(
            id=r.content_id("i", events[0].id),
            label=events[0].label,
            kind=kind,
            days=events[0].days,
            places=(where,),
            country=where.country,
            admin1=where.admin1,
            actors=events[0].actors,
            event_reports=tuple(e.id for e in events),
        )
        links = [
            r.Link(
                id=r.content_id("l", e.id, incident.id),
                event_report=e.id,
                incident=incident.id,
                score=round(rng.uniform(0.5, 1), 3),
                sentence="Same incident: day and place are the same.",
            )
            for e in events
        ]
        yield codings, incident, links


def generate(path: Path, claims: int) -> None:
    """Make the ledger and the desk's index."""
    from recount.engine.local import _pack  # the mark that linking would leave

    started = time.monotonic()
    with open_ledger(path) as book:
        batch: list[r.Coding] = []
        incidents: list[r.Incident] = []
        links: list[r.Link] = []
        for codings, incident, made in told(claims):
            batch += codings
            incidents.append(incident)
            links += made
            if len(batch) > 2000:
                book.keep(batch)
                batch = []
        book.keep(batch)
        book.relink(incidents, links, f"{book.state()} {_pack(Settings())}")
        print(f"generated {book.counts()} in {time.monotonic() - started:.0f} s", flush=True)
    from recount.web.desk import Desk

    with open_ledger(path) as book:
        desk = Desk(book, Settings())
        started = time.monotonic()
        desk.changed()
        desk.stop()
        print(f"index made in {time.monotonic() - started:.0f} s", flush=True)


def serve(path: Path) -> tuple[subprocess.Popen[bytes], str]:
    """The desk as a process, and its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "recount.cli", "serve", "--ledger", str(path), "--port", str(port), "--log", "off"]
    command[1:3] = ["-c", "from recount.cli.main import main; main()"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # a line a request
    address = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            httpx.get(f"{address}/static/theme.js")
            return process, address
        except httpx.TransportError:
            time.sleep(0.2)
    process.terminate()
    raise SystemExit("the desk did not open")


def questions(client: httpx.Client, rng: random.Random) -> dict[str, list[str]]:
    """Addresses of every page, each page with different ones, so that nothing is answered from memory."""
    found: dict[str, list[str]] = {name: [] for name in PAGES}
    for _ in range(25):
        day = FIRST + timedelta(days=rng.randrange(DAYS))
        window = f"since={day}&until={day + timedelta(days=rng.choice((7, 60, 700)))}"
        named = [
            f"place={rng.choice(PLACES)}",
            f"actor={rng.choice(ACTORS)}",
            "disputed=1",
            f"kind={rng.choice(KINDS)}",
        ]
        listed = (
            client.get(f"/api/incidents?{window}").json()["incidents"]
            or client.get("/api/incidents").json()["incidents"]
        )
        incident = rng.choice(listed)["id"]
        events = client.get(f"/api/incidents/{incident}").json()["event_reports"]
        one = rng.choice(events)["report"]
        found["overview"].append(f"/?rules={rng.choice(('ucdp', 'acled', 'gtd', 'latest'))}&page={rng.randrange(1, 9)}")
        found["overview, filtered"].append(f"/?{window}&{rng.choice(named)}")
        found["overview, by words"].append(f"/?q={rng.choice(PLACES)}+{rng.choice(('killed', 'police', 'army'))}")
        words = rng.sample(("killed", "police", "army", "attack", "wounded", "hospital", "district", "front"), 2)
        found["overview, by common words"].append(f"/?q={words[0]}+{words[1]}")
        found["map data"].append(f"/api/map?{rng.choice(named)}")
        found["incident"].append(f"/incidents/{incident}")
        found["report"].append(f"/reports/{one}")
        found["search"].append(
            f"/search?q={rng.choice(('killed', 'hospital', rng.choice(PLACES)))}&page={rng.randrange(1, 4)}"
        )
        found["queue"].append(f"/queue?kind={rng.choice(('', 'link', 'contradiction', 'mover', 'doubt'))}")
        found["queue, next"].append(f"/queue/item?after={client.get('/api/queue').json()['item']['id']}")
        found["picture data"].append(
            f"/api/pictures/{rng.choice(('map', 'months', 'sides', 'sources'))}?{rng.choice((window, rng.choice(named)))}"
        )
        found["log"].append("/log")
        found["people"].append("/people")
        found["add"].append("/add")
        found["samples"].append("/samples")
        found["pictures"].append("/pictures")
    return found


PAGES = (
    "overview",
    "overview, filtered",
    "overview, by words",
    "overview, by common words",
    "map data",
    "incident",
    "report",
    "search",
    "queue",
    "queue, next",
    "picture data",
    "pictures",
    "log",
    "people",
    "add",
    "samples",
)


def measure(address: str, server: int) -> bool:
    """Ask for every page and print what it took; whether all stay under the bar."""
    fine = True
    with httpx.Client(base_url=address, timeout=60) as client:
        asked = questions(client, random.Random(11))
        for name, addresses in asked.items():
            client.get(addresses[0])
            took, before = [], processor(server)
            for one in addresses:
                begun = time.perf_counter()
                answer = client.get(one)
                took.append((time.perf_counter() - begun) * 1000)
                if answer.status_code != 200:
                    raise SystemExit(f"{one}: {answer.status_code}")
            used = (processor(server) - before) / len(addresses)
            p95 = quantiles(took, n=20)[-1]
            fine = fine and p95 <= BAR
            middle = sorted(took)[len(took) // 2]
            mark = "" if p95 <= BAR else "!"
            print(f"{name:<26} median {middle:6.1f} ms   p95 {p95:6.1f} ms   processor {used:6.1f} ms   {mark}")
    return fine


def processor(server: int) -> float:
    """Milliseconds of processor time that a process has used (Linux)."""
    fields = Path(f"/proc/{server}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def asked(doc: str | None) -> Path:
    """The ledger that the command line asks for, made where it is not there yet."""
    parser = argparse.ArgumentParser(description=doc)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=Path("build/bench-web"))
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    path = options.folder / f"{options.claims}.db"
    if not path.with_name(path.name + "-desk").exists():
        generate(path, options.claims)
    return path


def main() -> None:
    """See the module's docstring."""
    process, address = serve(asked(__doc__))
    try:
        fine = measure(address, process.pid)
    finally:
        process.terminate()
        process.wait()
    raise SystemExit(0 if fine else 1)


if __name__ == "__main__":
    main()
