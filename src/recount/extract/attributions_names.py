"""The people of an attribution: voices at a place, actors in a stretch, and how a name is shown."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from recount.extract.speakers import Source, source_of
from recount.extract.speakers_names import Name, name_after, name_before
from recount.extract.speakers_words import voice_words
from recount.values.actors import ActorMention

_STATE_PART = re.compile(r"^(?:Military|Security forces|Police|Government) of (?:the )?(?P<state>.+)$")
_SHORT = {"United States": "US", "United Kingdom": "UK", "DR Congo": "Congo"}
_ACRONYM = re.compile(r"\((?P<short>[A-Z][\w-]{1,9})\)$")
_PERSON_OF = re.compile(r"['’]s [A-Z][a-z]+(?: [A-Z][a-z]+)+$")
_APART = re.compile(r"[,.;:“”\"\n]")
_GROUP = re.compile(
    r"^(?:(?:[\w’]+-(?:backed|aligned|led|allied|linked|supported)|militant|armed|rebel|terrorist|resistance|Palestinian|Lebanese|Shia|Islamist|jihadist|banned|outlawed|"
    r"separatist|extremist|terror) )*(?:group|organisation|organization|movement|outfit|fighters)$",
    re.IGNORECASE,
)


def _is_group(said: str) -> bool:
    return _GROUP.match(said) is not None


class Cast:
    """A report's actors and voices, looked up by place."""

    def __init__(self, text: str, actors: Sequence[ActorMention], sources: Sequence[Source]) -> None:
        self.text, self.actors, self.sources = text, actors, sources
        self._starts = [a.start for a in actors]
        self._by_verb = {s.verb_start: s for s in sources}
        self.words = voice_words()
        self._in_full = {a.actor.neutral: a.name for a in reversed(actors) if _ACRONYM.search(a.name)}

    def within(self, start: int, end: int) -> list[ActorMention]:
        """The actors named in a stretch."""
        at = bisect_left(self._starts, start)
        found = []
        while at < len(self.actors) and self.actors[at].end <= end:
            found.append(self.actors[at])
            at += 1
        return found

    def voice_at(self, start: int, end: int) -> Source | None:
        """The source whose word of speech stands in the stretch."""
        return next((self._by_verb[i] for i in range(start, end) if i in self._by_verb), None)

    def voice_over(self, start: int, end: int) -> Source | None:
        """The source in whose voice a stretch is."""
        return source_of(self.sources, start, end)

    def name_behind(self, start: int, end: int) -> Name | None:
        """The name that begins at `start`."""
        return name_after(self.text, start, end, self.words)

    def name_before(self, start: int, verb: int) -> Name | None:
        """The name that ends at `verb`; pronouns are none."""
        name = name_before(self.text, start, verb, self.words)
        return None if name is None or name.pronoun else name

    def names(self, name: Name) -> list[str]:
        """The parties in a name: the actors in it, one by one, or else the name itself."""
        named = self._apart([a for a in self.within(*name.short) if not a.generic or (a.start, a.end) == name.short])
        said = self.text[name.short[0] : name.short[1]]
        if not named:
            return [self._group(said, name.start)]
        rest = self.text[named[-1].end : name.short[1]].strip(" ()")
        if len(named) == 1 and (rest[:1].isupper() or len(rest.split()) > 3):
            return [said]
        return list(dict.fromkeys(self.shown(a) if not a.adjective else a.actor.neutral or a.name for a in named))

    def speakers(self, source: Source) -> list[str]:
        """The parties who speak in a source: two where two are joined by "and"."""
        inside = self.within(source.start, source.end)
        inside = self._apart([a for a in inside if not a.generic and not a.adjective])
        if " and " in source.name and not any(" and " in a.name for a in inside):
            parts = [part.removeprefix("the ") for part in source.name.split(" and ")]
            return [a.name for a in inside] if len(inside) == len(parts) else parts
        return [self.voice_name(source)]

    def voice_name(self, source: Source) -> str:
        """A source's name; the fuller one where it is only "the group" or "the army"."""
        if _is_group(source.name):
            return self._group(source.name, source.start)
        inside = self.within(source.start, source.end)
        if len(inside) == 1 and inside[0].name == source.name:
            if inside[0].generic and (full := self._earlier(inside[0])):
                return self._usual(full)
            return self.shown(inside[0])
        return source.name

    def shown(self, mention: ActorMention) -> str:
        """The name to show: for one of many words the short one that the report uses for it."""
        if (full := self._in_full.get(mention.actor.neutral)) and not mention.adjective:
            return full
        if len(mention.name.split()) < 4 or mention.actor.party == "state":
            return mention.name
        names = [a.name for a in self.actors if a.actor.neutral == mention.actor.neutral and len(a.name.split()) < 4]
        return Counter(names).most_common(1)[0][0] if names else mention.name

    def party(self, mention: ActorMention) -> str:
        """The name to hold responsible: the state for its forces and its capital, else the name as written."""
        neutral = mention.actor.neutral or mention.name
        part = _STATE_PART.match(neutral)
        if part or mention.metonym or mention.adjective:
            return self._state(part["state"] if part else neutral, mention.name)
        return self.shown(mention)

    def _state(self, name: str, said: str) -> str:
        """A state as the report names it: in the force's own name ("US" in "US military"), else most often."""
        short = _SHORT.get(name)
        if short and said.startswith(short):
            return short
        names = [a.name for a in self.actors if a.actor.neutral == name and not a.metonym and not a.adjective]
        return Counter(names).most_common(1)[0][0] if names else short or name

    def _usual(self, force: ActorMention) -> str:
        """The name that a report mostly uses for a force, spelt out or not."""
        names = [a.name for a in self.actors if a.actor.neutral == force.actor.neutral and not a.generic]
        return Counter(names).most_common(1)[0][0] if names else force.name

    def _apart(self, named: list[ActorMention]) -> list[ActorMention]:
        """Each actor once; an acronym in brackets repeats the name before it."""
        return list({a.actor.neutral: a for a in reversed(named)}.values())[::-1]

    def _group(self, said: str, before: int) -> str:
        """ "The group" is the armed group that was named last."""
        if not _is_group(said):
            return said
        for mention in reversed(self.actors[: bisect_left(self._starts, before)]):
            if mention.actor.party == "armed_group" and not mention.generic:
                return mention.name
        return said

    def opponents(self, before: int) -> list[str]:
        """Who "both sides" are: the two parties last named as "X and Y", else the two named most often."""
        named = [a for a in self.actors[: bisect_left(self._starts, before)] if not a.generic and not a.adjective]
        for one, other in reversed(list(pairwise(named))):
            if self.text[one.end : other.start] == " and " and one.actor.neutral != other.actor.neutral:
                return [self.party(one), self.party(other)]
        counts = Counter(self.party(a) for a in named)
        return [name for name, often in counts.most_common(2) if often > 1]

    def key(self, name: str | None) -> str | None:
        """What two spellings of one party share: the neutral name."""
        return next((a.actor.neutral for a in self.actors if a.name == name), None) or name

    def side_key(self, name: str | None) -> str | None:
        """As `key`; a state for all its forces and offices."""
        part = _STATE_PART.match(self.key(name) or "")
        return part["state"] if part else self.key(name)

    def actor_of(self, source: Source) -> ActorMention | None:
        """The actor that a source is, or speaks for."""
        if _is_group(source.name):
            name = self._group(source.name, source.start)
            return next((a for a in reversed(self.actors) if a.name == name), None)
        inside = self.within(source.start, source.end) or self.within(max(0, source.start - 30), source.end)
        inside = [a for a in inside if not _APART.search(self.text, a.end, source.start)]
        named = [a for a in inside if not a.generic]
        if named:
            return None if _PERSON_OF.match(self.text[named[0].end : source.end]) else named[0]
        return self._earlier(inside[-1]) if inside else None

    def _earlier(self, generic: ActorMention) -> ActorMention | None:
        """The named force that a bare "the army" stands for: the nearest one before it."""
        part = (generic.actor.neutral or "").capitalize()
        for mention in reversed(self.actors[: bisect_left(self._starts, generic.start)]):
            if (mention.actor.neutral or "").startswith(f"{part} of "):
                return mention
        return None
