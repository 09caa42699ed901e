"""What each stage costs on one core, against reading and sentence-splitting alone in the same run.

    bench.py [REPORTS.jsonl] [--count N]

Without a file it codes reports made from templates (and says so). Rates are reports per second of processor time; ratios
are to the baseline of the same run, since absolute figures move with the machine.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from recount.extract import Reader, cues, toll_claims
from recount.extract.speakers import find as find_sources
from recount.read import passages, read, report_from_text
from recount.records import Report
from recount.resolve import actors, dates, places
from recount.river import code
from recount.rules import pack_hash
from recount.settings import Settings

TOWNS = ("Harnai", "Panjgur", "Mastung", "Bannu", "Tank", "Kalat", "Quetta", "Turbat")


def templates(count: int) -> Iterator[Report]:
    """Reports made from templates: four in ten tell of an incident, as a varied news feed does at most."""
    for n in range(count):
        town, dead = TOWNS[n % len(TOWNS)], n % 23 + 2
        if n % 10 < 4:
            body = (
                f"QUETTA: At least {dead} militants were killed in an intelligence-based operation near {town} on Friday, "
                f"the military said. Two soldiers were wounded in the exchange of fire, it added. "
            ) + f"Officials in {town} said a search of the hills went on. Schools and shops stayed shut. " * 12
        else:
            body = (
                f"The council of {town} approved {dead} schemes for roads and water on Monday. Members praised it. "
                * 22
            )
        yield report_from_text(body, name=f"t{n}", headline=f"News of {town} {n}")


def rate(stage: Callable[[Report], object], reports: Sequence[Report]) -> float:
    """Reports per second of one stage."""
    begin = time.process_time()
    for report in reports:
        stage(report)
    return len(reports) / (time.process_time() - begin)


def tolls_only(report: Report) -> list[object]:
    """Figures with the judge, without days and speakers."""
    reader = Reader(report, passages(report), cues(report.text), pack_hash())
    return list(toll_claims(reader, (), lambda start, end: ()))


def located(report: Report) -> list[object]:
    """Place mentions, found and resolved."""
    return list(places.resolve(places.find(report.text), text=report.text))


STAGES: dict[str, Callable[[Report], object]] = {
    "split into passages (baseline)": passages,
    "cue words": lambda r: cues(r.text),
    "figures, judged": tolls_only,
    "days": lambda r: [dates.read(m.said, r.published) for m in dates.find(r.text)],
    "places": located,
    "actors": lambda r: actors.find(r.text),
    "speakers": lambda r: find_sources(r.text, passages(r)),
    "the whole river": code,
}


def main() -> None:
    """Run as the docstring says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--count", type=int, default=1000)
    args = parser.parse_args()
    source = read(args.file, Settings()) if args.file else templates(args.count)
    reports = [r for r in islice(source, args.count) if isinstance(r, Report)]
    print(f"{len(reports)} reports {'from ' + args.file.name if args.file else 'made from templates'}, one core")
    code(reports[0])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    baseline = rate(passages, reports)
    print(f"{'stage':34} {'reports/s':>10} {'of baseline':>12}")
    for name, stage in STAGES.items():
        speed = baseline if stage is passages else rate(stage, reports)
        print(f"{name:34} {speed:10,.0f} {speed / baseline:11.2f}x")
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory
    print(f"peak memory {(memory + grown) / 1024:.0f} MiB, grown by {grown / 1024:.0f} MiB over the run")


if __name__ == "__main__":
    main()
