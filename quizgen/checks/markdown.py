"""Rules of what stands in texts: Markdown and formulas hold nothing that a product must not show."""

import re
from collections.abc import Iterator

from quizgen.checks.scope import in_use
from quizgen.checks.texts import texts_of
from quizgen.markup import formulas, pictures
from quizgen.model import Bank
from quizgen.problem import Problem

_BEYOND = re.compile(r"\\\\|\\(href|url|class|cssId|style|data|require)(?![A-Za-z])")
"""A line break, which is passed over, or a command that links, loads or speaks to the page."""


def image_in_text(bank: Bank) -> Iterator[Problem]:
    """A picture stands in its field, where its words are asked for, and not in a text."""
    for name, field, text in _texts(bank, "!["):
        if found := pictures(text):
            yield Problem(
                code="image_in_text",
                message=f'The picture "{found[0][:80]}" within the text is not shown.',
                fix="Write image: {file: PATH, alt: WHAT IT SHOWS} beside the text instead.",
                item=name,
                field=field,
            )


def formula_command(bank: Bank) -> Iterator[Problem]:
    """A formula only says what is to be read: it neither links nor styles nor loads anything."""
    for name, field, text in _texts(bank, "$"):
        if command := next((one for tex in _formulas(text) if (one := _command(tex))), ""):
            yield Problem(
                code="formula_command",
                message=f"A formula cannot hold \\{command}: it links, loads or styles.",
                fix="Delete it; a formula holds mathematics alone.",
                item=name,
                field=field,
            )


def _formulas(text: str) -> tuple[str, ...]:
    """The formulas of a text that may be worth a look."""
    return formulas(text) if _command(text) else ()


def _command(latex: str) -> str:
    return next((found[1] for found in _BEYOND.finditer(latex) if found[1]), "")


def _texts(bank: Bank, sign: str) -> Iterator[tuple[str, str, str]]:
    """Every text with this sign of passages and of items in use, with the id and field of each."""
    for passage in bank.passages:
        for field, text in (("title", passage.title), ("passage", passage.text)):
            if sign in text:
                yield passage.id, field, text
    for item in in_use(bank):
        for field, text in texts_of(item):
            if sign in text:
                yield item.id, field, text
