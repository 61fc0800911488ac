"""A bank: its items, the documents and passages they rest on, and the quizzes that it declares."""

from fractions import Fraction
from typing import Literal

from quizgen.model.checking import Checking
from quizgen.model.frozen import Frozen
from quizgen.model.item import Image, Item, Level, TypeName


class Document(Frozen, frozen=True, kw_only=True):
    """A document that items rest on: its name in the bank, and how to cite it.

    `file` is where its text lies, from the project's folder; "" where it is not at hand.
    """

    name: str
    title: str
    author: str = ""
    date: str = ""
    url: str = ""
    note: str = ""
    file: str = ""


class Goal(Frozen, frozen=True, kw_only=True):
    """What a learner can do after a topic; items serve it by its `id`."""

    id: str
    text: str


class Topic(Frozen, frozen=True, kw_only=True):
    """A topic and its learning goals."""

    name: str
    goals: tuple[Goal, ...] = ()


class Passage(Frozen, frozen=True, kw_only=True):
    """A text that a group of items rests on; the group stays together, the passage first."""

    id: str
    text: str
    title: str = ""
    image: Image | None = None


class Quota(Frozen, frozen=True, kw_only=True):
    """A row of a blueprint: how many items (or points) of what kind. Empty fields ask for nothing.

    `items` names items outright; then `count` is how many they are. `spread` shares a count
    evenly over the topics.
    """

    count: int = 0
    points: Fraction | None = None
    topic: str = ""
    tag: str = ""
    level: Level | Literal[""] = ""
    type: TypeName | Literal[""] = ""
    items: tuple[str, ...] = ()
    spread: bool = False


class Rules(Frozen, frozen=True, kw_only=True):
    """How each type is scored, by the names of the table in `core.score`."""

    single: Literal["right", "formula"] = "right"
    multiple: Literal[
        "balanced", "all_or_nothing", "right_minus_wrong", "ripkey", "each_statement", "ps50"
    ] = "balanced"
    true_false: Literal["right", "formula"] = "right"
    match: Literal["share", "all_or_nothing"] = "share"
    order: Literal["places", "tau", "pairs", "all_or_nothing"] = "places"
    cloze: Literal["share", "all_or_nothing"] = "share"
    round: Fraction | None = None
    """What a student's total is rounded to a multiple of, halves up; None leaves it as it is."""


class GradeBand(Frozen, frozen=True, kw_only=True):
    """A grade of the teacher's, and from how many percent of the points (0..100) it is given."""

    name: str
    percent: Fraction


class Section(Frozen, frozen=True, kw_only=True):
    """A part of a quiz with a heading, a blueprint and an order of its own.

    `points` is what it must come to, where its author says so.
    """

    title: str
    blueprint: tuple[Quota, ...]
    instructions: str = ""
    shuffle_questions: bool = False
    points: Fraction | None = None


class QuizPlan(Frozen, frozen=True, kw_only=True):
    """A quiz as declared: what to draw, into how many forms, and how it is scored.

    It has a blueprint or `sections`, not both. Forms that are `parallel` draw each its own items,
    alike in points and level; the `anchors` stand in all of them.
    `bands` are the teacher's grades, the best first.
    """

    id: str
    title: str
    blueprint: tuple[Quota, ...]
    instructions: str = ""
    minutes: int = 0
    seed: int = 1
    forms: int = 2
    shuffle_questions: bool = False
    balanced: bool = False
    points: Fraction | None = None
    rules: Rules = Rules()
    bands: tuple[GradeBand, ...] = ()
    sections: tuple[Section, ...] = ()
    parallel: bool = False
    anchors: tuple[str, ...] = ()

    @property
    def all_sections(self) -> tuple[Section, ...]:
        """Its sections or, where it has none, one without a title that holds all of it."""
        return self.sections or (
            Section(title="", blueprint=self.blueprint, shuffle_questions=self.shuffle_questions),
        )


class Bank(Frozen, frozen=True, kw_only=True):
    """All that was read. `name` is the bank's for ever; items are in the order of the files.

    `deck` names Anki's parent deck, its parts parted by `::`, where it is not the title; `report`
    says where to tell of a mistake; `edition` is what the author calls this one; `retention` is how
    much of what was learned a learner should still know when it is due.
    """

    name: str
    title: str
    language: str = "en"
    licence: str = ""
    about: str = ""
    edition: str = ""
    report: str = ""
    deck: str = ""
    retention: Fraction | None = None
    documents: tuple[Document, ...] = ()
    topics: tuple[Topic, ...] = ()
    passages: tuple[Passage, ...] = ()
    items: tuple[Item, ...] = ()
    quizzes: tuple[QuizPlan, ...] = ()
    checking: Checking = Checking()
