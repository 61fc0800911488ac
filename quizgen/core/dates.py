"""Written dates to what is known of them: year, month and day as far as given, era, or a range.

Nothing is filled in and nothing is guessed: "September 2022" has no day, and "09/10/2022" is
ambiguous and says so.
"""

import re
import unicodedata
from fractions import Fraction

from quizgen.model import Frozen

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_NUMBER_OF = {name: number for number, name in enumerate(_MONTHS, start=1)}
_NUMBER_OF |= {name[:3]: number for name, number in _NUMBER_OF.items()} | {"sept": 9}
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_ERA = re.compile(r"\s*\b(bce|bc|ce|ad|b\.c\.(?:e\.)?|a\.d\.)\s*$", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"^(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?,?\s+", re.IGNORECASE
)
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{1,4})"
_NAMED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:the )?{_DAY}(?: of)? {_MONTH},? {_YEAR}",
        rf"{_MONTH} (?:the )?{_DAY},? {_YEAR}",
        rf"{_MONTH},? (?:of )?(?P<year>\d{{4}})",
        rf"(?:the )?{_DAY}(?: of)? {_MONTH}",
        rf"{_MONTH} (?:the )?{_DAY}",
        _MONTH,
    )
)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?")
_ISO_SLASHED = re.compile(r"(?P<year>\d{4})[/.](?P<month>\d{1,2})[/.](?P<day>\d{1,2})")
_NUMERIC = re.compile(r"(?P<one>\d{1,2})(?P<mark>[/.-])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4})")
_CHINESE = re.compile(r"(?P<year>\d{4})年(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?)?")


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
    text = _plain(text)
    if not text or len(text) > 60:
        return None
    era = 1
    if found := _ERA.search(text):
        era = -1 if found[1].replace(".", "").lower().startswith("b") else 1
        text = text[: found.start()]
    if re.fullmatch(r"\d{3,4}", text) or (found and re.fullmatch(r"\d{1,4}", text)):
        return Date(year=era * int(text))
    return _numeric(text, era) or _named(text, era)


def parse_range(text: str) -> Range | None:
    """A range such as "2012 to 2017", "1914-18" or "March-May 2020"; None for anything else."""
    text = re.sub(r"^(?:from|between) ", "", _plain(text))
    parts = re.split(r"\s*(?:-| to | until | and | till )\s*", text)
    if len(parts) != 2 or len(text) > 80:
        return None
    if re.fullmatch(r"\d{4}", parts[0]) and re.fullmatch(r"\d{2}", parts[1]):
        parts[1] = parts[0][:2] + parts[1]
    start, end = parse_date(parts[0]), parse_date(parts[1])
    if start is None or end is None or start.is_ambiguous or end.is_ambiguous:
        return None
    if not start.year:
        start = Date(year=end.year, month=start.month, day=start.day)
    return Range(start=start, end=end) if start.ordinal() <= end.ordinal() else None


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).strip().rstrip(".").lower()
    text = re.sub(r"[\u2212\u2013\u2014\u2010\u2011]", "-", text)
    return _WEEKDAY.sub("", re.sub(r"\s+", " ", text))


def _numeric(text: str, era: int) -> Date | None:
    for pattern in (_ISO, _ISO_SLASHED, _CHINESE):
        if found := pattern.fullmatch(text):
            groups = found.groupdict()
            return _valid(
                era * int(groups["year"]), int(groups["month"] or 0), int(groups["day"] or 0)
            )
    found = _NUMERIC.fullmatch(text)
    if found is None:
        return None
    one, two, year = int(found["one"]), int(found["two"]), era * int(found["year"])
    either = [date for date in (_valid(year, two, one), _valid(year, one, two)) if date]
    if len(either) == 2 and either[0] != either[1]:
        return Date(year=year, month=two, day=one, is_ambiguous=True)
    return either[0] if either else None


def _named(text: str, era: int) -> Date | None:
    for pattern in _NAMED:
        if found := pattern.fullmatch(text):
            groups = found.groupdict()
            month = _NUMBER_OF.get(groups["month"])
            if month is None:
                continue
            return _valid(era * int(groups.get("year") or 0), month, int(groups.get("day") or 0))
    return None


def _valid(year: int, month: int, day: int) -> Date | None:
    if month > 12 or (day and not (month and day <= _DAYS[month - 1])):
        return None
    return Date(year=year, month=month, day=day)
