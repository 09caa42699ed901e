"""A PostgreSQL server of the tests' own: made in a temporary folder, on this machine only, and stopped afterwards."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

UNPRIVILEGED = "nobody"
"""Whom the server runs as where the tests run as root, as which it refuses to run."""


TOOLS = ("initdb", "postgres", "pg_isready")


def binaries() -> Path | None:
    """The folder of the newest server on this machine; None where there is none."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).resolve().parent] if on_path else []
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: -int(p.parent.name.split(".")[0]))
    return next((folder for folder in found if all((folder / tool).exists() for tool in TOOLS)), None)


class Server:
    """One server; `url(database)` is the address of a ledger on it."""

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        """`durable` flushes to disk as a real one does; without, it is quicker and forgets when the machine fails."""
        found = binaries()
        assert found is not None
        self.bin, self.data, self.port = found, folder / "data", _free_port()
        self.durable = durable
        self._user = UNPRIVILEGED if os.name == "posix" and os.geteuid() == 0 else None
        self._process: subprocess.Popen[bytes] | None = None
        self._guard: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True, exist_ok=True)
        if self._user:
            shutil.chown(folder, self._user)
        self._run(
            "initdb",
            "--pgdata",
            str(self.data),
            "--username=recount",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--auth=trust",
            *([] if durable else ["--no-sync"]),
        )

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            "max_connections": "120",
        }
        options |= {} if self.durable else {"fsync": "off", "full_page_writes": "off"}
        arguments = [f"-c{name}={value}" for name, value in options.items()]
        log = (self.data.parent / "log").open("ab")
        self._process = subprocess.Popen(
            [self.bin / "postgres", "-D", self.data, *arguments], stdout=log, stderr=log, user=self._user,
            start_new_session=True, cwd="/",
        )  # fmt: skip
        # When the tests are killed, the pipe to this guard breaks, and it ends the server.
        ending = f"read _; kill -QUIT {self._process.pid} 2>/dev/null"
        self._guard = subprocess.Popen(["sh", "-c", ending], stdin=subprocess.PIPE, start_new_session=True)
        until = time.monotonic() + 30
        ready = [self.bin / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        while subprocess.run(ready, check=False).returncode:
            assert self._process.poll() is None, (self.data.parent / "log").read_text()
            assert time.monotonic() < until, (self.data.parent / "log").read_text()
            time.sleep(0.05)

    def _let_go(self) -> None:
        if self._guard is not None:
            self._guard.kill()
            self._guard.communicate()
            self._guard = None

    def stop(self) -> None:
        """Stop it: in order where it is durable, else at once."""
        self._let_go()
        if self._process is not None:
            self._process.send_signal(signal.SIGINT if self.durable else signal.SIGQUIT)
            self._process.wait(30)
            self._process = None

    def kill(self) -> None:
        """Kill every process of it, as when the machine fails."""
        assert self._process is not None
        self._let_go()
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(30)
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        self._process = None

    def url(self, database: str, **options: str) -> str:
        """The address of a database."""
        asked = "".join(f"{'&' if n else '?'}{k}={v}" for n, (k, v) in enumerate(options.items()))
        return f"postgresql://recount@127.0.0.1:{self.port}/{database}{asked}"

    def create(self, database: str, template: str = "template0") -> str:
        """Make a database; its address."""
        self.sql(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        return self.url(database)

    def drop(self, database: str) -> None:
        """Take a database away, whoever is connected."""
        self.sql(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def sql(self, statement: str, database: str = "postgres") -> None:
        """Run one statement outside of any transaction."""
        import psycopg

        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[arg-type]

    def _run(self, tool: str, *arguments: str) -> None:
        done = subprocess.run(
            [self.bin / tool, *arguments], user=self._user, capture_output=True, text=True, check=False, cwd="/"
        )
        assert done.returncode == 0, done.stderr


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
