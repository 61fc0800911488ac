"""What finds, in Anki's browser, the cards that an import can neither move nor take away.

A learner's card stays in the deck where it first came, whatever its question's topic and the name
of the topmost deck are now. Its note says the topic and the bank, so that with the deck they find
it. https://docs.ankiweb.net/searching.html
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from quizgen.model import Frozen
from quizgen.outputs.anki.identity import RETIRED
from quizgen.outputs.built import Search

_RETIRED = f"tag:{RETIRED}"
_WILD = re.compile(r'[\\*_"]')
_WILD_OR_COLON = re.compile(r'[\\*_":]')
_ESCAPED = r"\\\g<0>"
_KEYWORDS = ("current", "filtered")
"""What `deck:` takes for another deck than the one of this name, when written in small letters."""

_Parts: TypeAlias = tuple[str, ...]


class Moved(Frozen, frozen=True, kw_only=True):
    """Cards that belong in `deck` but lie in `former` for learners of an earlier edition.

    `topic` is that of their notes, as the field has it.
    """

    former: str
    deck: str
    topic: str

    @property
    def query(self) -> str:
        """The search that finds them, and no card that lies where it belongs."""
        terms = [_in_deck(self.former), f'"Topic:{_WILD_OR_COLON.sub(_ESCAPED, self.topic)}"']
        if self.deck.casefold().startswith(f"{self.former.casefold()}::"):
            terms.append("-" + _in_deck(self.deck))
        return " ".join(terms)

    def finds(self, count: int) -> str:
        """What that is of so many questions, and what to do with it."""
        return f"moved questions ({count}): change the deck of their cards to {self.deck}"


class Renamed(Frozen, frozen=True, kw_only=True):
    """All cards of a bank whose topmost deck, now `deck`, was `former` in an earlier edition.

    Once that deck has its new name, those below it are where they belong.
    """

    former: str
    deck: str
    bank: str

    @property
    def query(self) -> str:
        """The search that finds them, and no card of another bank."""
        return f'{_in_deck(self.former)} "Item:{_WILD.sub(_ESCAPED, self.bank)}/*"'

    def finds(self, count: int) -> str:
        """What that is of so many questions, and what to do with it."""
        return f"questions of the deck's former name ({count}): rename {self.former} to {self.deck} before importing, or change the deck of their cards"


Move: TypeAlias = Moved | Renamed


# --- From the decks of notes to what has moved ---------------------------------------------------


def moved(
    places: Iterable[tuple[tuple[str, ...], str]], *, bank: str, root: str
) -> dict[Move, int]:
    """What has moved, and how many notes, from the decks and the topic of each note.

    First the former names of the topmost deck, `root`; what follows takes these as mended. Then
    that of which there is most.
    """
    notes = Counter(places)
    roots = tuple(_former_roots((decks for decks, _ in notes), _parts(root)))
    counts: Counter[Move] = Counter()
    for ((deck, *former), topic), count in notes.items():
        found = (move for one in former for move in _moves(one, deck, topic, bank, root, roots))
        counts.update(dict.fromkeys(found, count))
    return dict(sorted(counts.items(), key=lambda one: (isinstance(one[0], Moved), -one[1])))


def _moves(
    former: str, deck: str, topic: str, bank: str, root: str, roots: Sequence[_Parts]
) -> Iterator[Move]:
    """The steps by which a card comes from a former deck to its own."""
    lies = _parts(former)
    above = next((one for one in roots if _is_within(lies, one)), None)
    if above is not None:
        yield Renamed(former="::".join(above), deck=root, bank=bank)
        former = "::".join((root, *lies[len(above) :]))
    if former.casefold() != deck.casefold():
        yield Moved(former=former, deck=deck, topic=topic)


def _former_roots(decks: Iterable[tuple[str, ...]], root: _Parts) -> Iterator[_Parts]:
    """What the topmost deck was called: that in which a topic's card lay as it now lies in the root.

    No deck within another of these, or within the root, or above it.
    """
    found: dict[_Parts, _Parts] = {}
    for deck, *former in decks:
        below = _parts(deck)[len(root) :]
        for lies in map(_parts, former):
            above = lies[: len(lies) - len(below)]
            if above and below and _folded(lies[len(above) :]) == _folded(below):
                found.setdefault(_folded(above), above)
    for one in found.values():
        others = (other for other in found.values() if other is not one)
        nested = _is_within(root, one) or any(_is_within(one, other) for other in (root, *others))
        if not nested:
            yield one


def _parts(deck: str) -> _Parts:
    return tuple(deck.split("::"))


def _folded(parts: _Parts) -> _Parts:
    """For comparison: Anki tells no capital from small letters."""
    return tuple(part.casefold() for part in parts)


def _is_within(deck: _Parts, other: _Parts) -> bool:
    return _folded(deck[: len(other)]) == _folded(other)


# --- To searches ---------------------------------------------------------------------------------


def searches(retired: int, moves: Mapping[Move, int]) -> tuple[Search, ...]:
    """What is worth a search in Anki, and what it finds; `retired` counts the retired questions."""
    found = [
        Search(
            query=_RETIRED, finds=f"retired questions ({retired}): suspend or delete their cards"
        )
    ]
    return (
        *(found if retired else ()),
        *(Search(query=one.query, finds=one.finds(count)) for one, count in moves.items()),
    )


def _in_deck(name: str) -> str:
    """The term for cards in that deck or below it, each sign in it standing for itself."""
    literal = name.upper() if name in _KEYWORDS else _WILD.sub(_ESCAPED, name)
    return f'"deck:{literal}"'
