"""`recount publish DIR`: a release that others can cite."""

from __future__ import annotations

import re
from pathlib import Path

import click

from recount.cli.options import chosen_settings, ledger_option, opened
from recount.errors import WrongUse


@click.command(short_help="Write a data package that others can cite.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path), help="The folder of the release.")
@click.option("--title", default="Claims on armed incidents", show_default=True, help="The title of the data set.")
@click.option("--version", metavar="X.Y.Z", help="The version; one more than that of the release before.")
@click.option("--licence", metavar="SPDX", default="CC-BY-4.0", show_default=True, help="The licence's SPDX name.")
@click.option("--about", metavar="TEXT", default="", help="What the data set covers.")
@click.option(
    "--since", metavar="OLD", type=click.Path(path_type=Path), help="The release before; DIR's own by default."
)
@click.option("--date", "day", metavar="DAY", help="The day of the release; today by default.")
@click.option("--rules", metavar="NAME", default="representative", show_default=True, help="The rule set of incidents.")
@ledger_option
@click.pass_context
def publish(
    ctx: click.Context, folder: Path, title: str, version: str | None, licence: str, about: str, since: Path | None,
    day: str | None, rules: str, ledger: str | None,
) -> None:  # fmt: skip
    """Write the ledger as a data package: tables, a codebook made from the rules, licence, version, changes since the
    last release with their reasons, checksums and a citation.

    The folder is described for programs by datapackage.json (Frictionless). Texts of reports are not in it, only the
    words of claims. A folder with an earlier release is replaced by the new one.

    \b
    Examples:
      recount publish release/
      recount publish release-2/ --since release-1/ --licence CC0-1.0
    """
    from datetime import date

    from recount.cli.choosing import first_day
    from recount.export.publishing import Release, publish
    from recount.export.releases import next_version
    from recount.reconcile import rule_set

    previous = since or (folder if (folder / "datapackage.json").is_file() else None)
    chosen = version or next_version(previous)
    if not re.fullmatch(r"\d+\.\d+\.\d+", chosen):
        raise WrongUse(f"{chosen!r} is no version", "", "Write it as 1.2.0.")
    release = Release(
        title=title,
        name=re.sub(r"[^a-z0-9._-]+", "-", title.casefold()).strip("-") or "claims",
        version=chosen,
        licence=licence,
        day=first_day(day) or date.today(),
        description=about,
        rules=rule_set(rules).name,
    )
    with opened(chosen_settings(ctx, ledger)) as book:
        found = publish(book, folder, release, previous)
    counted = {c: sum(x.change == c for x in found) for c in ("added", "removed", "changed")}
    told = ", ".join(f"{n:,} {name}" for name, n in counted.items() if n) or "nothing changed"
    click.echo(f"Wrote {folder}, version {chosen}" + (f": {told} since the release before." if previous else "."))
