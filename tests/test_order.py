"""Orders of options: the numbered properties of a fair shuffle, and its vectors."""

from collections import Counter
from fractions import Fraction
from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from quizgen.core.order import free_options, option_order, right_order
from quizgen.model import Choice, Entry, Item, Match, Number, Option, Order, Pair, TrueFalse
from tests.strategies import pinned_choices, scored_items, scored_matches, scored_options
from tests.uniform import critical, spread_of

SEEDS = st.integers(0, 2**64)
FORMS = st.integers(0, 12)


def options(*texts: str) -> tuple[Option, ...]:
    return tuple(Option(id=text, text=text) for text in texts)


def choice(*texts: str) -> Choice:
    return Choice(id="q", stem="?", options=options(*texts), keys=(texts[0],))


def order_of(item: Item, seed: int = 1, form: int = 0) -> tuple[str, ...]:
    return option_order(item, bank="bank", seed=seed, form=form)


def rights_of(item: Match, seed: int = 1, form: int = 0) -> tuple[str, ...]:
    return right_order(item, bank="bank", seed=seed, form=form)


WORDS = ("ant", "bee", "cat", "dog", "eel")
PAIRS = tuple(
    Pair(left=Option(id=f"l{n}", text=f"L {n}."), right=Option(id=f"r{n}", text=f"R {n}."))
    for n in range(4)
)
MATCH = Match(id="m", stem="?", pairs=PAIRS, extra=options("spare"))

# --- Vectors -------------------------------------------------------------------------------------


def test_orders_are_these_for_ever() -> None:
    """A whole order of each type, in the first forms; a change here would change handed-out papers."""
    orders = {
        "choice": [" ".join(order_of(choice(*WORDS), form=form)) for form in range(6)],
        "lefts": [" ".join(order_of(MATCH, form=form)) for form in range(3)],
        "rights": [" ".join(rights_of(MATCH, form=form)) for form in range(3)],
        "order": [
            " ".join(order_of(Order(id="o", stem="?", sequence=options(*WORDS)), form=form))
            for form in range(3)
        ],
    }
    assert orders == {
        "choice": [
            "cat eel dog ant bee",
            "ant bee cat eel dog",
            "bee cat eel dog ant",
            "dog ant bee cat eel",
            "eel dog ant bee cat",
            "cat ant dog eel bee",
        ],
        "lefts": ["l2 l1 l3 l0", "l1 l3 l0 l2", "l0 l2 l1 l3"],
        "rights": ["r2 spare r0 r3 r1", "r0 r3 r1 r2 spare", "r1 r2 spare r0 r3"],
        "order": ["dog bee cat eel ant", "dog eel cat ant bee", "dog bee cat ant eel"],
    }


# --- 1, 2, 6, 8: what an order is ----------------------------------------------------------------


@given(st.one_of(scored_items(), pinned_choices()), SEEDS, FORMS)
def test_1_an_order_is_a_permutation_of_what_there_is(item: Item, seed: int, form: int) -> None:
    order = order_of(item, seed, form)
    match item:
        case Choice():
            there = [option.id for option in item.options]
        case Match():
            there = [pair.left.id for pair in item.pairs]
            sides = {*(pair.right.id for pair in item.pairs), *(one.id for one in item.extra)}
            assert sorted(rights_of(item, seed, form)) == sorted(sides)
        case Order():
            there = [thing.id for thing in item.sequence]
        case _:
            there = []
    assert sorted(order) == sorted(there)


@given(pinned_choices(), SEEDS, FORMS)
def test_2_pinned_options_stand_where_they_are_pinned(item: Choice, seed: int, form: int) -> None:
    """In their own order, whatever becomes of the others."""
    order = order_of(item, seed, form)
    first = tuple(option.id for option in item.options if option.pin == "first")
    last = tuple(option.id for option in item.options if option.pin == "last")
    if item.arrangement == "free":
        assert order[: len(first)] == first
        assert order[len(order) - len(last) :] == last
    else:
        assert order == tuple(option.id for option in item.options)


@pytest.mark.parametrize(
    "texts",
    [
        ("9", "10", "181", "1,000"),
        ("-5", "0", "2.5", "10"),
        ("9 km", "10 km", "100 km"),
        ("9 %", "50 percent", "100%"),
        ("nine", "10", "eleven"),
        ("999 thousand", "2 million", "1 billion"),
        ("1/3", "1/2", "3/4"),
        ("15 September 2021", "3 April 2022", "1 May 2022"),
        ("September 2021", "January 2022"),
        ("221 BC", "79 AD", "1914"),
        ("January 5", "March 1"),
    ],
)
def test_2_numbers_and_dates_are_sorted(texts: tuple[str, ...]) -> None:
    """By value, from whatever order they were written in, in every form; and not as texts."""
    for written in list(permutations(texts))[:24]:
        for form in range(3):
            assert order_of(choice(*written), seed=form, form=form) == texts
        assert free_options(choice(*written)) == ()


def test_2_pins_stand_around_sorted_numbers() -> None:
    item = choice("30", "4", "200")
    pins = (
        Option(id="none", text="None of these", pin="last"),
        Option(id="0", text="0", pin="first"),
    )
    item = replace(item, options=(*pins, *item.options))
    assert order_of(item) == ("0", "4", "30", "200", "none")


@pytest.mark.parametrize(
    "texts",
    [("1 km", "2 kg", "3 km"), ("1", "2", "many"), ("3/4/2022", "5/6/2022"), ("A 1", "A 2")],
)
def test_what_is_not_all_numbers_or_dates_is_shuffled(texts: tuple[str, ...]) -> None:
    assert len({order_of(choice(*texts), seed) for seed in range(40)}) > 1


def test_2_true_or_false_has_no_order_to_change() -> None:
    for item in (
        TrueFalse(id="t", statement=".", answer=True),
        Entry(id="e", stem="?", accept=("a",)),
        Number(id="n", stem="?", value=Fraction(1), text="1"),
    ):
        assert order_of(item) == ()


@given(st.one_of(scored_items(), pinned_choices()), SEEDS, FORMS)
def test_6_unshuffling_gives_the_original_back(item: Item, seed: int, form: int) -> None:
    if isinstance(item, Choice):
        place = {option.id: n for n, option in enumerate(item.options)}
        by_id = {option.id: option for option in item.options}
        printed = [by_id[identity] for identity in order_of(item, seed, form)]
        assert tuple(sorted(printed, key=lambda option: place[option.id])) == item.options


@given(SEEDS, FORMS)
def test_8_one_free_option_or_none_is_unchanged(seed: int, form: int) -> None:
    first, last = Option(id="a", text="a", pin="first"), Option(id="z", text="z", pin="last")
    one = Choice(id="q", stem="?", options=(last, *options("m"), first), keys=("m",))
    assert order_of(one, seed, form) == ("a", "m", "z")
    none = replace(one, options=(last, first))
    assert order_of(none, seed, form) == ("a", "z")
    lone = Order(id="o", stem="?", sequence=options("m"))
    assert order_of(lone, seed, form) == ("m",)


@given(scored_matches(), SEEDS, FORMS)
def test_8_a_side_that_two_pairs_share_stands_once(item: Match, seed: int, form: int) -> None:
    shared = replace(item, pairs=tuple(replace(p, right=item.pairs[0].right) for p in item.pairs))
    assert len(set(rights_of(shared, seed, form))) == len(rights_of(shared, seed, form))


def test_8_both_columns_of_a_match_move_independently() -> None:
    """Each order of the left goes with each of the right equally often, even of the same names."""
    item = Match(id="m", stem="?", pairs=tuple(Pair(left=o, right=o) for o in options(*WORDS[:3])))
    orders = list(permutations(WORDS[:3]))
    for form in (0, 1, 4):
        found = Counter((order_of(item, s, form), rights_of(item, s, form)) for s in range(3_600))
        assert spread_of([found[a, b] for a in orders for b in orders]) < critical(35)


@given(st.integers(2, 6), SEEDS, FORMS)
def test_an_order_is_never_printed_as_its_own_answer(count: int, seed: int, form: int) -> None:
    item = Order(id="o", stem="?", sequence=scored_options(count, "t"))
    assert order_of(item, seed, form) != tuple(thing.id for thing in item.sequence)


# --- 4: editing one item or option moves no other ------------------------------------------------


@given(pinned_choices(), SEEDS, FORMS, st.data())
def test_4_an_order_depends_on_no_more_than_seed_bank_item_and_form(
    item: Choice, seed: int, form: int, data: st.DataObject
) -> None:
    """Not on the options' order in the file, on texts around them or on the key."""
    moved = replace(
        item,
        stem="Another stem.",
        explain="Another explanation.",
        topic="Another topic",
        points=Fraction(3),
        keys=(item.options[-1].id,),
    )
    assert order_of(moved, seed, form) == order_of(item, seed, form)
    if not any(option.pin for option in item.options) and item.arrangement == "free":
        again = replace(item, options=tuple(data.draw(st.permutations(item.options))))
        assert order_of(again, seed, form) == order_of(item, seed, form)


@given(st.integers(3, 7), SEEDS, FORMS)
def test_4_correcting_one_option_moves_that_one_only(count: int, seed: int, form: int) -> None:
    """The others keep their order, read round from any one of them."""
    item = Choice(id="q", stem="?", options=scored_options(6)[:count], keys=("o0",))
    corrected = Option(id="Corrected.", text="Corrected.")
    other = replace(item, options=(corrected, *item.options[1:]))
    before = [identity for identity in order_of(item, seed, form) if identity != "o0"]
    after = [identity for identity in order_of(other, seed, form) if identity != corrected.id]
    turn = after.index(before[0])
    assert after[turn:] + after[:turn] == before


@given(SEEDS, FORMS)
def test_4_items_of_different_names_or_banks_have_streams_of_their_own(
    seed: int, form: int
) -> None:
    texts = [f"text {n}" for n in range(12)]
    item = choice(*texts)
    here = order_of(item, seed, form)
    assert order_of(replace(item, id="other"), seed, form) != here
    assert option_order(item, bank="other", seed=seed, form=form) != here
    assert order_of(item, seed + 1, form) != here


# --- 7: every free option reaches every free place equally often ---------------------------------


@pytest.mark.parametrize("form", [0, 1, 2, 5, 11])
@pytest.mark.parametrize("count", [3, 4])
def test_7_every_order_of_the_options_comes_equally_often(count: int, form: int) -> None:
    item = choice(*WORDS[:count])
    orders = list(permutations(WORDS[:count]))
    found = Counter(order_of(item, seed, form) for seed in range(2_400))
    assert spread_of([found[order] for order in orders]) < critical(len(orders) - 1)


@pytest.mark.parametrize("form", [0, 1, 3, 7])
def test_7_every_free_option_reaches_every_free_place_equally_often(form: int) -> None:
    """Between pins, whether it is the key or not."""
    pins = (
        Option(id="first", text="First", pin="first"),
        Option(id="last", text="Last", pin="last"),
    )
    item = replace(choice(*WORDS), options=(*pins, *options(*WORDS)))
    places = Counter(
        (place, identity)
        for seed in range(2_000)
        for place, identity in enumerate(order_of(item, seed, form))
    )
    for word in WORDS:
        assert spread_of([places[place, word] for place in range(1, 6)]) < critical(4)
    for place in range(1, 6):
        assert spread_of([places[place, word] for word in WORDS]) < critical(4)


def test_7_every_item_of_a_quiz_has_orders_of_its_own() -> None:
    """Over the items of one bank, too, every order comes equally often."""
    item = choice(*WORDS[:4])
    orders = list(permutations(WORDS[:4]))
    found = Counter(order_of(replace(item, id=f"q{n}"), 1) for n in range(2_400))
    assert spread_of([found[order] for order in orders]) < critical(23)


def test_7_every_wrong_order_of_things_comes_equally_often() -> None:
    item = Order(id="o", stem="?", sequence=options(*WORDS[:3]))
    wrong = [order for order in permutations(WORDS[:3]) if order != WORDS[:3]]
    for form in (0, 2):
        found = Counter(order_of(item, seed, form) for seed in range(2_000))
        assert spread_of([found[order] for order in wrong]) < critical(4)


# --- Forms far apart -----------------------------------------------------------------------------


@given(st.integers(2, 6), SEEDS, st.integers(0, 3))
def test_forms_of_one_round_differ_in_every_letter(count: int, seed: int, round_: int) -> None:
    """With no more forms than options, no option stands under one letter twice."""
    item = Choice(id="q", stem="?", options=scored_options(count), keys=("o0",))
    forms = [order_of(item, seed, round_ * count + turn) for turn in range(count)]
    for a, b in combinations(forms, 2):
        assert all(x != y for x, y in zip(a, b, strict=True))


def test_no_two_items_turn_in_step() -> None:
    """From form A to form B every shift comes equally often: a common one would give the key away."""
    item, shifts = choice(*WORDS), Counter[int]()
    for n in range(2_000):
        one = replace(item, id=f"q{n}")
        a, b = order_of(one), order_of(one, form=1)
        shifts[b.index(a[0])] += 1
    assert shifts[0] == 0
    assert spread_of([shifts[shift] for shift in range(1, 5)]) < critical(3)


def test_every_round_of_forms_turns_a_new_base() -> None:
    """After n forms the orders are no longer those of the first n, turned: but one in six by chance."""
    item = choice(*WORDS[:4])

    def turned_the_same(seed: int) -> bool:
        a, b = order_of(item, seed), order_of(item, seed, form=4)
        turn = b.index(a[0])
        return b[turn:] + b[:turn] == a

    again = sum(turned_the_same(seed) for seed in range(1_200))
    assert spread_of([again, *[(1_200 - again) // 5] * 5]) < critical(5)
