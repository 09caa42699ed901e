"""What is told of violence and is no incident: exercises, films, anniversaries, courts, illness, strikes of workers.

The words are data (`cues/<lang>/not_events.toml`). A rule takes away just its words, or the sentence that they stand in,
or marks the sentence as history.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Literal, NamedTuple, Protocol, cast, get_args

from recount.records import Passage
from recount.rules import read_table
from recount.rules.expressions import Expression
from recount.rules.faults import keys, unknown
from recount.rules.forms import any_form

Effect = Literal["words", "sentence", "background"]
"""What a rule does: passes over its words, passes over their sentence, or takes the sentence for history."""
EFFECTS: tuple[str, ...] = get_args(Effect)
PREFIX = "no event: "
"""Before the name of a rule: the class of the cue words that it finds."""
NEEDED = ("name", "says", "effect", "words", "examples")
FURTHER = ("unless", "counter_examples")


class NoEvent(NamedTuple):
    """One rule: its name, what is told of instead, what it does, its words, and what silences it."""

    name: str
    says: str
    effect: Effect
    words: tuple[str, ...]
    unless: Expression | None

    def speaks(self, text: str, start: int, end: int) -> bool:
        """Whether nothing in the sentence `text[start:end]` silences the rule."""
        return self.unless is None or not self.unless.pattern.search(text, start, end)


class Passed(NamedTuple):
    """One place where a rule spoke: its words' offsets, the rule."""

    start: int
    end: int
    rule: NoEvent


@cache
def no_event_rules(language: str = "en") -> Mapping[str, NoEvent]:
    """The rules of a language by the class of their cue words; BadRule names a fault."""
    file = f"cues/{language}/not_events.toml"
    rules = [read_no_event(row, file) for row in read_table(file)["rule"]]
    return {PREFIX + rule.name: rule for rule in rules}


def read_no_event(row: Mapping[str, Any], file: str) -> NoEvent:
    """One row of the rule file; BadRule names an unknown or missing key or an unknown effect."""
    where = f"{file}, rule {row.get('name', '?')!r}"
    filled = {key: value for key, value in row.items() if value}
    for fault in (
        *keys(filled, NEEDED, FURTHER, where),
        *unknown(filter(None, [row.get("effect")]), EFFECTS, "effect", where),
    ):
        raise fault
    effect = cast(Effect, row["effect"])
    return NoEvent(row["name"], row["says"], effect, tuple(row["words"]), any_form(row.get("unless", ())))


class Found(Protocol):
    """A cue word: its offsets and its class."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def name(self) -> str: ...


def passed_over(
    text: str, passages: Sequence[Passage], cues: Sequence[Found], language: str = "en"
) -> Iterator[tuple[Passage, Passed]]:
    """Each place where a rule speaks, with its passage; `cues` in the order of the text."""
    rules, at = no_event_rules(language), 0
    for cue in cues:
        rule, start = rules.get(cue.name), cue.start
        if rule is None:
            continue
        while at < len(passages) and passages[at].end <= start:
            at += 1
        if (
            at < len(passages)
            and passages[at].start <= start
            and rule.speaks(text, passages[at].start, passages[at].end)
        ):
            yield passages[at], Passed(start, cue.end, rule)


def notes(text: str, spoken: Iterable[tuple[Passage, Passed]]) -> tuple[str, ...]:
    """What `passed_over` gave, told: for each rule that silenced a sentence, what it took that for and by which words.

    The first place only.
    """
    first: dict[str, Passed] = {}
    for _, passed in spoken:
        if passed.rule.effect == "sentence":
            first.setdefault(passed.rule.name, passed)
    return tuple(
        f"no incident is read where the text tells of something else ({name}, “{text[p.start : p.end]}”): {p.rule.says}"
        for name, p in first.items()
    )
