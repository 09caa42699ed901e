"""The toll grammar beyond its rules' own examples: numbers, hedges, people, offsets, lexicon faults."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recount import rules as rule_folder
from recount.errors import BadRule
from recount.extract.lexicon import Lexicon, lexicon, plural_of
from recount.extract.tokens import tokenise
from recount.extract.tolls import TollMention, TollReader
from recount.rules import read_table

READER = TollReader("en")


def read(text: str) -> list[TollMention]:
    return READER.read(text, 0, len(text))


def bounds(text: str) -> list[tuple[int | None, int | None]]:
    return [(m.count.low, m.count.high) for m in read(text)]


# ---------------------------------------------------------------------------------------------------- how many


@pytest.mark.parametrize(
    ("said", "low", "high", "hedge"),
    [
        ("Five", 5, 5, None),
        ("5", 5, 5, None),
        ("Twenty-two", 22, 22, None),
        ("2,500", 2500, 2500, None),
        ("At least 12", 12, None, "at_least"),
        ("More than 80", 80, None, "more_than"),
        ("Over 80", 80, None, "more_than"),
        ("Up to 40", None, 40, "up_to"),
        ("As many as seven", 7, 7, None),
        ("Dozens of", 24, None, "vague"),
        ("Several", 3, None, "vague"),
        ("Scores of", 40, None, "vague"),
        ("A dozen", 12, 12, None),
        ("15 to 20", 15, 20, "range"),
        ("Four or more", 4, None, "at_least"),
    ],
)
def test_a_figure_keeps_its_precision(said: str, low: int | None, high: int | None, hedge: str | None) -> None:
    (mention,) = read(f"{said} soldiers were killed in the raid.")
    assert (mention.count.low, mention.count.high, mention.group.hedge) == (low, high, hedge)


@pytest.mark.parametrize("said", ["About 30", "Some 30", "Nearly 30", "Around 30"])
def test_about_is_marked_and_not_widened(said: str) -> None:
    (mention,) = read(f"{said} villagers were killed.")
    assert (mention.count.low, mention.count.high, mention.count.approx) == (30, 30, True)


def test_an_unnumbered_plural_is_two_or_more_and_a_single_one_is_one() -> None:
    assert bounds("Soldiers were injured in the blast.") == [(2, None)]
    assert bounds("A soldier was injured in the blast.") == [(1, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "The blast was heard 12 km away.",
        "Three police stations were attacked.",
        "The price rose by 5 percent after the killing season.",
        "In 2025 the school was closed.",
        "Prices of 40 goods were cut.",
    ],
)
def test_other_numbers_are_no_tolls(text: str) -> None:
    assert read(text) == []


# ---------------------------------------------------------------------------------------------------- who, what, where


@pytest.mark.parametrize(
    ("people", "side"),
    [
        ("soldiers", "state_forces"),
        ("policemen", "state_forces"),
        ("militants", "armed_group"),
        ("terrorists", "armed_group"),
        ("labourers", "civilians"),
        ("children", "civilians"),
        ("people", "unspecified"),
        pytest.param(
            "members of the Taliban",
            "armed_group",
        ),
        ("army officers", "state_forces"),
    ],
)
def test_people_have_the_side_that_their_noun_gives(people: str, side: str) -> None:
    (mention,) = read(f"Four {people} were killed.")
    assert mention.side == side


@pytest.mark.parametrize(
    ("words", "harm"),
    [
        ("were killed", "killed"),
        ("were neutralised", "killed"),
        ("embraced martyrdom", "killed"),
        ("were wounded", "wounded"),
        ("were arrested", "captured"),
        ("surrendered", "captured"),
        ("were kidnapped", "abducted"),
        ("went missing", "missing"),
    ],
)
def test_words_of_harm_are_read_as_the_codebook_says(words: str, harm: str) -> None:
    (mention,) = read(f"Six guards {words}.")
    assert (mention.harm, mention.count.low) == (harm, 6)


def test_killed_and_wounded_lumped_into_one_figure_is_left_out() -> None:
    assert read("Nine troops were killed or wounded.") == []


def test_others_take_the_side_before_them() -> None:
    one, other = read("Two soldiers were killed and three others injured.")
    assert (one.side, other.side) == ("state_forces", "state_forces")


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("Two farmers were killed by three gunmen.", 2),
        ("The bus was stopped by ten gunmen and six passengers were killed.", 6),
        ("The hut was searched by five soldiers and three men were arrested.", 3),
    ],
)
def test_those_behind_by_do_the_harm(text: str, low: int) -> None:
    assert bounds(text) == [(low, low)]


def test_people_held_hostage_are_abducted() -> None:
    assert [m.harm for m in read("Gunmen held 12 passengers hostage for a day.")] == ["abducted"]


def test_a_number_behind_another_noun_is_read() -> None:
    assert bounds("At the gate nine guards were killed.") == [(9, 9)]


def test_a_subset_is_marked() -> None:
    assert [m.subset for m in read("The raid killed 92 militants, including three suicide bombers.")] == [False, True]


def test_a_mention_spans_people_and_harm() -> None:
    text = "Yesterday, at least two miners were badly hurt."
    (mention,) = read(text)
    assert text[mention.start : mention.end] == "at least two miners were badly hurt"
    assert text[mention.group.start : mention.group.end] == "at least two miners"
    assert text[mention.harm_start : mention.harm_end] == "hurt"


def test_offsets_point_into_the_whole_text() -> None:
    text = "Rain fell. Two miners were hurt. Snow fell."
    (mention,) = READER.read(text, 11, 32)
    assert text[mention.start : mention.end] == "Two miners were hurt"


def test_soft_hyphens_inside_words_are_read_through() -> None:
    assert bounds("Two sol\u00addiers were kil\u00adled.") == [(2, 2)]


@pytest.mark.parametrize("number", ["one", "two", "three", "nine", "eleven", "19", "104", "3,000"])
@pytest.mark.parametrize("noun", ["soldier", "gunman", "child", "person"])
def test_word_order_does_not_change_the_figure(number: str, noun: str) -> None:
    people = f"{number} {noun if number == 'one' else lexicon_plural(noun)}"
    verb = "was" if number == "one" else "were"
    passive, active = read(f"In the raid, {people} {verb} killed."), read(f"The raid killed {people}.")
    assert [(m.side, m.count) for m in passive] == [(m.side, m.count) for m in active]
    assert len(passive) == 1


def lexicon_plural(noun: str) -> str:
    return {"gunman": "gunmen", "child": "children", "person": "people"}.get(noun, f"{noun}s")


# ---------------------------------------------------------------------------------------------------- any text


VOCABULARY = """
killed wounded dead deaths militants soldiers a the five 12 2,500 at least of and , . ( ) — were by including who no
casualties his wife dozens hostage Ali Khan 's between or more to - toll rose 40
"""
WORDS = st.sampled_from(VOCABULARY.split())


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_any_row_of_words_is_read_without_fault(text: str) -> None:
    for mention in read(text):
        assert 0 <= mention.start <= mention.group.start <= mention.group.end <= mention.end <= len(text)
        assert mention.start <= mention.harm_start < mention.harm_end <= mention.end
        low, high = mention.count.low, mention.count.high
        assert low is None or high is None or low <= high


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_tokens_hold_their_own_words_in_order(text: str) -> None:
    at = 0
    for token in tokenise(text, 0, len(text)):
        assert text[token.start : token.end] == token.text
        assert at <= token.start < token.end
        at = token.end


# ---------------------------------------------------------------------------------------------------- the lexicon


def test_every_noun_of_the_lexicon_can_be_killed() -> None:
    """A noun that the toll grammar cannot read in the plainest sentence is a dead entry."""
    words = lexicon("en")
    unread = []
    for phrase in words.people.phrases():
        plural = words.people.match(phrase.split(), 0)
        assert plural is not None
        said = f"Four {phrase} were killed." if plural[1][0].plural else f"A {phrase} was killed."
        if not read(said):
            unread.append(phrase)
    assert unread == []


def test_plurals_follow_the_rule() -> None:
    assert [plural_of(n) for n in ("boy", "baby", "coach", "miner", "boss")] == [
        "boys", "babies", "coaches", "miners", "bosses",
    ]  # fmt: skip


@pytest.fixture
def edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str, str], Lexicon]:
    """The lexicon read from a copy of its folder in which one passage of one file was replaced."""
    shutil.copytree(rule_folder.FOLDER / "lexicons", tmp_path / "lexicons")
    monkeypatch.setattr(rule_folder, "FOLDER", tmp_path)
    read_table.cache_clear()
    monkeypatch.setattr("recount.extract.lexicon.read_table", read_table.__wrapped__)

    def edit(name: str, old: str, new: str) -> Lexicon:
        path = tmp_path / "lexicons" / "en" / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return Lexicon("en")

    return edit


def test_an_edited_lexicon_is_read(edited: Callable[[str, str, str], Lexicon]) -> None:
    words = edited("people.toml", '"soldier",', '"soldier", "hussar",')
    assert words.people.match(["hussars"], 0) is not None


def test_an_unknown_use_of_a_word_of_harm_is_named(edited: Callable[[str, str, str], Lexicon]) -> None:
    with pytest.raises(BadRule, match=r"harm\.toml: unknown use 'stat'\. Use one of harm, both, active") as fault:
        edited("harm.toml", "\nstate = ", "\nstat = ")
    assert "state" in str(fault.value)


@pytest.mark.parametrize(
    ("name", "old", "new", "wrong"),
    [
        ("harm.toml", 'harm = "killed"', 'harm = "kiled"', "kiled"),
        ("people.toml", 'side = "armed_group"', 'side = "armed_groups"', "armed_groups"),
        ("people.toml", "[modifiers]\nstate_forces", "[modifiers]\nstate_force", "state_force"),
        ("people.toml", "collective = ", "colective = ", "colective"),
        ("structure.toml", "\nLEAVE = ", "\nLEAVES = ", "LEAVES"),
        ("structure.toml", "\nup_to = ", "\nupto = ", "upto"),
    ],
    ids=["harm", "side", "modifier", "key", "class", "hedge"],
)
def test_an_unknown_name_in_a_lexicon_is_a_bad_rule(
    edited: Callable[[str, str, str], Lexicon], name: str, old: str, new: str, wrong: str
) -> None:
    with pytest.raises(BadRule, match=wrong) as fault:
        edited(name, old, new)
    assert name in str(fault.value)
