"""The people of an attribution: voices at a place, actors in a stretch, and how a name is shown."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from recount.extract.speakers import Source, source_of
from recount.extract.speakers_names import Name, name_after, name_before
from recount.extract.speakers_words import voice_words
from recount.values.actors import ActorMention

_STATE_PART = re.compile(r"^(?:Military|Security forces|Police|Government) of (?:the )?(?P<state>.+)$")
_PLAIN_FORCE = re.compile(r"\b(?:military|army|armed forces|forces|troops|air force|navy|central command|government)\b", re.IGNORECASE)


class Cast:
    """A report's actors and voices, looked up by place."""

    def __init__(self, text: str, actors: Sequence[ActorMention], sources: Sequence[Source]) -> None:
        self.text, self.actors, self.sources = text, actors, sources
        self._starts = [a.start for a in actors]
        self._by_verb = {s.verb_start: s for s in sources}
        self.words = voice_words()

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
        named = [a for a in self.within(*name.short) if not a.generic or (a.start, a.end) == name.short]
        if not named:
            return [self.text[name.short[0] : name.short[1]]]
        rest = self.text[named[-1].end : name.short[1]].strip()
        if len(named) == 1 and (rest[:1].isupper() or len(rest.split()) > 3):
            return [self.text[name.short[0] : name.short[1]]]
        return list(dict.fromkeys(a.name if not a.adjective else a.actor.neutral or a.name for a in named))

    def speakers(self, source: Source) -> list[str]:
        """The parties who speak in a source: two where two actors are joined."""
        inside = [a for a in self.within(source.start, source.end) if not a.generic and not a.adjective]
        if len(inside) > 1 and " and " in source.name:
            return [a.name for a in inside]
        return [source.name]

    def actor_of(self, source: Source) -> ActorMention | None:
        """The actor that a source is, or speaks for."""
        inside = self.within(source.start, source.end) or self.within(max(0, source.start - 60), source.end)
        inside = [a for a in inside if "\n" not in self.text[a.start : source.end]]
        named = [a for a in inside if not a.generic]
        if named:
            return named[0]
        return self._earlier(inside[-1]) if inside else None

    def _earlier(self, generic: ActorMention) -> ActorMention | None:
        """The named force that a bare "the army" stands for: the nearest one before it."""
        part = (generic.actor.neutral or "").capitalize()
        for mention in reversed(self.actors[: bisect_left(self._starts, generic.start)]):
            if (mention.actor.neutral or "").startswith(f"{part} of "):
                return mention
        return None


def party_name(mention: ActorMention) -> str:
    """The name to hold responsible: the state for its plain forces and its capital, else the name as written."""
    neutral = mention.actor.neutral or mention.name
    part = _STATE_PART.match(neutral)
    if part and _PLAIN_FORCE.search(mention.name):
        return part["state"]
    return neutral if mention.metonym or mention.adjective else mention.name
