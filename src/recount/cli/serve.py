"""`recount serve`: the web desk on a ledger."""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import click

from recount.cli.options import chosen_settings, ledger_option

if TYPE_CHECKING:
    from recount.settings import Settings
    from recount.web.logs import Form

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@click.command(short_help="Open the web desk: read, check, decide.")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="NAME", help="The address to listen on.")
@click.option("--port", default=8321, show_default=True, type=click.IntRange(1, 65535), metavar="N", help="The port.")
@click.option("--team", is_flag=True, help="Ask people to sign in; make accounts with: recount accounts add NAME")
@click.option("--name", "names", multiple=True, metavar="HOST", help="A further name that the desk answers to.")
@click.option("--https", is_flag=True, help="The desk stands behind https: mark its cookies so.")
@click.option(
    "--proxy",
    "proxies",
    multiple=True,
    metavar="ADDRESS",
    help="A proxy in front, by address or network (10.0.0.0/8): it may say who asks, and by https.",
)
@click.option("--root", default="", metavar="PATH", help="The path under which the proxy serves the desk, as /recount.")
@click.option(
    "--log",
    "form",
    type=click.Choice(["json", "plain", "off"]),
    help="What is logged on standard error: a JSON line a request, or warnings only. [default: plain at a terminal]",
)
@click.option(
    "--grace",
    default=20,
    show_default=True,
    type=click.IntRange(0),
    metavar="SECONDS",
    help="How long requests may still take when the desk is told to end.",
)
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
    proxies: tuple[str, ...],
    root: str,
    form: Form | None,
    grace: int,
    show_token: bool,
    ledger: str | None,
) -> int:
    """Open the desk on a ledger, in the browser: incidents, reports with their claims marked, the queue, pictures.

    Without --team it needs no sign-in and listens on this machine only. Everything it shows ships with Recount.

    \b
    Examples:
      recount serve
      recount serve --ledger balochistan.db --port 9000
      recount serve --team --host 0.0.0.0 --name desk.example.org --https --proxy 10.0.0.2
    """
    from recount.cli.faults import DONE
    from recount.errors import WrongUse

    if host not in LOOPBACK and not team:
        raise WrongUse(
            "without accounts the desk listens on this machine only", host, "Use --team, and make accounts first."
        )
    behind = Behind(names=names, https=https, proxies=proxies or (("127.0.0.1",) if https else ()), root=rooted(root))
    run(chosen_settings(ctx, ledger), host, port, behind, team=team, form=form, grace=grace, show_token=show_token)
    return DONE


class Behind(NamedTuple):
    """What stands in front of the desk: names that it answers to, https, trusted proxies, the path that it is under."""

    names: tuple[str, ...] = ()
    https: bool = False
    proxies: tuple[str, ...] = ()
    root: str = ""


def run(
    settings: Settings,
    host: str,
    port: int,
    behind: Behind,
    *,
    team: bool = False,
    form: Form | None = None,
    grace: int = 20,
    show_token: bool = False,
) -> None:
    """Serve until interrupted or told to end. MissingExtra where the web parts are not installed."""
    from recount.errors import MissingExtra
    from recount.store import open_ledger

    try:
        import uvicorn

        from recount.web.app import make_app
        from recount.web.desk import Desk
        from recount.web.logs import begin
    except ImportError:
        raise MissingExtra("the desk", "web") from None
    requests = begin(form or ("plain" if sys.stderr.isatty() else "json"))
    hosts = answering(host, port, behind.names)
    with open_ledger(settings.ledger, settings=settings) as book, ended_in_order():
        desk = Desk(book, settings, team=team, coder=settings.coder)
        desk.start()
        try:
            app = make_app(desk, hosts=hosts, secure=behind.https, requests=requests, root=behind.root)
            shown = f"[{host}]" if ":" in host else host
            print(f"The desk is open at http://{shown}:{port}{behind.root}/ (end it with Ctrl-C)", flush=True)
            if show_token and not team:
                print(f"Token for programs: {desk.local_token}", flush=True)
            uvicorn.run(
                app,
                host=host,
                port=port,
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=bool(behind.proxies),
                forwarded_allow_ips=list(behind.proxies),
                timeout_graceful_shutdown=grace,
            )
        finally:
            desk.stop()


@contextmanager
def ended_in_order() -> Iterator[None]:
    """Let the signal to end close everything on its way out; the server has by then answered what was asked."""

    def end(*_: object) -> None:
        raise SystemExit(0)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def rooted(path: str) -> str:
    """A path as links begin with it: a slash in front, none behind; WrongUse for what is no path."""
    from recount.errors import WrongUse

    bare = path.strip("/")
    if not re.fullmatch(r"[A-Za-z0-9._~/-]*", bare) or "//" in bare:
        raise WrongUse("this is no path", path, "Write it as /recount.")
    return f"/{bare}" if bare else ""


def answering(host: str, port: int, names: tuple[str, ...]) -> list[str] | None:
    """The host names that requests may carry, against pages that point a name of theirs here; None for any."""
    if host not in LOOPBACK and not names:
        return None
    known = {*names, *([host] if host not in ("0.0.0.0", "::") else [])} | ({*LOOPBACK, "[::1]"} - {"::1"})
    return sorted({*known, *(f"{name}:{port}" for name in known)})
