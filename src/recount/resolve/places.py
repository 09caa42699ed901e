"""Places: names found in a text, and what they mean. See `places_find`, `places_score`, `places_gazetteer`."""

from __future__ import annotations

from recount.resolve.places_answer import read, resolve
from recount.resolve.places_find import PlaceMention, find
from recount.resolve.places_gazetteer import Gazetteer, gazetteer
from recount.resolve.places_world import Spot

__all__ = ["Gazetteer", "PlaceMention", "Spot", "find", "gazetteer", "read", "resolve"]
