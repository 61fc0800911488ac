"""The streams are fixed for ever: published vectors, the same in any process, locale and zone."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from itertools import permutations
from math import factorial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.core.stream import key, shuffled
from tests.uniform import Shuffle, biased_shuffle, critical, sorted_by_a_coin, spread_of

ROOT = Path(__file__).resolve().parent.parent

# --- Vectors: a port in another language, or a later quizgen, must give these -------------------

KEYS = {
    (): "a8dd77ef244d7073cc00f2ff319d93332324581a9c6e2f68a17b3a04a99673df",
    ("a",): "e0bf730226fef83f6a539b6ca42bec5ad30714af4794e489be9693d64b6eea74",
    ("ab", "c"): "28c5417f68cff310974c591b29a3dd34dcc6e19953711a96d6123b991640700d",
    ("a", "bc"): "7f2b7dd79e86a63d7c5332e5d9fdfd93eeeb590652a4880851db4d7d46f4d217",
    (1,): "14f7d62052516026e04a9c8f1bb9910d76210d8d853721a0e0b122f48f17521c",
    ("1",): "b09607940d22d281a639adc13ef61ac67907ed1e0cb82ed14a91d29a37101461",
    (-1, "größer", "北京"): "b4a12da4ba42bcfcc11baf270416db135a8ac94ac295318220b1e9b5f95df4a7",
    (2**70, ""): "f3c9a60f6034b1e68613ca3094972dda18516e6ba13b92c809396470b2b4b4e0",
}
ORDERS = {
    ("purpose", 1): "egbdchfa",
    ("purpose", 2): "dbgeahcf",
    ("other", 1): "fbegdhca",
    ("options.base", 7, "bank", "item", 0): "cegdbahf",
}


@pytest.mark.parametrize("parts", KEYS)
def test_keys_are_these_for_ever(parts: tuple[str | int, ...]) -> None:
    assert key("purpose", *parts).hex() == KEYS[parts]


@pytest.mark.parametrize("stream", ORDERS)
def test_orders_are_these_for_ever(stream: tuple[str, *tuple[str | int, ...]]) -> None:
    purpose, *parts = stream
    assert "".join(shuffled("abcdefgh", purpose, *parts)) == ORDERS[stream]


def test_streams_do_not_depend_on_hash_seed_locale_or_time_zone() -> None:
    program = (
        "import json\n"
        "from quizgen.core.stream import key, shuffled\n"
        "from tests.test_stream import KEYS, ORDERS\n"
        "keys = [key('purpose', *parts).hex() for parts in KEYS]\n"
        "orders = [''.join(shuffled(set('abcdefgh'), *stream)) for stream in ORDERS]\n"
        "print(json.dumps([keys, orders]))\n"
    )
    for seed, locale, zone in (("1", "C", "UTC"), ("2", "tr_TR.UTF-8", "Asia/Kathmandu")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone}
        run = subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, env=env, capture_output=True, check=True
        )
        assert json.loads(run.stdout) == [[*KEYS.values()], [*ORDERS.values()]]


# --- What holds of every stream ------------------------------------------------------------------

PARTS = st.lists(st.text() | st.integers(), max_size=4).map(tuple)
IDENTITIES = st.lists(st.text(max_size=8), max_size=8, unique=True)


@given(st.text(), st.text(), PARTS, PARTS)
def test_different_parts_have_different_keys(
    purpose: str, other: str, a: tuple[str | int, ...], b: tuple[str | int, ...]
) -> None:
    """However they are cut: ("ab", "c") is not ("a", "bc"), nor is 1 "1"."""
    one = [(type(part), part) for part in (purpose, *a)]
    two = [(type(part), part) for part in (other, *b)]
    assert (key(purpose, *a) == key(other, *b)) == (one == two)


@given(IDENTITIES, st.data(), PARTS)
def test_an_order_is_a_permutation_whatever_order_it_came_in(
    identities: list[str], data: st.DataObject, parts: tuple[str | int, ...]
) -> None:
    order = shuffled(identities, "p", *parts)
    assert sorted(order) == sorted(identities)
    assert shuffled(data.draw(st.permutations(identities)), "p", *parts) == order
    assert shuffled(reversed(identities), "p", *parts) == order


@given(IDENTITIES, st.data(), PARTS)
def test_changing_one_identity_moves_that_one_only(
    identities: list[str], data: st.DataObject, parts: tuple[str | int, ...]
) -> None:
    """Taken away, added or corrected: the others keep their order."""
    if not identities:
        return
    one = data.draw(st.sampled_from(identities))
    rest = [other for other in identities if other != one]
    corrected = f"{one} corrected, and longer than any of them"
    before = [other for other in shuffled(identities, "p", *parts) if other != one]
    assert list(shuffled(rest, "p", *parts)) == before
    after = shuffled([*rest, corrected], "p", *parts)
    assert [other for other in after if other != corrected] == before


# --- Every order equally often -------------------------------------------------------------------

SEEDS = range(2_400)


def all_orders(shuffle: Shuffle, names: str) -> float:
    """Chi-square of how often each order of the names comes, over the seeds."""
    found = Counter("".join(shuffle(names, seed)) for seed in SEEDS)
    return spread_of([found["".join(order)] for order in permutations(names)])


def by_stream(names: str, seed: int) -> tuple[str, ...]:
    return shuffled(names, "uniform", seed)


@pytest.mark.parametrize("names", ["ab", "abc", "abcd"])
def test_every_order_comes_equally_often(names: str) -> None:
    """All n! orders of two, three and four, over a fixed list of seeds."""
    assert all_orders(by_stream, names) < critical(factorial(len(names)) - 1)


@pytest.mark.parametrize("biased", [biased_shuffle, sorted_by_a_coin])
@pytest.mark.parametrize("names", ["abc", "abcd"])
def test_a_biased_shuffle_is_found_out(
    biased: Callable[[str, int], tuple[str, ...]], names: str
) -> None:
    """The test above fails for the shuffles that are usually got wrong."""
    assert all_orders(biased, names) > critical(factorial(len(names)) - 1)
