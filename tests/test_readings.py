"""Whether a term stands in a text, however figures, dates and words are written in both."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from quizgen.checks.readings import stands
from tests.conftest import few
from tests.strategies import WORDS, written_numbers

STANDS = (
    ("1,400", "It is 1400 m"),
    ("1400", "It is 1,400 m"),
    ("1 400", "It is 1,400 m"),
    ("1400", "It is 1 400 m"),
    ("1400", "It is 1\u00a0400 m"),
    ("1,400 km", "It is 1 400 km"),
    ("1.4 thousand", "about 1,400 lakes"),
    ("1,400", "about 1.4 thousand lakes"),
    ("2.55 million", "2,550,000 people"),
    ("2,550,000", "2.55 million people"),
    ("2.55", "2.55 million people"),
    ("50%", "50 % of all"),
    ("50 percent", "50% of all"),
    ("50 per cent", "50 %"),
    ("50", "50 % of all"),
    ("70.0", "about 70 per cent water"),
    ("half", "50 %"),
    ("50 %", "half of all"),
    ("0.5", "50 %"),
    ("1/2", "half"),
    ("½", "1/2"),
    ("1½", "1.5 times"),
    ("1.5 million", "one and a half million"),
    ("half a million", "500,000"),
    ("$5 million", "5 million US dollars"),
    ("$5m", "5 million dollars"),
    ("US$5 million", "$5m was paid"),
    ("5 million", "$5 million"),
    ("€3", "3 euros"),
    ("RMB 5", "5 yuan"),
    ("July 4, 2021", "on 4 July 2021."),
    ("4 July 2021", "on 2021-07-04,"),
    ("2021-07-04", "on July 4th, 2021"),
    ("2021-07-04", "the 4th of July 2021"),
    ("July 2021", "on 4 July 2021"),
    ("July 4", "on 4 July 2021"),
    ("July", "on 4 July 2021"),
    ("2021", "on 4 July 2021"),
    ("Jul 2021", "on 4 July 2021"),
    ("4 July 2021", "In 2021, on 4 July, it"),
    ("4 July 2021", "4-6 July 2021"),
    ("6 July 2021", "4-6 July 2021"),
    ("4 July 2021", "July 4-6, 2021"),
    ("6 July 2021", "July 4 to 6, 2021"),
    ("04/07/2021", "4 July 2021"),
    ("4.7.2021", "4 July 2021"),
    ("2021年7月4日", "4 July 2021"),
    ("4 July 2021", "2021年7月4日"),
    ("4 July 2021", "le 4 juillet 2021"),
    ("three", "3 lakes"),
    ("3", "three lakes"),
    ("21", "twenty-one lakes"),
    ("twenty-one", "21 lakes"),
    ("18th", "the eighteenth congress"),
    ("18th congress", "the Eighteenth Congress"),
    ("18", "the 18th congress"),
    ("2012-2017", "from 2012 to 2017"),
    ("2012 to 2017", "2012–2017"),
    ("2017", "2016-17"),
    ("3 million", "3-5 million"),
    ("5 million", "3–5 million"),
    ("5%", "5-7 %"),
    ("$5", "$3-5"),
    ("5 km", "5\u00a0km"),
    ("5 km", "5km"),
    ("5 kilometres", "5 km"),
    ("2.5", "rose to 2.5."),
    ("2.5", "rose to 2,5"),
    ("-5", "fell to −5 °C"),
    ("−5 °C", "fell to -5°C"),
    ("-5", "minus 5 degrees"),
    ("10^6", "10⁶ cells"),
    ("1,000,000", "10^6 cells"),
    ("3.2×10^5", "320,000"),
    ("٣٤", "34 lakes"),
    ("34", "٣٤"),
    ("34万", "340,000"),
    ("China", "China's capital"),
    ("China's", "China’s capital"),
    ("lake baikal", "Lake Baikal lies"),
    ("well-known", "a well known lake"),
    ("U.S.", "the US navy"),
    ("May", "in May it"),
    ("May", "on 5 May 2021"),
    ("5 May", "on May 5"),
    ("C++", "in C++ we"),
    ("北京", "他住在北京市"),
    ("R&D", "R&D costs"),
    ("1990s", "in the 1990's"),
    ("19", "COVID-19"),
    ("10/12", "10/12 of"),
    ("10", "10/12 countries"),
    ("a dozen", "12 eggs"),
    ("twelve", "a dozen eggs"),
    ("Gödel", "Kurt Go\u0308del was"),
    ('"worst bargain"', 'was the "worst bargain" of'),
    ("two thirds", "2/3 of"),
    ("66 %", "66 percent of"),
    ("one", "one of them"),
    ("14 September 2022", "September 14 and 15, 2022"),
    ("15 September 2022", "September 14 and 15, 2022"),
    ("140", "over 140 countries"),
    ("140+", "140+ countries"),
    ("1996", "It was so in 1996.12"),
    ("6,000 km", "6 000 km"),
    ("three hundred and forty-six thousand", "346,000"),
    ("1.4 billion", "1.4bn people"),
    ("4 billion", "4bn people"),
    ("2:1", "won 2:1"),
    ("15 March 44 BC", "on 15 March 44 BC"),
    ("Theresa May", "by Theresa May in"),
    ("O'Neill", "by O’Neill"),
    ("G20", "the G20 summit"),
    ("24-hour", "the 24 hour line"),
    ("12308", "hotline 12308 is"),
)
ABSENT = (
    ("14", "140 lakes"),
    ("14", "1,400"),
    ("14", "14.5 m"),
    ("5", "2.5 m"),
    ("5", "rose to 2.5."),
    ("2", "rose to 2.5."),
    ("May", "you may go"),
    ("May", "they may go in 2021"),
    ("5 May", "of these 5 may go"),
    ("March", "they march on"),
    ("1", "1/2 of all"),
    ("1", "half of all"),
    ("5", "fell to -5"),
    ("-5", "rose to 5"),
    ("-5", "2-5"),
    ("400", "1\u00a0400"),
    ("1,400", "1,500"),
    ("140 million", "140 thousand"),
    ("$5", "€5"),
    ("$5", "$5 million"),
    ("5 %", "5 people"),
    ("1 million", "5 million"),
    ("1", "twenty-one"),
    ("one", "twenty-one"),
    ("one", "twenty one"),
    ("three", "three hundred"),
    ("20", "twenty-one"),
    ("4 July 2021", "5 July 2021"),
    ("4 July 2021", "4 July 2020"),
    ("4 July 2021", "4 June 2021"),
    ("July 2021", "4 July 2020, in 2021"),
    ("2021-07-04", "2021-07-05"),
    ("1990", "in the 1990s"),
    ("Baika", "Lake Baikal"),
    ("fifth deep", "a fifth, not deep"),
    ("20", "the G20 summit"),
    ("C", "in C++"),
    ("50 %", "51 %"),
    ("half", "a third"),
    ("30 %", "30,000"),
    ("1.5", "15"),
    ("15", "1.5"),
    ("2.55 million", "2.56 million"),
    ("2.55 million", "2,550"),
    ("", "x"),
    ("?", "x"),
    ("16", "1,642"),
    ("642", "1,642"),
    ("1998", "1989"),
    ("1,642 m", "1,642 km"),
    ("Quail", "Quayle"),
    ("60,000", "6,000"),
    ("to", "from 2-5"),
    ("100", "ten"),
    ("2017", "2016-18"),
    ("23", "20 3"),
)


@pytest.mark.parametrize(("term", "text"), STANDS)
def test_a_term_stands_however_it_is_written(term: str, text: str) -> None:
    assert stands(term, text)


@pytest.mark.parametrize(("term", "text"), ABSENT)
def test_a_near_miss_does_not_stand(term: str, text: str) -> None:
    assert not stands(term, text)


NUMBERS = st.integers(1, 10**10).map(lambda number: Fraction(number, 100))
POWERS_OF_TEN = {Fraction(10) ** power for power in range(-9, 10)}


@given(NUMBERS)
@example(Fraction(1000))
def test_a_number_stands_in_all_its_spellings(number: Fraction) -> None:
    """Two spellings of one number: each stands where the other does."""
    spellings = written_numbers(number)
    for one in spellings:
        for other in spellings:
            assert stands(one, f"There are {other} of them."), (one, other)


@given(NUMBERS, NUMBERS)
def test_no_other_number_stands(one: Fraction, other: Fraction) -> None:
    """But for powers of ten, which a lone point or comma and a scale word leave open."""
    assume(one / other not in POWERS_OF_TEN)
    for text in written_numbers(other):
        if " " not in text and "/" not in text:
            for term in written_numbers(one):
                assert not stands(term, f"There are {text} of them."), (term, text)


DAYS = st.dates(date(1000, 1, 1), date(2999, 12, 31))


def spelt(day: date) -> tuple[str, ...]:
    month = f"{day:%B}"
    ends = {1: "st", 2: "nd", 3: "rd"}
    end = "th" if day.day in (11, 12, 13) else ends.get(day.day % 10, "th")
    return (
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{month} {day.day}{end}, {day.year}",
        f"the {day.day}{end} of {month} {day.year}",
        f"{day:%Y-%m-%d}",
        f"{day.day:02}.{day.month:02}.{day.year}",
        f"{day.day} {month[:3]}. {day.year}",
        f"{day.year}年{day.month}月{day.day}日",
    )


@settings(max_examples=few(15))
@given(DAYS, DAYS)
def test_a_day_stands_in_all_its_spellings_and_no_other_does(one: date, other: date) -> None:
    for term in spelt(one):
        for text in spelt(one):
            assert stands(term, f"On {text}, it was listed."), (term, text)
        for text in spelt(other) if one != other else ():
            assert not stands(term, f"On {text}, it was listed."), (term, text)


TEXTS = st.lists(
    st.sampled_from(
        [*WORDS, "5", "-7", "2.5", "1,400", "50 %", "$3", "May", "may", "4 July", "一", "½"]
    ),
    min_size=1,
    max_size=12,
)


@given(TEXTS, st.data())
def test_words_in_a_row_stand_where_they_do(words: list[str], data: st.DataObject) -> None:
    """Whatever is taken out of a text, from word to word, stands in it."""
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    assert stands(" ".join(words[start:end]), " ".join(words))


@given(st.text(), st.text())
@example("A£", "")
def test_any_text_is_read(term: str, text: str) -> None:
    assert stands(term, text) in (True, False)
    if any(char.isalnum() for char in term):
        assert stands(term, term)
