"""Tests know the world that ships with the package, whatever lists of places the user has added."""

from __future__ import annotations

import os
from pathlib import Path

os.environ["RECOUNT_PLACES"] = str(Path(__file__).parent / "no-added-places")
