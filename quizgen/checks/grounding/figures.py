"""The figures that begin at an atom: numbers in digits and words, shares, money, negative ones.

Shares count as numbers ("50 %" is 1/2, as "half" is), but the figure before the sign stands there,
too. A scale word multiplies ("1.4 thousand" is 1400); the figure before it stands there, too.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from quizgen.checks.grounding.atoms import Atom
from quizgen.core.numerals import CHINESE, NUMBER_WORDS, cardinal, chinese, ordinal
from quizgen.core.quantity import CURRENCIES, SCALES


class Figure(NamedTuple):
    """What the atoms up to `end` amount to, in a currency where they name one."""

    value: Fraction
    end: int
    currency: str = ""


CONNECTORS = frozenset("- to and or until till through bis à".split())
"""What stands between the two ends of a range, or two values."""
_PERCENT = frozenset("% percent pct prozent".split())
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6,
    "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
_PARTS |= {f"{name}s": of for name, of in _PARTS.items() if name not in ("half", "halves")}
_SPELT = NUMBER_WORDS | {"and", "a", "an", "point", "oh", "o"}
_LONGEST = 14
"""Words in a number that is spelt."""
_GLUED_SCALES = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}
_ORDINAL_ENDS = frozenset(("st", "nd", "rd", "th"))
_SIGNS = "$€£¥"


class Figures:
    """The figures in a text's atoms."""

    def __init__(self, atoms: Sequence[Atom]) -> None:
        self._atoms = atoms

    def at(self, place: int) -> list[Figure]:
        """All figures that begin with the atom at `place`."""
        atom = self._atoms[place]
        if atom.text in ("-", "minus"):
            return self._negative(place)
        is_sign = atom.text in _PERCENT or atom.text in _SIGNS or _is_currency(atom.text)
        if is_sign and (behind := list(self._behind_a_sign(place))):
            return behind
        found = []
        for figure in (bare := list(self._bare(place))):
            found += [figure, *self._grown(figure, is_glued_scale=False)]
        return [*found, *self._of_range(place, bare)]

    def spelt_until(self, place: int) -> int:
        """Where the number in words that begins at `place` ends; `place` where there is none.

        Of "twenty-one" no part stands for a number of its own.
        """
        return max((figure.end for figure in self._in_words(place)), default=place)

    # --- Without what stands behind ---------------------------------------------------------

    def _bare(self, place: int) -> Iterator[Figure]:
        atom = self._atoms[place]
        if not atom.values:
            yield from self._in_words(place)
            return
        yield from self._with_comma(place)
        spaced = self._groups(place)
        if spaced is not None:
            yield spaced
        fraction = self._fraction(place)
        if fraction is not None:
            yield fraction
            if self._is_part(fraction):
                return
        for value in atom.values:
            yield Figure(value, place + 1)
            if self._is_glued(place + 1) and self._text(place + 1) in _ORDINAL_ENDS:
                yield Figure(value, place + 2)

    def _with_comma(self, place: int) -> Iterator[Figure]:
        """Two numbers with a comma between them and no space may be one with decimals: "2,5"."""
        around = [bool(a.values) and a.is_glued for a in self._atoms[place : place + 3]]
        if around[:2] == [False, True] and around[2:] != [True]:
            first, second = self._atoms[place].written, self._atoms[place + 1].written
            if first.isdigit() and second.isdigit():
                yield Figure(Fraction(f"{first}.{second}"), place + 2)

    def _groups(self, place: int) -> Figure | None:
        """Thousands that spaces part: "1 400 000"."""
        first = self._atoms[place]
        if not first.written.isdigit() or len(first.written) > 3:
            return None
        digits, end = first.written, place + 1
        while (
            end < len(self._atoms)
            and (next_one := self._atoms[end]).start == self._atoms[end - 1].end + 1
            and len(next_one.written.partition(".")[0]) == 3
            and next_one.written.replace(".", "", 1).isdigit()
            and "." not in digits
        ):
            digits, end = digits + next_one.written, end + 1
        return Figure(Fraction(digits), end) if end > place + 1 else None

    def _fraction(self, place: int) -> Figure | None:
        """As in "3/4" or "1 3/4"."""
        if (part := self._quotient(place)) is not None:
            return part
        whole, after = self._atoms[place], self._quotient(place + 1)
        if after is None or not 0 < after.value < 1 or not whole.written.isdigit():
            return None
        return Figure(int(whole.written) + after.value, after.end)

    def _quotient(self, place: int) -> Figure | None:
        three = self._atoms[place : place + 3]
        if (
            len(three) < 3
            or three[1].text != "/"
            or not all(a.written.isdigit() for a in three[::2])
        ):
            return None
        below = int(three[2].written)
        return Figure(Fraction(int(three[0].written), below), place + 3) if below else None

    def _is_part(self, fraction: Figure) -> bool:
        """Whether it is a part such as 3/4, of which no one says that 3 stands there; not "10/12"."""
        return fraction.value.denominator > 1 and len(self._text(fraction.end - 1)) == 1

    def _in_words(self, place: int) -> Iterator[Figure]:
        first = self._text(place)
        if _scale(first) and first not in CHINESE:
            return  # "million" is no number, as "a million" is
        if first in CHINESE:
            yield from self._in_chinese(place)
            return
        if (
            first not in _SPELT
            and first not in _PARTS
            and not first.endswith(("th", "st", "nd", "rd"))
        ):
            return
        words = [atom.text for atom in self._atoms[place : place + _LONGEST]]
        if first in ("a", "an", "one") and words[1:2] and (part := _PARTS.get(words[1])):
            yield Figure(Fraction(1, part), self._of_scale(place + 2))
        elif first in ("half", "quarter"):
            yield Figure(Fraction(1, _PARTS[first]), self._of_scale(place + 1))
        elif (read := ordinal(words)) is not None and not self._atoms[place].values:
            yield Figure(Fraction(read[0]), place + read[1])
        elif (whole := cardinal(words)) is not None:
            yield from _after_whole(words, whole, place)

    def _of_scale(self, place: int) -> int:
        """Behind "of a" in "a quarter of a million": what comes then multiplies."""
        for small in (("of", "a"), ("a",)):
            end = place + len(small)
            if tuple(a.text for a in self._atoms[place:end]) == small and _scale(self._text(end)):
                return end
        return place

    def _in_chinese(self, place: int) -> Iterator[Figure]:
        end = place
        while end < len(self._atoms) and self._atoms[end].text in CHINESE:
            end += 1
        value = chinese("".join(atom.text for atom in self._atoms[place:end]))
        if value is not None:
            yield Figure(Fraction(value), end)

    # --- With what stands behind ------------------------------------------------------------

    def _grown(self, figure: Figure, *, is_glued_scale: bool) -> Iterator[Figure]:
        """The figure with its scale, percent sign and currency."""
        scaled = self._scaled(figure)
        if scaled is not None:
            yield scaled
        glued = self._text(figure.end) if self._is_glued(figure.end) else ""
        if glued in _GLUED_SCALES or (is_glued_scale and self._text(figure.end) in ("m", "k")):
            scale = _GLUED_SCALES[self._text(figure.end)]
            yield from self._grown(
                Figure(figure.value * scale, figure.end + 1), is_glued_scale=False
            )
            yield Figure(figure.value * scale, figure.end + 1)
        whole = scaled or figure
        if end := self._percent_until(whole.end):
            yield Figure(whole.value / 100, end)
        if found := self._currency(whole.end):
            yield Figure(whole.value, found[1], found[0])

    def _scaled(self, figure: Figure) -> Figure | None:
        value, end = figure.value, figure.end
        while scale := _scale(self._text(end)):
            value, end = value * scale, end + 1
        return Figure(value, end) if end > figure.end else None

    def _percent_until(self, place: int) -> int:
        """Where "%", "percent" or "per cent" at `place` ends; 0 where there is none."""
        if self._text(place) in _PERCENT:
            return place + 1
        return place + 2 if self._text(place) == "per" and self._text(place + 1) == "cent" else 0

    def _currency(self, place: int) -> tuple[str, int] | None:
        """The currency named at `place`, in one word or two, and where it ends."""
        two = f"{self._text(place)} {self._text(place + 1)}"
        if two in ("us $", "us dollar", "us dollars"):
            return "usd", place + 2
        name = _currency_of(self._text(place))
        return (name, place + 1) if name else None

    def _behind_a_sign(self, place: int) -> Iterator[Figure]:
        """As in "$5 million", "US$ 5m", "RMB 5", "%50"."""
        if self._text(place) in _PERCENT:
            after = self._atoms[place + 1 : place + 2]
            if after and after[0].values and after[0].is_glued and not self._after_number(place):
                yield from (Figure(value / 100, place + 2) for value in after[0].values)
            return
        found = self._currency(place)
        if found is None or self._after_number(place):
            return
        currency, start = found
        for bare in self._bare(start) if start < len(self._atoms) else ():
            grown = list(self._grown(bare, is_glued_scale=True))
            if self._scaled(bare) is None:
                yield Figure(bare.value, bare.end, currency)
            yield from (Figure(one.value, one.end, currency) for one in grown)

    def _after_number(self, place: int) -> bool:
        """Whether the sign at `place` belongs to the number before it, as in "5 $ 7"."""
        return place > 0 and bool(self._atoms[place - 1].values) and self._is_glued(place)

    def _negative(self, place: int) -> list[Figure]:
        after = place + 1
        is_sign = self._text(place) == "minus" or (
            self._is_glued(after) and not self._ends_range(place)
        )
        if not is_sign or after >= len(self._atoms):
            return []
        return [
            Figure(-figure.value, figure.end, figure.currency)
            for figure in self.at(after)
            if self._text(after) not in ("-", "minus")
        ]

    def hides(self, place: int) -> bool:
        """Whether a hyphen is the sign of the number at `place`, which is then no other number.

        A dash may as well be one between words, and then the number stands by itself.
        """
        return (
            place > 0
            and self._atoms[place - 1].written == "-"
            and self._is_glued(place)
            and not self._ends_range(place - 1)
        )

    def _ends_range(self, place: int) -> bool:
        """Whether a number or word stands right before the hyphen at `place`, as in "2-5"."""
        return place > 0 and (
            self._is_glued(place)
            or (bool(self._atoms[place - 1].values) and not self._is_glued(place + 1))
        )

    # --- In a range -------------------------------------------------------------------------

    def _of_range(self, place: int, found: Sequence[Figure]) -> Iterator[Figure]:
        """Of "3-5 million" the first end has the scale, share or currency of the second, which
        has the currency before the first; "2016-17" ends in 2017.
        """
        for bare in found:
            if self._text(bare.end) in CONNECTORS and bare.end + 1 < len(self._atoms):
                for second in self._bare(bare.end + 1):
                    for grown in self._grown(second, is_glued_scale=False):
                        factor = grown.value / second.value if second.value else Fraction(1)
                        yield Figure(bare.value * factor, bare.end, grown.currency)
        yield from self._second_end(place, found)

    def _second_end(self, place: int, found: Sequence[Figure]) -> Iterator[Figure]:
        if place < 2 or self._text(place - 1) not in ("/", *CONNECTORS):
            return
        first, second = self._atoms[place - 2], self._atoms[place]
        both = first.written + second.written
        if (
            self._text(place - 1) in "-/"
            and len(first.written) == 4
            and both.isdigit()
            and len(both) == 6
        ):
            yield Figure(Fraction(int(both[:2] + both[4:])), place + 1)
        sign = self._atoms[place - 3].text if place > 2 else ""
        if first.values and (name := _currency_of(sign)):
            for bare in found:
                yield Figure(bare.value, bare.end, name)
                for grown in self._grown(bare, is_glued_scale=True):
                    yield Figure(grown.value, grown.end, name)

    def _text(self, place: int) -> str:
        return self._atoms[place].text if 0 <= place < len(self._atoms) else ""

    def _is_glued(self, place: int) -> bool:
        return 0 <= place < len(self._atoms) and self._atoms[place].is_glued


def _after_whole(words: Sequence[str], whole: tuple[int, int], place: int) -> Iterator[Figure]:
    """A spelt number with what may follow: "two thirds", "one and a half", "two point five"."""
    value, at = whole
    part = _PARTS.get(words[at]) if at < len(words) else None
    if part is not None and value < part:
        yield Figure(Fraction(value, part), place + at + 1)
    elif words[at : at + 2] == ["and", "a"] and words[at + 2 : at + 3] and words[at + 2] in _PARTS:
        yield Figure(value + Fraction(1, _PARTS[words[at + 2]]), place + at + 3)
    elif words[at : at + 1] == ["point"]:
        digits, end = "", at + 1
        while end < len(words) and (one := cardinal(words[end : end + 1])) and one[0] < 10:
            digits, end = f"{digits}{one[0]}", end + 1
        if digits:
            yield Figure(Fraction(f"{value}.{digits}"), place + end)
    else:
        yield Figure(Fraction(value), place + at)


def _scale(word: str) -> int | None:
    """What a word behind a number multiplies it by."""
    return SCALES.get(word) if word != "k" else None


def _currency_of(word: str) -> str:
    return CURRENCIES.get(word, "")


@lru_cache(maxsize=4096)
def opens_figure(word: str) -> bool:
    """Whether a figure may begin with a word or sign, as with most it does not."""
    return (
        word in _SPELT
        or word in _PARTS
        or word in CHINESE
        or word in _PERCENT
        or word in ("-", "minus")
        or ordinal((word,)) is not None
        or _is_currency(word)
    )


def _is_currency(word: str) -> bool:
    return word == "us" or bool(_currency_of(word))
