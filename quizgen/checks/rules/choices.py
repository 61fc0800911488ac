"""Rules of a row of options: which of them tell the answer to those who do not know it."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from quizgen.checks.rules.options import is_all_or_none
from quizgen.checks.rules.sweeping import is_a_count, says_all, says_none, says_none_of_these
from quizgen.checks.view import View
from quizgen.model import Choice
from quizgen.problem import Problem, Reorder


def all_of_the_above(view: View) -> Iterator[Problem]:
    """No option says that all the others are right: whoever knows two of them knows it."""
    for place in saying_all(view):
        yield view.problem(
            "all_of_the_above",
            f'"{view.shown[place]}" is guessed by all who know two of the options.',
            "Ask for all that apply (answers:), or write an option of its own.",
            f"options.{place}",
        )


def none_of_the_above(view: View) -> Iterator[Problem]:
    """No option says that none is right: it shows what somebody rejects, not what he knows."""
    for place in saying_none(view):
        yield view.problem(
            "none_of_the_above",
            f'"{view.shown[place]}" does not show that somebody knows what is right.',
            "Write an option of its own, or leave it out: three options are enough.",
            f"options.{place}",
        )


def saying_all(view: View) -> tuple[int, ...]:
    """The places of the options that say that all the others are right."""
    return tuple(_saying(says_all, view))


def saying_none(view: View) -> tuple[int, ...]:
    """The places of the options that say that none of the others is right."""
    return tuple(_saying(says_none, view))


def _saying(says: Callable[[str, int], bool], view: View) -> Iterator[int]:
    for place, text in enumerate(view.plain):
        is_such = says(text, len(view.plain) - 1) and not _is_a_count(view, place)
        if is_such or (says is says_none and says_none_of_these(text, view.asked)):
            yield place


def _is_a_count(view: View, place: int) -> bool:
    """Whether "all of them" is how many there are."""
    return is_a_count(view.plain[place], view.asked, _but(view.plain, place))


def _but(texts: tuple[str, ...], place: int) -> tuple[str, ...]:
    return (*texts[:place], *texts[place + 1 :])


def true_false_options(view: View) -> Iterator[Problem]:
    """A choice of true and false is a statement to decide on, which is a type of its own."""
    if not isinstance(view.item, Choice) or frozenset(view.plain) not in _TRUE_FALSE:
        return
    if not ("⟨⟩" in view.unquoted and _ASKS_A_VALUE.search(view.unquoted)):
        yield view.problem(
            "true_false_options",
            "All that can be chosen is true or false, or yes or no.",
            "Write statement: and answer: true or false, or ask which, how or why.",
            "options",
        )


_ASKS_A_VALUE = re.compile(
    r"(?i)\b(?:values?|prints?|printed|returns?|returned|evaluates?|outputs?|yields?|gives?|displayed|shown|results?|becomes?"
    r"|wert|ausgegeben|valeur|valor)\b"
)
"""What asks what code or a formula comes to, of which true and false are values as others are."""
_TRUE_FALSE = frozenset(
    frozenset(pair.split())
    for pair in (
        "true false",
        "yes no",
        "t f",
        "y n",
        "correct incorrect",
        "right wrong",
        "correct wrong",
        "richtig falsch",
        "wahr falsch",
        "ja nein",
        "vrai faux",
        "oui non",
        "verdadero falso",
        "sí no",
        "cierto falso",
    )
)


def unordered_numbers(view: View) -> Iterator[Problem]:
    """Numbers and dates that are shown in a fixed order rise or fall."""
    if not isinstance(view.item, Choice) or view.item.arrangement != "fixed":
        return
    known = [one for one in view.quantities if one is not None]
    if len(known) < 3 or len(known) != sum(not is_all_or_none(o) for o in view.item.options):
        return
    if len({unit for _, unit in known}) > 1:
        return
    values: list[Any] = [value for value, _ in known]
    if (
        _runs(values)
        or _are_versions_that_run(view.shown)
        or ("time " in known[0][1] and _runs_past_midnight(values))
    ):
        return
    yield view.problem(
        "unordered_numbers",
        "The numbers stand in a fixed order, but neither rise nor fall.",
        "Write the smallest first, or leave the order to quizgen (answer: and distractors:).",
        "options",
        mend=Reorder(_rising(view)),
    )


def _rising(view: View) -> tuple[int, ...]:
    """The places of the numbers by value; what is none stays where it stands."""
    quantities = view.quantities
    places = [place for place, one in enumerate(quantities) if one is not None]
    by_value: dict[int, Any] = {place: one[0] for place, one in enumerate(quantities) if one}
    rising = iter(sorted(places, key=lambda place: by_value[place]))
    return tuple(next(rising) if one else place for place, one in enumerate(quantities))


def _runs(values: list[Any]) -> bool:
    return values in (sorted(values), sorted(values, reverse=True))


_VERSION = re.compile(r"\d+(?:\.\d+)+")


def _are_versions_that_run(texts: tuple[str, ...]) -> bool:
    """Whether they rise or fall as versions do, of which 3.10 comes after 3.9."""
    if not all(map(_VERSION.fullmatch, texts)):
        return False
    return _runs([tuple(map(int, text.split("."))) for text in texts])


def _runs_past_midnight(values: list[Any]) -> bool:
    """Whether the times rise with one step over midnight, within half a day."""
    later = [value + 1440 if value < values[0] else value for value in values]
    return later == sorted(later) and later[-1] - later[0] <= 720


_ONE = r"\(?(?:[A-Ha-d]|I{1,3}|IV|VI{0,3}|i{1,3}|iv|[1-9])\)?"
_AND = r"(?:\s*,\s*(?:and |und |et |y )?|\s+(?:and|or|nor|&|und|oder|et|ou|y|o|e)\s+)"
_LEADING_WORD = (
    r"(?:both|neither|either|only|all but|all except|just|nur|sowohl|weder|seulement|solo|sólo)"
)
_COMBINED = re.compile(
    rf"(?:{_LEADING_WORD}\s+)?(?:statements?\s+|options?\s+)?{_ONE}(?:{_AND}{_ONE})+(?:\s+(?:only|seulement))?"
    rf"|{_LEADING_WORD}\s+(?:statements?\s+)?{_ONE}|{_ONE}\s+(?:only|alone|seulement)",
)
_NUMBERED = re.compile(r"(?:^|[\s(])(?:[A-D1-4a-d]|I{1,3}|i{1,3}|iv)[.):]\s", re.MULTILINE)
_OF_LETTERS = re.compile(r"(?i:both|neither|either)\s+[A-H]\s+(?:and|or|nor)\s+[A-H]")
_JOINED = re.compile(r"(?:both )?(.+?) (?:and|or|und|oder|et|ou|y|as well as) (.+?)(?: together)?")
_OWN_LETTER = re.compile(r"^[A-H][).] (?=\S)")


def _is_among(part: str, others: tuple[str, ...]) -> bool:
    """Whether a part is another option, or its end: of "EU laws" and "EU treaties" laws and treaties."""
    return any(one == part or one.endswith(" " + part) for one in others)


def combined_options(view: View) -> Iterator[Problem]:
    """Options do not combine statements or other options: the combinations tell each other apart."""
    item = view.item
    if not isinstance(item, Choice) or item.multiple:
        return
    texts = [_OWN_LETTER.sub("", text.strip().rstrip(".")) for text in view.shown]
    combined = [bool(_COMBINED.fullmatch(text)) for text in texts]
    cited = sum(combined)
    if len(_NUMBERED.findall(item.stem)) < 2:
        has_letters = item.arrangement == "fixed" and not all(combined) and _cites_letters(texts)
        cited = cited if has_letters else sum(bool(_OF_LETTERS.fullmatch(text)) for text in texts)
    others = tuple(text for text in view.plain if not _JOINED.fullmatch(text))
    spelt = sum(
        _is_among(found[1], others) and _is_among(found[2], others)
        for text in view.plain
        if (found := _JOINED.fullmatch(text))
    )
    if max(cited, spelt) >= 2:
        yield view.problem(
            "combined_options",
            "Several options combine others, so that one of them known tells the rest.",
            "Ask for all that apply (answers:), or ask about each statement by itself.",
            "options",
        )


def _cites_letters(texts: list[str]) -> bool:
    return any(_TWO_LETTERS.search(text) for text in texts)


_TWO_LETTERS = re.compile(r"\b[A-H]\b.*\b[A-H]\b")


_TOKENS = re.compile(r"\w+(?:[-'’]\w+)*")
_SEEN_WORDS, _SEEN_SIGNS = 3, 12
"""By how much the key must be longer to be seen: of short options each is half as long again as another."""
_NAME = re.compile(r"(?:the |der |die |das |la |le |el )?[A-Z]")


def longest_is_key(view: View) -> Iterator[Problem]:
    """The key is not much longer than every distractor: whoever guesses takes the longest."""
    item = view.item
    if not isinstance(item, Choice) or item.multiple or len(view.keys) != 1 or view.is_code:
        return
    if any(option.image for option in item.options) or len(item.options) < 3:
        return
    key = view.keys[0]
    counts = [len(_TOKENS.findall(text)) for text in view.shown]
    others = [n for n, option in enumerate(item.options) if n != key and not is_all_or_none(option)]
    if counts[key] < 4 or not others or is_all_or_none(item.options[key]) or _are_names(view):
        return
    longest = max(others, key=lambda n: len(view.plain[n]))
    more_words = counts[key] - max(counts[n] for n in others)
    more = len(view.plain[key]) - len(view.plain[longest])
    if more_words < _SEEN_WORDS or more < _SEEN_SIGNS:
        return
    if len(view.plain[key]) > 1.25 * len(view.plain[longest]):
        yield view.problem(
            "longest_is_key",
            "The right option is much longer than every other.",
            "Shorten it (what explains it belongs under explain:), or make the others as full.",
            f"options.{key}",
        )


def _are_names(view: View) -> bool:
    """Whether all options are names or titles, which are as long as they are."""
    return all(
        _NAME.match(text)
        and sum(map(str.isupper, (word[0] for word in text.split()))) * 2 >= len(text.split())
        for text in view.shown
    )


_PARTS = re.compile(r"\s*;\s*|\s+/\s+|\s*,\s+(?:and |und |et |y )?|\s+(?:and|und|et|y)\s+")
_INNER_LIST = re.compile(r"\d,\d{3}|[A-Z][a-z]+ \d+, \d{4}")


def convergence(view: View) -> Iterator[Problem]:
    """The parts of the key do not recur in the others more than theirs do."""
    item = view.item
    if (
        not isinstance(item, Choice)
        or item.multiple
        or len(view.keys) != 1
        or len(item.options) < 3
    ):
        return
    rows = [tuple(part for part in _PARTS.split(text) if part) for text in view.plain]
    if min(map(len, rows)) < 1 or sum(len(row) > 1 for row in rows) < len(rows) or view.is_code:
        return
    if any(quantity is not None for quantity in view.quantities):
        return
    if any(len(part.split()) > 4 for row in rows for part in row):
        return
    shares = [
        sum(part in other for part in set(row) for n, other in enumerate(rows) if n != place)
        for place, row in enumerate(rows)
    ]
    key = view.keys[0]
    if shares[key] >= 2 and all(shares[key] > s for n, s in enumerate(shares) if n != key):
        yield view.problem(
            "convergence",
            "The right option shares more of its parts with the others than any of them does.",
            "Let the parts of a distractor recur as often.",
            f"options.{key}",
        )
