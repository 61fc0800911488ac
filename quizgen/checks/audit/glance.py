"""A choice as somebody sees it who knows nothing of its subject: lengths, numbers, words, places."""

import re
from collections.abc import Callable, Sequence
from functools import cached_property

from quizgen.checks.rules.kinds import ABSOLUTE
from quizgen.checks.rules.options import is_all_or_none
from quizgen.checks.scope import in_use
from quizgen.checks.view import View
from quizgen.core.order import option_order
from quizgen.core.quantity import ordering_keys
from quizgen.model import Bank, Choice, QuizPlan

_WORD = re.compile(r"[^\W_]+(?:[-'’.,][^\W_]+)*")
_SMALL = frozenset(
    "a an the of in on at to by for and or is are was were be it its as with from that this "
    "der die das den dem des ein eine einen und oder im am zu ist sind war mit von "
    "le la les l d un une des du de et ou en au aux est sont que "
    "el los las unos unas del y o es son con por".split()
)
_DIGIT = re.compile(r"\d")
_TELLING = re.compile(r"[^\W\d_]{4,}")
_ROOT = 5
"""Words that begin with the same five letters are taken for one, as treaty and treaties, lake and lakes."""
HEDGED = re.compile(
    r"\b(?:often|usually|sometimes|frequently|generally|normally|typically|mostly|largely|partly|rarely|seldom|"
    r"likely|probably|perhaps|possibly|tends?|may|might|can|could|some|most|many|almost|nearly|about|"
    r"in (?:part|general|some cases|most cases)|depend(?:s|ing)? on|"
    r"oft|meist|meistens|manchmal|selten|häufig|teilweise|teils|wahrscheinlich|vielleicht|kann|können|einige|"
    r"souvent|parfois|rarement|généralement|peut|peuvent|certains|certaines|"
    r"a veces|a menudo|generalmente|puede|pueden|algunos|algunas)\b",
    re.IGNORECASE,
)


class Glance:
    """A choice of one bank. Options are named by their places (from 0) as their author wrote them."""

    def __init__(self, item: Choice, bank: Bank) -> None:
        self.item = item
        self.view = View(item, bank.language)
        self._bank = bank

    @cached_property
    def has_texts(self) -> bool:
        """Whether the options are told apart by their texts, and not by pictures."""
        return not any(option.image for option in self.item.options)

    @cached_property
    def own(self) -> tuple[int, ...]:
        """The options that say something of their own, as "all of the above" does not."""
        options = self.item.options
        if not self.has_texts:
            return ()
        return tuple(n for n, option in enumerate(options) if not is_all_or_none(option))

    @cached_property
    def rising(self) -> tuple[int, ...]:
        """The options that say something, the smallest first, where all are numbers or dates."""
        options = self.item.options
        values = ordering_keys(tuple(options[place].text for place in self.own))
        if values is None or len(values) < 3:
            return ()
        names = (options[place].id for place in self.own)
        ranked = sorted(zip(values, names, self.own, strict=True))
        return tuple(place for _, _, place in ranked)

    @cached_property
    def worded(self) -> tuple[int, ...]:
        """The options that say something, where they are no numbers or dates."""
        if self.rising:
            return ()
        shown = self.view.shown
        if all(_DIGIT.search(shown[n]) for n in self.own) and all(
            self.view.quantities[n] for n in self.own
        ):
            return ()
        return self.own

    def length(self, place: int) -> int:
        """How many letters an option has as it is read."""
        return len(self.view.shown[place])

    @cached_property
    def likeness(self) -> Sequence[float]:
        """How much of its words each option has in common with the others: Dice's measure, summed."""
        rows = [frozenset(_WORD.findall(text)) - _SMALL for text in self.view.plain]
        sums = [0.0] * len(rows)
        for n, place in enumerate(self.own):
            for other in self.own[n + 1 :]:
                if shared := len(rows[place] & rows[other]):
                    alike = 2 * shared / (len(rows[place]) + len(rows[other]))
                    sums[place] += alike
                    sums[other] += alike
        return [round(one, 9) for one in sums]

    def echoes(self, place: int) -> int:
        """How many telling words of the question come back in an option."""
        return len(self._asked & _roots(self.view.plain[place]))

    @cached_property
    def _asked(self) -> frozenset[str]:
        return _roots(self.view.unquoted.lower())

    def hedges(self, place: int) -> int:
        """How many words of an option take back what it says."""
        return len(HEDGED.findall(self.view.plain[place]))

    def absolutes(self, place: int) -> int:
        """How many words of an option admit no exception."""
        return len(ABSOLUTE.findall(self.view.plain[place]))

    @cached_property
    def printed(self) -> tuple[int, ...]:
        """The options in the order of form A of the first quiz; none where their author fixed it."""
        if self.item.arrangement == "fixed":
            return ()
        if len(self.rising) == len(self.item.options) and not any(
            option.pin for option in self.item.options
        ):
            return self.rising  # as they are printed, too: this spares reading them again
        seed = next((plan.seed for plan in self._bank.quizzes), _SEED)
        order = option_order(self.item, bank=self._bank.name, seed=seed)
        places = {option.id: place for place, option in enumerate(self.item.options)}
        return tuple(places[identity] for identity in order)


def glances(bank: Bank) -> tuple[Glance, ...]:
    """A glance at each choice in use that has one right option among several."""
    return tuple(
        Glance(item, bank)
        for item in in_use(bank)
        if isinstance(item, Choice)
        and len(item.options) > 1
        and not item.multiple
        and len(item.keys) == 1
    )


def ticked(bank: Bank) -> tuple[Choice, ...]:
    """The choices in use that ask for all that apply."""
    return tuple(
        item
        for item in in_use(bank)
        if isinstance(item, Choice) and len(item.options) > 1 and item.multiple
    )


_SEED = QuizPlan(id="", title="", blueprint=()).seed


def most(places: Sequence[int], of: Callable[[int], float]) -> tuple[int, ...]:
    """Those of the places with the most of something; none where all have as much."""
    measures = [of(place) for place in places]
    peak = max(measures, default=0)
    if min(measures, default=0) == peak:
        return ()
    return tuple(place for place, one in zip(places, measures, strict=True) if one == peak)


def least(places: Sequence[int], of: Callable[[int], float]) -> tuple[int, ...]:
    """Those of the places with the least of something; none where all have as much."""
    return most(places, lambda place: -of(place))


def _roots(text: str) -> frozenset[str]:
    words = _TELLING.findall(text)
    return frozenset((word.removesuffix("s"))[:_ROOT] for word in words)
