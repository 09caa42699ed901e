"""Every rule of the grammar of days against its own examples, and what must hold of all of them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.errors import BadRule
from recount.records import Days
from recount.resolve import dates_grammar
from recount.resolve.dates import find, publication_day, read, read_all, telling_day
from recount.resolve.dates_grammar import RULES, compile_pattern, compiled, parse, rules, starters, symbols
from recount.resolve.dates_read import BUILDS
from recount.rules import read_table
from recount.values.dates import contains, precision_of

ROWS: list[dict[str, Any]] = read_table(RULES)["rule"]
EXAMPLES = [(row, example) for row in ROWS for example in row.get("examples", ())]
COUNTER_EXAMPLES = [example["text"] for row in ROWS for example in row.get("counter_examples", ())]
ANCHOR = date(2025, 3, 20)


def day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


def window(bounds: list[str]) -> Days | None:
    if not bounds:
        return None
    return Days(first=day(bounds[0]), last=day(bounds[-1]), precision=precision_of(day(bounds[0]), day(bounds[-1])))


def ends(days: Days) -> tuple[str | None, str | None]:
    return (str(days.first) if days.first else None, str(days.last) if days.last else None)


# ------------------------------------------------------------------------------------------- the rules as data


@pytest.mark.parametrize(("row", "example"), EXAMPLES, ids=[f"{r['name']}-{e['text']}" for r, e in EXAMPLES])
def test_example_reads_as_it_says(row: dict[str, Any], example: dict[str, Any]) -> None:
    read_as = read(example["text"], day(example.get("on")), after=window(example.get("after", [])))
    expected = example["is"]
    assert ends(read_as) == ((expected[0], expected[-1]) if expected else (None, None))
    assert read_as.reason


FOUND = [(r, e) for r, e in EXAMPLES if not r.get("bare")]


@pytest.mark.parametrize(("row", "example"), FOUND, ids=[f"{r['name']}-{e['text']}" for r, e in FOUND])
def test_example_is_found_in_a_sentence(row: dict[str, Any], example: dict[str, Any]) -> None:
    text = f"Two guards were hurt {example['text']}, the clerk told us."
    expected = example.get("found", example["text"]).removeprefix("on ").removeprefix("a ")
    found = [m.said.removeprefix("on ").removeprefix("a ") for m in find(text)]
    assert found == ([expected] if expected else [])


@pytest.mark.parametrize("text", COUNTER_EXAMPLES)
def test_counter_example_is_not_found(text: str) -> None:
    assert find(text) == []


def test_every_rule_is_explained_and_most_have_examples() -> None:
    names = [row["name"] for row in ROWS]
    assert len(names) == len(set(names))
    assert all(row["says"] for row in ROWS)
    assert sum(bool(row.get("examples")) for row in ROWS) >= len(ROWS) - 3
    assert {row["build"] for row in ROWS} == set(BUILDS)


def test_an_unknown_slot_names_the_nearest_one() -> None:
    with pytest.raises(BadRule, match="WEEKDAY"):
        compile_pattern("WEKDAY COMMA", {}, "a test")


def test_a_misspelt_key_stops_the_load() -> None:
    with pytest.raises(BadRule, match="pattern"):
        dates_grammar.read_rule(
            {"name": "x", "says": "y", "stage": 1, "patern": "DAY", "gives": "D", "build": "iso"}, {}
        )


def test_rules_are_only_tried_where_they_can_start() -> None:
    for rule in rules():
        for symbol in (s for s in symbols().values() if len(s) == 1):
            if rule not in starters()[rule.stage].get(symbol, ()):
                assert compiled(rule.pattern).match(symbol * 3) is None


# ------------------------------------------------------------------------------------------- where expressions stand


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The Sunday Times reported it.", []),
        ("Black Friday was calm.", []),
        ("They may march 12 km to the fort.", []),
        ("May peace last.", []),
        ("A 35-year-old man and his 12 sons", []),
        ("Their target was 2,025 rounds at 3.11 metres.", []),
        ("The June 8 Brigade took part.", []),
        ("The Friday Market burned.", []),
        ("He came last and left early.", []),
        ("It hit on Monday. 5 guards fell.", ["Monday"]),
        ("In March, 11 guards fell ill.", ["In March"]),
        ("Sunnis from Mardan separated; decent people marched.", []),
        ("from Tuesday to Thursday and again on 9 May.", ["from Tuesday to Thursday", "9 May"]),
        ("the Feb 16 attack, after the May conflict", ["the Feb 16", "the May"]),
        ("a 2024 massacre (2019)", ["a 2024", "(2019)"]),
        ("It fell (Sunday, June 1) at night.", ["Sunday, June 1"]),
        ("ON FRIDAY NIGHT, MARCH 7, THEY CAME", ["FRIDAY NIGHT, MARCH 7"]),
    ],
)
def test_find(text: str, said: list[str]) -> None:
    found = [m.said.removeprefix("the ") for m in find(text)]
    assert found == [s.removeprefix("the ") for s in said]


def test_find_within_bounds_keeps_the_offsets_of_the_whole_text() -> None:
    text = "On Monday they met. On Tuesday they left. On Friday they fought."
    (only,) = find(text, 20, 41)
    assert (only.said, text[only.start : only.end]) == ("Tuesday", "Tuesday")


def test_an_empty_line_ends_an_expression() -> None:
    assert [m.said for m in find("They met on Friday\n\n7 March was quiet")] == ["Friday", "7 March"]


PIECES = st.sampled_from(
    ["on Friday", "March 11", "in 2024", "a day earlier", "7", "the", "and", "to", "killed", ",", "(", ")", "’s",
     "last", "week", "İstanbul", "—", "\n\n", "night", "between", "Eid", "2025-03-11", "12/31", "May",
     "half", "🙂", "since"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map(" ".join))
def test_mentions_quote_the_text_in_order(text: str) -> None:
    found = find(text)
    assert all(text[m.start : m.end] == m.said for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(st.text(max_size=120))
def test_any_text_is_survived(text: str) -> None:
    for mention in find(text):
        assert text[mention.start : mention.end] == mention.said
    assert read(text, ANCHOR).reason
    assert publication_day(text).reason


# ------------------------------------------------------------------------------------------- honest precision

PHRASES = st.sampled_from(sorted({example["text"] for _, example in EXAMPLES}))
AHEAD = (
    "tomorrow",
    "next",
    "later this",
    "from now",
    "days after may",
    "day after sunday",
    "day this week",
    "this february",
)
"""Words that name a day ahead; "Tuesday this week" in a Monday paper is the morrow, "this February" told in January ahead."""
SAYS_YEAR = re.compile(r"\b\d{4}s?\b|/\d\d$")


@given(PHRASES, st.dates(date(1995, 1, 1), date(2035, 12, 31)))
def test_a_reading_is_never_finer_than_its_precision_says(said: str, anchor: date) -> None:
    days = read(said, anchor)
    assert days.reason
    if days.first is None or days.last is None:
        assert days.precision == "unknown"
        return
    assert days.first <= days.last
    order = ["day", "days", "week", "month", "year"]
    assert order.index(days.precision) >= order.index(precision_of(days.first, days.last))


@given(PHRASES, st.dates(date(1995, 1, 1), date(2035, 12, 31)))
def test_nothing_begins_after_the_report_unless_the_words_say_so(said: str, anchor: date) -> None:
    first = read(said, anchor).first
    says_so = SAYS_YEAR.search(said) or any(word in said.lower() for word in AHEAD)
    assert first is None or says_so or first <= anchor


@given(PHRASES)
def test_without_a_report_day_only_absolute_words_give_days(said: str) -> None:
    days = read(said, None)
    if days.first is None:
        assert days.precision == "unknown"
    else:
        assert SAYS_YEAR.search(said)


@given(st.dates(date(1995, 1, 1), date(2035, 12, 31)))
def test_a_full_date_is_itself_in_every_spelling(wanted: date) -> None:
    spellings = (
        f"{wanted:%B} {wanted.day}, {wanted.year}",
        f"{wanted.day} {wanted:%b} {wanted.year}",
        f"the {wanted.day}th of {wanted:%B} {wanted.year}",
        f"{wanted:%A}, {wanted:%d} {wanted:%B} {wanted.year}",
        wanted.isoformat(),
    )
    for said in spellings:
        assert (read(said, None).first, read(said, None).last) == (wanted, wanted)


@given(st.dates(date(1995, 1, 1), date(2035, 12, 31)), st.integers(0, 364))
def test_a_day_without_year_is_the_last_one(anchor: date, back: int) -> None:
    wanted = anchor - timedelta(days=back)
    days = read(f"{wanted:%B} {wanted.day}", anchor)
    assert days.first is not None
    assert days.first <= anchor
    assert (days.first.month, days.first.day) == (wanted.month, wanted.day)
    assert "inferred" in days.reason


@given(st.dates(date(1995, 1, 1), date(2035, 12, 31)), st.integers(0, 6))
def test_a_weekday_lies_in_the_week_up_to_the_report(anchor: date, back: int) -> None:
    wanted = anchor - timedelta(days=back)
    assert read(f"on {wanted:%A} night", anchor).first == wanted


def test_numbers_that_could_be_either_order_say_so() -> None:
    either = read("03/07/2024", ANCHOR)
    assert either.first == date(2024, 7, 3)
    assert "2024-03-07" in either.reason
    assert "report's day" in read("11/03/2025", ANCHOR).reason


def test_a_weekday_that_contradicts_a_full_date_is_said() -> None:
    assert "does not agree" in read("Monday, 4 February 2026", ANCHOR).reason


def test_several_expressions_of_one_phrase() -> None:
    assert ends(read("late on Saturday night and continued into Sunday morning", date(2025, 10, 13))) == (
        "2025-10-11",
        "2025-10-12",
    )
    assert ends(read("last week (March 11)", ANCHOR)) == ("2025-03-11", "2025-03-11")


def test_what_lies_ahead_needs_the_hint() -> None:
    assert read("Friday", ANCHOR, tense_hint="future").first == date(2025, 3, 21)
    assert read("April 2", ANCHOR, tense_hint="future").first == date(2025, 4, 2)


# ------------------------------------------------------------------------------------------- UCDP GED, Appendix 2

GED = [
    ("Monday night", "2025-03-17", "2025-03-17"),
    ("last Tuesday", "2025-03-18", "2025-03-18"),
    ("last night", "2025-03-19", "2025-03-19"),
    ("the other day", "2025-03-19", "2025-03-19"),
    ("recently", "2025-03-17", "2025-03-19"),
    ("past few days", "2025-03-17", "2025-03-19"),
    ("past 24 hours", "2025-03-19", "2025-03-20"),
    ("past 48 hours", "2025-03-18", "2025-03-20"),
    ("past 72 hours", "2025-03-17", "2025-03-20"),
    ("past two days", "2025-03-18", "2025-03-19"),
    ("since Thursday", "2025-03-20", "2025-03-20"),
    ("since Monday", "2025-03-17", "2025-03-20"),
    ("this week", "2025-03-17", "2025-03-20"),
    ("over the weekend", "2025-03-15", "2025-03-16"),
    ("late last week", "2025-03-14", "2025-03-16"),
    ("around 2 March", "2025-03-01", "2025-03-03"),
    ("the night between 2 and 3 March", "2025-03-02", "2025-03-03"),
    ("a night-long battle", "2025-03-19", "2025-03-20"),
    ("a five-day offensive", "2025-03-16", "2025-03-20"),
    ("the last 6 days of January", "2025-01-26", "2025-01-31"),
    ("last week", "2025-03-10", "2025-03-16"),
    ("past week", "2025-03-14", "2025-03-20"),
    ("the first week of August", "2024-08-01", "2024-08-07"),
    ("early March", "2025-03-01", "2025-03-10"),
    ("mid March", "2025-03-10", "2025-03-20"),
    ("late March", "2025-03-15", "2025-03-31"),
    ("in recent weeks", "2025-02-27", "2025-03-20"),
    ("the past several weeks", "2025-02-27", "2025-03-20"),
    ("earlier this month", "2025-03-01", "2025-03-19"),
    ("last month", "2025-02-01", "2025-02-28"),
    ("the past fortnight", "2025-03-07", "2025-03-20"),
    ("2024", "2024-01-01", "2024-12-31"),
    ("early 2024", "2024-01-01", "2024-04-30"),
    ("mid 2024", "2024-05-01", "2024-08-31"),
    ("late 2024", "2024-09-01", "2024-12-31"),
    ("the past 3 months", "2024-12-20", "2025-03-20"),
]


@pytest.mark.parametrize(("said", "first", "last"), GED)
def test_the_rules_of_ged(said: str, first: str, last: str) -> None:
    assert ends(read(said, ANCHOR, convention="ged")) == (first, last)


# ------------------------------------------------------------------------------------------- the report as a whole


def test_a_daily_paper_tells_on_the_eve() -> None:
    text = "Drones struck the port overnight, officials said on Saturday. Earlier in the day a mine went off."
    sunday = date(2025, 10, 26)
    assert telling_day(find(text), sunday) == date(2025, 10, 25)
    told = {d.mention.said: ends(d.days) for d in read_all(text, sunday)}
    assert told["overnight"] == ("2025-10-24", "2025-10-25")
    assert told["Earlier in the day"] == ("2025-10-25", "2025-10-25")


def test_days_are_counted_from_the_day_just_named() -> None:
    text = "On March 3 a convoy was hit. Two days later the camp burned. The next day rain fell."
    assert [ends(d.days)[0] for d in read_all(text, ANCHOR)] == ["2025-03-03", "2025-03-05", "2025-03-06"]


def test_what_came_before_is_told_behind_after() -> None:
    text = "On March 3 a convoy was hit, a day after gunmen burned a camp."
    assert [ends(d.days)[0] for d in read_all(text, ANCHOR)] == ["2025-03-03", "2025-03-02"]


def test_a_report_without_a_day_leaves_weekdays_unknown() -> None:
    assert [d.days.first for d in read_all("It happened on Friday.", None)] == [None]


# ------------------------------------------------------------------------------------------- the report's own day


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Menu\nTuesday, 11 March 2025\nLogo\nGunmen fire on a post", "2025-03-11"),
        ("Gunmen fire on a post\nPublished: 11 March 2025 09:30\nThey fled.", "2025-03-11"),
        ("They fled, he said.\nPublished in The Example, March 11th, 2025", "2025-03-11"),
        ("TOWNSVILLE, March 11, 2025 (Agency): Gunmen fled.", "2025-03-11"),
        ("TOWNSVILLE, March 11 (Agency): They fled. The mine went off on March 9, 2025.", "2025-03-11"),
        ("TOWNSVILLE, Feb 11 (Agency): They fled. The army fought 90 battles in 2024.", "2025-02-11"),
        ("TOWNSVILLE, Feb 11 (Agency): They fled.", None),
        ("TOWNSVILLE, Sept 11 (Agency): They fled. The army fought 90 battles in 2024.", None),
        ("TOWNSVILLE, Feb 11 (Agency): They fled. The mayor was elected in 2024.", None),
        ("March 11, 2025 TOWNSVILLE (Agency) – Gunmen fled.", "2025-03-11"),
        ("Gunmen fled, police said on Tuesday (March 11). A raid in 2023 had failed.", "2025-03-11"),
        ("Gunmen fled, police said on Tuesday, March 11. A raid in 2022 had failed.", "2025-03-11"),
        ("Gunmen fled, police said on Tuesday (March 11). A raid in 2015 had failed.", None),
        ("Gunmen fled, police said on Tuesday (March 11). The road is to open by 2024.", None),
        ("Gunmen fled, police said on Tuesday (March 11).", None),
        ("They meet next Tuesday (March 11). A raid in 2023 had failed.", None),
        ("Gunmen fled on March 11, 2025, the mayor said.", None),
        ("", None),
    ],
)
def test_publication_day(text: str, published: str | None) -> None:
    found = publication_day(text)
    assert ends(found)[0] == published
    assert found.reason


def test_an_inferred_year_says_from_what() -> None:
    found = publication_day("TOWNSVILLE, Feb 11 (Agency): They fled. The army fought 90 battles in 2024.")
    assert "inferred" in found.reason
    assert "in 2024" in found.reason


def test_soft_hyphens_hide_no_day_and_spans_keep_them() -> None:
    text = "They fled on Satur\u00adday, not on Mon\u00ad\u00adday."
    assert [m.said for m in find(text)] == ["Satur\u00adday", "Mon\u00ad\u00adday"]
    assert [text[m.start : m.end] for m in find(text)] == [m.said for m in find(text)]
    assert read("Satur\u00adday", ANCHOR) == read("Saturday", ANCHOR)


def test_parse_is_remembered_by_shape() -> None:
    run = symbols()["WEEKDAY"]
    assert parse(run) is parse(run)


def test_readings_stay_inside_what_named_periods_allow() -> None:
    march = read("March 2025", ANCHOR)
    for said in (
        "early March",
        "mid-March",
        "late March",
        "the first week of March",
        "March 11",
        "the last 6 days of March",
    ):
        assert contains(march, read(said, date(2025, 4, 1)))


@pytest.mark.parametrize(
    "unit", ["days", "nights", "weeks", "fortnights", "months", "years", "decades", "centuries", "hours"]
)
@pytest.mark.parametrize(
    "said",
    ["three {} ago", "a few {} ago", "over the past three {}", "the last few {}", "three {} after Sunday",
     "a few {} earlier", "three {} later", "in the next three {}"],
)  # fmt: skip
def test_every_unit_can_be_counted_in_every_form(said: str, unit: str) -> None:
    text = f"On Sunday they met. {said.format(unit).capitalize()} they met again."
    for day in read_all(text, date(2024, 5, 9)):
        assert day.days.reason


def test_nights_are_counted_as_days() -> None:
    assert read("three nights ago", date(2024, 5, 9)).first == date(2024, 5, 6)
