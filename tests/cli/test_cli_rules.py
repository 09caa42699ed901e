"""`recount rules`: a sentence is explained, every fault is found at once, two folders are compared."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from command_runs import Command

from recount.cli.rules_diff import Said, compare
from recount.rules import OWN

SENTENCE = "At least five soldiers and two villagers were killed in an ambush near Dera Bugti on Friday, police said."
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def own_rules(command: Command, tmp_path: Path) -> Path:
    """A copy of the rule folder."""
    assert command("rules", "copy", "mine").status == 0
    return tmp_path / "mine"


@pytest.fixture
def with_rules(own_rules: Path) -> Run:
    """Runs the command in a process of its own that reads the copied folder."""

    def go(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", "from recount.cli.main import main; main()", "rules", *words],
            capture_output=True, text=True, check=False, env={**os.environ, "RECOUNT_RULES": str(own_rules)},
        )  # fmt: skip

    return go


def lines(tree: dict[str, Any]) -> list[str]:
    """Every line of a tree, from the top."""
    return [tree["line"], *(line for below in tree["below"] for line in lines(below))]


# ---------------------------------------------------------------------------------------------------- try


def test_a_tried_sentence_shows_slots_rules_bids_verdict_and_claims(command: Command) -> None:
    result = command("rules", "try", SENTENCE, "--published", "2026-02-05")
    assert result.status == 0
    for part in (
        "row: COUNTED AND COUNTED BE KILLED",
        "COUNTED   At least five soldiers",
        "rules that fire",
        "passive (strength 9)",
        "toll: killed 5+ state_forces",
        "toll: killed 2 civilians",
        "standing: asserted",
        "judge: stands",
        "claims of a report with just these words",
        "2026-01-30",
    ):
        assert part in result.out, part
    assert max(map(len, result.out.splitlines())) <= 80


def test_the_bid_that_wins_says_why_and_the_outbid_are_named(command: Command) -> None:
    told = lines(command("rules", "try", "--json", "Two labourers died on the spot.").json)
    (won,) = [line for line in told if line.startswith("by ")]
    (lost,) = [line for line in told if line.startswith("outbid: ")]
    found = re.fullmatch(r"by (\w+): strength (\d+) against (\d+) of (\w+)", won)
    assert found is not None
    rule, strength, weaker, loser = found.groups()
    assert int(strength) > int(weaker)
    assert rule != loser
    assert lost.startswith(f"outbid: {loser}, strength {weaker}")


def test_without_the_judge_the_form_decides(command: Command) -> None:
    told = lines(command("rules", "try", "--json", "--no-judge", "Nine soldiers were killed.").json)
    assert "judge: switched off; the form of the people decides" in told
    assert any(line.startswith("toll: killed 9") for line in told)


@pytest.mark.parametrize("text", ["", "Nothing happened.", "Rain fell on the market, and 5 umbrellas were sold."])
def test_a_sentence_of_no_harm_is_said_to_tell_none(command: Command, text: str) -> None:
    result = command("rules", "try", text)
    assert result.status in (0, 2)
    assert "toll:" not in result.out


@pytest.mark.parametrize("judged", [True, False])
def test_what_try_shows_is_what_coding_does(judged: bool) -> None:
    """The steps that are shown and the steps that are taken come to the same figures."""
    from recount import river
    from recount.extract import Reader, cues, toll_claims
    from recount.extract.trace import trace
    from recount.read import passages, report_from_text
    from recount.samples import folder

    for path in sorted(folder().glob("*.txt")):
        report = report_from_text(path.read_text(encoding="utf-8"), name=path.stem)
        reader = Reader(report, passages(report), cues(report.text), "", use_judge=judged)
        days = river.day_items(report)
        shown = [f.mention for t in trace(reader, days) for f in t.fates if f.stands]
        taken = list(toll_claims(reader, days, lambda start, end: ()))
        assert [(m.start, m.end, m.harm) for m in shown] == [(c.start, c.end, c.value.harm) for c in taken]  # type: ignore[union-attr]


# ---------------------------------------------------------------------------------------------------- check


def edit(folder: Path, name: str, old: str, new: str) -> None:
    """Change the first place where `old` stands in a rule file."""
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text, old
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def append(folder: Path, name: str, text: str) -> None:
    """Add to the end of a rule file."""
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(text)


def test_every_fault_is_found_at_once(own_rules: Path, with_rules: Run) -> None:
    before = {(f["where"], f["what"]) for f in json.loads(with_rules("check", "--json").stdout)}
    rule = '\n[[rule]]\nname = "trial"\nsays = "A trial."\n'
    append(own_rules, "patterns/en/tolls.toml", rule + 'pattern = "< COUNTD > [ KILLED ]"\nstrenght = 3\n')
    append(
        own_rules,
        "patterns/en/tolls.toml",
        '\n[[rule]]\nname = "second trial"\npattern = "< COUNTED [ KILLED ]"\neffect = "subsett"\n',
    )
    edit(own_rules, "lexicons/en/people.toml", '"civilian", ', '"civilian", "soldier", ')
    edit(own_rules, "lexicons/en/structure.toml", "BE = [", 'BEE = ["zz"]\nBE = [')
    edit(own_rules, "cues/en/kinds.toml", 'kind = "airstrike"', 'kind = "airstrik"')
    edit(own_rules, "cues/en/attributions.toml", 'shape = "accuse"', 'shape = "acuse"')
    edit(own_rules, "cues/en/evidence.toml", "offered = [", "offerd = [")
    edit(own_rules, "lexicons/en/furniture.toml", 'examples = ["Dark Mode"', 'examples = ["Nine men died."')
    edit(own_rules, "gazetteers/actors/africa.toml", 'side = "armed_group"', 'side = "armed_grup"')
    edit(own_rules, "codebook/kinds.toml", 'kinds = ["clash"]', 'kinds = ["brawl"]')
    edit(
        own_rules,
        "patterns/en/dates.toml",
        'examples = [{ text = "2025-03-11", on = "2025-03-20", is = ["2025-03-11"] }]',
        'examples = [{ text = "2025-03-11", on = "2025-03-20", is = ["2025-03-12"] }]',
    )
    result = with_rules("check", "--json")
    assert result.returncode == 1
    new = [f for f in json.loads(result.stdout) if (f["where"], f["what"]) not in before]
    told = [f"{f['where']}: {f['what']}. {f['do']}" for f in new]
    for parts in (
        ["patterns/en/tolls.toml, rule 'trial'", "unknown slot 'COUNTD'", "COUNTED"],
        ["rule 'trial'", "unknown key 'strenght'", "strength"],
        ["rule 'trial'", "no 'examples'"],
        ["rule 'second trial'", "no 'says'"],
        ["rule 'second trial'", "unknown effect 'subsett'", "subset"],
        ["rule 'second trial'", "'<' and '>' do not pair"],
        ["people.toml", "'soldier' stands in state_forces and in civilians"],
        ["structure.toml", "unknown class 'BEE'", "BE"],
        ["kinds.toml", "unknown kind 'airstrik'", "airstrike"],
        ["attributions.toml", "unknown shape 'acuse'", "accuse"],
        ["evidence.toml", "unknown key 'offerd'", "offered"],
        ["furniture.toml", "Nine men died."],
        ["africa.toml", "unknown side 'armed_grup'", "armed_group"],
        ["codebook/kinds.toml", "brawl"],
        ["dates.toml, rule 'iso'", "2025-03-12"],
    ):  # fmt: skip
        assert any(all(part in line for part in parts) for line in told), (parts, told)


@pytest.mark.parametrize(
    ("name", "text", "named"),
    [
        ("lexicons/en/harm.toml", "[[harm\n", "not readable as TOML"),
        ("lexicons/en/hram.toml", "", "Did you mean lexicons/en/harm.toml?"),
    ],
)
def test_a_broken_or_strange_file_is_named(own_rules: Path, with_rules: Run, name: str, text: str, named: str) -> None:
    (own_rules / name).write_text(text, encoding="utf-8")
    result = with_rules("check")
    assert result.returncode == 1
    assert name in result.stdout
    assert named in result.stdout


def test_a_missing_file_is_named(own_rules: Path, with_rules: Run) -> None:
    (own_rules / "cues/en/scope.toml").unlink()
    result = with_rules("check")
    assert result.returncode == 1
    assert "cues/en/scope.toml: the file is missing" in result.stdout


def test_an_example_that_fails_shows_what_was_found(own_rules: Path, with_rules: Run) -> None:
    edit(own_rules, "patterns/en/tolls.toml", "Five soldiers were killed when", "Six soldiers were killed when")
    result = with_rules("check")
    assert "gives killed state_forces 6-6 instead of killed state_forces 5-5" in result.stdout


def test_the_folder_that_ships_has_no_fault(command: Command) -> None:
    faults = command("rules", "check", "--json").json
    assert faults == []


@pytest.mark.parametrize("verb", [["rules", "check"], ["code", "report.txt"]])
def test_a_rule_folder_that_is_not_there_is_named(verb: list[str], tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("Nine soldiers were killed in a raid.")
    result = subprocess.run(
        [sys.executable, "-c", "from recount.cli.main import main; main()", *verb],
        capture_output=True, text=True, check=False, cwd=tmp_path, env={**os.environ, "RECOUNT_RULES": "nowhere"},
    )  # fmt: skip
    assert result.returncode == 2
    assert "nowhere: no such rule folder" in result.stderr
    assert "Traceback" not in result.stderr


# ---------------------------------------------------------------------------------------------------- diff


def test_a_lost_word_loses_its_claims_and_a_new_word_gains_some(
    command: Command, own_rules: Path, tmp_path: Path
) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "one.txt").write_text("Nine soldiers paid with their lives in an ambush by militants on 3 March 2031.")
    (reports / "two.txt").write_text("Five soldiers were massacred in a raid by militants on 3 March 2031.")
    edit(own_rules, "lexicons/en/harm.toml", '"massacred", ', "")
    edit(own_rules, "lexicons/en/harm.toml", "passive = [", 'passive = ["paid with their lives", ')
    found = command("rules", "diff", OWN, own_rules, reports, "--no-judge", "--json").json
    tolls = {
        kind: [(c["report"], c["value"]) for c in found[kind] if c["prop"] == "toll"] for kind in ("gained", "lost")
    }
    assert tolls == {
        "gained": [("one", "9 killed, state forces asserted")],
        "lost": [("two", "5 killed, state forces asserted")],
    }
    result = command("rules", "diff", OWN, own_rules, reports, "--no-judge")
    assert "+ one  toll 9 killed, state forces" in result.out
    assert "- two  toll 5 killed, state forces" in result.out


def test_the_same_folder_twice_changes_nothing(command: Command, own_rules: Path, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("Nine soldiers were killed in a raid by militants on 3 March 2031.")
    found = command("rules", "diff", OWN, own_rules, "one.txt", "--json").json
    assert (found["gained"], found["lost"], found["changed"]) == ([], [], [])
    assert found["kept"] > 0


def test_inputs_that_cannot_be_coded_are_named(command: Command, own_rules: Path, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("Nine soldiers were killed in a raid by militants on 3 March 2031.")
    (tmp_path / "two.txt").write_bytes(b"\x00\x01\x02\xff" * 40)
    result = command("rules", "diff", OWN, own_rules, "one.txt", "two.txt")
    assert result.status == 1
    assert "two.txt" in result.out


def test_a_faulty_side_of_a_comparison_is_named(command: Command, own_rules: Path, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("Nine soldiers were killed in a raid by militants.")
    edit(own_rules, "patterns/en/tolls.toml", "BE BEEN", "BEE BEEN")
    result = command("rules", "diff", OWN, own_rules, "one.txt")
    assert result.status == 2
    assert "unknown slot 'BEE'" in result.err
    assert command("rules", "diff", OWN, "nowhere", "one.txt").status == 2


def test_a_claim_read_otherwise_is_neither_gained_nor_lost() -> None:
    old = Said("r", 0, 4, "toll", "nine", "9 killed", "nine", "tolls.passive")
    new = Said("r", 0, 4, "toll", "nine", "9 wounded", "nine", "tolls.active")
    found = compare([old], [new])
    assert (found.gained, found.lost, found.changed, found.kept) == ((), (), ((old, new),), 0)


# ---------------------------------------------------------------------------------------------------- card, folder, copy


def test_the_card_holds_every_slot_and_fits_a_page(command: Command) -> None:
    from recount.extract.patterns import EFFECTS
    from recount.extract.phrases import SYMBOLS

    page = command("rules", "card").out.splitlines()
    assert max(map(len, page)) <= 80
    assert len(page) <= 66
    words = {word for line in page for word in line.split()}
    assert {*SYMBOLS, *EFFECTS} <= words
    halves = [half for line in page for half in (line[:40], line[40:])]
    assert all(any(f" {name} " in f" {half} " for half in halves) for name in SYMBOLS)


def test_the_folder_is_told_and_copied_whole_but_for_code(command: Command, own_rules: Path) -> None:
    assert Path(command("rules", "folder").out.strip()) == OWN
    names = {p.relative_to(OWN).as_posix() for p in OWN.rglob("*") if p.is_file() and p.suffix not in (".py", ".pyc")}
    assert {p.relative_to(own_rules).as_posix() for p in own_rules.rglob("*") if p.is_file()} == names
    assert command("rules", "copy", "mine").status == 2


def test_a_copied_folder_is_the_same_pack(own_rules: Path) -> None:
    script = "from recount.rules import pack_hash; print(pack_hash())"
    packs = {
        subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True, env={**os.environ, **more}
        ).stdout
        for more in ({}, {"RECOUNT_RULES": str(own_rules)})
    }
    assert len(packs) == 1


def test_the_help_names_every_verb(command: Command) -> None:
    page = command("rules", "--help").out
    assert all(f"\n  {verb} " in page for verb in ("try", "check", "diff", "swap", "card", "folder", "copy"))


def test_the_page_on_rules_names_only_verbs_that_there_are(command: Command) -> None:
    page = (Path(__file__).parents[2] / "docs" / "writing-rules.md").read_text(encoding="utf-8")
    told = set(re.findall(r"recount rules ([a-z]+)", page))
    there = set(re.findall(r"^  ([a-z]+) +\S", command("rules", "--help").out.partition("Commands:")[2], re.MULTILINE))
    assert there - told == set()
    assert told - there == set()
