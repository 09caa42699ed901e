"""One incident, report or claim on the screen and as JSON."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
import told_records as told
from command_runs import Command

from recount.records import Judgement
from recount.settings import Settings
from recount.store import open_ledger

INCIDENTS, _ = told.linked(told.all_tellers())
AMBUSH, OPERATION, PART = (i.id for i in INCIDENTS)


def flat(text: str) -> str:
    return " ".join(text.split())


def test_an_incident_tells_how_its_figures_evolved_and_who_said_so(command: Command, ledger: Path) -> None:
    out = flat(command("show", OPERATION).out)
    assert "raises 40 to" in out
    assert "interior minister" in out
    assert "“40 fighters were killed” — press office" in out
    assert "40→75" in out
    assert "By rule set" in out
    assert "killed 72: armed group 63, state forces 9 ucdp GED 23.1" in out  # the part inside the 75 is taken off
    assert "killed 84: armed group 75, state forces 9 informative eventreport" in out


def test_an_incident_says_what_disagrees_and_why(command: Command, ledger: Path) -> None:
    out = flat(command("show", AMBUSH).out)
    assert "interest" in out
    assert "opposed parties" in out
    assert "2–14 ≠ (2 sources)" in out
    assert "(at least)" in out
    assert "same day, same place (score 6.5)" in out


def test_an_incident_says_where_its_speakers_stand_and_what_is_offered_as_proof(command: Command, ledger: Path) -> None:
    out = flat(command("show", OPERATION).out)
    assert "(of its enemy)" in out
    assert "(of its own side)" in out
    assert "independent source" in out
    assert "What is offered as proof" in out
    assert "not mentioned" in out
    shown = command("show", OPERATION, "--json").json
    assert {p["standpoint"] for p in shown["timeline"]} >= {"concession", "claim about the enemy"}
    assert [row["item"] for row in shown["proof"]][:2] == ["names", "pictures"]
    assert sum(len(s["reports"]) for s in shown["sources"]) >= 2


def test_parts_and_wholes_name_each_other(command: Command, ledger: Path) -> None:
    assert PART[:6] in command("show", OPERATION).out
    out = flat(command("show", PART).out)
    assert "Part of: " + OPERATION[:8] in out
    assert "Mand is one of the three places" in out


def test_a_sides_label_stands_in_quotes_only(command: Command, ledger: Path) -> None:
    assert "Against: “servants of evil”" in command("show", PART).out
    assert "servants of evil" not in command("incidents").out


def test_a_report_shows_its_text_with_numbered_claims(command: Command, ledger: Path) -> None:
    out = flat(command("show", "statement-one").out)
    assert "[40 fighters were killed]1 across [Kolwa]2" in out
    assert "2 + 3 = 5" in out
    assert "the year is inferred" in out
    assert "part of e_" in out


def test_a_report_lists_statistics_apart(command: Command, ledger: Path) -> None:
    out = flat(command("show", "statement-two").out)
    assert "Statistics (no incidents) p1 “killed in the province this year”" in out
    assert "300+ killed" in out


def test_colour_instead_of_brackets_on_a_terminal(ledger: Path) -> None:
    from rich.console import Console

    from recount.cli import show_report

    book = open_ledger(ledger, settings=Settings(), create=False, readonly=True)
    screen = Console(force_terminal=True, color_system="standard", width=80, record=True, file=StringIO())
    show_report.show(book, told.first_statement().report.id, screen)
    shown = screen.export_text(styles=True)
    book.close()
    assert "[40 fighters" not in shown
    assert "\x1b[1;31m40 fighters were killed\x1b[0m" in shown
    assert "\x1b[2mMenu Home Sport Subscribe\x1b[0m" in shown


def test_a_claim_shows_its_sentence_and_derivation(command: Command, ledger: Path) -> None:
    claim = told.first_statement().claims[0]
    book = open_ledger(ledger, settings=Settings())
    book.judge(Judgement(id="j_1", decision="wrong", subjects=(claim.id,), by="editor", at="2025-04-01", why="misread"))
    book.close()
    out = flat(command("show", claim.id[:8]).out)
    assert "The press office said [40 fighters were killed] across" in out
    assert "toll/by-hand" in out
    assert "pack1" in out
    assert "claimed by press office" in out
    assert "wrong, by editor, 2025-04-01: misread" in out


def test_json_of_each(command: Command, ledger: Path) -> None:
    incident = command("show", OPERATION, "--json").json
    assert incident["type"] == "incident"
    assert {p["change"] for p in incident["timeline"]} >= {"first", "raises 40 to 75", "raises 3 to 9"}
    assert [p["id"] for p in incident["parts"]] == [PART]
    assert {f["rule_set"] for f in incident["figures"]} >= {"ucdp", "acled"}
    report = command("show", "statement-one", "--json").json
    text = report["report"]["text"]
    assert all(text[c["start"] : c["end"]] == c["quote"] for c in report["claims"])
    assert [p["kind"] for p in report["passages"]] == ["headline", "sentence", "sentence", "furniture"]
    claim = command("show", report["claims"][0]["id"], "--json").json
    assert claim["type"] == "claim"
    assert claim["sentence"]["text"].startswith("The press office")


def test_an_event_report_and_a_statistic_lead_to_their_report(command: Command, ledger: Path) -> None:
    teller = told.second_statement()
    for found in (teller.events[0].id, teller.statistics[0].id):
        assert command("show", found, "--json").json["report"]["name"] == "statement-two"


@pytest.mark.parametrize("unknown", ["i_ffffffff", "no-such-report", "c_"])
def test_an_unknown_or_ambiguous_id_is_said_in_words(command: Command, ledger: Path, unknown: str) -> None:
    result = command("show", unknown)
    assert result.status == 2
    assert result.err.startswith("recount: ")
    assert "Traceback" not in result.err


def test_hostile_text_cannot_steer_the_terminal(command: Command, tmp_path: Path) -> None:
    teller = told.Teller(
        "evil", "Out\x1b[2Jlet", told.date(2025, 1, 1), "Head\x1b]0;owned\x07line\n5 dead \x9b31m[bold]x[/bold]\u202e."
    )
    line = teller.toll("5 dead \x9b31m[bold]x[/bold]\u202e", "civilians", 5, by="po\x1b[31mlice")
    teller.event("i1", "attack", None, None, ["Nag\x1b[31m"], tolls=(line,))
    book = open_ledger(tmp_path / "recount.db", settings=Settings())
    book.keep([teller.coding()])
    book.relink([told.incident(teller.events)], [])
    book.close()
    identity = told.incident(teller.events).id
    for words in (["show", "evil"], ["show", identity], ["show", teller.claims[0].id], ["incidents"]):
        out = command(*words).out
        assert not set(out) & set("\x1b\x9b\x07\u202e")
    assert "[bold]x[/bold]" in command("show", "evil").out
