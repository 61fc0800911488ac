"""Whether a term stands in a text: by the words, figures and dates of both, however they are written.

A text is read in every way that a person may read it, and a term stands there if one way of
reading the term is found in one of reading the text: "1,400" is 1400 and 1.4 thousand, "50 %" is
0.5 and half, "4 July 2021" is 2021-07-04 and lies in July 2021. A figure never stands in a longer
one: not 14 in 140, not 5 in 2.5. Where a text leaves two readings open, both count, so that
what is said not to stand there does not.
"""

import re
from collections.abc import Hashable, Iterator
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from quizgen.checks.atoms import Atom, atoms, plain
from quizgen.checks.days import Day, Days
from quizgen.checks.figures import CONNECTORS, Figure, Figures
from quizgen.core.numerals import NUMBER_WORDS
from quizgen.core.units import known_unit, unit_name

Token: TypeAlias = Hashable
_Edges: TypeAlias = dict[Token, set[int]]


class Reading(NamedTuple):
    """A text in all its readings: from each atom, by each thing that may begin there, to the next."""

    text: str
    atoms: tuple[Atom, ...]
    edges: tuple[_Edges, ...]

    def written(self, start: int, end: int) -> str:
        """What stands from one atom to before another."""
        return self.text[self.atoms[start].start : self.atoms[end - 1].end]


def stands(term: str, text: str) -> bool:
    """Whether the term stands in the text; an empty one stands nowhere."""
    return _stands_as_written(term, text) or any(True for _ in places(term, text))


def places(term: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the term stands in the reading of the text, from atom to before atom."""
    wanted, there = read_term(term), read_text(text)
    last = len(wanted.atoms)
    if not last:
        return
    for start, edges in enumerate(there.edges):
        if wanted.edges[0].keys().isdisjoint(edges):
            continue
        open_ones, seen = [(0, start)], {(0, start)}
        while open_ones:
            at, place = open_ones.pop()
            if at == last:
                yield start, place
                break
            if place == len(there.edges):
                continue
            edges_there = there.edges[place]
            for token, ends in wanted.edges[at].items():
                for pair in ((e, p) for e in ends for p in edges_there.get(token, ())):
                    if pair not in seen:
                        seen.add(pair)
                        open_ones.append(pair)


@lru_cache(maxsize=4096)
def read_term(term: str) -> Reading:
    """The readings of a term without its article: of a date what it says, of "May" the month alone."""
    text = plain(term)
    found = atoms(text, is_term=True)
    if found[1:] and found[0].text == "the":
        found = found[1:]
    return Reading(text, found, _lattice(found, is_term=True))


@lru_cache(maxsize=4096)
def read_text(text: str) -> Reading:
    """The readings of a text; a date in it is also its month, and that day of no year."""
    text = plain(text)
    found = atoms(text)
    return Reading(text, found, _lattice(found, is_term=False))


_BEFORE = re.compile(r"(?:^|(?<=[ (\"\u201c\u2018]))")
_AFTER_FIGURE = re.compile(r"(?![\w.,:%])(?=[ ;)!?\"\u201d\u2019]|$)|[.,:](?!\w)")
_AFTER_WORD = re.compile(r"(?=[ ;)!?\"\u201d\u2019.,:]|$)")


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


# --- The lattice ---------------------------------------------------------------------------------


def _lattice(found: tuple[Atom, ...], *, is_term: bool) -> tuple[_Edges, ...]:
    edges: tuple[_Edges, ...] = tuple({} for _ in found)
    in_dates = _add_dates(found, edges, is_term=is_term)
    _add_words_and_figures(found, edges, in_dates if is_term else frozenset(), is_term=is_term)
    return edges


def _add_dates(
    found: tuple[Atom, ...], edges: tuple[_Edges, ...], *, is_term: bool
) -> frozenset[int]:
    """Adds what dates begin at each atom; which atoms are months by their capital and in a date."""
    days = Days(found)
    years = () if is_term else _years(found)
    names: set[int] = set()
    until = 0
    for place, atom in enumerate(found):
        add = edges[place].setdefault
        is_month = atom.text[:3] in _MONTHS
        dates = days.at(place) if is_month or atom.text[:1].isdigit() else []
        longest = dates[0].end if dates else place
        for one in dates:
            is_open = place >= until and one.end == longest
            for day in (one.day,) if is_term else _said_by(one.day, years if is_open else ()):
                add(day, set()).add(one.end)
        for one in days.second_of_range(place) if atom.values and not is_term else ():
            for day in _said_by(one.day, years):
                add(day, set()).add(one.end)
        if longest > place + 1 or (longest == len(found) == 1):
            names.update(at for at in range(place, longest) if days.is_name(at))
        until = max(until, longest)
    return frozenset(names)


_MONTHS = frozenset("jan feb mar apr may jun jul aug sep oct nov dec".split())


def _add_words_and_figures(
    found: tuple[Atom, ...],
    edges: tuple[_Edges, ...],
    in_dates: frozenset[int],
    *,
    is_term: bool,
) -> None:
    figures = Figures(found)
    covered = 0
    in_figures: set[int] = set()
    for place, atom in enumerate(found):
        add = edges[place].setdefault
        is_figure = place >= covered and figures.may_begin(place)
        spelt = place if atom.values or not is_figure else figures.spelt_until(place)
        is_one_figure = is_term and not place and spelt == len(found)
        if not is_one_figure and place not in in_dates:
            for token in _as_word(found, place):
                add(token, set()).add(place + 1)
        if not is_figure or figures.hides(place):
            continue
        covered = max(covered, spelt)
        for figure in figures.at(place):
            add(_token(figure), set()).add(figure.end)
            in_figures.update(range(place, figure.end))
            if figure.currency and not is_term:
                add(figure.value, set()).add(figure.end)
    for place, atom in enumerate(found):
        if atom.text in _SIGNS and place not in in_figures:
            edges[place].setdefault(atom.text, set()).add(place + 1)


def _token(figure: Figure) -> Token:
    return (figure.value, figure.currency) if figure.currency else figure.value


def _as_word(found: tuple[Atom, ...], place: int) -> Iterator[Token]:
    """An atom as what is written; a unit behind a figure by any of its names, a connector as one."""
    atom = found[place]
    if atom.values:
        return
    if atom.text in CONNECTORS and 0 < place < len(found) - 1:
        yield "-"
    if atom.text not in _SIGNS:
        yield atom.text
    is_unit = place and found[place - 1].values and atom.text.isalpha() and atom.text != "in"
    if is_unit and (unit := known_unit(unit_name(atom.text))):
        yield unit


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
