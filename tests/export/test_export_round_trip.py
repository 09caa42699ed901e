"""What a format can hold comes back from its file: export, import, and the same figures, days and places."""

from __future__ import annotations

import io
from pathlib import Path

import made_worlds
import pytest
from hypothesis import HealthCheck, given, settings

from recount.export import event_reports, formats
from recount.export.ground import ground_from
from recount.export.losses import Losses
from recount.export.running import worked
from recount.export.shapes import shape
from recount.read.imports import imported
from recount.records import Coding, Toll
from recount.store import Ledger
from recount.store.left import Overlay
from recount.store.replay import Decided

WORLDS = {
    "max_examples": 25,
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large],
}


@settings(**WORLDS)  # type: ignore[arg-type]
@given(world=made_worlds.worlds())
def test_ged_comes_back_with_its_deaths(tmp_path_factory: pytest.TempPathFactory, world: made_worlds.World) -> None:
    codings, incidents = world
    made = shape("ged", "ucdp")
    done = worked(ground_from(map(Overlay(Decided(last={})).over, codings), incidents), made, "ucdp")
    path = tmp_path_factory.mktemp("ged") / "ged.csv"
    path.write_text(made.head + done.text, encoding="utf-8", newline="")
    back = [item for item in imported(path, kind="ged") if isinstance(item, Coding)]
    assert len(back) == len(done.values)
    for row, coding in zip(done.values, back, strict=True):
        (event,) = coding.event_reports
        assert event.key == str(row["id"])
        assert (str(event.days.first), str(event.days.last)) == (row["date_start"], row["date_end"])
        assert (event.places[0].latitude, event.places[0].longitude) == (row["latitude"], row["longitude"])
        deaths = sum(line.toll.count.low or 0 for line in event.tolls if line.toll.count.low == line.toll.count.high)
        positive = [row[c] for c in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")]
        inner = [li for li in event.tolls if li.toll.who and li.toll.count.low == li.toll.count.high]
        assert deaths - sum(li.toll.count.low or 0 for li in inner) == sum(n for n in positive if n > 0)  # type: ignore[operator,misc]


def test_the_report_level_table_comes_back_figure_for_figure(ledger: Ledger, tmp_path: Path) -> None:
    out = io.StringIO(newline="")
    formats.write(ledger, formats.known("event-reports"), out, Losses())
    path = tmp_path / "back.csv"
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    back = [c.value for coding in imported(path) if isinstance(coding, Coding) for c in coding.claims]
    tolls = sorted((v.harm, v.side, v.count.low or -1, v.count.high or -1) for v in back if isinstance(v, Toll))
    rows = event_reports.rows(ledger)
    assert tolls == sorted((row["loss"], row["target"], row["low"] or -1, row["high"] or -1) for row in rows)
