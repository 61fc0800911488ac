"""The decks of a bank: one for each topic under the bank's own, and what the topmost says of itself."""

import re
import unicodedata
from collections.abc import Iterator
from html import escape

import genanki

from quizgen.model import Bank
from quizgen.outputs.anki.identity import deck_id
from quizgen.outputs.anki.notes import plain

LABELS = ("edition", "licence", "sources", "report")
"""The words that a description has need of."""

_WEB = re.compile(r"https?://\S+")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


class Decks:
    """The decks by topic, made as they are asked for. Anki tells no capital from small letters."""

    def __init__(self, bank: Bank, description: str) -> None:
        self._bank = bank.name
        self._root = _deck_name(bank.deck or plain(bank.title)) or bank.name
        self._decks: dict[str, genanki.Deck] = {}
        self._topics: dict[str, genanki.Deck] = {}
        self._deck(self._root).description = description

    def of_topic(self, topic: str) -> genanki.Deck:
        """The deck for the cards of a topic; that of the bank where there is none."""
        if topic not in self._topics:
            below = _deck_name(plain(topic)) if topic else ""
            self._topics[topic] = self._deck(f"{self._root}::{below}" if below else self._root)
        return self._topics[topic]

    @property
    def all(self) -> tuple[genanki.Deck, ...]:
        """Every deck made so far, and the decks above it."""
        return tuple(self._decks.values())

    def _deck(self, name: str) -> genanki.Deck:
        known = self._decks.get(name.casefold())
        if known is None:
            if above := name.rpartition("::")[0]:
                name = f"{self._deck(above).name}::{name.rpartition('::')[2]}"
            known = genanki.Deck(deck_id(self._bank, name.casefold()), name)
            self._decks[name.casefold()] = known
        return known


def description(bank: Bank, sentence: str, labels: dict[str, str]) -> str:
    """The HTML that Anki shows above the deck: what it is, whose, and where to tell of a mistake."""
    return "".join(_paragraphs(bank, sentence, labels))


def _paragraphs(bank: Bank, sentence: str, labels: dict[str, str]) -> Iterator[str]:
    yield f"<p><b>{escape(plain(bank.title), quote=False)}</b></p>"
    if bank.about:
        yield f"<p>{escape(plain(bank.about), quote=False)}</p>"
    for name, text in (("edition", bank.edition), ("licence", bank.licence)):
        if text:
            yield f"<p>{labels[name]}: {escape(plain(text), quote=False)}</p>"
    if bank.documents:
        rows = []
        for document in bank.documents:
            parts = (document.author, document.title, document.date)
            said = escape(", ".join(plain(part) for part in parts if part), quote=False)
            if document.url.startswith(("https://", "http://")):
                said = f'<a href="{escape(document.url)}">{said}</a>'
            rows.append(f"<li>{said}</li>")
        yield f"<p>{labels['sources']}:</p><ul>{''.join(rows)}</ul>"
    if bank.report:
        yield f"<p>{labels['report']}: {_linked(bank.report)}</p>"
    yield f"<p>{sentence}</p>"


def _linked(text: str) -> str:
    """An address of the web or of a person as a link; a sentence as it stands."""
    if _WEB.fullmatch(text):
        return f'<a href="{escape(text)}">{escape(text, quote=False)}</a>'
    if _MAIL.fullmatch(text):
        return f'<a href="mailto:{escape(text)}">{escape(text, quote=False)}</a>'
    return escape(plain(text), quote=False)


def _deck_name(text: str) -> str:
    """A deck's name as Anki would write it: in one Unicode form, its parts not empty."""
    shown = "".join(sign for sign in text if unicodedata.category(sign) not in ("Cc", "Cs"))
    parts = (part.strip(" \t:") for part in unicodedata.normalize("NFC", shown).split("::"))
    return "::".join(part for part in parts if part)
