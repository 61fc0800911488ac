"""Written dates: what is known of them is kept, and nothing is filled in or guessed."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.core.dates import Date, Range, parse_date, parse_range, says_era
from quizgen.core.months import in_english
from quizgen.core.when import same_date

MONTHS = (
    "January February March April May June July August September October November December"
).split()
DAYS = st.dates().map(lambda day: (day.year, day.month, day.day))


@given(DAYS)
def test_a_day_is_read_however_it_is_written(day: tuple[int, int, int]) -> None:
    year, month, number = day
    name, date = MONTHS[month - 1], Date(year=year, month=month, day=number)
    suffix = (
        "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    )
    for text in (
        f"{number} {name} {year}",
        f"{name} {number}, {year}",
        f"the {number}{suffix} of {name}, {year}",
        f"on {name.upper()} {number}{suffix} {year}",
        f"{number} {name[:3]}. {year}",
        f"{year:04}-{month:02}-{number:02}",
        f"{year:04}/{month}/{number}",
        f"{year:04}年{month}月{number}日",
        f"Monday, {number} {name} {year}",
        f"  {number}  {name}  {year}. ",
    ):
        assert parse_date(text) == date, text


@given(DAYS)
def test_a_day_in_digits_is_ambiguous_where_it_can_be_read_two_ways(
    day: tuple[int, int, int],
) -> None:
    year, month, number = day
    for mark in "/.-":
        date = parse_date(f"{number}{mark}{month}{mark}{year:04}")
        assert date is not None
        assert date.is_ambiguous == (number <= 12 and number != month)
        if not date.is_ambiguous:
            assert (date.year, date.month, date.day) == day
            assert parse_date(f"{month}{mark}{number}{mark}{year:04}") == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("September 2022", Date(year=2022, month=9)),
        ("Sept. 2022", Date(year=2022, month=9)),
        ("2022 September", Date(year=2022, month=9)),
        ("2022-09", Date(year=2022, month=9)),
        ("9/2022", Date(year=2022, month=9)),
        ("15 September", Date(month=9, day=15)),
        ("September 15", Date(month=9, day=15)),
        ("May", Date(month=5)),
        ("2022", Date(year=2022)),
        ("in the year 987", Date(year=987)),
        ("२०२२", Date(year=2022)),
        ("221 BC", Date(year=-221)),
        ("221 b.c.e.", Date(year=-221)),
        ("15 March 44 BC", Date(year=-44, month=3, day=15)),
        ("79 AD", Date(year=79)),
        ("AD 79", Date(year=79)),
        ("79 C.E.", Date(year=79)),
        ("first of January 2000", Date(year=2000, month=1, day=1)),
        ("the twenty-first of May 1999", Date(year=1999, month=5, day=21)),
        ("29 February 2020", Date(year=2020, month=2, day=29)),
        ("29 February", Date(month=2, day=29)),
    ],
)
def test_what_is_not_said_is_not_filled_in(text: str, date: Date) -> None:
    assert parse_date(text) == date


@pytest.mark.parametrize(
    "text",
    "|79|15|today|30 February 2022|29 February 2021|29 February 1900|31 April|2022-13-01|0/5/2022"
    "|32 May 2022|15 Septembr 2022|Mayor 2022|1914-18|1960s|5 o'clock|2022 or 2023|99999"
    "|13/13/2022|15 September 2022 or so".split("|"),
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("1914-18", 1914, 1918),
        ("1914–1918", 1914, 1918),
        ("from 2012 to 2017", 2012, 2017),
        ("between 2012 and 2017", 2012, 2017),
        ("2012 until 2017", 2012, 2017),
        ("27 BC - 14 AD", -27, 14),
        ("221-206 BC", -221, -206),
        ("1960s", 1960, 1969),
        ("the 1960's", 1960, 1969),
        ("8th century", 701, 800),
        ("the eighth century", 701, 800),
        ("VIII century", 701, 800),
        ("twenty-first century", 2001, 2100),
        ("8th century BC", -800, -701),
        ("8th c.", 701, 800),
    ],
)
def test_ranges_of_years(text: str, start: int, end: int) -> None:
    assert parse_range(text) == Range(start=Date(year=start), end=Date(year=end))


def test_a_range_of_months_takes_its_year_from_the_end() -> None:
    assert parse_range("March-May 2020") == Range(
        start=Date(year=2020, month=3), end=Date(year=2020, month=5)
    )


@pytest.mark.parametrize(
    "text", ["2022", "2017-2012", "15 September 2022", "2022-09-15", "a-b", "1-2-3", "", "1914-"]
)
def test_what_is_no_range_is_none(text: str) -> None:
    assert parse_range(text) is None


@given(DAYS, DAYS)
def test_later_dates_come_later(a: tuple[int, int, int], b: tuple[int, int, int]) -> None:
    one, two = (Date(year=y, month=m, day=d) for y, m, d in (a, b))
    assert (one.ordinal() < two.ordinal()) == (a < b)
    assert Date(year=-50).ordinal() < Date(year=-49).ordinal() < Date(year=1).ordinal()


@given(st.text(max_size=30) | st.text(alphabet="0123456789-/.BCADadsth ʹ年月日", max_size=16))
def test_reading_dates_is_total(text: str) -> None:
    date, span = parse_date(text), parse_range(text)
    assert date is None or date.precision or date.year == 0
    assert span is None or span.start.ordinal() <= span.end.ordinal()


def test_naming_an_era() -> None:
    assert [says_era(text) for text in ("221 BC", "AD 79", "79 ce.", "79", "ad hoc")] == [
        True,
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("3 janv. 1990", "3 janvier 1990"),
        ("le 1er août 1914", "1 aout 1914"),
        ("3 märz 1990", "3. März 1990"),
        ("3 dic. 1990", "3 de diciembre de 1990"),
        ("il 3 lug 1990", "3 luglio 1990"),
        ("3 fev. 1990", "3 de fevereiro de 1990"),
        ("3 okt 1990", "3 oktober 1990"),
        ("9 мая 1945 года", "9 мая 1945"),
        ("3 October 1990", "3. Oktober 1990"),
    ],
)
def test_months_in_other_languages_are_read_where_the_answer_has_one(
    typed: str, answer: str
) -> None:
    verdict = same_date(typed, [answer], is_date=True)
    assert verdict is not None
    assert verdict.right
    assert same_date(typed, [answer]) is None


def test_a_month_of_another_language_is_none_beside_an_answer_in_english() -> None:
    """Where it would be a slip, and where no date is asked for."""
    assert same_date("12 Avril 1961", ["12 April 1961"], is_date=True) is None
    assert in_english("Mars") == "march"
    assert same_date("Mars", ["March"]) is None


@given(st.dates(dt.date(1583, 1, 1), dt.date(2999, 12, 31)), st.integers(0, 6))
def test_a_weekday_is_right_that_the_day_had(day: dt.date, off: int) -> None:
    named = (day + dt.timedelta(off)).strftime("%A")
    verdict = same_date(f"{named}, {day.isoformat()}", [day.isoformat()])
    assert verdict is not None
    assert verdict.grade == ("close" if off else "accepted")
