"""Who speaks, and how far the voice reaches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.extract.speakers import Source, find, source_of
from recount.records import Passage


def passages(text: str) -> list[Passage]:
    """One passage a line or sentence; sentences are separated by two spaces here."""
    found, at = [], 0
    for part in text.split("  "):
        found.append(Passage(index=len(found), start=at, end=at + len(part)))
        at += len(part) + 2
    return found


def voice(text: str, figure: str) -> str | None:
    sources = find(text, passages(text))
    at = text.index(figure)
    source = source_of(sources, at, at + len(figure))
    return source.name if source else None


def chain(text: str) -> list[str]:
    (source,) = find(text, passages(text))
    return [s.name for s in source.chain]


@pytest.mark.parametrize(
    ("text", "figure", "name"),
    [
        ("Police said that two men died.", "two men", "Police"),
        ("Gunmen suspected to be bandits abducted nine farmers.", "nine farmers", None),
        ("Seven more suspected rebels were held, and nine farmers were freed.", "nine farmers", None),
        ("Police suspected that nine farmers were killed.", "nine farmers", "Police"),
        ("Two men said to have fled shot dead nine farmers.", "nine farmers", None),
        ("The rebels claimed to have killed nine soldiers.", "nine soldiers", "rebels"),
        ("The district governor said on Monday that two men died.", "two men", "district governor"),
        ("Two men died at the bridge, police said.", "Two men", "police"),
        ("Two men died at the bridge, police said on Friday, with nine hurt.", "nine hurt", "police"),
        ("“Two men died,” said Karim Dast, a rescue worker.", "Two men", "Karim Dast"),
        ("Karim Dast, head of the rescue service, said two men died.", "two men", "Karim Dast"),
        ("The head of the clinic, Karim Dast, said two men died.", "two men", "Karim Dast"),
        ("Interior Minister Karim Dast told reporters that two men died.", "two men", "Interior Minister Karim Dast"),
        ("According to the Harbour Observatory, two men died.", "two men", "Harbour Observatory"),
        ("Two men died, according to medics in Talo.", "Two men", "medics in Talo"),
        ("Two men died in Talo.", "Two men", None),
        ("Police said the road was shut.  Two men died.", "Two men", None),
        ("Medics said two died while the army said nine had fled.", "two died", "Medics"),
        ("Medics said two died while the army said nine had fled.", "nine", "army"),
        ("The army declined to comment but said two men died.", "two men", "army"),
        ("Gunmen claimed the lives of two men.", "two men", None),
        ("The report was late and two men died.", "two men", None),
        ("The army and residents said two men died.", "two men", "army and residents"),
        ("The deal, which Redland said was void, cost two lives.", "two lives", "Redland"),
    ],
)
def test_the_voice_of_a_figure(text: str, figure: str, name: str | None) -> None:
    assert voice(text, figure) == name


def test_a_pronoun_is_whoever_spoke_last() -> None:
    text = "Mayor Karim Dast said the road was shut.  He added that two men died."
    assert voice(text, "two men") == "Mayor Karim Dast"
    text = "The rescue agency said the road was shut.  It also said two men died."
    assert voice(text, "two men") == "rescue agency"


def test_a_quotation_of_several_sentences_is_one_voice() -> None:
    text = "“We lost the bridge.  Two men died there,” Karim Dast said.  The rain went on."
    assert voice(text, "We lost") == "Karim Dast"
    assert voice(text, "Two men") == "Karim Dast"
    assert voice(text, "rain") is None


def test_a_quotation_goes_on_after_its_voice() -> None:
    text = "“We lost the bridge,” Karim Dast said.  “Two men died there and nine were hurt badly.”"
    assert voice(text, "Two men") == "Karim Dast"


def test_a_chain_has_the_nearest_voice_first() -> None:
    assert chain("The Daily Post quoted police as saying two men died.") == ["police", "Daily Post"]
    assert chain("Two papers reported, citing medics, that two men died.")[0] == "medics"


def test_what_tells_of_the_speaker_is_not_in_the_speaker_s_voice() -> None:
    assert voice("“It was loud,” said Karim Dast, whose two brothers died.", "two brothers") is None


def test_soft_hyphens_hide_nothing() -> None:
    text = "Two men died, the mini\u00adstry anno\u00adunced."
    (source,) = find(text, passages(text))
    assert source.name == "ministry"
    assert text[source.start : source.end] == "mini\u00adstry"


def test_parties() -> None:
    text = "Police said so.  Residents said so.  Harbour Radio said so."
    assert [s.chain[0].party for s in find(text, passages(text))] == ["state", "third", "media"]


WORDS = st.sampled_from(
    [
        "Police",
        "said",
        "that",
        "two",
        "men",
        "died",
        ",",
        "“",
        "”",
        ".",
        "he",
        "according to",
        "Karim",
        "Dast",
        "the",
        "who",
        "and",
        "(",
        ")",
        "quoted",
        "as saying",
        "on Monday",
        "citing",
        "\u00ad",
        "İ",
        "statement",
        "added",
    ]
)


@given(st.lists(WORDS, max_size=30))
def test_every_span_holds_for_any_text(words: list[str]) -> None:
    text = " ".join(words)
    for source in find(text, passages(text)):
        _check(text, source)


def _check(text: str, source: Source) -> None:
    assert 0 <= source.scope[0] <= source.scope[1] <= len(text)
    assert source.chain[0].name == source.name
    for speaker in source.chain:
        assert text[speaker.start : speaker.end].replace("\u00ad", "") == speaker.name
        assert speaker.name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A source close to the Karo talks said two men died.", "A source close to the Karo talks"),
        ("Two men died, said the police in a statement.", "police"),
        ("Two men died in a strike on a tent, the civil defence said.", "civil defence"),
        ("At least two men have died, official Redland figures show.", "official Redland figures"),
        ("Governor Karim Dast last year said two men died.", "Governor Karim Dast"),
    ],
)
def test_who_is_named_as_the_source(text: str, name: str) -> None:
    assert voice(text, "wo men") == name
