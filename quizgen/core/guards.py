"""What no slip of the keyboard explains: another number, letter, direction or era, a negation."""

import re
from collections import Counter
from collections.abc import Sequence

from quizgen.core.fold import folded
from quizgen.core.normal import normalise

_NEGATIONS = frozenset("no not never none neither nor non without except unlike".split())
_DIRECTIONS = frozenset(
    "north south east west northern southern eastern western left right upper lower up down more "
    "less before after above below last increase decrease rise fall import export minimum "
    "maximum bc bce ad ce inner outer".split()
)
_NEGATING = re.compile(r"(?:un|in|im|il|ir|non|dis|anti|counter|de|mis)(?=\w{4})")
_NEGATING_A = re.compile(
    r"a(?=symmetr|typical|moral|theis|politic|sexual|social|synchron|periodic|biotic|septic)"
)
_OPPOSITES = (
    ("hyper", "hypo"), ("endo", "exo"), ("inter", "intra"), ("micro", "macro"), ("over", "under"),
    ("pre", "post"), ("im", "ex"), ("in", "ex"), ("in", "out"), ("intro", "extra"), ("multi", "uni"),
    ("multi", "bi"), ("uni", "bi"), ("mono", "poly"), ("mini", "maxi"), ("pro", "anti"),
    ("ab", "ad"), ("e", "im"), ("de", "in"),
)  # fmt: skip
_OTHER_ENDS = (("ose", "ase"), ("er", "ee"))
_HEDGE = re.compile(r"\b(?:or|either)\b|[^\W\d]\s*/\s*[^\W\d]")
_NUMERAL = re.compile(
    r"(?:(?<=\s)|(?<=^)|(?<=\^))-?\d+(?:[.,:/]\d+)*|\d+|[零〇一二三四五六七八九十百千万亿]+"
)
_SIGN = re.compile(r"(?<=\w)[+-]+(?=$|\s)")


def hedges(typed: str, accepted: Sequence[str]) -> bool:
    """Whether two answers were typed for one ("X or Y", "X/Y"), where no accepted one is such."""
    if not _HEDGE.search(normalise(typed)):
        return False
    return not any(_HEDGE.search(normalise(answer)) for answer in accepted)


def difference(given: str, right: str) -> str:
    """What two folded texts differ in that no slip explains, as a sentence; "" where nothing."""
    ours, theirs = given.split(" "), right.split(" ")
    if numerals(given) - numerals(right):
        return "The number differs." if numerals(right) else "No number is asked for."
    if _SIGN.findall(given) != _SIGN.findall(right):
        return "The sign differs."
    only_ours, only_theirs = Counter(ours) - Counter(theirs), Counter(theirs) - Counter(ours)
    letters = [
        {w for w in words if len(w) == 1 and w.isalpha()} for words in (only_ours, only_theirs)
    ]
    if all(letters):
        return "The letter differs."
    if not _NEGATIONS.isdisjoint(only_ours) or not _NEGATIONS.isdisjoint(only_theirs):
        return "It says the opposite: mind the negation."
    if any(_are_opposite(a, b) for a in only_ours for b in only_theirs):
        return "It says the opposite: mind how the word begins."
    if any(_end_otherwise(a, b) for a in only_ours for b in only_theirs):
        return "It is another word: mind how it ends."
    if not _DIRECTIONS.isdisjoint(only_ours):
        return "It points another way: mind words such as north and south."
    if {"and", "or"} <= {*only_ours, *only_theirs}:
        return 'Mind "and" and "or".'
    return ""


def numerals(text: str) -> Counter[str]:
    """The numbers in a folded text, each as often as it stands there."""
    return Counter(_NUMERAL.findall(text))


def _are_opposite(a: str, b: str) -> bool:
    for one, other in ((a, b), (b, a)):
        for pattern in (_NEGATING, _NEGATING_A):
            if (found := pattern.match(one)) and one[found.end() :] == other:
                return True
        for left, right in _OPPOSITES:
            if one.startswith(left) and other == right + one.removeprefix(left):
                return True
    return False


def _end_otherwise(a: str, b: str) -> bool:
    """Whether two words are the same but for an end that makes another ("sucrose", "sucrase")."""
    return any(
        one.endswith(left) and other == one.removesuffix(left) + right
        for one, other in ((a, b), (b, a))
        for left, right in _OTHER_ENDS
    )


def answer_besides(given: str, right: str, others: Sequence[str]) -> bool:
    """Whether beside the right answer the text names one of the others as well; all are folded."""
    rest = Counter(given.split(" ")) - Counter(right.split(" "))
    return any(Counter(folded(other).split(" ")) <= rest for other in others)
