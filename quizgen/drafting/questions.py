"""Facts to questions to be: the type that suits each, its wrong options, and what to ask.

A year, a share, money or a count becomes a choice, a measure a typed number with its unit, a day a
typed date, a name or defined term a choice where the text has others like it, else a typed answer;
acronyms become a matching or flashcards, a list is typed as a set, steps are put in order.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, assert_never

from quizgen.core.quantity import parse_number
from quizgen.core.units import known_unit, unit_name
from quizgen.drafting.heads import head
from quizgen.drafting.ladders import (
    RUNGS,
    Figures,
    Ladder,
    Shelf,
    figure_ladder,
    values_of,
)
from quizgen.drafting.protocol import Draft, Fact, Said
from quizgen.drafting.ranges import is_range, range_ladder
from quizgen.drafting.ranks import spread

_PAIRS = 6
"""Acronyms of one matching, at most; fewer than three are flashcards."""
_FEWEST_PAIRS = 3
_MEASURE = re.compile(r"(?P<number>[-−]?\d[\d, \u00a0\u202f]*(?:\.\d+)?)[ \u00a0](?P<unit>\D.*)")
_YEAR = re.compile(r"\b(?:1\d{3}|20\d{2})\b")
_FIGURES = ("year", "number", "money", "share")
_GROUPS = {
    "person": "who",
    "place": "where",
    "organisation": "which body",
    "species": "which species",
}


class _Pools(NamedTuple):
    """What of the text may stand as a wrong option, by kind."""

    figures: Mapping[str, Figures]
    spoken: Mapping[int, frozenset[Fraction]]
    ordered: Mapping[int, Sequence[Fraction]]
    shelves: Mapping[tuple[str, str, str], Shelf]
    places: Mapping[str, frozenset[int]]


def questions(
    facts: Sequence[Fact], seed: int, chosen: Sequence[int]
) -> list[tuple[tuple[int, ...], Draft]]:
    """A draft for each fact that is chosen by its place, and the places that it is of; the ranks of
    their keys are evenly spread. All facts are there for wrong options.
    """
    pools = _pools(facts)
    ladders = {at: ladder for at in chosen if (ladder := _ladder(facts[at], pools, seed))}
    ranks = _ranks(facts, ladders, seed)
    matchings = {group[0]: group for group in _matchings(facts, chosen)}
    matched = {at for group in matchings.values() for at in group}
    drafts: list[tuple[tuple[int, ...], Draft]] = []
    for at in chosen:
        if group := matchings.get(at):
            drafts.append((group, _matching([facts[one] for one in group])))
        elif at not in matched:
            options = ladders[at].rungs(ranks[at]) if at in ladders else ()
            drafts.append(((at,), _draft(facts[at], options, pools.ordered[facts[at].paragraph])))
    return drafts


def _pools(facts: Sequence[Fact]) -> _Pools:
    figures: defaultdict[str, list[str]] = defaultdict(list)
    of_paragraph: defaultdict[int, list[str]] = defaultdict(list)
    places: defaultdict[str, set[int]] = defaultdict(set)
    named: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for fact in facts:
        of_paragraph[fact.paragraph].append(fact.text)
        if fact.kind in _FIGURES:
            figures[fact.kind].append(fact.text)
        elif fact.kind in ("name", "definition"):
            named[_shelf(fact)].add(fact.text)
        for text in (fact.text, *fact.near, *fact.members, fact.meaning):
            places[text].add(fact.paragraph)
    standing = {text: frozenset(numbers) for text, numbers in places.items()}
    shelves = {
        group: Shelf({text: standing[text] for text in texts}) for group, texts in named.items()
    }
    latest = _latest(facts)
    spoken = {number: values_of(texts) for number, texts in of_paragraph.items()}
    return _Pools(
        {kind: Figures(row, latest) for kind, row in figures.items()},
        spoken,
        {number: sorted(values) for number, values in spoken.items()},
        shelves,
        standing,
    )


def _shelf(fact: Fact) -> tuple[str, str, str]:
    """What a name or term stands beside: others of its kind and group and, of places and bodies, of
    one sort, as no weir is taken for a country.
    """
    sort = head(fact.text) if fact.group in ("place", "organisation") else ""
    return fact.kind, fact.group, sort


def _latest(facts: Iterable[Fact]) -> int:
    """The last year in the facts that is none to come; 0 where there is none."""
    told = (
        _YEAR.search(fact.text)
        for fact in facts
        if fact.kind in ("year", "date") and not fact.ahead
    )
    return max((int(found[0]) for found in told if found), default=0)


def _ladder(fact: Fact, pools: _Pools, seed: int) -> Ladder | None:
    """The wrong options of a choice; None for what is better asked otherwise."""
    if fact.kind == "name" and not fact.group:
        return None  # nothing tells what it is the name of
    if fact.kind in ("name", "definition"):
        shelf = pools.shelves[_shelf(fact)]
        ladder = shelf.ladder(fact.text, sorted(pools.places[fact.text]), seed)
    elif fact.kind in ("number", "share") and is_range(fact.text):
        ladder = range_ladder(fact.text)
    elif fact.kind in _FIGURES and _measure(fact) is None:
        others = pools.figures[fact.kind]
        ladder = figure_ladder(fact, others, pools.spoken[fact.paragraph], seed)
    else:
        return None
    return ladder if ladder.ranks else None


def _ranks(facts: Sequence[Fact], ladders: Mapping[int, Ladder], seed: int) -> dict[int, int]:
    """Ranks for the keys of figures, then for those of words, so that each are even alone."""
    counts = [0] * (RUNGS + 1)
    found: dict[int, int] = {}
    for is_figure in (True, False):
        chosen = {
            str(at): ladder.ranks
            for at, ladder in ladders.items()
            if (facts[at].kind in _FIGURES) == is_figure
        }
        for name, rank in spread(chosen, seed, counts).items():
            found[int(name)] = rank
            counts[rank] += 1
    return found


# --- One question --------------------------------------------------------------------------------


def _draft(fact: Fact, options: Sequence[str], spoken: Sequence[Fraction]) -> Draft:
    question = _choice(fact.text, options) if options else _typed(fact, spoken)
    terms = tuple(dict.fromkeys((*_keys(fact), *fact.near)))
    ask = f"{_ask(fact)}; near it: {' / '.join(fact.near)}" if fact.near else _ask(fact)
    return Draft(
        paragraph=fact.paragraph,
        paragraphs=fact.paragraphs,
        question=question,
        terms=terms,
        kind=fact.kind,
        ask=ask,
    )


def _choice(answer: str, options: Sequence[str]) -> dict[str, Said]:
    return {"stem": "", "answer": answer, "distractors": list(options)}


def _typed(fact: Fact, spoken: Sequence[Fraction]) -> dict[str, Said]:
    """The question of a fact without wrong options; `spoken` are the values of its paragraph."""
    match fact.kind:
        case "number":
            return _number(fact, spoken)
        case "date" | "year":
            return {"stem": "", "accept": fact.text, "kind": "date"}
        case "name":
            kind = "place" if fact.group == "place" else "name"
            return {"stem": "", "accept": fact.text, "kind": kind}
        case "definition":
            return {"stem": "", "accept": fact.text, "kind": "term"}
        case "money" | "share":
            return {"stem": "", "accept": fact.text, "kind": "number"}
        case "acronym":
            return {"front": fact.text, "back": fact.meaning, "reverse": "true"}
        case "list":
            members: list[str] = sorted(fact.members, key=str.casefold)
            return {"stem": "", "accept": members, "kind": "set"}
        case "order":
            return {"stem": "", "order": list(fact.members)}
        case _:
            assert_never(fact.kind)


def _number(fact: Fact, spoken: Sequence[Fraction]) -> dict[str, Said]:
    measure = _measure(fact)
    if measure is None:
        return {"stem": "", "accept": fact.text, "kind": "number"}
    number, unit = measure
    tolerance = _tolerance(number, spoken, about=fact.about)
    return {
        "stem": "",
        "number": number,
        **({"tolerance": tolerance} if tolerance else {}),
        "unit": unit,
    }


def _measure(fact: Fact) -> tuple[str, str] | None:
    """The number and unit of a measure; None for a count, or a figure with "million" behind it."""
    if fact.kind != "number" or not fact.unit:
        return None
    found = _MEASURE.fullmatch(fact.text)
    if found is None or found["unit"] != fact.unit:
        return None
    digits = re.sub(r"[ \u00a0\u202f]", "", found["number"]).replace("−", "-")
    unit = re.sub(r"^years old$", "years", found["unit"])
    is_known = known_unit(unit_name(unit)) is not None or parse_number(fact.text) is not None
    return (digits, unit) if is_known else None


def _tolerance(number: str, spoken: Sequence[Fraction], *, about: bool) -> str:
    """The widest that takes in no other value of the paragraph; "" where each does.

    10 % of what is "about" so much; else 1 % of a figure of three digits or more, half of what the
    last digit of two tells, and 5 % where there is but one.
    """
    whole, _, decimals = number.lstrip("-").partition(".")
    digits = re.sub(r"\D", "", whole)
    value = Fraction(f"{digits or 0}.{decimals or 0}")
    telling = len((digits + decimals).lstrip("0"))
    half = f"0.{'0' * len(decimals)}5"
    exact = {0: half, 1: "5 %", 2: half}.get(telling, "1 %")
    for tolerance in ("10 %", exact) if about else (exact,):
        amount = Fraction(tolerance.removesuffix(" %"))
        width = value * amount / 100 if tolerance.endswith("%") else amount
        low, high = bisect_left(spoken, value - width), bisect_right(spoken, value + width)
        if all(other == value for other in spoken[low:high]):
            return tolerance
    return ""


def _keys(fact: Fact) -> tuple[str, ...]:
    """The terms that hold the key."""
    match fact.kind:
        case "list" | "order":
            return fact.members
        case "acronym":
            return (fact.text, fact.meaning)
        case "number" if fact.unit and not fact.text.endswith(fact.unit):
            return (f"{fact.text} {fact.unit}",)
        case "year" | "date" | "number" | "money" | "share" | "name" | "definition":
            return (fact.text,)
        case _:
            assert_never(fact.kind)


def _ask(fact: Fact) -> str:
    match fact.kind:
        case "year":
            return "ask when" if re.search(r"[^\d]", fact.text) else "ask in which year"
        case "date":
            return (
                "ask on which day"
                if re.match(r"\d{1,2}\D|\D+ \d{1,2}(?!\d)", fact.text)
                else "ask when"
            )
        case "number":
            if is_range(fact.text):
                return f"ask from how many to how many {fact.unit}".rstrip()
            return f"ask how many {fact.unit}" if fact.unit else "ask for the number"
        case "money":
            return "ask for the sum"
        case "share":
            return "ask for the share"
        case "name":
            return f"ask {_GROUPS.get(fact.group, 'for the name')}"
        case "acronym":
            return "what the letters stand for"
        case "definition":
            return "say in your own words what it is, and ask for the term"
        case "list":
            return "ask for all of them"
        case "order":
            return "ask for their order"
        case _:
            assert_never(fact.kind)


# --- Acronyms ------------------------------------------------------------------------------------


def _matchings(facts: Sequence[Fact], chosen: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """The places of acronyms that are asked for together."""
    places = [at for at in chosen if facts[at].kind == "acronym"]
    distinct = {facts[at].meaning.casefold(): at for at in reversed(places)}
    for group in _parted(sorted(distinct.values())):
        if len(group) >= _FEWEST_PAIRS:
            yield tuple(group)


def _parted(places: Sequence[int]) -> Iterable[Sequence[int]]:
    """Rows as even as can be, none longer than a matching may be."""
    rows = -(-len(places) // _PAIRS)
    start = 0
    for row in range(rows):
        size = len(places) // rows + (row < len(places) % rows)
        yield places[start : start + size]
        start += size


def _matching(facts: Sequence[Fact]) -> Draft:
    return Draft(
        paragraph=facts[0].paragraph,
        paragraphs=tuple(sorted({fact.paragraph for fact in facts})),
        question={"stem": "", "match": {fact.text: fact.meaning for fact in facts}},
        terms=tuple(term for fact in facts for term in (fact.text, fact.meaning)),
        kind="acronym",
        ask="ask what each stands for",
    )
