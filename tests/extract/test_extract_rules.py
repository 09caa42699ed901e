"""Every example of the toll rules runs; every rule bears load; faults in a pattern file are named."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from recount import rules as rule_folder
from recount.errors import BadRule
from recount.extract.lexicon import HarmWord, Lexicon, lexicon
from recount.extract.patterns import EFFECTS, Rule, compile_pattern, matches, read_rules, toll_rules
from recount.extract.phrases import SYMBOLS, PhraseReader, symbols
from recount.extract.tolls import TollMention, TollReader
from recount.records import HARMS, SIDES
from recount.rules import read_table

FILE = "patterns/en/tolls.toml"
LOADLESS: dict[str, str] = {}
"""Rules whose own examples come out the same without them."""
WRONG: dict[str, str] = {}
"""Examples that are not read as they say."""
LINE = re.compile(rf"({'|'.join(HARMS)}) ({'|'.join(SIDES)}) (\d*)-(\d*)( approx)?( subset)?")


def written(mention: TollMention) -> str:
    """A mention as examples write it: harm, side, low-high, then `approx` and `subset` where they hold."""
    low, high = ("" if n is None else str(n) for n in (mention.count.low, mention.count.high))
    marks = f"{' approx' if mention.count.approx else ''}{' subset' if mention.subset else ''}"
    return f"{mention.harm} {mention.side} {low}-{high}{marks}"


def found(text: str, rules: Sequence[Rule]) -> Counter[str]:
    """What the whole grammar with just these rules finds in a sentence."""
    reader = TollReader("en")
    reader._rules = tuple(rules)
    return Counter(written(m) for m in reader.read(text, 0, len(text)))


def rows() -> list[dict[str, Any]]:
    return list(read_table(FILE)["rule"])


def _examples(kind: str) -> Iterator[Any]:
    for row in rows():
        for n, example in enumerate(row.get(kind, ())):
            name = f"{row['name']}-{n}"
            yield pytest.param(example, id=name, marks=_known(WRONG.get(name) if kind == "examples" else None))


def _known(fault: str | None) -> tuple[pytest.MarkDecorator, ...]:
    """A fault that is known: the test fails until it is mended, and then says that this mark has to go."""
    return (pytest.mark.xfail(strict=True, reason=fault),) if fault else ()


@pytest.mark.parametrize("example", list(_examples("examples")))
def test_an_example_is_read_as_it_says(example: dict[str, Any]) -> None:
    assert example["tolls"], "an example has figures; a sentence without any is a counter-example"
    assert found(example["text"], toll_rules("en")) == Counter(example["tolls"])


@pytest.mark.parametrize("example", list(_examples("counter_examples")))
def test_a_counter_example_is_read_as_it_says(example: dict[str, Any]) -> None:
    assert found(example["text"], toll_rules("en")) == Counter(example["tolls"])


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["name"])
def test_examples_are_well_written(row: dict[str, Any]) -> None:
    for example in (*row.get("examples", ()), *row.get("counter_examples", ())):
        assert set(example) == {"text", "tolls"}
        assert all(LINE.fullmatch(line) for line in example["tolls"]), example["tolls"]


@pytest.mark.parametrize(
    "row", [pytest.param(row, id=row["name"], marks=_known(LOADLESS.get(row["name"]))) for row in rows()]
)
def test_a_rule_bears_load(row: dict[str, Any]) -> None:
    """Without the rule, some example of its own comes out otherwise: no rule is there for nothing."""
    others = [rule for rule in toll_rules("en") if rule.name != row["name"]]
    assert row.get("examples"), "a rule needs an example"
    assert any(found(e["text"], others) != Counter(e["tolls"]) for e in row["examples"])


def test_rule_names_are_unique_and_explained() -> None:
    names = [row["name"] for row in rows()]
    assert len(names) == len(set(names))
    assert all(row["says"].endswith(".") for row in rows())


def test_the_order_of_rules_never_matters() -> None:
    backwards = toll_rules("en")[::-1]
    for row in rows():
        for example in (*row.get("examples", ()), *row.get("counter_examples", ())):
            assert found(example["text"], backwards) == found(example["text"], toll_rules("en")), example["text"]


@pytest.mark.parametrize("name", sorted(SYMBOLS))
def test_each_slot_has_a_letter_of_its_own(name: str) -> None:
    assert [other for other, letter in SYMBOLS.items() if letter == SYMBOLS[name]] == [name]


# ---------------------------------------------------------------------------------------------------- the page on rules

PAGE = (Path(__file__).parents[2] / "docs" / "writing-rules.md").read_text(encoding="utf-8")
SLOTS = re.findall(r"^\| `([A-Z]+)` \| `(.)` \| (.+?) \| (.*?) ?\|$", PAGE, re.MULTILINE)


def test_the_page_on_rules_names_every_slot_with_its_letter() -> None:
    assert [(name, letter) for name, letter, *_ in SLOTS] == list(SYMBOLS.items())


@pytest.mark.parametrize("row", [row for row in SLOTS if row[3]], ids=lambda row: row[0])
def test_the_words_that_the_page_gives_for_a_slot_are_read_so(row: tuple[str, str, str, str]) -> None:
    _, letter, _, words = row
    assert symbols(PhraseReader(lexicon("en")).read(words, 0, len(words))) == letter


def test_the_sentence_that_the_page_cuts_into_slots_is_cut_so() -> None:
    text = "At least five soldiers were killed in an ambush"
    assert text in " ".join(PAGE.split())
    row = symbols(PhraseReader(lexicon("en")).read(text, 0, len(text)))
    names = {letter: name for name, letter in SYMBOLS.items()}
    assert f"\n{' '.join(names[letter] for letter in row)}\n" in PAGE


def test_the_page_explains_every_key_and_effect() -> None:
    explained = PAGE[PAGE.index("| key | says |") :]
    assert set(re.findall(r"^\| `(\w+)` \|", explained, re.MULTILINE)) == {*rows()[0], "effect", "judged"} | {
        "counter_examples"
    }
    assert [effect for effect in EFFECTS if f"`{effect}`" not in explained] == []


def test_the_rule_that_the_page_adds_works_and_bears_load() -> None:
    (block,) = re.findall(r"^```toml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    (row,) = tomllib.loads(block)["rule"]
    assert row["name"] not in {rule.name for rule in toll_rules("en")}
    pattern = compile_pattern(row["pattern"], read_table(FILE)["macros"], "the page")
    added = Rule(row["name"], row["says"], row["strength"], pattern, "harm")
    for example in (*row["examples"], *row["counter_examples"]):
        assert found(example["text"], [*toll_rules("en"), added]) == Counter(example["tolls"])
    assert found(row["examples"][0]["text"], toll_rules("en")) == Counter()


def test_the_word_that_the_page_adds_is_missing_and_is_read_once_added(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Nine soldiers paid with their lives."
    assert text[:-1] in " ".join(PAGE.split())
    assert found(text, toll_rules("en")) == Counter()
    words = Lexicon("en")
    words.harms.add("paid with their lives", HarmWord("killed", "passive"))
    monkeypatch.setattr("recount.extract.tolls.lexicon", lambda language: words)
    assert found(text, toll_rules("en")) == Counter(["killed state_forces 9-9"])


# ---------------------------------------------------------------------------------------------------- faults


GOOD = 'name = "trial"\nsays = "A trial."\npattern = "< COUNTED > BE [ KILLED ]"\n'


@pytest.fixture
def rule_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Writes a rule of its own into a rule folder of its own, and reads it."""
    monkeypatch.setattr(rule_folder, "FOLDER", tmp_path)
    read_table.cache_clear()

    def read(body: str, before: str = "") -> tuple[Rule, ...]:
        (tmp_path / "trial.toml").write_text(f"{before}\n[[rule]]\n{body}", encoding="utf-8")
        read_table.cache_clear()
        return read_rules("trial.toml")

    yield read
    read_table.cache_clear()


def test_a_sound_rule_is_read(rule_file: Any) -> None:
    (rule,) = rule_file(GOOD)
    assert (rule.name, rule.effect) == ("trial", "harm")
    (match,) = matches(rule, "GxK")
    assert (match.victims, match.harm) == ((0, 1), (2, 3))


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (GOOD.replace("COUNTED", "COUNTD"), ["unknown slot 'COUNTD'", "Did you mean COUNTED?"]),
        (GOOD.replace("COUNTED", "ZZZZ"), ["unknown slot 'ZZZZ'", "docs/writing-rules.md"]),
        (GOOD.replace("BE", "be"), ["cannot read 'be'", "docs/writing-rules.md"]),
        (GOOD + "strenght = 4\n", ["unknown key 'strenght'", "strength"]),
        (GOOD + 'effect = "subsett"\n', ["unknown effect 'subsett'", "subset"]),
    ],
    ids=["slot", "far-slot", "word", "key", "effect"],
)
def test_a_fault_names_file_rule_and_nearest_name(rule_file: Any, body: str, named: list[str]) -> None:
    with pytest.raises(BadRule) as fault:
        rule_file(body)
    assert all(part in str(fault.value) for part in ["trial.toml", "rule 'trial'", *named]), str(fault.value)


@pytest.mark.parametrize(
    "body",
    [
        GOOD.replace("> BE", "BE"),
        GOOD.replace("< COUNTED >", "COUNTED"),
        GOOD.replace("[ KILLED ]", "( KILLED"),
        GOOD.replace('name = "trial"\n', ""),
        GOOD.replace('says = "A trial."\n', ""),
        GOOD.replace('pattern = "< COUNTED > BE [ KILLED ]"\n', ""),
    ],
    ids=["open-bracket", "no-victims", "no-close", "no-name", "no-says", "no-pattern"],
)
def test_a_rule_that_cannot_work_is_a_bad_rule(rule_file: Any, body: str) -> None:
    with pytest.raises(BadRule) as fault:
        rule_file(body)
    assert "trial.toml" in str(fault.value)


def test_macros_in_a_circle_stop_the_load(rule_file: Any) -> None:
    with pytest.raises(BadRule, match="circle"):
        rule_file(GOOD.replace("BE", "ONE"), before='[macros]\nONE = "OTHER"\nOTHER = "ONE"\n')


def test_a_missing_or_broken_file_is_a_bad_rule(rule_file: Any, tmp_path: Path) -> None:
    with pytest.raises(BadRule, match=r"none\.toml: no such rule file"):
        read_rules("none.toml")
    (tmp_path / "broken.toml").write_text("[[rule\n", encoding="utf-8")
    with pytest.raises(BadRule, match=r"broken\.toml: not readable as TOML.*line 1"):
        read_rules("broken.toml")


def test_marks_say_what_must_not_stand_around() -> None:
    ahead = compile_pattern("COUNTED ~BY", {}, "here")
    behind = compile_pattern("^BE COUNTED", {}, "here")
    assert [bool(ahead.search(row)) for row in ("Gx", "Gy")] == [True, False]
    assert [bool(behind.search(row)) for row in ("oG", "xG")] == [True, False]


def test_effects_are_few() -> None:
    assert {row.get("effect", "harm") for row in rows()} == set(EFFECTS)
