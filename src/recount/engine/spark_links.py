"""Linking on Spark: the linker's own blocks, comparisons and clusters, each spread over the workers.

What is compared, and with which weights, is decided in `recount.link` alone; this module only says where it happens. Copies
are found among event reports of one face, pairs inside one block, clusters inside what worthwhile pairs connect. Rarity of
words, the connected parts and the operations are worked out by the driver, which holds no texts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from recount.engine.archive_links import told
from recount.link import Pairs, gathered
from recount.link.blocks import Key, keys, pairs_of
from recount.link.compare import score
from recount.link.copies import face_of, stand_ins
from recount.link.judged import Judged
from recount.link.neighbourhood import WORTH
from recount.link.operations import with_operations
from recount.link.profile import Profile, Rarity, profiles_of
from recount.records import EventReport, Incident, Link, Report

Told = tuple[EventReport, Report, Profile]
Pair = tuple[str, str]
NONE = Judged(same={}, different={})


def link_on_spark(spark: Any, out: Path, parts: Sequence[str]) -> tuple[list[Incident], list[Link]]:
    """Incidents and links of all event reports in these parts: what `link.link_all` gives for them."""
    if not parts:
        return [], []
    facts = spark.parallelize(parts, len(parts)).flatMap(partial(_facts, str(out))).cache()
    profiles = facts.mapValues(_profile)
    stands_for = dict(profiles.map(_by_face).groupByKey().flatMap(_stand_ins).collect())
    shared = spark.broadcast(stands_for)
    firsts = profiles.filter(partial(_is_first, shared)).cache()
    rarity = spark.broadcast(_rarity(firsts))
    edges = _edges(firsts, rarity).collect()
    home = components(edges, stands_for)
    near = spark.broadcast(_by_component(edges, home))
    where = spark.broadcast(home)
    groups = facts.map(partial(_placed, where)).groupByKey()
    found = groups.map(partial(_gathered, near, shared, rarity)).collect()
    incidents = sorted((i for some, _ in found for i in some), key=_by_day)
    links = sorted((k for _, some in found for k in some), key=lambda k: (k.incident, k.event_report))
    return with_operations(incidents, *_light(facts)), links


def _facts(out: str, part: str) -> Iterator[tuple[str, Told]]:
    events, reports = told(Path(out), [part])
    profiles = profiles_of(events, reports)
    for event in events:
        yield event.id, (event, reports[event.report], profiles[event.id])


def _profile(fact: Told) -> Profile:
    return fact[2]


def _by_face(named: tuple[str, Profile]) -> tuple[str, Profile]:
    return face_of(named[1]), named[1]


def _stand_ins(group: tuple[str, Iterable[Profile]]) -> list[tuple[str, str]]:
    return list(stand_ins({profile.id: profile for profile in group[1]}).items())


def _is_first(stands_for: Any, named: tuple[str, Profile]) -> bool:
    return bool(stands_for.value[named[0]] == named[0])


def _rarity(firsts: Any) -> Rarity:
    """How many event reports hold each word, place and name."""
    found = Rarity()
    counted: dict[str, Counter[str]] = {"word": found.words, "place": found.places, "name": found.names}
    for (kind, word), number in firsts.values().flatMap(_counted).reduceByKey(_plus).toLocalIterator():
        if kind == "all":
            found.total = number
        else:
            counted[kind][word] = number
    return found


def _counted(profile: Profile) -> Iterator[tuple[tuple[str, str], int]]:
    one = Rarity([profile])
    yield ("all", ""), 1
    for kind, words in (("word", one.words), ("place", one.places), ("name", one.names)):
        yield from (((kind, word), number) for word, number in words.items())


def _plus(one: int, other: int) -> int:
    return one + other


def _edges(firsts: Any, rarity: Any) -> Any:
    """The pairs that share a block and are worth drawing together."""
    pairs = firsts.values().flatMap(_blocks).groupByKey().flatMap(_pairs).distinct()
    one = pairs.join(firsts).map(_other_first)
    return one.join(firsts).filter(partial(_worth, rarity)).map(_pair)


def _blocks(profile: Profile) -> Iterator[tuple[Key, Profile]]:
    empty = frozenset[str]()
    slim = replace(profile, words=empty, account=empty, names=empty, copy=b"", cells={}, place_words=empty)
    for key in set(keys(profile)):
        yield key, slim


def _pairs(block: tuple[Key, Iterable[Profile]]) -> list[Pair]:
    key, members = block
    profiles = {member.id: member for member in members}
    return list(pairs_of(key[0], sorted(profiles), profiles))


def _other_first(joined: tuple[str, tuple[str, Profile]]) -> tuple[str, Profile]:
    _, (other, profile) = joined
    return other, profile


def _worth(rarity: Any, joined: tuple[str, tuple[Profile, Profile]]) -> bool:
    one, other = joined[1]
    return score(one, other, rarity.value, WORTH) > WORTH


def _pair(joined: tuple[str, tuple[Profile, Profile]]) -> Pair:
    one, other = joined[1][0].id, joined[1][1].id
    return (one, other) if one < other else (other, one)


def components(edges: Iterable[Pair], stands_for: Mapping[str, str]) -> dict[str, str]:
    """For each event report the smallest one that edges, or being a copy of one another, connect it with."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while (above := parent.get(name, name)) != name:
            parent[name] = parent.get(above, above)
            name = above
        return name

    for one, other in (*edges, *stands_for.items()):
        a, b = root(one), root(other)
        parent[max(a, b)] = min(a, b)
    return {name: root(name) for name in stands_for}


def _by_component(edges: Iterable[Pair], home: Mapping[str, str]) -> dict[str, list[Pair]]:
    found: dict[str, list[Pair]] = {}
    for edge in sorted(edges):
        found.setdefault(home[edge[0]], []).append(edge)
    return found


def _placed(home: Any, fact: tuple[str, Told]) -> tuple[str, Told]:
    return home.value[fact[0]], fact[1]


def _gathered(
    near: Any, stands_for: Any, rarity: Any, group: tuple[str, Iterable[Told]]
) -> tuple[list[Incident], list[Link]]:
    home, members = group[0], list(group[1])
    events = {event.id: event for event, _, _ in members}
    reports = {report.id: report for _, report, _ in members}
    profiles = {profile.id: profile for _, _, profile in members}
    pairs = Pairs(profiles, {e: stands_for.value[e] for e in events}, rarity.value)
    return gathered(events, reports, near.value.get(home, ()), NONE, pairs)


def _light(facts: Any) -> tuple[dict[str, EventReport], dict[str, Profile]]:
    """Event reports and profiles without what operations never look at."""
    found = facts.values().map(_without_words).collect()
    return {event.id: event for event, _ in found}, {profile.id: profile for _, profile in found}


def _without_words(fact: Told) -> tuple[EventReport, Profile]:
    event, _, profile = fact
    empty = frozenset[str]()
    slim = replace(profile, words=empty, account=empty, names=empty, copy=b"")
    return replace(event, tolls=(), claims=(), places=(), actors=(), targets=(), reason=""), slim


def _by_day(incident: Incident) -> tuple[bool, str, str]:
    return (incident.days.first is None, str(incident.days.first), incident.id)
