"""Tables of the field read in as claims by their source: UCDP GED, ACLED, event reports, FollowTheMoney events.

A row becomes a report whose text is its cells, one a line, so that nothing is lost and every claim has its exact words.
The outlet of the report is the source ("UCDP GED"), so its figures stand beside those of the texts and are compared
with them like any others.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from recount.errors import UnreadableInput, WrongUse
from recount.read.imports_drafts import Draft
from recount.read.imports_rows import acled, event_reports, ftm, ged
from recount.records import Coding, Report, SetAside, content_id

PACK = "import-1"
"""What claims say in `pack` that no rule found: they were read from cells."""
NO_LANGUAGE = "zxx"
"""ISO 639-2: a report without linguistic content. Such a report is never coded by rules."""
Row = Mapping[str, str]
Reader = Callable[[Draft, Sequence[Row]], None]

KINDS: dict[str, tuple[str, frozenset[str], Reader]] = {
    "ged": ("UCDP GED", frozenset({"type_of_violence", "deaths_a", "deaths_b", "date_start", "best"}), ged),
    "acled": ("ACLED", frozenset({"event_date", "sub_event_type", "fatalities"}), acled),
    "event-reports": ("", frozenset({"target", "loss", "low"}), event_reports),
    "ftm": ("FollowTheMoney", frozenset({"schema", "properties"}), ftm),
}
"""Each kind of file: the source that it is of, the columns by which it is known, and how its rows are read."""


def imported(path: Path, *, kind: str | None = None, source: str | None = None) -> Iterator[Coding | SetAside]:
    """The rows of a file as codings, in order; a row that cannot be read comes as a SetAside in its place.

    `kind` is a key of `KINDS`, known by the columns where it is not given; `source` names the data set. UnreadableInput
    where the file is none of them.
    """
    rows = list(_rows(path))
    found = kind or _kind(rows, path)
    if found not in KINDS:
        raise WrongUse(f"{found!r} is no kind of table", "", f"There are: {', '.join(KINDS)}.")
    name, needed, reader = KINDS[found]
    missing = needed - set().union(*(row for _, row in rows[:1]))
    if rows and missing:
        raise UnreadableInput(
            f"the columns {', '.join(sorted(missing))} are missing", str(path), f"They make a {found} file."
        )
    for number, group in _groups(rows, found):
        where = f"{path}:{number}"
        try:
            yield coding_of(group, name, reader, where, source)
        except (ValueError, KeyError) as fault:
            yield SetAside(
                source=where, reason=f"this row cannot be read ({fault})", advice="Correct the row, and import again."
            )


def coding_of(rows: Sequence[Row], name: str, reader: Reader, where: str, source: str | None = None) -> Coding:
    """One report out of one row (or the rows of one report), with its claims and its event reports."""
    lines: list[str] = []
    spans: list[dict[str, tuple[int, int]]] = []
    at = 0
    for row in rows:
        places = {}
        for column, cell in row.items():
            if cell:
                places[column] = at + len(column) + 2, at + len(column) + 2 + len(cell)
                lines.append(f"{column}: {cell}")
                at += len(lines[-1]) + 1
        spans.append(places)
    text = "\n".join(lines)
    given = source or name
    report = Report(
        id=content_id("r", "import", given, text),
        name=where,
        text=text,
        outlet=given or None,
        language=NO_LANGUAGE,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        source=where,
    )
    draft = Draft(report, spans, PACK)
    reader(draft, rows)
    return draft.coding()


def _rows(path: Path) -> list[tuple[int, Row]]:
    """All rows with the number of their line, cells as text."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise UnreadableInput(f"it cannot be read as UTF-8 text ({fault})", str(path), "Save it as UTF-8.") from None
    if text.lstrip().startswith("{"):
        return [(n, _flat(line, path, n)) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    reader = csv.DictReader(io.StringIO(text, newline=""))
    rows: list[tuple[int, Row]] = []
    for row in reader:
        if None in row:
            raise UnreadableInput("a row has more cells than the header", f"{path}:{reader.line_num}", "Mend the row.")
        rows.append((reader.line_num, {k: _bare(v or "") for k, v in row.items() if k}))
    if rows and "#" in "".join(next(iter(rows))[1].values())[:1]:  # a line of HXL tags is no row
        rows = rows[1:]
    return rows


def _bare(cell: str) -> str:
    """A cell on one line, without the apostrophe that keeps a spreadsheet from running it."""
    plain = cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell
    return " ".join(plain.split())


def _flat(line: str, path: Path, number: int) -> Row:
    try:
        entity = msgspec.json.decode(line)
        properties = entity["properties"]
    except (msgspec.DecodeError, TypeError, KeyError):
        raise UnreadableInput(
            "this line is no FollowTheMoney entity", f"{path}:{number}", "Mend it, or take it out."
        ) from None
    listed = {str(k): "; ".join(" ".join(str(v).split()) for v in values) for k, values in properties.items()}
    return {"id": str(entity.get("id", "")), "schema": str(entity.get("schema", "")), "properties": "", **listed}


def _kind(rows: Sequence[tuple[int, Row]], path: Path) -> str:
    columns = set(rows[0][1]) if rows else set()
    for kind, (_, needed, _) in KINDS.items():
        if needed <= columns:
            return kind
    raise UnreadableInput(
        "its columns are of no table that is known",
        str(path),
        f"Known are: {', '.join(KINDS)}; see docs/formats/imports.md.",
    )


def _groups(rows: Sequence[tuple[int, Row]], kind: str) -> Iterator[tuple[int, list[Row]]]:
    """The rows of one report together: single rows, except in the report-level table."""
    if kind == "ftm":
        rows = [(n, row) for n, row in rows if row["schema"] == "Event"]
    if kind != "event-reports":
        yield from ((number, [row]) for number, row in rows)
        return
    found: dict[str, tuple[int, list[Row]]] = {}
    for number, row in rows:
        key = row.get("report_id") or "|".join(row.get(c, "") for c in ("source", "published", "url", "headline"))
        found.setdefault(key, (number, []))[1].append(row)
    yield from found.values()
