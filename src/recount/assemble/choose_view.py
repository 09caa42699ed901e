"""A report as seen from one draft: how far its figures and its story are from a place or a day."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from recount.assemble.choose_frame import Frame, place_of
from recount.assemble.choose_words import step
from recount.records import Claim, Place

_MOST = 6
"""Candidates weighed beside those of headline and lead; the right one is hardly ever farther."""
_BESIDE = 2
"""Passages from the draft's in which an area and a place inside it tell of one another."""
_NEAR = (("0", 0), ("1", 1), ("2", 2), ("3-4", 4), ("5-8", 8))


class Mention(NamedTuple):
    """A place or day claim, how its passage stands to the draft, and how near that is (0: beside its figures)."""

    claim: Claim
    relation: str
    rank: int

    @property
    def told(self) -> bool:
        """Whether the draft's own story holds it."""
        return self.rank in (0, 2)

    @property
    def key(self) -> tuple[Claim, bool]:
        """What the words around it depend on."""
        return self.claim, self.told


class View:
    """One draft in its frame."""

    def __init__(self, frame: Frame, number: int) -> None:
        draft = frame.drafts[number]
        self.frame, self.number, self.draft = frame, number, draft
        self.indexes = sorted({s.passage.index for s in draft.scenes})
        self.counted = {s.passage.index for s in draft.scenes if s.tolls}
        self.inside = {c.start for s in draft.scenes for c in (*s.places, *s.days)}
        self.actors = {s.passage.index: s.actors for s in draft.scenes if s.actors}
        self._tolls: dict[int, list[Claim]] = {}
        for claim in draft.tolls:
            self._tolls.setdefault(claim.passage, []).append(claim)
        self.kinds = {kind for s in draft.scenes for kind, weight in s.kinds if weight >= 2}
        self.own = {c.start for c in draft.tolls}
        self._where: dict[tuple[int, bool], tuple[str, int]] = {}

    @cached_property
    def told_places(self) -> list[Place]:
        """The places of the draft's own story."""
        return [place_of(c) for s in self.draft.scenes for c in s.places]

    @cached_property
    def near_places(self) -> list[Place]:
        """The places of the draft's passages and of those beside them."""
        near = {index + step for index in self.indexes for step in range(-_BESIDE, _BESIDE + 1)}
        return [place_of(c) for c in self.frame.places if c.passage in near]

    def nearest(self, claims: Sequence[Claim]) -> Mention:
        """The mention nearest to the draft: by passage, then by distance to its figures, then in order."""
        if len(claims) == 1:
            return Mention(claims[0], *self._stand(claims[0]))
        found = self.mentions(claims)
        least = min(m.rank for m in found)
        near = [m for m in found if m.rank == least]
        return near[0] if len(near) == 1 else min(near, key=lambda m: self._apart(m.claim)[0])

    def mentions(self, claims: Sequence[Claim]) -> list[Mention]:
        """All mentions of one place or day, as they stand to the draft."""
        return [Mention(c, *self._stand(c)) for c in claims]

    def around(self, mentions: Sequence[Claim], nearest: Mention) -> list[str]:
        """Traits of the words around every mention that the draft's story holds; around the nearest where it holds none."""
        told = [m for m in self.mentions(mentions) if m.told] or [nearest]
        return list(dict.fromkeys(trait for m in told for trait in self.frame.surroundings(*m.key)))

    def candidates(self, groups: Sequence[Sequence[Claim]]) -> list[tuple[Sequence[Claim], Mention]]:
        """The groups worth weighing, each with its nearest mention: the nearest ones and those of headline and lead."""
        found = [(group, self.nearest(group)) for group in groups]
        if len(found) <= _MOST:
            return found
        found.sort(key=lambda pair: pair[1].rank)
        lead = self.frame.lead
        return found[:_MOST] + [pair for pair in found[_MOST:] if pair[0][0].passage <= lead]

    def _stand(self, claim: Claim) -> tuple[str, int]:
        key = (claim.passage, claim.start in self.inside)
        found = self._where.get(key)
        if found is None:
            found = self._where[key] = self._relation(*key)
        return found

    def _relation(self, index: int, inside: bool) -> tuple[str, int]:
        if index in self.counted:
            return ("with its figures", 0) if inside else ("beside its figures", 1)
        if inside:
            return "in its story", 2
        at = bisect_left(self.indexes, index)
        ahead = self.indexes[at] - index if at < len(self.indexes) else 10_000
        behind = index - self.indexes[at - 1] if at else 10_000
        told = "another's" if index in self.frame.tellers else "nobody's"
        apart = min(ahead, behind)
        size = next((name for name, bound in _NEAR if apart <= bound), "far")
        return f"{size} {'ahead' if ahead < behind else 'behind'}, {told}", 3 + 2 * apart - (ahead < behind)

    def gap(self, claim: Claim) -> str:
        """How far the nearest figure of the draft in the same passage is, and on which side."""
        apart, side = self._apart(claim)
        return f"{step(apart)} {side} a figure" if side else "no figure here"

    def _apart(self, claim: Claim) -> tuple[int, str]:
        best, side = 10_000, ""
        for toll in self._tolls.get(claim.passage, ()):
            behind = claim.start >= toll.start
            apart = max(0, claim.start - toll.end if behind else toll.start - claim.end)
            if apart < best:
                best, side = apart, "behind" if behind else "before"
        return best, side

    def crossed(self, claim: Claim) -> str:
        """Whether another's figure stands between a claim and the draft's nearest figure in the same passage."""
        mine = self._tolls.get(claim.passage)
        if not mine:
            return "none here"
        nearest = min(mine, key=lambda t: abs(t.start - claim.start))
        low, high = sorted((nearest.start, claim.start))
        between = [t for t in self.frame.tolls_in.get(claim.passage, ()) if low < t.start < high]
        others = sum(t.start not in self.own for t in between)
        return "clear" if not others else "crossed once" if others == 1 else "crossed"
