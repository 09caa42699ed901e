"""A site on loopback, and a watch on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from made_site import Site, Watching

from recount.settings import Settings
from recount.sources.plan import Plan, Source
from recount.sources.watching import Watch, opened

pytest.importorskip("feedparser")
pytest.importorskip("warcio")


@pytest.fixture
def site() -> Iterator[Site]:
    """A publisher's site; each test says what it answers."""
    made = Site()
    yield made
    made.close()


@pytest.fixture
def other() -> Iterator[Site]:
    """Another site, which no source of a test allows unless it says so."""
    made = Site()
    yield made
    made.close()


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Watching]:
    """Opens a watch on sources, with an archive in the test's folder; opening it again goes on where it was."""
    with ExitStack() as outer:
        held: list[ExitStack] = []

        def start(*sources: Source, settings: Settings | None = None, **more: Any) -> Watch:
            for before in held:
                before.close()
            stack = outer.enter_context(ExitStack())
            held.append(stack)
            plan = Plan(file=tmp_path / "sources.toml", archive=tmp_path / "archive", sources=sources)
            chosen = settings or Settings(fetch_seconds=20.0)
            state, archive = stack.enter_context(opened(plan, chosen))
            return Watch(plan, chosen, state, archive, **more)

        yield start
