"""Words that tell incidents apart, and those that do not."""

from __future__ import annotations

from functools import lru_cache

from recount.values.texts import folded_words


def _listed(words: str, by: str = " ") -> list[str]:
    return words.split(by)


PLACE_WORDS = frozenset(
    _listed(
        "the of in a an and at near district province city town village area areas region state governorate "
        "tehsil county s outskirts valley tribal neighborhood neighbourhood camp refugee suburb municipality "
        "sub"
    )
)
COMMON = frozenset(
    _listed(
        "the of in a an and at near on by to from for with as after before during its his her their who which "
        "that were was have has had been be is are it this two three four five six seven eight nine ten one "
        "least some several many more than other others including among killed killing kills kill wounded "
        "injured injuring injures dead death deaths died people person persons attack attacks attacked "
        "incident incidents operation operations security forces force military army police militants "
        "militant terrorists terrorist said says reported report reports against into over between while when "
        "also left leaving area city province district town village day night"
    )
)
BOILERPLATE = frozenset(
    _listed(
        "author authors copyright rights reserved contact contacts subscribe subscription newsletter comment comments "
        "email mail whatsapp facebook twitter instagram telegram youtube follow share advertisement published updated "
        "read opinions policy disclaimer website"
    )
)
"""Words of a page around a report, which reports of any two incidents share."""
KIND_WORDS = frozenset(_listed("airstrike strike bombing shelling clash abduction riot air drone"))
GENERIC_ACTORS = frozenset(
    _listed(
        "gunmen|gunman|unidentified gunmen|unknown gunmen|armed men|militants|militant|terrorists|terrorist|attackers|"
        "attacker|security forces|forces|police|army|military|troops|soldiers|insurgents|rebels|suicide bomber|bomber|"
        "suspected militants|unidentified assailants|assailants|fighters|armed group|armed groups|mob|protesters",
        "|",
    )
)


@lru_cache(maxsize=100_000)
def place_key(name: str) -> str:
    """A name folded and without words such as "district": "the Nasir Bagh area" is "nasir bagh"."""
    words = folded_words(name)
    return " ".join([w for w in words if w not in PLACE_WORDS] or words)


def telling_words(text: str) -> frozenset[str]:
    """The folded words of a text that may tell one incident from another."""
    return frozenset(filter(None, map(_telling, folded_words(text))))


@lru_cache(maxsize=200_000)
def _telling(word: str) -> str:
    """The word without the ending of a plural; empty for one that tells nothing."""
    if len(word) < 3 or word in COMMON or word in BOILERPLATE or word.isdigit():
        return ""
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word
