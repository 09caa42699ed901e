"""Average-link clustering under constraints."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from recount.link.cluster import cluster


def run(scores: dict[tuple[str, str], float], items: str, forbidden: set[tuple[str, str]] = frozenset(), musts=()):  # type: ignore[no-untyped-def, assignment]
    def key(a: str, b: str) -> tuple[str, str]:
        return (min(a, b), max(a, b))

    return cluster(items, scores, lambda a, b: scores.get(key(a, b), -5.0), lambda a, b: key(a, b) in forbidden, musts)


def test_a_chain_does_not_pull_strangers_together() -> None:
    chain = {("a", "b"): 3.0, ("b", "c"): 2.0, ("a", "c"): -9.0}
    assert run(chain, "abc") == [["a", "b"], ["c"]]


def test_a_forbidden_pair_never_meets_even_through_a_third() -> None:
    scores = {("a", "b"): 9.0, ("b", "c"): 9.0, ("a", "c"): 9.0}
    assert run(scores, "abc", {("a", "c")}) in ([["a", "b"], ["c"]], [["a"], ["b", "c"]])


def test_what_must_be_together_is() -> None:
    assert run({}, "abc", musts=[("a", "c")]) == [["a", "c"], ["b"]]


@given(st.dictionaries(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), st.floats(-5, 5)))
def test_every_item_lands_in_exactly_one_cluster(raw: dict[tuple[str, str], float]) -> None:
    scores = {pair: s for pair, s in raw.items() if pair[0] < pair[1]}
    found = run(scores, "abcdef")
    assert sorted(item for group in found for item in group) == list("abcdef")
