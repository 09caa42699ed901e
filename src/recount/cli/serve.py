"""`recount serve`: the web desk on a ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from recount.cli.options import chosen_settings, ledger_option

if TYPE_CHECKING:
    from recount.settings import Settings

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@click.command(short_help="Open the web desk: read, check, decide.")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="NAME", help="The address to listen on.")
@click.option("--port", default=8321, show_default=True, type=click.IntRange(1, 65535), metavar="N", help="The port.")
@click.option("--team", is_flag=True, help="Ask people to sign in; make accounts with: recount accounts add NAME")
@click.option("--name", "names", multiple=True, metavar="HOST", help="A further name that the desk answers to.")
@click.option("--https", is_flag=True, help="The desk stands behind https: mark its cookies so.")
@click.option("--show-token", is_flag=True, help="Print a token for programs on this machine.")
@ledger_option
@click.pass_context
def serve(
    ctx: click.Context,
    host: str,
    port: int,
    team: bool,
    names: tuple[str, ...],
    https: bool,
    show_token: bool,
    ledger: str | None,
) -> int:
    """Open the desk on a ledger, in the browser: incidents, reports with their claims marked, the queue, pictures.

    Without --team it needs no sign-in and listens on this machine only. Everything it shows ships with Recount.

    \b
    Examples:
      recount serve
      recount serve --ledger balochistan.db --port 9000
      recount serve --team --host 0.0.0.0 --name desk.example.org --https
    """
    from recount.cli.faults import DONE
    from recount.errors import WrongUse

    if host not in LOOPBACK and not team:
        raise WrongUse(
            "without accounts the desk listens on this machine only", host, "Use --team, and make accounts first."
        )
    run(chosen_settings(ctx, ledger), host, port, team=team, names=names, https=https, show_token=show_token)
    return DONE


def run(
    settings: Settings, host: str, port: int, *, team: bool, names: tuple[str, ...], https: bool, show_token: bool
) -> None:
    """Serve until interrupted. MissingExtra where the web parts are not installed."""
    from recount.errors import MissingExtra
    from recount.store import open_ledger

    try:
        import uvicorn

        from recount.web.app import make_app
        from recount.web.desk import Desk
    except ImportError:
        raise MissingExtra("the desk", "web") from None
    hosts = answering(host, port, names)
    with open_ledger(settings.ledger, settings=settings) as book:
        desk = Desk(book, settings, team=team, coder=settings.coder)
        desk.start()
        try:
            app = make_app(desk, hosts=hosts, secure=https)
            shown = f"[{host}]" if ":" in host else host
            print(f"The desk is open at http://{shown}:{port}/ (end it with Ctrl-C)", flush=True)
            if show_token and not team:
                print(f"Token for programs: {desk.local_token}", flush=True)
            uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, proxy_headers=https)
        finally:
            desk.stop()


def answering(host: str, port: int, names: tuple[str, ...]) -> list[str] | None:
    """The host names that requests may carry, against pages that point a name of theirs here; None for any."""
    if host not in LOOPBACK and not names:
        return None
    known = {*names, *([host] if host not in ("0.0.0.0", "::") else [])} | ({*LOOPBACK, "[::1]"} - {"::1"})
    return sorted({*known, *(f"{name}:{port}" for name in known)})
