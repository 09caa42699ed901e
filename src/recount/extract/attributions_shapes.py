"""The shapes of attributions: where, around a rule's words, its two names stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from recount.extract.attributions_names import Cast
from recount.extract.attributions_rules import Rule
from recount.extract.speakers import Source
from recount.records import Passage
from recount.values.actors import ActorMention

_ALLEGED_BEFORE = re.compile(
    r"\b(?:allegations?|accusations?|claims?|charges?|assertions?)\b(?=[^.,;]*$)", re.IGNORECASE
)
_MEMBER = re.compile(r"\s+(?:belonging to|affiliated with|linked to|associated with|members? of|from) (?:the )?")
_BOTH = re.compile(r"\b(?:both|two) (?:sides|countries|parties) $", re.IGNORECASE)
_PERSON = re.compile(r"^[A-Z][\w’'-]+(?: [A-Z][\w’'.-]+| al-\w+| bin){1,3}$")
_OF = re.compile(r"\s(?:of|for)\s(?![A-Z])")
_OBJECT = re.compile(r"\s+(?:of|for)\b")
_WHOM = re.compile(r",?\s+(?:which|whom|who|that)\s+(?:the\s+)?$")
_QUOTE_REACH = 90


class Pair(NamedTuple):
    """Who says it of whom, and the stretch that holds both."""

    accuser: str | None
    accused: str | None
    start: int
    end: int


Shape = Callable[[Rule, Cast, Passage, int, int], Iterator[Pair]]


def _accuse(rule: Rule, cast: Cast, passage: Passage, start: int, end: int) -> Iterator[Pair]:
    if rule.needs and not rule.needs.pattern.search(cast.text[start : end + 60]):
        return
    voice = cast.voice_at(start, end) or _subject(cast, passage, start)
    if _OBJECT.match(cast.text, end):
        yield from _object(cast, passage, voice, start, end)
        return
    charge = _OF.search(cast.text, end + 2, passage.end)
    name = cast.name_behind(end, charge.start() if charge else passage.end)
    if (
        name is None
        or voice is None
        or (rule.topic and not rule.topic.pattern.search(cast.text, name.end, min(passage.end, name.end + 100)))
    ):
        return
    member = _MEMBER.match(cast.text, name.end, passage.end)
    group = (
        next((a for a in cast.within(member.end(), member.end() + 60) if a.start == member.end()), None)
        if member
        else None
    )
    for accuser in cast.speakers(voice) if isinstance(voice, Source) else voice:
        for accused in [cast.shown(group)] if group else cast.names(name):
            yield Pair(accuser, accused, start, group.end if group else name.end)


def _object(cast: Cast, passage: Passage, voice: Source | list[str] | None, start: int, end: int) -> Iterator[Pair]:
    """ "Y, which X accused of it"."""
    if not isinstance(voice, Source):
        return
    relative = _WHOM.search(cast.text, max(passage.start, voice.start - 12), voice.start)
    name = cast.name_before(passage.start, relative.start()) if relative else None
    for accused in cast.names(name) if name else ():
        yield Pair(cast.voice_name(voice), accused, name.start if name else start, end)


def _subject(cast: Cast, passage: Passage, start: int) -> list[str] | None:
    name = cast.name_before(passage.start, start)
    return cast.names(name) if name else None


def _passive(rule: Rule, cast: Cast, passage: Passage, start: int, end: int) -> Iterator[Pair]:
    subject = cast.name_before(passage.start, start)
    if subject is None or (rule.topic and not rule.topic.pattern.search(cast.text, end, min(passage.end, end + 120))):
        return
    if not cast.within(*subject.short) and not (rule.topic and _PERSON.search(cast.text[slice(*subject.short)])):
        return
    by = re.compile(r"\bby\s+").search(cast.text, max(start, end - 4), min(passage.end, end + 4))
    agent = cast.name_behind(by.end(), passage.end) if by else None
    accuser = cast.names(agent)[0] if agent else None
    for accused in cast.names(subject):
        yield Pair(accuser, accused, subject.start, end)


def _blamed(rule: Rule, cast: Cast, passage: Passage, start: int, end: int) -> Iterator[Pair]:
    name = cast.name_behind(end, passage.end)
    voice = cast.voice_over(start, end)
    if name and cast.within(name.start, name.end):
        for accused in cast.names(name):
            yield Pair(cast.voice_name(voice) if voice else None, accused, start, name.end)


def _mutual(rule: Rule, cast: Cast, passage: Passage, start: int, end: int) -> Iterator[Pair]:
    before = [a for a in cast.within(passage.start, start) if not a.generic and not a.adjective and not a.placelike]
    names = list({cast.party(a) if a.metonym else cast.shown(a): a.start for a in before})[-2:]
    begin = before[-2].start if len(before) > 1 else start
    if len(names) < 2:
        names = cast.opponents(passage.end)
    if len(names) == 2:
        yield Pair(names[0], names[1], begin, end)
        yield Pair(names[1], names[0], begin, end)


def _claim(rule: Rule, cast: Cast, passage: Passage, start: int, end: int) -> Iterator[Pair]:
    voice = cast.voice_at(start, end)
    actor = cast.actor_of(voice) if voice else None
    if rule.needs_actor and (actor is None or voice is None or not _may_own(cast, actor, passage)):
        return
    names = cast.speakers(voice) if voice else _subject(cast, passage, start) or []
    for name in names:
        yield Pair(
            name,
            cast.party(actor) if actor and len(names) == 1 and _is_force(actor) else name,
            start,
            end + _QUOTE_REACH,
        )


def _claimed(rule: Rule, cast: Cast, passage: Passage, start: int, end: int) -> Iterator[Pair]:
    name = cast.name_behind(end, passage.end)
    for one in cast.names(name) if name else ():
        yield Pair(one, one, start, name.end if name else end)


_HANDS = (
    "forces|fighters|troops|army|military|air force|navy|naval forces|soldiers|jets|warplanes|drones|men|units|gunners"
)
_THAT = re.compile(r"[\s,:“\"]*(?:that\s+)?(?:the\s+)?")
_SELF = re.compile(
    rf"(?:it|they|we|(?:its|their|his|our|country’s)(?: \w+)? (?:{_HANDS})|group|army|military|"
    r"air force|navy|troops|soldiers)(?=\s)",
    re.IGNORECASE,
)
_AUX = re.compile(
    r"[\s“\"‘]+(?:(?:had|has|have|also|just|was|were|recently|later|earlier|\w+ly)[\s“\"‘]+)*", re.IGNORECASE
)


def deeds(rules: Sequence[Rule], cast: Cast, passages: Sequence[Passage]) -> Iterator[tuple[Rule, Passage, int, int]]:
    """Where a voice begins with "it struck": the rule's words right behind the word of speech."""
    by_index = {p.index: p for p in passages}
    for source in cast.sources:
        subject = _own_subject(cast, source)
        aux = _AUX.match(cast.text, subject, source.scope[1]) if subject else None
        if aux is None:
            continue
        for rule in rules:
            words = rule.words.pattern.match(cast.text, aux.end(), source.scope[1])
            home = by_index[source.passage]
            if words and not home.start <= words.start() < home.end:
                continue  # the voice goes on into a passage of its own
            if words and (not rule.not_behind or not rule.not_behind.pattern.match(cast.text, words.end())):
                yield rule, by_index[source.passage], words.start(), words.end()


def _own_subject(cast: Cast, source: Source) -> int | None:
    """The end of the subject with which a voice begins, where that is the speaker itself or its own forces."""
    tail = cast.words.tail.match(cast.text, source.verb_end, source.scope[1])
    begin = _THAT.match(cast.text, tail.end() if tail else source.verb_end)
    at = begin.end() if begin else source.verb_end
    own = _SELF.match(cast.text, at, source.scope[1])
    if own:
        return own.end()
    named = next((a for a in cast.within(at, at + 50) if a.start == at), None)
    actor = cast.actor_of(source) if named and not named.generic else None
    if named is None or actor is None or not _of_one_side(actor, named):
        return None
    return named.end


def _of_one_side(one: ActorMention, other: ActorMention) -> bool:
    if one.actor.neutral == other.actor.neutral:
        return True
    return one.actor.party == other.actor.party == "state" and one.actor.country == other.actor.country is not None


def _deed(rule: Rule, cast: Cast, passage: Passage, start: int, end: int) -> Iterator[Pair]:
    voice = cast.voice_over(start, end)
    actor = cast.actor_of(voice) if voice else None
    if voice is None or actor is None or not _may_own(cast, actor, passage):
        return
    if rule.needs and not rule.needs.pattern.search(cast.text[start : min(passage.end, end + 80)]):
        return
    yield Pair(cast.voice_name(voice), cast.party(actor), start, end + _QUOTE_REACH)


def _is_force(actor: ActorMention) -> bool:
    return actor.actor.party == "state"


def _may_own(cast: Cast, actor: ActorMention, passage: Passage) -> bool:
    """Armed groups may; a state only for what it did abroad."""
    if actor.actor.side == "armed_group":
        return True
    if actor.actor.side != "state_forces" or actor.actor.party != "state":
        return False
    own = actor.actor.country
    return any(a.actor.country not in (own, None) for a in cast.within(passage.start, passage.end)) or own in _ABROAD


_ABROAD = frozenset({"IL", "US", "RU", "IR", "UA"})
"""States whose announced strikes are, nearly all of them, on other states' soil in the years that reports cover."""


def _deny(rule: Rule, cast: Cast, passage: Passage, start: int, end: int) -> Iterator[Pair]:
    told = rule.topic is None or rule.topic.pattern.search(cast.text, end - 15, min(passage.end, end + 90))
    if not told and not _ALLEGED_BEFORE.search(cast.text[max(passage.start, start - 60) : start]):
        return
    voice = cast.voice_at(start, end)
    if _BOTH.search(cast.text[max(passage.start, start - 16) : start]):
        for name in cast.opponents(passage.start):
            yield Pair(name, name, start, end + _QUOTE_REACH)
        return
    claimant = _claimant(cast, start, min(passage.end, end + 40))
    if voice is None:
        subject = cast.name_before(passage.start, start)
        named = cast.within(*subject.short) if subject else []
        for name in cast.names(subject) if subject else ():
            party = cast.party(named[0]) if len(named) == 1 and not named[0].generic else name
            yield Pair(name, claimant or party, start, end + _QUOTE_REACH)
        return
    actor = cast.actor_of(voice)
    if claimant:
        yield Pair(cast.voice_name(voice), claimant, start, end + _QUOTE_REACH)
        return
    for name in cast.speakers(voice):
        yield Pair(
            name, cast.party(actor) if actor and len(cast.speakers(voice)) == 1 else name, start, end + _QUOTE_REACH
        )


def _claimant(cast: Cast, start: int, end: int) -> str | None:
    """The armed group whose claim is rejected."""
    by = _CLAIM_OF.search(cast.text, start, end)
    named = cast.within(by.end(), by.end() + 60)[:1] if by else []
    if named and named[0].start - by.end() < 5 and (named[0].actor.side == "armed_group" or "Guard" in named[0].name):  # type: ignore[union-attr]
        return cast.party(named[0])
    return None


_CLAIM_OF = re.compile(r"\b(?:claims?|assertions?|statements?) (?:made )?(?:by|from|of) (?:the )?")


def _nobody(rule: Rule, cast: Cast, passage: Passage, start: int, end: int) -> Iterator[Pair]:
    yield Pair(None, None, start, end)


def _voiced(rule: Rule, cast: Cast, passage: Passage, start: int, end: int) -> Iterator[Pair]:
    voice = cast.voice_over(start, end)
    if voice is None:
        return
    name = cast.name_behind(end, passage.end)
    named = cast.within(name.start, name.end) if name else []
    if name and any(not a.generic for a in named):
        for accused in cast.names(name):
            yield Pair(cast.voice_name(voice), accused, start, name.end)


def _behind(rule: Rule, cast: Cast, passage: Passage, start: int, end: int) -> Iterator[Pair]:
    voice = cast.voice_over(start, end)
    if voice is None:
        return
    name = cast.name_before(max(passage.start, min(voice.verb_end, start)), start)
    if name and any(not a.generic for a in cast.within(name.start, name.end)):
        for accused in cast.names(name):
            if accused != voice.name:
                yield Pair(cast.voice_name(voice), accused, name.start, end)


def _did(rule: Rule, cast: Cast, passage: Passage, start: int, end: int) -> Iterator[Pair]:
    """ "X alleged that Y struck": only where the content begins with Y, who is not of X's own side."""
    voice = cast.voice_over(start, end)
    if voice is None or voice.passage != passage.index or not voice.verb_end <= start:
        return
    tail = cast.words.tail.match(cast.text, voice.verb_end, start)
    name = cast.name_before(voice.verb_end, start)
    if name is None or _LED_IN.fullmatch(cast.text, tail.end() if tail else voice.verb_end, name.start) is None:
        return
    named, own = cast.within(name.start, name.end), cast.actor_of(voice)
    if not named or named[-1].generic or (own and _of_one_side(own, named[-1])):
        return
    sure = rule.needs is None or rule.needs.pattern.search(cast.text[voice.verb_start : voice.verb_end])
    if sure or (
        _is_state(cast, voice) and named[-1].actor.side == "armed_group" and _DONE.search(cast.text, start, end)
    ):
        for accused in [cast.shown(named[-1])] if len(named) == 1 else cast.names(name):
            yield Pair(cast.voice_name(voice), accused, name.start, end + _QUOTE_REACH)


def _is_state(cast: Cast, voice: Source) -> bool:
    actor = cast.actor_of(voice)
    return (actor.actor.party if actor else voice.chain[0].party) == "state"


_DONE = re.compile(r"carried out|perpetrated|behind|planned|plotting|planning")
_LED_IN = re.compile(
    r"[\s,:“\"]*(?:that\s+)?(?:the\s+)?(?:(?:\w+ )?(?:terrorists|militants|men|fighters|members|gunmen|attackers) "
    r"(?:belonging to|from|of|linked to|affiliated with) (?:the )?)?(?:\w+[-‑](?:sponsored|backed) )?"
)


def _label(rule: Rule, cast: Cast, passage: Passage, start: int, end: int) -> Iterator[Pair]:
    if start == 0 or cast.text[start - 1] not in "-‑– ":
        return
    state = next((a for a in cast.within(max(0, start - 30), start) if a.end == start - 1), None)
    voice = cast.voice_over(start, end)
    if state is None or voice is None or not state.actor.country:
        return
    if rule.needs and not rule.needs.pattern.search(cast.text[start : end + 30]):
        return
    yield Pair(cast.voice_name(voice), state.actor.neutral, state.start, end + 20)


def _noun(rule: Rule, cast: Cast, passage: Passage, start: int, end: int) -> Iterator[Pair]:
    """ "Accusations by X that Y ...": Y is the next party that is not of X's side."""
    name = cast.name_behind(end, passage.end)
    named = cast.within(name.start, passage.end) if name else []
    if name is None or not named or named[0].start > name.end:
        return
    if rule.topic and not rule.topic.pattern.search(cast.text, name.end, min(passage.end, name.end + 120)):
        return
    other = next((a for a in named[1:] if not a.generic and not _of_one_side(a, named[0])), None)
    if other:
        yield Pair(cast.shown(named[0]), cast.party(other), start, other.end)


SHAPES: dict[str, Shape] = {
    "accuse": _accuse,
    "passive": _passive,
    "mutual": _mutual,
    "blamed": _blamed,
    "claim": _claim,
    "claimed": _claimed,
    "deed": _deed,
    "deny": _deny,
    "nobody": _nobody,
    "voiced": _voiced,
    "behind": _behind,
    "label": _label,
    "did": _did,
    "noun": _noun,
}
