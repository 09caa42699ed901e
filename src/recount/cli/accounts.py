"""`recount accounts`: the people who may sign in to the desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from recount.cli.options import chosen_settings, ledger_option, opened

if TYPE_CHECKING:
    from recount.store.people import Account


@click.group(short_help="Who may sign in to the desk.")
def accounts() -> None:
    """Make, list, change and close the accounts of a ledger's desk (`recount serve --team`)."""


@accounts.command(name="add", short_help="Make an account.")
@click.argument("name")
@click.option("--role", type=click.Choice(["reader", "coder", "editor"]), default="coder", show_default=True)
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for where not given.")
@ledger_option
@click.pass_context
def add(ctx: click.Context, name: str, role: str, password: str, ledger: str | None) -> None:
    """Make an account. A reader reads, a coder decides, an editor also adds reports and manages accounts.

    \b
    Example:
      recount accounts add mira --role editor
    """
    made, keep_account, now = _parts()
    account = made(name, role, password, now())
    with opened(chosen_settings(ctx.find_root(), ledger), write=True) as book, book.connected(write=True) as writing:
        keep_account(writing, account)
    print(f"{account.name} may now sign in as {account.role}.")


@accounts.command(name="list", short_help="Who has an account.")
@ledger_option
@click.pass_context
def show(ctx: click.Context, ledger: str | None) -> None:
    """List the accounts with their roles."""
    from recount.store import people

    with opened(chosen_settings(ctx.find_root(), ledger)) as book, book.connected() as reading:
        found = people.accounts(reading)
    for account in found:
        print(f"{account.name}\t{account.role}{'' if account.closed is None else chr(9) + 'closed'}")
    if not found:
        print("Nobody has an account. Make one with: recount accounts add NAME")


@accounts.command(name="close", short_help="Close an account.")
@click.argument("name")
@ledger_option
@click.pass_context
def close(ctx: click.Context, name: str, ledger: str | None) -> None:
    """Close an account: its sessions and tokens end at once; what it decided stays."""
    from recount.store import people

    _, _, now = _parts()
    with opened(chosen_settings(ctx.find_root(), ledger), write=True) as book, book.connected(write=True) as writing:
        people.change_account(writing, name, closed=now())
    print(f"{name} is closed.")


@accounts.command(name="token", short_help="Make a token for a program.")
@click.argument("name")
@click.option("--label", default="", help="What it is for.")
@ledger_option
@click.pass_context
def token(ctx: click.Context, name: str, label: str, ledger: str | None) -> None:
    """Make a token by which a program uses the desk as this account; it is shown once.

    \b
    Example:
      recount accounts add monitor --role reader
      recount accounts token monitor --label prometheus
    """
    from recount.errors import NotFound
    from recount.store import people

    _, _, now = _parts()
    from recount.web.people import new_token

    with opened(chosen_settings(ctx.find_root(), ledger), write=True) as book, book.connected(write=True) as writing:
        if people.account(writing, name) is None:
            raise NotFound("no account has this name", name, "List them with: recount accounts list")
        made, key = new_token(name, label, now())
        people.add_token(writing, made)
    print(key)


def _parts() -> tuple[Callable[..., Account], Callable[..., None], Callable[[], str]]:
    """What makes and keeps accounts; MissingExtra where the web parts are not installed."""
    from recount.errors import MissingExtra

    try:
        from recount.store.people import add_account
        from recount.web.deciding import now
        from recount.web.people import new_account
    except ImportError:
        raise MissingExtra("accounts", "web") from None
    return new_account, add_account, now
