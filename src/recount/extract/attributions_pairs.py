"""Wide proposals: every voice of a passage with every party named there, and with itself, beside what the rules found.

Most of them are no attribution; what a coder would write down is for `attributions_judge` to decide.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import ahocorasick_rs
from msgspec import Struct

from recount.extract.attributions_names import Cast
from recount.extract.attributions_rules import Rule
from recount.extract.attributions_shapes import Pair
from recount.extract.events import fold
from recount.extract.speakers import Source
from recount.records import Actor, Passage, Speaker
from recount.rules import read_table
from recount.values.actors import ActorMention

_WORD = re.compile(r"\d[\d,.]*|[^\W\d_]+(?:['’][^\W\d_]+)?|[“”\",:;()—–-]")
_VOICES = 3
"""At most so many voices of a passage are looked at, nearest first."""


class Word(Struct, frozen=True, gc=False):
    """One word of a passage in lower case, digits as "#", with its class of meaning (or "")."""

    text: str
    kind: str
    start: int
    end: int


class Line(NamedTuple):
    """A passage as words."""

    passage: Passage
    words: list[Word]
    starts: list[int]

    def at(self, offset: int) -> int:
        """The number of the first word at or behind an offset."""
        return bisect_left(self.starts, offset)


class Candidate(NamedTuple):
    """Who may say what of whom: `mention` is the party accused, None for the speaker itself or a name that a rule read.

    `stance` is what the rules say, where `rules` proposed it.
    """

    accuser: str | None
    accused: str | None
    start: int
    end: int
    line: Line
    source: Source | None
    mention: ActorMention | None
    own: bool
    rules: tuple[str, ...] = ()
    stance: str = ""
    said: tuple[int, int] = (0, 0)


@cache
def _stems(language: str) -> Mapping[str, str]:
    table = read_table(f"cues/{language}/attributions.toml")["classes"]
    return {stem: name for name, stems in table.items() for stem in stems}


@cache
def _scanner(language: str = "en") -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(list(_stems(language)), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)


def _classes(text: str, passages: Sequence[Passage], language: str = "en") -> dict[int, set[str]]:
    """The classes of the words that each passage holds, by its place in the list."""
    names, starts = list(_stems(language).values()), [p.start for p in passages]
    found: dict[int, set[str]] = {}
    folded = fold(text)
    for number, start, _ in _scanner(language).find_matches_as_indexes(folded):
        if start == 0 or not folded[start - 1].isalpha():
            found.setdefault(bisect_right(starts, start) - 1, set()).add(names[number])
    return found


@lru_cache(maxsize=50_000)
def class_of(word: str, language: str = "en") -> str:
    """The class of meaning of a word in lower case by its longest known beginning; "" for most."""
    stems = _stems(language)
    for length in range(min(len(word), 12), 1, -1):
        found = stems.get(word[:length] if length < len(word) else f"{word}")
        if found is not None:
            return found
    return ""


@lru_cache(maxsize=50_000)
def _read(said: str) -> tuple[str, str]:
    """A word as it is shown to the judge, and its class."""
    word = "#" if said[0].isdigit() else said.lower()
    return word, class_of(word)


def line_of(text: str, passage: Passage) -> Line:
    """A passage as words."""
    words = [Word(*_read(m.group()), *m.span()) for m in _WORD.finditer(text, passage.start, passage.end)]
    return Line(passage, words, [w.start for w in words])


class RuleHit(NamedTuple):
    """What a rule found: who says it of whom, and the words."""

    rule: Rule
    passage: Passage
    pair: Pair
    start: int
    end: int


def candidates(cast: Cast, passages: Sequence[Passage], hits: Iterable[RuleHit]) -> list[Candidate]:
    """Every candidate of a report once by passage and names; those that rules found say so."""
    found = {_key(c): c for c in reversed(list(pairs(cast, passages)))}
    lines: dict[int, Line] = {}
    for hit in hits:
        if hit.rule.stance == "no_claim":
            continue
        own = hit.rule.stance != "alleges"
        key = (hit.passage.index, hit.pair.accuser, hit.pair.accused, own)
        held = found.get(key)
        if held is None:
            line = lines.setdefault(hit.passage.index, line_of(cast.text, hit.passage))
            found[key] = _of_rule(cast, hit, line, own)
        else:
            names = tuple(dict.fromkeys((*held.rules, hit.rule.name)))
            found[key] = held._replace(rules=names, stance=hit.rule.stance, said=(hit.start, hit.end))
    return list(found.values())


def _key(one: Candidate) -> tuple[int, str | None, str | None, bool]:
    return one.line.passage.index, one.accuser, one.accused, one.own


def _of_rule(cast: Cast, hit: RuleHit, line: Line, own: bool) -> Candidate:
    passage, pair = hit.passage, hit.pair
    meant = [m for m in cast.within(passage.start, passage.end) if pair.accused in (m.name, cast.party(m))]
    return Candidate(
        pair.accuser,
        pair.accused,
        max(passage.start, min(hit.start, pair.start)),
        min(passage.end, max(hit.end, pair.end)),
        line,
        cast.voice_over(hit.start, hit.end),
        meant[0] if meant and not own else None,
        own,
        (hit.rule.name,),
        hit.rule.stance,
        (hit.start, hit.end),
    )


_PERSON = re.compile(r"\b[A-Z][a-zé’'-]+(?: (?:[A-Z]\.|[A-Z][a-zé’'-]+|al-[A-Z]\w+|bin|ibn|de|la)){0,3} ?(?<! )\b")
_SPOKEN = frozenset({"blame", "deny", "claim"})
_BY = re.compile(r"(?: [\w-]+){0,2} by (?:the )?")
_ADJACENT = 6


def pairs(cast: Cast, passages: Sequence[Passage]) -> Iterator[Candidate]:
    """Every voice of a passage with every party named there, and with itself, where a word of the matter stands."""
    sources = sorted(cast.sources, key=lambda s: s.scope[0])
    told = _classes(cast.text, passages)
    people: dict[str, str] = {}
    for n, passage in enumerate(passages):
        kinds = told.get(n, set()) - {"negation"}
        here = _voices(sources, passage) if kinds else []
        if passage.kind == "furniture" or not (here or kinds & _SPOKEN):
            continue
        named = [m for m in cast.within(passage.start, passage.end) if not m.generic and not m.placelike]
        if not kinds & _SPOKEN:
            here = [s for s in here if named or cast.actor_of(s)]
            if not here:
                continue
        line = line_of(cast.text, passage)
        here += [s for s in _subjects(cast, line) if all(s.name != o.name for o in here)]
        persons = list(_persons(cast, line, people, named)) if kinds & {"blame", "plan"} else []
        parties = sorted([*named, *persons], key=lambda m: m.start)
        for source in here:
            yield from _of(cast, source, parties, line)
        if "blame" in kinds:
            yield from _unsaid(cast, parties, line)


def _voices(sources: Sequence[Source], passage: Passage) -> list[Source]:
    held = [
        s
        for s in sources
        if (s.scope[0] < passage.end and passage.start < s.scope[1]) or passage.start <= s.verb_start < passage.end
    ]
    held.sort(key=lambda s: (s.passage != passage.index, s.scope[1] - s.scope[0]))
    return held[:_VOICES]


def _subjects(cast: Cast, line: Line) -> Iterator[Source]:
    """Who accuses, denies or claims by a word that is no word of speech: its subject, or the name behind "by"."""
    passage = line.passage
    for word in line.words:
        if word.kind not in _SPOKEN or cast.voice_at(word.start, word.end):
            continue
        by = _BY.match(cast.text, word.end, passage.end)
        name = cast.name_behind(by.end(), passage.end) if by else cast.name_before(passage.start, word.start)
        span = name.short if name else _standing(cast, line, word)
        if span is None:
            continue
        start, end = span
        said = cast.text[start:end]
        voice = Speaker(name=said, start=start, end=end)
        scope = (passage.start, passage.end)
        rule = "by X" if by else "subject"
        yield Source(start, end, said, word.start, word.end, scope, passage.index, (voice,), rule)


def _standing(cast: Cast, line: Line, word: Word) -> tuple[int, int] | None:
    """Who "he" or "it" is, or who is "accusing": the first party of the passage before the word, else the last voice."""
    first = next((m for m in cast.within(line.passage.start, word.start) if not m.adjective and not m.placelike), None)
    if first is not None and word.text.endswith("ing"):
        return first.start, first.end
    before = [s for s in cast.sources if s.verb_start < word.start]
    return (before[-1].start, before[-1].end) if before and line.passage.index - before[-1].passage < 3 else None


def _persons(cast: Cast, line: Line, people: dict[str, str], named: Sequence[ActorMention]) -> Iterator[ActorMention]:
    """Persons by name who are no actors of the gazetteer; a last name stands for the person named in full before."""
    for match in _PERSON.finditer(cast.text, line.passage.start, line.passage.end):
        said = match.group().removesuffix("’s").removesuffix("'s")
        start, end = match.start(), match.start() + len(said)
        if any(m.start < end and start < m.end for m in named):
            continue
        parts = said.split()
        if len(parts) > 1 and not any(cast.words.is_noun(p) for p in parts):
            people[parts[-1]] = said
        elif said not in people or (start == line.passage.start and said not in people):
            continue
        full = people.get(parts[-1], said)
        actor = Actor(name=full, neutral=full)
        yield ActorMention(start=start, end=end, name=full, actor=actor)


def _of(cast: Cast, source: Source, named: Sequence[ActorMention], line: Line) -> Iterator[Candidate]:
    speaking = cast.voice_name(source)
    actor = cast.actor_of(source)
    own = cast.party(actor) if actor and actor.actor.party == "state" else speaking
    yield Candidate(speaking, own, *_stretch(source, line, None), line, source, actor, True)
    for name, mention in _parties(cast, named, source):
        yield Candidate(speaking, name, *_stretch(source, line, mention), line, source, mention, False)


def _parties(cast: Cast, named: Sequence[ActorMention], source: Source | None) -> Iterator[tuple[str, ActorMention]]:
    """Each party that a passage names, once by each name; not the one who speaks."""
    seen: set[str] = set()
    for mention in named:
        if (
            mention.generic
            or mention.placelike
            or (source and source.start < mention.end and mention.start < source.end)
        ):
            continue
        name = cast.party(mention) if mention.adjective else cast.shown(mention)
        if name not in seen and not (source and name in source.name):
            seen.add(name)
            yield name, mention


def _unsaid(cast: Cast, named: Sequence[ActorMention], line: Line) -> Iterator[Candidate]:
    """Who is accused, charged or suspected by nobody who is named."""
    blamed = [n for n, w in enumerate(line.words) if w.kind == "blame"]
    for name, mention in _parties(cast, named, None):
        first, last = line.at(mention.start), line.at(mention.end)
        if any(-_ADJACENT <= n - last <= _ADJACENT or -_ADJACENT <= n - first <= _ADJACENT for n in blamed):
            yield Candidate(None, name, mention.start, mention.end, line, None, mention, False)


def _stretch(source: Source, line: Line, mention: ActorMention | None) -> tuple[int, int]:
    inside = line.passage.start <= source.verb_start < line.passage.end
    ends = [source.verb_start, source.verb_end] if inside else [line.passage.start, line.passage.start + 1]
    if mention:
        ends += [mention.start, mention.end]
    return max(line.passage.start, min(ends)), min(line.passage.end, max(ends))
