"""Units of measure: what each measures and how many base units it is, alone or in a product.

Units of a project's own are said by `units:` of a number.
"""

import re
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from quizgen.core.normal import normalise


class Unit(NamedTuple):
    """What it measures, how many base units one of it is, and what its zero is in base units."""

    measures: str
    factor: Fraction
    zero: Fraction = Fraction(0)


_ROWS: Mapping[str, Mapping[str, str]] = {
    "length": {"1": "m, metre, metres, meter, meters", "1000": "km, kilometre, kilometres, kilometer, kilometers", "1/100": "cm, centimetre, centimetres, centimeter, centimeters", "1/1000": "mm, millimetre, millimetres, millimeter, millimeters", "1/1000000": "μm, um, micrometre, micrometres, micrometer, micrometers", "1/1000000000": "nm, nanometre, nanometres, nanometer, nanometers", "1609.344": "mi, mile, miles", "0.3048": "ft, foot, feet", "0.0254": "in, inch, inches"},
    "mass": {"1": "kg, kilo, kilos, kilogram, kilograms", "1/1000": "g, gram, grams", "1/1000000": "mg, milligram, milligrams", "1/1000000000": "μg, ug, mcg, microgram, micrograms", "1000": "t, tonne, tonnes", "0.45359237": "lb, lbs, pound, pounds"},
    "time": {"1": "s, sec, second, seconds", "1/1000": "ms, millisecond, milliseconds", "1/1000000": "μs, microsecond, microseconds", "60": "min, minute, minutes", "3600": "h, hr, hrs, hour, hours", "86400": "d, day, days", "604800": "week, weeks"},
    "length^2": {"10000": "ha, hectare, hectares"},
    "length^3": {"1/1000": "l, litre, litres, liter, liters", "1/1000000": "ml, millilitre, millilitres, milliliter, milliliters"},
    "length time^-1": {"5/18": "kmh, kph"},
    "time^-1": {"1": "hz, hertz", "1000": "khz, kilohertz"},
    "data": {"1": "byte, bytes", "1000": "kb, kilobyte, kilobytes", "1000000": "mb, megabyte, megabytes", "1000000000": "gb, gigabyte, gigabytes", "1000000000000": "tb, terabyte, terabytes", "1/8": "bit, bits", "125": "kbit, kilobit, kilobits", "125000": "mbit, megabit, megabits", "125000000": "gbit, gigabit, gigabits"},
    "share": {"1": "", "1/100": "%", "1/1000": "‰"},
    "temperature": {"1": "k, kelvin, kelvins"},
    "usd": {"1": "usd"}, "eur": {"1": "eur"}, "gbp": {"1": "gbp"}, "cny": {"1": "cny"},
}  # fmt: skip

_UNITS = {
    name: Unit(measures, Fraction(factor))
    for measures, units in _ROWS.items()
    for factor, names in units.items()
    for name in names.split(", ")
}
_UNITS |= dict.fromkeys(
    ("°c", "c", "celsius", "°celsius"), Unit("temperature", Fraction(1), Fraction("273.15"))
)
_UNITS |= dict.fromkeys(
    ("°f", "f", "fahrenheit", "°fahrenheit"),
    Unit("temperature", Fraction(5, 9), Fraction("459.67") * 5 / 9),
)

_FACTOR = re.compile(r"(?P<by>[/*·. ]?)(?P<name>[^\W\d_]+)(?:\^?(?P<power>-?[1-9]))?")
_POWERS = (
    (re.compile(r"\b(?:square|sq) (\w+)"), r"\1^2"),
    (re.compile(r"\bcubic (\w+)"), r"\1^3"),
    (re.compile(r"\s*(?:\bper\b|/)\s*"), "/"),
)
_BITS = re.compile(r"^([MGT])b(?=$|[/ ])")
_DEGREES = re.compile(r"^deg(?:rees?)?\b ?")


@lru_cache(maxsize=4096)
def unit_name(unit: str) -> str:
    """The unit in small letters without points: its name here. "Mb" are bits, "MB" are bytes."""
    name = normalise(_BITS.sub(r"\1bit", unit.strip()))
    return _DEGREES.sub("°", re.sub(r"(?<=\w)\.", "", name)).strip()


@lru_cache(maxsize=4096)
def known_unit(name: str) -> Unit | None:
    """The unit of this name, or the product that it says ("m/s^2", "kg m^-3"); None if unknown."""
    if name in _UNITS:
        return _UNITS[name]
    for pattern, replacement in _POWERS:
        name = pattern.sub(replacement, name)
    measures: Counter[str] = Counter()
    factor, at = Fraction(1), 0
    while at < len(name):
        found = _FACTOR.match(name, at)
        one = _UNITS.get(found["name"]) if found else None
        if found is None or one is None or one.zero or (at > 0) != bool(found["by"]):
            return None
        power = int(found["power"] or 1) * (-1 if found["by"] == "/" else 1)
        factor *= one.factor**power
        for measure, times in _dimensions(one.measures).items():
            measures[measure] += times * power
        at = found.end()
    return Unit(_named(measures), factor)


def _dimensions(measures: str) -> Counter[str]:
    pairs = (one.partition("^") for one in measures.split(" "))
    return Counter({measure: int(power or 1) for measure, _, power in pairs})


def _named(measures: Counter[str]) -> str:
    """As the table has it: "length time^-1"."""
    return " ".join(
        measure if power == 1 else f"{measure}^{power}"
        for measure, power in sorted(measures.items())
        if power
    )


def converted(value: Fraction, unit: Unit, wanted: Unit) -> Fraction | None:
    """The value in the wanted unit; None where they measure different things."""
    if unit.measures != wanted.measures:
        return None
    return (value * unit.factor + unit.zero - wanted.zero) / wanted.factor
