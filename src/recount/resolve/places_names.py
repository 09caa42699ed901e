"""The normal form of place names: what the gazetteer's index is keyed by, at build time and at reading time."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MAX_TOKENS = 6

_SPELLED_OUT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_DROPPED = re.compile(r"[.'’‘ʿʾ`´\"]")
_SPACED = re.compile(r"[\s\-–—_/]+")
_MARKS = re.compile(r"[\u0300-\u036f]")
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ə": "a", "ð": "d", "þ": "th"}
)

ARTICLES = frozenset({"al", "el", "ar", "as", "ash", "ad", "ath", "at", "az", "an", "ul", "ur", "ud", "e", "i"})
"""Arabic and Persian joining words in their Latin spellings; sources differ in which of them they write."""

TYPE_WORDS = (
    *[
        "district",
        "province",
        "county",
        "parish",
        "governorate",
        "agency",
        "region",
        "oblast",
        "raion",
        "rayon",
        "division",
        "tehsil",
        "taluka",
        "state",
        "prefecture",
        "department",
        "municipality",
        "territory",
        "city",
        "town",
        "township",
        "village",
        "valley",
        "canton",
        "regency",
        "subdistrict",
        "borough",
        "shahrestan",
        "okrug",
        "krai",
        "voivodeship",
        "emirate",
    ],
    *("city council", "protected area", "tribal area", "autonomous region"),
)
"""Words behind a name that say what it is. A gazetteer's own name is indexed without them."""

_TYPE_BEHIND = re.compile(rf"\s+(?:{'|'.join(TYPE_WORDS)})$", re.IGNORECASE)


def normal_form(name: str) -> str:
    """A name's normal form: no accents, no case, no apostrophes or full stops, hyphens as spaces, "St" as "saint"."""
    if name.isascii() and name.isalpha():
        key = name.lower()
        return _SPELLED_OUT.get(key, key)
    text = (
        name if name.isascii() else _MARKS.sub("", unicodedata.normalize("NFKD", name)).casefold().translate(_LETTERS)
    )
    tokens = _SPACED.sub(" ", _DROPPED.sub("", text.lower())).split()
    return " ".join([_SPELLED_OUT.get(token, token) for token in tokens])


normal = lru_cache(maxsize=20000)(normal_form)
"""As `normal_form`, with the names met before remembered."""


@lru_cache(maxsize=20000)
def bare(name: str) -> str:
    """A name without its type word: "Mastung District" → "Mastung"; unchanged where nothing would be left."""
    return _TYPE_BEHIND.sub("", name) or name


def without_articles(key: str) -> str:
    """A normal form without Arabic joining words: "deir al balah" → "deir balah"; empty where nothing is left."""
    return " ".join(token for token in key.split() if token not in ARTICLES)
