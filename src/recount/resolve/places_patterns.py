"""Patterns around a place's name: runs of capitalised words, words of relation before, words of type behind."""

from __future__ import annotations

import re

from recount.resolve.places_names import TYPE_WORDS

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĠĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽ"
_WORD = rf"[{_UPPER}](?:\.(?:[{_UPPER}]\.)+|[\w'’]*(?<!['’]))"
_ARTICLE = r"(?:[Aa]l|[Ee]l|[Aa][sdrtz]h?|[Aa]n|[Uu][lr])[-–]"
_JOINED = (
    "(?:of|of the|al|el|as|ash|ad|an|at|az|ez|ul|ur|e|i|de|del|la|le|les|los|du|des|da|do|dos|das|sur|en|upon|on|der)"
)
_COMMON_END = (
    "(?: (?:airport|peninsula|refugee camp|camp|bridge|border|valley|prison|corridor|sector|crossing|island|castle"
    "|base))?"
)
_ABBREVIATED = r"(?:(?<=\b\w)\.|(?<=\b\w\w)\.|(?<=\b\w\w\w)\.)?"
_SIDE = r"(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west)"
_PART = rf"(?:{_SIDE}(?:ern)?|central|upper|lower)"
_ADJECTIVES = r"(?:remote|restive|troubled|volatile|mountainous|besieged|rugged|coastal|historic)"
_LENGTH = r"\d+(?:[.,]\d+)?[ -]?(?:km|kilomet(?:er|re)s?|miles?)"

RUN = re.compile(
    rf"{_WORD}(?: ?[-–] ?{_WORD}|{_ABBREVIATED}[ \u00a0](?:{_JOINED}[- ])?(?:{_ARTICLE})?{_WORD}"
    rf"|-(?:{_JOINED}[- ]){_WORD}|-(?:{_JOINED}-)?\w+)*{_COMMON_END}"
)
"""Capitalised words in a row, small joining words and a common noun at the end included."""

ARTICLE_BEFORE = re.compile(rf"(?<!\w){_ARTICLE}$")
TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|\w[\w'’]*")

RELATION = re.compile(
    rf"""(?P<relation>
      {_LENGTH}\s+(?:\({_LENGTH}\)\s+)?(?:\w+\s+)?(?:of|from|off|outside|away\ from)
    | (?:in\ )?(?:the\ )?(?:outskirts|suburbs?|vicinity|surroundings|environs)\ of
    | {_SIDE}\ of
    | (?:just\ )?(?:near|close\ to|outside|adjacent\ to|not\ far\ from|bordering)
    | (?:off\ )?the\ (?:\w+\ )?coast\ of | off
    | (?:the\ )?(?:\w+\ )?border\ (?:of|with|between) | between | along
    | (?:the\ )?(?:areas?|parts?|region|vicinity)\ (?:of|near|around)
    | (?:the\ )?(?:far\ |occupied\ |restive\ )*{_PART}(?:\ and\ {_PART})?
    )\ (?:the\ )?(?:(?:{_ADJECTIVES}|{_PART})\ )*$""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words before a name that loosen its point, up to the name."""

LOOSENING = frozenset(
    [
        *("remote", "restive", "troubled", "volatile", "mountainous", "besieged", "rugged", "coastal", "historic"),
        "of",
        "from",
        "off",
        "outside",
        "near",
        "to",
        "between",
        "along",
        "around",
        "bordering",
        "with",
        "the",
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
        "central",
        "upper",
        "lower",
        "north-eastern",
        "north-western",
        "south-eastern",
        "south-western",
        "northeastern",
        "northwestern",
        "southeastern",
        "southwestern",
        "north-east",
        "north-west",
        "south-east",
        "south-west",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
    ]
)
"""The last words of relations: where none of them stands before a name, RELATION cannot match."""

LOOSENED = re.compile(
    r"km|kilomet|mile|out|suburb|vicinity|surround|environ|near|close|adjacent|far|border|off|between|along|area|part|region"
    r"|north|south|east|west|central|upper|lower",
    re.IGNORECASE,
)
"""Parts of words without which no relation stands in a stretch of text."""

KIND_BEFORE = re.compile(
    r"\b(city|town|village|district|province|tehsil|state|county|valley|region|governorate|area|port) of (?:the )?$",
    re.I,
)
_KIND_OPENINGS = frozenset(
    kind[:3]
    for kind in (
        *TYPE_WORDS, "tribal", "border", "refugee camp", "camp", "area", "sector", "neighbour", "bazaar", "locality",
        "island", "sub", "suburb", "crossing", "peninsula", "airport", "prison", "air",
    )
)  # fmt: skip
KIND_AFTER = re.compile(
    rf"[ ](?:tribal |border )?(?P<kind>{'|'.join(sorted(TYPE_WORDS, key=len, reverse=True))}"
    r"|refugee camp|camp|areas?|sector|neighbou?rhood|bazaa?r|locality|island|sub-?division|suburb"
    r"|crossing|peninsula|airport|prison|air ?base|border)"
    r"\b(?!['’]?s?-)",
    re.IGNORECASE,
)
TELLING_KINDS = frozenset(
    "village town tehsil area district neighbourhood neighborhood locality valley city camp".split()  # noqa: SIM905
) | {"refugee camp"}
"""Type words that make an unlisted name a place."""

INSIDE = re.compile(r"(?:,| in| village| town|, in) (?:the )?(?:\w+ern |occupied )?")
VERB = re.compile(r"\s+(?:has\s+)?([a-z]+)")
WORDS = re.compile(r"\w\S*")
ADDRESSED = re.compile(r"\b(?:urged|asked|accused|told|pressed|warned|blamed|blames|accuses|urges|by|between) $")
JOINED_BEFORE = re.compile(r"(?: districts?)?(?:,| and|, and| &|;| or) (?:the )?$")
JOINED_AFTER = re.compile(r"(?: districts?)?(?:,| and|, and| &|;| or) (?:the )?")
"""What joins the names of a row."""


def may_be_told(text: str, end: int) -> bool:
    """Whether what stands behind a name that ends at `end` may be a type word or the beginning of `INSIDE`."""
    opening = text[end + 1 : end + 4].lower()
    return text[end : end + 1] == "," or opening[:2] == "in" or opening in _KIND_OPENINGS


def kind_after(text: str, end: int) -> re.Match[str] | None:
    """The type word behind a name that ends at `end`: KIND_AFTER, asked only where its first letters stand there."""
    if text[end : end + 1] != " " or text[end + 1 : end + 4].lower() not in _KIND_OPENINGS:
        return None
    return KIND_AFTER.match(text, end)
