"""What the judge of attributions may look at: short readable strings around a voice and the party that it may accuse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from recount.extract.attributions_names import Cast
from recount.extract.attributions_pairs import Candidate, Word
from recount.values.actors import ActorMention


class AttributionTraits:
    """The traits of the candidates of one report."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._named = Counter(a.actor.neutral for a in cast.actors)

    def of(self, one: Candidate) -> list[str]:
        """The traits of one candidate."""
        return list(dict.fromkeys(self._all(one)))

    def _all(self, one: Candidate) -> Iterator[str]:
        kind = "own" if one.own else "other"
        yield f"{kind}"
        yield from (f"proposed {rule}" for rule in one.rules)
        if one.rules:
            yield f"{kind} proposed {one.stance}"
        yield f"{kind} in {one.line.passage.kind}"
        yield from self._speaker(one, kind)
        if one.own:
            yield from self._own(one)
        else:
            yield from self._other(one)
        for name in {w.kind for w in one.line.words if w.kind}:
            yield f"{kind} passage {name}"

    def _speaker(self, one: Candidate, kind: str) -> Iterator[str]:
        source = one.source
        if source is None:
            yield f"{kind} nobody speaks"
            return
        verb = self._cast.text[source.verb_start : source.verb_end].lower()
        inside = one.line.passage.start <= source.verb_start < one.line.passage.end
        yield f"{kind} verb {verb}" if inside else f"{kind} goes on"
        yield f"{kind} by {source.rule}"
        yield f"{kind} speaker {source.chain[0].party}"
        last = source.name.split()[-1].lower()
        yield f"{kind} voice {last}" if last.islower() else f"{kind} voice named"
        actor = self._cast.actor_of(source)
        yield f"{kind} speaks for {actor.actor.side if actor else 'nobody'} {actor.actor.party if actor else ''}"
        if actor and actor.generic:
            yield f"{kind} speaks for some"

    def _own(self, one: Candidate) -> Iterator[str]:
        words, source = one.line.words, one.source
        at = one.said[1] if one.rules else source.verb_end if source else one.start
        verb = one.line.at(at)
        yield from _run("own then", words[verb : verb + 9])
        yield from _run("own before", words[max(0, verb - 9) : max(0, verb - 1)][::-1])
        kinds = [w.kind for w in words[verb : verb + 12] if w.kind]
        if kinds:
            yield f"own first {kinds[0]}"
        if len(kinds) > 1:
            yield f"own first two {kinds[0]} {kinds[1]}"
        yield from self._foreign(one)

    def _foreign(self, one: Candidate) -> Iterator[str]:
        """Whether another party than the speaker's stands in the passage."""
        own = one.mention.actor if one.mention else None
        here = self._cast.within(one.line.passage.start, one.line.passage.end)
        others = [a for a in here if own is None or (a.actor.country != own.country or a.actor.side != own.side)]
        yield f"own other parties {min(2, len({a.actor.neutral for a in others}))}"
        if own:
            foreign = any(a.actor.country not in (own.country, None) for a in here)
            yield f"own {own.side} {own.party} abroad {foreign}"

    def _other(self, one: Candidate) -> Iterator[str]:
        words, source = one.line.words, one.source
        first, last = self._span(one)
        verb = one.line.at(source.verb_start) if source else one.line.at(one.start)
        inside = source is not None and one.line.passage.start <= source.verb_start < one.line.passage.end
        after = not inside or first >= verb
        yield f"after {after}"
        if source:
            yield f"in voice {source.scope[0] <= one.end - 1 < source.scope[1]}"
        between = words[verb + 1 : first] if after and inside else words[last:verb] if inside else words[:first]
        yield f"distance {min(len(between), 24) // 3}"
        if len(between) < 3:
            yield "gap " + " ".join(w.text for w in between)
        for kind in {w.kind for w in between if w.kind}:
            yield f"between {kind} {after}"
        for word in {w.text for w in between[:8]}:
            yield f"between {word}"
        left, right = words[max(0, first - 4) : first][::-1], words[last : last + 6]
        yield from _run("left", left)
        yield from _run("right", right)
        near_left = next((w.kind for w in left if w.kind), "none")
        near_right = next((w.kind for w in right if w.kind), "none")
        yield f"sides {near_left} {near_right}"
        if left:
            yield f"left and right {left[0].text} {near_right}"
            yield f"left class {left[0].text} {near_left}"
        if inside and source:
            yield f"verb and right {self._cast.text[source.verb_start : source.verb_end].lower()} {near_right}"
        yield from self._party(one, one.mention)

    def _span(self, one: Candidate) -> tuple[int, int]:
        line = one.line
        if one.mention and line.passage.start <= one.mention.start < line.passage.end:
            return line.at(one.mention.start), line.at(one.mention.end)
        return line.at(one.said[1]), line.at(one.end)

    def _party(self, one: Candidate, mention: ActorMention | None) -> Iterator[str]:
        if mention is None:
            yield "party unknown to the gazetteer"
            return
        actor = mention.actor
        yield f"party {actor.party} {actor.side}"
        for name in ("generic", "metonym", "placelike", "adjective"):
            if getattr(mention, name):
                yield f"party {name}"
        yield f"party named {min(4, self._named[actor.neutral])}"
        speaker = self._cast.actor_of(one.source) if one.source else None
        if speaker is None:
            yield f"speaker unknown, party {actor.party} {actor.side}"
            return
        same = speaker.actor.country is not None and speaker.actor.country == actor.country
        yield f"same country {same} {speaker.actor.party} {actor.party}"
        yield f"of {speaker.actor.party} {speaker.actor.side} on {actor.party} {actor.side}"
        first = self._first(one)
        yield f"first party {first is mention}"

    def _first(self, one: Candidate) -> ActorMention | None:
        if one.source is None:
            return None
        return next(iter(self._cast.within(one.source.verb_end, one.line.passage.end)), None)


def _run(name: str, words: Sequence[Word]) -> Iterator[str]:
    """Words near a point: the first and second by place, all by name and class."""
    for n, word in enumerate(words):
        if n < 2:
            yield f"{name} {n} {word.text}"
            if word.kind:
                yield f"{name} {n} {word.kind}"
        if n < 6:
            yield f"{name} {word.text}"
        if word.kind:
            yield f"{name} {word.kind}"
