"""Written numbers, units and numerals: the value exactly, or nothing at all."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizgen.core.measure import allowance, judge_number, same_number
from quizgen.core.numerals import roman, with_digits
from quizgen.core.quantity import ordering_keys, parse_number
from quizgen.model import Number, Tolerance

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def in_words(number: int, *, joint: str = " and ") -> str:
    """English number words, as a person says them."""
    for size, name in (
        (10**12, "trillion"),
        (10**9, "billion"),
        (10**6, "million"),
        (1000, "thousand"),
    ):
        if number >= size:
            most, rest = divmod(number, size)
            words = f"{in_words(most, joint=joint)} {name}"
            return (
                f"{words}{joint if rest < 100 else ' '}{in_words(rest, joint=joint)}"
                if rest
                else words
            )
    if number >= 100:
        hundreds, rest = divmod(number, 100)
        words = f"{ONES[hundreds]} hundred"
        return f"{words}{joint}{in_words(rest)}" if rest else words
    if number >= 20:
        tens, one = divmod(number, 10)
        return f"{TENS[tens - 2]}-{ONES[one]}" if one else TENS[tens - 2]
    return ONES[number]


def value(text: str) -> Fraction | None:
    quantity = parse_number(text)
    return None if quantity is None else quantity.value


WHOLE = st.integers(0, 10**15) | st.integers(0, 2_000)


@given(WHOLE)
def test_a_whole_number_is_read_however_it_is_written(number: int) -> None:
    for text in (
        f"{number}",
        f"{number:,}",
        f"{number:,}".replace(",", " "),
        f"{number:,}".replace(",", "\u202f"),
        f"{number:,}".replace(",", "'"),
        f"{number}.0",
        f"+{number}",
        f"{number * 1000}e-3",
        in_words(number),
        in_words(number, joint=" ").upper(),
    ):
        assert value(text) == number, text
    assert value(f"-{number}") == value(f"\u2212{number}") == value(f"minus {number}") == -number
    if number >= 10**6:
        assert value(f"{number:,}".replace(",", ".")) == number


@given(st.decimals(-(10**9), 10**9, places=4, allow_nan=False))
def test_a_decimal_is_exact_with_point_or_comma(number: object) -> None:
    assert value(f"{number:f}") == value(f"{number:f}".replace(".", ",")) == Fraction(str(number))


@given(st.integers(1, 999), st.sampled_from(("thousand", "million", "billion", "trillion")))
def test_scale_words_multiply(number: int, scale: str) -> None:
    power = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}[scale]
    assert value(f"{number} {scale}") == value(f"{in_words(number)} {scale}") == number * 10**power
    assert value(f"{number}.25 {scale}") == Fraction(number * 100 + 25, 100) * 10**power
    assert value(f"{number} × 10^{power}") == value(f"{number}e{power}") == number * 10**power


@given(st.integers(1, 99), st.integers(1, 99))
def test_fractions_are_exact(top: int, bottom: int) -> None:
    assert value(f"{top}/{bottom}") == Fraction(top, bottom)
    assert value(f"3 {top}/{bottom}") == 3 + Fraction(top, bottom)


@pytest.mark.parametrize(
    ("text", "number", "unit", "about"),
    [
        ("346 thousand", 346_000, "", ""),
        ("346k", 346_000, "", ""),
        ("3,14", Fraction(314, 100), "", ""),
        ("1,400", 1400, "", ""),
        ("1,234.5", Fraction(2469, 2), "", ""),
        ("1.234.567,5", Fraction(2469135, 2), "", ""),
        ("½", Fraction(1, 2), "", ""),
        ("1½", Fraction(3, 2), "", ""),
        ("10³", 1000, "", ""),
        ("2^10", 1024, "", ""),
        ("10⁻³", Fraction(1, 1000), "", ""),
        ("two thirds", Fraction(2, 3), "", ""),
        ("a quarter", Fraction(1, 4), "", ""),
        ("half a million", 500_000, "", ""),
        ("one and a half million", 1_500_000, "", ""),
        ("two point five", Fraction(5, 2), "", ""),
        ("a dozen", 12, "", ""),
        ("two dozen", 24, "", ""),
        ("$ 5", 5, "usd", ""),
        ("US$ 2.5 bn", 2_500_000_000, "usd", ""),
        ("5 euros", 5, "eur", ""),
        ("50 per cent", 50, "%", ""),
        ("9.8 m/s²", Fraction(98, 10), "m/s^2", ""),
        ("nearly 11 trillion US dollars", 11 * 10**12, "usd", "less"),
        ("more than 150 countries", 150, "countries", "more"),
        ("at least 5", 5, "", "more"),
        ("at most 5", 5, "", "less"),
        ("5 or more", 5, "", "more"),
        ("5 or so", 5, "", "about"),
        ("≈5", 5, "", "about"),
        ("~ 5", 5, "", "about"),
        ("over 5", 5, "", "more"),
        ("-0", 0, "", ""),
        ("0,500", Fraction(1, 2), "", ""),
        ("0,0000", 0, "", ""),
    ],
)
def test_what_is_read_of_a_number(text: str, number: Fraction | int, unit: str, about: str) -> None:
    quantity = parse_number(text)
    assert quantity is not None
    assert (quantity.value, quantity.unit, quantity.about) == (number, unit, about)


NOT_NUMBERS = (
    "|nan|inf|Infinity|∞|many|someone|overone|twenty twenty|fifty-fifty|two one|one two three|point"
    "|1 or 2|one or two|1-2|1 to 2|1/0|0x10|1_000|1.2.3|1,2,3,4|--1|+|-|1,2345,678|12,34,56|1 2 3"
)


@pytest.mark.parametrize("text", [*NOT_NUMBERS.split("|"), "9" * 201])
def test_what_is_not_sure_is_not_read(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [("1,234", 1234, Fraction(1234, 1000)), ("1.234", Fraction(1234, 1000), 1234)],
)
def test_a_lone_separator_before_three_digits_has_a_second_reading(
    text: str, one: Fraction, other: Fraction
) -> None:
    quantity = parse_number(text)
    assert quantity is not None
    assert (quantity.value, quantity.other) == (one, other)


@pytest.mark.parametrize("text", ["12.34", "1,234,567", "0.123", "1234.567", "1.234e3", "1,2345"])
def test_any_other_has_none(text: str) -> None:
    quantity = parse_number(text)
    assert quantity is not None
    assert quantity.other is None


@given(st.text(max_size=30) | st.text(alphabet="0123456789.,-/ e^x×km%$½²", max_size=16))
def test_reading_numbers_is_total(text: str) -> None:
    quantity = parse_number(text)
    assert quantity is None or isinstance(quantity.value, Fraction)


# --- Sorting -------------------------------------------------------------------------------------


def test_numbers_sort_by_value_and_dates_by_time() -> None:
    assert ordering_keys(("10", "9", "1,000")) == (Fraction(10), Fraction(9), Fraction(1000))
    assert ordering_keys(("10 km", "9 km")) == (Fraction(10), Fraction(9))
    assert ordering_keys(("10 km", "9 kg")) is None
    assert ordering_keys(("10", "many")) is None
    assert ordering_keys(("May 2020", "3/4/2020")) is None
    dates = ordering_keys(("May 2021", "15 September 2020"))
    assert dates is not None
    assert dates[1] < dates[0]


# --- Numerals ------------------------------------------------------------------------------------


def to_roman(number: int) -> str:
    out = ""
    for size, name in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        "m cm d cd c xc l xl x ix v iv i".split(),
        strict=True,
    ):
        out += name * (number // size)
        number %= size
    return out


@given(st.integers(1, 3999))
def test_roman_numerals(number: int) -> None:
    """All of them, but for those that are names and words of their own."""
    text = to_roman(number)
    assert roman(text) in {number, None}
    assert roman(text) == number or len(text) <= 3
    assert with_digits(f"king {text}") in {f"king {number}", f"king {text}"}


@pytest.mark.parametrize("text", ["iiii", "vx", "ic", "", "civic", "iix", "mmmm", "mix", "xi"])
def test_what_is_no_roman_numeral(text: str) -> None:
    assert roman(text) is None


@given(st.integers(1, 99), st.integers(0, 10**6))
def test_words_become_digits(small: int, number: int) -> None:
    words = in_words(number).replace("-", " ")
    assert with_digits(f"about {words} people") == f"about {number} people"
    assert with_digits(f"the {small}th plan") == f"{small} plan"


def test_ordinals_become_digits() -> None:
    assert with_digits("henry the eighth") == "henry 8"
    assert with_digits("twenty first century") == "21 century"
    assert with_digits("the twentieth congress") == "20 congress"
    assert with_digits("xivth plan") == "14 plan"
    assert with_digits("no number here") == "no number here"


# --- Units and tolerances ------------------------------------------------------------------------

FALL = Number(
    id="fall",
    stem="?",
    value=Fraction(98, 10),
    text="9.8",
    unit="m/s^2",
    tolerance=Tolerance(amount=Fraction(1, 100), relative=True),
    units={"ft/s^2": Fraction(3048, 10_000)},
)


@pytest.mark.parametrize(
    ("typed", "grade"),
    [
        ("9.8", "exact"),
        ("9.8 m/s^2", "exact"),
        ("9.8 m/s²", "exact"),
        ("9,8", "accepted"),
        ("9.85", "accepted"),
        ("9.71", "accepted"),
        ("9.6", "wrong"),
        ("32.2 ft/s²", "accepted"),
        ("9.8 km", "wrong"),
        ("nine point eight", "accepted"),
        ("-9.8", "wrong"),
        ("fast", "wrong"),
        ("", "wrong"),
    ],
)
def test_a_number_is_right_within_its_tolerance_in_any_of_its_units(typed: str, grade: str) -> None:
    assert judge_number(typed, FALL).grade == grade


def test_an_item_s_own_number_with_a_doubtful_separator_is_close() -> None:
    item = Number(id="n", stem="?", value=Fraction(1234), text="1,234")
    assert judge_number("1.234", item).grade == "close"
    assert judge_number("1,234", item).grade == "exact"
    assert judge_number("1234 people", item).grade == "accepted"


MONEY = Number(
    id="money",
    stem="?",
    value=Fraction(11),
    text="11",
    unit="trillion US dollars",
    units={"trillion yuan": Fraction(1, 7)},
)


@pytest.mark.parametrize(
    ("typed", "grade"),
    [
        ("11", "exact"),
        ("11 trillion US dollars", "exact"),
        ("11 trillion", "accepted"),
        ("$11 trillion", "accepted"),
        ("11,000 billion dollars", "accepted"),
        ("11,000,000,000,000", "accepted"),
        ("11 dollars", "wrong"),
        ("11 billion", "wrong"),
        ("11 billion US dollars", "wrong"),
        ("11 trillion euros", "wrong"),
        ("11 trillion km", "wrong"),
    ],
)
def test_the_scale_of_a_unit_may_be_typed_or_not(typed: str, grade: str) -> None:
    assert judge_number(typed, MONEY).grade == grade


@given(st.fractions(-100, 100), st.fractions(0, 2))
def test_an_allowance_is_absolute_or_a_share_of_the_value(
    value: Fraction, amount: Fraction
) -> None:
    assert allowance(Tolerance(amount=amount), value) == amount
    assert allowance(Tolerance(amount=amount, relative=True), value) == abs(value) * amount >= 0


@pytest.mark.parametrize(
    ("typed", "accepted"),
    [
        ("2.44 km", "2,440 m"),
        ("1 square kilometre", "100 ha"),
        ("1 day", "24 hours"),
        ("36 km/h", "10 m/s"),
        ("1 inch", "2.54 cm"),
        ("1 tonne", "1000 kg"),
        ("2 litres", "2000 ml"),
        ("25%", "0.25"),
        ("0.25", "25%"),
        ("$5", "5 US dollars"),
        ("10 degrees Celsius", "10 °C"),
    ],
)
def test_units_of_one_kind_are_turned_into_one_another(typed: str, accepted: str) -> None:
    verdict = same_number(typed, [accepted])
    assert verdict is not None
    assert verdict.right


@pytest.mark.parametrize(
    ("typed", "accepted"),
    [("5 m", "5 s"), ("5 m", "5 m^2"), ("$5", "5 euros"), ("10 °C", "10 °F"), ("5 m", "5 metric")],
)
def test_units_of_two_kinds_are_not(typed: str, accepted: str) -> None:
    verdict = same_number(typed, [accepted])
    assert verdict is not None
    assert verdict.grade == "wrong"


def test_what_is_no_number_is_left_to_other_rules() -> None:
    assert same_number("many", ["5"]) is None
    assert same_number("5", ["many"]) is None


SIZES = st.fractions(min_value=Fraction(1, 100), max_value=10**6, max_denominator=100)
LENGTHS = (("nm", 9), ("µm", 6), ("mm", 3), ("cm", 2), ("m", 0), ("kilometres", -3))


def _decimal(value: Fraction) -> str:
    return f"{value * 10**13 // 10**13}.{value % 1 * 10**13 // 1:013}"


@given(SIZES, st.sampled_from(LENGTHS), st.sampled_from(LENGTHS))
def test_a_length_is_right_in_each_unit_and_as_no_other_number_of_it(
    size: Fraction, unit: tuple[str, int], other: tuple[str, int]
) -> None:
    """Turned into the other unit it is right; with the other unit alone it is not."""
    answer = f"{_decimal(size)} {unit[0]}"
    turned = size * Fraction(10) ** (other[1] - unit[1])
    assume(turned * 10**13 % 1 == 0)
    for typed, right in ((_decimal(turned), True), (_decimal(size), unit == other)):
        verdict = same_number(f"{typed} {other[0]}", [answer])
        assert verdict is not None
        assert verdict.right == right


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("-40 °F", "-40 °C"),
        ("0 K", "-273.15 degrees Celsius"),
        ("5 K", "5,000"),
        ("5,000", "5 K"),
        ("300K", "300 K"),
        ("36 km/h", "10 m s^-1"),
        ("1 g/cm3", "1000 kg per cubic metre"),
        ("1,000 square metres", "0.1 ha"),
        ("5 ft 6 in", "66 in"),
        ("half an hour", "30 min"),
        ("two hours and a quarter", "135 minutes"),
        ("8 megabits", "1 MB"),
        ("%25", "25 %"),
        ("USD 5", "$5"),
        ("三百五十", "350"),
        ("1.2亿", "120 million"),
        ("nineteen oh five", "1905"),
    ],
)
def test_the_same_amount_in_other_units_and_words(typed: str, answer: str) -> None:
    verdict = same_number(typed, [answer])
    assert verdict is not None
    assert verdict.right, verdict.reason


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("5 K", "5 °C"),
        ("5 Mb", "5 MB"),
        ("30 min 1 h", "90 min"),
        ("1 h 1 h", "2 h"),
        ("1 h 5 kg", "65 min"),
        ("5 N", "5 m"),
        ("5 s/m", "5 m/s"),
        ("二三", "23"),
    ],
)
def test_amounts_that_are_not_the_same(typed: str, answer: str) -> None:
    verdict = same_number(typed, [answer])
    assert verdict is None or verdict.grade == "wrong"
