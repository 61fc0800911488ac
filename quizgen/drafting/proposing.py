"""What drafters brought to a file of drafts: which facts are asked for, what is let in, and how it is told."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from quizgen.core.stream import key
from quizgen.drafting.admission import Admitted, Place, Refused, admit
from quizgen.drafting.drafters import Brought
from quizgen.drafting.protocol import Draft, Fact, Kind, Text
from quizgen.drafting.questions import questions

_ROUNDS = 3
_TELLING: dict[Kind | str, int] = {
    "": 0, "date": 1, "year": 1, "money": 1, "share": 1, "number": 2, "definition": 2, "acronym": 3,
    "list": 3, "order": 3, "name": 4,
}  # fmt: skip
"""What an author most likely wants to ask of a paragraph first."""


class Wish(NamedTuple):
    """What the author asks for: kinds (none: all), at most how many (0: all), and the seed."""

    kinds: tuple[Kind, ...] = ()
    limit: int = 0
    seed: int = 1


class Proposal(NamedTuple):
    """The drafts that are proposed, in the order of the text, and those that were refused."""

    admitted: tuple[Admitted, ...]
    refused: tuple[Refused, ...]

    @property
    def counts(self) -> Counter[str]:
        """How many drafts there are of each kind."""
        return Counter(one.draft.kind or "other" for one in self.admitted)


def propose(brought: Brought, text: Text, place: Place, wish: Wish) -> Proposal:
    """The drafts of what was brought. What is refused makes room for others, and the ranks of keys
    are spread over what is left.
    """
    facts, drafts = list(brought.facts), list(brought.drafts)
    if wish.kinds:
        drafts = [draft for draft in drafts if draft.kind in wish.kinds]
    asked = [at for at, fact in enumerate(facts) if not wish.kinds or fact.kind in wish.kinds]
    refused: list[Refused] = []
    for _ in range(_ROUNDS):
        chosen, whole = _limited(facts, asked, drafts, wish)
        made = questions(facts, wish.seed, chosen)
        row = sorted([*made, *((None, draft) for draft in whole)], key=lambda one: one[1].paragraph)
        admitted, out = admit([draft for _, draft in row], text, place)
        refused += (refusal for _, refusal in out)
        has_rank = any("distractors" in row[one][1].question for one, _ in out)
        if not out or not (has_rank or wish.limit):
            break
        gone = {at for one, _ in out for at in row[one][0] or ()}
        lost = {id(row[one][1]) for one, _ in out}
        asked = [at for at in asked if at not in gone]
        drafts = [draft for draft in drafts if id(draft) not in lost]
    return Proposal(tuple(admitted), tuple(refused))


def _limited(
    facts: Sequence[Fact], asked: Sequence[int], drafts: Sequence[Draft], wish: Wish
) -> tuple[list[int], list[Draft]]:
    """As many as are wished for, spread over the paragraphs: of each the most telling, then the next."""
    if not wish.limit or len(asked) + len(drafts) <= wish.limit:
        return list(asked), list(drafts)
    paragraphs: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for at in asked:
        fact = facts[at]
        paragraphs[fact.paragraph].append((_TELLING.get(fact.kind, 5), 1, at))
    for at, draft in enumerate(drafts):
        paragraphs[draft.paragraph].append((0, 0, at))
    rows = [
        (turn, key("draft.limit", wish.seed, number), place)
        for number, places in paragraphs.items()
        for turn, place in enumerate(sorted(places))
    ]
    kept = [place for _, _, place in sorted(rows)[: wish.limit]]
    return (
        sorted(at for _, is_fact, at in kept if is_fact),
        [drafts[at] for at in sorted(at for _, is_fact, at in kept if not is_fact)],
    )
