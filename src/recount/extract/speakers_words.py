"""The lexicon of voices: nouns for speakers, words of speech, and where a name ends."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple, cast

from recount.extract.lexicon import plural_of
from recount.records import Party
from recount.rules import read_table


class VoiceWords(NamedTuple):
    """Everything that finding a voice needs to know of a language."""

    nouns: dict[str, Party]
    cue: re.Pattern[str]
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
    between, before, again = cues["between"], cues["before"], cues["again"]
    return VoiceWords(
        nouns=nouns,
        cue=_cue(cues["speech"]["verbs"], cues["speech"]["before_name"]),
        needs_clause=frozenset(cues["speech"]["needs_clause"]),
        relays=frozenset(cues["speech"]["relays"]),
        adverbs=frozenset(between["adverbs"]),
        stops=frozenset(before["stops"]),
        prepositions=frozenset(before["prepositions"]),
        leading=frozenset(before["leading"]),
        never=frozenset(before["never"]),
        pronouns=frozenset(again["pronouns"]),
        again=frozenset(again["nouns"]),
        tail=re.compile(rf"(?:[\s,]+(?:{'|'.join(cues['behind']['patterns'])})\b)*", re.IGNORECASE),
    )


def _cue(verbs: list[str], phrases: list[str]) -> re.Pattern[str]:
    groups = [sorted(words, key=lambda w: (-len(w), w)) for words in (verbs, phrases)]
    verb, phrase = ("|".join(map(re.escape, words)) for words in groups)
    quoted = r"quot(?:ed|es|ing) (?P<inner>(?:[^\s,.;“”\"]+ ){1,8})as saying|quoted (?:by (?P<outlet>(?:[^\s,.;]+ ){1,5}))?as saying"
    return re.compile(rf"\b(?:(?P<quoted>{quoted})|(?P<phrase>{phrase})|(?P<verb>{verb}))\b", re.IGNORECASE)
