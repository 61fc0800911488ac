"""How the answer to an item is marked by hand, in sentences and small tables for its key."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from quizgen.core.score import is_judged, ticks_table
from quizgen.model import Choice, Cloze, Entry, Frozen, Number, Option, Order, Tolerance
from quizgen.outputs.paper.questions import Press
from quizgen.outputs.paper.texts import Html, escaped

_MOST_CELLS = 60


class TicksView(Frozen, frozen=True, kw_only=True):
    """Points by right ticks (columns) and wrong ticks (rows), as text."""

    head: tuple[int, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def choice_marking(
    item: Choice, printed: Sequence[tuple[str, Option]], press: Press
) -> tuple[Html, ...]:
    """What each right and each wrong letter is worth, where the rule can be said so."""
    words, rules = press.words, press.rules
    if not item.multiple:
        if rules.single == "right":
            return ()
        cost = words.number(item.points / (len(printed) - 1))
        return (escaped(words.say("wrong_costs", points=cost)),)
    rights = [letter for letter, option in printed if option.id in item.keys]
    wrongs = [letter for letter, option in printed if option.id not in item.keys]
    lists = {"rights": words.listed(rights), "wrongs": words.listed(wrongs)}
    gain = item.points / len(rights)
    if is_judged(item, rules):
        said = [words.say("judged_true", **lists)]
        if rules.multiple == "each_statement":
            each = words.count("points", item.points / len(printed))
            said.append(words.say("each_part", points=each))
    elif rules.multiple in ("balanced", "right_minus_wrong") and wrongs:
        loss = item.points / len(wrongs) if rules.multiple == "balanced" else gain
        worth = {"right": words.number(gain), "wrong": words.number(loss)}
        said = [words.say("each_letter", **worth, **lists)]
    elif rules.multiple == "all_or_nothing":
        said = [words.say("all_or_none", points=words.count("points", item.points))]
    else:
        said = [words.say("each_right", right=words.number(gain), **lists)]
    return tuple(escaped(sentence) for sentence in said)


def ticks(item: Choice, press: Press) -> TicksView | None:
    """The points for so many right and so many wrong ticks; None where it would be no help."""
    if not item.multiple or is_judged(item, press.rules):
        return None
    right, wrong = len(item.keys), len(item.options) - len(item.keys)
    if (right + 1) * (wrong + 1) > _MOST_CELLS:
        return None
    points = ticks_table(item, press.rules)
    return TicksView(
        head=tuple(range(right + 1)),
        rows=tuple(
            (f, tuple(press.words.number(points[h, f]) for h in range(right + 1)))
            for f in range(wrong + 1)
        ),
    )


def parts(
    points: Fraction, count: int, rule: Literal["share", "all_or_nothing"], press: Press
) -> tuple[Html, ...]:
    """What each gap, pair or place is worth; nothing to say where there is but one."""
    if count < 2:
        return ()
    if rule == "share":
        said = press.words.say("each_part", points=press.words.count("points", points / count))
    else:
        said = press.words.say("all_or_none", points=press.words.count("points", points))
    return (escaped(said),)


def order_marking(item: Order, press: Press) -> tuple[Html, ...]:
    """What each place or each pair is worth."""
    count = len(item.sequence)
    pairs = count * (count - 1) // 2
    words = press.words
    match press.rules.order:
        case "places":
            return parts(item.points, count, "share", press)
        case "all_or_nothing":
            return parts(item.points, count, "all_or_nothing", press)
        case "pairs" if pairs:
            each = words.number(item.points / pairs)
            return (escaped(words.say("pairs_gain", points=each, pairs=pairs)),)
        case "tau" if pairs:
            each = words.number(2 * item.points / pairs)
            full = words.number(item.points)
            return (escaped(words.say("pairs_cost", full=full, points=each, pairs=pairs)),)
        case "pairs" | "tau":
            return ()


def also_accepted(item: Entry, press: Press) -> tuple[Html, ...]:
    """The other answers that are right, and near ones that are not, with their reasons."""
    words = press.words
    said = []
    if len(item.accept) > 1:
        said.append(escaped(words.say("also_accepted", texts=words.quoted(item.accept[1:]))))
    for text, reason in item.close.items():
        refused = escaped(words.say("not_accepted", text=words.quoted([text])))
        said.append(Html(f"{refused} {press.text(reason)}"))
    return tuple(said)


def other_fillings(item: Cloze, press: Press) -> tuple[Html, ...]:
    """What else is right in each gap, by the gap's printed number."""
    words = press.words
    texts = [
        words.say("also_in_gap", n=place, texts=words.quoted(gap.accept[1:]))
        for place, gap in enumerate(item.gaps, 1)
        if len(gap.accept) > 1
    ]
    if not texts:
        return ()
    return (escaped(words.say("also_accepted", texts="; ".join(texts))),)


def near_enough(item: Number, press: Press) -> tuple[Html, ...]:
    """From where to where a number is right or earns a part, and in which other units."""
    words = press.words
    said = []
    if item.tolerance is not None and item.tolerance.amount:
        said.append(words.say("from_to", **_range(item, item.tolerance, press)))
    for band in item.bands:
        points = words.count("points", band.share * item.points)
        said.append(words.say("band", points=points, **_range(item, band.tolerance, press)))
    others = [
        words.say("unit_is", other=other, n=words.number(factor), unit=item.unit)
        for other, factor in item.units.items()
    ]
    if others:
        said.append(words.say("also_in_units", units=words.listed(others)))
    return tuple(escaped(sentence) for sentence in said)


def value_said(item: Number, press: Press) -> str:
    """The value with its unit, as its author wrote it."""
    return press.words.measure(press.words.author_number(item.text), item.unit)


def _range(item: Number, tolerance: Tolerance, press: Press) -> dict[str, str]:
    reach = tolerance.amount * (abs(item.value) if tolerance.relative else 1)
    high = press.words.number(item.value + reach)
    return {
        "low": press.words.number(item.value - reach),
        "high": press.words.measure(high, item.unit),
    }
