"""What finds, in Anki's browser, the cards that an import can neither move nor take away.

A learner's card stays in the deck where it first came, whatever its question's topic is now. Its
note says the topic, so the two together find it. https://docs.ankiweb.net/searching.html
"""

import re
from collections.abc import Iterable, Mapping

from quizgen.model import Frozen
from quizgen.outputs.built import Search

_RETIRED = "tag:quizgen::retired"
_SPECIAL = re.compile(r'[\\*_"]')


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
        terms = [_term("deck", self.former), _term("Topic", self.topic)]
        if self.deck.casefold().startswith(f"{self.former.casefold()}::"):
            terms.append("-" + _term("deck", self.deck))
        return " ".join(terms)


def moved(decks: Iterable[tuple[tuple[str, ...], str]]) -> dict[Moved, int]:
    """What has moved, and how many notes, from the decks and the topic of each note."""
    counts: dict[Moved, int] = {}
    for (deck, *former), topic in decks:
        for one in former:
            found = Moved(former=one, deck=deck, topic=topic)
            counts[found] = counts.get(found, 0) + 1
    return counts


def searches(retired: int, moves: Mapping[Moved, int]) -> tuple[Search, ...]:
    """What is worth a search in Anki, and what it finds; `retired` counts the retired questions."""
    found = [
        Search(
            query=_RETIRED, finds=f"retired questions ({retired}): suspend or delete their cards"
        )
    ]
    return (
        *(found if retired else ()),
        *(
            Search(
                query=one.query,
                finds=f"moved questions ({count}): change the deck of their cards to {one.deck}",
            )
            for one, count in moves.items()
        ),
    )


def _term(name: str, value: str) -> str:
    """One term of a search, each sign in it standing for itself."""
    literal = _SPECIAL.sub(r"\\\g<0>", value)
    return f'"{name}:{literal}"'
