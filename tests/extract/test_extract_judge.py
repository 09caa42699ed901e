"""The judge: readable weights, sums that can be shared, verdicts that name their reasons."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.extract.events import cues
from recount.extract.judge import Judge, Weights, judge
from recount.extract.tolls import TollReader
from recount.extract.traits import ReportTraits
from recount.records import SIDES, Passage

WEIGHTS = Weights(
    traits={  # toll, statistic, state_forces, armed_group, civilians, unspecified
        "bias": (-1.0, -1.0, 0, 0, 0, 0),
        "rule=passive": (2.0, 0, 0, 0, 0, 0),
        "people say goats": (-4.0, 0, 0, 0, 0, 0),
        "passage says year": (0, 3.0, 0, 0, 0, 0),
        "noun=miner": (0, 0, 0, 0, 2.0, 0),
        "noun=raider": (0, 0, 0, 2.0, 0, 0),
    },
    threshold=0.5,
)


def test_weights_add_up() -> None:
    weigher = Judge(WEIGHTS)
    verdict = weigher.weigh(["rule=passive", "noun=miner"], weigher.total(["bias"]))
    assert verdict.toll == pytest.approx(1 / (1 + math.exp(-1.0)))
    assert verdict.statistic == pytest.approx(1 / (1 + math.exp(1.0)))
    assert verdict.side == "civilians"
    assert verdict.reasons == ("rule=passive (+2.00)",)


def test_a_trait_counts_once_however_often_it_is_said() -> None:
    weigher = Judge(WEIGHTS)
    base = weigher.total(["bias"])
    assert weigher.weigh(["rule=passive"] * 3, base)[:3] == weigher.weigh(["rule=passive"], base)[:3]


def test_a_reason_is_named_once() -> None:
    weigher = Judge(WEIGHTS)
    assert len(weigher.weigh(["rule=passive"] * 3, weigher.total(["bias"])).reasons) == 1


def test_unknown_traits_weigh_nothing() -> None:
    weigher = Judge(WEIGHTS)
    base = weigher.total(["bias"])
    assert weigher.weigh(["never seen", "rule=passive"], base)[:3] == weigher.weigh(["rule=passive"], base)[:3]


def test_a_figure_that_falls_gives_no_reasons() -> None:
    weigher = Judge(WEIGHTS)
    verdict = weigher.weigh(["people say goats"], weigher.total(["bias"]))
    assert verdict.toll < weigher.threshold
    assert verdict.reasons == ()


@given(st.lists(st.sampled_from(["bias", "rule=passive", "noun=miner", "passage says year", "x"]), unique=True))
def test_shared_sums_change_nothing(traits: list[str]) -> None:
    """Summing some traits beforehand gives what summing all at once gives."""
    weigher = Judge(WEIGHTS)
    zero = weigher.total([])
    for cut in range(len(traits) + 1):
        parted = weigher.weigh(traits[cut:], weigher.total(traits[:cut]))
        whole = weigher.weigh(traits, zero)
        assert parted.toll == pytest.approx(whole.toll)
        assert parted.statistic == pytest.approx(whole.statistic)
        assert parted.side == whole.side


def test_a_language_without_weights_has_no_judge() -> None:
    assert judge("xx") is None


def test_the_fitted_judge_is_whole() -> None:
    weigher = judge("en")
    assert weigher is not None
    assert 0 < weigher.threshold < 1


def test_the_fitted_judge_tells_a_toll_from_a_pay_rise() -> None:
    """Not a measure, only a sign that weights and traits still speak of the same things."""
    assert _weighed("Gunmen killed five soldiers in an ambush near the town.") > 0.5
    assert _weighed("The toy company lost nine managers to a rival brand.") < 0.5


def _weighed(text: str) -> float:
    weigher = judge("en")
    assert weigher is not None
    passage = Passage(index=0, start=0, end=len(text))
    traits = ReportTraits(text, cues(text))
    mentions = TollReader("en").read(text, 0, len(text))
    base = weigher.total(traits.shared)
    scores = [weigher.weigh(list(traits.of(m, passage, "asserted")), base).toll for m in mentions]
    return max(scores, default=0.0)


def test_traits_are_readable_and_say_each_thing_once() -> None:
    text = "At least five soldiers were killed near the pass."
    passage = Passage(index=0, start=0, end=len(text))
    (mention,) = TollReader("en").read(text, 0, len(text))
    traits = list(ReportTraits(text, cues(text)).of(mention, passage, "asserted"))
    assert {"harm=killed", "hedge=at_least", "size=3-5", "people say <fighters>"} <= set(traits)
    assert {"~side=state_forces", "~people say soldiers"} <= set(traits)
    assert all(t.isprintable() and t == t.strip() for t in traits)


def test_whether_a_figure_counts_does_not_hang_on_whose_it_is() -> None:
    weigher = judge("en")
    assert weigher is not None
    texts = ("At least five soldiers were killed near Delhi.", "At least five rebels were killed near Islamabad.")
    seen = []
    for text in texts:
        (mention,) = TollReader("en").read(text, 0, len(text))
        traits = ReportTraits(text, cues(text))
        own = traits.of(mention, Passage(index=0, start=0, end=len(text)), "asserted")
        seen.append({t for t in (*own, *traits.shared) if not t.startswith("~") and not t.startswith("report ")})
    assert seen[0] == seen[1]
    assert all(weigher.total([t])[:2] == (0.0, 0.0) for t in ("~people say soldiers", "~side=armed_group"))


def test_sides_are_the_records_sides() -> None:
    weigher = judge("en")
    assert weigher is not None
    assert weigher.weigh([], weigher.total([])).side in SIDES
