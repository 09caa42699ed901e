"""The counting rules of the field by name and version, as data: which claims vote, and how the votes become a figure.

Sources: UCDP GED codebook 23.1 (p. 5, 10, 11, 22); ACLED codebook (current, on fatalities); GTD codebook of June 2017
(p. 44 to 48); Iraq Body Count, methods; R package eventreport 0.1.2 (van Baalen and Hoeglund 2026).
"""

from __future__ import annotations

from typing import Literal

from recount.errors import WrongUse
from recount.records import Harm, Kind, Record, Side

Choice = Literal[
    "lowest",
    "highest",
    "latest",
    "majority",
    "majority_else_lowest",
    "latest_else_majority",
    "lowest_until_corroborated",
    "none",
]
Drop = Literal["perpetrator", "enemy_above_independent"]
Split = Literal["places", "days_and_places", "incidents"]

ACLED_WORDS: tuple[tuple[str, int, int], ...] = (
    ("dozens", 12, 12),
    ("dozen", 12, 12),
    ("hundreds", 100, 100),
    ("hundred", 100, 100),
    ("tens", 10, 10),
    ("several", 3, 10),
    ("many", 3, 10),
    ("few", 3, 10),
    ("some", 3, 10),
    ("numerous", 3, 10),
    ("multiple", 3, 10),
)
"""Words for an unknown number, as ACLED enters them: in a small incident, and in a large one. Earlier rows win
("several dozens" are dozens); words that are not here keep the low bound with which they were read."""


class RuleSet(Record, frozen=True):
    """One codebook's way from claims to a figure.

    `low`, `best` and `high` name how each is chosen among the votes (one vote a source); `instead` names another choice
    of best for some harms. `harms` and `sides` limit what it counts, `total` adds one row over all sides. `vague` gives
    numbers to words, in small incidents and in those of a kind in `large`; other words keep their low bound. `drop`
    names claims that get no vote; `running` drops earlier states of a running toll; with `one_voice` a speaker who is a
    party to the conflict votes once, however many outlets quote it. `sources` is the least number of independent
    reports without which there is no figure. `subtract` takes the identified parts of an aggregate away from it.
    `split` says over what a figure of several places or days is shared out, `states` whether deeds of states count.
    """

    name: str
    version: str
    low: Choice
    best: Choice
    high: Choice
    harms: tuple[Harm, ...] = ("killed", "wounded", "captured", "abducted", "missing")
    sides: tuple[Side, ...] = ("state_forces", "armed_group", "civilians", "unspecified")
    total: bool = True
    only_total: bool = False
    silence_is_zero: bool = False
    running: bool = False
    one_voice: bool = False
    sources: int = 1
    instead: tuple[tuple[Harm, Choice], ...] = ()
    vague: tuple[tuple[str, int, int], ...] = ()
    large: tuple[Kind, ...] = ()
    drop: tuple[Drop, ...] = ()
    subtract: bool = False
    split: Split | None = None
    states: bool = True
    rule: str = ""

    def best_of(self, harm: Harm) -> Choice:
        """How the best figure of one harm is chosen."""
        return dict(self.instead).get(harm, self.best)


RULE_SETS: dict[str, RuleSet] = {
    rules.name: rules
    for rules in (
        RuleSet(
            name="ucdp",
            version="GED 23.1",
            low="lowest",
            best="majority_else_lowest",
            high="highest",
            harms=("killed",),
            drop=("enemy_above_independent",),
            running=True,
            one_voice=True,
            subtract=True,
            split="places",
            rule="best is what most independent sources say, else the lowest; unreasonable claims stay out of high",
        ),
        RuleSet(
            name="acled",
            version="2025",
            low="lowest_until_corroborated",
            best="lowest_until_corroborated",
            high="lowest_until_corroborated",
            harms=("killed",),
            only_total=True,
            silence_is_zero=True,
            running=True,
            one_voice=True,
            vague=ACLED_WORDS,
            large=("operation", "clash", "airstrike", "shelling"),
            split="days_and_places",
            rule="one number over all sides, the lowest until another is corroborated; no information is 0",
        ),
        RuleSet(
            name="gtd",
            version="2017-06",
            low="none",
            best="latest_else_majority",
            high="none",
            instead=(("captured", "majority_else_lowest"),),
            drop=("perpetrator",),
            running=True,
            one_voice=True,
            split="incidents",
            states=False,
            rule="the latest source, then the majority, then the lowest; no figures from perpetrators",
        ),
        RuleSet(
            name="ibc",
            version="methods",
            low="lowest",
            best="none",
            high="highest",
            harms=("killed", "wounded"),
            sides=("civilians",),
            total=False,
            sources=2,
            rule="civilians only, lowest and highest of the reports, two of which are asked for",
        ),
        RuleSet(
            name="conservative",
            version="eventreport 0.1.2",
            low="lowest",
            best="lowest",
            high="lowest",
            rule="the lowest report",
        ),
        RuleSet(
            name="representative",
            version="eventreport 0.1.2",
            low="majority",
            best="majority",
            high="majority",
            rule="the most frequent report, the smallest of equals",
        ),
        RuleSet(
            name="informative",
            version="eventreport 0.1.2",
            low="highest",
            best="highest",
            high="highest",
            rule="the highest report",
        ),
        RuleSet(name="latest", version="1", low="latest", best="latest", high="latest", rule="the last one published"),
        RuleSet(name="highest", version="1", low="highest", best="highest", high="highest", rule="the highest claim"),
        RuleSet(name="lowest", version="1", low="lowest", best="lowest", high="lowest", rule="the lowest claim"),
    )
}


def rule_set(name: str) -> RuleSet:
    """The rule set of this name; WrongUse with the known names where there is none."""
    if name not in RULE_SETS:
        raise WrongUse(f"there is no rule set “{name}”", "", f"Known are {', '.join(RULE_SETS)}")
    return RULE_SETS[name]
