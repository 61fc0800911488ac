"""The drafters that are installed, and what they bring.

One that fails is told of, and the others go on.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import EntryPoint, entry_points
from itertools import islice
from typing import Any, NamedTuple

import msgspec

from quizgen.drafting.facts import find
from quizgen.drafting.protocol import Draft, Drafter, Fact, Text, as_said

GROUP = "quizgen.drafters"
"""The entry points under which programs name their drafters."""
MOST = 50_000
"""Facts and drafts that are taken from one drafter."""


class Brought(NamedTuple):
    """What drafters brought, and a sentence for each that failed."""

    facts: tuple[Fact, ...] = ()
    drafts: tuple[Draft, ...] = ()
    troubles: tuple[str, ...] = ()


class Interrupted(Exception):
    """Somebody interrupted a drafter, and which, in a sentence."""


def installed() -> Mapping[str, Callable[[], Drafter]]:
    """How to load each drafter, by name; the one that comes with quizgen is always there."""
    found: dict[str, Callable[[], Drafter]] = {"facts": lambda: find}
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        found.setdefault(point.name, _loader(point))
    return found


def bring(drafters: Mapping[str, Callable[[], Drafter]], text: Text) -> Brought:
    """All that the drafters find in the text, in the order of their names.

    None is stopped for the time it takes: it runs within ours. Raises Interrupted.
    """
    facts: list[Fact] = []
    drafts: list[Draft] = []
    troubles: list[str] = []
    for name, load in drafters.items():
        try:
            for one in islice(_handed_back(load()(text)), MOST):
                match _checked(one):
                    case Fact() as fact:
                        facts.append(fact)
                    case Draft() as draft:
                        drafts.append(draft)
        except KeyboardInterrupt:
            raise Interrupted(f'The drafter "{name}" was interrupted.') from None
        except Exception as error:  # noqa: BLE001  # another program's, which must not end ours
            troubles.append(f'The drafter "{name}" failed: {_said(error)}')
    return Brought(tuple(facts), tuple(drafts), tuple(troubles))


def _loader(point: EntryPoint) -> Callable[[], Drafter]:
    def load() -> Drafter:
        drafter: Drafter = point.load()
        return drafter

    return load


class _NotADraftError(TypeError):
    """Something came back that is neither a fact nor a draft."""


def _handed_back(value: Any) -> Iterator[Any]:
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
        raise _NotADraftError(f"it handed back {_called(value)}, and no row of facts and drafts.")
    yield from value


def _checked(one: Any) -> Fact | Draft:
    """A fact or draft whose fields hold what they should: a struct that is built checks nothing."""
    if not isinstance(one, Fact | Draft):
        raise _NotADraftError(f"it handed back {_called(one)} among its facts and drafts.")
    try:
        fields = msgspec.to_builtins(one)
        if isinstance(one, Fact):
            return msgspec.convert(fields, Fact)
        return msgspec.convert({**fields, "question": as_said(fields["question"])}, Draft)
    except (msgspec.ValidationError, TypeError, ValueError) as error:
        raise _NotADraftError(f"a {type(one).__name__} of its own is unsound: {error}.") from error


def _called(value: Any) -> str:
    return "nothing" if value is None else f"a value of type {type(value).__name__}"


def _said(error: Exception) -> str:
    """The error in one line: a sentence of ours as it is, anything else with its type."""
    said = " ".join(str(error).split())[:200]
    if isinstance(error, _NotADraftError):
        return said
    return f"{type(error).__name__}{': ' if said else ''}{said}"
