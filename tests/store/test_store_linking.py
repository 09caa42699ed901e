"""Incidents, links and judgements: the current ones, and the past that stays."""

from __future__ import annotations

import pytest
from homes import MadeHome
from made_records import linked, made_coding, made_report
from msgspec.structs import replace
from sqlalchemy.exc import IntegrityError

from recount.errors import LedgerError, NotFound
from recount.records import Coding, Days
from recount.review.judgements import make_judgement
from recount.store.contract import Ledger

AT = "2025-03-04T10:00:00Z"


@pytest.fixture
def codings(ledger: Ledger) -> list[Coding]:
    made = [made_coding(made_report(name, day=day)) for name, day in (("Aban", 9), ("Bur", 2), ("Cor", None))]
    ledger.keep(made)
    return made


def test_incidents_and_links_are_the_ones_given(ledger: Ledger, codings: list[Coding]) -> None:
    incidents, links = linked(codings)
    ledger.relink(incidents, links)
    assert [i.label for i in ledger.incidents()] == ["clash at Bur", "clash at Aban", "clash at Cor"]
    assert sorted(k.id for k in ledger.links()) == sorted(k.id for k in links)
    assert ledger.incident(incidents[0].id) == incidents[0]
    assert ledger.find(incidents[0].id[:10]) == incidents[0].id


def test_linking_the_same_again_changes_nothing(ledger: Ledger, codings: list[Coding], home: MadeHome) -> None:
    ledger.relink(*linked(codings))
    before = home.rows()
    ledger.relink(*linked(codings))
    assert home.rows() == before


def test_a_link_no_longer_made_is_ended_and_stays(ledger: Ledger, codings: list[Coding]) -> None:
    ledger.relink(*linked(codings))
    gone = linked(codings)[1][0]
    ledger.relink(*linked(codings[1:]))
    assert gone.id not in {k.id for k in ledger.links()}
    past = {k.id: k for k in ledger.links(ended=True)}
    assert past[gone.id].ended is not None
    assert "superseded" in past[gone.id].ended
    assert replace(past[gone.id], ended=None) == gone
    assert len(list(ledger.incidents())) == 2
    assert ledger.incident(gone.incident).label == "clash at Aban"


def test_a_link_with_another_score_replaces_the_old_one(ledger: Ledger, codings: list[Coding]) -> None:
    ledger.relink(*linked(codings))
    ledger.relink(*linked(codings, score=7.0))
    assert {k.score for k in ledger.links()} == {7.0}
    assert sorted(k.score for k in ledger.links(ended=True)) == [1.0] * 3 + [7.0] * 3


def test_a_link_made_again_after_its_end_stands_again(ledger: Ledger, codings: list[Coding]) -> None:
    for some in (codings, codings[1:], codings):
        ledger.relink(*linked(some))
    assert len(list(ledger.links())) == 3
    assert len(list(ledger.links(ended=True))) == 4


def test_the_linkers_own_reason_for_an_end_is_kept(ledger: Ledger, codings: list[Coding]) -> None:
    incidents, links = linked(codings)
    ledger.relink(incidents, links)
    ledger.relink(incidents, [replace(links[0], ended="a person said: different"), *links[1:]])
    assert [k.ended for k in ledger.links(ended=True) if k.ended] == ["a person said: different"]


def test_an_incident_is_brought_up_to_date(ledger: Ledger, codings: list[Coding]) -> None:
    incidents, links = linked(codings)
    ledger.relink(incidents, links)
    changed = replace(incidents[0], label="ambush", days=Days())
    ledger.relink([changed, *incidents[1:]], links)
    assert ledger.incident(changed.id) == changed
    assert [i.label for i in ledger.incidents()][-1] != "clash at Aban"


def test_a_link_to_no_incident_is_refused_and_nothing_is_changed(ledger: Ledger, codings: list[Coding]) -> None:
    incidents, links = linked(codings)
    ledger.relink(incidents, links)
    with pytest.raises(LedgerError):
        ledger.relink(incidents, [*links[1:], replace(links[0], id="l_new", incident="i_none")])
    assert len(list(ledger.links())) == 3
    assert [k for k in ledger.links(ended=True) if k.ended] == []


def test_ends_cannot_be_taken_back_nor_links_rewritten(ledger: Ledger, codings: list[Coding], home: MadeHome) -> None:
    ledger.relink(*linked(codings))
    ledger.relink(*linked(codings[1:]))
    for change in ("ended = NULL", "ended = 'other'", "body = '{}'", "incident = incident || 'x', ended = 'x'"):
        with pytest.raises(IntegrityError, match="ended once"):
            home.run(f"UPDATE links SET {change}")


def test_the_mark_of_linking_falls_behind_with_codings_and_judgements(ledger: Ledger, codings: list[Coding]) -> None:
    assert ledger.linked() is None
    ledger.relink(*linked(codings), ledger.state())
    assert ledger.linked() == ledger.state()
    ledger.keep([made_coding(codings[0].report)])
    assert ledger.linked() == ledger.state()
    ledger.judge(make_judgement("same", ["e_1", "e_2"], "ana", AT))
    assert ledger.linked() != ledger.state()
    ledger.relink(*linked(codings), ledger.state())
    ledger.keep([made_coding(codings[0].report, pack="p2")])
    assert ledger.linked() != ledger.state()


def test_judgements_come_oldest_first_and_once(ledger: Ledger) -> None:
    first = make_judgement("same", ["e_1", "e_2"], "ana", AT)
    undo = make_judgement("undo", [], "ben", AT, undoes=first.id)
    for judgement in (first, undo, first):
        ledger.judge(judgement)
    assert list(ledger.judgements()) == [first, undo]


def test_a_judgement_that_undoes_nothing_is_not_found(ledger: Ledger) -> None:
    with pytest.raises(NotFound):
        ledger.judge(make_judgement("undo", [], "ben", AT, undoes="j_none"))
    assert list(ledger.judgements()) == []
