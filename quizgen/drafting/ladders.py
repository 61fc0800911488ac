"""Wrong options for a key, in two ladders: those below it and those above, the nearest first.

A figure's are other figures of its kind in the text, and figures of its own form that it might have
been: as long, as round, in the same unit. A name's are other names of its kind, by length, since a
key that is longest or shortest among its options is guessed.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from fractions import Fraction
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from quizgen.core.numerals import cardinal
from quizgen.core.stream import key
from quizgen.drafting.protocol import Fact

RUNGS = 3
"""Wrong options of a choice, and so the highest rank of its key, counted from 0."""
_NUMBER = re.compile(
    r"(?P<lead>[^\d]*?)(?P<sign>[-−]?)(?P<digits>\d[\d, \u00a0\u202f]*(?:\.\d+)?)(?P<tail>(?!\d).*)",
    re.DOTALL,
)
_ORDINAL = re.compile(r"(?:st|nd|rd|th)(?=[ -])")
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
).split()
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first"
).split()
_FRACTIONS = {
    "a fifth": Fraction(1, 5), "a quarter": Fraction(1, 4), "a third": Fraction(1, 3),
    "two fifths": Fraction(2, 5), "half": Fraction(1, 2), "three fifths": Fraction(3, 5),
    "two thirds": Fraction(2, 3), "three quarters": Fraction(3, 4), "four fifths": Fraction(4, 5),
}  # fmt: skip
_Form: TypeAlias = tuple[str, str, str, int]
_DIGITS = 15
_NEIGHBOURS = 8
_LOOKED_AT = 200
"""Names among which neighbours are sought, on either side."""


class Ladder(NamedTuple):
    """Texts below and above the key, each list with its nearest first."""

    below: tuple[str, ...]
    above: tuple[str, ...]

    @property
    def ranks(self) -> tuple[int, ...]:
        """The ranks among four options that the key can have, from 0."""
        return tuple(
            rank
            for rank in range(RUNGS + 1)
            if len(self.below) >= rank and len(self.above) >= RUNGS - rank
        )

    def rungs(self, rank: int) -> tuple[str, ...]:
        """The wrong options that give the key this rank, in their order."""
        return (*self.below[:rank][::-1], *self.above[: RUNGS - rank])


class _Shape(NamedTuple):
    """A figure as steps of its last telling digit, and how a number of steps is written like it."""

    steps: int
    write: Callable[[int], str]
    lowest: int = 1
    highest: int = 10**_DIGITS
    widest: int = 0
    """The most steps to the next figure; 0: a share of the figure."""
    is_year: bool = False


class Figures:
    """Figures of a text, those of one form in the order of their values.

    `latest` is the last year that the text names: of much later ones it cannot tell.
    """

    def __init__(self, texts: Iterable[str], latest: int = 0) -> None:
        self.latest = latest
        rows: defaultdict[_Form, dict[Fraction, str]] = defaultdict(dict)
        for text in texts:
            form, value = _form(text), _value(text)
            if form is not None and value is not None:
                rows[form].setdefault(value, text)
        self._rows = {form: sorted(row.items()) for form, row in rows.items()}

    def beside(self, text: str, sign: int) -> Iterator[tuple[Fraction, str]]:
        """The figures below (-1) or above (1) one of the same form, the nearest first."""
        form, own = _form(text), _value(text)
        row = self._rows.get(form, []) if form is not None else []
        if own is None:
            return
        at = bisect_left(row, own, key=itemgetter(0))
        places = range(at - 1, -1, -1) if sign < 0 else range(at, len(row))
        for place in islice(places, _NEIGHBOURS):
            if row[place][0] != own:
                yield row[place]


def values_of(texts: Iterable[str]) -> frozenset[Fraction]:
    """The values of those texts that are figures."""
    return frozenset(value for text in texts if (value := _value(text)) is not None)


def figure_ladder(fact: Fact, others: Figures, spoken: AbstractSet[Fraction], seed: int) -> Ladder:
    """The ladder of a figure; `others` are figures of its kind in the text, `spoken` the values of
    those in its own paragraph, which might be right as well.
    """
    if (share := _fraction(fact.text)) is not None:
        return _fractions(fact.text, share, spoken)
    shape, own = _shape(fact), _value(fact.text)
    if shape is None or own is None:
        return Ladder((), ())
    is_ahead = shape.is_year and fact.ahead and 0 < others.latest < shape.steps
    since, until = (others.latest + 1, 10**_DIGITS) if is_ahead else (0, 10**_DIGITS)
    if is_ahead:
        shape = _to_come(shape, since)
    elif shape.is_year and others.latest:
        until = max(shape.steps, others.latest + 1)
        shape = shape._replace(highest=until)
    draw = _draws(seed, fact)
    sides = []
    for sign in (-1, 1):
        real = (
            text
            for value, text in others.beside(fact.text, sign)
            if value not in spoken
            and _is_near(value, own, shape)
            and (min(value, own) < 1000 or ("," in text) == ("," in fact.text))
            and (not shape.is_year or since <= value <= until)
        )
        sides.append(_side(shape, sign, list(islice(real, 1)), spoken, draw))
    return Ladder(*sides)


def _to_come(shape: _Shape, since: int) -> _Shape:
    """The shape of a year to come, all of whose wrong options are to come, too; a target for every
    fifth year stays one.
    """
    step = 1 if shape.steps % 5 else 5
    return shape._replace(
        steps=shape.steps // step,
        write=lambda at: str(at * step),
        lowest=-(-since // step),
        widest=2 if step > 1 else shape.widest,
    )


def _side(
    shape: _Shape, sign: int, real: list[str], spoken: AbstractSet[Fraction], draw: Iterator[int]
) -> tuple[str, ...]:
    """Up to three figures on one side of the key: one of the text, others between and beyond."""
    found: dict[Fraction, str] = {
        value: text for text in real if (value := _value(text)) is not None
    }
    steps = shape.steps
    for _ in range(4 * RUNGS):
        gap = _gap(shape, draw)
        is_inside = shape.lowest <= steps + sign * gap <= shape.highest
        steps += sign * (gap if is_inside else 1)
        if shape.steps % 10 and steps % 10 == 0:
            steps += sign
        if not shape.lowest <= steps <= shape.highest:
            break
        text = shape.write(steps)
        value = _value(text)
        if value is not None and value not in spoken:
            found.setdefault(value, text)
        if len(found) > RUNGS:
            break
    ordered = sorted(found, reverse=sign < 0)
    return tuple(found[value] for value in ordered[:RUNGS])


def _gap(shape: _Shape, draw: Iterator[int]) -> int:
    """How many steps the next figure is away: some years, or a tenth to a quarter of the figure."""
    if shape.widest:
        return 1 + next(draw) % shape.widest
    share = 10 + next(draw) % 14
    return max(1, abs(shape.steps) * share // 100)


def _shape(fact: Fact) -> _Shape | None:
    text = fact.text
    folded = text.lower()
    for words, lowest in ((_ONES, 1), (_ORDINALS, 0)):
        first, _, _ = folded.partition(" ")
        if first in words and (words is _ONES or "century" in folded):
            behind = text[len(first) :]
            is_capital = text[0].isupper()
            return _Shape(
                words.index(first),
                lambda at, words=words, behind=behind, up=is_capital: (  # type: ignore[misc]
                    (words[at].capitalize() if up else words[at]) + behind
                ),
                lowest,
                len(words) - 1,
            )
    found = _NUMBER.fullmatch(text)
    if found is None or len(found["digits"]) > _DIGITS:
        return None
    return _written(fact, found)


def _written(fact: Fact, found: re.Match[str]) -> _Shape | None:
    """The shape of a figure in digits: its decimals, separators and trailing zeros stay."""
    digits = found["digits"].rstrip(" ,\u00a0\u202f")
    gap = found["digits"][len(digits) :]
    lead, tail = found["lead"] + found["sign"], gap + found["tail"]
    whole, _, decimals = digits.partition(".")
    separator = next((sign for sign in ", \u00a0\u202f" if sign in whole), "")
    number = int(re.sub(r"\D", "", whole) + decimals)
    if number == 0:
        return None
    unit = 1
    is_year = fact.kind == "year" and not tail.strip()
    while number % 10 == 0 and not is_year and not decimals:
        number, unit = number // 10, unit * 10
    is_ordinal = bool(_ORDINAL.match(tail))

    def write(steps: int) -> str:
        figures = str(steps * unit).rjust(len(decimals) + 1, "0")
        cut = len(figures) - len(decimals)
        said = figures[:cut]
        if separator:
            said = f"{int(said):,}".replace(",", separator)
        point = f".{figures[cut:]}" if decimals else ""
        behind = _ORDINAL.sub(_suffix(steps * unit), tail, count=1) if is_ordinal else tail
        return f"{lead}{said}{point}{behind}"

    highest = 10**_DIGITS
    if fact.kind == "share" and "‰" not in tail:
        highest = max(number, (100 * 10 ** len(decimals) - 1) // unit)
    elif is_ordinal:
        highest = max(number, 21)
    elif lead.startswith("pH"):
        highest = max(number, 14 * 10 ** len(decimals))
    widest = 0
    if is_year:
        widest = 4 if number >= 1950 else 9 if number >= 1700 else 30
    elif fact.kind == "year" and (tail == "s" or is_ordinal):
        widest = 3
    return _Shape(number, write, 1, highest, widest, is_year)


def _suffix(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


@lru_cache(maxsize=8192)
def _value(text: str) -> Fraction | None:
    """The figure alone, whatever it counts; what is spelt, too."""
    if (share := _fraction(text)) is not None:
        return share
    found = _NUMBER.fullmatch(text)
    if found is None:
        words = text.lower().replace("-", " ").split()
        if words and words[0] in _ORDINALS:
            return Fraction(_ORDINALS.index(words[0]) + 1)
        read = cardinal(words) if words else None
        return None if read is None else Fraction(read[0])
    digits = re.sub(r"[^\d.]", "", found["digits"])
    return None if len(digits) > 2 * _DIGITS else Fraction(digits.rstrip(".") or 0)


def _form(text: str) -> _Form | None:
    """The signs around a figure, and how many decimals it has."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    decimals = found["digits"].partition(".")[2]
    return found["lead"], found["sign"], found["tail"], len(decimals)


def _is_near(value: Fraction, own: Fraction, shape: _Shape) -> bool:
    if shape.widest:
        return abs(value - own) <= (15 if own >= 1900 else 60)
    times = float(value / own)
    return 0.5 <= times <= 2 and abs(times - 1) >= 0.05


def _fraction(text: str) -> Fraction | None:
    folded = text.lower().replace("-", " ")
    return _FRACTIONS.get(folded, _FRACTIONS.get(re.sub(r"^one ", "a ", folded)))


def _fractions(text: str, share: Fraction, spoken: AbstractSet[Fraction]) -> Ladder:
    names = [
        (value, name.replace(" ", "-") if "-" in text and not name.startswith("a ") else name)
        for name, value in _FRACTIONS.items()
        if value not in spoken and value != share
    ]
    below = [name for value, name in names if value < share]
    above = [name for value, name in names if value > share]
    return Ladder(tuple(below[::-1][:RUNGS]), tuple(above[:RUNGS]))


def _draws(seed: int, fact: Fact) -> Iterator[int]:
    """Numbers for one fact, which no other fact moves."""
    count = 0
    while True:
        yield int.from_bytes(
            key("draft.gap", seed, fact.kind, fact.paragraph, fact.text, count)[:4]
        )
        count += 1


# --- Names ---------------------------------------------------------------------------------------


class Shelf:
    """Names of one kind in the order of their lengths, each with the paragraphs it stands in."""

    def __init__(self, names: Mapping[str, frozenset[int]]) -> None:
        self._names = names
        self._order = sorted((len(name), name) for name in names)

    def ladder(self, name: str, paragraphs: Sequence[int], seed: int) -> Ladder:
        """The ladder of a name; whoever stands in its own paragraphs might be right as well."""
        at = bisect_left(self._order, (len(name), name))
        own = frozenset(paragraphs)
        below = self._rungs(name, range(at - 1, -1, -1), own, seed)
        above = self._rungs(name, range(at, len(self._order)), own, seed)
        return Ladder(
            tuple(sorted(below, key=_length, reverse=True)), tuple(sorted(above, key=_length))
        )

    def _rungs(self, name: str, places: Iterable[int], own: frozenset[int], seed: int) -> list[str]:
        found: list[str] = []
        for place in islice(places, _LOOKED_AT):
            other = self._order[place][1]
            if own.isdisjoint(self._names[other]) and not _alike(name, other):
                found.append(other)
            if len(found) == _NEIGHBOURS:
                break
        chosen: list[str] = []
        for other in sorted(found, key=lambda one: key("draft.name", seed, name, one)):
            if not any(_alike(other, one) for one in chosen):
                chosen.append(other)
        return chosen[:RUNGS]


def _length(name: str) -> tuple[int, str]:
    return len(name), name


def _alike(one: str, other: str) -> bool:
    """Whether the two names share a word that tells, and so may be of one person or thing."""
    words, others = (
        set(filter(_tells, re.findall(r"\w+", text.casefold()))) for text in (one, other)
    )
    return bool(words & others) or one.casefold() == other.casefold()


def _tells(word: str) -> bool:
    return len(word) > 2
