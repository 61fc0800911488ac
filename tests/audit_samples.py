"""Banks for auditing: fair ones, whose keys are placed by lot, and one for each way to leak."""

from collections.abc import Callable, Mapping, Sequence
from random import Random

from quizgen.core.order import option_order
from quizgen.model import Arrangement, Bank, Choice, Item, Option, TrueFalse

WORDS = (
    "delta basin ridge canal harbour gorge plateau estuary cove dune marsh geyser fjord steppe reef "
    "lagoon oasis prairie tundra summit valley crater island isthmus strait glacier cavern meadow"
).split()
NAME = "sample"


def lot(seed: int) -> Random:
    """What draws for a sample: a bank is no secret."""
    return Random(seed)  # noqa: S311


def bank(*items: Item) -> Bank:
    return Bank(name=NAME, title="A sample", items=items)


def option(text: str, *, pin: bool = False) -> Option:
    return Option(id=text.casefold(), text=text, pin="last" if pin else "")


def choice(
    number: int,
    texts: Sequence[str | Option],
    *keys: int,
    stem: str = "Which one is it?",
    arrangement: Arrangement = "free",
) -> Choice:
    """A choice with the keys at these places; with several it asks for all that apply."""
    options = tuple(option(one) if isinstance(one, str) else one for one in texts)
    return Choice(
        id=f"q{number}",
        stem=stem,
        options=options,
        keys=tuple(options[key].id for key in keys),
        multiple=len(keys) > 1,
        arrangement=arrangement,
    )


def phrases(random: Random, count: int = 4) -> list[str]:
    """Options of words that no other of them has."""
    words = iter(random.sample(WORDS, 3 * count))
    return [" ".join(next(words) for _ in range(random.randint(1, 3))) for _ in range(count)]


def even(random: Random, count: int = 4) -> list[str]:
    """Options of one word and one length."""
    return [f"w{letter}{random.randint(10, 99)}x" for letter in random.sample("bcdfghjk", count)]


def numbers(random: Random, count: int = 4) -> list[str]:
    return [str(n) for n in random.sample(range(100, 999), count)]


def fair(random: Random, items: int) -> Bank:
    """A bank of every kind of item that a strategy says something of, its keys placed by lot."""
    made: list[Item] = []
    for n in range(items):
        kind = random.randrange(8)
        count = random.choice((3, 4, 4, 5))
        key = random.randrange(count)
        texts = (numbers if kind == 0 else phrases)(random, count)
        if kind == 1:
            texts[random.randrange(count)] += ", as often seen"
            texts[random.randrange(count)] += ", always"
        if kind == 2:
            last = option(random.choice(("All of the above", "None of the above")), pin=True)
            made.append(choice(n, [*texts[:-1], last], key))
        elif kind == 3:
            made.append(choice(n, texts, key, arrangement="fixed"))
        elif kind == 4:
            made.append(TrueFalse(id=f"q{n}", statement="It is so.", answer=random.random() < 0.5))
        elif kind == 5:
            right = random.randint(2, 4)
            made.append(choice(n, phrases(random, 5), *random.sample(range(5), right)))
        elif kind == 6:
            stem = f"Which of them has a {random.choice(texts)}?"
            made.append(choice(n, texts, key, stem=stem))
        else:
            made.append(choice(n, texts, key))
    return bank(*made)


def _by(pick: Callable[[list[str]], str], make: Callable[[Random], list[str]]) -> "Maker":
    def made(random: Random, n: int) -> Item:
        texts = make(random)
        return choice(n, texts, texts.index(pick(texts)))

    return made


def _closed(said: str, *, is_key: bool) -> "Maker":
    def made(random: Random, n: int) -> Item:
        key = 3 if is_key else random.randrange(3)
        return choice(n, [*even(random, 3), option(said, pin=True)], key)

    return made


def _convergent(random: Random, n: int) -> Item:
    a, b, c, d, e, f = (f"w{letter}{random.randint(10, 99)}" for letter in "bcdfgh")
    return choice(n, [f"{a} {b}", f"{a} {c}", f"{d} {b}", f"{e} {f}"], 0)


def _odd(random: Random, n: int) -> Item:
    a, b, c, d, e = (f"w{letter}{random.randint(10, 99)}" for letter in "bcdfg")
    return choice(n, [f"{d} {e}", f"{a} {b}", f"{a} {c}", f"{b} {c}"], 0)


def _echoing(random: Random, n: int) -> Item:
    one, *others = random.sample([word for word in WORDS if len(word) == 6], 4)
    key = random.randrange(4)
    texts = [*others[:key], one, *others[key:]]
    return choice(n, texts, key, stem=f"Which landform do {one}s belong to?")


def _worded(words: Sequence[str]) -> "Maker":
    """One word for each of four options, behind words of no weight; the first is right."""

    def made(random: Random, n: int) -> Item:
        pairs = zip(even(random), words, strict=True)
        # All are of one length, so that no other strategy says anything.
        texts = [f"{one}{'z' * (12 - len(word))} {word}" for one, word in pairs]
        return choice(n, texts, 0)

    return made


def _printed(random: Random, n: int) -> Item:
    item = choice(n, even(random), 0)
    first = option_order(item, bank=NAME, seed=1)[0]
    return choice(n, item.options, [one.id for one in item.options].index(first))


def _statement(text: str, *, answer: bool) -> "Maker":
    return lambda _, n: TrueFalse(id=f"q{n}", statement=f"{text} {n}", answer=answer)


def _mixed_statement(text: str, *, answer: bool) -> "Maker":
    """Every other statement says the word and is `answer`; of the others as many are not."""

    def made(_: Random, n: int) -> Item:
        if n % 2:
            return TrueFalse(
                id=f"q{n}", statement=f"The mark stands on page {n}.", answer=not answer
            )
        return TrueFalse(id=f"q{n}", statement=text, answer=answer)

    return made


Maker = Callable[[Random, int], Item]
LEAKS: Mapping[str, Maker] = {
    "longest": _by(lambda texts: max(texts, key=len), phrases),
    "shortest": _by(lambda texts: min(texts, key=len), phrases),
    "all_of_the_above": _closed("All of the above", is_key=True),
    "none_of_the_above": _closed("None of the above", is_key=True),
    "not_none_of_the_above": _closed("None of the above", is_key=False),
    "lowest": _by(lambda texts: min(texts, key=int), numbers),
    "middle": _by(lambda texts: sorted(texts, key=int)[1], numbers),
    "highest": _by(lambda texts: max(texts, key=int), numbers),
    "convergence": _convergent,
    "odd_one_out": _odd,
    "echo": _echoing,
    "hedged": _worded(("usually", "inside", "outside", "between")),
    "least_absolute": _worded(("certain", "always", "never", "entirely")),
    "printed_1": _printed,
    "written_2": lambda random, n: choice(n, even(random), 1, arrangement="fixed"),
    "always_true": _statement("It is", answer=True),
    "always_false": _statement("It is", answer=False),
    "absolute_is_false": _mixed_statement("It always stands there.", answer=False),
    "hedged_is_true": _mixed_statement("It often stands there.", answer=True),
    "ticks_3": lambda random, n: choice(n, even(random, 5), *random.sample(range(5), 3)),
}
"""For each strategy a way to make items whose key it finds."""


def leaking(code: str, items: int = 60, seed: int = 1) -> Bank:
    """A bank that this strategy passes."""
    random = lot(seed)
    return bank(*(LEAKS[code](random, n) for n in range(items)))
