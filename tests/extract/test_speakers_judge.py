"""Which voice a figure is credited to."""

from __future__ import annotations

from recount.extract import speakers
from recount.extract.speakers_judge import Credits, credit_weights
from recount.records import Passage


def credits_of(*texts: str, weights: dict[str, float] | None = None, headline: bool = False) -> tuple[str, Credits]:
    whole, parts = "", []
    for n, text in enumerate(texts):
        kind = "headline" if headline and n == 0 else "sentence"
        parts.append(Passage(index=n, start=len(whole), end=len(whole) + len(text), kind=kind))  # type: ignore[arg-type]
        whole += text + " "
    return whole, Credits(whole, parts, speakers.find(whole, parts), weights)


def hows(text: str, held: Credits, figure: str) -> dict[str | None, str]:
    return {o.source.name if o.source else None: o.how for o in held.options(text.index(figure))}


def test_without_weights_the_nearest_holding_voice_speaks() -> None:
    text, held = credits_of("Police said two men died.")
    at = text.index("two men")
    source = held.source_for(at, at + 7)
    assert source is not None
    assert source.name == "Police"


def test_the_outlet_is_always_an_option_and_each_voice_one() -> None:
    text, held = credits_of("Police said two men died.", "Police said one was hurt.", weights={})
    assert hows(text, held, "two men") == {None: "none", "Police": "holds"}


def test_voices_before_and_behind_are_options() -> None:
    text, held = credits_of(
        "Medics said the road was shut.", "Two men died.", "The army said a search went on.", weights={}
    )
    assert hows(text, held, "Two men") == {None: "none", "Medics": "before 1", "army": "behind 1"}


def test_a_headline_may_take_the_voice_of_its_lead() -> None:
    text, held = credits_of("Two men die in Tank", "Two men died, police said.", weights={}, headline=True)
    assert hows(text, held, "Two men") == {None: "none", "police": "lead 1"}


def test_weights_decide() -> None:
    texts = ("Medics said the road was shut.", "Two men died.")
    for weights, name in (({"before 1": 2.0}, "Medics"), ({"none": 2.0}, None)):
        text, held = credits_of(*texts, weights=weights)
        source = held.source_for(text.index("Two men"), text.index(" died."))
        assert (source.name if source else None) == name


def test_the_shipped_weights_keep_a_plain_source_and_leave_a_plain_report() -> None:
    weights = credit_weights()
    assert weights is not None
    text, held = credits_of("At least five soldiers were killed in the attack, police said.", weights=dict(weights))
    source = held.source_for(text.index("At least"), text.index(" were"))
    assert source is not None
    assert source.name == "police"
    text, held = credits_of("Five soldiers were killed in the attack.", weights=dict(weights))
    assert held.source_for(0, 13) is None
