"""A teacher's grades: as typed at a command, and which of them a percentage earns."""

import re
from collections.abc import Sequence
from fractions import Fraction

from quizgen.model import GradeBand

_BAND = re.compile(r"(\S+?)\s*[:=]\s*(\d{1,3}(?:[.,]\d{1,6})?)\s*%?(?:[\s;]+|,\s+|$)")


def read_bands(text: str) -> tuple[GradeBand, ...]:
    """The grades of a text such as "A:90 B:80 C:70", the best first.

    Raises ValueError, with a sentence, where it is none or a grade is not given from fewer percent
    than the one before it.
    """
    bands: list[GradeBand] = []
    at = 0
    text = text.strip()
    while at < len(text):
        found = _BAND.match(text, at)
        if found is None:
            raise ValueError(
                f'"{text[at:][:20]}" is no grade. Write them such as "A:90 B:80 C:70".'
            )
        percent = Fraction(found[2].replace(",", "."))
        if percent > 100:
            raise ValueError(f"{found[1]} is given from more than 100 percent.")
        if bands and percent >= bands[-1].percent:
            raise ValueError(
                f"{found[1]} stands below {bands[-1].name}, but is not given from fewer percent."
            )
        bands.append(GradeBand(name=found[1], percent=percent))
        at = found.end()
    if not bands:
        raise ValueError('There are no grades. Write them such as "A:90 B:80 C:70".')
    return tuple(bands)


def band_of(percent: Fraction | None, bands: Sequence[GradeBand]) -> str:
    """The first grade whose percentage is reached; empty below the last."""
    if percent is None:
        return ""
    return next((band.name for band in bands if percent >= band.percent), "")
