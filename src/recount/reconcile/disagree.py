"""Why two figures of one incident differ: each disagreement with its type and the values in one sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

from recount.reconcile.disagree_parts import parts_exceed
from recount.reconcile.items import merged
from recount.reconcile.tellings import Cell, Telling, by_cell, order, tellings
from recount.reconcile.timeline import opposed
from recount.records import Claim, Disagreement, EventReport, Harm, Incident, Record, Report, Side
from recount.values.counts import compare, said
from recount.values.texts import fold

SIDE_WORDS: dict[Side, str] = {
    "state_forces": "state forces",
    "armed_group": "armed group",
    "civilians": "civilians",
    "unspecified": "people",
}


class Pair(Record, frozen=True):
    """Two tellings of one harm and side with different figures, and what else their reports say."""

    one: Telling
    other: Telling
    events: Mapping[str, EventReport]
    attackers: frozenset[int]
    """Figures of attackers killed that any report gives."""


Explain = Callable[[Pair], str | None]


def disagreements(
    incident: Incident,
    event_reports: Iterable[EventReport],
    claims: Iterable[Claim],
    reports: Mapping[str, Report],
    parts: Sequence[Incident] = (),
) -> list[Disagreement]:
    """All differing figures of one incident, by harm and side; each pair once, typed by the best explanation."""
    events = list(event_reports)
    return disagreements_of(tellings(incident, events, claims, reports, parts), events)


def disagreements_of(found: Sequence[Telling], event_reports: Iterable[EventReport]) -> list[Disagreement]:
    """The same, from tellings that are at hand."""
    events = {e.id: e for e in event_reports}
    attackers = frozenset(t.number for t in found if t.cell == ("killed", "armed_group") and t.number)
    result = []
    for cell, told in by_cell(found).items():
        for one, other in _differing([*(t for t in told if t.superseded), *merged(told)]):
            result.append(_typed(cell, Pair(one=one, other=other, events=events, attackers=attackers)))
        exceeded = parts_exceed(told)
        result += [exceeded] if exceeded else []
    return result + _sides(found)


def _differing(told: Sequence[Telling]) -> list[tuple[Telling, Telling]]:
    """One pair of tellings for each pair of different figures (the earliest of each), and each fall to a figure that
    was told before."""
    first: dict[str, Telling] = {}
    falls: list[tuple[Telling, Telling]] = []
    last: dict[str, Telling] = {}
    for telling in sorted((t for t in told if t.number is not None), key=order):
        known = first.setdefault(said(telling.toll.count), telling)
        before = last.get(voice := fold(telling.by or ""))
        if known is not telling and voice and before and (before.number or 0) > (telling.number or 0):
            falls.append((before, telling))
        last[voice] = telling
    return [(a, b) for a, b in combinations(first.values(), 2) if a.number != b.number] + falls


def _typed(cell: Cell, pair: Pair) -> Disagreement:
    kind, why = next((k, w) for k, explain in EXPLANATIONS if (w := explain(pair)) is not None)
    harm, side = cell
    return Disagreement(
        kind=kind,  # type: ignore[arg-type]  # the table's names are the record's
        harm=harm,
        side=side,
        claims=(pair.one.claim, pair.other.claim),
        sentence=f"{_told(pair.one)} against {_told(pair.other)} {harm} ({SIDE_WORDS[side]}): {why}.",
    )


def _told(telling: Telling) -> str:
    by = f" claimed by {telling.by}" if telling.by else ""
    day = f" on {telling.published}" if telling.published else ""
    return f"{said(telling.toll.count)}{by}{day}"


def _hedge(pair: Pair) -> str | None:
    found = compare(pair.one.toll.count, pair.other.toll.count)
    return found.reason if found.verdict == "compatible" and not _rises(pair) else None


def _rounding(pair: Pair) -> str | None:
    found = compare(pair.one.toll.count, pair.other.toll.count)
    return found.reason if found.verdict == "rounding" else None


def _attackers(pair: Pair) -> str | None:
    gap = abs((pair.one.number or 0) - (pair.other.number or 0))
    if pair.one.toll.side != "unspecified" or pair.one.toll.harm != "killed" or gap not in pair.attackers:
        return None
    return f"the difference of {gap} is the number of attackers killed, counted by one of them"


def _correction(pair: Pair) -> str | None:
    return (
        "the report itself gives the one as an earlier state" if pair.one.superseded or pair.other.superseded else None
    )


def _scope(pair: Pair) -> str | None:
    a, b = (pair.events.get(t.event_report) for t in (pair.one, pair.other))
    if a is None or b is None or a.id == b.id:
        return None
    x, y = _places(a), _places(b)
    if x and y and (x < y or y < x):
        return f"one counts {_named(a)}, the other {_named(b)}"
    return None


def _place(pair: Pair) -> str | None:
    a, b = (pair.events.get(t.event_report) for t in (pair.one, pair.other))
    if a is None or b is None or not _places(a) or not _places(b) or _places(a) & _places(b):
        return None
    if _rises(pair):
        return None
    return f"one names {_named(a)}, the other {_named(b)}"


def _places(event: EventReport) -> frozenset[str]:
    return frozenset(fold(p.name) for p in event.places)


def _named(event: EventReport) -> str:
    return ", ".join(p.name for p in event.places)


def _interest(pair: Pair) -> str | None:
    if not opposed(pair.one, pair.other):
        return None
    return "the speakers are opposed parties, each with an interest in its figure"


def _rises(pair: Pair) -> bool:
    one, other = sorted((pair.one, pair.other), key=lambda t: (t.published is None, str(t.published)))
    if one.published is None or other.published is None or one.published == other.published:
        return False
    return (other.number or 0) > (one.number or 0)


def _time(pair: Pair) -> str | None:
    a, b = pair.one.published, pair.other.published
    if a is None or b is None or a == b:
        return None
    days = abs((b - a).days)
    if _rises(pair):
        return f"the later report, {days} day(s) on, has the higher figure"
    same_speaker = pair.one.by is not None and fold(pair.one.by) == fold(pair.other.by or "")
    return f"the same speaker gave the lower figure {days} day(s) later" if same_speaker else None


def _conflict(pair: Pair) -> str | None:
    return "same incident and no explanation in the reports"


EXPLANATIONS: tuple[tuple[str, Explain], ...] = (
    ("time", _correction),
    ("rounding", _rounding),
    ("hedge", _hedge),
    ("attackers", _attackers),
    ("interest", _interest),
    ("scope", _scope),
    ("time", _time),
    ("place", _place),
    ("conflict", _conflict),
)


def _sides(found: Sequence[Telling]) -> list[Disagreement]:
    """One number, with different sides: what one report calls civilians, another counts as fighters or just people."""
    cells = by_cell(t for t in found if t.counts and (t.number or 0) > 2)
    result = []
    for (a, b), harm in _side_pairs(cells):
        pair = next(
            ((x, y) for x in cells[harm, a] for y in cells[harm, b] if x.number == y.number and x.report != y.report),
            None,
        )
        if pair and not _both(cells, harm, a, b):
            x, y = pair
            sentence = (
                f"{said(x.toll.count)} {harm} are {SIDE_WORDS[a]} in one report and {SIDE_WORDS[b]} in the other."
            )
            result.append(Disagreement(kind="side", harm=harm, side=b, claims=(x.claim, y.claim), sentence=sentence))
    return result


def _side_pairs(cells: Mapping[Cell, Sequence[Telling]]) -> list[tuple[tuple[Side, Side], Harm]]:
    return [((a, b), h) for (h, a), (g, b) in combinations(sorted(cells), 2) if h == g]


def _both(cells: Mapping[Cell, Sequence[Telling]], harm: Harm, a: Side, b: Side) -> bool:
    """Whether one report gives figures for both sides, so that the equal numbers are two groups of people."""
    return bool({t.report for t in cells[harm, a]} & {t.report for t in cells[harm, b]})
