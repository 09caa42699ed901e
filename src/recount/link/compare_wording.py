"""The features made of words: what the two accounts say of the incident, and the names that they share."""

from __future__ import annotations

from math import fsum

from recount.link.policy import bits
from recount.link.profile import Profile, Rarity
from recount.records import Feature

ENOUGH = 12  # words of its own with which an account can be told from another by them
FEW_WORDS = 3  # a label with fewer telling words says little by not sharing them
ACCOUNT_LEVELS = (
    (0.25, "one story"),
    (0.18, "much alike"),
    (0.12, "alike"),
    (0.08, "somewhat alike"),
    (0.02, "little"),
    (0.0, "nothing"),
)
LABEL_LEVELS = ((0.45, "much alike"), (0.25, "alike"), (0.12, "somewhat alike"), (0.04, "little"), (0.0, "nothing"))
NAME_LEVELS = ((25.0, "many rare"), (20.0, "several rare"), (16.0, "a few rare"), (12.0, "two rare"), (0.0, "none"))
SHOWN = 3  # words given as the values of a comparison
TELLING = 4  # names that are counted, the rarest first


def words_feature(one: Profile, other: Profile, rarity: Rarity) -> Feature:
    """The share of rare words in common, in the sentences around the figures; in labels where those are too short."""
    named = one.place_words | other.place_words
    accounts = one.account - named, other.account - named
    if min(map(len, accounts)) >= ENOUGH:
        level = _level(share(*accounts, rarity), ACCOUNT_LEVELS)
        return _words(*accounts, bits("account", level), rarity)
    labels = one.words - named, other.words - named
    level = _level(share(*labels, rarity), LABEL_LEVELS)
    if level in ("little", "nothing") and min(map(len, labels)) < FEW_WORDS:
        level = "too few"
    if level in ("much alike", "alike") and len(labels[0] & labels[1]) < 2:
        level = "somewhat alike"  # a single word in common, however large its share of two short labels
    return _words(*labels, bits("words", level), rarity)


def _words(one: frozenset[str], other: frozenset[str], weight: float, rarity: Rarity) -> Feature:
    """The feature with the rarest shared words as its values, or with none."""
    shared = sorted(one & other, key=lambda w: (-rarity.squares[w], w))[:SHOWN] if weight > 0 else []
    said = ", ".join(shared) or "few shared"
    return Feature(name="words", one=said, other=said, weight=weight)


def names_feature(one: Profile, other: Profile, rarity: Rarity) -> Feature:
    """Names that both accounts give and few others do: of victims, streets, schools, spokespeople."""
    shared = sorted(one.names & other.names, key=lambda n: (-rarity.name(n), n))[:TELLING]
    level = _level(sum(rarity.name(n) for n in shared), NAME_LEVELS)
    said = ", ".join(shared) if level != "none" else ""
    return Feature(name="names", one=said or "none shared", other=said or "none shared", weight=bits("names", level))


def share(one: frozenset[str], other: frozenset[str], rarity: Rarity) -> float:
    """Cosine of two sets of words, each word weighted by its bits, 0 to 1."""
    weights = rarity.squares
    both = one & other
    if not both:
        return 0.0
    shared, a, b = (fsum(map(weights.__getitem__, words)) for words in (both, one, other))  # exact in any order
    return float(shared / (a * b) ** 0.5)


def _level(value: float, levels: tuple[tuple[float, str], ...]) -> str:
    return next(name for floor, name in levels if value >= floor)
