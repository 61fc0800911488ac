"""A quiz drawn from a bank, and its forms: one printed version each."""

from fractions import Fraction
from typing import TypeAlias

from quizgen.model.bank import Passage, QuizPlan
from quizgen.model.frozen import Frozen
from quizgen.model.item import Item

Draw: TypeAlias = tuple[tuple[str, ...], ...]
"""The items of a form by identity, section by section, in base order."""


class Quiz(Frozen, frozen=True, kw_only=True):
    """A plan with its items drawn: all those that stand in any of its forms, in base order.

    `draws` tells what stands where: one draw for all forms or, where they are parallel, one for
    each; it is empty where every form has all the items in one section.
    """

    bank: str
    plan: QuizPlan
    items: tuple[Item, ...]
    passages: tuple[Passage, ...] = ()
    draws: tuple[Draw, ...] = ()

    def drawn(self, form: int = 0) -> tuple[tuple[Item, ...], ...]:
        """The items of form number `form` (from 0), section by section, in base order.

        Raises IndexError for a parallel form that was not drawn.
        """
        if not self.draws:
            return (self.items,)
        by_id = {item.id: item for item in self.items}
        draw = self.draws[form if self.plan.parallel else 0]
        return tuple(tuple(by_id[name] for name in section) for section in draw)

    @property
    def points(self) -> Fraction:
        """What full marks are worth, in any form."""
        items = (item for section in self.drawn() for item in section)
        return sum((item.points for item in items), Fraction(0))


class Question(Frozen, frozen=True, kw_only=True):
    """An item as it stands in one form.

    `order` holds the identities in printed order of what can be shuffled: the options of a
    choice, the left sides of a match, the things to put in order; empty for other types.
    `rights` holds the right sides of a match in printed order. `section` is the place of its
    section in the plan, from 0.
    """

    number: int
    item: Item
    order: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()
    section: int = 0


class Form(Frozen, frozen=True, kw_only=True):
    """One printed version of a quiz. `letter` is A, B, ...; `digest` names exactly this paper."""

    quiz: Quiz
    letter: str
    questions: tuple[Question, ...]
    digest: str
