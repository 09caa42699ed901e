"""Find names of places in a text: runs of capitalised words, looked up longest first, judged by their neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from recount.resolve.places_gazetteer import Gazetteer, gazetteer
from recount.resolve.places_names import ARTICLES, MAX_TOKENS, normal
from recount.resolve.places_patterns import (
    ADDRESSED,
    ARTICLE_BEFORE,
    INSIDE,
    JOINED_AFTER,
    JOINED_BEFORE,
    KIND_BEFORE,
    LOOSENED,
    LOOSENING,
    RELATION,
    RUN,
    TELLING_KINDS,
    TOKEN,
    VERB,
    WORDS,
    kind_after,
    may_be_told,
)
from recount.resolve.places_words import Run, Token, judge, named_after, only_named, words
from recount.resolve.places_world import Spot
from recount.values.soft_hyphens import Plain, plain

_OPENERS = (
    frozenset(["the", "a", "in", "on", "at", "for", "from", "to", "of", "by", "as", "with", "and", "is", "it"])
    - ARTICLES
)


_SHORT_ARTICLES = ARTICLES - {"al", "el"}
_TELLING_LEVELS = frozenset({"country", "province"})
LARGE = 500_000  # people: a town that tells the country by itself


class PlaceMention(Struct, frozen=True, kw_only=True, gc=False):
    """A name of a place in a text: `text[start:end] == name`, type word included ("Mastung district").

    `head` is the name without type word. `relation` are the words before it that loosen the point ("near", "17 km
    from", "southern"), `relation_start` where they start. `kind` is the type word, before or behind. `metonym` is true
    where the name stands for a government ("Kabul condemned"). `known` is false for a name that no list has and that
    only its type word, or the area behind it, gives away.
    """

    start: int
    end: int
    name: str
    relation: str | None = None
    relation_start: int | None = None
    head: str = ""
    kind: str | None = None
    metonym: bool = False
    known: bool = True


class _Hit(Struct, gc=False):
    """A stretch of a run's tokens that the gazetteer knows."""

    run: Run
    first: int
    last: int
    key: str
    spots: tuple[Spot, ...]


def find(text: str, start: int = 0, end: int | None = None) -> list[PlaceMention]:
    """The names of places in `text[start:end]`, in order; the longest where they overlap. Offsets count in `text`."""
    stop = len(text) if end is None else end
    unhyphened = plain(text)
    if unhyphened is not None:
        found = _find(unhyphened.text, unhyphened.inside(start), unhyphened.inside(stop))
        return [_moved_back(mention, unhyphened, text) for mention in found]
    return _find(text, start, stop)


def _moved_back(mention: PlaceMention, unhyphened: Plain, text: str) -> PlaceMention:
    """A mention of the text without soft hyphens in the text with them; `head` and `relation` stay without."""
    start, end = unhyphened.back(mention.start, mention.end)
    loosened = mention.relation_start
    return replace(
        mention, start=start, end=end, name=text[start:end],
        relation_start=None if loosened is None else unhyphened.kept[loosened],
    )  # fmt: skip


def _find(text: str, start: int, stop: int) -> list[PlaceMention]:
    known = gazetteer()
    runs = list(_runs(text, start, stop))
    hits = [hit for run in runs for hit in _hits(run, known)]
    countries = _countries(hits, known)
    persons = _persons(hits)
    hits = [hit for hit in hits if hit.key not in persons or not only_named(hit.run, hit.first)]
    mentions = [mention for hit in hits if (mention := _mention(hit, text, countries, known))]
    mentions += _listed(hits, mentions, text, known)
    taken = {m.start: m.end for m in mentions}
    mentions += [m for run in runs if (m := _told_by_kind(run, text, taken))]
    return sorted(mentions, key=lambda m: m.start)


def _runs(text: str, start: int, stop: int) -> Iterator[Run]:
    for match in RUN.finditer(text, start, stop):
        first, run = match.start(), match.group()
        if first and text[first - 1] in "-–" and (article := ARTICLE_BEFORE.search(text, max(start, first - 4), first)):
            first = article.start()
            run = text[first : match.end()]
        tokens, stretches = _parsed(run)
        yield Run(text=text, start=first, tokens=tokens, stretches=stretches)


@lru_cache(maxsize=15000)
def _parsed(run: str) -> tuple[list[Token], tuple[tuple[int, int, str], ...]]:
    """A run's tokens, offsets within the run, and the stretches of them that the gazetteer knows (first, last, key)."""
    tokens = [_token(part.group(), part.start()) for part in TOKEN.finditer(run)]
    stretches, at = [], 0
    while at < len(tokens):
        found = _longest(run, tokens, at)
        if found:
            stretches.append(found)
            at = found[1]
        at += 1
    return tokens, tuple(stretches)


def _token(word: str, start: int) -> Token:
    possessive = word[-2:] in ("'s", "’s", "'S", "’S") and len(word) > 3
    word = word[:-2] if possessive else word
    return Token(start=start, end=start + len(word), word=word, key=normal(word), possessive=possessive)


def _longest(run: str, tokens: list[Token], at: int) -> tuple[int, int, str] | None:
    token, known = tokens[at], gazetteer()
    if not token.key or token.key in _OPENERS or not (token.word[:1].isupper() or token.key in ARTICLES):
        return None
    if token.key in _SHORT_ARTICLES and run[token.end : token.end + 1] not in ("-", "–"):
        return None  # "As Pakistan said", but "as-Suwayda"
    for last in range(min(at + min(known.longest(token.key), MAX_TOKENS), len(tokens)) - 1, at - 1, -1):
        key = " ".join(part.key for part in tokens[at : last + 1])
        if (known.knows(key) or key in known.people) and not (last == at and token.key in ARTICLES):
            return at, last, key
    return None


def _hits(run: Run, known: Gazetteer) -> Iterator[_Hit]:
    for first, last, key in run.stretches:
        yield _Hit(run=run, first=first, last=last, key=key, spots=known.spots(key))


def _countries(hits: list[_Hit], known: Gazetteer) -> frozenset[str]:
    """The countries that the report names, as places, peoples or provinces."""
    found = set()
    for hit in hits:
        first = hit.spots[0] if hit.spots else None
        if hit.key in known.people:
            found.add(known.people[hit.key])
        elif first and first.country and (first.level in _TELLING_LEVELS or (first.own and first.population >= LARGE)):
            found.add(first.country)
    return frozenset(found)


def _persons(hits: list[_Hit]) -> frozenset[str]:
    """The names of places that the report gives to persons."""
    named = [h for h in hits if h.first and h.spots and named_after(h.run, h.first, h.last, h.key)]
    return frozenset(h.key for h in named if all(s.population < LARGE and not s.alone for s in h.spots if s.own))


def _mention(hit: _Hit, text: str, countries: frozenset[str], known: Gazetteer) -> PlaceMention | None:
    if hit.key in known.people or not hit.spots:
        return None
    start, end = hit.run.begins(hit.first), hit.run.ends(hit.last)
    before, after = _relation(text, start), kind_after(text, end)
    kind = after.group("kind") if after else _kind_before(text, start)
    if not judge(hit.run, hit.first, hit.last, hit.key, hit.spots, kind=kind, countries=countries):
        return None
    tail = after.end() if after and after.group("kind").lower() not in ("border", "area", "areas") else end
    seat = hit.key in known.seats and kind is None and (before is None or before.group("relation") == "between")
    return PlaceMention(
        start=start, end=tail, name=text[start:tail], head=text[start:end], kind=kind.lower() if kind else None,
        relation=before.group("relation") if before else None,
        relation_start=before.start("relation") if before else None,
        metonym=seat and _speaks(text, start, end, known),
    )  # fmt: skip


def _listed(hits: list[_Hit], mentions: list[PlaceMention], text: str, known: Gazetteer) -> list[PlaceMention]:
    """Names that were doubted alone, but stand in a row with names of the same country: "Bannu, Tank and Karak"."""
    sure = {m.start: m for m in mentions} | {m.end: m for m in mentions}
    found = []
    for hit in hits:
        start, end = hit.run.begins(hit.first), hit.run.ends(hit.last)
        if start in sure or not hit.spots or len(hit.run.tokens) != hit.last - hit.first + 1:
            continue
        before, after = JOINED_BEFORE.search(text, max(0, start - 12), start), JOINED_AFTER.match(text, end)
        beside = [before and sure.get(before.start()), after and sure.get(after.end())]
        countries = {spot.country for m in beside if m for spot in known.spots(normal(m.head))[:3]}
        if any(spot.country in countries for spot in hit.spots[:5]):
            sure[end] = PlaceMention(start=start, end=end, name=text[start:end], head=text[start:end])
            found.append(sure[end])
    return found


def _kind_before(text: str, start: int) -> str | None:
    """The type word of "the city of X"; not that of "Kalat district of X", which is Kalat's."""
    if text[max(0, start - 3) : start].lower() not in ("of ", "he "):
        return None
    match = KIND_BEFORE.search(text, max(0, start - 30), start)
    if not match:
        return None
    words_before = text[max(0, match.start() - 20) : match.start()].split()
    return None if words_before and words_before[-1][:1].isupper() else match.group(1)


def _speaks(text: str, start: int, end: int, known: Gazetteer) -> bool:
    """Whether a seat of government acts or is addressed: "Kabul condemned", "urged Kabul"."""
    if ADDRESSED.search(text, max(0, start - 16), start):
        return True
    verb = VERB.match(text, end)
    return bool(verb and verb.group(1) in known.seat_verbs and not _locative(text, start))


def _relation(text: str, start: int) -> re.Match[str] | None:
    """The relation words that end right before `start`."""
    left = text.rfind(" ", max(0, start - 24), max(0, start - 1)) + 1
    if text[left : start - 1].strip("“\"'‘(").lower() not in LOOSENING:
        return None
    window = text[max(0, start - 60) : start]
    if not LOOSENED.search(window):
        return None
    for first in [match.start() for match in WORDS.finditer(window)][-7:]:
        match = RELATION.match(text, start - len(window) + first, start)
        if match:
            return None if _of_another(text, match) else match
    return None


def _of_another(text: str, relation: re.Match[str]) -> bool:
    """Whether "region of" belongs to a name before it: "the Kyiv region of Ukraine" is no part of Ukraine's region."""
    words_before = text[max(0, relation.start() - 24) : relation.start()].split()
    return (
        relation["relation"].endswith(" of")
        and bool(words_before)
        and words_before[-1][:1].isupper()
        and (relation["relation"].split()[0].lower() in ("area", "areas", "part", "parts", "region", "vicinity"))
    )


def _locative(text: str, start: int) -> bool:
    word = text[max(0, start - 12) : start].split()
    return bool(word) and word[-1].lower() in words().locative


def _told_by_kind(run: Run, text: str, taken: dict[int, int]) -> PlaceMention | None:
    """A name that no list knows, but that its type word ("in Gulshan Killi village") or the area behind it tells."""
    tokens, lists = run.tokens, words()
    if len(tokens) > 5 or not tokens or text[run.start + tokens[-1].end : run.start + tokens[-1].end + 1] not in " ,":
        return None
    if not tokens[-1].word.islower() and not may_be_told(text, run.start + tokens[-1].end):
        return None
    skip = 0
    while skip < len(tokens) - 1 and (tokens[skip].key in lists.locative or tokens[skip].key in _OPENERS):
        skip += 1
    tokens = [token for token in tokens[skip:] if not token.word.islower() or token.key in ARTICLES]
    if not tokens:
        return None
    start, end = run.start + tokens[0].start, run.start + tokens[-1].end
    after = kind_after(text, end)
    kind = after.group("kind").lower() if after else None
    held = INSIDE.match(text, end)
    if kind not in TELLING_KINDS and not (held and held.end() in taken):
        return None
    if any(begin < end and start < stop for begin, stop in taken.items()):
        return None
    if not (skip or _locative(text, start)) or not _could_be_name(tokens):
        return None
    before = _relation(text, start)
    tail = after.end() if after and kind in TELLING_KINDS else end
    return PlaceMention(
        start=start, end=tail, name=text[start:tail], head=text[start:end], kind=kind, known=False,
        relation=before.group("relation") if before else None,
        relation_start=before.start("relation") if before else None,
    )  # fmt: skip


def _could_be_name(tokens: list[Token]) -> bool:
    """Whether unlisted words may name a place: no title, body, people or plain word decides against it."""
    lists, people = words(), gazetteer().people
    if any(token.key in lists.titles or token.key in lists.bodies or token.key in lists.directions for token in tokens):
        return False
    if any(token.key.isdigit() for token in tokens) or (tokens[0].key in lists.plain and len(tokens) == 1):
        return False
    return not (
        all(t.key in lists.plain for t in tokens) or any(t.key in people for t in tokens) or tokens[-1].word.isupper()
    )
