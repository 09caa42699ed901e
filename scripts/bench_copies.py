"""Near copies by our sketch and by rensa's, in one run: `python scripts/bench_copies.py [--texts N]`.

A fifth of the generated reports are originals that have edited copies: headline changed, some words replaced, a
paragraph cut or added. Two reports are copies where they come of one original. Prints reports per second and precision,
recall and F1 over pairs. rensa is not needed to run Recount: `pip install rensa` for this comparison.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations

from recount.link.copies import BANDS, SHARE
from recount.values.texts import SHINGLE, WORD, copied, first_marks, packed, sketch, unpacked

Pairs = set[tuple[int, int]]
WORDS = [a + b + c for a in "bdfgklmnprstvz" for b in ("a", "en", "ir", "o", "ul") for c in ("tan", "ro", "mi", "deck")]


def paragraph(chance: random.Random) -> list[str]:
    """Some sixty words, common ones among them."""
    return [chance.choice(WORDS) if chance.random() < 0.6 else chance.choice(WORDS[:20]) for _ in range(60)]


def edited(told: list[list[str]], chance: random.Random) -> list[list[str]]:
    """A copy: up to a tenth of its words replaced, perhaps a paragraph cut and one added."""
    share = chance.choice((0.0, 0.01, 0.03, 0.06, 0.1))
    copy = [[chance.choice(WORDS) if chance.random() < share else w for w in p] for p in told]
    if len(copy) > 2 and chance.random() < 0.3:
        copy.pop(chance.randrange(1, len(copy)))
    return [*copy, paragraph(chance)] if chance.random() < 0.3 else copy


def told(number: int) -> tuple[list[str], list[int]]:
    """Texts and, for each, which original it comes of."""
    chance, texts, of = random.Random(5), list[str](), list[int]()
    while len(texts) < number:
        original = [paragraph(chance) for _ in range(chance.randint(2, 8))]
        copies = chance.choice((1, 1, 1, 1, 2, 3, 6))
        for n in range(copies):
            texts.append("\n\n".join(map(" ".join, edited(original, chance) if n else original)))
            of.append(len(texts) - n)
    return texts[:number], of[:number]


def ours(texts: list[str]) -> Pairs:
    """Pairs by the sketch that linking uses: a shared smallest mark, then the estimated share."""
    sketches = [packed(sketch(text)) for text in texts]
    blocks: dict[int, list[int]] = defaultdict(list)
    for n, kept in enumerate(sketches):
        for mark in first_marks(kept, BANDS):
            blocks[mark].append(n)
    near = {pair for members in blocks.values() for pair in combinations(members, 2)}
    return {(a, b) for a, b in near if copied(unpacked(sketches[a]), unpacked(sketches[b])) >= SHARE}


def by_rensa(texts: list[str]) -> Pairs:
    """Pairs by rensa: R-MinHash of the same shingles, 32 bands of four, then the estimated share."""
    from rensa import RMinHash, RMinHashLSH

    shingles = [_shingles(text) for text in texts]
    hashes = RMinHash.from_token_sets(shingles, 128, 7)
    lsh = RMinHashLSH(SHARE, 128, 32)
    for n, one in enumerate(hashes):
        lsh.insert(n, one)
    near = {(min(n, m), max(n, m)) for n, one in enumerate(hashes) for m in lsh.query(one) if m != n}
    return {(a, b) for a, b in near if hashes[a].jaccard(hashes[b]) >= SHARE}


def _shingles(text: str) -> list[str]:
    words = WORD.findall(text.casefold())
    return list(map(" ".join, zip(*(words[n:] for n in range(SHINGLE)), strict=False)))


def measured(name: str, find: Callable[[list[str]], Pairs], texts: list[str], truth: Pairs) -> None:
    """One line: speed and how right the pairs are."""
    start = time.process_time()
    found = find(texts)
    seconds = time.process_time() - start
    right = len(found & truth)
    precision, recall = right / max(1, len(found)), right / max(1, len(truth))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    print(
        f"{name:<6} {len(texts) / seconds:7,.0f} reports/s   precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}"
    )


def pairs_of(of: Iterable[int]) -> Pairs:
    """Pairs of one original."""
    members: dict[int, list[int]] = defaultdict(list)
    for n, original in enumerate(of):
        members[original].append(n)
    return {pair for group in members.values() for pair in combinations(group, 2)}


def main() -> None:
    """See the module's docstring."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--texts", type=int, default=10_000)
    texts, of = told(parser.parse_args().texts)
    truth = pairs_of(of)
    print(f"{len(texts):,} reports, {len(truth):,} pairs of copies")
    measured("ours", ours, texts, truth)
    measured("rensa", by_rensa, texts, truth)


if __name__ == "__main__":
    main()
