"""What the templates of a form are given: sections, groups, passages and questions, ready to print.

It knows no item: what becomes of one is settled in `questions.py`.
"""

from typing import Literal, TypeAlias

from quizgen.model import Frozen
from quizgen.outputs.paper.texts import Html, runs_on

Space: TypeAlias = Literal[
    "options", "statements", "line", "lines", "number", "gaps", "pairs", "places", "nothing"
]
"""The macros of `question.html`, one for each kind of room to answer."""

_MANY = 20


class Picture(Frozen, frozen=True, kw_only=True):
    """A picture inside the page: its bytes as a data URI, its words, its width in a style sheet."""

    data: str
    alt: str
    width: str = ""


class Thing(Frozen, frozen=True, kw_only=True):
    """One thing to pick, pair or number, with the letter that it has in this form.

    Only on the teacher's marked paper: `right` says that it is to be picked, `entry` what belongs
    in its box.
    """

    letter: str
    text: Html
    picture: Picture | None = None
    right: bool = False
    entry: str = ""


class GridView(Frozen, frozen=True, kw_only=True):
    """Squared room to write in: its height in millimetres, and its lines as the path of a drawing."""

    height: int
    path: str


class QuestionView(Frozen, frozen=True, kw_only=True):
    """A question as printed for a student. `space` names the room to answer; the rest fills it.

    `filled` is what belongs in that room, on the teacher's marked paper alone.
    """

    number: int
    points: str
    stem: Html = Html()
    space: Space = "line"
    how: str = ""
    picture: Picture | None = None
    things: tuple[Thing, ...] = ()
    rights: tuple[Thing, ...] = ()
    signs: tuple[str, ...] = ()
    text: Html = Html()
    unit: Html = Html()
    lines: int = 1
    square: bool = False
    short: bool = False
    left: int = 50
    flow: bool = False
    grid: GridView | None = None
    filled: Html = Html()

    @property
    def inline(self) -> bool:
        """Whether each thing is words alone, which can run on in the line of its letter."""
        return all(not one.picture and runs_on(one.text) for one in (*self.things, *self.rights))

    @property
    def tall(self) -> bool:
        """Whether there are so many things that their rows have to stand closer on one page."""
        return max(len(self.things), len(self.rights)) > _MANY


class PassageView(Frozen, frozen=True, kw_only=True):
    """The text that a group of questions rests on."""

    title: Html
    text: Html
    plain: bool
    picture: Picture | None = None


class GroupView(Frozen, frozen=True, kw_only=True):
    """Questions that stand together: on one passage, or on none.

    `fits` says that the passage and its first question can be held on one page, `whole` that all
    of the group can. So many questions at its end are `held` together, which no page's end parts.
    """

    questions: tuple[Html, ...]
    heading: str = ""
    passage: PassageView | None = None
    fits: bool = False
    whole: bool = False
    held: int = 0


class SectionView(Frozen, frozen=True, kw_only=True):
    """A section of a form: its heading with the points that it is worth, and its groups.

    Of a quiz without sections, all of it, without a heading.
    """

    groups: tuple[GroupView, ...]
    title: Html = Html()
    points: str = ""
    instructions: Html = Html()
