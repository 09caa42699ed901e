"""Country outlines from the shipped TopoJSON (world-atlas, Natural Earth 1:50m), decoded to rings of degrees."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import msgspec

Point = tuple[float, float]
"""Longitude, latitude."""
Ring = list[Point]
POLE = -85.0
"""Antarctica's ring follows the edge of the world on purpose."""


class Transform(msgspec.Struct):
    """How the file's whole numbers become degrees."""

    scale: tuple[float, float]
    translate: tuple[float, float]


class Names(msgspec.Struct):
    """What a geometry is called."""

    name: str = ""


class Geometry(msgspec.Struct):
    """One country: rings as lists of arcs, one level deeper in a MultiPolygon."""

    type: str
    arcs: list[list[int | list[int]]] = []
    properties: Names = msgspec.field(default_factory=Names)


class Collection(msgspec.Struct):
    """The countries."""

    geometries: list[Geometry]


class Objects(msgspec.Struct):
    """The file's objects; only the countries are read."""

    countries: Collection


class Topology(msgspec.Struct):
    """The file."""

    objects: Objects
    arcs: list[list[tuple[int, int]]]
    transform: Transform


class Country(msgspec.Struct, frozen=True):
    """One country's outer and inner rings."""

    name: str
    rings: list[Ring]


@cache
def countries() -> tuple[Country, ...]:
    """All countries; takes a tenth of a second the first time."""
    raw = files("recount.export.page").joinpath("assets/countries-50m.json").read_bytes()
    topology = msgspec.json.decode(raw, type=Topology)
    arcs = [_degrees(arc, topology.transform) for arc in topology.arcs]
    return tuple(
        Country(geometry.properties.name, [_ring(ring, arcs) for ring in _rings(geometry)])
        for geometry in topology.objects.countries.geometries
    )


def _degrees(arc: list[tuple[int, int]], transform: Transform) -> Ring:
    """An arc's steps added up, in degrees."""
    (kx, ky), (dx, dy) = transform.scale, transform.translate
    x = y = 0
    ring = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        ring.append((x * kx + dx, y * ky + dy))
    return ring


def _rings(geometry: Geometry) -> Iterator[list[int]]:
    """The rings of a Polygon, or of every polygon in a MultiPolygon, as lists of arc indexes."""
    for part in geometry.arcs:
        deeper = [ring for ring in part if isinstance(ring, list)]
        yield from deeper or [[index for index in part if isinstance(index, int)]]


def _ring(indexes: list[int], arcs: list[Ring]) -> Ring:
    """Arcs end to end; a negative index (one's complement) is walked backwards, shared end points stand once."""
    ring: Ring = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring.extend(arc[1:] if ring else arc)
    return ring if min(y for _, y in ring) < POLE else _whole(ring)


def _whole(ring: Ring) -> Ring:
    """A ring across the 180th meridian in one piece, its far side beyond 180 or -180 degrees."""
    turn, before = 0.0, ring[0][0]
    whole = []
    for x, y in ring:
        if abs(x - before) > 180:
            turn += 360.0 if x < before else -360.0
        before = x
        whole.append((x + turn, y))
    return whole
