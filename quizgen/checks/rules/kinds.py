"""Notes on a row of options: what kind, unit and strength its members are of."""

import re
from collections import Counter
from collections.abc import Iterator

from quizgen.checks.rules.options import is_all_or_none
from quizgen.checks.view import View
from quizgen.core.quantity import parse_number
from quizgen.model import Choice
from quizgen.problem import Problem


def option_count(view: View) -> Iterator[Problem]:
    """A choice of one has five options at most."""
    item = view.item
    if isinstance(item, Choice) and not item.multiple and len(item.options) > 5:
        yield view.note(
            "option_count",
            f"There are {len(item.options)} options, and three good ones do as well.",
            "Drop those that nobody picks.",
            "options",
        )


_SENTENCE = re.compile(r"[A-ZÄÖÜÉ¿].*[.!?]$")


def outlier_option(view: View) -> Iterator[Problem]:
    """No option is of another kind than all the others, which are of one."""
    if len(view.options) < 3 or any(option.image for option in view.options):
        return
    kinds = [_kind(view, n) for n, option in enumerate(view.options)]
    if set(kinds) == {"words"}:
        kinds = [_kind_of_words(text) for text in view.shown]
        if kinds.count("thing") < len(kinds) - 1:
            return
    counts = Counter(kind for kind in kinds if kind)
    if len(counts) != 2 or min(counts.values()) != 1 or max(counts.values()) < 2:
        return
    if "sentence" in counts and all(text.endswith(".") for text in view.shown):
        return
    rare = min(counts, key=lambda kind: counts[kind])
    place = kinds.index(rare)
    if {"words", "number"} == set(counts) and _SAYS_NUMBER.search(view.plain[place]):
        return
    yield view.note(
        "outlier_option",
        f'"{view.shown[place]}" is of another kind than the other options.',
        "Write all options alike.",
        f"options.{place}",
    )


_SAYS_NUMBER = re.compile(
    r"\b(?:none|no|all|half|one|two|three|four|five|six|seven|eight|nine|ten|equal|same|it depends|cannot|nothing|infinit\w+)\b"
)


_DAY = re.compile(r"\d{1,2}\.? (?:de )?[^\W\d_]{3,} (?:de )?\d{4}")
"""A day in a language whose dates are no answers: "14. März 1879"."""
_ARTICLE = re.compile(r"(?:an?|the|eine?|der|die|das|une?|le|la|les|el|los|las) ", re.IGNORECASE)
_ONES_OWN = re.compile(r"(?:my|your|our) ", re.IGNORECASE)
_DOING = re.compile(
    r"(?!(?:.*th|s[tp]r|light|cloth|morn|even|ceil|build|k|r|w)ing\b)[a-z]{3,}ing\b"
)


def _kind_of_words(text: str) -> str:
    """Whose thing a text names, a thing, or a doing; "" where nothing of that shows."""
    if _ONES_OWN.match(text):
        return "one's own"
    if _ARTICLE.match(text):
        return "thing"
    return "doing" if _DOING.match(text) else ""


def _kind(view: View, place: int) -> str:
    option = view.options[place]
    if is_all_or_none(option):
        return ""
    if "`" in option.text:
        return "code"
    if "$" in option.text and "\\text" not in option.text:
        return "formula"
    if (quantity := view.quantities[place]) is not None:
        if quantity[1].startswith(("date", "time", "century")):
            return quantity[1].split()[0]
        return "%" if quantity[1] == "%" else "number"
    text = view.shown[place]
    if _DAY.fullmatch(text):
        return "date"
    return "sentence" if _SENTENCE.match(text) and len(text.split()) > 3 else "words"


ABSOLUTE = re.compile(
    r"\b(?:always|never|none of|nobody|no one|completely|entirely|absolutely|in (?:every|all|any|no) cases?|"
    r"all (?:of )?(?!of it\b)\w+|only the|only when|only if|every \w+|"
    r"immer|nie|niemals|niemand|ausnahmslos|toujours|jamais|siempre|nunca)\b",
    re.IGNORECASE,
)
_ABOUT_WORDS = re.compile(
    r"\b(?:word|adverb|mean|means|say|stronger|weaker|how (?:many|much))\b", re.IGNORECASE
)


def absolute_distractor(view: View) -> Iterator[Problem]:
    """No distractor says always or never where the key does not."""
    if not isinstance(view.item, Choice) or view.is_code or _ABOUT_WORDS.search(view.asked):
        return
    if any(ABSOLUTE.search(view.plain[key]) for key in view.keys):
        return
    for place, text in enumerate(view.shown):
        if place in view.keys or is_all_or_none(view.options[place]) or _is_title(text):
            continue
        if (found := ABSOLUTE.search(text)) and len(text.split()) > 2:
            yield view.note(
                "absolute_distractor",
                f'"{found[0]}" gives "{text[:60]}" away as wrong.',
                "Make it as guarded as the right option.",
                f"options.{place}",
            )


def _is_title(text: str) -> bool:
    words = text.split()
    return len(words) > 1 and sum(word[0].isupper() for word in words) * 2 > len(words)


_VAGUE = re.compile(
    r"\b(?:often|usually|sometimes|frequently|rarely|seldom|many|quite|fairly|generally|normally|occasionally|"
    r"oft|manchmal|selten|meistens|häufig|souvent|parfois|rarement|a veces|a menudo)\b",
    re.IGNORECASE,
)


def vague_term(view: View) -> Iterator[Problem]:
    """No option says how often or how much in words that each reads otherwise."""
    if view.is_code or ("⟨⟩" in view.unquoted and "„" not in view.asked) or "__" in view.asked:
        return
    for place, text in enumerate(view.shown):
        if found := _VAGUE.search(text):
            yield view.note(
                "vague_term",
                f'"{found[0]}" may mean anything.',
                "Say how often or how much, or leave it out.",
                f"options.{place}",
            )


_KINDS_OF_UNIT = (
    "mm cm dm m km mi ft in miles metres meters kilometres feet inches",
    "µg mg g kg t grams kilograms tonnes pounds lb",
    "s sec seconds min minutes h hours days weeks months years centuries second minute hour day week month year century decades decade",
    "ml mL cl cL dl l L litres liters gallons gallon pints",
    "°c °f k °C °F K",
    "% fraction",
    "bits bytes bit byte kb mb gb kB MB GB",
    "$ € £ ¥ usd eur gbp",
)
_KIND_OF_UNIT = {unit: n for n, units in enumerate(_KINDS_OF_UNIT) for unit in units.split()}
_ASKS_TO_CONVERT = re.compile(
    r"\b(?:largest|smallest|longest|shortest|heaviest|lightest|highest|lowest|fastest|equal|same|unit|convert)\b|\bmost\b",
    re.IGNORECASE,
)


def mixed_units(view: View) -> Iterator[Problem]:
    """All options give the quantity in one unit, unless converting is what is asked for."""
    if len(view.options) < 3 or _is_conversion(view):
        return
    units, values = set(), set()
    for text in view.shown:
        number = parse_number(text)
        if number is None:
            return
        unit = number.unit or ("fraction" if "/" in text else "")
        units.add(_SINGULAR.get(unit, unit))
        values.add(number.value)
    kinds = {_KIND_OF_UNIT.get(unit, unit) for unit in units}
    if (
        len(units) > 1
        and len(kinds) == 1
        and isinstance(next(iter(kinds)), int)
        and len(values) > 1
    ):
        yield view.note(
            "mixed_units",
            f"The options are given in several units: {', '.join(sorted(units))}.",
            "Give them all in one.",
            "options",
        )


def _is_conversion(view: View) -> bool:
    found = _ASKS_TO_CONVERT.search(view.lead)
    return bool(found) and not re.search(r"(?i)highest (?:daily )?dose", view.lead)


_SINGULAR = {unit[:-1]: unit for unit in _KIND_OF_UNIT if unit.endswith("s") and len(unit) > 2}
_SINGULAR |= {"century": "centuries", "gallon": "gallons"}
