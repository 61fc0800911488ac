"""Whether a typed date is the one asked for: every part that is known the same, none guessed."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from quizgen.core.dates import WEEKDAY, Date, Range, parse_date, parse_range, says_era
from quizgen.core.months import in_english
from quizgen.core.normal import normalise
from quizgen.core.numerals import roman, with_digits
from quizgen.model import Verdict

_SAME = Verdict(grade="accepted", reason="Right; dates may be written in other ways.")
_OTHER = Verdict(grade="wrong", reason="This is another date.")
_SAY_ERA = Verdict(grade="close", reason="Close: say whether it is BC.")
_SHORT_YEAR = Verdict(grade="close", reason="Close: write the year in full.")
_WEEKDAYS = ("sat", "sun", "mon", "tue", "wed", "thu", "fri")
_DAY_AND_MONTH = re.compile(r"\d{1,2}([/.-])\d{1,2}")
_GRADES = ("accepted", "close", "wrong")


def same_date(typed: str, accepted: Sequence[str], *, is_date: bool = False) -> Verdict | None:
    """The verdict where `typed` and an accepted answer are both dates; None where not.

    Where a date is asked for, a year may stand in words, and a day and month alone in digits;
    where an answer names its month in another language, what is typed may as well.
    """
    is_foreign = is_date and not any(parse_range(one) or parse_date(one) for one in accepted)
    rights = [right for one in accepted if (right := _read(one, is_date, is_foreign)) is not None]
    if not rights:
        return None
    given = _read(typed, is_date, is_foreign) or _bare_year(typed)
    if isinstance(given, Range):
        return min((_compared_ranges(given, right, typed) for right in rights), key=_rank)
    is_short = any(_has_short_year(typed, right) for right in rights)
    if given is None:
        if any(normalise(typed) == str(right.year) for right in rights if isinstance(right, Date)):
            return _SAY_ERA
        return _SHORT_YEAR if is_short else None
    full = [right for right in rights if not any(_is_short_for(right, other) for other in rights)]
    verdicts = [
        verdict
        for right in rights
        for verdict in [_compared(given, right, says_era=says_era(typed))]
        if verdict.right or right in full
    ]
    best = min(verdicts, key=_rank)
    if best.right and _names_another_weekday(typed, given):
        return Verdict(grade="close", reason="Close: it was another day of the week.")
    return _SHORT_YEAR if best.grade == "wrong" and is_short else best


def _rank(verdict: Verdict) -> int:
    return _GRADES.index(verdict.grade)


def _read(text: str, is_date: bool, is_foreign: bool) -> Date | Range | None:
    read = parse_range(text) or parse_date(text)
    if read is not None or not is_date or len(text) > 60:
        return read
    if is_foreign:
        english = in_english(text)
        read = parse_range(english) or parse_date(english)
    return read or _year(text) or _day_and_month(text)


def _year(text: str) -> Date | None:
    """A year in words or in Roman numerals."""
    text = normalise(text)
    year = roman(text)
    if year is not None and len(text) > 3:
        return Date(year=year)
    return parse_date(with_digits(text.replace("-", " ")))


def _day_and_month(text: str) -> Date | None:
    """A day and month in digits, as "22/3"; ambiguous where the day could be a month."""
    text = normalise(text).removesuffix(".")
    found = _DAY_AND_MONTH.fullmatch(text)
    # Any leap year lets each day of a year stand.
    read = parse_date(f"{text}{found[1]}2000") if found else None
    return None if read is None else replace(read, year=0)


def _names_another_weekday(typed: str, day: Date) -> bool:
    """Whether a weekday is said that the day did not have; before 1583 calendars differ."""
    found = WEEKDAY.match(normalise(typed))
    if found is None or day.precision < 3 or day.year < 1583:
        return False
    # Zeller's congruence: January and February are months of the year before.
    year, month = (day.year, day.month) if day.month > 2 else (day.year - 1, day.month + 12)
    leaps = year // 4 - year // 100 + year // 400
    return _WEEKDAYS[(day.day + 13 * (month + 1) // 5 + year + leaps) % 7] != found[0][:3]


def _compared_ranges(given: Range, right: Date | Range, typed: str) -> Verdict:
    if given == right:
        return _SAME
    if isinstance(right, Range):
        first, last = right.start.year, right.end.year
        if not says_era(typed) and (given.start.year, given.end.year) == (-last, -first):
            return _SAY_ERA
        if (given.start.year, given.end.year) == (first - 1, first + 8) and last == first + 99:
            return Verdict(grade="close", reason="Close: this may be a decade; name the century.")
    return Verdict(grade="wrong", reason="These are other dates.")


def _has_short_year(typed: str, right: Date | Range) -> bool:
    """Whether `typed` is the date with a year of two digits: "15/9/22"."""
    if isinstance(right, Range) or right.year < 1000:
        return False
    found = re.fullmatch(r"(.*?)'?(\d\d)", normalise(typed))
    if found is None or found[1][-1:].isdecimal():
        return False
    full = parse_date(f"{found[1]}{right.year // 100}{found[2]}")
    return full is not None and _compared(full, right, says_era=False).grade != "wrong"


def _is_short_for(short: Date | Range, full: Date | Range) -> bool:
    """Whether one accepted date leaves out parts of another ("5 November", "5 November 2022")."""
    if isinstance(short, Range) or isinstance(full, Range) or short.precision >= full.precision:
        return False
    parts = ((short.year, full.year), (short.month, full.month), (short.day, full.day))
    return all(a in (0, b) for a, b in parts)


def _bare_year(typed: str) -> Date | None:
    digits = normalise(typed)
    return Date(year=int(digits)) if digits.isdecimal() and len(digits) <= 2 else None


def _compared(given: Date, right: Date | Range, *, says_era: bool) -> Verdict:
    if isinstance(right, Range):
        if given in (right.start, right.end) and not given.is_ambiguous:
            return Verdict(grade="close", reason="Close: this is part of the time asked for.")
        return _OTHER
    if given.is_ambiguous and not right.is_ambiguous:
        if given.year == right.year and {given.month, given.day} == {right.month, right.day}:
            return Verdict(
                grade="close",
                reason="Close: day and month could be either way round; write the month as a word.",
            )
        return _OTHER
    if not says_era and right.year < 0 and (given.year, given.month) == (-right.year, right.month):
        return _SAY_ERA
    parts = [
        (a, b)
        for a, b in ((given.year, right.year), (given.month, right.month), (given.day, right.day))
        if a and b
    ]
    if not parts or any(a != b for a, b in parts):
        return _OTHER
    known = [bool(part) for part in (given.year, given.month, given.day)]
    asked = [bool(part) for part in (right.year, right.month, right.day)]
    if known == asked:
        return _SAME
    if given.precision < right.precision:
        return Verdict(grade="close", reason="Close: the date is asked for more exactly.")
    return Verdict(grade="close", reason="Close: this says more of the date than is asked.")
