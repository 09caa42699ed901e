"""Figures bound to harms: which people of a passage are said to be killed, wounded, captured, abducted or missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from recount.extract.groups import Group
from recount.extract.lexicon import HarmWord, lexicon
from recount.extract.patterns import Match, Rule, matches, toll_rules
from recount.extract.phrases import Phrase, PhraseReader, Span, symbols
from recount.records import Count, Harm, Side


class TollMention(NamedTuple):
    """One figure as a passage says it. Offsets are into the report's text; `start:end` holds people and word of harm."""

    start: int
    end: int
    group: Group
    harm: Harm
    side: Side
    count: Count  # type: ignore[assignment]  # the field, not the method of tuples
    rule: str
    subset: bool
    harm_start: int
    harm_end: int
    phrase: int
    """Index of the people's phrase in the passage."""
    before: Side | None = None
    """The side of the last people before these in the passage whose words tell it."""
    listed: bool = False
    """Whether these people stand in one list with the group before them."""


class _Bid(NamedTuple):
    match: Match
    phrase: int
    harms: tuple[HarmWord, ...]
    distance: int


_AMONG = frozenset({"among", "to", "on", "for", "of", "amongst"})


class TollReader:
    """Reads passages into toll mentions."""

    def __init__(self, language: str = "en") -> None:
        self._lexicon = lexicon(language)
        self._phrases = PhraseReader(self._lexicon)
        self._rules = toll_rules(language)

    def read(self, text: str, start: int, end: int, spans: Sequence[Span] = ()) -> list[TollMention]:
        """The toll mentions of `text[start:end]`, in order."""
        phrases = self._phrases.read(text, start, end, spans)
        return bind(phrases, self._rules, self._lexicon.modifier_side)


def bind(phrases: Sequence[Phrase], rules: Sequence[Rule], sides: Mapping[str, Side]) -> list[TollMention]:
    """Toll mentions of one passage's phrases: every rule bids for groups, the best bid of each group wins."""
    row = symbols(phrases)
    fired = [m for rule in rules for m in matches(rule, row)]
    best: dict[int, _Bid] = {}
    for match in fired:
        if match.rule.effect in ("harm", "subset"):
            _bid(match, phrases, best)
        elif match.rule.effect == "inside":
            _bid_inside(match, phrases, best)
    _drop_agents(best, phrases)
    mentions = {i: _mention(phrases, bid) for i, bid in best.items()}
    _inherit([m for m in fired if m.rule.effect == "inherit"], phrases, mentions)
    found = [m for i, m in sorted(mentions.items()) if m is not None]
    found += [m for match in fired if match.rule.effect == "none" for m in _none(phrases, match, sides)]
    return _share_sides(found, phrases)


def _bid(match: Match, phrases: Sequence[Phrase], best: dict[int, _Bid]) -> None:
    harms = tuple(word for p in phrases[slice(*match.harm)] for word in p.harms)
    for i in _groups(phrases, match):
        distance = min(abs(i - h) for h in range(*match.harm))
        held = best.get(i)
        if held is None or (match.rule.strength, -distance) > (held.match.rule.strength, -held.distance):
            best[i] = _Bid(match, i, harms, distance)


def _bid_inside(match: Match, phrases: Sequence[Phrase], best: dict[int, _Bid]) -> None:
    group = phrases[match.start].group
    if group is not None and group.harm is not None and group.hedge != "vague" and match.start not in best:
        own = match._replace(harm=(match.start, match.end))
        best[match.start] = _Bid(own, match.start, (HarmWord(group.harm, "both"),), 0)


def _groups(phrases: Sequence[Phrase], match: Match) -> list[int]:
    """The groups of the victims' part; an "of …" behind a group belongs to it, so its plural is no victim of its own."""
    inside = [i for i in range(*match.victims) if phrases[i].group is not None]
    return [i for i in inside if not (i > 1 and phrases[i - 1].symbol == "f" and phrases[i - 2].group is not None)]


def _drop_agents(best: dict[int, _Bid], phrases: Sequence[Phrase]) -> None:
    """Those who stand right behind "by" do the harm; the same word of harm cannot take people on both sides in the active."""
    for i in list(best):
        if i > 0 and phrases[i - 1].symbol == "y":
            del best[i]
    active = {bid.match.harm[0] for bid in best.values() if bid.match.rule.name == "active"}
    for i, bid in list(best.items()):
        if bid.match.rule.name in ("reduced", "relative") and bid.match.harm[0] in active:
            del best[i]


def _harm_of(harms: Sequence[HarmWord]) -> Harm | None:
    kinds = {word.harm for word in harms}
    return harms[0].harm if len(kinds) == 1 else None


def _lumped(phrases: Sequence[Phrase], bid: _Bid) -> bool:
    """ "Killed or wounded" behind one figure: two harms in one number, which the codebook leaves out."""
    last = bid.match.harm[1]
    if (
        last + 1 < len(phrases)
        and phrases[last].symbol == "&"
        and phrases[last + 1].harms
        and bid.phrase < bid.match.harm[0]
    ):
        return {phrases[last + 1].harms[0].harm, bid.harms[0].harm} == {"killed", "wounded"}
    return False


def _mention(phrases: Sequence[Phrase], bid: _Bid) -> TollMention | None:
    phrase = phrases[bid.phrase]
    group, harm = phrase.group, _harm_of(bid.harms)
    if group is None or harm is None or _lumped(phrases, bid):
        return None
    count = group.count or Count(low=2, high=None)
    harm_phrases = phrases[slice(*bid.match.harm)]
    start, end = min(group.start, harm_phrases[0].start), max(group.end, harm_phrases[-1].end)
    subset = bid.match.rule.effect == "subset" or _included(phrases, bid.phrase)
    return TollMention(
        start,
        end,
        group,
        harm,
        group.side,
        count,
        bid.match.rule.name,
        subset,
        harm_phrases[0].start,
        harm_phrases[-1].end,
        bid.phrase,
    )


def _included(phrases: Sequence[Phrase], i: int) -> bool:
    """Whether a group stands in a list that "including" opens."""
    while i > 1 and phrases[i - 1].symbol == "&" and phrases[i - 2].group is not None:
        i -= 2
    if i > 0 and phrases[i - 1].symbol == "i":
        return True
    behind = phrases[i + 1 : i + 3]  # "ten of them seriously"
    return phrases[i].symbol == "B" and bool(behind) and behind[0].symbol == "i" and not any(p.group for p in behind)


def _inherit(fired: Sequence[Match], phrases: Sequence[Phrase], mentions: dict[int, TollMention | None]) -> None:
    """People who share the harm of the group before them."""
    for match in fired:
        source = mentions.get(match.start)
        if source is None:
            continue
        for i in _groups(phrases, match):
            group = phrases[i].group
            if group is None or (i in mentions and mentions[i] is not None):
                continue
            count = group.count or Count(low=2, high=None)
            subset = match.rule.name in ("including", "some_of_them")
            side = group.side if group.side != "unspecified" or not subset else source.side
            mentions[i] = TollMention(
                min(group.start, source.start),
                max(group.end, source.harm_end),
                group,
                source.harm,
                side,
                count,
                match.rule.name,
                subset,
                source.harm_start,
                source.harm_end,
                i,
            )


def _none(phrases: Sequence[Phrase], match: Match, lookup: Mapping[str, Side]) -> list[TollMention]:
    """Zero of the harm; "casualties" are both killed and wounded."""
    last = phrases[match.victims[1] - 1]
    word = last.word
    harms: list[Harm] = ["killed", "wounded"] if word.startswith("casualt") else [w.harm for w in last.harms[:1]]
    zero = Count(low=0, high=0)
    side = _side_of_none(phrases, match, lookup)
    blank = Group("U", last.start, last.end, side, zero, None, word)
    return [
        TollMention(
            phrases[match.start].start,
            last.end,
            blank,
            harm,
            side,
            zero,
            "none",
            False,
            last.start,
            last.end,
            match.start,
        )
        for harm in harms
    ]


def _side_of_none(phrases: Sequence[Phrase], match: Match, lookup: Mapping[str, Side]) -> Side:
    """Whose losses are said to be none: "no civilian casualties", "no casualties among the troops"."""
    end = match.victims[1]
    before = next((lookup[p.word] for p in phrases[match.start : end] if p.word in lookup), None)
    inside = next((p.group.side for p in phrases[match.start : end] if p.group is not None), None)
    after = phrases[end + 1].group if end + 1 < len(phrases) and phrases[end].word in _AMONG else None
    return before or inside or (after.side if after else "unspecified")


def _share_sides(found: list[TollMention], phrases: Sequence[Phrase]) -> list[TollMention]:
    """Which side was named before; "two others" in one list with soldiers are on the soldiers' side."""
    known: Side | None = None
    shared = []
    for mention in found:
        i = mention.phrase
        listed = i > 1 and phrases[i - 1].symbol in "&,w" and phrases[i - 2].group is not None
        side = mention.side
        if mention.group.side_known and mention.group.symbol != "M":
            shared.append(mention._replace(before=known, listed=listed))
            known = side
            continue
        if known is not None and (mention.group.bare or mention.group.noun in {"other", "others"}):
            side = known
        shared.append(mention._replace(side=side, before=known, listed=listed))
    return shared
