"""Wrong options for a range, such as "1 to 1.5 kilograms": others of its width, below and above."""

import re
from decimal import Decimal

from quizgen.drafting.ladders import RUNGS, Ladder

_RANGE = re.compile(
    r"(?P<low>\d[\d,]*(?:\.\d+)?)(?P<own>\D{0,12}?)(?P<to> to | ?– ?)(?P<high>\d[\d,]*(?:\.\d+)?)(?P<tail>(?!\d).*)",
    re.DOTALL,
)
_HIGHEST = Decimal(10) ** 15


def is_range(text: str) -> bool:
    """Whether the figure goes from one to another."""
    return _RANGE.fullmatch(text) is not None


def range_ladder(text: str) -> Ladder:
    """Ranges that begin where another ends, so that none takes in a part of the key."""
    found = _RANGE.fullmatch(text)
    if found is None:
        return Ladder((), ())
    ends = [Decimal(found[end].replace(",", "")) for end in ("low", "high")]
    width = ends[1] - ends[0]
    is_share = "%" in found["tail"] or "cent" in found["tail"]
    highest = Decimal(100) if is_share else _HIGHEST
    sides = [
        tuple(
            _written(found, low, high)
            for low, high in ([end + sign * step * width for end in ends] for step in _STEPS)
            if width > 0 and low > 0 and high <= highest
        )
        for sign in (-1, 1)
    ]
    return Ladder(*sides)


_STEPS = range(1, RUNGS + 1)


def _written(found: re.Match[str], low: Decimal, high: Decimal) -> str:
    """Two figures as those of the range are: with their separators, and as many decimals where both
    have the same.
    """
    decimals = {len(found[end].partition(".")[2]) for end in ("low", "high")}
    said = [f"{one:,f}" if "," in found[0] else f"{one:f}" for one in (low, high)]
    if len(decimals) > 1:
        said = [one.rstrip("0").rstrip(".") if "." in one else one for one in said]
    return f"{said[0]}{found['own']}{found['to']}{said[1]}{found['tail']}"
