"""Who did it and whom it hit, by where actors stand to the first word of harm and by the side harmed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from recount.assemble.drafts import Draft
from recount.assemble.scenes import Scene
from recount.records import Actor, Attribution, Claim
from recount.values.actors import UNNAMED

_MOST = 3


def ranked_scenes(draft: Draft) -> list[Scene]:
    """The draft's scenes, those with figures and early ones first."""
    return sorted(draft.scenes, key=lambda s: (not s.tolls, s.passage.index))


def actors_of(
    draft: Draft, tolls: Sequence[Claim], attributions: Sequence[Claim] = ()
) -> tuple[list[Claim], list[Claim]]:
    """Actors (who did it) and targets, by where they stand to the first word of harm and by the side harmed.

    Named ones come before "gunmen" and "security forces". Whoever is only accused in `attributions` did nothing.
    """
    doers: dict[str, Claim] = {}
    hit: dict[str, Claim] = {}
    harmed = {c.value.side for c in tolls if hasattr(c.value, "side")}
    for scene in ranked_scenes(draft):
        for claim in scene.actors:
            actor = claim.value
            assert isinstance(actor, Actor)
            if _only_accused(claim, attributions):
                continue
            inside = any(t.start <= claim.start < t.end for t in scene.tolls)
            of_harmed = actor.side in harmed and actor.side != "unspecified"
            (hit if inside or of_harmed else doers).setdefault(actor.neutral or actor.name, claim)
    return _named_first(doers.values()), _named_first(hit.values())


def _only_accused(claim: Claim, attributions: Sequence[Claim]) -> bool:
    return any(
        a.start <= claim.start < a.end
        and isinstance(a.value, Attribution)
        and a.value.stance in ("alleges", "denies")
        and a.value.accused == claim.said
        for a in attributions
    )


def _named_first(claims: Iterable[Claim]) -> list[Claim]:
    def unnamed(claim: Claim) -> bool:
        return isinstance(claim.value, Actor) and (claim.value.neutral or "") in ("", *UNNAMED)

    return sorted(claims, key=unnamed)[:_MOST]
