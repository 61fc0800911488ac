"""Whether a term stands in a text: by the words, figures and dates of both, however they are written.

A text is read in every way that a person may read it, and a term stands there if one way of
reading the term is found in one of reading the text: "1,400" is 1400 and 1.4 thousand, "50 %" is
0.5 and half, "4 July 2021" is 2021-07-04 and lies in July 2021. A figure never stands in a longer
one: not 14 in 140, not 5 in 2.5. Where a text leaves two readings open, both count, so that
what is said not to stand there does not.
"""

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from quizgen.checks.grounding.atoms import Atom, atoms, plain
from quizgen.checks.grounding.days import Day, Days, may_be_dated
from quizgen.checks.grounding.figures import CONNECTORS, Figure, Figures, opens_figure
from quizgen.core.dates import MONTHS, parse_date
from quizgen.core.numerals import NUMBER_WORDS
from quizgen.core.units import known_unit, unit_name

Token: TypeAlias = Hashable
_Edges: TypeAlias = dict[Token, set[int]]


class Reading(NamedTuple):
    """A text in all its readings: from each atom, by each thing that may begin there, to the next.

    `telling` holds what begins with an atom and is no word; `no_words` are atoms of a term that
    are no words, such as the "May" of "5 May".
    """

    text: str
    atoms: tuple[Atom, ...]
    telling: Mapping[int, _Edges]
    no_words: frozenset[int] = frozenset()

    def edges(self, place: int) -> _Edges:
        """All that may begin with an atom, each with the atoms behind it."""
        words = () if place in self.no_words else _as_word(self.atoms, place)
        return {token: {place + 1} for token in words} | self.telling.get(place, {})

    def written(self, start: int, end: int) -> str:
        """What stands from one atom to before another."""
        return self.text[self.atoms[start].start : self.atoms[end - 1].end]


def stands(term: str, text: str) -> bool:
    """Whether the term stands in the text; an empty one stands nowhere."""
    return any(_stands_as_written(one, text) for one in _spellings(term)) or any(
        True for _ in places(term, text)
    )


def places(term: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the term stands in the reading of the text, from atom to before atom."""
    wanted, there = read_term(term), read_text(text)
    steps = [wanted.edges(place) for place in range(len(wanted.atoms))]
    if not steps:
        return
    first = steps[0]
    for start, atom in enumerate(there.atoms):
        if atom.text not in first and first.keys().isdisjoint(there.telling.get(start, ())):
            continue
        end = _walked(steps, there, start)
        if end is not None:
            yield start, end


def _walked(steps: Sequence[_Edges], there: Reading, start: int) -> int | None:
    """Where a way through the term ends that is one through the text from `start` on, too."""
    open_ones, seen = [(0, start)], {(0, start)}
    while open_ones:
        at, place = open_ones.pop()
        if at == len(steps):
            return place
        if place == len(there.atoms):
            continue
        edges = there.edges(place)
        for token, ends in steps[at].items():
            for pair in ((end, other) for end in ends for other in edges.get(token, ())):
                if pair not in seen:
                    seen.add(pair)
                    open_ones.append(pair)
    return None


@lru_cache(maxsize=4096)
def read_term(term: str) -> Reading:
    """The readings of a term without its article: of a date what it says, of "May" the month alone."""
    text = plain(term)
    found = atoms(text, is_term=True)
    if found[1:] and (found[0].text == "the" or (found[0].text in _FROM and found[1].values)):
        found = found[1:]
    telling: dict[int, _Edges] = {}
    no_words = _add_dates(found, telling, is_term=True)
    _add_figures(found, telling, is_term=True)
    if found and Figures(found).spelt_until(0) == len(found):
        no_words |= set(range(len(found)))  # "one" in "twenty-one"
    return Reading(text, found, telling, no_words)


@lru_cache(maxsize=4096)
def read_text(text: str) -> Reading:
    """The readings of a text; a date in it is also its month, and that day of no year."""
    text = plain(text)
    found = atoms(text)
    telling: dict[int, _Edges] = {}
    _add_dates(found, telling, is_term=False)
    _add_figures(found, telling, is_term=False)
    return Reading(text, found, telling)


_BEFORE = re.compile(r"(?:^|(?<=[ (\"\u201c\u2018]))")
_AFTER_FIGURE = re.compile(r"(?![\w.,:%])(?=[ ;)!?\"\u201d\u2019]|$)|[.,:](?!\w)")
_AFTER_WORD = re.compile(r"(?=[ ;)!?\"\u201d\u2019.,:]|$)")


@lru_cache(maxsize=4096)
def _spellings(term: str) -> tuple[str, ...]:
    """The term as it is and, where it is a number, share or day, as most write it."""
    if number := _PLAIN_NUMBER.fullmatch(term):
        digits = number[1].replace(",", "")
        return (term, f"{int(digits):,}{number[2] or ''}", f"{digits}{number[2] or ''}")
    if share := _PLAIN_SHARE.fullmatch(term):
        return (
            term,
            f"{share[1]} %",
            f"{share[1]}%",
            f"{share[1]} percent",
            f"{share[1]} per cent",
        )
    date = parse_date(term) if _LIKE_A_DAY.search(term) else None
    if date is None or date.is_ambiguous or date.precision < 3 or date.year < 1000:
        return (term,)
    month = MONTHS[date.month - 1].title()
    iso = f"{date.year}-{date.month:02}-{date.day:02}"
    return (term, f"{date.day} {month} {date.year}", f"{month} {date.day}, {date.year}", iso)


_PLAIN_NUMBER = re.compile(r"([1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,20})(\.\d+)?", re.ASCII)
_PLAIN_SHARE = re.compile(r"(\d+(?:\.\d+)?) ?(?:%|percent|per cent)", re.ASCII)
_LIKE_A_DAY = re.compile(r"[A-Z][a-z]{2}.*\d{4}$|^\d{4}-\d\d-\d\d$", re.ASCII)


def _stands_as_written(term: str, text: str) -> bool:
    """Whether the term stands there letter for letter, between what ends words and figures.

    Most do, and then nothing need be read. What may be a part of a figure is read.
    """
    at = (
        text.find(term)
        if term and term[0].isalnum() and term.casefold() not in NUMBER_WORDS
        else -1
    )
    if at < 0 or not _BEFORE.match(text, at):
        return False
    after = _AFTER_FIGURE if term[-1].isdigit() else _AFTER_WORD
    return term[-1].isalnum() and after.match(text, at + len(term)) is not None


# --- Figures and dates -----------------------------------------------------------------------------


def _add_dates(
    found: tuple[Atom, ...], telling: dict[int, _Edges], *, is_term: bool
) -> frozenset[int]:
    """Adds what dates begin with each atom; which atoms are months by their capital and in a date."""
    days = Days(found)
    years = () if is_term else _years(found)
    names: set[int] = set()
    until = 0
    for place, atom in enumerate(found):
        if not may_be_dated(atom.text):
            continue
        dates = days.at(place)
        longest = dates[0].end if dates else place
        for one in dates:
            is_open = place >= until and one.end == longest
            for day in (one.day,) if is_term else _said_by(one.day, years if is_open else ()):
                _add(telling, place, day, one.end)
        for one in () if is_term else days.second_of_range(place):
            for day in _said_by(one.day, years):
                _add(telling, place, day, one.end)
        if longest > place + 1 or (longest == len(found) == 1):
            names.update(at for at in range(place, longest) if days.is_name(at))
        until = max(until, longest)
    return frozenset(names)


def _add_figures(found: tuple[Atom, ...], telling: dict[int, _Edges], *, is_term: bool) -> None:
    figures = Figures(found)
    spelt_until = 0
    in_figures: set[int] = set()
    for place, atom in enumerate(found):
        if place < spelt_until or not (atom.values or opens_figure(atom.text)):
            continue
        if figures.hides(place):
            continue
        if not atom.values:
            spelt_until = max(spelt_until, figures.spelt_until(place))
        for figure in figures.at(place):
            _add(telling, place, _token(figure), figure.end)
            in_figures.update(range(place + (atom.text == "%"), figure.end))
            if figure.currency and not is_term:
                _add(telling, place, figure.value, figure.end)
    for place, atom in enumerate(found):
        if atom.text in _SIGNS and place not in in_figures:
            _add(telling, place, atom.text, place + 1)


def _add(telling: dict[int, _Edges], place: int, token: Token, end: int) -> None:
    telling.setdefault(place, {}).setdefault(token, set()).add(end)


def _token(figure: Figure) -> Token:
    return (figure.value, figure.currency) if figure.currency else figure.value


def _as_word(found: tuple[Atom, ...], place: int) -> Iterator[Token]:
    """An atom as what is written, "1,234" and "1.234" as one, whatever parts thousands; a unit behind a figure by any of its names, a connector as one."""
    atom = found[place]
    if atom.values:
        if _LONE_SEPARATOR.fullmatch(atom.written):
            yield atom.written.replace(",", ".")
        return
    if atom.text in CONNECTORS and 0 < place < len(found) - 1:
        yield "-"
    if atom.text not in _SIGNS:
        yield atom.text
    is_counted = place and (found[place - 1].values or opens_figure(found[place - 1].text))
    is_unit = is_counted and atom.text.isalpha() and atom.text != "in"
    if is_unit and (unit := known_unit(unit_name(atom.text))):
        yield unit


_FROM = frozenset(("from", "between"))
_LONE_SEPARATOR = re.compile(r"\d{1,3}[.,]\d{3}")
_SIGNS = frozenset("-%‰$€£¥")


def _years(found: tuple[Atom, ...]) -> tuple[int, ...]:
    numbers = {
        int(a.text) for a in found if len(a.text) == 4 and a.text.isascii() and a.text.isdigit()
    }
    return tuple(number for number in numbers if 1000 <= number < 3000)


def _said_by(day: Day, years: tuple[int, ...]) -> Iterator[Day]:
    """What a date in a text says as well: its month, that day of any year; where it names no year,
    of those that the text names.
    """
    for year in (day.year,) if day.year else (0, *years):
        yield Day(year, day.month, day.day)
        yield Day(year, day.month, 0)
    yield Day(0, day.month, day.day)
    yield Day(0, day.month, 0)
