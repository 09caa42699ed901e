"""`recount incidents`: one line for each incident, operations with their parts below them."""

from __future__ import annotations

import click

from recount.cli.options import chosen_settings, json_option, ledger_option, opened


@click.command(short_help="List incidents, one line each.")
@click.option(
    "--since", metavar="DAY", help="Only those that may lie on or after this day (2026, 2026-02, 2026-02-04)."
)
@click.option("--until", metavar="DAY", help="Only those that may lie on or before this day.")
@click.option("--country", metavar="CC", help="Only this country (ISO two letters, like PK).")
@click.option("--place", metavar="NAME", help="Only where a place, district or province has this in its name.")
@click.option("--kind", metavar="KIND", help="Only this kind: operation, clash, attack, bombing, ...")
@click.option("--disputed", is_flag=True, help="Only those whose sources disagree.")
@json_option
@ledger_option
@click.pass_context
def incidents(
    ctx: click.Context,
    since: str | None,
    until: str | None,
    country: str | None,
    place: str | None,
    kind: str | None,
    disputed: bool,
    as_json: bool,
    ledger: str | None,
) -> None:
    """List the incidents in the ledger, one line each, sorted by day.

    Figures are people killed, the lowest and the highest claim ("92–197"), by side; nobody's estimate. Parts of an
    operation stand below it and are not added to it.

    \b
    Examples:
      recount incidents
      recount incidents --since 2026-01 --country PK --disputed
      recount incidents --json | jq '.incidents[].places'
    """
    from functools import partial

    from recount.cli import choosing, listing, listing_table, screen

    chosen = choosing.Chosen(
        since=choosing.first_day(since),
        until=choosing.last_day(until),
        country=country,
        place=place,
        kind=choosing.known_kind(kind),
        disputed=disputed,
    )
    with opened(chosen_settings(ctx, ledger)) as book, screen.Bar("reading the ledger") as bar:
        found = listing.listed(book, partial(choosing.passes, chosen), lambda done: bar("incidents", done))
    if as_json:
        screen.print_json(listing.as_dict(found))
    else:
        listing_table.show(found, screen.console())
