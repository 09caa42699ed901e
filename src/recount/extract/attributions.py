"""Who says that whom did it: claims of responsibility, allegations, denials, and that nobody has claimed a deed.

Rules are data (`rules/cues/en/attributions.toml`): words and the shape of the sentence around them. Names come from the
voices (`speakers`) and from the actors found in the report.
"""

from __future__ import annotations

from collections.abc import Sequence

from recount.extract.attributions_names import Cast
from recount.extract.attributions_rules import Rule, attribution_rules
from recount.extract.attributions_shapes import SHAPES, Pair, deeds
from recount.extract.speakers import Source
from recount.records import Passage, Record, Stance
from recount.values.actors import ActorMention


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
) -> list[AttributionMention]:
    """The attributions of a report, in order; one for each stance and pair of names in a passage."""
    rules = attribution_rules(language)
    cast = Cast(text, actors, sources)
    found: dict[tuple[int, str, str | None, str | None], AttributionMention] = {}
    for rule, passage, start, end in (*rules.hits(text, passages), *deeds(rules.deeds, cast, passages)):
        for pair in SHAPES[rule.shape](rule, cast, passage, start, end):
            mention = _mention(text, rule, passage, pair, start, end)
            key = (passage.index, mention.stance, cast.key(mention.accuser), cast.key(mention.accused))
            found.setdefault(key, mention)
    by_index = {p.index: p for p in passages}
    told = {_shape(m, cast) for key, m in found.items() if by_index[key[0]].kind == "sentence"}
    kept = [m for key, m in found.items() if by_index[key[0]].kind != "headline" or _shape(m, cast) not in told]
    return sorted(kept, key=lambda m: (m.start, m.end))


def _shape(mention: AttributionMention, cast: Cast) -> tuple[str, str | None, str | None]:
    """What a headline and its story share."""
    return mention.stance, cast.side_key(mention.accuser), cast.side_key(mention.accused)


def _mention(text: str, rule: Rule, passage: Passage, pair: Pair, start: int, end: int) -> AttributionMention:
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
