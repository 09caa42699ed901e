"""Write docs/worked-example.md: three short reports, read, linked and counted under each rule set.

    build_worked_example.py [--check]

Every number on the page is computed from the texts in docs/worked-example/. With `--check` nothing is written, and the
exit status is 1 where the page is not what would be written.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from recount import reconcile
from recount.export.ground import above
from recount.reconcile.rule_sets import RULE_SETS
from recount.reconcile.totals import increment
from recount.records import Coding, EventReport, Figure, Incident, Record, Report, TollLine, TollPoint
from recount.river import code, link
from recount.values.counts import point, said

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGE, TEXTS = DOCS / "worked-example.md", DOCS / "worked-example"
CODEBOOKS = ("ucdp", "acled", "gtd", "ibc")
SIDE_WORDS = {
    "state_forces": "state forces", "armed_group": "armed group", "civilians": "civilians",
    "unspecified": "side not told", None: "all sides",
}  # fmt: skip


class Case(Record, frozen=True):
    """The three reports as coded and linked; `whole` is the incident with most parts and figures."""

    codings: tuple[Coding, ...]
    incidents: tuple[Incident, ...]
    whole: Incident

    @property
    def events(self) -> list[EventReport]:
        """All event reports, in the order of the reports."""
        return [e for c in self.codings for e in c.event_reports]

    @property
    def reports(self) -> dict[str, Report]:
        """The reports by id."""
        return {c.report.id: c.report for c in self.codings}

    def parts(self, incident: Incident) -> tuple[Incident, ...]:
        """The incidents inside one."""
        return below(incident, self.incidents)

    def ground(self, incident: Incident) -> tuple[object, ...]:
        """What every question of `reconcile` takes."""
        claims = [claim for coding in self.codings for claim in coding.claims]
        return incident, self.events, claims, self.reports, self.parts(incident)


def below(incident: Incident, incidents: Sequence[Incident]) -> tuple[Incident, ...]:
    """The incidents inside one, at any depth."""
    named = {i.id: i for i in incidents}
    return tuple(i for i in incidents if incident in above(i, named))


def case() -> Case:
    """Read, link and keep in memory."""
    codings = tuple(code(_report(path)) for path in sorted(TEXTS.glob("*.txt")))
    events = [e for c in codings for e in c.event_reports]
    incidents, _ = link(events, {c.report.id: c.report for c in codings})
    biggest = max(incidents, key=lambda i: (len(i.event_reports), len(below(i, incidents)), i.id))
    return Case(codings=codings, incidents=tuple(incidents), whole=biggest)


def _report(path: Path) -> Report:
    from recount.read.report import report_from_text

    return report_from_text(path.read_text(encoding="utf-8"), name=path.stem, source=path.name)


def page(of: Case) -> str:
    """The whole page."""
    return "\n".join([*INTRODUCTION, *_told(of), *_incidents(of), *_evolution(of), *_side_by_side(of), *_rows(of),
                      *_disagreements(of), *_evidence(of)]) + "\n"  # fmt: skip


INTRODUCTION = (
    "# Worked example: two statements and one town",
    "",
    "<!-- Written by scripts/build_worked_example.py from the texts in docs/worked-example/: change those, not this. -->",
    "",
    "A press office counts the dead of a wave of attacks and of the raids that followed. Three days later officials give",
    "larger figures for the same operation. A local report tells of one attack inside it. The first two texts retell,",
    "in other words, what was published; the third is invented, to show what one identified incident does to a total.",
    "Every number below is computed from the texts when this page is built.",
    "",
)


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    cells = [[("" if c is None else str(c)).replace("|", "/").replace("\n", " ") for c in row] for row in rows]
    return [*lines, *(f"| {' | '.join(row)} |" for row in cells), ""]


def _told(of: Case) -> list[str]:
    rows = [
        (
            coding.report.name,
            f"“{line.quote}”",
            said(line.toll.count),
            line.toll.harm,
            SIDE_WORDS[line.toll.side],
            line.by,
        )
        for coding in of.codings
        for event in coding.event_reports
        for line in event.tolls
    ]
    return ["## What the reports say", "", *_table(("report", "words", "read as", "harm", "side", "said by"), rows)]


def _incidents(of: Case) -> list[str]:
    labels = {i.id: _name(i) for i in of.incidents}
    rows = [
        (_name(i), i.days.first, len(i.event_reports), labels.get(i.part_of or "", ""), i.part_reason)
        for i in of.incidents
    ]
    head = ("incident", "first day", "accounts", "part of", "why")
    return ["## Which incidents they tell of", "", *_table(head, rows)]


def _name(incident: Incident) -> str:
    places = [p.name for p in incident.places]
    more = f" and {len(places) - 2} more" if len(places) > 3 else ""
    return f"{incident.kind} in {', '.join(places[: 2 if more else 3])}{more}"


def _evolution(of: Case) -> list[str]:
    points = [p for p in reconcile.timeline(*of.ground(of.whole)) if not p.change.startswith("of a part")]  # type: ignore[arg-type]
    rows = [
        (p.published, said(p.toll.count), p.toll.harm, SIDE_WORDS[p.toll.side], p.by,
         reconcile.standpoint(p.party, p.toll.side), p.change)
        for p in points
    ]  # fmt: skip
    head = ("published", "figure", "harm", "side", "said by", "standpoint", "change")
    return ["## How the toll of the whole evolved", "", *_table(head, rows), *_increments(points)]


def _increments(points: Sequence[TollPoint]) -> list[str]:
    lines = []
    for side in sorted({p.toll.side for p in points}):
        numbers = [n for p in points if p.toll.side == side and (n := point(p.toll.count)) is not None]
        if len(numbers) > 1:
            first, last = numbers[0], numbers[-1]
            lines.append(
                f"- {SIDE_WORDS[side]}: {first}, then {last}, an increment of {increment(first, last):+d}. Adding the "
                f"two would give {first + last} and count {first} people twice."
            )
    return [*lines, ""]


def _side_by_side(of: Case) -> list[str]:
    quotes = {line.claim: line for e in of.events for line in e.tolls}
    lines = ["## Rule sets side by side", "", f"Killed, in the {_name(of.whole)}:", ""]
    rows: list[tuple[object, ...]] = []
    for name in RULE_SETS:
        for f in _killed(of, of.whole, name):
            rows.append((f"{f.rule_set} ({f.version})", SIDE_WORDS[f.side], f.low, f.best, f.high,
                         "; ".join(_figure(quotes[c]) for c in f.used), f.reason))  # fmt: skip
    lines += _table(("rule set", "side", "low", "best", "high", "claims used", "how"), rows)
    lines += ["What each codebook leaves out, and why:", ""]
    for name in CODEBOOKS:
        dropped = {c: why for f in _killed(of, of.whole, name) for c, why in f.dropped if c in quotes}
        lines += [f"- {name}: {_figure(quotes[c])} {why}." for c, why in dropped.items()]
    return [*lines, ""]


def _figure(line: TollLine) -> str:
    return f"{said(line.toll.count)} {SIDE_WORDS[line.toll.side]}"


def _killed(of: Case, incident: Incident, rules: str) -> list[Figure]:
    return [f for f in reconcile.figures(*of.ground(incident), rules=rules) if f.harm == "killed"]  # type: ignore[arg-type]


def _rows(of: Case) -> list[str]:
    lines = ["## The rows that each codebook would enter", "", "All sides together.", ""]
    named = {i.id: _name(i) for i in of.incidents}
    for name in ("ucdp", "acled", "gtd"):
        rows = []
        for incident in of.incidents:
            dealt = reconcile.shares(*of.ground(incident), rules=name)  # type: ignore[arg-type]
            rows += [(named[s.incident], s.place.name if s.place else "", s.day, s.low, s.best, s.high, s.reason)
                     for s in dealt if s.side is None]  # fmt: skip
        lines += [f"### {name}", "", *_table(("incident", "place", "day", "low", "best", "high", "how"), rows)]
        lines += [f"Together {sum(int(str(row[4])) for row in rows)}.", ""]
    return lines


def _disagreements(of: Case) -> list[str]:
    found = reconcile.disagreements(*of.ground(of.whole))  # type: ignore[arg-type]
    return ["## What differs, and why", "", *(f"- {d.kind}: {d.sentence}" for d in found), ""]


def _evidence(of: Case) -> list[str]:
    return ["## What is offered as proof", "", *_checklists(of)]


def _checklists(of: Case) -> Iterator[str]:
    claims = [claim for coding in of.codings for claim in coding.claims]
    for incident in (of.whole, *of.parts(of.whole)):
        rows = reconcile.checklist(incident, of.events, claims)
        yield f"On the {_name(incident)}:"
        yield ""
        yield from _table(("asked", "found"), [(row.question, row.found) for row in rows])


def main() -> int:
    """Write the page, or hold it against what would be written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where the page is out of date")
    args = parser.parse_args()
    text = page(case())
    if not args.check:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    print(f"{PAGE.name} is out of date: run scripts/build_worked_example.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
