"""Written dates to what is known of them: year, month and day as far as given, era, or a range.

Nothing is filled in and nothing is guessed: "September 2022" has no day, and "09/10/2022" is
ambiguous and says so.
"""

import re
from fractions import Fraction

from msgspec.structs import replace

from quizgen.core.normal import compatible
from quizgen.core.numerals import CHINESE, chinese, with_digits
from quizgen.model import Frozen

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_NUMBER_OF = {name: number for number, name in enumerate(MONTHS, start=1)}
_NUMBER_OF |= {name[:3]: number for name, number in _NUMBER_OF.items()} | {"sept": 9}
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_BEFORE = r"bce|bc|b\.c\.(?:e\.)?"
_ERA_BEHIND = re.compile(rf"(?<=[\d\s])\s*\b(?:(?P<before>{_BEFORE})|ce|ad|c\.e\.|a\.d\.)\s*$")
_ERA_ENDS = ("c", "d", "e", ".")
_ERA_IN_FRONT = re.compile(r"^(?:ad|a\.d\.)\s*(?=\d)")
_LEAD = re.compile(r"^(?:on |in |since )?(?:the )?(?:year )?")
_WEEKDAYS = "mon tue tues wed wednes thu thur thurs fri sat satur sun".split()
WEEKDAY = re.compile(rf"^(?:{'|'.join(reversed(_WEEKDAYS))})(?:day)?,?\s+")
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{1,4})"
_NAMED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_DAY}(?: of)? {_MONTH},? {_YEAR}",
        rf"(?P<day>\d{{1,2}})-{_MONTH}-(?P<year>\d{{4}})",
        rf"{_MONTH} (?:the )?{_DAY},? {_YEAR}",
        rf"{_MONTH},? (?:of )?(?P<year>\d{{4}})",
        rf"(?P<year>\d{{4}}),? {_MONTH}",
        rf"{_DAY}(?: of)? {_MONTH}",
        rf"{_MONTH} (?:the )?{_DAY}",
        _MONTH,
    )
)
_YEAR_FIRST = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?",
        r"(?P<year>\d{4})[/.](?P<month>\d{1,2})[/.](?P<day>\d{1,2})",
        r"(?P<month>\d{1,2})[/.](?P<year>\d{4})(?P<day>)",
        r"(?P<year>\d{4})年(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?)?",
    )
)
_NUMERIC = re.compile(r"(?P<one>\d{1,2})(?P<mark>[/.-])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4})")
_BESIDE = {"on", "in", "since", "the", "year", "ad", "bc", "ce", "bce", *"abcde"}
_BESIDE |= {word + end for word in _WEEKDAYS for end in ("", "day")}
"""Every word that may stand with a date in digits."""
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[a-z]+")
_DASHES = re.compile(r"[\u2212\u2013\u2014\u2010\u2011]")
_CHINESE = re.compile(rf"[{''.join(sorted(CHINESE))}]+(?=[年月日])")
_SPACES = re.compile(r"\s+")
_DECADE = re.compile(r"(\d{3}0)'?s")
_CENTURY = re.compile(r"(\d{1,2}) (?:century|cent\.?|c\.?)")


class Date(Frozen, frozen=True, kw_only=True):
    """What is known of a date; `year` is negative before our era. 0 stands for not given."""

    year: int = 0
    month: int = 0
    day: int = 0
    is_ambiguous: bool = False

    def ordinal(self) -> Fraction:
        """A value that rises with the date, for sorting; what is not given counts as the start."""
        return Fraction(self.year * 372 + max(self.month - 1, 0) * 31 + max(self.day - 1, 0))

    @property
    def precision(self) -> int:
        """How many of year, month and day are given."""
        return sum(part != 0 for part in (self.year, self.month, self.day))


class Range(Frozen, frozen=True, kw_only=True):
    """From one date to another."""

    start: Date
    end: Date


def parse_date(text: str) -> Date | None:
    """The date that the text is, as far as it says; None for anything else."""
    text = compatible(text)
    if not _may_be_date(text):
        return None
    text = _plain(text)
    if not text or len(text) > 60:
        return None
    rest, before = _without_era(text)
    era = -1 if before else 1
    if re.fullmatch(r"\d{3,4}", rest) or (rest != text and re.fullmatch(r"\d{1,4}", rest)):
        return _valid(era, rest, None, None)
    return _numeric(rest, era) or _named(rest, era)


def parse_range(text: str) -> Range | None:
    """A range such as "2012 to 2017", "1914-18", "March-May 2020", "1960s" or "8th century".

    None for anything else, a single date among it.
    """
    text = re.sub(r"^(?:from|between) ", "", _plain(text))
    if len(text) > 80:
        return None
    rest, before = _without_era(text)
    if (named := _named_range(rest, before=before)) is not None:
        return named
    parts = re.split(r"\s*(?:-| to | until | and | till )\s*", rest)
    if len(parts) != 2:
        return None
    if re.fullmatch(r"\d{4}", parts[0]) and re.fullmatch(r"\d{2}", parts[1]):
        parts[1] = parts[0][:2] + parts[1]
    era = "" if rest == text else " bc" if before else " ad"
    start, end = (parse_date(part + era if part.isdigit() else part) for part in parts)
    if start is None or end is None or start.is_ambiguous or end.is_ambiguous:
        return None
    if not start.year:
        start = Date(year=end.year, month=start.month, day=start.day)
    return Range(start=start, end=end) if start.ordinal() <= end.ordinal() else None


def says_era(text: str) -> bool:
    """Whether the text names an era, BC or AD."""
    text = _plain(text)
    return _without_era(text)[0] != text


def _plain(text: str) -> str:
    text = compatible(text).strip().lower()
    if not text.isascii():
        text = _DASHES.sub("-", text)
        text = "".join(str(int(c)) if c.isdecimal() else c for c in text)
        text = _CHINESE.sub(lambda found: str(chinese(found[0]) or found[0]), text)
    text = _LEAD.sub("", _SPACES.sub(" ", text), count=1)
    return WEEKDAY.sub("", text if text.endswith("c.") else text.rstrip("."))


def _without_era(text: str) -> tuple[str, bool]:
    """The text without its era, and whether that is the one before ours."""
    found = None
    if text.rstrip().endswith(_ERA_ENDS):
        found = _ERA_BEHIND.search(text) or _ERA_BEHIND.search(text + ".")
    if found is None:
        return _ERA_IN_FRONT.sub("", text), False
    return text[: found.start()].rstrip(), found["before"] is not None


def _named_range(text: str, *, before: bool) -> Range | None:
    if found := _DECADE.fullmatch(text):
        start, length = int(found[1]), 10
    elif found := _CENTURY.fullmatch(with_digits(text.replace("-", " "))):
        start, length = int(found[1]) * 100 - 99, 100
    else:
        return None
    first, last = start, start + length - 1
    if before:
        first, last = -last, -first
    return Range(start=Date(year=first), end=Date(year=last))


def _numeric(text: str, era: int) -> Date | None:
    if not text[:1].isdecimal():
        return None
    for pattern in _YEAR_FIRST:
        if found := pattern.fullmatch(text):
            return _valid(era, found["year"], found["month"], found["day"])
    found = _NUMERIC.fullmatch(text)
    if found is None:
        return None
    one, two, year = found["one"], found["two"], found["year"]
    either = [date for date in (_valid(era, year, two, one), _valid(era, year, one, two)) if date]
    if len(either) == 2 and either[0] != either[1]:
        return replace(either[0], is_ambiguous=True)
    return either[0] if either else None


def _named(text: str, era: int) -> Date | None:
    if not _names_month(text):
        return None
    text = with_digits(re.sub(r"\b(twenty|thirty)-(?=[a-z])", r"\1 ", text))
    for pattern in _NAMED:
        if found := pattern.fullmatch(text):
            groups = found.groupdict()
            month = _NUMBER_OF.get(groups["month"])
            if month is not None:
                return _valid(era, groups.get("year"), str(month), groups.get("day"))
    return None


def _may_be_date(text: str) -> bool:
    """Whether it names a month, or holds a digit and no word but those of dates."""
    if "年" in text or "月" in text:
        return True
    words = _LETTERS.findall(text.lower())
    if not _NUMBER_OF.keys().isdisjoint(words):
        return True
    return _BESIDE.issuperset(words) and _DIGIT.search(text) is not None


def _names_month(text: str) -> bool:
    return not _NUMBER_OF.keys().isdisjoint(_LETTERS.findall(text))


def _valid(era: int, *parts: str | None) -> Date | None:
    """The date of year, month and day as digits, where there is such a day.

    29 February only in years that have one.
    """
    if any(part and not int(part) for part in parts):
        return None
    year, month, day = (int(part or 0) for part in parts)
    if month > 12 or (day and not (month and day <= _DAYS[month - 1])):
        return None
    if (month, day) == (2, 29) and era > 0 and year and not _is_leap(year):
        return None
    return Date(year=era * year, month=month, day=day)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
