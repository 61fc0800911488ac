"""Numbers with units: whether a typed value is the one asked for, in any unit of its kind."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from quizgen.core.fold import normalise
from quizgen.core.numerals import roman
from quizgen.core.quantity import Quantity, parse_number
from quizgen.model import Number, Tolerance, Verdict

_UNSURE = Verdict(
    grade="close",
    reason="Close: the comma or point may part thousands or decimals; write it another way.",
)


class _Unit(NamedTuple):
    """A unit: what it measures, and how many base units one of it is."""

    measures: str
    factor: Fraction


def _table() -> Mapping[str, _Unit]:
    """Common units by their usual names; those of a project's own are said by `units:`."""
    rows: dict[str, dict[str, str]] = {
        "length": {"1": "m, metre, metres, meter, meters", "1000": "km, kilometre, kilometres, kilometer, kilometers", "1/100": "cm, centimetre, centimetres, centimeter, centimeters", "1/1000": "mm, millimetre, millimetres, millimeter, millimeters", "1609.344": "mi, mile, miles", "0.3048": "ft, foot, feet", "0.0254": "in, inch, inches"},
        "mass": {"1": "kg, kilo, kilos, kilogram, kilograms", "1/1000": "g, gram, grams", "1000": "t, tonne, tonnes", "0.45359237": "lb, lbs, pound, pounds"},
        "time": {"1": "s, sec, second, seconds", "60": "min, minute, minutes", "3600": "h, hr, hrs, hour, hours", "86400": "d, day, days", "604800": "week, weeks"},
        "area": {"1": "m^2, m2, sq m, square metre, square metres, square meter, square meters", "1000000": "km^2, km2, sq km, square kilometre, square kilometres, square kilometer, square kilometers", "10000": "ha, hectare, hectares"},
        "volume": {"1": "l, litre, litres, liter, liters", "1/1000": "ml, millilitre, millilitres, milliliter, milliliters", "1000": "m^3, m3, cubic metre, cubic metres, cubic meter, cubic meters"},
        "share": {"1": "", "1/100": "%", "1/1000": "‰"},
        "speed": {"1": "m/s, metres per second, meters per second", "5/18": "km/h, kmh, kph, kilometres per hour, kilometers per hour"},
        "celsius": {"1": "°c, c, celsius, degrees celsius"}, "fahrenheit": {"1": "°f, f, fahrenheit, degrees fahrenheit"}, "kelvin": {"1": "k, kelvin"},
        "money.usd": {"1": "usd"}, "money.eur": {"1": "eur"}, "money.gbp": {"1": "gbp"}, "money.cny": {"1": "cny"},
    }  # fmt: skip
    return {
        name: _Unit(measures, Fraction(factor))
        for measures, units in rows.items()
        for factor, names in units.items()
        for name in names.split(", ")
    }


_UNITS = _table()


def judge_number(typed: str, number: Number) -> Verdict:
    """The verdict on a typed number: right if |typed - value| is no more than the tolerance.

    A missing unit is taken for the item's own, which stands beside the answer; of a unit such as
    "billion US dollars" the scale may be typed or not. A unit that cannot be turned into the
    item's is wrong.
    """
    if not typed.strip():
        return Verdict(grade="wrong", reason="Nothing was typed.")
    quantity = parse_number(typed)
    if quantity is None:
        return Verdict(grade="wrong", reason="A number is asked for.")
    values = _in_item_unit(quantity, number)
    if not values:
        asked = number.unit or "no unit"
        return Verdict(grade="wrong", reason=f"The unit differs: {asked} is asked for.")
    given = normalise(typed)
    if given in (normalise(number.text), normalise(f"{number.text} {number.unit}")):
        return Verdict(grade="exact", reason="Right.")
    if number.value in values:
        return Verdict(grade="accepted", reason="Right; numbers may be written in other ways.")
    off = min(abs(value - number.value) for value in values)
    if number.tolerance is not None and off <= allowance(number.tolerance, number.value):
        return Verdict(grade="accepted", reason="Right, within the tolerance.")
    if quantity.other == number.value and quantity.unit in ("", number.unit):
        return _UNSURE
    return Verdict(grade="wrong", reason="This is another number.")


def in_unit_of(number: Number, quantity: Quantity) -> Fraction | None:
    """The value that the judge takes a quantity for, in the unit of `number`; None if of another kind."""
    return next(iter(_in_item_unit(quantity, number)), None)


def _in_item_unit(quantity: Quantity, number: Number) -> tuple[Fraction, ...]:
    """What the quantity may be in the item's unit; empty where it is of another kind."""
    for unit, factor in number.units.items():
        if _name(quantity.unit) == _name(unit):
            return (quantity.value * factor,)
    one = parse_number(f"1 {number.unit}") or Quantity(value=Fraction(1), unit=number.unit)
    if not quantity.unit:
        return (quantity.value, quantity.value / one.value)
    value = _in_unit(quantity, one.unit)
    return () if value is None else (value / one.value,)


def allowance(tolerance: Tolerance, value: Fraction) -> Fraction:
    """How far from `value` an answer may lie, in the unit of the value."""
    return abs(value) * tolerance.amount if tolerance.relative else tolerance.amount


def same_number(typed: str, accepted: Sequence[str]) -> Verdict | None:
    """The verdict where `typed` and an accepted answer are both numbers; None where not.

    A Roman numeral counts as typed. Where the answer has a unit of measure and none was typed,
    that is close; a word for what is counted may be left out or put in.
    """
    given = parse_number(typed)
    if given is None and (value := roman(normalise(typed))) is not None:
        given = Quantity(value=Fraction(value))
    rights = [right for answer in accepted if (right := parse_number(answer)) is not None]
    if given is None or not rights:
        return None
    verdicts = [_compared(given, right) for right in rights]
    return min(verdicts, key=lambda verdict: ("accepted", "close", "wrong").index(verdict.grade))


def _compared(given: Quantity, right: Quantity) -> Verdict:
    value = _in_unit(given, right.unit)
    if value is not None and value == right.value:
        return _bounded(given, right)
    if not given.unit and _name(right.unit) in _UNITS and given.value == right.value:
        return Verdict(grade="close", reason=f"Close: the unit is missing ({right.unit}).")
    if value is None and given.value == right.value and _are_nouns(given.unit, right.unit):
        return Verdict(grade="close", reason=f"Close: the number is right, of {right.unit}.")
    if value is None:
        return Verdict(grade="wrong", reason="The unit differs.")
    if given.other == right.value and _name(given.unit) == _name(right.unit):
        return _UNSURE
    return Verdict(grade="wrong", reason="This is another number.")


def _bounded(given: Quantity, right: Quantity) -> Verdict:
    """The same value: whether what is said of its rounding fits."""
    if not given.about or given.about == right.about or (right.about and given.about == "about"):
        return Verdict(grade="accepted", reason="Right; numbers may be written in other ways.")
    if right.about in ("", "about"):
        return Verdict(
            grade="close", reason="Close: give the number itself, without a word such as about."
        )
    return Verdict(grade="wrong", reason="It is on the other side of that number.")


def same_measure(typed: str, accepted: Sequence[str]) -> bool:
    """Whether `typed` is the value of an accepted answer with the same unit or one of its kind."""
    given = parse_number(typed)
    rights = [right for answer in accepted if (right := parse_number(answer)) is not None]
    return given is not None and any(
        _name(given.unit) == _name(right.unit)
        or {_name(given.unit), _name(right.unit)} <= set(_UNITS)
        for right in rights
        if _compared(given, right).right
    )


def _in_unit(quantity: Quantity, unit: str) -> Fraction | None:
    """The value in `unit`; None where its own unit is of another kind.

    A word that is no unit ("140 countries" where 140 is asked, or the reverse) is a noun and
    changes nothing.
    """
    own, asked = _name(quantity.unit), _name(unit)
    if own == asked:
        return None if _are_mega_and_milli(quantity.unit, unit) else quantity.value
    known, wanted = _UNITS.get(own), _UNITS.get(asked)
    if known and wanted:
        same_kind = known.measures == wanted.measures
        return quantity.value * known.factor / wanted.factor if same_kind else None
    if (not asked and known is None and _is_noun(own)) or (not own and wanted is None):
        return quantity.value
    return None


def _are_nouns(*units: str) -> bool:
    return all(_name(unit) not in _UNITS and _is_noun(_name(unit)) for unit in units)


def _is_noun(word: str) -> bool:
    """Whether it can be a word for what is counted, and not a slip beside the digits ("18o")."""
    return len(word) > 2 or not word.isascii()


def _name(unit: str) -> str:
    return re.sub(r"(?<=\w)\.", "", normalise(unit)).strip()


def _are_mega_and_milli(a: str, b: str) -> bool:
    """Whether one unit says mega and the other milli ("MW", "mW"); small letters alone say neither."""
    first = {unit[:1] for unit in (a, b) if 2 <= len(unit) <= 3 and not unit.islower()}
    return first == {"M", "m"} and _name(a) not in _UNITS
