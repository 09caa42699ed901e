"""The pieces of a text: complete, in order, every claim on exactly its characters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from recount import records as r
from recount.export.page.marked import in_sentence, pieces

TEXT = "The office said 12 men and 2 women were taken near the river before dawn."


def coding_of(spans: list[tuple[int, int]]) -> r.Coding:
    """A report with one claim for each span."""
    report = r.Report(id="r_1", name="one", text=TEXT)
    claims = tuple(
        r.Claim(
            id=f"c_{i}",
            report="r_1",
            passage=0,
            start=a,
            end=b,
            quote=TEXT[a:b],
            property="toll",
            said="",
            value=r.Count(low=1, high=1),
        )
        for i, (a, b) in enumerate(spans)
    )
    return r.Coding(report=report, passages=(r.Passage(index=0, start=0, end=len(TEXT)),), claims=claims)


SPANS = st.lists(
    st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 30)).map(lambda s: (s[0], min(len(TEXT), s[0] + s[1]))),
    max_size=8,
)


@given(SPANS)
def test_pieces_hold_the_whole_text_and_each_claim_its_words(spans: list[tuple[int, int]]) -> None:
    coding = coding_of(spans)
    found = pieces(coding)
    assert "".join(piece.text for piece in found) == TEXT
    for claim in coding.claims:
        assert "".join(p.text for p in found if claim.id in p.claims) == claim.quote
        assert sum(claim.id in p.begins for p in found) == 1


def test_a_quote_stands_in_its_sentence() -> None:
    coding = coding_of([(16, 22)])
    words = in_sentence(coding.claims[0], coding)
    assert (words.before, words.quote, words.after) == (TEXT[:16], "12 men", TEXT[22:])


def test_a_very_long_sentence_is_cut_at_words() -> None:
    coding = coding_of([(16, 22)])
    words = in_sentence(coding.claims[0], coding, around=10)
    assert words.before == "… said "
    assert words.after == " and 2 …"
