"""Passages → claims as said."""

from recount.extract.events import Cue, cues
from recount.extract.reading import Item, Reader, item_claims, toll_claims

__all__ = ["Cue", "Item", "Reader", "cues", "item_claims", "toll_claims"]
