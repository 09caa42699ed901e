"""The lexicon of voices: nouns for speakers, words of speech, and where a name ends."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple, cast

import ahocorasick_rs

from recount.extract.lexicon import plural_of
from recount.records import Party
from recount.rules import read_table


class Hit(NamedTuple):
    """A word of speech in a text: a `verb` or a `phrase` that stands before the name."""

    start: int
    end: int
    kind: str


class VoiceWords(NamedTuple):
    """Everything that finding a voice needs to know of a language."""

    nouns: dict[str, Party]
    scanner: Any
    kinds: tuple[str, ...]
    verbs: frozenset[str]
    needs_clause: frozenset[str]
    relays: frozenset[str]
    adverbs: frozenset[str]
    stops: frozenset[str]
    prepositions: frozenset[str]
    leading: frozenset[str]
    never: frozenset[str]
    pronouns: frozenset[str]
    again: frozenset[str]
    tail: re.Pattern[str]
    days: frozenset[str]
    aside: frozenset[str]
    joining: frozenset[str]
    issued: frozenset[str]
    nouns_in_ly: frozenset[str]
    determiners: frozenset[str]
    finite: frozenset[str]
    meanwhile: frozenset[str]
    handed_on: frozenset[str]
    adjectives_in_ed: frozenset[str]
    adjectives_in_ing: frozenset[str]
    human: frozenset[str]

    def cues(self, lowered: str) -> list[Hit]:
        """The words of speech in a text in lower case, in order."""
        found = []
        for index, start, end in self.scanner.find_matches_as_indexes(lowered):
            if (start == 0 or not lowered[start - 1].isalnum()) and not lowered[end : end + 1].isalnum():
                found.append(Hit(start, end, self.kinds[index]))
        return found

    def is_cue(self, word: str) -> bool:
        """Whether the word is a word of speech."""
        return word in self.verbs

    def party(self, word: str) -> Party | None:
        """The stake of the speaker that a noun names, if it is one."""
        return self.nouns.get(_bare(word))

    def is_noun(self, word: str) -> bool:
        """Whether the word is a noun for a speaker."""
        return _bare(word) in self.nouns


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word.lower())


@cache
def voice_words(language: str = "en") -> VoiceWords:
    """The voices' lexicon of a language, read once."""
    cues, people = read_table(f"cues/{language}/speakers.toml"), read_table(f"lexicons/{language}/officials.toml")
    nouns: dict[str, Party] = {}
    for row in people["class"]:
        for noun in row["nouns"]:
            nouns.setdefault(noun, cast(Party, row["party"]))
            nouns.setdefault(plural_of(noun), cast(Party, row["party"]))
    speech, between, before, again = (cues[name] for name in ("speech", "between", "before", "again"))
    return VoiceWords(
        nouns=nouns,
        scanner=_scanner([*speech["verbs"], *speech["before_name"]]),
        kinds=("verb",) * len(speech["verbs"]) + ("phrase",) * len(speech["before_name"]),
        verbs=frozenset(speech["verbs"]),
        needs_clause=frozenset(speech["needs_clause"]),
        relays=frozenset(speech["relays"]),
        adverbs=frozenset(between["adverbs"]),
        stops=frozenset(before["stops"]),
        prepositions=frozenset(before["prepositions"]),
        leading=frozenset(before["leading"]),
        never=frozenset(before["never"]),
        pronouns=frozenset(again["pronouns"]),
        again=frozenset(again["nouns"]),
        tail=re.compile(rf"(?:[\s,]+(?:{'|'.join(cues['behind']['patterns'])})\b)*", re.IGNORECASE),
        **{name: frozenset(listed) for name, listed in cues["names"].items()},
    )


def _scanner(words: list[str]) -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(words, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
