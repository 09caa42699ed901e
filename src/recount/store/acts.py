"""The audit log: each write that a person made, in order; and samples for several coders. Both are only added to."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection, select

from recount.errors import NotFound, WrongUse
from recount.records import Record
from recount.store import schema as s
from recount.store.chunks import chunks


class Act(Record, frozen=True):
    """One write: who did what to which record, by page or by api, and the judgements that it added.

    `undoes` is the earlier act that this one takes back.
    """

    seq: int
    at: str
    by: str
    way: str
    verb: str
    target: str
    detail: str = ""
    judgements: tuple[str, ...] = ()
    undoes: int | None = None


class Sample(Record, frozen=True):
    """Items that several coders decide on, each alone; `items` are JSON objects in their order."""

    name: str
    made: str
    by: str
    items: tuple[dict[str, Any], ...]


def log(connection: Connection, act: Act) -> int:
    """Append an act (its `seq` is given by the ledger); returns its number."""
    row = {name: getattr(act, name) for name in act.__struct_fields__ if name != "seq"}
    row["judgements"] = msgspec.json.encode(act.judgements).decode()
    return int(connection.execute(s.acts.insert().values(**row).returning(s.acts.c.seq)).scalar_one())


def acts(
    connection: Connection, *, before: int | None = None, by: str = "", target: str = "", most: int = 50
) -> list[Act]:
    """The newest acts first, at most `most`, before the number `before`; of one person or on one record where given."""
    a = s.acts.c
    ask = select(s.acts).order_by(a.seq.desc()).limit(most)
    ask = ask.where(a.seq < before) if before is not None else ask
    ask = ask.where(a.by == by) if by else ask
    ask = ask.where(a.target == target) if target else ask
    return [_act(row) for row in connection.execute(ask).mappings()]


def acts_on(connection: Connection, targets: list[str], most: int = 50) -> list[Act]:
    """The newest acts first on any of these records."""
    a = s.acts.c
    ask = select(s.acts).order_by(a.seq.desc()).limit(most)
    found = {
        row["seq"]: _act(row)
        for some in chunks(targets)
        for row in connection.execute(ask.where(a.target.in_(some))).mappings()
    }
    return [found[seq] for seq in sorted(found, reverse=True)[:most]]


def act(connection: Connection, seq: int) -> Act:
    """The act with this number; NotFound where there is none."""
    row = connection.execute(select(s.acts).where(s.acts.c.seq == seq)).mappings().first()
    if row is None:
        raise NotFound("no act has this number", str(seq), "See the log of changes.")
    return _act(row)


def taken_back(connection: Connection, seqs: list[int]) -> set[int]:
    """Those of the acts that a later one takes back."""
    return set(connection.scalars(select(s.acts.c.undoes).where(s.acts.c.undoes.in_(seqs))))


def add_sample(connection: Connection, sample: Sample) -> None:
    """Keep a sample; WrongUse where its name is taken."""
    if connection.scalar(select(s.samples.c.name).where(s.samples.c.name == sample.name)) is not None:
        raise WrongUse("a sample of this name is there", sample.name, "Choose another name.")
    items = msgspec.json.encode(sample.items).decode()
    connection.execute(s.samples.insert().values(name=sample.name, made=sample.made, by=sample.by, items=items))


def samples(connection: Connection) -> list[Sample]:
    """All samples, newest first."""
    return [
        _sample(row)
        for row in connection.execute(select(s.samples).order_by(s.samples.c.made.desc(), s.samples.c.name)).mappings()
    ]


def sample(connection: Connection, name: str) -> Sample:
    """The sample of this name; NotFound where there is none."""
    row = connection.execute(select(s.samples).where(s.samples.c.name == name)).mappings().first()
    if row is None:
        raise NotFound("no sample has this name", name, "See the list of samples.")
    return _sample(row)


def _act(row: Any) -> Act:
    return Act(**{**row, "judgements": msgspec.json.decode(row["judgements"], type=tuple[str, ...])})


def _sample(row: Any) -> Sample:
    return Sample(**{**row, "items": tuple(msgspec.json.decode(row["items"], type=list[dict[str, Any]]))})
