"""Greedy average-link clustering under constraints: the best two clusters are merged until none scores above zero."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from heapq import heapify, heappop, heappush

SAMPLE = 20
"""Members of a cluster that are held against another cluster's. Ids are hashes, so the first ones are a fair sample."""
Pair = tuple[str, str]
Score = Callable[[str, str], float]


class Clusters:
    """Clusters while they grow. `forbids` says which pairs may never share a cluster, `score` gives a pair's bits."""

    def __init__(self, items: Iterable[str], score: Score, forbids: Callable[[str, str], bool]) -> None:
        self.members: dict[str, list[str]] = {item: [item] for item in items}
        self.home: dict[str, str] = {item: item for item in self.members}
        self.near: dict[str, set[str]] = {item: set() for item in self.members}
        self.score = score
        self.forbids = forbids

    def average(self, one: str, other: str) -> float:
        """Mean score of all pairs between two clusters, or of a sample of their members where they are large."""
        pairs = [(a, b) for a in self.members[one][:SAMPLE] for b in self.members[other][:SAMPLE]]
        return sum(self.score(a, b) for a, b in pairs) / len(pairs)

    def allowed(self, one: str, other: str) -> bool:
        """Whether no pair between the two is forbidden."""
        return not any(self.forbids(a, b) for a in self.members[one] for b in self.members[other])

    def join(self, one: str, other: str) -> str:
        """Merge two clusters; the smaller id names the result."""
        keep, gone = min(one, other), max(one, other)
        self.members[keep] = sorted(self.members[keep] + self.members.pop(gone))
        for item in self.members[keep]:
            self.home[item] = keep
        self.near[keep] |= self.near.pop(gone)
        self.near[keep] -= {keep, gone}
        for cluster in self.near[keep]:
            self.near[cluster].discard(gone)
            self.near[cluster].add(keep)
        return keep


def cluster(
    items: Iterable[str],
    edges: Iterable[Pair],
    score: Score,
    forbids: Callable[[str, str], bool],
    musts: Iterable[Pair],
) -> list[list[str]]:
    """Clusters of items, each sorted, in order of their first item.

    `edges` are the pairs worth a look. `musts` are joined first, whatever `forbids` says of them.
    """
    clusters = Clusters(sorted(items), score, forbids)
    for one, other in edges:
        clusters.near[one].add(other)
        clusters.near[other].add(one)
    for one, other in sorted(musts):
        if clusters.home[one] != clusters.home[other]:
            clusters.join(clusters.home[one], clusters.home[other])
    _merge(clusters)
    return sorted(clusters.members.values())


def _merge(clusters: Clusters) -> None:
    heap: list[tuple[float, str, str, int]] = []
    for one in clusters.members:
        heap += [_entry(clusters, one, other) for other in clusters.near[one] if one < other]
    heap = [entry for entry in heap if entry[0] <= 0]
    heapify(heap)
    while heap:
        _, one, other, size = heappop(heap)
        if one not in clusters.members or other not in clusters.members or size != _size(clusters, one, other):
            continue
        if not clusters.allowed(one, other):
            continue
        kept = clusters.join(one, other)
        for near in sorted(clusters.near[kept]):
            entry = _entry(clusters, min(kept, near), max(kept, near))
            if entry[0] <= 0:
                heappush(heap, entry)


def _size(clusters: Clusters, one: str, other: str) -> int:
    return len(clusters.members[one]) + len(clusters.members[other])


def _entry(clusters: Clusters, one: str, other: str) -> tuple[float, str, str, int]:
    return -clusters.average(one, other), one, other, _size(clusters, one, other)
