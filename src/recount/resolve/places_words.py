"""Is this name a place here? Its neighbours, weighed against persons, bodies and plain words."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from msgspec import Struct

from recount.resolve.places_gazetteer import gazetteer
from recount.resolve.places_names import TYPE_WORDS, normal
from recount.resolve.places_world import Spot
from recount.rules import read_table

LARGE, MIDDLE = 100_000, 15_000
_CONTAINED = re.compile(r",\s+(?:[Tt]he\s+)?([A-Z][\w.]*(?:[ -][A-Z][\w.]*){0,3})")


_NO_SITES = frozenset({"university", "road", "highway", "street", "school", "motorway", "express"})
"""Facilities whose names tell little of where they are: "Multan Road" is long, "Peshawar University" speaks."""


class Token(Struct, frozen=True, gc=False):
    """A word of a run with its normal form; offsets are counted from the start of the run."""

    start: int
    end: int
    word: str
    key: str
    possessive: bool = False


class Run(Struct, gc=False):
    """Consecutive capitalised words, with the small words that join names; `stretches` are the listed names in it."""

    text: str
    start: int
    tokens: list[Token]
    stretches: tuple[tuple[int, int, str], ...] = ()

    def begins(self, token: int) -> int:
        """Where a token starts in the text."""
        return self.start + self.tokens[token].start

    def ends(self, token: int) -> int:
        """Where a token ends in the text."""
        return self.start + self.tokens[token].end

    def spaced(self, token: int) -> bool:
        """Whether a space, not a hyphen alone, stands before a token."""
        return " " in self.text[self.ends(token - 1) : self.begins(token)]


class Words(Struct, frozen=True):
    """The word lists of `words.toml`, as sets."""

    titles: frozenset[str]
    offices: frozenset[str]
    persons: frozenset[str]
    bodies: frozenset[str]
    facilities: frozenset[str]
    plain: frozenset[str]
    after_preposition: frozenset[str]
    plain_bodies: frozenset[str]
    sites: frozenset[str]
    locative: frozenset[str]
    directions: frozenset[str]
    no_given_names: frozenset[str]


@cache
def words() -> Words:
    """The word lists, read once."""
    lists = {name: frozenset(entries) for name, entries in read_table("gazetteers/words.toml").items()}
    bodies, facilities = lists["bodies"], lists["facilities"]
    others = frozenset[str]().union(*(lists[n] for n in ("locative", "directions", "bodies", "plain", "offices")))
    return Words(**lists, no_given_names=others, plain_bodies=bodies - facilities, sites=facilities - _NO_SITES)


_SURE = 3  # as strong as a province: a namesake changes nothing


def judge(
    run: Run, first: int, last: int, key: str, spots: tuple[Spot, ...], *, kind: str | None, countries: frozenset[str]
) -> bool:
    """Whether the tokens `first` to `last` of a run name a place here."""
    lists = words()
    single = first == last
    named_kind = kind is not None and kind.lower() in TYPE_WORDS
    strength = _strength(key, single=single)
    located = _located(run, first)
    if (
        single
        and key in lists.plain
        and not (key in lists.after_preposition and located and not _company(run, first, last))
    ):
        return named_kind and strength >= 1 and not _company(run, first, last)
    if _belongs_to_body(run, first, last, strength):
        return False
    if _belongs_to_person(run, first, last, strength, kind=kind):
        return False
    if all(token.key in lists.persons for token in run.tokens[first : last + 1]) and strength < 3:
        return (located or named_kind or _chained(run, last, spots)) and not _company(run, first, last)
    if strength >= 2 or named_kind or kind is not None:
        return True
    if _chained(run, last, spots):
        return True
    fits = not countries or any(spot.country in countries for spot in spots)
    if strength == 1:
        return fits and (located or not single or bool(countries))
    return fits and located and bool(countries)


def named_after(run: Run, first: int, last: int, key: str) -> bool:
    """Whether the tokens are a person's name here, which the report may then use alone ("Ana Bondi", later "Bondi")."""
    lists, tokens = words(), run.tokens
    if first == 0 or last + 1 < len(tokens) or not run.spaced(first) or _strength(key, single=first == last) >= _SURE:
        return False
    before = tokens[first - 1]
    plain = before.word[:1].isupper() and before.word[1:].islower() and not before.possessive
    return plain and (
        before.key in lists.titles or not (before.key in lists.no_given_names or _strength(before.key, single=True) > 0)
    )


def only_named(run: Run, first: int) -> bool:
    """Whether nothing right before a name says that it is a place."""
    return not _located(run, first)


@lru_cache(maxsize=20000)
def _strength(key: str, *, single: bool) -> int:
    """How surely a name means a place: 3 country or province, 2 large town or curated name, 1 middling, 0 small."""
    best = 0
    for spot in gazetteer().spots(key):
        if spot.curated:
            rank = 3 if spot.level in ("country", "province", "region", "sea") else 2
        elif spot.level == "country":
            rank = 3
        elif spot.level == "province":
            rank = 2
        elif spot.level == "district":
            rank = 0 if spot.country == "US" else 1
        else:
            rank = 2 if spot.population >= LARGE else 1 if spot.population >= MIDDLE else 0
            if not spot.own:
                rank = 1 if spot.population >= 500_000 else 0
        best = max(best, rank)
    return best if single or best == 3 else best + 1


def _located(run: Run, first: int) -> bool:
    """Whether a preposition of place stands right before the name."""
    start = run.begins(first)
    before = run.text[max(0, start - 24) : start].split()
    if first > 0 and run.tokens[first - 1].key in words().locative:
        return True
    while before and before[-1].lower() in words().directions:
        before.pop()
    return bool(before) and before[-1].lower() in words().locative


def _company(run: Run, first: int, last: int) -> bool:
    """Whether another capitalised word stands directly beside the name in its run."""
    lists = words()
    before = (
        first > 0 and run.tokens[first - 1].word[:1].isupper() and run.tokens[first - 1].key not in lists.directions
    )
    if before and run.tokens[first - 1].key in lists.locative:
        before = False
    after = last + 1 < len(run.tokens) and run.tokens[last + 1].word[:1].isupper() and not run.tokens[last].possessive
    if after and run.tokens[last + 1].key in TYPE_WORDS:
        after = False
    return before or after


def _belongs_to_body(run: Run, first: int, last: int, strength: int) -> bool:
    """Part of a body's name: "Bank of Khyber", "Karachi Kings", "Balochistan Liberation Army"."""
    lists, tokens = words(), run.tokens
    if first >= 2 and tokens[first - 1].key == "of" and tokens[first - 2].key in lists.bodies:
        return True
    if first >= 1 and tokens[first - 1].key in lists.plain_bodies and tokens[first - 1].word[:1].isupper():
        # "Police Quetta" and the like, but "ATTACK ON ARMY CAMP QUETTA" runs on
        return len(tokens) <= 4 and tokens[first - 1].key not in lists.offices
    if tokens[last].possessive or len(tokens) > 8:
        return False
    behind = tokens[last + 1 : last + 5]
    for distance, token in enumerate(behind):
        if not token.word[:1].isupper():
            return False
        if token.key in lists.bodies:
            return not (distance == 0 and token.key in lists.sites)
        if token.key in lists.titles or token.key in lists.persons or token.possessive:
            return False
    return False


def _belongs_to_person(run: Run, first: int, last: int, strength: int, *, kind: str | None) -> bool:
    """Part of a person's name: "Lt Gen Ahmed Sharif", "Jalal Khan"."""
    lists, tokens = words(), run.tokens
    if first and run.spaced(first):
        before = tokens[first - 1]
        if before.key in lists.titles and before.key not in lists.offices and not before.possessive:
            return strength < 3
        if before.key in lists.persons and not before.possessive and before.key not in lists.directions:
            return True
        if before.key in lists.locative:
            return False
        if before.word[:1].isupper() and not before.possessive and strength < 2 and kind is None:
            return before.key not in lists.directions and before.key not in lists.offices and len(tokens) < 8
        if (len(before.word) == 2 and before.word.endswith(".")) or len(before.word) == 1:
            return True
    if last + 1 < len(tokens) and not tokens[last].possessive and kind is None:
        after = tokens[last + 1]
        if after.key in lists.persons and strength < 3:
            return True
        if after.word[:1].isupper() and strength < 2 and run.spaced(last + 1):
            return after.key not in TYPE_WORDS and after.key not in lists.facilities and len(tokens) < 8
    return False


def _chained(run: Run, last: int, spots: tuple[Spot, ...]) -> bool:
    """Whether the name is followed by a comma and the area that holds it: "Hub, Balochistan"."""
    match = _CONTAINED.match(run.text, run.ends(last))
    if not match:
        return False
    known, outer = gazetteer(), match.group(1)
    outer = known.state_codes.get(outer, outer)
    areas = [spot for spot in known.spots(normal(outer)) if spot.level in ("country", "province", "district")]
    return any(area.country == spot.country and area.area[1] in ("", spot.area[1]) for area in areas for spot in spots)
