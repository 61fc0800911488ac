"""Numbers with units: whether a typed value is the one asked for, in any unit of its kind."""

import re
from collections.abc import Sequence
from fractions import Fraction

from msgspec.structs import replace

from quizgen.core.normal import normalise
from quizgen.core.numerals import roman
from quizgen.core.quantity import Quantity, parse_number
from quizgen.core.units import converted, known_unit, unit_name
from quizgen.model import Number, Tolerance, Verdict

_UNSURE = Verdict(
    grade="close",
    reason="Close: the comma or point may part thousands or decimals; write it another way.",
)
_OTHER_UNIT = Verdict(grade="wrong", reason="The unit differs.")
MORE = Verdict(grade="close", reason="Close: the answer is in it, but there is more than is asked.")
"""Of an answer with something besides, be it a unit, an initial or a word."""

_TERM = re.compile(r"(?<=[^\W\d_])\.?,? ?(?:and )?(?=\d)")
_AND_A_PART = re.compile(r"(\w+) (\w+) and an? (half|quarter)")
_ONE = re.compile(r"an? (?=\w+$)")


def judge_number(typed: str, number: Number) -> Verdict:
    """The verdict on a typed number: right if |typed - value| is no more than the tolerance.

    A missing unit is taken for the item's own, which stands beside the answer; of a unit such as
    "billion US dollars" the scale may be typed or not. A unit that cannot be turned into the
    item's is wrong.
    """
    if not typed.strip():
        return Verdict(grade="wrong", reason="Nothing was typed.")
    quantity = _read(typed)
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
        if unit_name(quantity.unit) == unit_name(unit):
            return (quantity.value * factor,)
    one = parse_number(f"1 {number.unit}") or Quantity(value=Fraction(1), unit=number.unit)
    if not quantity.unit:
        in_thousands = (quantity.value / 1000,) if one.unit == "K" else ()
        return (quantity.value, quantity.value / one.value, *in_thousands)
    value = _in_unit(quantity, one.unit)
    return () if value is None else (value / one.value,)


def allowance(tolerance: Tolerance, value: Fraction) -> Fraction:
    """How far from `value` an answer may lie, in the unit of the value."""
    return abs(value) * tolerance.amount if tolerance.relative else tolerance.amount


def same_number(typed: str, accepted: Sequence[str]) -> Verdict | None:
    """The verdict where `typed` and an accepted answer are both numbers; None where not.

    A Roman numeral counts as typed. Where the answer has a unit of measure and none was typed,
    that is close, and so is the reverse; a word for what is counted may be left out or put in.
    """
    given = _read(typed) or _in_roman(typed)
    rights = [right for answer in accepted if (right := _read(answer)) is not None]
    if given is None or not rights:
        return None
    verdicts = [_compared(given, right) for right in rights]
    best = min(verdicts, key=lambda verdict: ("accepted", "close", "wrong").index(verdict.grade))
    is_alike = any(given.value == right.value for right in rights)
    has_unit = any(right.unit for right in rights)
    if best == _OTHER_UNIT and is_alike and not has_unit and known_unit(unit_name(given.unit)):
        return MORE
    return best


def _compared(given: Quantity, right: Quantity) -> Verdict:
    verdict = _compared_as_read(given, right)
    if verdict.grade != "wrong" or "k" not in (unit_name(given.unit), unit_name(right.unit)):
        return verdict
    in_thousands = _compared_as_read(_in_thousands(given), _in_thousands(right))
    return in_thousands if in_thousands.right else verdict


def _compared_as_read(given: Quantity, right: Quantity) -> Verdict:
    if unit_name(given.unit) == "°" != unit_name(right.unit):
        given = replace(given, unit="")
    value = _in_unit(given, right.unit)
    if value is not None and value == right.value:
        return _bounded(given, right)
    if not given.unit and known_unit(unit_name(right.unit)) and given.value == right.value:
        return Verdict(grade="close", reason=f"Close: the unit is missing ({right.unit}).")
    if value is None and given.value == right.value and _are_nouns(given.unit, right.unit):
        return Verdict(grade="close", reason=f"Close: the number is right, of {right.unit}.")
    if value is None:
        return _OTHER_UNIT
    if given.other == right.value and unit_name(given.unit) == unit_name(right.unit):
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
    given = _read(typed) or _in_roman(typed)
    rights = [right for answer in accepted if (right := _read(answer)) is not None]
    return given is not None and any(
        unit_name(given.unit) == unit_name(right.unit)
        or (known_unit(unit_name(given.unit)) and known_unit(unit_name(right.unit)))
        for right in rights
        if _compared(given, right).right
    )


def _in_unit(quantity: Quantity, unit: str) -> Fraction | None:
    """The value in `unit`; None where its own unit is of another kind.

    A word that is no unit ("140 countries" where 140 is asked, or the reverse) is a noun and
    changes nothing. Degrees are those that are asked for.
    """
    own, asked = unit_name(quantity.unit), unit_name(unit)
    if own == asked:
        return None if _are_mega_and_milli(quantity.unit, unit) else quantity.value
    known, wanted = known_unit(own), known_unit(asked)
    if own == "°" and wanted and wanted.zero:
        return quantity.value
    if known and wanted:
        return converted(quantity.value, known, wanted)
    if (not asked and known is None and _is_noun(own)) or (not own and wanted is None):
        return quantity.value
    return None


def _read(text: str) -> Quantity | None:
    """The number that the text is, or the sum that it names: "1 h 30 min", "an hour and a half"."""
    if len(text) > 60:
        return parse_number(text)
    if found := _AND_A_PART.fullmatch(normalise(text)):
        count = "one" if found[1] in ("a", "an") else found[1]
        return parse_number(f"{count} and a {found[3]} {found[2]}")
    if (number := parse_number(text)) is not None:
        return number
    terms = [parse_number(term) for term in _TERM.split(_ONE.sub("1 ", normalise(text)))]
    return _sum([term for term in terms if term is not None], len(terms))


def _in_roman(text: str) -> Quantity | None:
    value = roman(normalise(text))
    return None if value is None else Quantity(value=Fraction(value))


def _sum(terms: Sequence[Quantity], count: int) -> Quantity | None:
    """The terms added up in the last one's unit, where each is in a smaller unit than the one before."""
    units = [known_unit(unit_name(term.unit)) for term in terms]
    known = [unit for unit in units if unit and unit.measures in ("time", "length", "mass")]
    factors = [unit.factor for unit in known]
    is_falling = factors == sorted(set(factors), reverse=True)
    if not (len(known) == count and is_falling and len({unit.measures for unit in known}) == 1):
        return None
    if any(term.value < 0 or term.about or term.other for term in terms):
        return None
    total = sum((t.value * f for t, f in zip(terms, factors, strict=True)), Fraction(0))
    return Quantity(value=total / factors[-1], unit=terms[-1].unit)


def _in_thousands(quantity: Quantity) -> Quantity:
    """5 K as 5,000: a K behind a space is kelvin, or where that does not fit a thousand."""
    if unit_name(quantity.unit) != "k":
        return quantity
    return replace(quantity, value=quantity.value * 1000, unit="")


def _are_nouns(*units: str) -> bool:
    names = [unit_name(unit) for unit in units]
    return all(known_unit(name) is None and _is_noun(name) for name in names)


def _is_noun(word: str) -> bool:
    """Whether it can be a word for what is counted, and not a slip beside the digits ("18o")."""
    return len(word) > 2 or not word.isascii()


def _are_mega_and_milli(typed: str, asked: str) -> bool:
    """Whether one unit says mega and the other milli ("MW", "mW"); typed in small letters says neither."""
    if not 2 <= len(typed) <= 3 or typed.islower():
        return False
    is_other = {typed[:1], asked[:1]} == {"M", "m"}
    return is_other and unit_name(typed) not in ("mm", "mi", "min", "ml")
