"""Which proposals the judge of attributions believes, and how it says why."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.extract import attributions, speakers
from recount.extract.attributions import AttributionMention, rule_hits
from recount.extract.attributions_judge import AttributionJudge, AttributionWeights, attribution_judge
from recount.extract.attributions_names import Cast
from recount.extract.attributions_pairs import Candidate, candidates, class_of, line_of, pairs
from recount.extract.attributions_traits import AttributionTraits
from recount.records import Passage
from recount.resolve import actors
from recount.rules import FOLDER


def passages(*texts: str) -> tuple[str, list[Passage]]:
    whole, parts = "", []
    for n, text in enumerate(texts):
        parts.append(Passage(index=n, start=len(whole), end=len(whole) + len(text)))
        whole += text + " "
    return whole, parts


def cast_of(*texts: str) -> tuple[Cast, list[Passage]]:
    text, parts = passages(*texts)
    return Cast(text, actors.find(text), speakers.find(text, parts)), parts


def proposed(*texts: str) -> list[Candidate]:
    cast, parts = cast_of(*texts)
    return candidates(cast, parts, rule_hits(cast, parts))


def judged(*texts: str) -> list[AttributionMention]:
    text, parts = passages(*texts)
    return attributions.find(text, parts, actors.find(text), speakers.find(text, parts), use_judge=True)


def names(found: Sequence[Candidate]) -> set[tuple[str | None, str | None]]:
    return {(c.accuser, c.accused) for c in found}


def test_what_no_rule_finds_is_proposed_all_the_same() -> None:
    text = "Ukraine said three drones launched by Russia hit the port."
    cast, parts = cast_of(text)
    assert not list(rule_hits(cast, parts))
    assert ("Ukraine", "Russia") in names(proposed(text))


def test_a_voice_is_proposed_with_itself_too() -> None:
    own = [c for c in proposed("Hezbollah said it shelled a base in Israel.") if c.own]
    assert names(own) == {("Hezbollah", "Hezbollah")}


def test_one_who_rejects_by_a_word_that_is_no_speech_is_a_voice() -> None:
    assert ("Thailand", "Cambodia") in names(proposed("Thailand slammed Cambodia for the attack."))


def test_unnamed_militants_are_nobody_to_accuse() -> None:
    found = proposed("Police said militants attacked the post.")
    assert "militants" not in {c.accused for c in found}


def test_a_last_name_stands_for_the_person_named_before() -> None:
    found = proposed("Karim Dastan was charged on Monday.", "Police accused Dastan of planning the bombing.")
    assert ("Police", "Karim Dastan") in names(found)


def test_a_passage_without_a_word_of_the_matter_is_passed_over() -> None:
    cast, parts = cast_of("Israel said Egypt had opened the school.")
    assert list(pairs(cast, parts)) == []


@pytest.mark.parametrize(
    ("word", "name"),
    [("accused", "blame"), ("denies", "deny"), ("airstrikes", "deed"), ("school", ""), ("not", "negation")],
)
def test_words_have_the_class_of_their_beginning(word: str, name: str) -> None:
    assert class_of(word) == name


@given(st.text(max_size=80))
def test_every_word_of_a_line_stands_where_it_says(text: str) -> None:
    line = line_of(text, Passage(index=0, start=0, end=len(text)))
    assert all(w.text == "#" or w.text == text[w.start : w.end].lower() for w in line.words)
    assert line.starts == sorted(line.starts)


def test_the_judge_believes_a_plain_accusation_and_says_why() -> None:
    found = judged("Ukraine accused Russia of shelling a hospital.")
    assert {(m.stance, m.accuser, m.accused) for m in found} == {("alleges", "Ukraine", "Russia")}
    assert found[0].reason.startswith("judged 0.")
    assert found[0].rule == "attributions.accused of"


def test_one_line_for_each_pair_of_parties_in_a_report() -> None:
    found = judged("Ukraine accused Russia of shelling a hospital.", "Kyiv accused Moscow of a second attack.")
    assert len([m for m in found if m.stance == "alleges"]) == 1


def test_nobody_claiming_it_needs_no_judge() -> None:
    assert [m.stance for m in judged("No group has claimed responsibility for the attack.")] == ["no_claim"]


def test_thresholds_differ_for_what_a_rule_found() -> None:
    weights = AttributionWeights(traits={"x": (-1.0, 0.0, 0.0)}, wide=(0.5, 0.6, 0.6), proposed=(0.2, 0.6, 0.6))
    judge = AttributionJudge(weights)
    assert judge.believed(["x"], proposed=False) == []
    verdict = judge.believed(["x"], proposed=True)[0]
    assert verdict.stance == "claims"
    assert verdict.reasons == ("x (-1.00)",)
    assert round(verdict.share, 3) == 0.269


def test_the_shipped_weights_are_of_traits_that_are_made() -> None:
    table = msgspec.json.decode((FOLDER / "judge" / "en" / "attributions.json").read_bytes(), type=AttributionWeights)
    assert attribution_judge() is not None
    cast, parts = cast_of("The army accused Hamas of firing rockets.", "Iran denied it had a role in the attack.")
    traits = AttributionTraits(cast)
    made = {t for c in candidates(cast, parts, rule_hits(cast, parts)) for t in traits.of(c)}
    assert len(made & table.traits.keys()) > len(made) / 2
