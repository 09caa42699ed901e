"""The index of linking: filled after a full linking, and used to link what came since by its neighbourhood alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from recount.engine.parts import with_parts
from recount.link import Linked, linked
from recount.link.judged import Judged, judged_pairs
from recount.link.neighbourhood import candidates, indexed, scheme, words_of, worth_drawing
from recount.link.operations import Span, spans_of
from recount.link.profile import Profile, Rarity, profiles_of
from recount.records import EventReport, Incident, Judgement, Record, Report
from recount.store.neighbours import Base, Entry, Neighbours
from recount.store.restated import restated


class Limits(Record, frozen=True):
    """When everything is linked instead: below so many event reports, beyond this growth, for so large a share."""

    least: int = 500
    growth: float = 2.0
    share: float = 0.05


LIMITS = Limits()


def fill(index: Neighbours, found: Linked, seen: tuple[int, int] | None = None) -> None:
    """Make the index anew from a full linking; `seen` is what it rested on, by default all that is there."""
    index.clear()
    entries = (_entry(p, stands=found.stands_for[e] == e) for e, p in found.profiles.items())
    last = index.add(entries, 0)
    index.draw(found.near)
    for kind, counted in _counted(found.rarity).items():
        index.keep_words(kind, counted)
    index.span((), _spans(found))
    _rest_on(index, found.rarity.total, last, last, seen)


def link_part(index: Neighbours, judgements: Sequence[Judgement], mark: str) -> bool:
    """Link what was coded and judged since the last time by its neighbourhood; False where all has to be linked."""
    base = index.base()
    if base is None or base.scheme != scheme():
        return False
    fresh, gone = index.fresh(base.extraction), index.gone(base.extraction)
    if _too_much(base, len(fresh), len(gone)):
        return False
    carried, named = restated(index, judgements)
    changed = index.drawn_to(gone) | _judged_anew(index, base)
    _take_out(index, gone)
    last = _put_in(index, base, fresh)
    musts = judged_pairs(carried, index.current(_subjects(carried, named)), named)
    decided = _closure(index, (changed | set(fresh)) - set(gone), musts)
    homes = index.homes(decided | set(gone))
    events, reports = _told(index, decided)
    rarity = _rarity(index, base, profiles_of(events, reports).values())
    current = [*named, *index.incidents(homes)]
    found = linked(events, reports, judgements=carried, current=current, rarity=rarity)
    _stand_anew(index, found)
    index.draw(found.near)
    index.span([*homes, *(i.id for i in found.incidents)], _spans(found))
    whole, others = with_parts(index, found.incidents, homes)
    index.relink(decided | set(gone), whole, found.links, mark)
    index.rename(others)
    _rest_on(index, base.total, base.held, last)
    return True


def _too_much(base: Base, fresh: int, gone: int) -> bool:
    grown = base.numbered + fresh > LIMITS.growth * base.held
    return base.held < LIMITS.least or grown or fresh + gone > LIMITS.share * base.held


def _rest_on(index: Neighbours, total: int, held: int, numbered: int, seen: tuple[int, int] | None = None) -> None:
    extraction, judgement = seen or index.seen()
    index.rest_on(
        Base(scheme=scheme(), total=total, extraction=extraction, judgement=judgement, held=held, numbered=numbered)
    )


def _judged_anew(index: Neighbours, base: Base) -> set[str]:
    """Event reports that a judgement made, or taken back, since the last linking speaks of."""
    subjects = index.judged_since(base.judgement)
    if not subjects:
        return set()
    probe = Judgement(id="", decision="unsure", subjects=tuple(sorted(subjects)), by="", at="")
    carried, named = restated(index, [probe])
    return index.current(_subjects(carried, named))


def _subjects(judgements: Iterable[Judgement], named: Iterable[Incident]) -> set[str]:
    return {s for j in judgements for s in j.subjects}.union(*(i.event_reports for i in named))


def _told(index: Neighbours, ids: Iterable[str]) -> tuple[list[EventReport], dict[str, Report]]:
    events = index.event_reports(ids)
    return events, index.reports(e.report for e in events)


def _take_out(index: Neighbours, gone: Sequence[str]) -> None:
    index.drop([_entry(profile) for profile in profiles_of(*_told(index, gone)).values()])


def _put_in(index: Neighbours, base: Base, fresh: Sequence[str]) -> int:
    """Add new event reports and draw them to what they may tell of together; the highest number now given."""
    profiles = profiles_of(*_told(index, fresh))
    last = index.add([_entry(p) for p in profiles.values()], base.numbered)
    near = {e: candidates(indexed(p), index.members) for e, p in profiles.items()}
    others = profiles_of(*_told(index, set().union(*near.values()) - set(profiles)))
    held = profiles | others
    rarity = _rarity(index, base, held.values())
    for event, profile in profiles.items():
        index.draw(worth_drawing(profile, (held[o] for o in sorted(near[event])), rarity))
    return last


def _rarity(index: Neighbours, base: Base, profiles: Iterable[Profile]) -> Rarity:
    """Rarity as the last full linking counted it, for the words of these profiles."""
    words, places, names = words_of(profiles)
    counted = index.counts({"word": words, "place": places, "name": names})
    rarity = Rarity(total=base.total)
    rarity.words.update(counted["word"])
    rarity.places.update(counted["place"])
    rarity.names.update(counted["name"])
    return rarity


def _counted(rarity: Rarity) -> dict[str, Mapping[str, int]]:
    return {"word": rarity.words, "place": rarity.places, "name": rarity.names}


def _closure(index: Neighbours, changed: set[str], musts: Judged) -> set[str]:
    """The event reports that pairs, judgements and present incidents connect with the changed ones."""
    judged: dict[str, set[str]] = {}
    for one, other in musts.same:
        judged.setdefault(one, set()).add(other)
        judged.setdefault(other, set()).add(one)
    found, edge = set(changed), set(changed)
    while edge:
        reached = index.drawn_to(edge).union(*(judged.get(e, ()) for e in edge), index.housed_with(edge))
        edge = reached - found
        found |= edge
    return index.current(found)


def _stand_anew(index: Neighbours, found: Linked) -> None:
    """Let those fall into blocks that stand for themselves now, and only those."""
    stands = {e: first == e for e, first in found.stands_for.items()}
    turned = index.turned(stands)
    index.restand([_entry(found.profiles[e], stands=stands[e]) for e in turned])


def _entry(profile: Profile, *, stands: bool = True) -> Entry:
    kept = indexed(profile)
    return Entry(place=kept.member, blocks=tuple(kept.blocks), stands=stands)


def _spans(found: Linked) -> list[Span]:
    views = ((i.id, [found.profiles[e] for e in i.event_reports]) for i in found.incidents)
    return [span for incident, view in views for span in spans_of(incident, view)]
