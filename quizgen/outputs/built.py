"""What every output hands back: files as bytes, a row for each product, and what could not be said."""

from collections.abc import Mapping

from quizgen.model import Frozen
from quizgen.problem import Problem


class Product(Frozen, frozen=True, kw_only=True):
    """One file that a person will use. `path` is relative to the project, with `/`.

    `kind` is the output and the role in it: `anki.deck`, `paper.form`, `paper.forms` (all in one
    file), `paper.key`, ... `items` counts the items inside.
    """

    kind: str
    path: str
    items: int
    quiz: str = ""
    form: str = ""


class Search(Frozen, frozen=True, kw_only=True):
    """What a learner may search for in the program that reads the product, and what that finds."""

    query: str
    finds: str


class Built(Frozen, frozen=True, kw_only=True):
    """The result of one output: `files` maps a path relative to the project to its bytes."""

    files: Mapping[str, bytes]
    products: tuple[Product, ...]
    problems: tuple[Problem, ...] = ()
    searches: tuple[Search, ...] = ()
