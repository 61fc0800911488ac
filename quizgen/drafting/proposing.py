"""What drafters brought to drafts: which facts are asked for, how many, and what is let in."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Literal, NamedTuple

from quizgen.core.stream import key
from quizgen.drafting.admission import Admitted, Names, Place, Refused, admit
from quizgen.drafting.drafters import Brought
from quizgen.drafting.protocol import Draft, Fact, Kind, Text
from quizgen.drafting.questions import questions

_ROUNDS = 3
_WEIGHT = 3
_TELLING: dict[Kind | Literal[""], int] = {
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
    """The drafts of what was brought.

    What is refused makes room for others, and the ranks of keys are spread over what is left.
    """
    facts, drafts = list(brought.facts), list(brought.drafts)
    if wish.kinds:
        drafts = [draft for draft in drafts if draft.kind in wish.kinds]
    asked = [at for at, fact in enumerate(facts) if not wish.kinds or fact.kind in wish.kinds]
    refused: list[Refused] = []
    named: Names = {}
    for _ in range(_ROUNDS):
        chosen, whole = _limited(facts, asked, drafts, wish)
        made = questions(facts, wish.seed, chosen)
        row = sorted([*made, *((None, draft) for draft in whole)], key=lambda one: one[1].paragraph)
        admitted, out = admit([draft for _, draft in row], text, place, named)
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
    """The facts, by their places, and the whole drafts: as many as are wished for.

    They are spread over paragraphs and kinds: first comes the most telling one of each paragraph,
    of a kind that is not often there yet, then the next of each.
    """
    if not wish.limit or len(asked) + len(drafts) <= wish.limit:
        return list(asked), list(drafts)
    left: defaultdict[int, list[_Candidate]] = defaultdict(list)
    for at in asked:
        left[facts[at].paragraph].append(_Candidate(facts[at].kind, True, at))
    for at, draft in enumerate(drafts):
        left[draft.paragraph].append(_Candidate(draft.kind, False, at))
    order = sorted(left, key=lambda number: key("draft.limit", wish.seed, number))
    used: Counter[str] = Counter()

    def rank(one: _Candidate) -> tuple[int, int]:
        return used[one.kind] + _WEIGHT * _TELLING[one.kind], one.at

    kept: list[_Candidate] = []
    while len(kept) < wish.limit:
        for number in [number for number in order if left[number]][: wish.limit - len(kept)]:
            one = min(left[number], key=rank)
            left[number].remove(one)
            used[one.kind] += 1
            kept.append(one)
    return (
        sorted(one.at for one in kept if one.is_fact),
        [drafts[at] for at in sorted(one.at for one in kept if not one.is_fact)],
    )


class _Candidate(NamedTuple):
    """A fact or a whole draft, by its place."""

    kind: Kind | Literal[""]
    is_fact: bool
    at: int
