"""Who speaks: each source of a report with the stretch of text that is in its voice.

A source covers what follows "X said" in its sentence, what stands before a trailing ", X said", and a quotation with
all its sentences. Sentences without a source are the outlet's own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from recount.extract.speakers_cues import WEAK, Cue, cues_of
from recount.extract.speakers_names import Name
from recount.extract.speakers_words import Hit, VoiceWords, voice_words
from recount.records import Party, Passage, Speaker

_QUOTED = re.compile(r"“[^”]*(?:”|\Z)|\"[^\"\n]*\"")
_BREAK = re.compile(r"(?:,|;| –| —)\s+(?:and|while|but|with|as|although|whereas)\b")
_REACH = 3
"""A quotation without a voice of its own belongs to the last one if that spoke at most so many passages before."""


_MEMORY = 9
_JOINERS = frozenset({"al-", "bin", "de", "der", "van", "von", "al", "el-", "ul"})


class Source(NamedTuple):
    """One voice: its name's span (`text[start:end] == name`), the word of speech, and the stretch in its voice."""

    start: int
    end: int
    name: str
    verb_start: int
    verb_end: int
    scope: tuple[int, int]
    passage: int
    chain: tuple[Speaker, ...]
    rule: str


def find(text: str, passages: Sequence[Passage], language: str = "en") -> list[Source]:
    """All sources of a report, in the order of the text."""
    words = voice_words(language)
    plain, moved = _without_soft_hyphens(text)
    hits = words.cues(_lowered(plain))
    finder = _Finder(plain, words)
    shifted = [p if moved is None else _shifted(p, moved) for p in passages]
    at = 0
    for passage in shifted:
        while at < len(hits) and hits[at].start < passage.start:
            at += 1
        first = at
        while at < len(hits) and hits[at].end <= passage.end:
            at += 1
        if passage.kind != "furniture" and (at > first or passage.kind == "headline"):
            finder.read(passage, hits[first:at])
    found = finder.with_quotations(shifted)
    return found if moved is None else [_moved_back(s, moved) for s in found]


def _lowered(text: str) -> str:
    """The text in lower case, of the same length."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _without_soft_hyphens(text: str) -> tuple[str, list[int] | None]:
    """The text without soft hyphens, and where each of its characters (and its end) stands in the original."""
    if "\u00ad" not in text:
        return text, None
    kept = [i for i, c in enumerate(text) if c != "\u00ad"]
    return "".join(text[i] for i in kept), [*kept, len(text)]


def _shifted(passage: Passage, kept: list[int]) -> Passage:
    return msgspec.structs.replace(passage, start=bisect_left(kept, passage.start), end=bisect_left(kept, passage.end))


def _moved_back(source: Source, kept: list[int]) -> Source:
    chain = tuple(msgspec.structs.replace(s, start=kept[s.start], end=kept[s.end - 1] + 1) for s in source.chain)
    return source._replace(
        start=kept[source.start],
        end=kept[source.end - 1] + 1,
        verb_start=kept[source.verb_start],
        verb_end=kept[source.verb_end],
        scope=(kept[source.scope[0]], kept[source.scope[1]]),
        chain=chain,
    )


def source_of(sources: Sequence[Source], start: int, end: int) -> Source | None:
    """The nearest source whose scope holds the beginning of a span; None where the outlet itself speaks."""
    holding = [s for s in sources if s.scope[0] <= start < s.scope[1]]
    return min(holding, key=lambda s: (s.scope[1] - s.scope[0], abs(s.verb_start - start)), default=None)


class _Finder:
    """Reads passages in order and remembers who spoke."""

    def __init__(self, text: str, words: VoiceWords) -> None:
        self.text, self.words = text, words
        self.sources: list[Source] = []
        self.named: list[tuple[int, int]] = []
        self.phrases: list[str] = []

    def read(self, passage: Passage, hits: Sequence[Hit]) -> None:
        headline = passage.kind == "headline"
        cues = cues_of(self.text, passage.start, passage.end, hits, self.words, headline=headline)
        named = [c for c in cues if c.rule == WEAK]
        cues = [c for c in cues if c.rule != WEAK]
        own, relays = _split_relays(self.text, cues, self.words)
        for i, cue in enumerate(own):
            span = self._resolve(cue.name)
            if span is None:
                continue
            scope = _scope(self.text, passage, own, i)
            passed_on = [n for n in (cue.relay, *(r.name for r in relays.get(i, ()))) if n]
            chain = tuple(self._speaker(s) for s in self._chain(span, cue, passed_on))
            first = chain[0]
            self.sources.append(
                Source(first.start, first.end, first.name, *cue.verb, scope, passage.index, chain, cue.rule)
            )
        for cue in named:
            self._resolve(cue.name)

    def _chain(self, span: tuple[int, int], cue: Cue, others: Sequence[Name]) -> list[tuple[int, int]]:
        rest = [s for s in (self._resolve(n, keep=False) for n in others) if s and s != span]
        return [span, *rest]

    def _speaker(self, span: tuple[int, int]) -> Speaker:
        name = self.text[span[0] : span[1]]
        return Speaker(name=name, start=span[0], end=span[1], party=self._party(name))

    def _party(self, name: str) -> Party:
        parts = re.split(r"\b(?:of|for|in|at|from)\b", name)
        for part in parts:
            for word in reversed(part.split()):
                if (party := self.words.party(word.strip("().,"))) is not None:
                    return party
        return "unknown"

    def _resolve(self, name: Name, *, keep: bool = True) -> tuple[int, int] | None:
        """The span to show for a name: the one who spoke last for a pronoun, the full name for a part of it."""
        if name.pronoun:
            return self._meant(self.text[name.start : name.end].lower())
        span = self._known(name.short) or name.short
        if keep:
            self.named.append(span)
            self.phrases.append(self.text[name.start : name.end].lower())
        return span

    def _meant(self, pronoun: str) -> tuple[int, int] | None:
        """Who a pronoun means: the last person for "he", the last that is none for "it", else whoever spoke last."""
        if pronoun != "they":
            for span in self.named[:-_MEMORY:-1]:
                if self._is_person(span) == (pronoun != "it"):
                    return span
        return self.named[-1] if self.named else None

    def _is_person(self, span: tuple[int, int]) -> bool:
        parts = self.text[span[0] : span[1]].split()
        if len(parts) < 2:
            return parts[0].lower().rstrip("s") in self.words.human
        if any(p.lower().rstrip("s") in self.words.human for p in parts):
            return True
        return not any(self.words.is_noun(p) for p in parts) and all(
            p[0].isupper() or p[:3].lower() in _JOINERS for p in parts
        )

    def _known(self, span: tuple[int, int]) -> tuple[int, int] | None:
        """An earlier and fuller name that ends with, or is meant by, the one at `span`."""
        said = self.text[span[0] : span[1]]
        if said.lower() in ("statement", "report", "post", "source", "press release", "handout"):
            return self.named[-1] if self.named else None
        for earlier in reversed(self.named):
            full = self.text[earlier[0] : earlier[1]]
            if full == said or ((full.endswith(f" {said}") or f" ({said})" in full) and " and " not in full):
                return earlier
        if said.lower() in self.words.again:
            for earlier, phrase in zip(reversed(self.named), reversed(self.phrases), strict=True):
                if said.lower() in phrase.split():
                    return earlier
        return None

    def with_quotations(self, passages: Sequence[Passage]) -> list[Source]:
        """The sources, each with the whole of the quotations that it covers in part."""
        quotations = [m.span() for m in _QUOTED.finditer(self.text) if m.end() - m.start() > 25]
        if not quotations:
            return self.sources
        starts = {p.index: p.start for p in passages}
        self.sources = [_widened(s, quotations, starts[s.passage]) for s in self.sources]
        return sorted([*self.sources, *self._left_over(passages, quotations)], key=lambda s: (s.verb_start, s.scope))

    def _left_over(self, passages: Sequence[Passage], quotations: Sequence[tuple[int, int]]) -> list[Source]:
        """Passages with a quotation and without a voice: whoever spoke last goes on."""
        found = []
        voiced = {s.passage for s in self.sources}
        for passage in passages:
            if passage.index in voiced or passage.kind != "sentence":
                continue
            inside = [q for q in quotations if q[0] < passage.end and passage.start < q[1]]
            last = next((s for s in reversed(self.sources) if s.passage < passage.index), None)
            if not inside or last is None or passage.index - last.passage > _REACH:
                continue
            if source_of(self.sources, passage.start, passage.end) is None:
                found.append(
                    last._replace(
                        scope=(passage.start, passage.end), passage=passage.index, rule="the quotation goes on"
                    )
                )
        return found


def _split_relays(text: str, cues: Sequence[Cue], words: VoiceWords) -> tuple[list[Cue], dict[int, list[Cue]]]:
    """Cues of their own, and those that only pass on another one's words, by the place of that one."""
    own: list[Cue] = []
    relays: dict[int, list[Cue]] = {}
    for cue in cues:
        verb = text[cue.verb[0] : cue.verb[1]].lower()
        if own and cue.rule == "citing X" and not own[-1].relay:
            relay = own.pop()
            own.append(relay._replace(name=cue.name, relay=relay.name, end=max(relay.end, cue.begin), rule="citing X"))
        elif own and own[-1].fronted and not cue.fronted and (verb in words.relays or cue.rule == "according to X"):
            relays.setdefault(len(own) - 1, []).append(cue)
        else:
            own.append(cue)
    return own, relays


def _scope(text: str, passage: Passage, cues: Sequence[Cue], i: int) -> tuple[int, int]:
    """The stretch of its sentence that a cue covers."""
    cue = cues[i]
    before, after = (cues[i - 1] if i else None), (cues[i + 1] if i + 1 < len(cues) else None)
    start, end = cue.verb[0], cue.end if cue.closed else passage.end
    if cue.left:
        start = passage.start if before is None else _border(text, before, cue)
    if after is not None and not cue.closed:
        end = _border(text, cue, after) if after.left else after.begin
    return start, max(end, cue.end)


def _border(text: str, one: Cue, other: Cue) -> int:
    """Where, between two cues, the second one's content begins: at a new clause after a fronted one, else at once."""
    if not one.fronted:
        return one.end
    breaks = [m.start() for m in _BREAK.finditer(text, one.end, other.begin)]
    return breaks[-1] if breaks else other.begin


def _widened(source: Source, quotations: Sequence[tuple[int, int]], sentence: int) -> Source:
    start, end = source.scope
    for opening, closing in quotations:
        if (
            opening < sentence <= start < closing <= source.verb_start + 2
            or opening < start == sentence < closing <= end
        ):
            start = opening
        if source.verb_end <= opening < end < closing and closing - opening < 1500:
            end = closing
    return source._replace(scope=(start, end))
