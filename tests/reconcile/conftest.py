"""What the reconcile tests share."""

from __future__ import annotations

import pytest
from invented_incidents import World


@pytest.fixture
def world() -> World:
    return World()
