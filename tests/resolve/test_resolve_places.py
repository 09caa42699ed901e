"""Names of places found in a text, and what they mean."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.errors import BadRule
from recount.resolve.places import find, gazetteer, read, resolve
from recount.resolve.places_gazetteer import _check
from recount.resolve.places_index import people, people_code
from recount.resolve.places_names import normal, without_articles
from recount.resolve.places_precision import kilometres, level_of
from recount.resolve.places_score import WEIGHTS


def names(text: str) -> list[str]:
    return [mention.name for mention in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two soldiers died in Mastung district of Balochistan.", ["Mastung district", "Balochistan"]),
        ("A convoy was hit in Mir Ali, North Waziristan.", ["Mir Ali", "North Waziristan"]),
        ("A drone struck Deir el-Balah on Sunday.", ["Deir el-Balah"]),
        ("Shells fell on al-Bureij refugee camp.", ["al-Bureij refugee camp"]),
        ("Troops searched D.I. Khan's Daraban tehsil.", ["D.I. Khan", "Daraban tehsil"]),
        ("Raids were carried out across KP and N. Waziristan.", ["KP", "N. Waziristan"]),
        ("In Tank, an official was shot.", ["Tank"]),
        ("The lorry attack in Nice. The city mourned.", ["Nice"]),
        ("A patrol was ambushed in Zorkot Killi village.", ["Zorkot Killi village"]),
        ("QUETTA: An office was attacked.", ["QUETTA"]),
        ("Raids in North Waziristan, Tank and Bannu went on.", ["North Waziristan", "Tank", "Bannu"]),
        ("As Pakistan mourned, it rained.", ["Pakistan"]),
    ],
)
def test_names_are_found_with_their_type_words(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Lt Gen Ahmed Sharif said so.",
        "Ahmed Sharif Chaudhry spoke to reporters.",
        "Jalal Khan opened fire.",
        "The Bank of Khyber closed its doors.",
        "Karachi Kings beat Quetta Gladiators.",
        "The Washington Post wrote about it.",
        "The Balochistan Liberation Army claimed it.",
        "Students of the University of Peshawar marched.",
        "Police said on Friday that a mine exploded under a tank.",
        "Most were men. Of those, two died. Central to it was Orange.",
        "An Israeli and a Pakistani met.",
        "A Tank regiment fired. March was calm.",
    ],
)
def test_persons_bodies_and_plain_words_are_no_places(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("A bomb went off near Kohat.", "near"),
        ("It happened on the outskirts of Peshawar.", "the outskirts of"),
        ("They were stopped 17 km from Turbat.", "17 km from"),
        ("A post north of Kharkiv fell.", "north of"),
        ("Strikes hit southern Lebanon.", "southern"),
        ("A tanker burned off the coast of Oman.", "off the coast of"),
        ("He lives in Quetta.", None),
    ],
)
def test_words_of_relation_are_kept_with_the_name(text: str, relation: str | None) -> None:
    (mention,) = find(text)
    assert mention.relation == relation
    if relation:
        assert mention.relation_start is not None
        assert text[mention.relation_start :].startswith(relation)


def test_a_capital_that_speaks_is_a_government() -> None:
    assert [m.metonym for m in find("Kabul condemned the raid.")] == [True]
    assert [m.metonym for m in find("Talks between Kabul and Islamabad failed.")] == [True, False]
    assert [m.metonym for m in find("A blast in Kabul killed two.")] == [False]


@given(st.text(alphabet=st.sampled_from("Quetta Mastung, Khan. near of the al-Bureij 17 km 'S’s\n–É"), max_size=200))
def test_offsets_hold_for_any_text(text: str) -> None:
    mentions = find(text)
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.name
        assert mention.name.startswith(mention.head)
    assert all(one.end <= two.start for one, two in pairwise(mentions))
    assert len(resolve(mentions, text=text)) == len(mentions)


def test_a_stretch_of_the_text_gives_the_same_offsets() -> None:
    text = "Peshawar was calm. Two died in Quetta."
    (mention,) = find(text, 19)
    assert (mention.start, mention.name) == (31, "Quetta")


@pytest.mark.parametrize(
    ("text", "at", "country", "admin1", "level"),
    [
        ("Four died in Hyderabad, India, on Monday.", 0, "IN", "Telangana", "settlement"),
        ("Four died in Hyderabad, Sindh, on Monday.", 0, "PK", "Sindh", "settlement"),
        ("Officers in Alexandria, La., arrested him.", 0, "US", "Louisiana", "settlement"),
        ("A raid in Hangu district of Khyber Pakhtunkhwa.", 0, "PK", "Khyber Pakhtunkhwa", "district"),
        ("Clashes in Khost, Afghanistan, went on.", 0, "AF", "Khost", "province"),
        ("Clashes in Kandahar, Afghanistan, went on.", 0, "AF", "Kandahar", "settlement"),
        ("A vessel was hit in the Red Sea.", 0, None, None, "sea"),
        ("Shelling along the Line of Control went on.", 0, None, None, "region"),
        ("It happened 40 km from Quetta.", 0, "PK", "Balochistan", "region"),
        ("It happened 10 km from Quetta.", 0, "PK", "Balochistan", "near"),
        ("Strikes hit southern Lebanon.", 0, "LB", None, "region"),
        ("Militants fled into Tirah Valley.", 0, "PK", "Khyber Pakhtunkhwa", "near"),
    ],
)
def test_context_decides_between_namesakes(
    text: str, at: int, country: str | None, admin1: str | None, level: str
) -> None:
    place = read(text)[at]
    assert (place.country, place.admin1, place.level) == (country, admin1, level)


def test_the_publishers_readers_are_a_weak_hint() -> None:
    text = "A market in Hyderabad was closed."
    assert read(text, outlet="dawn.com")[0].country == "PK"
    assert read(text, country_hint="IN")[0].country == "IN"
    assert read("A market in Hyderabad, India, was closed.", outlet="dawn.com")[0].country == "IN"


def test_readings_are_kept_with_score_and_reason() -> None:
    place = read("Four died in Hyderabad, India, on Monday.")[0]
    scores = [candidate.score for candidate in place.candidates]
    assert len(scores) == 3
    assert scores == sorted(scores, reverse=True)
    assert any(feature in place.candidates[0].reason for feature in WEIGHTS)
    assert "said to be in" in place.candidates[0].reason


def test_an_unlisted_village_stands_in_the_district_said() -> None:
    place = read("Gunmen came to Zorkot Killi village in Mastung district.")[0]
    assert (place.country, place.admin2, place.level) == ("PK", "Mastung", "district")
    assert "said to be in Mastung" in place.reason


def test_nothing_known_is_an_answer() -> None:
    place = read("He walked to Xqzzport village alone.")[0]
    assert (place.country, place.latitude, place.level) == (None, None, "unknown")


def test_a_town_that_shares_its_name_with_a_district_is_read_as_the_district_unless_large() -> None:
    assert read("Two died in Panjgur, Balochistan.")[0].level == "district"
    assert read("Two died in Quetta, Balochistan.")[0].level == "settlement"


def test_a_name_that_ended_counts_less_afterwards() -> None:
    text = "Two died in FR Bannu."
    before, after = (resolve(find(text), text=text, when=date(year, 6, 1))[0] for year in (2015, 2020))
    assert before.candidates[0].score > after.candidates[0].score
    assert "not there at the time" in after.candidates[0].reason


def test_former_agencies_have_their_period() -> None:
    spots = gazetteer().spots(normal("FR Bannu"))
    assert str(spots[0].last) == "2018-05-31"


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Deir al-Balah", "deir al balah"), ("Sana'a", "sanaa"), ("St. Louis", "saint louis"), ("D.I. Khan", "di khan"),
        ("Mānsehra", "mansehra"), ("Łódź", "lodz"), ("Khyber–Pakhtunkhwa", "khyber pakhtunkhwa"),
    ],
)  # fmt: skip
def test_normal_forms(name: str, form: str) -> None:
    assert normal(name) == form


@given(st.text(max_size=40))
def test_a_normal_form_is_its_own_normal_form(name: str) -> None:
    form = normal(name)
    assert normal(form) == form
    assert "al" not in without_articles(form).split()


@given(st.integers(min_value=0, max_value=2_000_000_000))
def test_a_population_code_is_within_six_percent(population: int) -> None:
    assert abs(people(people_code(population)) - population) <= max(1, 0.06 * population)


def test_distances_are_read_in_kilometres() -> None:
    assert kilometres("17 km from") == 17
    assert kilometres("10 miles north of") == pytest.approx(16.09)
    assert kilometres("near") is None
    assert level_of("province", "border of", None)[0] == "region"
    assert level_of("settlement", "northern", None)[0] == "settlement"


def test_a_fault_in_an_entry_names_the_nearest_key() -> None:
    with pytest.raises(BadRule, match=r"levle.*Did you mean 'level'"):
        _check({"name": "A", "levle": "sea", "at": [0, 0]}, "regions.toml, place 1")
    with pytest.raises(BadRule, match="no such point"):
        _check({"name": "A", "level": "sea", "at": [190, 0]}, "regions.toml, place 1")


def test_every_edited_place_can_be_looked_up() -> None:
    known = gazetteer()
    for key, spots in known._curated.items():
        assert set(spots) <= set(known.spots(key))


def test_the_compiled_world_is_whole() -> None:
    known = gazetteer()
    assert len(known.world) > 280_000
    paris = next(spot for spot in known.spots("paris") if spot.level == "settlement")
    assert paris.country == "FR"
    assert paris.population == pytest.approx(2_140_000, rel=0.06)
    assert not known.world.rows("no such name anywhere")


def test_soft_hyphens_hide_no_place_and_spans_keep_them() -> None:
    text = "Gunmen fired on a post in Pesha\u00adwar and in Khan You\u00ad\u00adnis on Friday."
    found = find(text)
    assert (
        [text[m.start : m.end] for m in found]
        == [m.name for m in found]
        == ["Pesha\u00adwar", "Khan You\u00ad\u00adnis"]
    )
    assert [p.name for p in resolve(found, text=text)] == ["Peshawar", "Khan Younis"]


@pytest.mark.parametrize(
    ("text", "at", "level", "admin1"),
    [
        ("Strikes in Gaza killed nine.", 0, "province", "Gaza Strip"),
        ("Strikes in Gaza City killed nine.", 0, "settlement", "Gaza Strip"),
        ("A march in Washington ended late.", 0, "settlement", "District of Columbia"),
        ("A march in Washington state ended late.", 0, "province", "Washington"),
        ("Shells fell in the Stavropol region.", 0, "region", "Stavropol Kray"),
        ("Shells fell in the Kyiv region of Ukraine.", 1, "country", None),
    ],
)
def test_a_bare_name_and_one_with_its_type_word_are_two_things(
    text: str, at: int, level: str, admin1: str | None
) -> None:
    place = read(text)[at]
    assert (place.level, place.admin1) == (level, admin1)


def test_a_name_that_the_report_gives_to_a_person_is_no_place_where_it_stands_alone() -> None:
    text = "Minister Pam Bondi spoke in Washington. Bondi left early. Nine died in Bannu. Bannu mourned."
    assert [m.name for m in find(text)] == ["Washington", "Bannu", "Bannu"]


BASES = ("Quetta", "Mastung district", "Balochistan", "Pakistan", "Tirah Valley", "Peshawar", "Gaza", "the Red Sea")
LOOSE = (
    "near",
    "17 km from",
    "40 km from",
    "outside",
    "on the outskirts of",
    "along the border with",
    "off the coast of",
)
FINENESS = ("point", "settlement", "near", "district", "province", "region", "country", "sea", "unknown")


@given(st.sampled_from(BASES), st.sampled_from(LOOSE), st.sampled_from(("", "northern", "remote")))
def test_no_answer_is_finer_than_the_words_allow(base: str, loose: str, side: str) -> None:
    """Words that loosen a point never give a finer level than the name alone, and never the point itself."""
    bare = read(f"Gunmen fired in {base} on Friday.")[0]
    loosened = read(f"Gunmen fired {loose} {side} {base} on Friday.".replace("  ", " "))[0]
    assert FINENESS.index(loosened.level) >= FINENESS.index(bare.level) or bare.level == "country"
    assert loosened.level not in ("point", "settlement")


@given(st.sampled_from(BASES), st.sampled_from(("district", "province", "region", "area", "border")))
def test_a_name_with_the_word_of_an_area_is_never_a_point(base: str, kind: str) -> None:
    name = base.removeprefix("the ").split()[0]
    for place in read(f"Gunmen fired in {name} {kind} on Friday."):
        assert place.level not in ("point", "settlement"), place
