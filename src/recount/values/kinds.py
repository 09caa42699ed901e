"""What kind of incident it is in the field's own standards: ACLED, GTD, PLOVER, UCDP.

The rows and their order are data (`rules/codebook/kinds.toml`). Of all rows that fit a deed, the one whose code stands
first in the standard's order wins: that is how each codebook settles an incident that fits two types.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

import msgspec
from msgspec import Struct

from recount.errors import BadRule
from recount.records import Actor, Harm, Kind, Side

End = Literal["state_forces", "armed_group", "civilians", "unspecified", "crowd"]
"""Who stands at one end of a deed: a side, or people in a crowd."""
CROWD = "crowd"
"""The neutral name of rioters, mobs and protesters."""


class Deed(Struct, frozen=True, kw_only=True):
    """What a typing rests on: who did what to whom, by which means, with what harm."""

    kind: Kind
    by: frozenset[End] = frozenset()
    to: frozenset[End] = frozenset()
    harms: frozenset[Harm] = frozenset()
    means: frozenset[str] = frozenset()
    foiled: bool = False


class Typed(NamedTuple):
    """A type: its code (None where the standard has none for the deed), its name, and why."""

    code: str | None
    name: str
    reason: str


class Row(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One row of a standard: the code that it gives to deeds that fit all it asks for."""

    code: str
    says: str
    kinds: frozenset[Kind] = frozenset()
    by: frozenset[End] = frozenset()
    to: frozenset[End] = frozenset()
    both: frozenset[End] = frozenset()
    means: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    harms: frozenset[Harm | Literal["none"]] = frozenset()
    foiled: bool | None = None


class Standard(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One codebook's types: the order of precedence, the rows, full names, and what it leaves out."""

    order: tuple[str, ...]
    row: tuple[Row, ...]
    names: Mapping[str, str] = {}
    events: Mapping[str, tuple[str, ...]] = {}
    scope: str = ""


class KindTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All standards, and the words by which means are named."""

    means: Mapping[str, tuple[str, ...]]
    acled: Standard
    gtd: Standard
    plover: Standard
    ucdp: Standard

    def standards(self) -> Iterator[tuple[str, Standard]]:
        """Each standard with its name."""
        yield from (("acled", self.acled), ("gtd", self.gtd), ("plover", self.plover), ("ucdp", self.ucdp))


def kind_table(data: Mapping[str, Any], where: str) -> KindTable:
    """The table out of a parsed file; BadRule names what is wrong and where in it."""
    try:
        table = msgspec.convert(data, KindTable)
    except msgspec.ValidationError as fault:
        raise BadRule(str(fault), where, "Compare the row with its neighbours.") from None
    for name, standard in table.standards():
        for row in standard.row:
            for code in {row.code} - set(standard.order):
                raise BadRule(f"{name}: {code!r} has no place in the order", where, f"Add it to {name}.order.")
            for unknown in sorted((row.means | row.without) - table.means.keys()):
                raise BadRule(f"{name}: unknown means {unknown!r}", where, "Add it under [means], or take it out.")
    return table


def deed_of(
    kind: Kind,
    actors: Iterable[Actor] = (),
    targets: Iterable[Actor] = (),
    tolls: Iterable[tuple[Harm, Side]] = (),
    means: Iterable[str] = (),
    *,
    foiled: bool = False,
) -> Deed:
    """A deed from parties and figures.

    Where no target is named, those harmed stand in for it, apart from the doers' own side. An operation is by its very
    definition that of a state's forces.
    """
    told = tuple(tolls)
    by = frozenset(map(end_of, actors)) or frozenset[End]({"state_forces"} if kind == "operation" else {"unspecified"})
    to = frozenset(map(end_of, targets)) or frozenset[End](side for _, side in told if side not in by)
    harms = frozenset(harm for harm, _ in told)
    return Deed(kind=kind, by=by, to=to, harms=harms, means=frozenset(means), foiled=foiled)


def end_of(actor: Actor) -> End:
    """Where a party stands: its side, or the crowd."""
    return "crowd" if actor.neutral == CROWD else actor.side


def type_of(deed: Deed, standard: Standard) -> Typed:
    """The type of the row that fits and stands first in the standard's order; code None where no row fits."""
    fitting = [row for row in standard.row if fits(row, deed)]
    if not fitting:
        return Typed(None, "", f"no row fits a deed of the kind {deed.kind}")
    best = min(fitting, key=lambda row: standard.order.index(row.code))
    return Typed(best.code, standard.names.get(best.code, best.code), _reason(best, deed, fitting, standard))


def fits(row: Row, deed: Deed) -> bool:
    """Whether a deed has all that a row asks for."""
    harmless: frozenset[str] = frozenset({"none"} if not deed.harms else ())
    wanted = ((row.kinds, {deed.kind}), (row.by, deed.by), (row.to, deed.to), (row.means, deed.means))
    return (
        all(not asked or asked & set(given) for asked, given in wanted)
        and (not row.harms or bool(row.harms & (deed.harms | harmless)))
        and row.both <= (deed.by | deed.to)
        and not row.without & deed.means
        and row.foiled in (None, deed.foiled)
    )


def _reason(best: Row, deed: Deed, fitting: Sequence[Row], standard: Standard) -> str:
    told = [f"kind {deed.kind}", *(f"means {m}" for m in sorted(best.means & deed.means))]
    outranked = sorted({row.code for row in fitting} - {best.code}, key=standard.order.index)
    before = f"; comes before {', '.join(outranked)}" if outranked else ""
    return f"{best.says.rstrip('.')} ({', '.join(told)}){before}"


# ---------------------------------------------------------------------------------------------------- standards


def acled_type(deed: Deed, table: KindTable) -> Typed:
    """ACLED sub-event type; the name is "event type: sub-event type"."""
    found = type_of(deed, table.acled)
    event = next((event for event, subs in table.acled.events.items() if found.code in subs), None)
    return found._replace(name=f"{event}: {found.code}") if event else found


def gtd_attack_type(deed: Deed, table: KindTable) -> Typed:
    """GTD attack type, "1" to "9"; None for what only a state's forces do, which GTD leaves out."""
    if deed.by == {"state_forces"}:
        return Typed(None, "", table.gtd.scope)
    return type_of(deed, table.gtd)


def plover_event(deed: Deed, table: KindTable) -> Typed:
    """PLOVER "CATEGORY-mode" (a category alone where it has no mode)."""
    return type_of(deed, table.plover)


def ucdp_violence_type(deed: Deed, table: KindTable) -> Typed:
    """UCDP type of violence, "1" to "3"; None where no organised party is told to act."""
    found = type_of(deed, table.ucdp)
    return found if found.code else Typed(None, "", table.ucdp.scope)
