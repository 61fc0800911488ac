"""A quiz drawn from a bank, and its forms: one printed version each."""

from fractions import Fraction

from quizgen.model.bank import Passage, QuizPlan
from quizgen.model.frozen import Frozen
from quizgen.model.item import Item


class Quiz(Frozen, frozen=True, kw_only=True):
    """A plan with its items drawn: the same ones, in the same base order, for every form."""

    bank: str
    plan: QuizPlan
    items: tuple[Item, ...]
    passages: tuple[Passage, ...] = ()

    @property
    def points(self) -> Fraction:
        """What full marks are worth."""
        return sum((item.points for item in self.items), Fraction(0))


class Question(Frozen, frozen=True, kw_only=True):
    """An item as it stands in one form.

    `order` holds the identities in printed order of what can be shuffled: the options of a
    choice, the left sides of a match, the things to put in order; empty for other types.
    `rights` holds the right sides of a match in printed order.
    """

    number: int
    item: Item
    order: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()


class Form(Frozen, frozen=True, kw_only=True):
    """One printed version of a quiz. `letter` is A, B, ...; `digest` names exactly this paper."""

    quiz: Quiz
    letter: str
    questions: tuple[Question, ...]
    digest: str
