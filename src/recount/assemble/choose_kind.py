"""What kind of incident a draft tells of: the words for kinds in its story, those near its figures before all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from recount.assemble.choose_view import View
from recount.assemble.choose_words import step, words_in, words_of
from recount.assemble.scenes import CueWord, toll_of
from recount.records import Kind

_NEAREST = 3
KINDS: tuple[Kind, ...] = ("airstrike", "bombing", "shelling", "abduction", "operation", "clash", "riot", "attack")


def traits(view: View) -> set[str]:
    """What speaks for one kind or another."""
    return {"bias", *_of_sums(view), *_of_words(view), *_of_figures(view)}


def _sums(view: View) -> Counter[Kind]:
    """Summed weights by kind; surer words and those of sentences with figures count for more."""
    sums: Counter[Kind] = Counter()
    for scene in view.draft.scenes:
        for kind, weight in scene.kinds:
            sums[kind] += weight * weight * (2 if scene.tolls else 1)
    return sums


def _of_sums(view: View) -> Iterator[str]:
    sums = _sums(view)
    ranked = sorted(sums, key=lambda k: (-sums[k], KINDS.index(k)))
    for place, kind in enumerate(ranked[:3]):
        yield f"{kind} is number {place + 1}"
        yield f"{kind} has {sums[kind] * 5 // sums.total()} fifths"
    if ranked:
        yield f"first and second: {ranked[0]}, {ranked[1] if len(ranked) > 1 else 'none'}"
    else:
        yield "no word for a kind"
    others: Counter[Kind] = Counter()
    for scene in view.frame.scenes:
        for kind, weight in scene.kinds:
            others[kind] += weight * (weight > 1)
    for kind in others:
        share = others[kind] * 4 // max(1, others.total())
        yield f"{kind}: {share} quarters of the report"
        if ranked and share:
            yield f"{kind}: {share} quarters of the report, {ranked[0]} first"
    for scene in view.frame.scenes:
        if scene.headline:
            for kind, weight in scene.kinds:
                yield f"{kind} {weight} in the report's headline"
    for scene in view.draft.scenes:
        if scene.headline:
            for kind, weight in scene.kinds:
                yield f"{kind} {weight} in headline"


def _of_words(view: View) -> Iterator[str]:
    frame, seen = view.frame, False
    for claim in view.draft.tolls:
        passage = frame.passages[claim.passage]
        words = [c for c in frame.kind_words(passage) if c.kind]
        for place, cue in enumerate(sorted(words, key=lambda c: abs(c.start - claim.start))[:_NEAREST]):
            apart = step(max(cue.start - claim.end, claim.start - cue.end, 0))
            yield f"{cue.kind} {place + 1} near a figure"
            yield f"{cue.kind} by {apart} of a figure"
            yield f"{_said(view, cue)!r} near a figure"
            if not seen:
                yield f"{_said(view, cue)!r} {place + 1} near the first figure"
        seen = True
    for claim in view.draft.tolls[:1]:
        passage = frame.passages[claim.passage]
        for word in words_in(frame.text[passage.start : passage.end]):
            if len(word) > 2:
                yield f"says {word}"
    for scene in view.draft.scenes[:8]:
        for cue in frame.kind_words(scene.passage):
            yield f"{_said(view, cue)!r} told"


def _said(view: View, cue: CueWord) -> str:
    return " ".join(words_of(view.frame.text[cue.start : cue.end]))


def _of_figures(view: View) -> Iterator[str]:
    for claim in view.draft.tolls:
        yield f"{toll_of(claim).harm}"
    if not view.draft.tolls:
        yield "no figures"
