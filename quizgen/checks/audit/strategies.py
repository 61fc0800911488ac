"""The strategies of those who know nothing of a subject: what each would pick of an item.

Each looks at the options and the question alone, never at which option is right. Where it leaves
several options, it leaves them all: that the key is among c of k options has the chance c / k,
which counts ties whole and needs no draw. Where it leaves all, it says nothing of the item.
"""

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from quizgen.checks.audit.glance import HEDGED, Glance, least, most, ticked
from quizgen.checks.rules.choices import saying_all, saying_none
from quizgen.checks.rules.kinds import ABSOLUTE
from quizgen.checks.scope import in_use
from quizgen.checks.texts import plain
from quizgen.core.form import letter
from quizgen.model import Bank, Choice, Frozen, TrueFalse

_NUMERALS = ("two", "three", "four", "five", "six")
_LETTERS = 6
"""So many places are tried, and so many numbers of ticks: nobody always ticks the seventh."""


class Guess(NamedTuple):
    """What a strategy does with an item: of `of` answers it leaves `left`, the key among them or not."""

    item: str
    left: tuple[int, ...]
    of: int
    is_hit: bool

    @property
    def chance(self) -> Fraction:
        """How likely it is a hit, were any answer as likely to be right as any other."""
        return Fraction(len(self.left), self.of)


class Strategy(Frozen, frozen=True, kw_only=True):
    """A strategy by its stable code: its name, and what to do with items that it finds the key of."""

    code: str
    title: str
    fix: str


Picks: TypeAlias = Callable[[Glance], tuple[int, ...]]
"""The options that a strategy leaves of a choice; none where it says nothing."""

_OF_CHOICES: tuple[tuple[Strategy, Picks], ...] = (
    (
        Strategy(
            code="longest",
            title="The longest option",
            fix="Shorten the right option (what explains it belongs under explain:), or make a distractor as full.",
        ),
        lambda glance: most(glance.worded, glance.length),
    ),
    (
        Strategy(
            code="shortest",
            title="The shortest option",
            fix="Make a distractor as short, or the right option as full as the others.",
        ),
        lambda glance: least(glance.worded, glance.length),
    ),
    (
        Strategy(
            code="all_of_the_above",
            title='"All of the above"',
            fix="Ask for all that apply (answers:), or write an option of its own.",
        ),
        lambda glance: saying_all(glance.view),
    ),
    (
        Strategy(
            code="none_of_the_above",
            title='"None of the above"',
            fix="Write an option of its own, or leave it out: three options are enough.",
        ),
        lambda glance: saying_none(glance.view),
    ),
    (
        Strategy(
            code="not_none_of_the_above",
            title='Anything but "none of the above"',
            fix="Leave it out where it is never right, or let it be right as often as others.",
        ),
        lambda glance: _without(glance, saying_none(glance.view)),
    ),
    (
        Strategy(
            code="lowest",
            title="The lowest number",
            fix="Write a distractor below the right number.",
        ),
        lambda glance: glance.rising[:1],
    ),
    (
        Strategy(
            code="middle",
            title="The number in the middle",
            fix="Write more distractors on one side of the right number than on the other.",
        ),
        lambda glance: glance.rising[(len(glance.rising) - 1) // 2 : len(glance.rising) // 2 + 1],
    ),
    (
        Strategy(
            code="highest",
            title="The highest number",
            fix="Write a distractor above the right number.",
        ),
        lambda glance: glance.rising[-1:],
    ),
    (
        Strategy(
            code="convergence",
            title="The option most like the others",
            fix="Let the words of a distractor come back in the others as often as those of the right option.",
        ),
        lambda glance: most(glance.own, glance.likeness.__getitem__),
    ),
    (
        Strategy(
            code="odd_one_out",
            title="The option least like the others",
            fix="Write a distractor in the words and the form of the right option.",
        ),
        lambda glance: least(glance.own, glance.likeness.__getitem__),
    ),
    (
        Strategy(
            code="echo",
            title="The one that echoes the question",
            fix="Say the right option in other words, or let a distractor echo the question as well.",
        ),
        lambda glance: most(glance.own, glance.echoes),
    ),
    (
        Strategy(
            code="hedged",
            title='The most guarded ("often", "may")',
            fix="Guard a distractor as well, or say the right option plainly.",
        ),
        lambda glance: most(glance.own, glance.hedges),
    ),
    (
        Strategy(
            code="least_absolute",
            title='No option with "always" or "never"',
            fix="Take the absolute words out of the distractors.",
        ),
        lambda glance: least(glance.own, glance.absolutes),
    ),
)
"""Those for choices with one right option, but for the places of options."""


def _without(glance: Glance, places: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(n for n in range(len(glance.item.options)) if n not in places) if places else ()


def guesses(bank: Bank, single: tuple[Glance, ...]) -> Iterator[tuple[Strategy, tuple[Guess, ...]]]:
    """Each strategy with what it does with the items that it says something of, if any.

    `single` are the glances at the bank's choices with one right option.
    """
    for strategy, picks in (*_OF_CHOICES, *_of_places()):
        calls = ((glance, picks(glance)) for glance in single)
        yield strategy, tuple(_of_choice(glance, left) for glance, left in calls if left)
    yield from _of_statements(tuple(item for item in in_use(bank) if isinstance(item, TrueFalse)))
    yield from _of_ticks(ticked(bank))


def said(
    rows: Iterable[tuple[Strategy, tuple[Guess, ...]]],
) -> Iterator[tuple[Strategy, tuple[Guess, ...]]]:
    """The strategies that say something, of two that leave the same of every item the first."""
    seen = set()
    for strategy, row in rows:
        sight = tuple((guess.item, guess.left) for guess in row)
        if row and sight not in seen:
            seen.add(sight)
            yield strategy, row


def _of_choice(glance: Glance, left: tuple[int, ...]) -> Guess:
    return Guess(glance.item.id, left, len(glance.item.options), glance.view.keys[0] in left)


def _of_places() -> Iterator[tuple[Strategy, Picks]]:
    """Always the same letter: as quizgen prints the options, and as their author fixed them."""
    for place in range(_LETTERS):
        yield (
            Strategy(
                code=f"printed_{place + 1}",
                title=f"Always {letter(place)}, as printed",
                fix="Where numbers are sorted, move the distractors; else choose another seed: for the quiz.",
            ),
            lambda glance, place=place: glance.printed[place : place + 1],  # type: ignore[misc]
        )
    for place in range(_LETTERS):
        yield (
            Strategy(
                code=f"written_{place + 1}",
                title=f"Always {letter(place)}, where that is fixed",
                fix="Let quizgen shuffle the options (answer: and distractors:), or move the right one.",
            ),
            lambda glance, place=place: (  # type: ignore[misc]
                (place,)
                if glance.item.arrangement == "fixed" and place < len(glance.item.options)
                else ()
            ),
        )


def _of_statements(items: tuple[TrueFalse, ...]) -> Iterator[tuple[Strategy, tuple[Guess, ...]]]:
    always = (("always_true", "True", True), ("always_false", "False", False))
    for code, word, answer in always:
        strategy = Strategy(
            code=code,
            title=f'Always "{word.lower()}"',
            fix=f"Rewrite some statements so that they are {str(not answer).lower()}.",
        )
        yield strategy, tuple(_decided(one, answer=answer) for one in items)
    yield (
        Strategy(
            code="absolute_is_false",
            title='False if "always", "never"',
            fix="Take the absolute words out of false statements, or put them into true ones as well.",
        ),
        _of_words(items, lambda text: bool(ABSOLUTE.search(text)), answer=False),
    )
    yield (
        Strategy(
            code="hedged_is_true",
            title='True if "often", "may"',
            fix="Say true statements plainly, or guard false ones as well.",
        ),
        _of_words(items, lambda text: bool(HEDGED.search(text)), answer=True),
    )


def _of_words(
    items: Iterable[TrueFalse], says: Callable[[str], bool], *, answer: bool
) -> tuple[Guess, ...]:
    return tuple(_decided(one, answer=answer) for one in items if says(plain(one.statement)))


def _decided(item: TrueFalse, *, answer: bool) -> Guess:
    return Guess(item.id, (int(answer),), 2, item.answer is answer)


def _of_ticks(items: tuple[Choice, ...]) -> Iterator[tuple[Strategy, tuple[Guess, ...]]]:
    """How many of n options are right: by lot any number from two to n - 1, as several but not all."""
    for number in range(2, _LETTERS + 1):
        yield (
            Strategy(
                code=f"ticks_{number}",
                title=f"Always {_NUMERALS[number - 2]} ticks (all that apply)",
                fix="Let more of the options be right in some questions, and fewer in others.",
            ),
            tuple(
                Guess(item.id, (number,), len(item.options) - 2, len(item.keys) == number)
                for item in items
                if max(number, 3) < len(item.options)
            ),
        )
