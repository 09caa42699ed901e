"""A ledger in a notebook: tables as pandas or Polars frames, incidents and pictures that show themselves.

    import recount.notebook as rn
    ledger = rn.open("recount.db")
    ledger.incidents(rule_set="ucdp")

Frames need `pip install 'recount[notebook]'`, pictures `recount[plots]`; nothing is loaded before it is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from recount.errors import MissingExtra, WrongUse

if TYPE_CHECKING:
    from recount.export.plots import Plot
    from recount.records import Figure, Incident
    from recount.store.contract import Ledger

Library = Literal["pandas", "polars"]

__all__ = ["Book", "Picture", "Shown", "open"]


def open(address: str | Path = "recount.db", *, frames: Library = "pandas") -> Book:
    """The ledger at `address`, opened for reading. `frames` names the library of its tables."""
    from recount.store import open_ledger

    if frames not in ("pandas", "polars"):
        raise WrongUse(f"{frames!r} is no library of frames", "", "There are: pandas, polars.")
    return Book(open_ledger(address, create=False, readonly=True), frames)


class Book:
    """A ledger for reading. Close it, or use it in a `with` statement."""

    def __init__(self, ledger: Ledger, frames: Library = "pandas") -> None:
        self.ledger = ledger
        self._frames: Library = frames

    def claims(self) -> Any:
        """Every claim: one row each, columns as in `recount export claims`; days are dates."""
        from recount.export import claims

        return self._frame(claims.rows(self.ledger), claims.COLUMNS)

    def incidents(self, rule_set: str = "representative") -> Any:
        """Every incident: claimed figures as `<harm>_<side>_low` and `_high`, those of the rule set as `<harm>_best`."""
        from recount.export import incidents

        rows = (incidents.wide(*row) for row in incidents.rows(self.ledger, rule_set))
        return self._frame(rows, incidents.CSV_COLUMNS)

    def event_reports(self) -> Any:
        """The report-level table: claimant, target, loss, window and value, one row for each figure of each report."""
        from recount.export import event_reports
        from recount.export.schemas import schema

        return self._frame(event_reports.rows(self.ledger), schema("event_reports").columns)

    def figures(self, incident: str, rule_set: str | None = None) -> Any:
        """One incident's figures under a rule set, or under all, with the claims used and why."""
        from recount.export.plots.stories import story
        from recount.reconcile import RULE_SETS, figures

        told = story(self.ledger, self.ledger.find(incident)).told
        found: list[Figure] = [
            f for name in ([rule_set] if rule_set else RULE_SETS) for f in figures(*told, rules=name)
        ]
        columns = ("rule_set", "version", "harm", "side", "low", "best", "high", "used", "reason")
        rows = ({c: list(f.used) if c == "used" else getattr(f, c) for c in columns} for f in found)
        return self._frame(rows, dict.fromkeys(columns, ""))

    def show(self, incident: str) -> Shown:
        """One incident as the report page shows it: claims, disagreements, every figure with its words."""
        return Shown(self.ledger, self.ledger.find(incident))

    def plot(self, kind: str, incident: str | None = None, rule_set: str = "representative") -> Picture:
        """A picture: toll, disagreement (of one incident), months, map or sources."""
        from recount.export.plots import plot

        return Picture(plot(self.ledger, kind, self.ledger.find(incident) if incident else None, rule_set))

    def close(self) -> None:
        """Close the ledger."""
        self.ledger.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Ledger {self.ledger.address}: {', '.join(f'{n:,} {name}' for name, n in self._counts().items())}"

    def _repr_html_(self) -> str:
        rows = "".join(f"<tr><th>{name}</th><td>{n:,}</td></tr>" for name, n in self._counts().items())
        return f"<table><caption>Ledger {escape(str(self.ledger.address))}</caption>{rows}</table>"

    def _counts(self) -> dict[str, int]:
        counted = self.ledger.counts()
        return {
            name.replace("_", " "): int(counted[name]) for name in ("reports", "claims", "event_reports", "incidents")
        }

    def _frame(self, rows: Iterable[Mapping[str, Any]], columns: Mapping[str, str]) -> Any:
        library = _library(self._frames)
        listed = list(rows)
        data = {name: [row[name] for row in listed] for name in columns}
        if self._frames == "polars":
            frame = library.DataFrame(data, strict=False, infer_schema_length=None)
            days = [
                library.col(n).str.to_date(strict=False)
                for n in DAYS
                if n in columns and frame[n].dtype == library.String
            ]
            return frame.with_columns(days)
        frame = library.DataFrame(data, columns=list(columns)).convert_dtypes()
        for name in DAYS & set(columns):
            frame[name] = library.to_datetime(frame[name])
        return frame


DAYS = frozenset({"published", "date_start", "date_end", "window_start", "window_end"})


class Shown:
    """One incident that shows itself in a notebook."""

    def __init__(self, ledger: Ledger, incident: str) -> None:
        from recount.export.plots.stories import story

        self._story = story(ledger, incident)
        self.incident: Incident = self._story.dossier.incident

    def __repr__(self) -> str:
        return f"{self._story.title} ({self.incident.id})"

    def _repr_html_(self) -> str:
        """Claims and disagreements as tables; everything a report says is escaped."""
        from recount.export.page.views import incident_view

        view = incident_view(self.incident, self._story.ground)
        rows = "".join(
            f"<tr><td>{escape(q.value)}</td><td>{escape(q.speaker)}</td><td>“{escape(q.claim.quote)}”</td>"
            f"<td>{escape(q.report.name)}</td></tr>"
            for cell in view.cells
            for q in cell.claims
        )
        differ = "".join(f"<li>{escape(d.sentence)}</li>" for d in view.disagreements)
        head = "<tr><th>claim</th><th>by</th><th>words</th><th>report</th></tr>"
        told = f"<ul>{differ}</ul>" if differ else ""
        return f"<h4>{escape(self._story.title)}</h4><table>{head}{rows}</table>{told}"


class Picture:
    """A picture that shows itself in a notebook, with its words for readers who cannot see it."""

    def __init__(self, plot: Plot) -> None:
        self._plot = plot
        self.alt = plot.alt

    def __repr__(self) -> str:
        return self.alt

    def _repr_svg_(self) -> str:
        from recount.export.plots.drawing import svg

        return svg(self._plot)

    def save(self, path: str | Path) -> None:
        """Write it as .svg or .png, by the ending of `path`."""
        from recount.export.plots.drawing import png, svg

        target = Path(path)
        if target.suffix not in (".svg", ".png"):
            raise WrongUse(f"{target.suffix or 'no ending'} is no kind of picture", str(path), "Name it .svg or .png.")
        target.write_bytes(png(self._plot) if target.suffix == ".png" else svg(self._plot).encode())


def _library(name: Library) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise MissingExtra(f"A {name} frame", "notebook") from None
