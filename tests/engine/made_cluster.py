"""A standalone Spark cluster on this machine, for tests and measurements."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path


class Cluster:
    """A standalone cluster on this machine: a master and workers of one core each, each in a process group of its own."""

    def __init__(self, folder: Path, workers: int = 2) -> None:
        import pyspark

        self._folder, self._home = folder, Path(pyspark.__file__).parent
        self.port, self.page = _free_port(), _free_port()
        self.address = f"spark://127.0.0.1:{self.port}"
        self._running: list[subprocess.Popen[bytes]] = []
        self._start("master", ["Master", "--host", "127.0.0.1", "-p", str(self.port), "--webui-port", str(self.page)])
        self._wait_for(f"http port {self.port}", lambda: _answers(self.port))
        self.workers = [self._worker(n) for n in range(workers)]
        self._wait_for(f"{workers} workers", lambda: self.alive() == workers)

    def alive(self) -> int:
        """How many workers the master counts as alive."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.page}/json/", timeout=5) as told:
                return int(json.load(told)["aliveworkers"])
        except OSError:
            return 0

    def kill(self, worker: subprocess.Popen[bytes]) -> None:
        """Kill a worker with the executors that it started."""
        os.killpg(worker.pid, signal.SIGKILL)

    def close(self) -> None:
        for process in self._running:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _worker(self, number: int) -> subprocess.Popen[bytes]:
        work = self._folder / f"work{number}"
        given = ["--host", "127.0.0.1", "-c", "1", "-m", "1g", "-d", str(work), "--webui-port", "0", self.address]
        return self._start(f"worker{number}", ["Worker", *given])

    def _start(self, name: str, given: list[str]) -> subprocess.Popen[bytes]:
        kind = given[0]
        command = [
            str(self._home / "bin" / "spark-class"),
            f"org.apache.spark.deploy.{kind.lower()}.{kind}",
            *given[1:],
        ]
        environment = {**os.environ, "SPARK_HOME": str(self._home), "SPARK_DAEMON_MEMORY": "256m"}
        with (self._folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, env=environment, start_new_session=True)
        self._running.append(process)
        return process

    def _wait_for(self, what: str, there: Callable[[], bool]) -> None:
        until = time.monotonic() + 120
        while not there():
            if time.monotonic() > until:
                self.close()
                raise TimeoutError(f"no {what} after two minutes; see {self._folder}")
            time.sleep(0.3)


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0
