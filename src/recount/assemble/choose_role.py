"""What an incident is to its report (topic, fresh news beside it, context), and whether a report brings such news."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recount.assemble.choose_days import age_of
from recount.assemble.choose_frame import Frame, days_of, words_of
from recount.assemble.choose_view import View
from recount.records import Claim, Passage

_TITLE = 90
"""Characters of a report without a headline that stand for one."""


def traits(view: View, day: Claim | None) -> set[str]:
    """What speaks for one role or another, given the day that was chosen."""
    return {"bias", *_of_day(view, day), *_of_order(view), *_of_words(view)}


def _of_day(view: View, day: Claim | None) -> Iterator[str]:
    published = view.frame.report.published
    if day is None:
        yield "no day"
        yield f"no day, report's day {'known' if published else 'unknown'}"
        return
    age = age_of(days_of(day), published)
    yield age
    yield f"{days_of(day).precision} {age}"
    yield f"{age}, draft {min(view.number, 3)}"


def _of_order(view: View) -> Iterator[str]:
    draft, drafts, frame = view.draft, view.frame.drafts, view.frame
    first = draft.scenes[0].passage.index
    yield f"draft {min(view.number, 5)}"
    yield f"draft {min(view.number, 5)} of {min(len(drafts), 5)}"
    yield f"first told at {min(first, 6)}"
    yield f"first told in sixth {first * 6 // (max(frame.passages) + 1) + 1}"
    yield f"{min(len(draft.scenes), 6)} scenes"
    yield f"{min(len(draft.tolls), 6)} figures"
    figures, scenes = sum(len(d.tolls) for d in drafts), sum(len(d.scenes) for d in drafts)
    yield f"{len(draft.tolls) * 4 // max(1, figures)} quarters of the figures"
    yield f"{len(draft.scenes) * 4 // scenes} quarters of the scenes"
    if any(s.headline for s in draft.scenes):
        yield "in headline"
        yield f"in headline, draft {min(view.number, 2)}"
    elif any(d.scenes[0].headline for d in drafts):
        yield "another in headline"
    if any(s.passage.index <= frame.lead + 1 for s in draft.scenes):
        yield "in lead"
    if drafts[0].scenes[0].passage.index > frame.lead + 2:
        yield "lead tells of none"


def _of_words(view: View) -> Iterator[str]:
    draft, frame = view.draft, view.frame
    first = draft.scenes[0]
    for cue in first.cues:
        yield f"cue {cue}"
    for cue in {c for s in draft.scenes for c in s.cues}:
        yield f"some scene {cue}"
    for word in _words(frame, first.passage):
        yield f"first says {word}"
    for word in _title_words(frame):
        yield f"report begins with {word}"
        if view.number == 0:
            yield f"report begins with {word}, first draft"
    for kind in {k for s in draft.scenes for k, weight in s.kinds if weight > 1}:
        yield f"kind {kind}"


def _words(frame: Frame, passage: Passage) -> set[str]:
    return set(words_of(frame.text[passage.start : passage.end]))


def _title_words(frame: Frame) -> set[str]:
    return set(words_of(frame.text[: frame.report.headline_end or _TITLE]))


def news(frame: Frame, days: Sequence[Claim | None]) -> set[str]:
    """What speaks for or against a report that brings news of an incident, given the days chosen for its drafts."""
    return {"bias", *_of_opening(frame), *_of_drafts(frame, days)}


def _of_opening(frame: Frame) -> Iterator[str]:
    for word in _title_words(frame):
        yield f"headline says {word}"
    opening = [
        p for i, p in sorted(frame.passages.items()) if frame.lead <= i <= frame.lead + 2 and p.kind == "sentence"
    ]
    for passage in opening:
        where = "lead" if passage.index == frame.lead else "then"
        for word in _words(frame, passage):
            yield f"{where} says {word}"
    for scene in frame.scenes:
        if scene.headline or scene.passage.index in (frame.lead, frame.lead + 1):
            where = "headline" if scene.headline else "lead"
            if scene.tolls:
                yield f"{where} has a figure"
            for cue in scene.cues:
                yield f"{where} cue {cue}"
            for kind, weight in scene.kinds:
                yield f"{where} kind {kind} {weight}"


def _of_drafts(frame: Frame, days: Sequence[Claim | None]) -> Iterator[str]:
    published = frame.report.published
    yield f"{min(len(frame.drafts), 5)} drafts"
    yield f"first told at {min(frame.drafts[0].scenes[0].passage.index, 8)}"
    yield f"{min(8, sum(len(d.tolls) for d in frame.drafts))} figures"
    yield f"report's day {'known' if published else 'unknown'}"
    for number, (draft, day) in enumerate(zip(frame.drafts, days, strict=True)):
        age = age_of(days_of(day), published) if day else "of no day"
        yield f"a draft {age}"
        if draft.tolls:
            yield f"figures {age}"
        if number == 0:
            yield f"first draft {age}"
        if any(s.headline for s in draft.scenes):
            yield f"headline {age}"
