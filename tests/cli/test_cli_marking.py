"""The marking of claims in a report's text loses and moves nothing, however spans lie."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from recount import records as r
from recount.cli.show_report import marked

TEXT = "abcdefghijklmnopqrst"
SPANS = st.lists(
    st.tuples(st.integers(0, 19), st.integers(1, 20)).filter(lambda s: s[0] < s[1]), max_size=8, unique=True
)


def coded(spans: list[tuple[int, int]]) -> tuple[r.Coding, list[r.Claim]]:
    report = r.Report(id="r_1", name="one", text=TEXT)
    claims = [
        r.Claim(
            id=f"c_{i}",
            report="r_1",
            passage=0,
            start=start,
            end=end,
            quote=TEXT[start:end],
            property="kind",
            said="x",
            value=r.KindOf(kind="clash"),
        )
        for i, (start, end) in enumerate(sorted(spans))
    ]
    return r.Coding(report=report, claims=tuple(claims)), claims


@given(SPANS, st.booleans())
def test_the_text_stays_whole_and_in_order(spans: list[tuple[int, int]], brackets: bool) -> None:
    shown = marked(*coded(spans), brackets=brackets).plain
    assert re.sub(r"[^a-t]", "", shown) == TEXT


@given(SPANS)
def test_every_claim_opens_before_its_words_and_closes_after_them(spans: list[tuple[int, int]]) -> None:
    shown = marked(*coded(spans), brackets=True).plain
    assert shown.count("[") == shown.count("]") == len(spans)
    for number, (_, end) in enumerate(sorted(spans), 1):
        before = shown[: re.search(rf"(?<!\d){number}(?!\d)", shown).start()]  # type: ignore[union-attr]
        assert re.sub(r"[^a-t]", "", before) == TEXT[:end]
