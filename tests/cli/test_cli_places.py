"""`recount places`: look a name up, add a country's list."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

LINE = "\t".join(
    [
        "7",
        "Tezzibar",
        "Tezzibar",
        "",
        "10.61",
        "20.61",
        "P",
        "PPL",
        "ZZ",
        "",
        "",
        "",
        "",
        "",
        "40",
        "",
        "0",
        "Etc/UTC",
        "",
    ]
)


def recount(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command, with an own folder of added places."""
    environ = {**os.environ, "RECOUNT_PLACES": str(folder)}
    script = "from recount.cli.main import main; main()"
    command = [sys.executable, "-c", script, "places", *arguments]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=False)


def test_a_country_that_is_added_is_known_from_then_on(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "ZZ.zip", "w") as file:
        file.writestr("ZZ.txt", LINE + "\n")
        file.writestr("readme.txt", "what the columns are")
    folder = tmp_path / "added"
    assert recount(folder, "find", "Tezzibar").returncode == 2
    done = recount(folder, "add", str(tmp_path / "ZZ.zip"))
    assert done.returncode == 0
    assert done.stdout.startswith("ZZ: 1 places")
    found = json.loads(recount(folder, "find", "Tezzibar", "--json").stdout)
    assert [(row["name"], row["in"], row["id"]) for row in found] == [("Tezzibar", "ZZ", "gn:7")]
    assert found[0]["why"]
    assert json.loads(recount(folder, "list", "--json").stdout)["lists"][1] == {"list": "ZZ", "places": 2}


def test_a_file_that_is_no_dump_is_named(tmp_path: Path) -> None:
    (tmp_path / "PK.txt").write_text("name,lat\nTezzibar,10\n")
    done = recount(tmp_path / "added", "add", str(tmp_path / "PK.txt"))
    assert done.returncode != 0
    assert "PK.txt:1" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "added").exists()


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = recount(tmp_path / "added", "add", str(tmp_path / "PK.zip"))
    assert "no such file" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_place_claim_shows_what_else_its_name_might_mean() -> None:
    from recount.cli.show_claim import other_readings
    from recount.records import Claim
    from recount.resolve.places import read

    place = read("Four died in Hyderabad, Sindh, on Monday.")[0]
    claim = Claim(
        id="c_1", report="r_1", passage=0, start=13, end=22, quote="Hyderabad", property="place", said="Hyderabad", value=place
    )  # fmt: skip
    found = other_readings(claim)
    assert 1 <= len(found) <= 2
    assert all("bits against" in line for line in found)
    assert any("IN" in line for line in found)
