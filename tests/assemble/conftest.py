"""Weights of its own for gathering scenes: these tests are about features and what follows, not about a fit."""

from __future__ import annotations

import pytest

from recount.assemble import drafts

WEIGHTS = {
    "bias": -1.0,
    "same figure above two": 3.0,
    "other figure, same harm and side": -3.0,
    "same place": 2.0,
    "other place": -3.0,
    "other day": -3.0,
    "other kind": -0.5,
    "cue separate": -4.0,
    "no place and no day, latest": 1.5,
    "gap 1": 1.0,
    "draft has headline": 0.5,
}
TABLES = {
    "counted begins": {"bias": -drafts.BEGINS},
    "counted goes on": WEIGHTS,
    "bare begins": {
        "bias": -2.0,
        "surest 3": 1.0,
        "day of the eve": 1.5,
        "day two days old": 1.5,
        "place fine new": 1.0,
    },
    "bare goes on": WEIGHTS,
}


@pytest.fixture(autouse=True)
def _fixed_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "join_tables", lambda: TABLES)
