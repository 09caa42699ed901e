"""The watch: sources polled when they are due, several at once, and what they bring kept in the ledger meanwhile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import UTC, datetime
from importlib.metadata import version
from threading import Event, Lock
from types import MappingProxyType

from recount.errors import LedgerBusy, RecountError
from recount.records import Record
from recount.settings import Settings
from recount.sources.archive import Archive
from recount.sources.connecting import Resolver, look_up
from recount.sources.manners import Manners, Stopped
from recount.sources.plan import Plan, Source
from recount.sources.polling import poll
from recount.sources.state import State, moment
from recount.sources.visiting import Kit
from recount.store.locks import writers_place

STATE = "watch.db"
AT_ONCE = 8
"""Sources that are polled at once; their hosts are still asked one request at a time."""
TICK = 0.05
"""Seconds between two looks at what is due and done."""
Keep = Callable[[], None]


class Polled(Record, frozen=True, kw_only=True):
    """How the poll of a source ended: how much was done ("fetched", "unchanged", "copy", "failed", "refused")."""

    source: str
    done: Mapping[str, int] = MappingProxyType({})
    fault: RecountError | None = None


class Watch:
    """The sources of a plan, their state and their archive, for one process at a time.

    `tell` hears how many responses there were so far, whatever came of them.
    """

    def __init__(
        self,
        plan: Plan,
        settings: Settings,
        state: State,
        archive: Archive | None,
        *,
        stop: Event | None = None,
        tell: Callable[[int], None] = lambda _: None,
        resolver: Resolver = look_up,
    ) -> None:
        self.plan, self.stop = plan, stop or Event()
        self._done: dict[str, Counter[str]] = {}
        self._total = 0
        self._tell, self._lock = tell, Lock()
        name = agent(settings, plan.contact)
        self.kit = Kit(
            settings=settings,
            agent=name,
            state=state,
            archive=archive,
            manners=Manners(state, name, self.stop),
            tell=self._heard,
            resolver=resolver,
        )

    def _heard(self, source: str, done: str) -> None:
        with self._lock:
            self._done.setdefault(source, Counter())[done] += 1
            self._total += 1
        self._tell(self._total)

    def due(self, now: datetime) -> list[Source]:
        """The sources whose time has come, in the order of the file."""
        return [s for s in self.plan.sources if (self._due(s) or now) <= now]

    def _due(self, source: Source) -> datetime | None:
        return moment(self.kit.state.source(source.name).get("due"))

    def willing(self) -> list[Source]:
        """The sources that do not wait after failures: what `--once` polls, due or not."""
        now = datetime.now(UTC)
        told = {s.name: self.kit.state.source(s.name) for s in self.plan.sources}
        return [s for s in self.plan.sources if not told[s.name].get("failures") or (self._due(s) or now) <= now]

    def once(self, keep: Keep = lambda: None, *, every: float = 30.0) -> list[Polled]:
        """Poll each source that is willing; `keep` is called now and then, and at the end."""
        return list(self._run(lambda done: [] if done else self.willing(), keep, every))

    def forever(self, keep: Keep = lambda: None, *, every: float = 30.0) -> Iterator[Polled]:
        """Poll sources whenever they are due, until asked to stop; each poll is told as it ends."""
        yield from self._run(lambda _: self.due(datetime.now(UTC)), keep, every, forever=True)

    def _run(
        self, ask: Callable[[bool], list[Source]], keep: Keep, every: float, *, forever: bool = False
    ) -> Iterator[Polled]:
        running: dict[str, Future[RecountError | None]] = {}
        asked, kept_at = False, _now()
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="poll") as pool:
            try:
                while not self.stop.is_set():
                    for source in ask(asked):
                        if source.name not in running:
                            running[source.name] = pool.submit(poll, source, self.kit)
                    asked = True
                    ended = list(self._ended(running))
                    yield from ended
                    if _now() - kept_at > every or (ended and not running):
                        keep()
                        kept_at = _now()
                    if not (running or forever):
                        break
                    self.stop.wait(TICK)
            finally:
                self.stop.set()  # whoever waits for a pause wakes up; what is on its way is finished
        yield from self._ended(running)
        keep()

    def _ended(self, running: dict[str, Future[RecountError | None]]) -> Iterator[Polled]:
        for name in [name for name, future in running.items() if future.done()]:
            with suppress(Stopped):
                fault = running.pop(name).result()
                yield Polled(source=name, done=dict(self._done.pop(name, {})), fault=fault)


def _now() -> float:
    return datetime.now(UTC).timestamp()


def agent(settings: Settings, contact: str | None) -> str:
    """What the watch calls itself: the setting, or Recount with its version and whom to ask about it."""
    own = f"Recount/{version('recount')} (reads published reports" + (f"; {contact})" if contact else ")")
    return "".join(
        letter if letter.isascii() and letter.isprintable() else "?" for letter in settings.user_agent or own
    )


@contextmanager
def opened(plan: Plan, settings: Settings, *, trial: bool = False) -> Iterator[tuple[State, Archive | None]]:
    """The state and the archive of a plan, for this process alone.

    RecountError where another process watches with the same archive. A `trial` has a copy of the state, and no archive.
    """
    with ExitStack() as stack:
        if trial:
            yield stack.enter_context(closing(_copied(plan))), None
            return
        plan.archive.mkdir(parents=True, exist_ok=True)
        try:
            stack.enter_context(writers_place(plan.archive / STATE, 0.0))
        except LedgerBusy:
            what, do = "another recount is watching with this archive", "Stop it first, or name another archive."
            raise RecountError(what, str(plan.archive), do) from None
        state = stack.enter_context(closing(State(plan.archive / STATE)))
        archive = Archive(plan.archive, f"Recount/{version('recount')}")
        archive.resume(*state.segment())
        yield state, archive


@contextmanager
def looked_into(plan: Plan) -> Iterator[State]:
    """A copy of the state, for reading beside a watch that is running."""
    with closing(_copied(plan)) as state:
        yield state


def _copied(plan: Plan) -> State:
    state = State(":memory:")
    if (plan.archive / STATE).exists():
        state.copy_of(plan.archive / STATE)
    return state
