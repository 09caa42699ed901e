"""The actor gazetteer read from the rule folder, checked, and laid out as spellings for one scan."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, cast, get_args

from recount.errors import BadRule
from recount.records import Party, Side
from recount.rules import FOLDER, read_table

PLACE = "gazetteers/actors"
_GROUP_KEYS = frozenset({"country", "countries", "side", "party", "generic", "actors"})
_ACTOR_KEYS = frozenset(
    {"aliases", "labels", "neutral", "country", "side", "party", "generic", "from", "until", "source"}
)
_LABEL_KEYS = frozenset({"words", "of", "from", "until", "note"})
_PARTS = frozenset({"Military", "Security forces", "Police", "Government"})


class Entry(NamedTuple):
    """One way to name an actor: its neutral name and what the vocabulary says of it.

    `risky`: counts only where another name of the actor stands in the text. `first` and `last`: the days between which
    the name was in use, None where open.
    """

    neutral: str
    side: Side
    party: Party
    country: str | None
    generic: bool = False
    risky: bool = False
    metonym: bool = False
    adjective: bool = False
    state: bool = False
    label_of: str | None = None
    first: date | None = None
    last: date | None = None


class Table(NamedTuple):
    """Every spelling with its entry, and the words behind a state's name with the part of the state that they name."""

    spellings: dict[str, Entry]
    forces: dict[str, str]
    states: dict[str, str]


@cache
def actor_table() -> Table:
    """The gazetteer of the rule folder, read once; BadRule names file and nearest known name."""
    names = sorted(Path(p).name for p in (FOLDER / PLACE).glob("*.toml"))
    return build_table({name: read_table(f"{PLACE}/{name}") for name in names})


def build_table(files: Mapping[str, Mapping[str, Any]]) -> Table:
    """A table out of parsed files by name; `states.toml` is read as states, all others as groups of actors."""
    spellings: dict[str, Entry] = {}
    forces: dict[str, str] = {}
    states: dict[str, str] = {}
    for name, table in files.items():
        if name == "states.toml":
            continue
        for group in _checked(table, frozenset({"source", "group"}), name).get("group", ()):
            _read_group(group, name, spellings)
    if "states.toml" in files:
        _read_states(files["states.toml"], spellings, forces, states)
    return Table(spellings, forces, states)


def _checked(table: Mapping[str, Any], keys: frozenset[str], where: str) -> Mapping[str, Any]:
    for key in table.keys() - keys:
        near = difflib.get_close_matches(key, keys, n=1)
        hint = f"Did you mean {near[0]!r}?" if near else f"Use one of {', '.join(sorted(keys))}."
        raise BadRule(f"unknown key {key!r}", f"{PLACE}/{where}", hint)
    return table


def _one_of(value: str, kind: Any, what: str, where: str) -> str:
    if value in get_args(kind):
        return value
    near = difflib.get_close_matches(value, get_args(kind), n=1)
    hint = f"Did you mean {near[0]!r}?" if near else f"Use one of {', '.join(get_args(kind))}."
    raise BadRule(f"unknown {what} {value!r}", where, hint)


def _day(value: str | None, where: str) -> date | None:
    try:
        return date.fromisoformat(value) if value is not None else None
    except (ValueError, TypeError):
        raise BadRule(f"bad date {value!r}", where, "Write it as 2024-07-26.") from None


def _read_group(group: Mapping[str, Any], name: str, spellings: dict[str, Entry]) -> None:
    _checked(group, _GROUP_KEYS, name)
    for neutral, given in group.get("actors", {}).items():
        where = f"{PLACE}/{name}, {neutral!r}"
        row = _checked({"aliases": given} if isinstance(given, list) else given, _ACTOR_KEYS, f"{name}, {neutral!r}")
        entry = _entry(row.get("neutral", neutral), group, row, where)
        _add_all([neutral, *row.get("aliases", ())], entry, where, spellings)
        for label in row.get("labels", ()):
            _checked(label, _LABEL_KEYS, f"{name}, {neutral!r}, label")
            first, last = _day(label.get("from"), where), _day(label.get("until"), where)
            labelled = entry._replace(label_of=label["of"], first=first, last=last)
            _add_all(label["words"], labelled, where, spellings)


def _entry(neutral: str, group: Mapping[str, Any], row: Mapping[str, Any], where: str) -> Entry:
    side = _one_of(row.get("side", group.get("side", "unspecified")), Side, "side", where)
    default = {"state_forces": "state", "armed_group": "armed_group"}.get(side, "third")
    party = _one_of(row.get("party", group.get("party", default)), Party, "party", where)
    return Entry(
        neutral=neutral,
        side=cast(Side, side),
        party=cast(Party, party),
        country=row.get("country", group.get("country")) or None,
        generic=row.get("generic", group.get("generic", False)),
        first=_day(row.get("from"), where),
        last=_day(row.get("until"), where),
    )


def _add_all(names: list[str], entry: Entry, where: str, spellings: dict[str, Entry]) -> None:
    for name in names:
        risky = name.startswith("?")
        own = entry._replace(risky=True) if risky else entry
        for spelling in variants(name.removeprefix("?")):
            known = spellings.setdefault(spelling, own)
            if known is own or (known.neutral == entry.neutral and known.label_of == entry.label_of):
                continue
            if not risky and not known.risky:
                raise BadRule(f"{spelling!r} already names {known.neutral!r}", where, "Keep it in one place only.")
            if not risky:
                spellings[spelling] = own


def variants(name: str) -> Iterator[str]:
    """The spellings of one name: both apostrophes, hyphens as spaces, no accents, a capital at the sentence's start."""
    plain = name.replace("’", "'")
    if plain.isascii() and plain[0].isupper() and "-" not in plain and "'" not in plain:
        return iter((plain,))
    found = {plain}
    if not plain.isascii():
        marks = unicodedata.normalize("NFKD", plain)
        found.add("".join(c for c in marks if not unicodedata.combining(c)))
    if "-" in plain and len(plain) > 5:
        found |= {form.replace("-", " ") for form in found}
    found |= {form[0].upper() + form[1:] for form in found}
    if plain.islower() and " " in plain:
        found |= {form.title() for form in found if "'" not in form}
    if "'" in plain:
        found |= {form.replace("'", "’") for form in found}
    return iter(sorted(found))


def _read_states(
    table: Mapping[str, Any], spellings: dict[str, Entry], forces: dict[str, str], states: dict[str, str]
) -> None:
    where = f"{PLACE}/states.toml"
    _checked(table, frozenset({"source", "names", "adjectives", "metonyms", "forces"}), "states.toml")
    states.update({code: names[0] for code, names in table["names"].items()})
    for kind in ("names", "adjectives", "metonyms"):
        for code, names in table[kind].items():
            if code not in states:
                raise BadRule(f"{kind} of a state without a name: {code!r}", where, "Add it to [names].")
            entry = Entry(states[code], "state_forces", "state", code, state=True)
            entry = entry._replace(adjective=kind == "adjectives", metonym=kind == "metonyms")
            _add_all(names, entry, where, spellings)
    for part, words in table["forces"].items():
        if part not in _PARTS:
            raise BadRule(f"unknown part of a state {part!r}", where, f"Use one of {', '.join(sorted(_PARTS))}.")
        for word in words:
            forces[word] = part
