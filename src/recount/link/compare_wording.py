"""The features made of words: what the two accounts say of the incident, and the names that they share."""

from __future__ import annotations

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
    weight, shared = _words(one, other, rarity)
    rarest = sorted(shared, key=lambda w: (-rarity.squares[w], w))[:SHOWN] if weight > 0 else []
    said = ", ".join(rarest) or "few shared"
    return Feature(name="words", one=said, other=said, weight=weight)


def words_bits(one: Profile, other: Profile, rarity: Rarity) -> float:
    """The weight of the words feature."""
    return _words(one, other, rarity)[0]


def _words(one: Profile, other: Profile, rarity: Rarity) -> tuple[float, frozenset[str]]:
    """The weight and the words shared; an account's own place words are not among its words."""
    accounts = one.account - other.place_words, other.account - one.place_words
    if min(map(len, accounts)) >= ENOUGH:
        level = _level(share(*accounts, rarity), ACCOUNT_LEVELS)
        return bits("account", level), accounts[0] & accounts[1]
    labels = one.words - other.place_words, other.words - one.place_words
    level, shared = _level(share(*labels, rarity), LABEL_LEVELS), labels[0] & labels[1]
    if level in ("little", "nothing") and min(map(len, labels)) < FEW_WORDS:
        level = "too few"
    if level in ("much alike", "alike") and len(shared) < 2:
        level = "somewhat alike"  # a single word in common, however large its share of two short labels
    return bits("words", level), shared


def names_feature(one: Profile, other: Profile, rarity: Rarity) -> Feature:
    """Names that both accounts give and few others do: of victims, streets, schools, spokespeople."""
    weight = names_bits(one, other, rarity)
    said = ", ".join(_telling(one, other, rarity)) if weight else "none shared"
    return Feature(name="names", one=said, other=said, weight=weight)


def names_bits(one: Profile, other: Profile, rarity: Rarity) -> float:
    """The weight of the names feature."""
    return bits("names", _level(sum(map(rarity.name, _telling(one, other, rarity))), NAME_LEVELS))


def _telling(one: Profile, other: Profile, rarity: Rarity) -> list[str]:
    """The rarest shared names."""
    return sorted(one.names & other.names, key=lambda n: (-rarity.name(n), n))[:TELLING]


def share(one: frozenset[str], other: frozenset[str], rarity: Rarity) -> float:
    """Cosine of two sets of words, each word weighted by its bits, 0 to 1."""
    both = one & other
    if not both:
        return 0.0
    return float(rarity.norm(both) / (rarity.norms[one] * rarity.norms[other]) ** 0.5)


def _level(value: float, levels: tuple[tuple[float, str], ...]) -> str:
    return next(name for floor, name in levels if value >= floor)
