"""The decks of a bank: one for each topic, under the bank's own."""

import unicodedata

import genanki

from quizgen.model import Bank
from quizgen.outputs.anki.identity import deck_id
from quizgen.outputs.anki.notes import plain


class Decks:
    """The decks by topic, made as they are asked for. Anki tells no capital from small letters."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank.name
        self.root = _deck_name(bank.deck or plain(bank.title)) or bank.name
        """The name of the bank's own deck, the topmost one but for those that it is put below."""
        self._decks: dict[str, genanki.Deck] = {}
        self._topics: dict[str, genanki.Deck] = {}
        self._deck(self.root)

    def describe(self, html: str) -> None:
        """Let the topmost deck say this of itself."""
        self._deck(self.root).description = html

    def of_topic(self, topic: str) -> genanki.Deck:
        """The deck for the cards of a topic; that of the bank where there is none."""
        if topic not in self._topics:
            below = _deck_name(plain(topic)) if topic else ""
            self._topics[topic] = self._deck(f"{self.root}::{below}" if below else self.root)
        return self._topics[topic]

    @property
    def all(self) -> tuple[genanki.Deck, ...]:
        """Every deck made so far, and the decks above it."""
        return tuple(self._decks.values())

    @property
    def of_bank(self) -> tuple[genanki.Deck, ...]:
        """The bank's own deck and those below it; those above it may hold other things, too."""
        root = self.root.casefold()
        return tuple(
            deck for name, deck in self._decks.items() if f"{name}::".startswith(f"{root}::")
        )

    def _deck(self, name: str) -> genanki.Deck:
        known = self._decks.get(name.casefold())
        if known is None:
            if above := name.rpartition("::")[0]:
                name = f"{self._deck(above).name}::{name.rpartition('::')[2]}"
            known = genanki.Deck(deck_id(self._bank, name.casefold()), name)
            self._decks[name.casefold()] = known
        return known


def _deck_name(text: str) -> str:
    """A deck's name as Anki would write it: in one Unicode form, its parts not empty."""
    shown = "".join(sign for sign in text if unicodedata.category(sign) not in ("Cc", "Cs"))
    parts = (part.strip(" \t:") for part in unicodedata.normalize("NFC", shown).split("::"))
    return "::".join(part for part in parts if part)
