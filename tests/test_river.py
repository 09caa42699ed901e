"""The whole path of one report, on text that nobody would write."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import recount
from recount import river
from recount.read import report_from_text
from recount.records import Coding, Report, Toll

VOCABULARY = """
killed wounded martyred dead deaths died missing arrested kidnapped neutralised casualties toll injured hostage
soldiers militants civilians police terrorists a the his five 12 2,500 at least of and or , . ; : ( ) — were was by
including who no dozens about ISPR said told denied claimed blamed India Pakistan Taliban TTP Quetta Balochistan Gaza
Kalat near in on after Friday January 31 2025 last month since clash attack operation bombing ambush airstrike
separately Monday's yesterday night men wife Captain Ali Khan ' " “ ” ’s statement officials alleged backed could not
plan to if 35 operations districts
"""
ODD = [
    "\n",
    "\n\n",
    "İstanbul",
    "ﬁghters",
    "sol\u00addiers",
    "💥",
    "👩‍👩‍👧",
    "\u200f",
    "\u202eevil\u202c",
    "سپاہی",
    "ہلاک",
    "۱۲",
    "שבעה",
]
ODD += [
    "١٢",
    "Ⅻ",
    "½",
    "12th",
    "0",
    "-5",
    "1e9",
    "\u00a0",
    "\t",
    "…",
    "•",
    "ẞ",
    "ǅ",
    "é",
    "e\u0301",
    "𝟝",
    "%",
    "$5",
    "<b>",
    "&amp;",
]
WORDS = st.sampled_from([*VOCABULARY.split(), *ODD])
TEXTS = st.lists(WORDS, min_size=1, max_size=60).map(" ".join)
DAYS = st.none() | st.dates(date(1990, 1, 1), date(2035, 12, 31))


def made(text: str, published: date | None) -> Report:
    return report_from_text(text, name="made", published=published)


def assert_sound(coding: Coding) -> None:
    text = coding.report.text
    passages = {p.index: p for p in coding.passages}
    for claim in coding.claims:
        assert text[claim.start : claim.end] == claim.quote
        assert claim.quote
        passage = passages[claim.passage]
        assert passage.start <= claim.start < passage.end
        assert passage.kind != "furniture"
        for speaker in claim.speakers:
            assert text[speaker.start : speaker.end]
        if isinstance(claim.value, Toll):
            low, high = claim.value.count.low, claim.value.count.high
            assert low is None or high is None or low <= high
    known = {claim.id for claim in coding.claims}
    assert len(known) == len(coding.claims)
    for told in (*coding.event_reports, *coding.statistics):
        assert set(told.claims) <= known
        assert {c for line in told.tolls for c in (line.claim, *line.repeats)} <= known
    assert {a.claim for a in coding.attributions} <= known
    assert {e.part_of for e in coding.event_reports if e.part_of} <= {e.id for e in coding.event_reports}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, DAYS)
def test_no_text_of_the_fields_words_breaks_the_river(text: str, published: date | None) -> None:
    if text.strip():
        assert_sound(river.code(made(text, published)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(min_size=1, max_size=200))
def test_no_text_at_all_breaks_the_river(text: str) -> None:
    """Whatever stands around an account of an attack, the account is still read or left, never broken."""
    assert_sound(river.code(made(f"Five soldiers were killed in an attack. {text} A bomb killed 12 militants.", None)))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, DAYS)
def test_the_same_text_gives_the_same_coding(text: str, published: date | None) -> None:
    report = made(f"Two soldiers were killed in an ambush near Quetta. {text}", published)
    assert river.code(report) == river.code(report)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_the_name_and_place_of_a_file_change_nothing_in_what_it_says(text: str) -> None:
    body = f"Two soldiers were killed in an ambush near Quetta. {text}"
    one = river.code(report_from_text(body, name="one", source="one.txt"))
    other = river.code(report_from_text(body, name="other", source="other.txt"))
    assert (one.claims, one.event_reports, one.statistics) == (other.claims, other.event_reports, other.statistics)


def test_a_number_beyond_all_measure_breaks_nothing() -> None:
    assert_sound(river.code(made(f"A bomb killed {'9' * 25} soldiers in an attack.", None)))


SOLDIERS = "Five soldiers and two militants were killed in a clash near Bannu on Friday, police said."


@pytest.fixture(scope="module")
def coding() -> Coding:
    return recount.code(SOLDIERS, published=date(2025, 3, 15))


def test_one_sentence_is_one_incident(coding: Coding) -> None:
    (event,) = coding.event_reports
    assert (event.kind, event.role, event.country) == ("clash", "main", "PK")
    assert (event.days.first, event.days.last, event.days_said) == (date(2025, 3, 14), date(2025, 3, 14), "Friday")
    assert [p.name for p in event.places] == ["Bannu"]
    assert [(t.toll.side, t.toll.count.low, t.by) for t in event.tolls] == [
        ("state_forces", 5, "police"),
        ("armed_group", 2, "police"),
    ]
    assert coding.conflict


def test_every_claim_names_rule_and_pack(coding: Coding) -> None:
    assert coding.claims
    assert all(c.rule and c.pack == coding.pack for c in coding.claims)
    assert coding.pack


def test_an_allegation_is_kept_with_its_claim_and_its_incident() -> None:
    coding = recount.code(
        "Five soldiers were killed in a bombing in Quetta on Friday. The army accused India of backing the attackers.",
        published=date(2025, 3, 15),
    )
    (found,) = coding.attributions
    assert (found.attribution.stance, found.attribution.accused) == ("alleges", "India")
    assert found.about == coding.event_reports[0].id
    assert found.claim in {c.id for c in coding.claims if c.property == "attribution"}


def test_whoever_only_speaks_is_no_target(coding: Coding) -> None:
    (event,) = coding.event_reports
    assert "police" not in [a.name for a in event.targets]


def test_without_a_day_relative_days_stay_open_and_say_so() -> None:
    coding = recount.code(SOLDIERS)
    assert any("publication day unknown" in warning for warning in coding.warnings)
    (event,) = coding.event_reports
    assert event.days.first is None


@pytest.mark.parametrize(
    "text",
    [
        "The bakery on Main Street sells five kinds of bread and opens at seven.",
        "Three people died and nine were injured when a bus overturned on the highway, rescue workers said.",
        "Shares were killed off by a strike of traders.",
    ],
)
def test_other_news_has_no_incident(text: str) -> None:
    coding = recount.code(text, published=date(2025, 3, 15))
    assert coding.event_reports == ()
    assert not coding.conflict


def test_a_language_without_rules_is_kept_and_said() -> None:
    coding = recount.code(
        "Gestern wurden bei einem Angriff der Rebellen (the attack that killed) auf die Stadt fünf Soldaten getötet, "
        "wie die Polizei mitteilte. Der Angriff war der dritte in dieser Woche, und die Regierung sprach von Terror."
    )
    assert coding.claims == ()
    assert any("language" in warning for warning in coding.warnings)


def test_without_the_judge_only_trusted_forms_stand() -> None:
    report = made(SOLDIERS, date(2025, 3, 15))
    weighed, plain = river.code(report), river.code(report, use_judge=False)
    assert "weighed" in " ".join(c.reason for c in weighed.claims)
    assert "weighed" not in " ".join(c.reason for c in plain.claims)
    assert_sound(plain)


def test_a_planned_attack_kills_nobody() -> None:
    coding = recount.code(
        "Militants had planned to kill five soldiers in an attack near Bannu.", published=date(2025, 3, 15)
    )
    assert [line for e in coding.event_reports for line in e.tolls] == []


def test_a_speaker_named_in_the_gazetteer_has_its_stake_in_the_conflict() -> None:
    coding = river.code(
        made("Five soldiers were killed in a clash near Bannu, Jamaatul Ahrar said.", date(2025, 3, 15))
    )
    parties = {s.name: s.party for c in coding.claims for s in c.speakers}
    assert parties == {"Jamaatul Ahrar": "armed_group"}


def test_a_denial_is_about_the_incident_that_it_answers() -> None:
    text = (
        "Five soldiers were killed in an ambush near Bannu on Friday, and the army accused Hamas of the attack. "
        "Hamas denied any role in it."
    )
    coding = river.code(made(text, date(2025, 3, 15)))
    about = {a.attribution.stance: a.about for a in coding.attributions}
    assert about == {"alleges": coding.event_reports[0].id, "denies": coding.event_reports[0].id}


FORM = (
    "Gunmen opened fire on a checkpoint near {place} on Monday, killing {number} policemen, officials said. The attackers "
    "arrived on motorcycles before dawn, threw grenades over the barricade and fled to the nearby mountains. Helicopters "
    "joined the search, and reinforcements sealed the bazaar while traders shuttered their stalls. The provincial minister "
    "condemned the ambush and promised compensation for the bereaved families. Prayers were offered at the police lines."
)


@pytest.mark.parametrize(
    ("second", "incidents"),
    [(("Quetta", "eight"), 2), (("Bannu", "five"), 1)],
    ids=["another place and figure", "the same"],
)
def test_a_form_that_was_filled_twice_tells_of_two_incidents(second: tuple[str, str], incidents: int) -> None:
    texts = [FORM.format(place=place, number=number) for place, number in (("Bannu", "five"), second)]
    reports = [report_from_text(t, name=f"r{n}", published=date(2026, 2, 3)) for n, t in enumerate(texts)]
    codings = [river.code(msgspec.structs.replace(r, id=f"r{n}")) for n, r in enumerate(reports)]
    events = [event for coding in codings for event in coding.event_reports]
    found, _ = river.link(events, {coding.report.id: coding.report for coding in codings})
    assert len(found) == incidents


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("The gunmen had attacked the village in March 2019 and were driven out by soldiers.", None),
        ("The gunmen had come to the village on Monday and were driven out by soldiers.", date(2031, 5, 5)),
    ],
    ids=["a bare month beside no figure", "a day"],
)
def test_a_month_of_the_past_beside_no_figure_dates_no_incident(words: str, first: date | None) -> None:
    text = f"Gunmen shot dead six farmers in the village of Dorval in Zamfara, residents said.\n\n{words}"
    (event,) = river.code(made(text, date(2031, 5, 6))).event_reports
    assert event.days.first == first


def test_speakers_who_contradict_each_other_tell_of_one_incident() -> None:
    text = (
        "Residents said that more than 70 people were abducted and 10 were killed in the attack.\n\n"
        "Gunmen attacked the town of Maradun in Zamfara on Monday, killing four people and abducting 50 others, "
        "the police said."
    )
    (event,) = [e for e in river.code(made(text, date(2031, 5, 6))).event_reports if e.tolls]
    assert {line.toll.count.low for line in event.tolls if line.toll.harm == "killed"} == {4, 10}


EARLIER = (
    "QUETTA (Wire) - The toll of an operation against separatist militants in southwestern Pakistan has risen to 23 militants "
    "and four soldiers, the provincial home department said on Thursday.\n\n"
    "Three civilians were also killed in the fighting, which began on Tuesday around Hoshab in Kech district, an official of "
    "the department said. Villagers reached by phone said at least five residents had died.\n\n"
    "The army's press office said {words}."
)


@pytest.mark.parametrize(
    ("words", "beside"),
    [
        ("on Wednesday that 14 militants and two soldiers were killed", 23),
        ("that 14 militants and two soldiers were killed in Bannu on Wednesday", 14),
    ],
    ids=["a day of speech", "a day and place of its own"],
)
def test_an_earlier_count_belongs_to_what_it_contradicts(words: str, beside: int) -> None:
    coding = river.code(made(EARLIER.format(words=words), date(2025, 3, 13)))
    told = [{line.toll.count.low for line in e.tolls if line.toll.side == "armed_group"} for e in coding.event_reports]
    assert {14, beside} in told
