"""Ticks on a sheet of options to their share of full marks, by every rule for them.

Kanzow et al. 2023 compare 41 of such rules on the same answers.
"""

from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias, assert_never

MultipleRule: TypeAlias = Literal[
    "balanced", "all_or_nothing", "right_minus_wrong", "ripkey", "each_statement", "ps50"
]


class Ticks(NamedTuple):
    """A sheet of ticks: of `n` options `m` are right; `h` right and `f` wrong ones are ticked."""

    n: int
    m: int
    h: int
    f: int


def single(*, right: bool, options: int, rule: Literal["right", "formula"]) -> Fraction:
    """The share for one option picked of so many."""
    match rule:
        case "right":
            return Fraction(right)
        case "formula":
            return Fraction(1) if right else Fraction(-1, options - 1)
        case _:
            assert_never(rule)


def multiple(ticks: Ticks, rule: MultipleRule) -> Fraction:
    """The share for these ticks, at least one."""
    n, m, h, f = ticks
    match rule:
        case "balanced":
            return max(Fraction(0), Fraction(h, m) - (Fraction(f, n - m) if n > m else 0))
        case "all_or_nothing":
            return Fraction(h == m and f == 0)
        case "right_minus_wrong":
            return max(Fraction(0), Fraction(h - f, m))
        case "ripkey":
            return Fraction(h, m) if h + f <= m else Fraction(0)
        case "each_statement" | "ps50":
            # Nothing ticked is blank and earns 0, and a wrong tick may not raise that: so ticks
            # say of the unticked options that they are false only where a right one is among them.
            return statements(h + n - m - f, n, rule) if h else Fraction(0)
        case _:
            assert_never(rule)


def statements(right: int, n: int, rule: Literal["each_statement", "ps50"]) -> Fraction:
    """The share for `right` of `n` statements judged rightly."""
    match rule:
        case "each_statement":
            return Fraction(right, n)
        case "ps50":
            return Fraction(1) if right == n else Fraction(2 * right > n) * Fraction(1, 2)
        case _:
            assert_never(rule)
