"""Eight words in a row from a source: facts are taken from a document, its sentences never."""

import re
from collections.abc import Iterable, Iterator

from quizgen.checks.texts import texts_of
from quizgen.model import Bank, Item
from quizgen.problem import Problem

RUN = 8
"""Words in a row that no one writes twice by chance."""

_WORD = re.compile(r"\w+(?:['\u2019]\w+)*")


class Phrases:
    """Every run of eight words in a document's paragraphs."""

    def __init__(self, paragraphs: Iterable[str]) -> None:
        self._runs = frozenset(run for text in paragraphs for run, _ in _runs(text))

    def copied_by(self, text: str) -> str:
        """The first eight words of `text` that stand so in the document, or ""."""
        return next((words for run, words in _runs(text) if run in self._runs), "")


def copied_text(item: Item, phrases: Phrases) -> Iterator[Problem]:
    """No text of an item takes over eight words in a row."""
    for field, text in texts_of(item):
        if words := phrases.copied_by(text):
            yield _copied(words, item.id, field)


def copied_passages(bank: Bank, phrases: Phrases) -> Iterator[Problem]:
    """Nor does a passage."""
    for passage in bank.passages:
        for field, text in (("passage", passage.text), ("title", passage.title)):
            if words := phrases.copied_by(text):
                yield _copied(words, passage.id, field)


def _copied(words: str, item: str, field: str) -> Problem:
    return Problem(
        code="copied_text",
        message=f'"{words}" stands so in the source.',
        fix="Say it in words of your own.",
        severity="warning",
        item=item,
        field=field,
    )


def _runs(text: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each run of eight words, folded for comparing and as it stands."""
    found = list(_WORD.finditer(text))
    folded = [word[0].casefold().replace("\u2019", "'") for word in found]
    for start in range(len(found) - RUN + 1):
        end = start + RUN
        yield tuple(folded[start:end]), text[found[start].start() : found[end - 1].end()]
