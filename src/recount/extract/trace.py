"""How the toll grammar comes to its figures, step by step: for a person who tries a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from recount.extract.judge import Judge, Verdict, judge
from recount.extract.lexicon import lexicon
from recount.extract.patterns import Match, matches, toll_rules
from recount.extract.phrases import SYMBOLS, Phrase, PhraseReader, Span, symbols
from recount.extract.proposals import Proposal, proposals
from recount.extract.reading import Item, Reader, by_passage, stands, traits_of
from recount.extract.tolls import TollMention
from recount.extract.traits import ReportTraits
from recount.records import Passage

NAMES = {letter: name for name, letter in SYMBOLS.items()}


class Slot(NamedTuple):
    """One phrase: the name of its slot and its words."""

    name: str
    words: str


class Fired(NamedTuple):
    """One rule that matched: the words of the people harmed and of the harm ("" where the rule names none)."""

    rule: str
    effect: str
    strength: int
    victims: str
    harm: str
    match: Match


class Bid(NamedTuple):
    """A rule's bid for one group of people: its strength, and how many phrases lie between people and harm."""

    rule: str
    strength: int
    distance: int


class Fate(NamedTuple):
    """What became of one figure: the bid that won, those that lost, the standing, the judge's verdict."""

    mention: TollMention
    won: str
    lost: tuple[Bid, ...]
    why: str
    modality: str
    verdict: Verdict | None
    reasons: tuple[str, ...]
    """The traits that weighed most, for and against, each with its weight."""
    stands: bool


class Trace(NamedTuple):
    """One passage: its slots, the rules that fired, what became of each figure."""

    passage: Passage
    slots: tuple[Slot, ...]
    fired: tuple[Fired, ...]
    fates: tuple[Fate, ...]


def trace(reader: Reader, days: Iterable[Item]) -> Iterator[Trace]:
    """The steps in every passage of a report but furniture; `days` are its time expressions, found beforehand."""
    rows = by_passage(reader.passages, days)
    spans = {n: [Span(i.start, i.end, "T") for i in items] for n, items in rows.items()}
    text, language = reader.report.text, reader.language
    found = list(proposals(reader.report, reader.passages, reader.cues, spans, language))
    weigh = _weigher(reader, traits_of(reader, rows))
    phrase_reader = PhraseReader(lexicon(language))
    for passage in reader.passages:
        if passage.kind != "furniture":
            phrases = phrase_reader.read(text, passage.start, passage.end, spans.get(passage.index, ()))
            fired = tuple(_fired(text, phrases, language))
            slots = tuple(Slot(NAMES[p.symbol], text[p.start : p.end]) for p in phrases)
            fates = tuple(_fate(p, fired, weigh(p)) for p in found if p.passage.index == passage.index)
            yield Trace(passage, slots, fired, fates)


def _fired(text: str, phrases: Sequence[Phrase], language: str) -> Iterator[Fired]:
    """Every rule that matches, and where; of matches that end at the same people and harm, the widest."""
    row, seen = symbols(phrases), set()
    for rule in toll_rules(language):
        for match in matches(rule, row):
            key = (rule.name, match.victims[1], match.harm)
            if key not in seen and not (rule.effect == "inside" and _bare(phrases[match.start])):
                seen.add(key)
                victims, harm = _words(text, phrases, match.victims), _words(text, phrases, match.harm)
                yield Fired(rule.name, rule.effect, rule.strength, victims, harm, match)


def _bare(phrase: Phrase) -> bool:
    """Whether no harm stands inside the phrase for the people, so that an `inside` rule takes nothing."""
    return phrase.group is None or phrase.group.harm is None


def _words(text: str, phrases: Sequence[Phrase], span: tuple[int, int]) -> str:
    """The text from the first to the last phrase of a span; "" for none."""
    start, end = span
    return text[phrases[start].start : phrases[end - 1].end] if 0 <= start < end else ""


# ---------------------------------------------------------------------------------------------------- bids


def _fate(proposal: Proposal, fired: Sequence[Fired], weighed: _Weighed) -> Fate:
    """What became of one figure."""
    mention = proposal.mention
    bids = sorted(_bids(mention.phrase, fired), key=lambda bid: (-bid.strength, bid.distance, bid.rule))
    lost = tuple(bid for bid in bids if bid.rule != mention.rule)
    why = _why(next((bid for bid in bids if bid.rule == mention.rule), None), lost)
    return Fate(mention, mention.rule, lost, why, proposal.modality, *weighed)


def _bids(phrase: int, fired: Sequence[Fired]) -> Iterator[Bid]:
    """The bids for one group; of each rule the one that stands nearest to its word of harm."""
    best: dict[str, Bid] = {}
    for one in fired:
        if one.match.victims[0] <= phrase < one.match.victims[1]:
            distance = min((abs(phrase - h) for h in range(*one.match.harm)), default=0)
            held = best.get(one.rule)
            if held is None or distance < held.distance:
                best[one.rule] = Bid(one.rule, one.strength, distance)
    yield from best.values()


def _why(won: Bid | None, lost: Sequence[Bid]) -> str:
    if won is None or not lost:
        return "the only bid"
    next_best = lost[0]
    if won.strength > next_best.strength:
        return f"strength {won.strength} against {next_best.strength} of {next_best.rule}"
    if won.strength == next_best.strength and won.distance < next_best.distance:
        return f"as strong as {next_best.rule}, and nearer to its word of harm"
    if won.strength == next_best.strength:
        return f"as strong and as near as {next_best.rule}"
    return f"{next_best.rule} takes no people here, though it is stronger"


# ---------------------------------------------------------------------------------------------------- the judge


class _Weighed(NamedTuple):
    verdict: Verdict | None
    reasons: tuple[str, ...]
    stands: bool


def _weigher(reader: Reader, traits: ReportTraits) -> Callable[[Proposal], _Weighed]:
    """Weighs a proposal as coding does: by the judge, or without one by the form of its people."""
    weigher = judge(reader.language) if reader.use_judge else None
    if weigher is None:
        return lambda p: _Weighed(None, (), stands(reader, p, None, 0.0))
    base = weigher.total(traits.shared)

    def weigh(proposal: Proposal) -> _Weighed:
        own = list(traits.of(proposal.mention, proposal.passage, proposal.modality))
        verdict = weigher.weigh(own, base)
        reasons = strongest(weigher, [*own, *traits.shared])
        return _Weighed(verdict, reasons, stands(reader, proposal, verdict.toll, weigher.threshold))

    return weigh


def strongest(weigher: Judge, traits: Iterable[str], most: int = 5) -> tuple[str, ...]:
    """The traits that weigh most for or against a toll, each with its weight (a share of the log odds)."""
    weights = {trait: weigher.total([trait])[0] for trait in traits if trait != "bias"}
    known = sorted((t for t in weights if weights[t]), key=lambda t: (-abs(weights[t]), t))
    return tuple(f"{trait} ({weights[trait]:+.2f})" for trait in known[:most])
