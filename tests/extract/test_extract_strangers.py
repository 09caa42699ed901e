"""People whom no lexicon knows are read beside a word that only people take, and nowhere else."""

from __future__ import annotations

import pytest

from recount.extract.lexicon import lexicon
from recount.extract.tolls import TollReader

READER = TollReader("en")


def read(text: str) -> list[tuple[str, int | None, str]]:
    """Harm, number and words of the people of every figure that the rules bind."""
    found = READER.read(text, 0, len(text))
    return [(m.harm, m.count.low, text[m.group.start : m.group.end]) for m in found]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Twelve beekeepers were killed near the river.", ("killed", 12, "Twelve beekeepers")),
        ("The blast claimed the lives of nine juice sellers.", ("killed", 9, "nine juice sellers")),
        ("The bodies of 12 bus riders were found.", ("killed", 12, "12 bus riders")),
        ("The raid left 22 wedding guests dead.", ("killed", 22, "22 wedding guests")),
        ("Gunmen killed a radio broadcaster in the town.", ("killed", 1, "a radio broadcaster")),
        ("A deputy provincial governor was assassinated.", ("killed", 1, "A deputy provincial governor")),
        ("Seven census enumerators died on the road.", ("killed", 7, "Seven census enumerators")),
        ("Fourteen beekeepers wounded in shelling", ("wounded", 14, "Fourteen beekeepers")),
    ],
)
def test_strangers_beside_a_word_of_harm_are_people(text: str, figure: tuple[str, int, str]) -> None:
    nouns = {word.strip(".") for word in figure[2].lower().split()[-1:]}
    assert nouns.isdisjoint(lexicon().people.phrases()), "the lexicon knows them: choose another noun"
    assert figure in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "The column captured twelve hamlets near the river.",
        "The flood killed 40 sheep.",
        "Rebels lost three pylons.",
        "The scandal killed a reform in the house.",
        "He was killed three weeks later.",
        "Twelve beekeepers were moved to a school.",
        "The shell hit twelve beehives.",
        "The vote killed a motion.",
    ],
)
def test_things_are_none(text: str) -> None:
    assert [f for f in read(text) if f[2].lower() not in {"he"}] == []


def test_who_kills_strangers_is_no_victim() -> None:
    assert [f[2] for f in read("Gunmen killed a radio broadcaster in the town.")] == ["a radio broadcaster"]


def test_a_trade_gives_the_side_and_a_modifier_gives_it_first() -> None:
    text = "Twelve beekeepers were killed. Nine rebel beekeepers were killed. Four oddments were killed."
    sides = [m.side for m in READER.read(text, 0, len(text))]
    assert sides == ["civilians", "armed_group", "unspecified"]
