"""A release: described, checked, dated; never over other things; what changed since the last, and why."""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace as changed

from recount.errors import WrongUse
from recount.export.codebook import codebook
from recount.export.publishing import Release, publish
from recount.export.releases import next_version
from recount.reconcile import RULE_SETS
from recount.store import Ledger

FIRST = Release(title="Sample claims", name="sample-claims", version="1.0.0", licence="CC-BY-4.0", day=date(2026, 1, 2))


@dataclass
class Files:
    """The content of a release by path."""

    folder: Path

    def all(self) -> dict[str, bytes]:
        return {p.relative_to(self.folder).as_posix(): p.read_bytes() for p in self.folder.rglob("*") if p.is_file()}


def test_every_table_is_described_as_it_is(ledger: Ledger, tmp_path: Path) -> None:
    publish(ledger, tmp_path / "out", FIRST)
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    assert (package["version"], package["licenses"]) == ("1.0.0", [{"name": "CC-BY-4.0"}])
    for resource in package["resources"]:
        raw = (tmp_path / "out" / resource["path"]).read_bytes()
        assert resource["bytes"] == len(raw)
        assert resource["hash"] == "sha256:" + hashlib.sha256(raw).hexdigest()
        head = next(csv.reader(raw.decode("utf-8").splitlines()))
        assert [field["name"] for field in resource["schema"]["fields"]] == head
        assert all(field["description"] for field in resource["schema"]["fields"])
    sums = (tmp_path / "out" / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    summed = {line.split("  ")[1]: line.split("  ")[0] for line in sums}
    files = Files(tmp_path / "out").all()
    assert summed == {n: hashlib.sha256(raw).hexdigest() for n, raw in files.items() if n != "SHA256SUMS"}


def test_the_same_ledger_and_release_give_the_same_bytes(ledger: Ledger, tmp_path: Path) -> None:
    publish(ledger, tmp_path / "one", FIRST)
    publish(ledger, tmp_path / "two", FIRST)
    assert Files(tmp_path / "one").all() == Files(tmp_path / "two").all()


def test_no_text_of_a_report_is_published(ledger: Ledger, tmp_path: Path) -> None:
    publish(ledger, tmp_path / "out", FIRST)
    everything = b"".join(Files(tmp_path / "out").all().values())
    assert b"We value your privacy" not in everything


def test_changes_since_the_last_release_have_reasons(ledger: Ledger, later: Any, tmp_path: Path) -> None:
    publish(ledger, tmp_path / "one", FIRST)
    assert publish(ledger, tmp_path / "same", FIRST, tmp_path / "one") == []
    fresh = changed(later.report, id="r_ffffffffffffffff", name="fresh")
    claim = changed(later.claims[0], id="c_ffffffffffffffff", report=fresh.id)
    ledger.keep([changed(later.coding(), report=fresh, claims=(claim,), event_reports=(), attributions=())])
    kept = list(ledger.incidents())
    ledger.relink([changed(kept[0], event_reports=kept[0].event_reports[:2]), *kept[1:]], [])
    found = {(c.table, c.id): c for c in publish(ledger, tmp_path / "two", FIRST, tmp_path / "one")}
    assert found["claims", claim.id].reason == "its report is new"
    assert found["incidents", kept[0].id].change == "changed"
    assert "linked elsewhere" in found["incidents", kept[0].id].reason
    assert all(c.reason for c in found.values())
    rows = list(csv.DictReader((tmp_path / "two" / "data" / "changes.csv").open(encoding="utf-8", newline="")))
    assert {(row["table"], row["id"]) for row in rows} == set(found)
    back = {c.id: c for c in publish(ledger, tmp_path / "three", FIRST, tmp_path / "two")}
    assert back == {}


def test_versions_grow() -> None:
    assert next_version(None) == "1.0.0"


def test_the_version_after_a_release(ledger: Ledger, tmp_path: Path) -> None:
    publish(ledger, tmp_path / "out", FIRST)
    assert next_version(tmp_path / "out") == "1.1.0"


def test_nothing_of_the_users_is_overwritten(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(WrongUse, match="holds other things"):
        publish(ledger, tmp_path / "mine", FIRST)
    assert (tmp_path / "mine" / "thesis.txt").read_text(encoding="utf-8") == "years of work"
    with pytest.raises(WrongUse, match="no release here"):
        publish(ledger, tmp_path / "out", FIRST, tmp_path / "mine")
    assert not (tmp_path / "out").exists()


def test_the_codebook_names_every_rule_set() -> None:
    text = codebook(["abc"])
    assert all(f"| {name} | {rules.version} |" in text for name, rules in RULE_SETS.items())
    assert "| claim_id |" in text
    assert "abc" in text
