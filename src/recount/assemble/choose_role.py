"""What an incident is to its report (topic, fresh news beside it, context), and whether a report brings such news."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recount.assemble.ages import age_of
from recount.assemble.choose_frame import Frame, days_of
from recount.assemble.choose_view import View
from recount.assemble.choose_words import says_speech, words_in
from recount.records import Claim, Passage

_DENSE = ("armed", "harm", "background", "other", "accident", "statistic_strong", "statistic_weak", "separate", "same")
_OPENING = 500
"""Characters behind the headline that are read as the opening."""
_NAME = re.compile(r"\b[A-Z][\w’'-]{3,}|\b[a-z]{6,}")
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
    shared = _names(frame.text[: frame.report.headline_end or _TITLE]) & {
        name for s in draft.scenes if not s.headline for name in _names(frame.text[s.passage.start : s.passage.end])
    }
    yield f"{min(len(shared), 5)} words of the headline in its story"
    yield f"{min(len(shared), 5)} words of the headline in its story, {min(len(draft.scenes), 3)} scenes"
    for word in _title_words(frame):
        yield f"report begins with {word}"
        if view.number == 0:
            yield f"report begins with {word}, first draft"
    for kind in {k for s in draft.scenes for k, weight in s.kinds if weight > 1}:
        yield f"kind {kind}"


def _words(frame: Frame, passage: Passage) -> set[str]:
    return words_in(frame.text[passage.start : passage.end])


def _names(text: str) -> set[str]:
    return {word.lower() for word in _NAME.findall(text)}


def _title_words(frame: Frame) -> set[str]:
    return words_in(frame.text[: frame.report.headline_end or _TITLE])


def news(frame: Frame, days: Sequence[Claim | None]) -> set[str]:
    """What speaks for or against a report that brings news of an incident, given the days chosen for its drafts."""
    return {"bias", *_of_text(frame), *_of_opening(frame), *_of_density(frame), *_of_drafts(frame, days)}


def _of_text(frame: Frame) -> Iterator[str]:
    title = frame.report.headline_end or _TITLE
    for where, left, right in (("headline", 0, title), ("opening", title, title + _OPENING), ("report", 0, None)):
        for word in words_in(frame.text[left:right]):
            yield f"{where} says {word}"


def _of_opening(frame: Frame) -> Iterator[str]:
    for scene in frame.scenes:
        if scene.headline or scene.passage.index in (frame.lead, frame.lead + 1):
            where = "headline" if scene.headline else "lead"
            if scene.tolls:
                yield f"{where} has a figure"
            for cue in scene.cues:
                yield f"{where} cue {cue}"
            for kind, weight in scene.kinds:
                yield f"{where} kind {kind} {weight}"


def _of_density(frame: Frame) -> Iterator[str]:
    """How much of the report tells of violence, and how soon."""
    size = max(frame.passages, default=0) + 1
    figures = [s for s in frame.scenes if s.tolls]
    yield f"{min(9, 10 * sum(len(s.tolls) for s in figures) // size)} figures in ten sentences"
    for cue in _DENSE:
        yield f"{cue} in {10 * sum(cue in s.cues for s in frame.scenes) // size} of ten sentences"
    first = figures[0].passage.index if figures else 0
    yield f"first figure at {min(first, 9)}" if figures else "no figure"
    yield f"first figure in fifth {first * 5 // size + 1}"
    speech = 2000 * says_speech(frame.text) // max(1, len(frame.text))
    yield f"speech {min(9, speech)} times in a page"
    yield f"{min(9, size // 6)} pages"


def _of_drafts(frame: Frame, days: Sequence[Claim | None]) -> Iterator[str]:
    published = frame.report.published
    yield f"{min(len(frame.drafts), 5)} drafts"
    yield f"report's day {'known' if published else 'unknown'}"
    if frame.drafts:
        yield f"first told at {min(frame.drafts[0].scenes[0].passage.index, 8)}"
        yield f"{min(8, sum(len(d.tolls) for d in frame.drafts))} figures"
    for number, (draft, day) in enumerate(zip(frame.drafts, days, strict=True)):
        age = age_of(days_of(day), published) if day else "of no day"
        yield f"a draft {age}"
        if draft.tolls:
            yield f"figures {age}"
        if number == 0:
            yield f"first draft {age}"
        if any(s.headline for s in draft.scenes):
            yield f"headline {age}"
