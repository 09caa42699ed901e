"""Two event reports side by side: named features, each with both values and its bits."""

from __future__ import annotations

from collections.abc import Callable
from math import inf

from recount.link.compare_days import day_bits, day_feature
from recount.link.compare_figures import figure_bits, figure_features
from recount.link.compare_names import (
    actor_bits,
    actor_feature,
    copy_bits,
    copy_feature,
    kind_bits,
    kind_feature,
    target_bits,
    target_feature,
)
from recount.link.compare_places import place_bits, place_feature
from recount.link.compare_wording import names_bits, names_feature, words_bits, words_feature
from recount.link.policy import FORM_PLACE, FORM_WORDING, bits, most, probability
from recount.link.profile import Profile, Rarity
from recount.records import Feature, Record

ONE_TO_ONE: tuple[Callable[[Profile, Profile, Rarity], Feature], ...] = (
    day_feature,
    place_feature,
    kind_feature,
    actor_feature,
    target_feature,
    words_feature,
    names_feature,
    copy_feature,
)

CHEAP = (day_bits, place_bits, kind_bits, actor_bits, target_bits, names_bits)
DEAR = most("account") + most("copy")  # what the features that take long can add


class Comparison(Record, frozen=True):
    """All features of a pair and their sum in bits; zero or more means the same incident."""

    one: str
    other: str
    score: float
    features: tuple[Feature, ...]


def compare(one: Profile, other: Profile, rarity: Rarity) -> Comparison:
    """Compare two event reports; the order of the two never changes the score."""
    if one.id > other.id:
        one, other = other, one
    features = [feature(one, other, rarity) for feature in ONE_TO_ONE]
    features += figure_features(one, other)
    form = form_bits(one, other, rarity)
    if form:
        features.append(
            Feature(name="form", one="the same wording", other="another place, no figure the same", weight=form)
        )
    score = bits("start", "pair") + sum(f.weight for f in features)
    return Comparison(one=one.id, other=other.id, score=round(score, 3), features=tuple(features))


def score(one: Profile, other: Profile, rarity: Rarity, floor: float = -inf) -> float:
    """The score of `compare` without its reasons; some number below `floor` where the score lies below it."""
    if one.id > other.id:
        one, other = other, one
    total = bits("start", "pair") + figure_bits(one, other)
    for weigh in CHEAP:
        total += weigh(one, other, rarity)
    if total + DEAR < floor:
        return total + DEAR
    total += words_bits(one, other, rarity) + copy_bits(one, other, rarity)
    return round(total + form_bits(one, other, rarity), 3)


def form_bits(one: Profile, other: Profile, rarity: Rarity) -> float:
    """What speaks against a pair whose wording is one and whose places and figures are two: a form filled twice."""
    told = one.cells and other.cells
    if place_bits(one, other, rarity) > FORM_PLACE or not told or figure_bits(one, other) >= bits("figures", "equal"):
        return bits("form", "none")
    wording = words_bits(one, other, rarity) + copy_bits(one, other, rarity)
    return bits("form", "filled twice" if wording >= FORM_WORDING else "none")


def sentence(comparison: Comparison, label: str) -> str:
    """One sentence on why the two are, or are not, the same: the weightiest features with both values."""
    same = comparison.score >= 0
    telling = sorted((f for f in comparison.features if f.weight), key=lambda f: (-abs(f.weight), f.name))[:4]
    parts = [f"{f.name} {f.one} / {f.other} ({f.weight:+.1f})" for f in telling]
    verdict = "Same incident as" if same else "Not the same incident as"
    odds = f"{comparison.score:+.1f} bits, {probability(comparison.score):.0%}"
    return f"{verdict} “{label}” ({odds}): {'; '.join(parts) or 'nothing to compare'}."
