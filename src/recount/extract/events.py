"""Words that tell what kind of incident a passage speaks of, how far its figures reach, and where harm is told at all.

One automaton over the folded text finds them all in one pass; a word that ends in `*` in the rule files matches any ending.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple, cast

from ahocorasick_rs import AhoCorasick, MatchKind

from recount.extract.lexicon import lexicon
from recount.extract.not_events import PREFIX, Passed, no_event_rules
from recount.records import Kind, Passage
from recount.rules import read_table
from recount.settings import Inclusion


class Cue(NamedTuple):
    """A cue word: its offsets, its class and, for a kind word, the kind and its weight (3 surely, 1 hardly).

    Classes: kind, harm, statistic_strong, statistic_weak, separate, same, background, other, accident, armed, hint,
    deed, earlier (crime, violent and political are counted or renamed, and not handed on); "no event: NAME" for the
    words of a rule that says what is told of instead of an incident.
    """

    start: int
    end: int
    name: str
    kind: Kind | None = None
    weight: int = 0


class _Entry(NamedTuple):
    word: str
    open_end: bool
    name: str
    kind: Kind | None
    weight: int


def fold(text: str) -> str:
    """Lower case without a change of length, so that offsets stay true."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := c.lower()) == 1 else c for c in text)


def _entry(word: str, name: str, kind: Kind | None = None, weight: int = 0) -> _Entry:
    return _Entry(word.rstrip("*").lower(), word.endswith("*"), name, kind, weight)


def _kind_entries(language: str) -> Iterator[_Entry]:
    for row in read_table(f"cues/{language}/kinds.toml")["kind"]:
        for weight, words in row["words"].items():
            for word in words:
                yield _entry(word, "kind", cast(Kind, row["kind"]), int(weight))


def _scope_entries(language: str) -> Iterator[_Entry]:
    for name, row in read_table(f"cues/{language}/scope.toml").items():
        for key, label in (("strong", f"{name}_strong"), ("weak", f"{name}_weak"), ("words", name)):
            for word in row.get(key, ()):
                yield _entry(word, label)


@cache
def _automaton(language: str) -> tuple[AhoCorasick, list[_Entry]]:
    entries = [*_kind_entries(language), *_scope_entries(language)]
    entries += [_entry(word, "harm") for word in lexicon(language).harms.phrases()]
    entries += [_entry(word, name) for name, rule in no_event_rules(language).items() for word in rule.words]
    return AhoCorasick([e.word for e in entries], matchkind=MatchKind.Standard), entries


def cues(text: str, language: str = "en", *, inclusion: Inclusion = "political") -> list[Cue]:
    """All cue words of a text, in order of their start, as the inclusion rule takes them."""
    automaton, entries = _automaton(language)
    folded = fold(text)
    found = []
    for number, start, end in automaton.find_matches_as_indexes(folded, overlapping=True):
        entry = entries[number]
        if start and folded[start - 1].isalnum():
            continue
        if entry.open_end:
            while end < len(folded) and folded[end].isalpha():
                end += 1
        elif end < len(folded) and folded[end].isalnum():
            continue
        found.append(Cue(start, end, entry.name, entry.kind, entry.weight))
    found.sort(key=lambda cue: (cue.start, -cue.end))
    return _included(_without_figures_of_speech(found, language), inclusion)


_OF_DEEDS = frozenset({"armed", "hint", "kind", "harm", "deed"})
"""Classes of cue words that say that something was done; words of crime and of accidents keep their say."""


def _without_figures_of_speech(found: list[Cue], language: str) -> list[Cue]:
    """The cue words without those that are part of a word-rule's words: the "strike" of a hunger strike strikes nobody."""
    said = [c for c in found if c.name.startswith(PREFIX) and no_event_rules(language)[c.name].effect == "words"]
    if not said:
        return found
    return [c for c in found if c.name not in _OF_DEEDS or not any(s.start < c.end and c.start < s.end for s in said)]


def heard(found: Sequence[Cue], spoken: Sequence[tuple[Passage, Passed]]) -> list[Cue]:
    """The cue words without those of sentences that tell of no event; in sentences of history, with a cue for it.

    `spoken` is what `passed_over` gives for them.
    """
    if not spoken:
        return list(found)
    silent = [p for p, passed in spoken if passed.rule.effect == "sentence"]
    kept = [c for c in found if not any(p.start <= c.start < p.end for p in silent)]
    past = [Cue(passed.start, passed.end, "background") for _, passed in spoken if passed.rule.effect == "background"]
    return sorted([*kept, *past], key=lambda cue: (cue.start, -cue.end))


CRIME = 2
"""Words of crime that make a report one of ordinary crime where none gives it a political side."""


def _included(found: Sequence[Cue], inclusion: Inclusion) -> list[Cue]:
    """The cue words that count.

    Under "political", words of crime are passed over, and a report of ordinary crime (two of them or more, and no word
    that gives violence a political side) has none that count. Under "any" words of crime stand as words of armed
    violence, and where such a word is also listed as one of accidents it no longer speaks against an incident.
    """
    names = Counter(cue.name for cue in found)
    found = [cue for cue in found if cue.name != "political"]
    if inclusion == "political":
        ordinary = names["crime"] >= CRIME and not names["political"]
        return [] if ordinary else [cue for cue in found if cue.name not in ("crime", "violent")]
    crime = {cue.start for cue in found if cue.name == "crime"}
    kept = [cue for cue in found if not (cue.name == "accident" and cue.start in crime)]
    return [cue._replace(name=_ANY.get(cue.name, cue.name)) for cue in kept]


_ANY = {"crime": "armed", "violent": "hint"}
"""What words of crime and of other violence count as where any violence counts."""
