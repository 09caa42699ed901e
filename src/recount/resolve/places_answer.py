"""From mentions to places: the reading in front, the best kept beside it, and what an unlisted name can still say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recount.records import Place, PlaceCandidate
from recount.resolve.places_find import PlaceMention, find
from recount.resolve.places_gazetteer import Gazetteer, gazetteer, holds, rough_km
from recount.resolve.places_precision import level_of
from recount.resolve.places_readings import Context, Frame, Name, gather, ident, weigh_context
from recount.resolve.places_score import LARGE_TOWN, score_alone, score_together
from recount.resolve.places_world import Spot
from recount.values.soft_hyphens import SOFT

KEPT = 3
WELL_KNOWN = 20_000  # people: a town whose country a comma does not change
TWIN_KM = 120.0
BORDERLAND_KM = 60.0  # lists and reports differ on which side of a boundary a place lies


def resolve(
    mentions: Sequence[PlaceMention],
    *,
    text: str,
    country_hint: str | None = None,
    outlet: str | None = None,
    when: date | None = None,
) -> list[Place]:
    """A place for each mention, in their order; `country` None and level "unknown" where nothing is known.

    `country_hint` is an ISO 3166 alpha-2 code that the caller knows; `outlet` a publisher's domain; `when` the day
    that is told of, for areas that were renamed. The two or three best readings stand in `candidates`, best first, with
    score (bits) and reason.
    """
    known = gazetteer()
    names = gather(mentions, text, known)
    context = weigh_context(mentions, names, text, Frame(hint=country_hint, outlet=outlet, when=when), known)
    score_alone(names, context, known)
    score_together(names)
    memo: dict[tuple[str, str, str | None], Place] = {}
    places = []
    for mention in mentions:
        said = (mention.name, ident(mention), mention.relation)
        if said not in memo:
            memo[said] = _place(mention, names[said[1]], names, known, context)
        places.append(memo[said])
    return places


def _place(mention: PlaceMention, name: Name, names: dict[str, Name], known: Gazetteer, context: Context) -> Place:
    ranked = sorted(range(len(name.spots)), key=lambda at: -name.scores[at])
    if not ranked or _elsewhere(name.spots[ranked[0]], name, names):
        return _unlisted(mention, name, names, known, context)
    ranked = _town_or_district(mention, name, ranked)
    candidates = tuple(_candidate(name.spots[at], name.scores[at], _told(name.reasons[at])) for at in ranked[:KEPT])
    best = name.spots[ranked[0]]
    level, why = level_of(best.level, mention.relation, mention.kind)
    reason = f"{best.name}, {best.level}: {', '.join(_told(name.reasons[ranked[0]][:6]))}"
    if len(ranked) > 1:
        lead, other = name.scores[ranked[0]] - name.scores[ranked[1]], candidates[1]
        reason += f"; {lead:.1f} bits ahead of {other.name} ({other.admin1 or other.country}, {other.level})"
    return Place(
        name=_name(mention), country=best.country, admin1=best.name if best.level == "province" else best.admin1,
        admin2=best.name if best.level == "district" else best.admin2, latitude=best.latitude, longitude=best.longitude,
        level=level, relation=mention.relation, candidates=candidates,
        reason=reason + (f"; {why}" if why else ""),
    )  # fmt: skip


def _name(mention: PlaceMention) -> str:
    """The name as said, without soft hyphens."""
    return mention.name.replace(SOFT, "")


def _elsewhere(spot: Spot, name: Name, names: dict[str, Name]) -> bool:
    """Whether a place contradicts the area that the report says it is in: a namesake, then, of one not listed."""
    areas = [
        best for key in name.inside if (best := names[key].best()) and best.level in ("country", "province", "district")
    ]
    if spot.curated or spot.population > WELL_KNOWN:  # "from Mumbai, Pakistan heard": no list of areas
        areas = [area for area in areas if area.level != "country"]
    if spot.level == "district":  # "in North Waziristan, Tank and …": districts are in no district
        areas = [area for area in areas if area.level != "district"]
    if not areas or spot.level not in ("settlement", "near", "district"):
        return False
    return not any(holds(area, spot) or rough_km(area, spot) < BORDERLAND_KM for area in areas)


def _town_or_district(mention: PlaceMention, name: Name, ranked: list[int]) -> list[int]:
    """A bare name that town and district share means the district, unless the town is large (GED, appendix 3)."""
    best = name.spots[ranked[0]]
    if mention.kind or best.alone or best.level not in ("settlement", "district", "province"):
        return ranked
    if best.level == "province":
        # An American state is spoken of far more often than a town of its name.
        return ranked if best.country == "US" else _capital_first(name, ranked)
    twin = "district" if best.level == "settlement" else "settlement"
    spots = name.spots
    other = next((at for at in ranked[1:] if spots[at].level == twin and _twins(spots[at], best)), None)
    if other is None:
        return ranked
    town = best if best.level == "settlement" else name.spots[other]
    wanted = "settlement" if town.population >= LARGE_TOWN else "district"
    return ranked if best.level == wanted else [other, *(at for at in ranked if at != other)]


def _twins(one: Spot, other: Spot) -> bool:
    """Whether a town and a district of one name lie together, one of them an edited entry."""
    return one.country == other.country and (one.curated or other.curated) and rough_km(one, other) < TWIN_KM


def _capital_first(name: Name, ranked: list[int]) -> list[int]:
    """A large town that gave its province the name is meant where no word says province."""
    best = name.spots[ranked[0]]
    for at in ranked[1:]:
        spot = name.spots[at]
        if spot.level == "settlement" and spot.area[:2] == best.area[:2] and spot.population >= LARGE_TOWN:
            return [at, *(other for other in ranked if other != at)]
    return ranked


def _told(reasons: Sequence[tuple[str, float]]) -> list[str]:
    """Features with their bits, as words."""
    return [f"{feature} {bits:+.1f}" for feature, bits in reasons]


def _candidate(spot: Spot, score: float, reasons: list[str]) -> PlaceCandidate:
    return PlaceCandidate(
        gazetteer_id=spot.id, name=spot.name, country=spot.country, admin1=spot.admin1, admin2=spot.admin2,
        latitude=spot.latitude, longitude=spot.longitude, level=spot.level, population=spot.population,
        score=round(score, 2), reason=", ".join(reasons),
    )  # fmt: skip


def _unlisted(mention: PlaceMention, name: Name, names: dict[str, Name], known: Gazetteer, context: Context) -> Place:
    """A name that no list has: a near spelling of the country's, else the area said to hold it, else unknown."""
    area = next((best for key in name.inside if (best := names[key].best())), None)
    country = area.country if area else context.hint or _only_country(context)
    spot = _near_spelling(name.key, country, area, known) if country else None
    if spot:
        level, why = level_of(spot.level, mention.relation, mention.kind)
        return Place(
            name=_name(mention), country=spot.country, admin1=spot.admin1, admin2=spot.admin2, latitude=spot.latitude,
            longitude=spot.longitude, level=level, relation=mention.relation,
            candidates=(_candidate(spot, 0.0, [f"spelt like {name.key!r}"]),),
            reason=f"no list has {mention.head!r}; {spot.name} ({country}) is spelt nearly so" + (why and f"; {why}"),
        )  # fmt: skip
    if area:
        return Place(
            name=_name(mention), country=area.country, admin1=area.name if area.level == "province" else area.admin1,
            admin2=area.name if area.level == "district" else area.admin2,
            latitude=area.latitude, longitude=area.longitude,
            level="near" if area.level in ("settlement", "near") else area.level, relation=mention.relation,
            reason=f"no list has {mention.head!r}; said to be in {area.name}, whose point stands for it",
        )  # fmt: skip
    return Place(
        name=_name(mention),
        country=country if mention.known else None,
        relation=mention.relation,
        reason=f"no list has {mention.head!r}",
    )


def _only_country(context: Context) -> str | None:
    """The country that the report names alone, or clearly most."""
    ranked = (context.countries + context.peoples).most_common(2)
    if ranked and (len(ranked) == 1 or ranked[0][1] >= 3 * ranked[1][1]):
        return ranked[0][0]
    return context.publisher if not ranked else None


def _near_spelling(key: str, country: str, area: Spot | None, known: Gazetteer) -> Spot | None:
    from rapidfuzz import fuzz, process

    if len(key) < 5:
        return None
    pool = known.names_in(country)
    for found, _, _ in process.extract(key, pool, scorer=fuzz.ratio, score_cutoff=84.0, limit=5):
        if found[0] != key[0]:
            continue
        for spot in known.spots(found):
            if spot.country == country and (
                area is None or area.level == "country" or holds(area, spot) or rough_km(area, spot) < 60
            ):
                return spot
    return None


def read(text: str, *, country_hint: str | None = None, outlet: str | None = None) -> list[Place]:
    """The places of a text: `find` and `resolve` in one."""
    return resolve(find(text), text=text, country_hint=country_hint, outlet=outlet)
