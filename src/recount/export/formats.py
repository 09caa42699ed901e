"""Every format by name: what is in it, the forms that it can be written in, and how it is written with its losses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from recount.errors import RecountError, WrongUse
from recount.export.losses import Losses, write_report
from recount.reconcile import rule_set
from recount.records import Record

if TYPE_CHECKING:
    from recount.store.contract import Ledger

Progress = Callable[[int], None]


class Format(Record, frozen=True):
    """One format. `rules` is the rule set of its figures, empty where it holds claims and no figures.

    `fixed` says that its codebook asks for this rule set. `forms` are the endings of its files, the first by default;
    those in `binary` are written to a file only. `listing` says that its loss report lists claims one by one.
    """

    title: str
    forms: tuple[str, ...]
    standard: str = ""
    rules: str = ""
    binary: tuple[str, ...] = ()
    listing: bool = True


class Asked(Record, frozen=True):
    """What is to be written, and how."""

    what: str
    form: str
    rules: str
    jobs: int = 1


FORMATS: dict[str, Format] = {
    "claims": Format(
        title="every claim: who said it, the exact words, the value as said and as read",
        forms=("jsonl", "csv", "parquet"),
        binary=("parquet",),
        listing=False,
    ),
    "incidents": Format(
        title="one row for each incident: what is claimed by harm and side, and the figures of a rule set",
        forms=("jsonl", "csv", "geojson", "hxl", "parquet"),
        binary=("parquet",),
        rules="representative",
    ),
    "codings": Format(title="what `recount code` prints, one object a report", forms=("jsonl",)),
    "event-reports": Format(
        title="the report-level table: claimant, target, loss, window and value, one row for each figure of each report",
        forms=("csv", "parquet"),
        binary=("parquet",),
    ),
    "ged": Format(title="UCDP GED, 49 columns", forms=("csv",), standard="UCDP GED 25.1", rules="ucdp"),
    "acled": Format(title="ACLED, 31 columns", forms=("csv",), standard="ACLED 2025", rules="acled"),
    "gtd": Format(title="GTD, 135 columns", forms=("csv",), standard="GTD June 2017", rules="gtd"),
    "plover": Format(
        title="PLOVER records: accounts, accusations and denials",
        forms=("jsonl",),
        standard="PLOVER 2.0 draft",
        rules="representative",
    ),
    "ftm": Format(
        title="FollowTheMoney entities", forms=("jsonl",), standard="FollowTheMoney 4", rules="representative"
    ),
    "ftm-statements": Format(
        title="FollowTheMoney statements", forms=("csv",), standard="FollowTheMoney 4", rules="representative"
    ),
    "workbook": Format(
        title="incidents, event reports and claims as an Excel workbook with a codebook",
        forms=("xlsx",),
        binary=("xlsx",),
        rules="representative",
        listing=False,
    ),
    "database": Format(
        title="the same tables as one SQLite file",
        forms=("sqlite",),
        binary=("sqlite",),
        rules="representative",
        listing=False,
    ),
}
"""All formats that `recount export` writes."""


ENTERED = ("ged", "acled", "gtd", "plover", "ftm", "ftm-statements")
"""Formats that enter incidents and are written piece by piece."""


def known(what: str, form: str | None = None, rules: str | None = None, jobs: int = 1) -> Asked:
    """The format, form and rule set asked for, with the defaults filled in; WrongUse names the nearest ones."""
    if what not in FORMATS:
        near = get_close_matches(what, FORMATS, 1)
        hint = f"Did you mean {near[0]!r}? " if near else ""
        raise WrongUse(f"{what!r} is no format", "", f"{hint}There are: {', '.join(FORMATS)}.")
    format = FORMATS[what]
    chosen = form or format.forms[0]
    if chosen not in format.forms:
        raise WrongUse(
            f"{what} cannot be written as {chosen}",
            "",
            "There are: " + ", ".join(f"{what}.{f}" for f in format.forms) + ".",
        )
    if rules and not format.rules:
        raise WrongUse(f"{what} holds claims and no figures, so no rule set applies", "", "Leave --rules away.")
    return Asked(what=what, form=chosen, rules=rule_set(rules or format.rules).name if format.rules else "", jobs=jobs)


def write(ledger: Ledger, asked: Asked, out: TextIO | Path, losses: Losses, progress: Progress | None = None) -> None:
    """Write one format to an open UTF-8 stream (a path for a binary form), noting the fate of claims in `losses`.

    The stream is to be opened with `newline=""`. MissingExtra where the form needs a library that is not there.
    """
    entered = asked.what in ENTERED or (asked.what == "incidents" and asked.form != "parquet")
    if entered and not isinstance(out, Path):
        from recount.export.running import write_entered

        name = f"{asked.what}.{asked.form}" if asked.what == "incidents" else asked.what
        write_entered(ledger, out, losses, name, asked.rules, jobs=asked.jobs, progress=progress)
        return
    writer = _WRITERS[asked.what, asked.form]
    getattr(import_module(f"recount.export.{writer[0]}"), writer[1])(ledger, out, losses, asked)


_WRITERS: dict[tuple[str, str], tuple[str, str]] = {
    ("claims", "jsonl"): ("whole", "claims_jsonl"),
    ("claims", "csv"): ("whole", "claims_csv"),
    ("claims", "parquet"): ("parquet", "write_claims"),
    ("codings", "jsonl"): ("whole", "codings_jsonl"),
    ("incidents", "parquet"): ("parquet", "write_incidents"),
    ("event-reports", "csv"): ("whole", "event_reports_csv"),
    ("event-reports", "parquet"): ("parquet", "write_event_reports"),
    ("workbook", "xlsx"): ("workbook", "write"),
    ("database", "sqlite"): ("database", "write"),
}


def held_facets(what: str) -> tuple[str, ...]:
    """What a format says of a claim beside its value: its words, speakers, hedge and standing."""
    if what in ("claims", "workbook", "database"):
        return ("words", "speakers", "chain of speakers", "hedge", "standing")
    if what in ("codings", "ftm", "ftm-statements"):
        return ("words", "speakers")
    if what == "event-reports":
        what = "event_reports"
    if what in ("ged", "acled", "gtd", "event_reports"):
        from recount.export.schemas import schema

        return schema(what).facets
    return ()


@contextmanager
def accounted(asked: Asked, out: Path) -> Iterator[Losses]:
    """Counts what an export to `out` loses, and writes `<out>.losses.json` and `<out>.claims.csv` beside it.

    Both appear under their names only when the export is whole. RecountError where they cannot be written.
    """
    listing = out.with_name(out.name + ".claims.csv")
    part = listing.with_name(listing.name + ".part")
    try:
        if FORMATS[asked.what].listing:
            with part.open("w", encoding="utf-8", newline="") as stream:
                losses = Losses(held_facets(asked.what), stream)
                yield losses
            part.replace(listing)
        else:
            losses = Losses(held_facets(asked.what))
            yield losses
        write_report(out.with_name(out.name + ".losses.json"), report_of(asked, losses, out.name))
    except OSError as fault:
        raise RecountError(
            f"the loss report cannot be written ({fault.strerror or fault})", str(out), "Name another folder."
        ) from fault
    finally:
        part.unlink(missing_ok=True)


def report_of(asked: Asked, losses: Losses, file: str) -> dict[str, Any]:
    """The loss report of an export, headed by what was written under which rule set."""
    from importlib.metadata import version

    format = FORMATS[asked.what]
    ruled = rule_set(asked.rules) if asked.rules else None
    return losses.report(
        format=asked.what,
        form=asked.form,
        standard=format.standard,
        file=file,
        made_with=f"Recount {version('recount')}",
        rule_set={"name": ruled.name, "version": ruled.version, "rule": ruled.rule} if ruled else None,
    )
