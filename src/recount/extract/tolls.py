"""Figures bound to harms: which people of a passage are said to be killed, wounded, captured, abducted or missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from recount.extract.groups import COUNTED, Group
from recount.extract.lexicon import HarmWord, lexicon
from recount.extract.patterns import Match, Rule, matches, toll_rules
from recount.extract.phrases import Phrase, PhraseReader, Span, symbols
from recount.extract.strangers import beside
from recount.extract.tolls_lists import share_sides, summed
from recount.extract.tolls_mention import LONE, TollMention, bound, people
from recount.records import Count, Harm, Side

__all__ = ["NEAR", "TollMention", "TollReader", "bind"]


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
        return bind(self.phrases(text, start, end, spans), self._rules, self._lexicon.modifier_side)

    def phrases(self, text: str, start: int, end: int, spans: Sequence[Span] = ()) -> list[Phrase]:
        """The phrases of `text[start:end]`; `spans` are times and places in it."""
        return self._phrases.read(text, start, end, spans)

    def propose(self, phrases: Sequence[Phrase]) -> list[TollMention]:
        """What a judge may choose from: the toll mentions of the rules, and counted people near a word of harm."""
        return bind(phrases, self._rules, self._lexicon.modifier_side, nearest=True)


NEAR = 12
"""Phrases within which a group that no rule has taken is proposed with the nearest word of harm."""


def bind(
    phrases: Sequence[Phrase], rules: Sequence[Rule], sides: Mapping[str, Side], *, nearest: bool = False
) -> list[TollMention]:
    """Toll mentions of one passage's phrases: every rule bids for groups, the best bid of each group wins.

    `nearest` adds the counted people that no rule has taken, with the nearest word of harm.
    """
    row = symbols(phrases)
    fired = [m for rule in rules for m in matches(rule, row)]
    best: dict[int, _Bid] = {}
    for match in fired:
        if match.rule.effect in ("harm", "subset"):
            _bid(match, phrases, best)
        elif match.rule.effect == "inside":
            _bid_inside(match, phrases, best)
    _bid_strangers(phrases, row, rules, best)
    dropped = _drop_agents(best, phrases)
    mentions = {i: _mention(phrases, bid) for i, bid in best.items()}
    _inherit([m for m in fired if m.rule.effect == "inherit"], phrases, mentions)
    if nearest:
        _nearest(phrases, mentions, dropped)
    _elide([m for m in fired if m.rule.effect == "elided"], phrases, mentions)
    found = summed([m for i, m in sorted(mentions.items()) if m is not None], phrases)
    found += [m for match in fired if match.rule.effect == "none" for m in _none(phrases, match, sides)]
    return share_sides(found, phrases)


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


def _bid_strangers(phrases: Sequence[Phrase], row: str, rules: Sequence[Rule], best: dict[int, _Bid]) -> None:
    """People whom no lexicon knows, beside a word that only people take, as the rules of that form would take them."""
    spans = {i: _end_of(phrases, i, p.stranger) for i, p in enumerate(phrases) if p.stranger is not None}
    named = {rule.name: rule for rule in rules}
    for at, harm, name in beside(row, [p.of_people for p in phrases], spans):
        if name in named and _harm_of(phrases[harm].harms) is not None:
            match = Match(named[name], min(at, harm), max(at, harm) + 1, (at, at + 1), (harm, harm + 1))
            best[at] = _Bid(match, at, phrases[harm].harms, abs(at - harm))


def _end_of(phrases: Sequence[Phrase], i: int, group: Group) -> int:
    """The number of the first phrase behind a group that begins with phrase `i`."""
    return next((n for n in range(i, len(phrases)) if phrases[n].start >= group.end), len(phrases))


def _groups(phrases: Sequence[Phrase], match: Match) -> list[int]:
    """The groups of the victims' part; an "of …" behind a group belongs to it, so its plural is no victim of its own."""
    lone = match.rule.lone
    inside = [i for i in range(*match.victims) if people(phrases[i]) or (lone and phrases[i].symbol in LONE)]
    return [i for i in inside if not (_belongs_to_group_before(phrases, i) or _no_victim(phrases, i))]


def _no_victim(phrases: Sequence[Phrase], i: int) -> bool:
    """Those who speak ("…, officials said"), and names behind a preposition, which mostly are places ("in West Bay")."""
    behind = phrases[i + 1].symbol if i + 1 < len(phrases) else ""
    if behind == "v" and not (i and phrases[i - 1].symbol in "KLAEl"):
        return True
    return phrases[i].symbol in "MN" and i > 0 and phrases[i - 1].symbol == "p"


def _belongs_to_group_before(phrases: Sequence[Phrase], i: int) -> bool:
    """ "Dozens of the soldiers", "many of them militants": the second people only tell who the first are."""
    if i < 2:
        return False
    return (phrases[i - 1].symbol == "f" and people(phrases[i - 2])) or (
        phrases[i - 1].symbol == "i" and phrases[i - 2].symbol == "B" and phrases[i].symbol == "U"
    )


def _drop_agents(best: dict[int, _Bid], phrases: Sequence[Phrase]) -> set[int]:
    """Those who stand right behind "by" do the harm; the same word of harm cannot take people on both sides in the active."""
    dropped = {i for i in best if i > 0 and phrases[i - 1].symbol == "y"}
    for i in dropped:
        del best[i]
    active = {bid.match.harm[0] for bid in best.values() if bid.match.rule.name == "active"}
    for i, bid in list(best.items()):
        if bid.match.rule.name in ("reduced", "relative") and bid.match.harm[0] in active:
            del best[i]
            dropped.add(i)
    return dropped


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
    group, harm = phrase.group or phrase.stranger, _harm_of(bid.harms)
    if group is None or harm is None or _lumped(phrases, bid):
        return None
    harm_at = bid.match.harm
    some = group.partial and bid.match.rule.name == "reduced"  # "one of the rebels killed": they were counted before
    subset = some or bid.match.rule.effect == "subset" or _included(phrases, bid.phrase)
    name, sure = bid.match.rule.name, not bid.match.rule.judged
    return bound(phrases, bid.phrase, harm_at, harm, name, subset=subset, sure=sure, group=group)


def _included(phrases: Sequence[Phrase], i: int) -> bool:
    """Whether a group stands in a list that "including" opens."""
    while i > 1 and phrases[i - 1].symbol == "&" and people(phrases[i - 2]):
        i -= 2
    if i > 0 and phrases[i - 1].symbol == "i":
        return True
    if i > 0 and phrases[i - 1].symbol in "AE":
        return False  # "killing several of them": of those just told of, none of whom was harmed yet
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
            if group is None or (i in mentions and mentions[i] is not None and match.rule.name != "of_them"):
                continue
            subset = match.rule.name in _PARTS
            side = _side_of_part(phrases, i, source.side if subset else "unspecified")
            words = _span_of(phrases, source)
            found = bound(phrases, i, words, source.harm, match.rule.name, subset=subset, sure=not match.rule.judged)
            mentions[i] = found._replace(side=side, agent=source.agent)


_PARTS = frozenset({"including", "some_of_them", "of_them"})
"""Rules whose people are inside the figure before them."""


def _span_of(phrases: Sequence[Phrase], source: TollMention) -> tuple[int, int]:
    """The phrases of a mention's word of harm."""
    inside = [i for i, p in enumerate(phrases) if source.harm_start <= p.start < source.harm_end]
    return inside[0], inside[-1] + 1


def _side_of_part(phrases: Sequence[Phrase], i: int, of_all: Side) -> Side:
    """The side of some of the people just counted: their own words', those of "many of them militants", or the whole's."""
    group, behind = phrases[i].group, phrases[i + 1 : i + 3]
    assert group is not None
    if group.side != "unspecified":
        return group.side
    told = behind[1].group if len(behind) == 2 and behind[0].symbol == "i" else None
    return told.side if told is not None and told.side != "unspecified" else of_all


def _nearest(phrases: Sequence[Phrase], mentions: dict[int, TollMention | None], dropped: set[int]) -> None:
    """Counted people that no rule has taken, with the nearest word of harm: for a judge to weigh."""
    harms = [i for i, p in enumerate(phrases) if p.harms]
    for i, phrase in enumerate(phrases):
        if phrase.symbol not in COUNTED or i in mentions or i in dropped or (i and phrases[i - 1].symbol == "y"):
            continue
        if _no_victim(phrases, i):
            continue
        near = min(harms, key=lambda h: abs(h - i), default=None)
        if near is None or abs(near - i) > NEAR:
            continue
        harm = _harm_of(phrases[near].harms)
        if harm is not None:
            mentions[i] = bound(phrases, i, (near, near + 1), harm, "nearest", subset=_included(phrases, i), sure=False)


def _elide(fired: Sequence[Match], phrases: Sequence[Phrase], mentions: dict[int, TollMention | None]) -> None:
    """One person whose clause leaves the subject out: "… and was arrested"; the side is that of the people before."""
    taken = {m.harm_start for m in mentions.values() if m is not None}
    for match in fired:
        word = phrases[match.harm[0]]
        harm = _harm_of(word.harms)
        if harm is None or word.start in taken:
            continue
        at = match.victims[0]
        before = next((p.group for p in reversed(phrases[:at]) if p.symbol in "SMGU" and p.group), None)
        side: Side = before.side if before is not None and before.side_known else "unspecified"
        one = Group("Z", word.start, word.end, side, Count(low=1, high=1), None, "", side_known=False)
        mentions[at] = bound(phrases, at, match.harm, harm, match.rule.name, subset=False, sure=False, group=one)


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
