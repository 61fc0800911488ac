"""The dates that begin at an atom, however they are written: "4 July 2021", "July 4", "2021-07-04".

"may" and "march" are months only with a capital, or between a day and a year.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from quizgen.checks.grounding.atoms import Atom
from quizgen.checks.grounding.figures import CONNECTORS
from quizgen.core.dates import MONTHS, parse_date
from quizgen.core.months import in_english


class Day(NamedTuple):
    """A date as far as it is given; 0 where it is not."""

    year: int
    month: int
    day: int


class Dated(NamedTuple):
    """A date that ends before the atom at `end`."""

    day: Day
    end: int


_MONTHS = {name: number for number, name in enumerate(MONTHS, start=1)}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_WORDS_AS_WELL = frozenset(("may", "march", "mar", "august"))
_ORDINAL_ENDS = frozenset("st nd rd th".split())
_OF = frozenset(("of", "de", "del"))
_IN_DIGITS = re.compile(r"(\d{1,4})\.(\d{1,2})\.(\d{1,4})")
_SIGNS = frozenset("年月")
_LETTERS = re.compile(r"[^\W\d_]{3,}")


@lru_cache(maxsize=4096)
def may_be_dated(word: str) -> bool:
    """Whether a date may begin with a word or number, as with most it does not."""
    return word[:1].isdigit() or word in _MONTHS


class Days:
    """The dates in a text's atoms."""

    def __init__(self, atoms: Sequence[Atom]) -> None:
        self._atoms = atoms

    def at(self, place: int) -> list[Dated]:
        """All dates that begin with the atom at `place`, the longest first."""
        atom = self._atoms[place]
        if atom.text[:1].isdigit():
            return sorted(self._from_digits(place), key=lambda one: -one.end)
        return sorted(self._from_month(place), key=lambda one: -one.end)

    def _from_digits(self, place: int) -> Iterator[Dated]:
        yield from self._in_digits(place)
        yield from self._in_characters(place)
        day = self._day(place)
        if day is None:
            return
        number, end = day
        if self._text(end) in _OF:
            end += 1
        if month := self._month(end, behind_day=True):
            for year, after in self._years(end + 1):
                if year or self._is_month_by_itself(end):
                    yield from _valid(year, month, number, after)
        elif self._text(end) in CONNECTORS:
            for other in self.at(end + 1) if end + 1 < len(self._atoms) else ():
                if other.day.day and self._day(end + 1):  # "4-6 July 2021"
                    yield from _valid(other.day.year, other.day.month, number, end)

    def _from_month(self, place: int) -> Iterator[Dated]:
        month = self._month(place, behind_day=False)
        if not month:
            return
        if self._is_month_by_itself(place):
            yield Dated(Day(0, month, 0), place + 1)
        for year, end in self._years(place + 1):
            if year:
                yield Dated(Day(year, month, 0), end)
        day = self._day(place + 1 + (self._text(place + 1) == "the"))
        if day is None:
            return
        number, end = day
        for year, after in self._years(end):
            if year or self._is_month_by_itself(place):
                yield from _valid(year, month, number, after)
        if self._text(end) in CONNECTORS and (other := self._day(end + 1)):  # "July 4-6, 2021"
            for year, _ in self._years(other[1]):
                if year:
                    yield from _valid(year, month, number, end)

    def is_name(self, place: int) -> bool:
        """Whether the atom is a month by its capital alone, as "May" and "March" are."""
        atom = self._atoms[place]
        return atom.text in _WORDS_AS_WELL and not atom.written.islower()

    def second_of_range(self, place: int) -> Iterator[Dated]:
        """Of "July 4-6, 2021" and "from July 4 to 6" the date that the second number is."""
        if self._text(place - 1) not in CONNECTORS or (other := self._day(place)) is None:
            return
        for back in (2, 3):
            month = self._month(place - 1 - back, behind_day=False) if place > back else 0
            if month and (first := self._day(place - back)) and first[1] == place - 1:
                for year, after in self._years(other[1]):
                    yield from _valid(year, month, other[0], after)

    # --- Parts ------------------------------------------------------------------------------

    def _day(self, place: int) -> tuple[int, int] | None:
        written = self._atoms[place].written if 0 <= place < len(self._atoms) else ""
        if not written.isdigit() or len(written) > 2 or not 0 < int(written) < 32:
            return None
        ends = place + 1 < len(self._atoms) and self._atoms[place + 1].is_glued
        return int(written), place + 1 + (ends and self._text(place + 1) in _ORDINAL_ENDS)

    def _month(self, place: int, *, behind_day: bool) -> int:
        """The month that stands at `place`; those of other languages between a day and a year."""
        text = self._text(place)
        if month := _MONTHS.get(text):
            return month
        if behind_day and _LETTERS.fullmatch(text) and any(y for y, _ in self._years(place + 1)):
            return _MONTHS.get(in_english(text), 0)
        return 0

    def _is_month_by_itself(self, place: int) -> bool:
        atom = self._atoms[place]
        return atom.text not in _WORDS_AS_WELL or not atom.written.islower()

    def _years(self, place: int) -> Iterator[tuple[int, int]]:
        """The year at `place`, if there is one, and that there is none; each with what is behind."""
        yield 0, place
        if self._text(place) in _OF:
            place += 1
        if self._is_year(place):
            yield int(self._text(place)), place + 1

    def _is_year(self, place: int) -> bool:
        text = self._text(place)
        return text.isdigit() and len(text) in (3, 4)

    def _in_digits(self, place: int) -> Iterator[Dated]:
        """As in "2021-07-04", "2021-07", "4/7/2021" (or April), "4.7.2021"."""
        if found := _IN_DIGITS.fullmatch(self._text(place)):
            yield from _either(".", (found[1], found[2], found[3]), place + 1)
            return
        run = self._atoms[place : place + 5]
        if len(run) < 3 or not all(atom.is_glued for atom in run[1:3]):
            return
        mark = run[1].text
        if mark not in ("-", "/") or not all(a.written.isdigit() for a in run[:3:2]):
            return
        is_full = (
            len(run) == 5
            and run[3].text == mark
            and run[4].written.isdigit()
            and all(atom.is_glued for atom in run[3:])
        )
        if is_full:
            yield from _either(mark, (run[0].written, run[2].written, run[4].written), place + 5)
        elif mark == "-" and len(run[0].written) == 4 and len(run[2].written) == 2:
            date = parse_date(f"{run[0].written}-{run[2].written}")
            if date is not None and date.month:
                yield Dated(Day(date.year, date.month, 0), place + 3)

    def _in_characters(self, place: int) -> Iterator[Dated]:
        """As in "2021年7月4日", "7月4日"."""
        parts, at = {}, place
        for sign in "年月日" if self._text(place + 1) in _SIGNS else "":
            if self._text(at).isdigit() and self._text(at + 1) == sign:
                parts[sign], at = int(self._text(at)), at + 2
        if "月" in parts:
            yield from _valid(parts.get("年", 0), parts["月"], parts.get("日", 0), at)

    def _text(self, place: int) -> str:
        return self._atoms[place].text if 0 <= place < len(self._atoms) else ""


def _either(mark: str, parts: tuple[str, str, str], end: int) -> Iterator[Dated]:
    """The dates that three numbers may be: year first, or last with day or month first."""
    one, two, three = parts
    if len(one) == 4 and len(three) <= 2:
        yield from _valid(int(one), int(two), int(three), end)
    elif len(three) == 4 and len(one) <= 2:
        yield from _valid(int(three), int(two), int(one), end)
        if mark != ".":
            yield from _valid(int(three), int(one), int(two), end)


def _valid(year: int, month: int, day: int, end: int) -> Iterator[Dated]:
    if 1 <= month <= 12 and 0 <= day <= 31:
        yield Dated(Day(year, month, day), end)
