"""Where keys stand among their options: by length, by number, by place; and how many ticks are right."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from quizgen.checks.audit.glance import Glance, ticked
from quizgen.checks.scope import in_use
from quizgen.model import Bank, Frozen, TrueFalse

By = Literal["length", "number", "printed", "written", "ticks"]


class Ranks(Frozen, frozen=True, kw_only=True):
    """How many keys have each rank, the first first, among so many `options`.

    By `length` the shortest is first, by `number` the lowest, as `printed` on form A and as
    `written` in a fixed order the option A. By `ticks` it is how many options are right, from one
    on. Keys that share their length with another option are left out, and counted in `tied`.
    """

    by: By
    options: int
    counts: tuple[int, ...]
    tied: int = 0


class Statements(Frozen, frozen=True, kw_only=True):
    """How many statements are true, and how many false."""

    true: int
    false: int


def ranks(bank: Bank, single: tuple[Glance, ...]) -> tuple[Ranks, ...]:
    """The ranks of all keys, for each number of options apart.

    `single` are the glances at the bank's choices with one right option.
    """
    found: Counter[tuple[By, int, int]] = Counter()
    tied: Counter[int] = Counter()
    for item in ticked(bank):
        found["ticks", len(item.options), len(item.keys) - 1] += 1
    for glance in single:
        count = len(glance.item.options)
        key = glance.view.keys[0]
        if glance.printed:
            found["printed", count, glance.printed.index(key)] += 1
        else:
            found["written", count, key] += 1
        if key in glance.rising:
            found["number", len(glance.rising), glance.rising.index(key)] += 1
        elif key in glance.worded:
            lengths = [glance.length(place) for place in glance.worded]
            own = glance.length(key)
            if lengths.count(own) > 1:
                tied[len(lengths)] += 1
            else:
                found["length", len(lengths), sorted(lengths).index(own)] += 1
    return tuple(_rows(found, tied))


def _rows(found: Counter[tuple[By, int, int]], tied: Counter[int]) -> Iterable[Ranks]:
    orders: Sequence[By] = ("length", "number", "printed", "written", "ticks")
    for by in orders:
        sizes = {options for one, options, _ in found if one == by}
        sizes |= tied.keys() if by == "length" else set()
        for options in sorted(sizes):
            yield Ranks(
                by=by,
                options=options,
                counts=tuple(found[by, options, rank] for rank in range(options)),
                tied=tied[options] if by == "length" else 0,
            )


def statements(bank: Bank) -> Statements:
    """How many of the statements to decide on are true."""
    answers = [item.answer for item in in_use(bank) if isinstance(item, TrueFalse)]
    return Statements(true=answers.count(True), false=answers.count(False))
