"""Rules of what stands in texts: Markdown and formulas hold nothing that a product must not show."""

import re
from collections.abc import Iterator

import msgspec

from quizgen.checks.scope import in_use
from quizgen.checks.texts import texts_of
from quizgen.markup import formulas, pictures
from quizgen.model import Bank
from quizgen.problem import Problem

_BEYOND = re.compile(r"\\\\|\\(href|url|class|cssId|style|data|require)(?![A-Za-z])")
"""A line break, which is passed over, or a command that links, loads or speaks to the page."""
_WRITER = msgspec.json.Encoder(enc_hook=lambda _number: None)
"""Writes each text with all its signs, and neither of the two that are looked for of its own."""


def unshown_in_text(bank: Bank) -> Iterator[Problem]:
    """What stands in a text is shown as it reads: a picture stands in its field, where its words
    are asked for, and a formula neither links nor styles nor loads anything.
    """
    for passage in bank.passages:
        for field, text in (("title", passage.title), ("passage", passage.text)):
            yield from _unshown(passage.id, field, text)
    if not _may_hold(bank.items):
        return  # as in most banks, of which all items at once take less than one by one
    for item in in_use(bank):
        if not _may_hold(item):
            continue
        for field, text in texts_of(item):
            if "$" in text or "![" in text:
                yield from _unshown(item.id, field, text)


def _may_hold(value: object) -> bool:
    """Whether a formula or a picture may stand in any text of this."""
    written = _WRITER.encode(value)
    return b"$" in written or b"![" in written


def _unshown(name: str, field: str, text: str) -> Iterator[Problem]:
    if found := pictures(text):
        yield Problem(
            code="image_in_text",
            message=f'The picture "{found[0][:80]}" within the text is not shown.',
            fix="Write image: {file: PATH, alt: WHAT IT SHOWS} beside the text instead.",
            item=name,
            field=field,
        )
    if command := _command_in(text):
        yield Problem(
            code="formula_command",
            message=f"A formula cannot hold \\{command}: it links, loads or styles.",
            fix="Delete it; a formula holds mathematics alone.",
            item=name,
            field=field,
        )


def _command_in(text: str) -> str:
    """The first such command in a formula of the text, or ""."""
    if not _command(text):
        return ""
    return next((command for latex in formulas(text) if (command := _command(latex))), "")


def _command(latex: str) -> str:
    return next((found[1] for found in _BEYOND.finditer(latex) if found[1]), "")
