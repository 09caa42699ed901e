"""The sentences and names by which two accounts are compared."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from recount.link.compare_wording import names_feature, share, words_feature
from recount.link.profile import Rarity, profiles_of
from recount.link.wording import sentence, wordings
from recount.link.words import telling_words
from recount.records import Count, Days, EventReport, Place, Report, Toll, TollLine

STORY = (
    "The ferry Marigold left Dorval at noon. Two masked riders shot the ticket clerk Anselm Quoyle beside the "
    "pier kiosk, and 3 passengers were killed before the engine stopped. The harbour stayed shut."
)
RETOLD = (
    "A clerk, Anselm Quoyle, had sold tickets at the pier kiosk for years. He was shot by masked riders, and 3 "
    "passengers were killed, the ferry company said of its ship Marigold."
)
OTHER = (
    "In Dorval a bakery cellar burned after two gunmen robbed its safe, and 3 passengers were killed in a van nearby."
)


def event(report: str, quote: str, key: str = "1") -> EventReport:
    toll = Toll(harm="killed", side="civilians", count=Count(low=3, high=3))
    return EventReport(
        id=f"e_{report}_{key}", report=report, key=key, label="attack in Dorval", role="main", kind="attack",
        days=Days(first=date(2024, 3, 4), last=date(2024, 3, 4)), places=(Place(name="Dorval", country="XA"),),
        tolls=(TollLine(claim=f"c_{report}_{key}", toll=toll, quote=quote),),
    )  # fmt: skip


def world(*texts: str) -> tuple[list[EventReport], dict[str, Report]]:
    reports = {f"r{n}": Report(id=f"r{n}", name=f"r{n}", text=text) for n, text in enumerate(texts)}
    return [event(name, "3 passengers were killed") for name in reports], reports


def test_the_sentence_around_a_figure() -> None:
    found = sentence(STORY, "3 passengers were killed")
    assert found.startswith("Two masked riders")
    assert found.endswith("the engine stopped")
    assert sentence(STORY, "nobody said this") == ""


@given(st.text(max_size=300), st.integers(0, 300), st.integers(0, 40))
def test_a_sentence_always_holds_its_quote(text: str, start: int, length: int) -> None:
    quote = text[start : start + length]
    assert quote in sentence(text, quote) or not quote


def test_accounts_of_one_attack_share_rare_words_and_names() -> None:
    events, reports = world(STORY, RETOLD, OTHER, *(f"Nothing but market day {n} in Vestry{n}." for n in range(60)))
    profiles = profiles_of(events, reports)
    rarity = Rarity(profiles.values())
    a, b, c = (profiles[e.id] for e in events[:3])
    assert words_feature(a, b, rarity).weight > 2 > words_feature(a, c, rarity).weight
    assert names_feature(a, b, rarity).weight > 0 == names_feature(a, c, rarity).weight
    assert "quoyle" in names_feature(a, b, rarity).one


def test_a_report_of_several_incidents_lends_each_only_its_own_sentences() -> None:
    text = f"{STORY}\n{OTHER.replace('3 passengers', '4 bakers')}"
    reports = {"r": Report(id="r", name="r", text=text)}
    events = [event("r", "3 passengers were killed"), event("r", "4 bakers were killed", "2")]
    found = wordings(events, reports)
    assert "marigold" not in found["e_r_2"].names
    assert {"bakery", "cellar"} <= found["e_r_2"].words
    assert "bakery" not in found["e_r_1"].words


def test_an_unknown_report_has_no_wording() -> None:
    (event,), _ = world(STORY)
    assert wordings([event], {})[event.id].words == frozenset()


@given(st.frozensets(st.sampled_from("abcdefgh")), st.frozensets(st.sampled_from("abcdefgh")))
def test_a_share_is_mutual_and_between_none_and_all(one: frozenset[str], other: frozenset[str]) -> None:
    rarity = Rarity([])
    assert share(one, other, rarity) == share(other, one, rarity)
    assert 0 <= share(one, other, rarity) <= 1.0000001


def test_words_of_the_page_around_a_report_tell_nothing() -> None:
    text = "Six people were killed. Contact the Authors. Copyright Gull Press, All Rights Reserved."
    assert not {"copyright", "author", "right", "reserved", "contact"} & telling_words(text)
