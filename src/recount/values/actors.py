"""What an actor is, and when two named actors are one.

Neutral names stand for whatever words a report uses: "Military of Israel" for "IDF" and "Israeli troops". A part of
a state is named "<part> of <state>", a branch of a wider group "<group> – <branch>": containment shows in the names.
"""

from __future__ import annotations

from recount.records import Actor, Record

FAMILIES: dict[str, frozenset[str]] = {
    "Baloch armed groups": frozenset(
        {
            "Balochistan Liberation Army",
            "BLA Majeed Brigade",
            "Balochistan Liberation Front",
            "Baloch Republican Army",
            "Baloch Republican Guards",
            "Baloch Nationalist Army",
            "United Baloch Army",
            "Baloch Raaji Aajoi Sangar",
            "Lashkar-e-Balochistan",
        }
    ),
    "Balochistan Liberation Army": frozenset({"BLA Majeed Brigade"}),
    "Tehrik-i-Taliban Pakistan": frozenset({"Jamaat-ul-Ahrar", "Hizb-ul-Ahrar", "Hafiz Gul Bahadur group"}),
    "al-Qaeda": frozenset(
        {
            "Al-Qaeda in the Indian Subcontinent",
            "Al-Qaeda in the Arabian Peninsula",
            "Al-Qaeda in the Islamic Maghreb",
            "Jama'at Nusrat al-Islam wal-Muslimin",
        }
    ),
    "Jama'at Nusrat al-Islam wal-Muslimin": frozenset({"Katiba Macina", "Ansar Dine"}),
    "Hamas": frozenset({"Qassam Brigades"}),
    "Palestinian armed groups": frozenset(
        {
            "Hamas",
            "Qassam Brigades",
            "Palestinian Islamic Jihad",
            "Popular Front for the Liberation of Palestine",
            "Al-Aqsa Martyrs' Brigades",
            "Jenin Brigade",
        }
    ),
    "Syrian Democratic Forces": frozenset({"People's Protection Units"}),
    "Lashkar-e-Taiba": frozenset({"The Resistance Front", "People's Anti-Fascist Front"}),
    "Three Brotherhood Alliance": frozenset(
        {"Arakan Army", "Ta'ang National Liberation Army", "Myanmar National Democratic Alliance Army"}
    ),
    "Afghan Taliban": frozenset({"Taliban"}),
    "Viv Ansanm": frozenset({"G9 and Family", "G-Pep", "5 Segond", "400 Mawozo", "Grand Ravine gang", "Kraze Barye"}),
}
"""Wider names and what they take in, by neutral name."""

UNNAMED = frozenset(
    {
        "unidentified gunmen",
        "unidentified armed group",
        "suicide bomber",
        "armed gang",
        "crowd",
        "lone attacker",
        "security forces",
        "military",
        "police",
        "authorities",
        "UN peacekeepers",
        "peace committee (Pakistan)",
        "Armed bandits in Nigeria",
    }
)
"""Neutral names that stand for nobody in particular."""


class ActorMention(Record, frozen=True, kw_only=True):
    """An actor named in a text: `text[start:end] == name`.

    `generic` marks words for nobody in particular ("gunmen"), `metonym` a capital that stands for its government,
    `placelike` a state named behind a preposition of place ("in Iran"), `adjective` a bare adjective ("Indian-backed").
    """

    start: int
    end: int
    name: str
    actor: Actor
    generic: bool = False
    metonym: bool = False
    placelike: bool = False
    adjective: bool = False


def contains(wider: str, narrower: str) -> bool:
    """Whether the wider neutral name takes in the narrower one: a state its forces, a group its branches."""
    if narrower in FAMILIES.get(wider, ()):
        return True
    return narrower.endswith(f" of {wider}") or narrower.startswith(f"{wider} – ")


def same_actor(one: Actor, other: Actor) -> tuple[bool | None, str]:
    """Whether two actors may be one, and why; None where the names cannot tell."""
    a, b = one.neutral or one.name, other.neutral or other.name
    if a.casefold() == b.casefold():
        return True, f"{one.name!r} and {other.name!r} are both {a}"
    for wider, narrower in ((a, b), (b, a)):
        if contains(wider, narrower):
            return True, f"{narrower} belongs to {wider}"
    if "unspecified" not in (one.side, other.side) and one.side != other.side:
        return False, f"{a} is {one.side}, {b} is {other.side}"
    if a in UNNAMED or b in UNNAMED:
        return None, f"{a if a in UNNAMED else b} names nobody in particular"
    if one.country and other.country and one.country != other.country:
        return False, f"{a} belongs to {one.country}, {b} to {other.country}"
    if one.neutral is None or other.neutral is None:
        return None, f"{a if one.neutral is None else b} is not in the vocabulary"
    if one.party == other.party == "state" and one.country == other.country:
        return None, f"{a} and {b} are both of the state {one.country}"
    return False, f"{a} and {b} are different actors"
