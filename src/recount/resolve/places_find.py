"""Find names of places in a text: runs of capitalised words, looked up longest first, then judged by their neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from msgspec import Struct

from recount.resolve.places_gazetteer import Gazetteer, Spot, gazetteer
from recount.resolve.places_names import ARTICLES, MAX_TOKENS, TYPE_WORDS, normal
from recount.resolve.places_words import Run, Token, judge, words

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĠĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽ"
_ARTICLE = r"(?<!\w)(?:[Aa]l|[Ee]l|[Aa][sdrtz]h?|[Aa]n|[Uu][lr])[-– ]"
_WORD = rf"(?:(?:[{_UPPER}]\.){{2,}}|(?:{_ARTICLE})?[{_UPPER}][\w'’]*(?<!['’]))"
_JOINED = r"(?:of|of the|al|el|as|ash|ad|an|at|az|ez|ul|ur|e|i|de|del|la|le|les|los|du|des|da|do|dos|das|sur|en|upon|on|der)"
_RUN = re.compile(rf"{_WORD}(?:[ \u00a0]?[-–][ ]?{_WORD}|\.?[ \u00a0](?:{_JOINED}[- ])?{_WORD}|-(?:{_JOINED}[- ]){_WORD}|-(?:{_JOINED}-)?\w+)*")
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|\w[\w'’]*")
_BEFORE = re.compile(
    r"""(?P<relation>
      \d+(?:[.,]\d+)?[ -]?(?:km|kilomet(?:er|re)s?|miles?)\s+(?:\(\d+[ -]?(?:km|kilomet(?:er|re)s?|miles?)\)\s+)?(?:\w+\s+)?(?:of|from|off|outside|away\ from)
    | (?:in\ )?(?:the\ )?(?:outskirts|suburbs?|vicinity|surroundings|environs)\ of
    | (?:north|south|east|west|north-?east|north-?west|south-?east|south-?west)\ of
    | (?:just\ )?(?:near|close\ to|outside|adjacent\ to|not\ far\ from|bordering)
    | (?:off\ )?the\ (?:\w+\ )?coast\ of | off
    | (?:the\ )?(?:\w+\ )?border\ (?:of|with|between) | between | along
    | (?:the\ )?(?:areas?|parts?|region|vicinity)\ (?:of|near|around)
    | (?:the\ )?(?:far\ |occupied\ |restive\ )*(?:northern|southern|eastern|western|central|north-?eastern|north-?western|south-?eastern|south-?western|south|north|east|west|north-?west|north-?east|south-?west|south-?east|upper|lower)(?:\ and\ (?:northern|southern|eastern|western|central))?
    )\ (?:the\ )?$""",
    re.VERBOSE | re.IGNORECASE,
)
_KIND_BEFORE = re.compile(r"\b(city|town|village|district|province|tehsil|state|county|valley|region|governorate|area|port)\ of\ (?:the\ )?$", re.I)
_KIND_AFTER = re.compile(
    rf"[ ](?:tribal |border )?(?P<kind>{'|'.join(sorted(TYPE_WORDS, key=len, reverse=True))}|refugee camp|camp|area|areas|sector|"
    r"neighbou?rhood|bazaa?r|locality|island|sub-?division|suburb|crossing|peninsula|airport|prison|air ?base|border)\b(?!['’]?s?-)",
    re.IGNORECASE,
)
_UNKNOWN_KIND = frozenset(
    "village town tehsil area district neighbourhood neighborhood locality valley city camp".split()
) | {"refugee camp"}


_OPENERS = frozenset(["the", "a", "in", "on", "at", "for", "from", "to", "of", "by", "as", "with", "and", "is", "it"]) - ARTICLES


class PlaceMention(Struct, frozen=True, kw_only=True):
    """A name of a place in a text: `text[start:end] == name`, type word included ("Mastung district").

    `head` is the name without type word. `relation` are the words before it that loosen the point ("near", "17 km from",
    "southern"), `relation_start` where they start. `kind` is the type word, before or behind. `metonym` is true where the
    name stands for a government ("Kabul condemned"). `known` is false for a name that only its type word gives away.
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


class _Hit(Struct):
    """A stretch of a run's tokens that the gazetteer knows."""

    run: Run
    first: int
    last: int
    key: str
    spots: tuple[Spot, ...]


def find(text: str, start: int = 0, end: int | None = None) -> list[PlaceMention]:
    """The names of places in `text[start:end]`, in order, longest first where they overlap. Offsets are those of `text`."""
    stop = len(text) if end is None else end
    known = gazetteer()
    runs = list(_runs(text, start, stop))
    hits = [hit for run in runs for hit in _hits(run, known)]
    countries = _countries(hits, known)
    mentions = [mention for hit in hits if (mention := _mention(hit, text, countries, known))]
    taken = {(m.start, m.end) for m in mentions}
    mentions += [m for run in runs if (m := _told_by_kind(run, text, taken))]
    return sorted(mentions, key=lambda m: m.start)


def _runs(text: str, start: int, stop: int) -> Iterator[Run]:
    for match in _RUN.finditer(text, start, stop):
        tokens = [_token(part.group(), match.start() + part.start()) for part in _TOKEN.finditer(match.group())]
        if tokens:
            yield Run(text=text, tokens=tokens)


@lru_cache(maxsize=50000)
def _folded(word: str) -> str:
    return normal(word)


def _token(word: str, start: int) -> Token:
    possessive = word[-2:] in ("'s", "’s", "'S", "’S") and len(word) > 3
    word = word[:-2] if possessive else word
    return Token(start=start, end=start + len(word), word=word, key=_folded(word), possessive=possessive)


def _hits(run: Run, known: Gazetteer) -> Iterator[_Hit]:
    tokens, at = run.tokens, 0
    while at < len(tokens):
        found = _longest(run, at, known)
        if found:
            yield found
            at = found.last + 1
        else:
            at += 1


def _longest(run: Run, at: int, known: Gazetteer) -> _Hit | None:
    tokens = run.tokens
    token = tokens[at]
    if not token.key or token.key in _OPENERS or not (token.word[:1].isupper() or token.key in ARTICLES):
        return None
    for last in range(min(at + min(known.longest(token.key), MAX_TOKENS), len(tokens)) - 1, at - 1, -1):
        key = " ".join(part.key for part in tokens[at : last + 1])
        spots = known.spots(key)
        if (spots or key in known.people) and not (last == at and token.key in ARTICLES):
            return _Hit(run=run, first=at, last=last, key=key, spots=spots)
    return None


def _countries(hits: list[_Hit], known: Gazetteer) -> frozenset[str]:
    """The countries that the report names, as places, peoples or provinces."""
    found = set()
    for hit in hits:
        if hit.key in known.people:
            found.add(known.people[hit.key])
        elif hit.spots and hit.spots[0].level in ("country", "province") and hit.spots[0].country:
            found.add(hit.spots[0].country)
        elif hit.spots and hit.spots[0].population >= 500_000 and hit.spots[0].own and hit.spots[0].country:
            found.add(hit.spots[0].country)
    return frozenset(found)


def _mention(hit: _Hit, text: str, countries: frozenset[str], known: Gazetteer) -> PlaceMention | None:
    if hit.key in known.people or not hit.spots:
        return None
    start, end = hit.run.tokens[hit.first].start, hit.run.tokens[hit.last].end
    before, after = _relation(text, start), _KIND_AFTER.match(text, end)
    kind = after.group("kind") if after else _kind_before(text, start)
    if not judge(hit.run, hit.first, hit.last, hit.key, hit.spots, kind=kind, countries=countries):
        return None
    tail = after.end() if after and after.group("kind").lower() not in ("border", "area", "areas") else end
    verb = re.compile(r"\s+(?:has\s+)?([a-z]+)").match(text, end)
    seat = hit.key in known.seats and kind is None and before is None
    return PlaceMention(
        start=start, end=tail, name=text[start:tail], head=text[start:end], kind=kind.lower() if kind else None,
        relation=before.group("relation") if before else None,
        relation_start=before.start("relation") if before else None,
        metonym=bool(seat and verb and verb.group(1) in known.seat_verbs and not _locative(text, start)),
    )  # fmt: skip


def _kind_before(text: str, start: int) -> str | None:
    """The type word of "the city of X"; not that of "Kalat district of X", which is Kalat's."""
    match = _KIND_BEFORE.search(text, max(0, start - 30), start)
    if not match:
        return None
    words_before = text[max(0, match.start() - 20) : match.start()].split()
    return None if words_before and words_before[-1][:1].isupper() else match.group(1)


def _relation(text: str, start: int) -> re.Match[str] | None:
    """The relation words that end right before `start`."""
    window = text[max(0, start - 60) : start]
    offset = start - len(window)
    for cut in _cuts(window):
        match = _BEFORE.match(text, offset + cut, start)
        if match:
            return match
    return None


def _cuts(window: str) -> list[int]:
    """Where relation words may start: the beginnings of the last few words, longest stretch first."""
    starts = [match.start() for match in re.finditer(r"\S+", window)]
    return starts[-6:]


def _locative(text: str, start: int) -> bool:
    word = text[max(0, start - 12) : start].split()
    return bool(word) and word[-1].lower() in words().locative


def _told_by_kind(run: Run, text: str, taken: set[tuple[int, int]]) -> PlaceMention | None:
    """A name that no list knows but that its type word tells: "in Gulshan Killi village"."""
    tokens = run.tokens
    while len(tokens) > 1 and tokens[0].key in words().locative | _OPENERS:
        tokens = tokens[1:]
    first, last = tokens[0], tokens[-1]
    after = _KIND_AFTER.match(text, last.end)
    if not after or after.group("kind").lower() not in _UNKNOWN_KIND or len(tokens) > 4:
        return None
    if any(start < last.end and first.start < end for start, end in taken) or not _locative(text, first.start):
        return None
    if any(token.key in words().titles or token.key in words().bodies or token.key in words().directions for token in tokens):
        return None
    if all(token.key in words().plain for token in tokens) or all(t.key in gazetteer().people for t in tokens):
        return None
    before = _relation(text, first.start)
    return PlaceMention(
        start=first.start, end=after.end(), name=text[first.start : after.end()], head=text[first.start : last.end],
        kind=after.group("kind").lower(), known=False,
        relation=before.group("relation") if before else None,
        relation_start=before.start("relation") if before else None,
    )  # fmt: skip
