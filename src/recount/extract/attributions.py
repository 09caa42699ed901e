"""Who says that whom did it: claims of responsibility, allegations, denials, and that nobody has claimed a deed.

Rules are data (`rules/cues/en/attributions.toml`): words and the shape of the sentence around them. Names come from the
voices (`speakers`) and from the actors found in the report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from recount.extract.attributions_judge import AttributionJudge, Verdict, attribution_judge
from recount.extract.attributions_names import Cast
from recount.extract.attributions_pairs import Candidate, RuleHit, candidates
from recount.extract.attributions_rules import attribution_rules
from recount.extract.attributions_shapes import SHAPES, deeds
from recount.extract.attributions_traits import AttributionTraits
from recount.extract.speakers import Source
from recount.records import Passage, Record, Stance
from recount.values.actors import ActorMention

REACH = 90
"""How far behind its word of speech the quote of a claim or denial goes, within its sentence."""


class AttributionMention(Record, frozen=True, kw_only=True):
    """One attribution as said: `text[start:end]` is its quote.

    `accuser` and `accused` are names as written, None where nobody is named; `said` the words that carry the stance.
    """

    start: int
    end: int
    stance: Stance
    accuser: str | None
    accused: str | None
    said: str
    rule: str
    reason: str


def find(
    text: str,
    passages: Sequence[Passage],
    actors: Sequence[ActorMention],
    sources: Sequence[Source],
    language: str = "en",
    *,
    use_judge: bool = False,
) -> list[AttributionMention]:
    """The attributions of a report, in order.

    By the rules alone: one for each stance and pair of names in a passage. With the judge, who also sees what no rule
    proposed: one for each stance and pair of parties in the report, the surest.
    """
    cast = Cast(text, actors, sources)
    hits = list(rule_hits(cast, passages, language))
    weigher = attribution_judge(language) if use_judge else None
    if weigher is None:
        return _by_rule(cast, passages, hits)
    nobody = [h for h in hits if h.rule.stance == "no_claim"]
    return sorted([*_by_rule(cast, passages, nobody), *_judged(cast, passages, hits, weigher)], key=lambda m: m.start)


def rule_hits(cast: Cast, passages: Sequence[Passage], language: str = "en") -> Iterator[RuleHit]:
    """All that the rules find."""
    rules = attribution_rules(language)
    for rule, passage, start, end in (*rules.hits(cast.text, passages), *deeds(rules.deeds, cast, passages)):
        for pair in SHAPES[rule.shape](rule, cast, passage, start, end):
            yield RuleHit(rule, passage, pair, start, end)


def _by_rule(cast: Cast, passages: Sequence[Passage], hits: Iterable[RuleHit]) -> list[AttributionMention]:
    found: dict[tuple[int, str, str | None, str | None], AttributionMention] = {}
    for hit in hits:
        mention = _mention(cast.text, hit)
        key = (hit.passage.index, mention.stance, cast.key(mention.accuser), cast.key(mention.accused))
        found.setdefault(key, mention)
    by_index = {p.index: p for p in passages}
    told = {_shape(m, cast) for key, m in found.items() if by_index[key[0]].kind == "sentence"}
    kept = [m for key, m in found.items() if by_index[key[0]].kind != "headline" or _shape(m, cast) not in told]
    return sorted(kept, key=lambda m: (m.start, m.end))


def _judged(
    cast: Cast, passages: Sequence[Passage], hits: Iterable[RuleHit], weigher: AttributionJudge
) -> Iterator[AttributionMention]:
    hits = list(hits)
    denying = {hit.rule.name for hit in hits if hit.rule.stance == "denies"}
    traits = AttributionTraits(cast)
    surest: dict[tuple[str, str | None, str | None], tuple[float, Candidate, Verdict]] = {}
    for one in candidates(cast, passages, hits):
        for verdict in weigher.believed(traits.of(one), proposed=bool(one.rules)):
            if verdict.stance == "claims" and denying & set(one.rules):
                continue  # whoever says that he had no hand in it owns up to nothing
            key = (verdict.stance, cast.side_key(one.accuser), cast.side_key(one.accused))
            if key not in surest or surest[key][0] < verdict.share:
                surest[key] = (verdict.share, one, verdict)
    told: dict[tuple[int, int, str], AttributionMention] = {}
    for _, one, verdict in sorted(surest.values(), key=lambda row: -row[0]):
        mention = _weighed(cast.text, one, verdict)
        told.setdefault((mention.start, mention.end, mention.said), mention)  # one claim for the same words
    yield from told.values()


def _weighed(text: str, one: Candidate, verdict: Verdict) -> AttributionMention:
    rule = f"attributions.{one.rules[0]}" if one.rules else "attributions.judge"
    begin, finish = one.said if one.rules else (one.start, one.end)
    end = min(one.line.passage.end, one.end + REACH) if one.own else one.end
    home = one.line.passage
    named = one.source.start if one.source and home.start <= one.source.start < home.end else one.start
    return AttributionMention(
        start=min(one.start, named),
        end=end,
        stance=verdict.stance,
        accuser=one.accuser,
        accused=one.accused,
        said=text[begin:finish],
        rule=rule,
        reason=f"judged {verdict.share:.2f}: {'; '.join(verdict.reasons)}",
    )


def _shape(mention: AttributionMention, cast: Cast) -> tuple[str, str | None, str | None]:
    """What a headline and its story share."""
    return mention.stance, cast.side_key(mention.accuser), cast.side_key(mention.accused)


def _mention(text: str, hit: RuleHit) -> AttributionMention:
    rule, passage, pair, start, end = hit
    begin, finish = max(passage.start, min(start, pair.start)), min(passage.end, max(end, pair.end))
    who, whom = pair.accuser or "nobody named", pair.accused or "nobody named"
    return AttributionMention(
        start=begin,
        end=finish,
        stance=rule.stance,
        accuser=pair.accuser,
        accused=pair.accused,
        said=text[start:end],
        rule=f"attributions.{rule.name}",
        reason=f"{rule.says} X: {who}; Y: {whom}",
    )
