"""What an item is made of, and the nine types of item.

Texts (stems, options, explanations) are Markdown with `$math$`, as the author wrote them.
Numbers are exact Fractions.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, TypeAlias

from quizgen.model.frozen import Frozen

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


class Correction(Frozen, frozen=True, kw_only=True):
    """What was put right in an item, in a sentence, and the day, such as 2026-11-25."""

    date: str
    text: str


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
    corrected: Correction | None = None
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
        return tuple(part for part in self.parts if not isinstance(part, str))


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
    """Write freely; a person scores it by the rubric. `lines` is the room on paper.

    With `grid` that room is squared, for sums, drawings and diagrams.
    """

    stem: str
    model: str
    rubric: tuple[Criterion, ...] = ()
    lines: int = 5
    grid: bool = False


class Card(Common, frozen=True, kw_only=True, tag="card"):
    """Recall the back from the front and, where `reverse`, the front from the back."""

    front: str
    back: str
    reverse: bool = False


Item: TypeAlias = Choice | TrueFalse | Entry | Number | Cloze | Match | Order | Open | Card
