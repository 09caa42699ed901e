"""How far coders agree on one sample: Krippendorff's alpha, and what they disagree about.

Alpha is 1 for full agreement and 0 for what chance would give; it takes any number of coders and gaps.
Source: Krippendorff 2018, Content Analysis, chapter 12; computed by the package of that name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from recount.errors import MissingExtra
from recount.records import Judgement, Record

Codes = Mapping[str, Mapping[str, str]]
"""By coder, then by item: what the coder decided."""


class Agreement(Record, frozen=True):
    """`alpha` is None where it is not defined: fewer than two coders on any item, or only one code in use.

    `both` counts items that at least two coders decided, `same` those on which all of them agree.
    """

    coders: tuple[str, ...]
    items: int
    both: int
    same: int
    alpha: float | None
    differing: tuple[str, ...] = ()


def code_of(judgement: Judgement) -> str:
    """What a decision says, as one nominal code: right, wrong, or the corrected value in full."""
    if judgement.value is None:
        return judgement.decision
    import msgspec

    return f"{judgement.decision}:{msgspec.json.encode(judgement.value, order='sorted').decode()}"


def agreement(codes: Codes, items: Sequence[str]) -> Agreement:
    """Nominal agreement of all coders over these items; decisions on other items are left out."""
    coders = tuple(sorted(codes))
    given = {item: [codes[c][item] for c in coders if item in codes[c]] for item in items}
    both = {item: said for item, said in given.items() if len(said) > 1}
    return Agreement(
        coders=coders,
        items=len(items),
        both=len(both),
        same=sum(len(set(said)) == 1 for said in both.values()),
        alpha=_alpha([[codes[c].get(item) for item in both] for c in coders]) if both else None,
        differing=tuple(item for item, said in both.items() if len(set(said)) > 1),
    )


def _alpha(table: Sequence[Sequence[str | None]]) -> float | None:
    """Alpha of a table of coders by items; None where only one code is in use, of which chance explains everything."""
    used = sorted({code for row in table for code in row if code is not None})
    if len(used) < 2:
        return None
    try:
        import krippendorff
    except ImportError:
        raise MissingExtra("agreement between coders", "web") from None
    numbers = {code: float(n) for n, code in enumerate(used)}
    data = [[numbers[code] if code is not None else float("nan") for code in row] for row in table]
    return round(float(krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")), 4)
