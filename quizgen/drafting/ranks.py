"""Ranks for the keys of many choices, as evenly spread as what each of them can have allows."""

from collections.abc import Mapping, Sequence

from quizgen.core.stream import shuffled


def spread(
    choices: Mapping[str, Sequence[int]], seed: int, begun: Sequence[int] = (0, 0, 0, 0)
) -> dict[str, int]:
    """A rank for each choice out of those that it can have.

    No other way would bring the counts of the ranks closer together; `begun` are keys that have
    their rank already. Which choice gets which rank hangs on the seed.
    """
    counts = list(begun)
    given: dict[str, int] = {}
    at: list[dict[str, None]] = [{} for _ in counts]
    order = {name: place for place, name in enumerate(shuffled(choices, "draft.rank", seed))}
    for name in sorted(order, key=order.__getitem__):
        preferred = shuffled(map(str, choices[name]), "draft.rank", seed, name)
        rank = min(map(int, preferred), key=counts.__getitem__)
        given[name] = rank
        at[rank][name] = None
        counts[rank] += 1
    while path := _path(counts, at, choices):
        for name, rank in path:
            del at[given[name]][name]
            at[rank][name] = None
            counts[given[name]] -= 1
            counts[rank] += 1
            given[name] = rank
    return given


def _path(
    counts: list[int], at: list[dict[str, None]], choices: Mapping[str, Sequence[int]]
) -> list[tuple[str, int]]:
    """Moves that take a key from a rank that many have, over others, to one that two fewer have."""
    for start in sorted(range(len(counts)), key=counts.__getitem__, reverse=True):
        ways: dict[int, list[tuple[str, int]]] = {start: []}
        queue = [start]
        for rank in queue:
            for other in range(len(counts)):
                if other in ways:
                    continue
                name = next((name for name in at[rank] if other in choices[name]), None)
                if name is not None:
                    ways[other] = [*ways[rank], (name, other)]
                    queue.append(other)
        lowest = min(ways, key=counts.__getitem__)
        if counts[start] - counts[lowest] > 1:
            return ways[lowest][::-1]
    return []
