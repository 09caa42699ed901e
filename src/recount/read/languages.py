"""A cheap guess at a report's language from its script and its commonest words. Good enough to choose rules by."""

from __future__ import annotations

import re
from collections import Counter

LOOKED_AT = (400, 1500)  # characters: so many where they leave no doubt, else so many
ARABIC_SCRIPT = r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]"  # compiled where a text is not all ASCII
LATIN = re.compile(r"[A-Za-z]")
WORD = re.compile(r"[a-zà-ÿ]+")
# Letters that only some languages of the Arabic script use, the rarer ones first.
LETTERS = (("ps", "ټډړږښڼۍ"), ("ur", "ٹڈڑےںھہ"), ("fa", "پچژگکی"), ("ar", "ةىيك"))
COMMON = {
    word: code
    for code, words in {
        "en": "the of and to in a that for on with was were by at from said is he it as has have",
        "fr": "le les des du et une dans pour par sur est qui au aux ont été",
        "es": "el los las del y una con para se fue al su más como",
        "de": "der die das und den von zu mit im für auf ist ein eine dem nicht sich",
        "id": "yang dan di dari untuk pada dengan ini itu dalam tidak akan oleh ke kepada",
    }.items()
    for word in words.split()
}
LEAST_SHARE = 0.12  # of words that are among a language's commonest; running text of these languages has 0.25 and more
SURE_SHARE = 0.2


def guess(text: str) -> str | None:
    """The language of a text as an ISO 639-1 code, or None where the guess would be idle."""
    sample = text[: LOOKED_AT[1]]
    arabic = [] if sample.isascii() else re.findall(ARABIC_SCRIPT, sample)
    if arabic and len(arabic) > len(LATIN.findall(sample)):
        return _by_letters(sample)
    return _by_words(sample[: LOOKED_AT[0]], SURE_SHARE) or _by_words(sample, LEAST_SHARE)


def _by_words(sample: str, least: float) -> str | None:
    words = WORD.findall(sample.lower())
    if not words:
        return None
    hits = Counter(code for code in map(COMMON.get, words) if code)
    language, number = max(hits.items(), key=lambda pair: pair[1], default=("", 0))
    return language if number / len(words) >= least else None


def _by_letters(sample: str) -> str | None:
    for code, letters in LETTERS:
        if sum(letter in letters for letter in sample) * 200 > len(sample):
            return code
    return None
