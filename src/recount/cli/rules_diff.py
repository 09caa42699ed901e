"""What `recount rules diff` finds: claims gained and lost between two rule folders on the same reports.

Each side runs in a process of its own, since a process reads one rule folder only: `python -m recount.cli.rules_diff
REPORTS` codes with the folder that the setting `rules` names, and writes one claim a line.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from recount.errors import RecountError, WrongUse
from recount.records import SetAside
from recount.settings import environment


class Said(Struct, frozen=True, order=True, array_like=True):
    """One claim as a comparison sees it; `report` is the report's name, `rule` is not compared."""

    report: str
    start: int
    end: int
    prop: str
    said: str
    value: str
    quote: str
    rule: str

    @property
    def identity(self) -> tuple[str, int, int, str, str]:
        """What makes it the same claim, however it is read."""
        return self.report, self.start, self.end, self.prop, self.said


class Difference(Struct, frozen=True, kw_only=True):
    """Claims that only one folder finds, and those that both find and read differently (old, new)."""

    reports: int
    kept: int
    gained: tuple[Said, ...]
    lost: tuple[Said, ...]
    changed: tuple[tuple[Said, Said], ...]
    aside: tuple[SetAside, ...] = ()
    """Inputs that one side or both could not code."""


def difference(old: Path, new: Path, reports: list[str], *, use_judge: bool) -> Difference:
    """Code the reports with both folders and compare; RecountError where one side cannot."""
    for folder in (old, new):
        if not folder.is_dir():
            raise WrongUse("no such rule folder", str(folder), "Make one with: recount rules copy FOLDER")
    running = [_start(folder, reports, use_judge=use_judge) for folder in (old, new)]
    before, after = (_finish(process, folder) for process, folder in zip(running, (old, new), strict=True))
    asides = {item for item in (*before, *after) if isinstance(item, SetAside)}
    found = compare(*([item for item in side if isinstance(item, Said)] for side in (before, after)))
    return replace(found, aside=tuple(sorted(asides, key=lambda item: (item.source, item.reason))))


def compare(before: list[Said], after: list[Said]) -> Difference:
    """Two lists of claims of the same reports."""
    one, other = {s.identity: s for s in before}, {s.identity: s for s in after}
    both = one.keys() & other.keys()
    changed = sorted((one[k], other[k]) for k in both if one[k].value != other[k].value)
    return Difference(
        reports=len({s.report for s in (*before, *after)}),
        kept=len(both) - len(changed),
        gained=tuple(sorted(other[k] for k in other.keys() - one.keys())),
        lost=tuple(sorted(one[k] for k in one.keys() - other.keys())),
        changed=tuple(changed),
    )


def as_rows(found: Difference) -> dict[str, object]:
    """A difference for JSON, claims as objects."""

    def row(claim: Said) -> dict[str, object]:
        return {name: getattr(claim, name) for name in Said.__struct_fields__}

    return {
        "reports": found.reports,
        "kept": found.kept,
        "gained": [row(c) for c in found.gained],
        "lost": [row(c) for c in found.lost],
        "changed": [{"old": row(old), "new": row(new)} for old, new in found.changed],
        "set_aside": found.aside,
    }


def lines(found: Difference) -> Iterator[str]:
    """A difference to be read: + gained, - lost, ~ read otherwise."""
    from recount.cli.words import line, many

    def told(c: Said) -> str:
        return f"{c.report}  {c.prop} {c.value}  {c.rule}  “{line(c.quote)}”"

    yield from (f"+ {told(c)}" for c in found.gained)
    yield from (f"- {told(c)}" for c in found.lost)
    yield from (f"~ {told(new)}, was {old.value}  {old.rule}" for old, new in found.changed)
    counts = f"{len(found.gained):,} gained, {len(found.lost):,} lost, {len(found.changed):,} read otherwise"
    yield f"{counts}, {found.kept:,} kept; {many(found.reports, 'report')} with claims"


def _start(folder: Path, reports: list[str], *, use_judge: bool) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "recount.cli.rules_diff", *reports]
    child = environment(rules=folder.absolute(), judge=use_judge)
    return subprocess.Popen(command, env=child, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def _finish(process: subprocess.Popen[bytes], folder: Path) -> list[Said | SetAside]:
    import msgspec

    out, err = process.communicate()
    if process.returncode:
        said = err.decode(errors="replace").strip()
        raise RecountError(said.splitlines()[0] if said else "coding failed", str(folder), "Try: recount rules check")
    kinds: dict[bool, type[Said] | type[SetAside]] = {True: Said, False: SetAside}
    return [msgspec.json.decode(line, type=kinds[line.startswith(b"[")]) for line in out.splitlines()]


def write_claims(paths: list[str]) -> None:
    """Code reports with this process's rule folder; one claim a line on standard output."""
    import msgspec

    from recount.cli.words import value_text
    from recount.engine import local
    from recount.settings import load_settings

    for coding in local.code_all(paths, load_settings()):
        if isinstance(coding, SetAside):
            sys.stdout.buffer.write(msgspec.json.encode(coding) + b"\n")
            continue
        for c in coding.claims:
            value = f"{value_text(c.value)} {c.modality}"
            said = Said(coding.report.name, c.start, c.end, c.property, c.said, value, c.quote, c.rule)
            sys.stdout.buffer.write(msgspec.json.encode(said) + b"\n")


def _side() -> None:
    """The process of one side: a fault is one line on standard error."""
    try:
        write_claims(sys.argv[1:])
    except RecountError as fault:
        print(fault, file=sys.stderr)
        raise SystemExit(2) from None


if __name__ == "__main__":
    _side()
