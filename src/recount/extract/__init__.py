"""Passages → claims as said."""

from recount.extract.events import Cue, cues
from recount.extract.reading import Found, claims_of

__all__ = ["Cue", "Found", "claims_of", "cues"]
