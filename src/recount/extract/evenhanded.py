"""Words that name a side or a nation, each as one word for all of them: a judge may not weigh who it was.

"Soldiers" and "rebels" are both "<fighters>", "Indian" and "Pakistani" both "<national>": whether a figure counts must not
depend on whose it is. The words themselves are shown only to the choice of the side (traits that begin with `~`).
"""

from __future__ import annotations

from functools import cache

from recount.extract.lexicon import lexicon
from recount.records import Side
from recount.rules import read_table

ONLY_SIDE = "~"
"""How a trait begins that may weigh on the side alone, never on whether a figure counts."""
_PLAIN = ("forces", "personnel")
"""Ends of the swap test's phrases that are everyday words."""
ARMED: tuple[Side, ...] = ("state_forces", "armed_group")
"""Sides of those who bear arms."""


@cache
def _folds(language: str) -> dict[str, str]:
    known = lexicon(language)
    folds = {word: "<armed>" for word, side in known.modifier_side.items() if side in ARMED}
    for phrase in known.people.phrases():
        found = known.people.match(phrase.split(), 0)
        if " " not in phrase and found is not None and found[1][0].side in ARMED:
            folds[phrase] = "<fighters>" if found[1][0].plural else "<fighter>"
    for word in known.demonyms:
        folds[word] = "<national>"
    for word in read_table("lexicons/" + language + "/people.toml")["demonyms"]["plural"]:
        folds[word.lower()] = "<nationals>"
    for pair in read_table("codebook/swaps.toml")["pair"]:
        for row in pair["words"]:
            last = [word.lower().split()[-1] for word in row]  # "New Delhi" by its second word
            folds |= {word: "<nation>" for word in last if word not in folds and word not in _PLAIN}
    return folds


@cache
def _long_names() -> tuple[tuple[str, str], ...]:
    """Capitals of two words, and the word that stands for each."""
    rows = (word for pair in read_table("codebook/swaps.toml")["pair"] for row in pair["words"] for word in row)
    return tuple((name.lower(), name.lower().split()[-1]) for name in rows if " " in name and name[0].isupper())


def shortened(text: str) -> str:
    """Lower-case text with each capital as one word: how long a name is must not shift the words around it."""
    for name, word in _long_names():
        if name in text:
            text = text.replace(name, word)
    return text


def folded(word: str, language: str = "en") -> str:
    """The word, or the one word for all that are like it."""
    return _folds(language).get(word, word)
