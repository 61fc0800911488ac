"""Names for options whose texts do not say where they stand.

An author may have given an option an id of its own. No deck tells it, but the order of the options
follows from their names: any names under which they stand as they stood will do.
"""

from collections.abc import Callable, Iterator, Sequence

from quizgen.bank.names import name_from
from quizgen.core.stream import key
from quizgen.markup import to_text
from quizgen.model import Option

_TRIES = 3_000
"""How many rows of names are tried on one question."""
_ALL_TRIES = 60_000
"""And on all of an import."""
_NAMES = 50
"""How many names one option may try, its text among them."""


class Naming:
    """Finds names; a deck whose options cannot be named does not keep it busy for ever."""

    def __init__(self) -> None:
        self._left = _ALL_TRIES

    def named(
        self, options: Sequence[Option], fits: Callable[[tuple[Option, ...]], bool]
    ) -> tuple[Option, ...]:
        """The options under their texts, where these fit, else with some under names that do.

        Where none are found, under their texts.
        """
        plain = _distinct(options)
        if fits(plain):
            return plain
        for names in _rows(len(plain)):
            if self._left <= 0:
                break
            self._left -= 1
            tried = tuple(
                _renamed(option, name) if name else option
                for option, name in zip(plain, names, strict=True)
            )
            if len({one.id for one in tried}) == len(tried) and fits(tried):
                return tried
        return plain


def _rows(count: int) -> Iterator[tuple[int, ...]]:
    """For each option the number of a name to try, 0 for its text: first for one option alone."""
    for number in range(1, _NAMES):
        for place in range(count):
            yield tuple(number if n == place else 0 for n in range(count))
    for attempt in range(_TRIES):
        numbers = key("import.names", attempt)
        yield tuple(numbers[place % len(numbers)] % _NAMES for place in range(count))


def _distinct(options: Sequence[Option]) -> tuple[Option, ...]:
    """The options, none of which is another: of those with one text the later have other names."""
    found: dict[str, Option] = {}
    for option in options:
        number, one = 1, option
        while one.id in found:
            number += 1
            one = _renamed(option, number)
        found[one.id] = one
    return tuple(found.values())


def _renamed(option: Option, number: int) -> Option:
    """The option under a name of its own, the first, second, ... that it may have."""
    name = name_from((to_text(option.text),), set(), "option")
    name = name if number == 1 else f"{name}-{number}"
    return Option(id=name, text=option.text, why=option.why, pin=option.pin, image=option.image)
