"""Whether a term stands in a text, however figures, dates and words are written in both."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from quizgen.checks.grounding.readings import stands
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
    ("1.2", "1.2 billion people"),
    ("$1.2 billion", "US$1.2bn"),
    ("1,2 Milliarden", "1,2 Milliarden Euro"),
    ("€1.2 billion", "1,2 Milliarden Euro"),
    ("3,500", "3.500 Einwohner"),
    ("Xi Jinping", "President Xi Jinping's visit"),
    ("the Gambia", "in Gambia"),
    ("12:30", "at 12:30 local time"),
    ("-40", "at −40 °C"),
    ("40", "at minus 40"),
    ("one third", "a third of"),
    ("1/3", "one third of"),
    ("two-thirds", "two thirds of"),
    ("2/3", "two-thirds of"),
    ("20th", "the 20th Party Congress"),
    ("20th century", "twentieth century"),
    ("1 October 1949", "October 1st, 1949"),
    ("1949-10-01", "1 October 1949"),
    ("Oct. 1, 1949", "1 October 1949"),
    ("October 1949", "on October 1, 1949"),
    ("1 Oct", "on October 1"),
    ("100,000", "a hundred thousand"),
    ("100,000", "one hundred thousand"),
    ("1 million", "a million people"),
    ("1.5 million", "1½ million"),
    ("2,000", "two thousand"),
    ("25", "twenty-five"),
    ("25", "twenty five"),
    ("1984", "nineteen eighty-four"),
    ("70", "about 70% of"),
    ("70 percent", "70% of"),
    ("seventy per cent", "70% of"),
    ("10 km", "10km"),
    ("10-km", "10 km"),
    ("5 m", "5 metres"),
    ("100 m²", "100 m2"),
    ("100 m2", "100 m²"),
    ("9.8 m/s²", "9.8 m/s2"),
    ("3×10⁸", "3 × 10^8 m/s"),
    ("300,000,000", "3×10⁸ m/s"),
    ("H2O", "H₂O is"),
    ("CO2", "CO₂ emissions"),
    ("World War II", "World War II began"),
    ("No. 5", "No. 5 of"),
    ("AIIB", "the AIIB (Asian)"),
    ("Asian Infrastructure Investment Bank", 'the "Asian Infrastructure Investment Bank" (AIIB)'),
    ("Côte d'Ivoire", "in Côte d’Ivoire"),
    ("naïve", "a naïve idea"),
    ("5–7", "5-7 days"),
    ("from 5 to 7", "5–7 days"),
    ("five to seven", "5-7 days"),
    ("between 5 and 7", "between 5 and 7 days"),
    ("£10", "10 pounds"),
    ("10 yuan", "¥10"),
    ("10", "¥10"),
    ("140", "more than 140 countries"),
    ("140+", "more than 140+ countries"),
    ("2021/22", "in 2021/22"),
    ("2022", "2021/22"),
    ("1st", "the first of"),
    ("first", "the 1st of"),
    ("1", "first of"),
    ("5th China International Import Expo", "the fifth China International Import Expo"),
    ("Q1 2021", "in Q1 2021"),
    ("COVID-19", "the COVID-19 pandemic"),
    ("Boeing 737", "a Boeing 737 jet"),
    ("A380", "an A380 jet"),
    ("24/7", "open 24/7"),
    ("9/11", "the 9/11 attacks"),
    ("99.9%", "99.9 percent"),
    ("0", "zero cases"),
    ("zero", "0 cases"),
    ("12 h", "12 hours"),
    ("3.5", "3½ years"),
    ("7:3", "7:3 ratio"),
    ("4th", "July 4, 2021"),
    ("15 Sept. 2022", "15 September 2022"),
    ("September 15", "15 September 2022"),
    ("2022年9月15日", "September 15, 2022"),
    ("15.09.2022", "15 September 2022"),
    ("15/9/2022", "15 September 2022"),
    ("9/15/2022", "15 September 2022"),
    ("the 1980s", "in the 1980s"),
    ("1980s", "in the 1980s"),
    ("mid-1980s", "in the mid-1980s"),
    ("three quarters", "3/4 of"),
    ("75 %", "three quarters of"),
    ("0.75", "three quarters of"),
    ("1.4", "1.4 billion"),
    ("M4", "the M4 motorway"),
    ("۱۴۰۰", "1400"),
    ("1400", "۱۴۰۰"),
    ("hundreds", "hundreds of people"),
    ("1 in 5", "1 in 5 people"),
    ("one in five", "1 in 5 people"),
    ("Jan. 2020", "January 2020"),
    ("2-0", "won 2-0"),
    ("2–0", "won 2-0"),
    ("10.2 km", "10,2 km"),
    ("2", "chapters 2,5,10"),
    ("1.234", "1,234 t"),
    ("5 km", "five kilometres"),
    ("five kilometres", "5 km"),
    ("5 million km", "5 million kilometres"),
    ("2012-17", "from 2012 to 2017"),
    ("5m US dollars", "$5 million"),
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
    ("12", "1.2 billion"),
    ("40", "fell to −40 °C"),
    ("4 October 1949", "1 October 1949"),
    ("October 1950", "October 1, 1949"),
    ("100", "100,000"),
    ("1,000", "100,000"),
    ("25", "twenty-six"),
    ("5", "25"),
    ("70 %", "70 of"),
    ("100 m", "100 km"),
    ("II", "World War III"),
    ("737", "Boeing 7378"),
    ("380", "an A380 jet"),
    ("0", "10"),
    ("zero", "10"),
    ("3", "3½ years"),
    ("1", "21st"),
    ("1 July", "July 4, 2021"),
    ("2020", "2021"),
    ("19", "1980s"),
    ("8", "1980s"),
    ("75 %", "75 of"),
    ("Mar", "Marseille"),
    ("Jan", "Jane"),
    ("Oct", "octopus"),
    ("$10", "£10"),
    ("1.5 million", "1.5 billion"),
    ("half", "halfway"),
    ("ten", "often"),
    ("one", "none"),
    ("Xi", "XIV"),
    ("5 km", "5 kg"),
    ("50", "$500"),
    ("2", "H2O"),
    ("100", "100,000"),
    ("1", "1,000"),
    ("1.4", "1,400"),
    ("1.4 million", "1,400"),
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
        [*WORDS, "5", "-7", "2.5", "1,400", "50 %", "$3", "May", "may", "4 July", "一", "half"]
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
