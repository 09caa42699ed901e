"""What `recount rules try` prints: how a sentence is cut, which rules fire, what becomes of each figure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from recount.records import Claim, Toll

if TYPE_CHECKING:
    from rich.tree import Tree

    from recount.extract.trace import Fate, Fired, Trace

Branch = tuple[str, "tuple[Branch, ...]"]
"""A line and the lines below it."""


def leaf(line: str, *below: Branch) -> Branch:
    """One line of a tree."""
    return line, below


def tried(text: str, published: date | None, *, use_judge: bool = True) -> Branch:
    """Everything that fires in a text, as a tree."""
    from recount import river
    from recount.extract import Reader, cues, heard, passed_over
    from recount.extract.trace import trace
    from recount.read import passages, report_from_text

    report = report_from_text(text, name="tried", published=published)
    report, warnings = river.dated(report)
    cut, found = passages(report), cues(text)
    reader = Reader(report, cut, heard(found, list(passed_over(text, cut, found))), "", use_judge=use_judge)
    traces = trace(reader, river.day_items(report))
    read = river.read_claims(report, use_judge=use_judge)
    branches = [passage_branch(report.text, one) for one in traces]
    return leaf("tried", *branches, claims_branch(read.claims), *(leaf(f"note: {w}") for w in warnings))


def passage_branch(text: str, one: Trace) -> Branch:
    """One passage: slots, rules, figures."""
    said = " ".join(text[one.passage.start : one.passage.end].split())
    slots = leaf("slots", *(leaf(f"{slot.name:<9} {slot.words}") for slot in one.slots))
    fired = leaf("rules that fire", *(leaf(fired_line(f)) for f in one.fired)) if one.fired else leaf("no rule fires")
    figures = [fate_branch(text, fate) for fate in one.fates]
    below = [leaf("row: " + " ".join(slot.name for slot in one.slots)), slots, fired, *figures]
    return leaf(f"{one.passage.kind} “{said}”", *below)


def fired_line(fired: Fired) -> str:
    """One rule with the words that it takes."""
    harm = f"  [{fired.harm}]" if fired.harm else ""
    effect = "" if fired.effect == "harm" else f", {fired.effect}"
    return f"{fired.rule} (strength {fired.strength}{effect}): <{fired.victims}>{harm}"


def fate_branch(text: str, fate: Fate) -> Branch:
    """One figure: what it says, which bid won, its standing, what the judge thinks."""
    from recount.cli.words import count_text

    mention = fate.mention
    count = count_text(mention.count.low, mention.count.high, mention.count.approx)
    subset = ", inside another figure" if mention.subset else ""
    head = f"{'toll' if fate.stands else 'no toll'}: {mention.harm} {count} {mention.side}{subset}"
    people = text[mention.group.start : mention.group.end]
    lines = [leaf(f"people “{people}”, harm “{text[mention.harm_start : mention.harm_end]}”")]
    lost = (leaf(f"outbid: {bid.rule}, strength {bid.strength}, {bid.distance} away") for bid in fate.lost)
    lines.append(leaf(f"by {fate.won}: {fate.why}", *lost))
    lines.append(leaf(f"standing: {fate.modality}"))
    return leaf(head, *lines, judge_branch(fate))


def judge_branch(fate: Fate) -> Branch:
    """The judge's verdict with its strongest reasons."""
    if fate.verdict is None:
        return leaf("judge: switched off; the form of the people decides")
    reach = "a statistic" if fate.verdict.statistic >= 0.5 else "an incident"
    head = f"judge: {'stands' if fate.stands else 'falls'} ({fate.verdict.toll:.2f}), figure of {reach}"
    return leaf(f"{head} ({fate.verdict.statistic:.2f})", *(leaf(reason) for reason in fate.reasons))


def claims_branch(claims: list[Claim] | None) -> Branch:
    """The claims that a report with just this text would carry."""
    if claims is None:
        return leaf("as a report of its own: passed over, since it tells of no armed harm")
    return leaf("claims of a report with just these words", *(leaf(claim_line(c)) for c in claims))


def claim_line(claim: Claim) -> str:
    """One claim: property, words, reading, rule."""
    from recount.cli.words import line, value_text

    speakers = f", by {' < '.join(s.name for s in claim.speakers)}" if claim.speakers else ""
    hedge = f", {claim.hedge}" if claim.hedge and isinstance(claim.value, Toll) else ""
    return f"{claim.property}: “{line(claim.said)}” = {value_text(claim.value)}{hedge}{speakers} ({claim.rule})"


def planted(branch: Branch) -> Tree:
    """The tree for the screen."""
    from rich.text import Text
    from rich.tree import Tree

    from recount.cli.words import clean

    def grow(tree: Tree, branches: tuple[Branch, ...]) -> None:
        for line, below in branches:
            grow(tree.add(Text(clean(line))), below)

    tree = Tree("", hide_root=True)
    grow(tree, branch[1])
    return tree


def as_json(branch: Branch) -> dict[str, object]:
    """The tree as nested objects: `line` and what is `below` it."""
    return {"line": branch[0], "below": [as_json(b) for b in branch[1]]}
