"""The sample reports: enough of them, all readable, in the forms and voices that they promise."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from recount import samples
from recount.read import inputs, read
from recount.records import Report, SetAside
from recount.settings import Settings


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    """All sample reports, as read."""
    found = [
        item
        for path in inputs([samples.folder()])
        for item in ([path] if isinstance(path, SetAside) else read(path, Settings()))
    ]
    assert [item for item in found if isinstance(item, SetAside)] == []
    return [item for item in found if isinstance(item, Report)]


def test_there_are_enough_and_none_is_told_twice(reports: list[Report]) -> None:
    assert len(reports) >= 24
    assert len({report.id for report in reports}) == len(reports)
    assert len({report.name for report in reports}) == len(reports)


def test_every_form_of_input_is_there() -> None:
    endings = Counter(path.suffix for path in samples.folder().iterdir())
    assert {".txt", ".json", ".jsonl", ".html"} == set(endings)
    assert endings[".html"] >= 2


def test_the_read_me_names_every_report_and_no_other(reports: list[Report]) -> None:
    manifest = (samples.folder().parent / "README.md").read_text(encoding="utf-8")
    named = {re.sub(r"\.(txt|html|json)$", "", name) for name in re.findall(r"`([\w.-]+)`", manifest)}
    assert named - {"wire.jsonl"} == {report.name for report in reports}
    assert f"{len(reports)} reports" in manifest


def test_the_furniture_of_pages_is_left_behind(reports: list[Report]) -> None:
    pages = [report for report in reports if str(report.source).endswith(".html")]
    for page in pages:
        assert page.published is not None
        assert page.outlet
        assert not re.search(r"cookie|newsletter|advertisement|Dark mode|Most read", page.text, re.IGNORECASE)


def test_one_report_is_in_urdu(reports: list[Report]) -> None:
    assert [report.name for report in reports if report.language == "ur"] == ["quetta-1-urdu"]


def test_the_stories_are_of_one_year(reports: list[Report]) -> None:
    assert {report.published.year for report in reports if report.published} == {2025}


def test_no_address_leads_to_a_real_site(reports: list[Report]) -> None:
    hosts = [re.match(r"https://([^/]+)", report.url) for report in reports if report.url]
    assert all(host and host[1].endswith(".example") for host in hosts)
