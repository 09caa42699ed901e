"""When an incident happened: every day that the report names is weighed from the standpoint of the incident's draft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from recount.assemble.ages import age_of
from recount.assemble.choose_days_traits import telling, ties
from recount.assemble.choose_frame import Frame, days_of
from recount.assemble.choose_view import Mention, View
from recount.assemble.choose_words import words_in, words_of
from recount.records import Claim

_LONGEST = 30
_FRESH = frozenset({"of the day", "of the eve", "two days old"})


def named_days(frame: Frame) -> list[list[Claim]]:
    """The day claims of the report gathered by their bounds, in the order of first mention."""
    found: dict[tuple[date | None, date | None], list[Claim]] = {}
    for claim in frame.days:
        found.setdefault((days_of(claim).first, days_of(claim).last), []).append(claim)
    return list(found.values())


def may_date(view: View, mentions: Sequence[Claim]) -> bool:
    """Whether a day may be that of the draft: a bare year or month beside none of its figures is history."""
    if not view.draft.tolls or any(days_of(claim).precision not in ("year", "month") for claim in mentions):
        return True
    counted = {claim.passage for claim in view.draft.tolls}
    return any(claim.passage in counted for claim in mentions)


def traits(view: View, mentions: Sequence[Claim], nearest: Mention) -> list[str]:
    """What speaks for or against a day as that of the draft, the words around it left out."""
    return [*_of_days(view, mentions, nearest), *_of_mention(view, nearest), *ties(view, mentions, nearest)]


def _of_mention(view: View, mention: Mention) -> Iterator[str]:
    claim, days = mention.claim, days_of(mention.claim)
    near = "here" if mention.told else "away"
    yield f"stands {mention.relation}"
    yield f"stands {mention.relation}, {days.precision}"
    yield f"stands {mention.relation}, {age_of(days, view.frame.report.published)}"
    if mention.told:
        gap = view.gap(claim)
        yield gap
        yield f"{gap}, {days.precision}"
    row = view.frame.days_in[claim.passage]
    yield f"{near} day {min(3, sum(c.start < claim.start for c in row))} of {min(len(row), 4)}"
    passage = view.frame.passages[claim.passage]
    yield f"in {passage.kind} {min(passage.index, 5)}"


def _of_days(view: View, mentions: Sequence[Claim], nearest: Mention) -> Iterator[str]:
    days, frame = days_of(nearest.claim), view.frame
    here = sum(c.start in view.inside for c in mentions)
    where = "here" if here else "away"
    yield f"precision {days.precision}"
    yield f"{days.precision} {age_of(days, frame.report.published)}"
    yield f"said {' '.join(words_of(nearest.claim.said))[:_LONGEST]}"
    yield f"rule {nearest.claim.rule}"
    yield f"named {min(len(mentions), 4)} times"
    if mentions[0] is frame.days[0]:
        yield f"first day of the report, draft {min(view.number, 2)}"
    if mentions[0].passage <= frame.lead:
        yield f"in headline or lead, draft {min(view.number, 2)}"
        if len(frame.drafts) == 1:
            yield "in headline or lead, only draft"
    others = {n for c in mentions for n in frame.tellers.get(c.passage, ()) if n != view.number}
    yield f"told of by {min(len(others), 2)} others, {'here too' if here else 'not here'}"
    known = [days_of(c) for c in frame.days if c.start in view.inside]
    yield f"{where}, {min(len(known), 3)} days in its story"
    yield f"{where}, {days.precision}, {min(2, sum(d.precision == 'day' for d in known))} single days in its story"
    first = view.draft.scenes[0]
    yield f"{where}, draft {'with headline' if first.headline else f'from {min(first.passage.index, 6)}'}"


def no_day(view: View) -> list[str]:
    """What speaks for a draft whose day the report does not tell."""
    return [f"no day: {trait}" for trait in _of_draft(view)]


def _of_draft(view: View) -> Iterator[str]:
    draft, frame, first = view.draft, view.frame, view.draft.scenes[0]
    known = [days_of(c) for c in frame.days if c.start in view.inside]
    yield "bias"
    yield f"{min(len(known), 3)} in its story"
    yield f"{sum(d.precision == 'day' for d in known[:3])} single in its story"
    yield f"report's day {'known' if frame.report.published else 'unknown'}"
    yield f"draft {min(view.number, 4)}"
    yield f"draft {min(view.number, 4)} of {min(len(frame.drafts), 5)}"
    yield f"from {min(first.passage.index // 2, 8)}"
    yield f"{first.passage.kind}"
    yield f"{min(len(draft.tolls), 4)} figures"
    yield f"{min(len(draft.scenes), 5)} scenes"
    for cue in first.cues:
        yield f"{cue} told"
    for word in words_in(frame.text[first.passage.start : first.passage.end]):
        yield f"says {word}"
    fresh = [c for c in frame.days if age_of(days_of(c), frame.report.published) in _FRESH]
    yield f"{min(3, len({days_of(c).first for c in fresh if days_of(c).precision == 'day'}))} fresh days"
    yield f"lead has {'a' if any(c.passage <= frame.lead for c in fresh) else 'no'} fresh day"
    if not frame.days:
        yield "report names none"
    yield from _of_reach(view)


def _of_reach(view: View) -> Iterator[str]:
    """How near the nearest single day is, and whether the report has a day that it tells on."""
    frame = view.frame
    singles = [c for c in frame.days if days_of(c).precision == "day"]
    nearest = min((min(abs(c.passage - i) for i in view.indexes) for c in singles), default=99)
    yield f"nearest single day {min(nearest, 6)} away"
    ahead = [c for c in frame.days if c.passage <= view.indexes[0]]
    yield f"last named before {min(view.indexes[0] - ahead[-1].passage, 5) if ahead else 'none'}"
    known = "a" if telling(frame) is not None else "no"
    background = "background" if any("background" in s.cues for s in view.draft.scenes) else "news"
    yield f"{known} report's day, {background}, {'only' if len(frame.drafts) == 1 else 'one'} draft"
