"""What a drafter is handed and what it hands back.

A drafter is anything that can be called with a `Text` and returns facts, drafts or both. A program
that is installed beside quizgen names its own under the entry points "quizgen.drafters". What comes
back is checked as a stranger's is: a fact or term has to stand in the paragraph it names, a
question has to read, and no sentence of the text may come with it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, Protocol, TypeAlias, get_args

from quizgen.documents import Role
from quizgen.model import Frozen

Said: TypeAlias = "str | Sequence[Said] | Mapping[str, Said]"
"""What stands behind a key of a question, as in docs/language.md; numbers and flags are texts."""

Kind = Literal[
    "year", "date", "number", "money", "share", "name", "acronym", "definition", "list", "order"
]
KINDS: tuple[Kind, ...] = get_args(Kind)


class Paragraph(Frozen, frozen=True, kw_only=True):
    """A paragraph, its number from 1, and its text in one line."""

    number: int
    text: str
    role: Role = "text"


class Text(Frozen, frozen=True, kw_only=True):
    """A text to draft from; `document` is what the bank calls it, `language` that of the bank."""

    document: str
    paragraphs: tuple[Paragraph, ...]
    language: str = "en"


class Fact(Frozen, frozen=True, kw_only=True):
    """Something that a question may ask for: `text` is the answer as it stands in the paragraph.

    Of a figure, `text` holds its unit, too. `near` are other terms of its sentence, to ask by.
    """

    kind: Kind
    paragraph: int
    text: str
    meaning: str = ""
    """What an acronym stands for, as it stands in the paragraph."""
    members: tuple[str, ...] = ()
    """The members of a list, or the steps of an order."""
    paragraphs: tuple[int, ...] = ()
    """Those of a list whose members are paragraphs of their own."""
    unit: str = ""
    """The unit of a number, or the noun that it counts, as it stands behind the figure."""
    group: str = ""
    """What a name is the name of: person, place, organisation, or "" where nothing tells."""
    about: bool = False
    """Whether the text says that the figure is no exact one."""
    ahead: bool = False
    """Whether the text speaks of the year as one to come."""
    near: tuple[str, ...] = ()


class Draft(Frozen, frozen=True, kw_only=True):
    """A question to be.

    `question` has the keys of the question files, with a stem or without; what stands behind a key
    is a `Said`.

    `terms` are what must stand in the paragraphs, the key among them.
    """

    paragraph: int
    question: Mapping[str, Any]
    terms: tuple[str, ...] = ()
    kind: Kind | Literal[""] = ""
    paragraphs: tuple[int, ...] = ()
    """All of them, where the question rests on several."""
    derived: str = ""
    """How the key follows from the terms, where it is none of them."""
    ask: str = ""
    """A word to the author on what to ask, for the comment above the stem."""


class Drafter(Protocol):
    """Proposes facts and drafts of a text; the same text gives the same ones."""

    def __call__(self, text: Text, /) -> Iterable[Fact | Draft]:
        """The facts and drafts, in any order."""


_DEEPEST = 6


def as_said(value: Any, depth: int = 0) -> Said:
    """A value of a program or of its JSON as question files have it: texts, lists, mappings.

    Raises TypeError or ValueError for what no question holds.
    """
    if depth > _DEEPEST:
        raise ValueError("its question is nested too deeply")
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return value.strip()
        case None:
            return ""
        case int() | float():
            return str(value)
        case list() | tuple():
            return [as_said(one, depth + 1) for one in value]
        case Mapping():
            return {str(key): as_said(one, depth + 1) for key, one in value.items()}
        case _:
            raise TypeError(f"a value of type {type(value).__name__} stands in its question")
