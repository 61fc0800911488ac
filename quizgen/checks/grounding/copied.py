"""Eight words in a row from a source: facts are taken from a document, its sentences never.

Case, punctuation, line breaks, emphasis and links part no words and make none another. Terms are
not looked at: they are to stand in the source as they are.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from quizgen.checks.texts import texts_of
from quizgen.model import Bank, Item
from quizgen.problem import Problem

RUN = 8
"""Words in a row that no one writes twice by chance."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SHORTEST = 2 * RUN - 1
"""Characters in a text of eight words."""
_LINK = re.compile(r"\]\([^()\s]*\)")
_COMMA_OF_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]|«[^»]*»")


class Phrases:
    """Every run of eight words in a document's paragraphs."""

    def __init__(self, paragraphs: Iterable[str]) -> None:
        self._texts = [" ".join(_words(_plain(text))) for text in paragraphs]
        self._runs = {hash(run) for text in self._texts for run in _runs(text.split(" "))}

    def copied_by(self, text: str) -> str:
        """The first eight words of `text` that stand so in the document, or ""."""
        if len(text) < _SHORTEST:
            return ""
        text = _plain(text)
        for start, run in enumerate(_runs(_words(text))):
            if hash(run) in self._runs and self._holds(run):
                found = list(_WORD.finditer(text))[start : start + RUN]
                return " ".join(text[found[0].start() : found[-1].end()].split())
        return ""

    def _holds(self, run: Sequence[str]) -> bool:
        words = f" {' '.join(run)} "
        return any(words in f" {text} " for text in self._texts)


def copied_text(item: Item, phrases: Phrases) -> Iterator[Problem]:
    """No text of an item takes over eight words in a row."""
    terms = item.source.terms if item.source else ()
    for field, text in texts_of(item):
        is_term = field == "source" and text in terms
        if not is_term and (words := phrases.copied_by(text)):
            yield _copied(words, text, item.id, field)


def copied_passages(bank: Bank, phrases: Phrases) -> Iterator[Problem]:
    """Nor does a passage."""
    for passage in bank.passages:
        for field, text in (("passage", passage.text), ("title", passage.title)):
            if words := phrases.copied_by(text):
                yield _copied(words, text, passage.id, field)


def _copied(words: str, text: str, item: str, field: str) -> Problem:
    """A quotation is told to be shortened: the bank holds no sentence of a source, quoted or not."""
    quoted = (" ".join(quotation[0].split()) for quotation in _QUOTED.finditer(_plain(text)))
    is_quoted = any(words in quotation for quotation in quoted)
    return Problem(
        code="copied_text",
        message=f'"{words}" stands so in the source.',
        fix=f"Quote fewer than {RUN} words of it." if is_quoted else "Say it in words of your own.",
        severity="warning",
        item=item,
        field=field,
    )


def _plain(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).replace("\xad", "")
    if "](" in text:
        text = _LINK.sub("]", text)
    if "," in text:
        text = _COMMA_OF_THOUSANDS.sub("", text)
    return text.replace("*", "") if "*" in text else text


def _words(text: str) -> list[str]:
    """The words of a plain text, folded; the same as `_WORD` finds, which takes longer."""
    if text.isascii() and "'" not in text:
        return text.lower().translate(_SPACED).split()
    return _WORD.findall(text.casefold().replace("’", "'"))


_SPACED = {code: " " for code in range(128) if not chr(code).isalnum()}


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(RUN)), strict=False)
