"""The toll chart: one mark for each claim, higher figures higher, later ones further right."""

from __future__ import annotations

from datetime import date

from recount import records as r
from recount.export.page.chart import panels


def point(day: int | None, low: int | None, high: int | None, by: str = "police", claim: str = "") -> r.TollPoint:
    return r.TollPoint(
        claim=claim or f"c_{day}_{low}_{high}_{by}",
        report="r_1",
        published=date(2025, 5, day) if day else None,
        toll=r.Toll(harm="killed", side="civilians", count=r.Count(low=low, high=high)),
        by=by,
        party="state",
    )


def test_one_mark_for_each_claim_and_none_for_a_lone_one() -> None:
    assert panels([point(1, 3, 3)]) == []
    (panel,) = panels([point(1, 3, 3), point(2, 5, 5), point(2, 5, 5, by="hospital")])
    assert [mark.label for mark in panel.marks] == ["3", "5", ""]


def test_higher_is_higher_and_later_is_further_right() -> None:
    (panel,) = panels([point(1, 3, 3), point(9, 8, 8)])
    first, last = panel.marks
    assert last.y < first.y
    assert last.x > first.x


def test_marks_do_not_cover_each_other() -> None:
    (panel,) = panels([point(1, 3, 3, by=name) for name in "abcd"])
    assert len({(mark.x, mark.y) for mark in panel.marks}) == 4


def test_open_bounds_are_shown_open() -> None:
    (panel,) = panels([point(1, 3, None), point(2, None, 9)])
    assert (panel.marks[0].open_above, panel.marks[1].open_below) == (True, True)


def test_the_words_say_claimed_by() -> None:
    (panel,) = panels([point(1, 3, None), point(2, 5, 5)])
    assert "at least 3 claimed by police, published 1 May 2025" in panel.summary


def test_lines_join_figures_of_one_speaker_only() -> None:
    (panel,) = panels([point(1, 3, 3), point(2, 5, 5), point(2, 9, 9, by="hospital")])
    assert [len(line.points.split()) for line in panel.lines] == [2]


def test_claims_without_a_day_are_kept() -> None:
    (panel,) = panels([point(1, 3, 3), point(None, 4, 4)])
    assert len(panel.marks) == 2
