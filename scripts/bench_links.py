"""Time linking on generated event reports.

    bench_links.py [N ...] [--copies N] [--one N]

For each N (default 10000 and 100000; 1000000 takes long and much memory): processor seconds in all and per event
report, which should grow no faster than log N, and the memory held. `--copies` times near copies of one account in one
block. `--one` makes a ledger of N event reports with seven claims each and times keeping and linking one more.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from recount.engine.linking import relink_if_behind
from recount.link import link_all
from recount.records import (
    Actor,
    Claim,
    Coding,
    Count,
    Days,
    EventReport,
    Harm,
    Kind,
    Place,
    Report,
    Side,
    Toll,
    TollLine,
    content_id,
)  # fmt: skip
from recount.store import open_ledger
from recount.store.contract import Ledger

KINDS: tuple[Kind, ...] = ("attack", "bombing", "clash", "operation", "shelling", "airstrike")
SIDES: tuple[Side, ...] = ("state_forces", "armed_group", "civilians", "unspecified")
HARMS: tuple[Harm, ...] = ("killed", "wounded")
MORE = 20  # reports added one by one
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]


def word(chance: random.Random, parts: int) -> str:
    """An invented name."""
    return "".join(chance.choice(SYLLABLES) for _ in range(parts)).capitalize()


def told(number: int, world: int | None = None) -> Iterator[tuple[EventReport, Report]]:
    """`number` event reports, each of a report of its own, on incidents told by one to six outlets.

    Towns and days are those of a world with `world` event reports, so that a longer telling goes on in the same one.
    """
    chance, world = random.Random(7), world or number
    days = max(60, world // 60)  # some twenty incidents a day, as in the archives of a region
    towns = [(word(chance, 3), word(chance, 2)) for _ in range(max(200, world // 100))]
    made = 0
    while made < number:
        town, province = chance.choice(towns)
        day = date(2000, 1, 1) + timedelta(days=chance.randrange(days))
        kind, side, victim, target = chance.choice(KINDS), chance.choice(SIDES), word(chance, 4), word(chance, 3)
        toll = {harm: chance.randint(1, 40) for harm in HARMS}
        for outlet in range(min(chance.choice((1, 1, 2, 3, 6)), number - made)):
            made += 1
            yield event(f"r{made}", town, province, day, kind, side, toll, (victim, target), chance, outlet)


def event(
    name: str, town: str, province: str, day: date, kind: Kind, side: Side, toll: dict[Harm, int],
    names: tuple[str, str], chance: random.Random, outlet: int,
) -> tuple[EventReport, Report]:  # fmt: skip
    """One account of one incident, with a text in words of its own."""
    filler = " ".join(word(chance, 3).lower() for _ in range(12))
    quote = f"{toll['killed']} people were killed"
    text = f"A {kind} hit the {names[1]} in {town}. There {names[0]} said that {quote} and {filler}."
    lines = tuple(
        TollLine(claim=f"c{name}{harm}", toll=Toll(harm=harm, side=side, count=Count(low=n, high=n)), quote=quote)
        for harm, n in toll.items()
    )
    made = EventReport(
        id=f"e_{name}", report=name, key="1", label=f"{kind} in {town}", role="main", kind=kind,
        days=Days(first=day, last=day, precision="day"), country="XA", admin1=province,
        places=(Place(name=town, country="XA", admin1=province, level="settlement"),),
        targets=(Actor(name=names[1]),), tolls=lines,
    )  # fmt: skip
    return made, Report(id=name, name=name, text=text, published=day + timedelta(days=outlet % 3))


def timed(number: int) -> float:
    """Seconds to link `number` generated event reports."""
    pairs = list(told(number))
    reports = {r.id: r for _, r in pairs}
    start = time.process_time()
    incidents, _ = link_all([e for e, _ in pairs], reports)
    seconds = time.process_time() - start
    each = f"{seconds:8.1f} s  {1e6 * seconds / number:6.0f} µs each"
    print(f"{number:>9} event reports  {len(incidents):>8} incidents  {each}, at most {memory()}")
    return seconds


def copies(number: int) -> float:
    """Seconds to link near copies of one account."""
    chance = random.Random(3)
    body = " ".join(word(chance, 3).lower() for _ in range(200))
    day = date(2024, 3, 4)
    first, _ = event(
        "r0", "Dorval", "Highland", day, "attack", "civilians", {"killed": 6}, ("Quoyle", "pier"), chance, 0
    )  # fmt: skip
    reports, events = {}, []
    for n in range(number):
        name, text = f"r{n}", f"{body} Filed by desk {n}."
        reports[name] = Report(id=name, name=name, text=text, published=day)
        events.append(replace(first, id=f"e_{n}", report=name))
    start = time.process_time()
    incidents, _ = link_all(events, reports)
    seconds = time.process_time() - start
    print(f"{number:>9} near copies    {len(incidents):>8} incidents  {seconds:8.2f} s")
    return seconds


def coded(event: EventReport, report: Report, number: int = 7) -> Coding:
    """A coding with `number` claims, as a report of one incident has on the average."""
    claims = tuple(
        Claim(
            id=content_id("c", report.id, n), report=report.id, passage=0, start=n, end=n + 9,
            quote=report.text[n : n + 9], property="toll", said=str(n), value=event.tolls[n % 2].toll, pack="p",
        )
        for n in range(number)
    )  # fmt: skip
    held = replace(event, claims=tuple(c.id for c in claims))
    return Coding(report=report, claims=claims, event_reports=(held,), pack="p")


def one_more(number: int, folder: Path) -> float:
    """Median seconds to keep and link one more report in a ledger of `number` event reports and seven times the claims.

    The ledger is made in `folder` unless it is there; each run adds other reports to it.
    """
    path = folder / f"links-{number}.db"
    made = path.exists()
    with open_ledger(path) as ledger:
        if not made:
            _make(ledger, number)
        before = ledger.counts()["event_reports"]
        more = [coded(*each) for each in islice(told(before + MORE, number), before, None)]
        taken = [_added(ledger, coding) for coding in more]
    size = path.stat().st_size / 2**20
    print(
        f"{before:>9} held, one more: median {median(w for w, _ in taken):.3f} s, slowest {max(taken)[0]:.3f} s, "
        f"processor {median(p for _, p in taken):.3f} s; ledger {size:.0f} MiB, at most {memory()}"
    )
    return median(w for w, _ in taken)


def _make(ledger: Ledger, number: int) -> None:
    codings = (coded(*each) for each in told(number))
    while some := list(islice(codings, 1_000)):
        ledger.keep(some)
    start = time.perf_counter()
    relink_if_behind(ledger, pack="p")
    print(f"{number:>9} event reports, {7 * number} claims: all linked in {time.perf_counter() - start:.0f} s")


def _added(ledger: Ledger, coding: Coding) -> tuple[float, float]:
    start, before = time.perf_counter(), time.process_time()
    ledger.keep([coding])
    relink_if_behind(ledger, pack="p")
    return time.perf_counter() - start, time.process_time() - before


def memory() -> str:
    """The most memory that this process has held."""
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB"


def main() -> int:
    """Run as the docstring says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("numbers", nargs="*", type=int)
    parser.add_argument("--copies", type=int)
    parser.add_argument("--one", type=int)
    parser.add_argument("--folder", type=Path, help="keep the ledger of --one here, and use it again")
    args = parser.parse_args()
    if args.copies:
        copies(args.copies)
    if args.one:
        with TemporaryDirectory() as folder:
            one_more(args.one, args.folder or Path(folder))
    for number in args.numbers or ([] if args.copies or args.one else [10_000, 100_000]):
        timed(number)
    return 0


if __name__ == "__main__":
    sys.exit(main())
