"""What speaks for and against two event reports telling of one incident, in bits.

Each row: a feature, a level of it, how many bits it adds, and why. A pair is held to be the same when its bits, with
the start value, come out at zero or above; one bit doubles the odds. Nothing else in this room holds a weight.
"""

from __future__ import annotations

from recount.records import Record


class Weight(Record, frozen=True):
    """One row of the policy."""

    feature: str
    level: str
    bits: float
    why: str


def _rows(feature: str, *rows: tuple[str, float, str]) -> tuple[Weight, ...]:
    return tuple(Weight(feature=feature, level=level, bits=bits, why=why) for level, bits, why in rows)


POLICY: tuple[Weight, ...] = (
    *_rows("start", ("pair", -8.0, "most pairs that share a day or a place are two incidents")),
    *_rows(
        "day",
        ("same day", 4.5, "both name the same single day"),
        ("overlap", 3.0, "short spells of days that overlap"),
        ("wide overlap", 1.0, "a month or more allows too much to mean anything"),
        ("next day", -1.5, "reports of one night may give either day"),
        ("two days apart", -3.0, "a slip is possible, seldom"),
        ("days apart", -9.0, "two different days"),
        ("weeks apart", -11.0, "two different weeks"),
        ("told at once", 2.0, "one day is unknown, and its report came out in the days after the other's day"),
        ("told later", -2.0, "one day is unknown, and its report came out weeks after the other's day"),
        ("told before", -8.0, "one day is unknown, and its report came out before the other's day"),
        ("both unknown, same week", 1.5, "no day, but reports of the same days"),
        ("both unknown, far apart", -3.0, "no day, and reports of different weeks"),
        ("unknown", 0.0, "nothing to compare"),
    ),
    *_rows(
        "place",
        ("same", 3.0, "the same place; rare places add up to four bits more"),
        ("some shared", 2.0, "several places, of which some are the same; rare ones add more"),
        ("same region", 1.0, "the same province, country or part of the world, where much happens"),
        ("contained", 1.5, "one names the district or province that the other lies in"),
        ("near", 2.5, "within 10 km"),
        ("within 30 km", 0.5, "neighbours"),
        ("different names", -3.0, "other names, and nothing tells how far apart they are"),
        ("within 100 km", -4.0, "other places of one area"),
        ("far", -7.0, "more than 100 km apart"),
        ("other province", -6.0, "different first-level regions"),
        ("other country", -9.0, "different countries"),
        ("same name", -3.0, "the same name, read as places in two countries"),
        ("unknown", 0.0, "nothing to compare"),
    ),
    *_rows(
        "kind",
        ("same", 1.0, "the same kind"),
        ("close", 0.0, "kinds that reporters use for each other"),
        ("different", -2.5, "kinds that are seldom confused"),
    ),
    *_rows(
        "actors",
        ("same", 1.5, "a named actor is the same"),
        ("different", -2.0, "both name actors, and no two agree"),
        ("opposed", -4.0, "a state's forces in one, an armed group in the other, and neither names both"),
        ("unknown", 0.0, "nobody is named in one of them"),
    ),
    *_rows(
        "targets",
        ("same", 2.0, "the same target; rare words add up to two bits more"),
        ("different", -1.5, "targets without a word in common"),
        ("unknown", 0.0, "no target is named in one of them"),
    ),
    *_rows(
        "figures",
        ("equal", 2.0, "a figure is the same; large figures add up to five bits more"),
        ("equal, small", 0.7, "the same figure, of one or two people"),
        ("equal, other side", 1.2, "the same number, with the victims' side named in one of them only"),
        ("allowed", 0.3, "the words leave room for the other figure"),
        ("rising", 0.5, "the later report has more, at most two and a half times as many"),
        ("close", -0.5, "figures that differ by a fifth at most"),
        ("different", -1.5, "figures that exclude each other"),
        ("far", -3.5, "one figure is more than twice the other, and no later state of it"),
        ("some and none", -1.5, "one says none, the other some"),
        ("other people", -1.5, "the dead of one side in one, of another side in the other"),
        ("unknown", 0.0, "no figure of the same harm in both"),
    ),
    *_rows(
        "words",
        ("much alike", 4.0, "most rare words of both accounts are shared"),
        ("alike", 2.5, "many rare words are shared"),
        ("somewhat alike", 1.0, "some rare words are shared"),
        ("little", -0.5, "few words are shared"),
        ("nothing", -1.5, "no word that tells them apart is shared"),
        ("too few", 0.0, "one account has too few words of its own to compare"),
    ),
    *_rows(
        "account",
        ("one story", 6.0, "the sentences around the figures share a quarter of their rare words and more"),
        ("much alike", 4.5, "they share many rare words"),
        ("alike", 2.5, "they share some rare words, as few accounts of two incidents do"),
        ("somewhat alike", 0.5, "they share a few rare words"),
        ("little", -2.0, "they share what any two accounts share"),
        ("nothing", -1.0, "they share nothing; one of them may be of a single sentence"),
    ),
    *_rows(
        "names",
        ("many rare", 5.5, "four names that hardly anybody else gives"),
        ("several rare", 3.0, "several rare names"),
        ("a few rare", 1.5, "a few rare names, or several less rare ones"),
        ("two rare", 0.5, "a rare name or two"),
        ("none", 0.0, "no rare name in common"),
    ),
    *_rows(
        "copy",
        ("near copy", 3.0, "the two texts are copies of each other"),
        ("partly copied", 1.5, "the two texts share long passages"),
        ("none", 0.0, "texts of their own"),
    ),
    *_rows(
        "form",
        (
            "filled twice",
            -9.0,
            "the same wording with another place and no figure the same: a form that was filled twice",
        ),
        ("none", 0.0, "no such pair"),
    ),
    *_rows(
        "veto",
        ("same report", -99.0, "one report tells of them as two incidents"),
        ("judged different", -99.0, "a person has judged them to be different"),
        ("judged same", 99.0, "a person has judged them to be the same"),
    ),
)

RARE_PLACE = 4.0  # most that a rare place adds
RARE_WORDS = 2.0  # most that rare target words add
LARGE_FIGURE = 5.0  # most that a large equal figure adds
FIGURES_FLOOR, FIGURES_CEILING = -7.0, 9.0  # all figures of a pair together
FORM_WORDING, FORM_PLACE = 8.0, -4.0  # from so much shared wording, and so much against the place, it is a form
BITS: dict[tuple[str, str], float] = {(row.feature, row.level): row.bits for row in POLICY}


def bits(feature: str, level: str) -> float:
    """The weight of one level of one feature; KeyError for a level that the policy does not name."""
    return BITS[feature, level]


def most(feature: str) -> float:
    """The most that a feature can add by its levels."""
    return max(row.bits for row in POLICY if row.feature == feature)


def probability(score: float) -> float:
    """Bits as a share between 0 and 1."""
    bounded = max(-60.0, min(60.0, score))
    return float(round(1.0 / (1.0 + 2.0**-bounded), 4))
