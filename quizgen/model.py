"""The nouns of quizgen: a bank and its items, a quiz drawn from it, its forms, answers and scores.

Everything is frozen and knows nothing of files, YAML, seeds or outputs. Texts (stems, options,
explanations) are Markdown with `$math$`, as the author wrote them. Numbers are exact Fractions.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, TypeAlias

import msgspec

Level = Literal["detail", "recall", "understand", "apply", "analyse"]
Use = Literal["both", "practice", "exam"]
Kind = Literal["text", "name", "place", "term", "date", "number", "set", "list", "symbol", "code"]
Arrangement = Literal["free", "fixed"]
TypeName = Literal[
    "choice", "true_false", "entry", "number", "cloze", "match", "order", "open", "card"
]

LEVELS: tuple[Level, ...] = ("detail", "recall", "understand", "apply", "analyse")
KINDS: tuple[Kind, ...] = (
    "text",
    "name",
    "place",
    "term",
    "date",
    "number",
    "set",
    "list",
    "symbol",
    "code",
)
TYPES: tuple[TypeName, ...] = (
    "choice",
    "true_false",
    "entry",
    "number",
    "cloze",
    "match",
    "order",
    "open",
    "card",
)


class Frozen(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The shape of every value here: immutable, compared by content, fields given by name."""


# --- What an item is made of ---------------------------------------------------------------------


class Image(Frozen, frozen=True, kw_only=True):
    """A picture in the project; `alt` says in words what it shows and is never empty."""

    file: str
    alt: str
    width: str = ""


class Citation(Frozen, frozen=True, kw_only=True):
    """Where an item's fact stands: paragraphs (1-based) of a declared document, and the terms there.

    `digest` is that of the paragraphs' text; `derived` says how the answer follows from the terms
    when it does not itself stand there.
    """

    document: str
    paragraphs: tuple[int, ...] = ()
    terms: tuple[str, ...] = ()
    digest: str = ""
    derived: str = ""


class Option(Frozen, frozen=True, kw_only=True):
    """One thing to pick, pair or put in place. `id` is its identity within the item, for ever."""

    id: str
    text: str
    why: str = ""
    pin: Literal["", "first", "last"] = ""
    image: Image | None = None


class Tolerance(Frozen, frozen=True, kw_only=True):
    """How far from the value an answer may lie: `amount` is absolute, or a share of the value."""

    amount: Fraction
    relative: bool = False


class Band(Frozen, frozen=True, kw_only=True):
    """Part credit for a number that is near: within `tolerance`, `share` (0..1) of the points."""

    tolerance: Tolerance
    share: Fraction


class Gap(Frozen, frozen=True, kw_only=True):
    """One gap of a cloze. Its `number` (from 1), once given, is never given to another."""

    number: int
    accept: tuple[str, ...]
    hint: str = ""


class Pair(Frozen, frozen=True, kw_only=True):
    """A left side and the right side that belongs to it."""

    left: Option
    right: Option


class Criterion(Frozen, frozen=True, kw_only=True):
    """One line of a rubric, worth `points`."""

    text: str
    points: Fraction = Fraction(1)


# --- The nine types of item ----------------------------------------------------------------------


class Common(Frozen, frozen=True, kw_only=True, tag_field="type"):
    """What every item may say. (bank, id) is for ever; `points` are what full marks are worth."""

    id: str
    topic: str = ""
    goal: str = ""
    tags: tuple[str, ...] = ()
    level: Level = "recall"
    points: Fraction = Fraction(1)
    explain: str = ""
    hint: str = ""
    image: Image | None = None
    audio: str = ""
    source: Citation | None = None
    claim: bool = False
    use: Use = "both"
    draft: bool = False
    retired: str = ""
    passage: str = ""
    ignore: Mapping[str, str] = {}


class Choice(Common, frozen=True, kw_only=True, tag="choice"):
    """Pick one option, or all that apply. `keys` are the identities of the right options.

    A `free` arrangement is left to `core.order`; a `fixed` one is printed as written.
    """

    stem: str
    options: tuple[Option, ...]
    keys: tuple[str, ...]
    multiple: bool = False
    arrangement: Arrangement = "free"


class TrueFalse(Common, frozen=True, kw_only=True, tag="true_false"):
    """Decide on a statement."""

    statement: str
    answer: bool


class Entry(Common, frozen=True, kw_only=True, tag="entry"):
    """Type a word, a name, a date, a list. The first of `accept` is the one shown.

    For the kinds `set` and `list` each string of `accept` is a whole answer, its members
    separated by commas or semicolons. `close` says of near answers what is not right with them.
    """

    stem: str
    accept: tuple[str, ...]
    kind: Kind = "text"
    close: Mapping[str, str] = {}


class Number(Common, frozen=True, kw_only=True, tag="number"):
    """Type a number. `text` is the value as the author wrote it, `value` the same exactly.

    `units` maps other accepted units to how many of `unit` one of them is.
    """

    stem: str
    value: Fraction
    text: str
    tolerance: Tolerance | None = None
    bands: tuple[Band, ...] = ()
    unit: str = ""
    units: Mapping[str, Fraction] = {}


class Cloze(Common, frozen=True, kw_only=True, tag="cloze"):
    """Fill the gaps in a text. `parts` alternates plain text and gaps, in reading order."""

    stem: str = ""
    parts: tuple[str | Gap, ...]
    kind: Kind = "text"

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The gaps in reading order."""
        return tuple(part for part in self.parts if isinstance(part, Gap))


class Match(Common, frozen=True, kw_only=True, tag="match"):
    """Pair left with right; `extra` are right sides that belong to none.

    Two pairs may share a right side: then their `right` is the same option.
    """

    stem: str
    pairs: tuple[Pair, ...]
    extra: tuple[Option, ...] = ()


class Order(Common, frozen=True, kw_only=True, tag="order"):
    """Put in order; `sequence` is the right one."""

    stem: str
    sequence: tuple[Option, ...]


class Open(Common, frozen=True, kw_only=True, tag="open"):
    """Write freely; a person scores it by the rubric. `lines` is the room on paper."""

    stem: str
    model: str
    rubric: tuple[Criterion, ...] = ()
    lines: int = 5


class Card(Common, frozen=True, kw_only=True, tag="card"):
    """Recall the back from the front and, where `reverse`, the front from the back."""

    front: str
    back: str
    reverse: bool = False


Item: TypeAlias = Choice | TrueFalse | Entry | Number | Cloze | Match | Order | Open | Card


# --- The bank ------------------------------------------------------------------------------------


class Document(Frozen, frozen=True, kw_only=True):
    """A document that items rest on: its name in the bank, and how to cite it."""

    name: str
    title: str
    author: str = ""
    date: str = ""
    url: str = ""
    note: str = ""


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


class QuizPlan(Frozen, frozen=True, kw_only=True):
    """A quiz as declared: what to draw, into how many forms, and how it is scored."""

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


class Bank(Frozen, frozen=True, kw_only=True):
    """All that was read. `name` is the bank's for ever; items are in the order of the files."""

    name: str
    title: str
    language: str = "en"
    licence: str = ""
    about: str = ""
    documents: tuple[Document, ...] = ()
    topics: tuple[Topic, ...] = ()
    passages: tuple[Passage, ...] = ()
    items: tuple[Item, ...] = ()
    quizzes: tuple[QuizPlan, ...] = ()


# --- A quiz and its forms ------------------------------------------------------------------------


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


# --- Answers and scores --------------------------------------------------------------------------


class Picked(Frozen, frozen=True, kw_only=True, tag=True):
    """The options ticked; none ticked is blank."""

    options: frozenset[str]


class Judged(Frozen, frozen=True, kw_only=True, tag=True):
    """Options judged one by one (multiple true/false); one that is not named was left blank."""

    marks: Mapping[str, bool]


class Decided(Frozen, frozen=True, kw_only=True, tag=True):
    """True or false."""

    value: bool


class Typed(Frozen, frozen=True, kw_only=True, tag=True):
    """A typed text, for entry and number; white space alone is blank."""

    text: str


class Filled(Frozen, frozen=True, kw_only=True, tag=True):
    """Typed texts by gap number."""

    gaps: Mapping[int, str]


class Matched(Frozen, frozen=True, kw_only=True, tag=True):
    """The right side chosen for each left side, by identity; a missing left was left blank."""

    pairs: Mapping[str, str]


class Ordered(Frozen, frozen=True, kw_only=True, tag=True):
    """The sequence given, by identity."""

    sequence: tuple[str, ...]


class Marked(Frozen, frozen=True, kw_only=True, tag=True):
    """What a person gave: a `share` (0..1) of the points, for open answers and cards."""

    share: Fraction


Response: TypeAlias = Picked | Judged | Decided | Typed | Filled | Matched | Ordered | Marked | None

Outcome = Literal["right", "partly", "wrong", "blank"]


class Score(Frozen, frozen=True, kw_only=True):
    """Points earned of points possible, exactly. A blank is told apart from a wrong answer."""

    points: Fraction
    possible: Fraction
    outcome: Outcome


Grade = Literal["exact", "accepted", "close", "wrong"]


class Verdict(Frozen, frozen=True, kw_only=True):
    """What the judge says of a typed answer, and why, in one line a learner understands."""

    grade: Grade
    reason: str

    @property
    def right(self) -> bool:
        """Whether it earns the points."""
        return self.grade in ("exact", "accepted")
