"""Passages → claims as said."""

from recount.extract.events import Cue, cues, heard
from recount.extract.not_events import passed_over
from recount.extract.reading import Item, Reader, item_claims, toll_claims

__all__ = ["Cue", "Item", "Reader", "cues", "heard", "item_claims", "passed_over", "toll_claims"]
