"""Options to those of them that say the same in almost the same words."""

import re
from collections.abc import Iterator

from quizgen.checks.rules.options import alike
from quizgen.checks.view import View
from quizgen.problem import Problem

_WORDS = re.compile(r"\w+")
_INTENSIFIERS = frozenset("very really quite sehr très muy".split())
_DROPPED = _INTENSIFIERS | frozenset(
    "a an the also just simply der die das den dem ein eine einen auch "
    "le la les un une des du de aussi el los las una también".split()
)
_FILLERS = _INTENSIFIERS | frozenset("auch aussi también".split())
_JOINTS = frozenset("and of in with und et y".split())
_FIXED_ORDER = frozenset(
    "from to than before after over by into against without not no never hardly but von zu nach vor als que para "
    "if then when while above below under between through divided minus up down rise rises fall falls high low "
    "more less left right has have is are".split()
)
"""Words between which, or by which, order says who does what to whom."""
SAME = {"gray": "grey", "color": "colour", "center": "centre", "complex": "complicated",
         "begin": "start", "begins": "starts", "meter": "metre", "fiber": "fibre",
         "quick": "fast", "quickly": "fast", "rapidly": "fast", "big": "large", "bigger": "larger",
         "nearly": "almost", "ill": "sick", "buy": "purchase", "buys": "purchases",
         "enough": "sufficient", "require": "need", "requires": "needs", "began": "started"}  # fmt: skip
"""Words of one meaning in whatever they are said of."""
_HEDGES = frozenset("about around approximately roughly circa etwa ungefähr rund environ".split())
_AND = re.compile(r",? (?:and|or|und|oder|et|ou|y|o) |[,;] ")
_OF = re.compile(r" (?:of|with) ")
_LEADING = re.compile(r"^(?:in|with) ")
_BEFORE_VERB = re.compile(r"^(it|they|he|she) (\w+ly) (\w+)\b")
_ITS = re.compile(r"(?P<whose>their|its) (?P<what>\w+(?: \w+)?) (?:is|are) (?P<how>\w+)")
_HAVE = {"their": "they have", "its": "it has"}
_POSSESSIVE = re.compile(r"['’]s\b")
_SIGN = re.compile(r"[+=<>±×÷⁺⁻₊₋↑↓→←°#]|(?<!\w)[-−]\w|\w[-−](?!\w)")
"""Signs that tell what has the same words apart, such as a charge."""
_OF_GRAMMAR = re.compile(
    r"\b(?:sentences?|spelling|spelt|article|plural|grammar|Satz|phrase|frase)\b"
)


def near_duplicate_options(view: View) -> Iterator[Problem]:
    """No two options have the same words but for articles, endings and spelling, nor the same
    parts in another order.
    """
    if len(view.options) < 2 or "__" in view.asked or _OF_GRAMMAR.search(view.asked):
        return
    looks = [_kept_words(view, place) for place in range(len(view.options))]
    for first, other, place in alike(view.shown, looks):
        is_duplicate = view.plain[first].strip("()") == view.plain[other].strip("()")
        if not is_duplicate and not _are_bare(view, first, other):
            yield view.problem(
                "near_duplicate_options",
                f'"{view.shown[first]}" and "{view.shown[other]}" say the same.',
                "Change or drop one of them.",
                f"options.{place}",
            )


def _are_bare(view: View, *places: int) -> bool:
    """Whether they are figures alone, of which the same value is another rule's."""
    return all(
        view.quantities[place] and _HEDGES.isdisjoint(view.plain[place].split()) for place in places
    )


def _kept_words(view: View, place: int) -> tuple[str, ...] | None:
    """The words of an option that tell it from others, part by part; None where that is not sure."""
    option, text = view.options[place], view.shown[place].lower()
    if option.image or "`" in option.text or "$" in option.text:
        return None
    if view.quantities[place]:
        return _without_hedge(text)
    text = _BEFORE_VERB.sub(r"\1 \3 \2", _POSSESSIVE.sub("", text)).strip(" .")
    if found := _ITS.fullmatch(text):  # "their shells are full" as "they have full shells"
        text = f"{_HAVE[found['whose']]} {found['how']} {found['what']}"
    words = _WORDS.findall(text)
    if not words or _SIGN.search(text) or any(len(w) == 1 and w not in "aà" for w in words):
        return None
    if "⟨⟩" in view.unquoted:  # a word may be what is asked about: its endings and articles count
        return tuple(word for word in words if word not in _INTENSIFIERS)
    dropped = _DROPPED if view.tongue == "en" else _FILLERS
    is_ordered = not _FIXED_ORDER.isdisjoint(words) or any(map(str.isdigit, words))
    in_order = _kept(text, dropped | _JOINTS)
    if is_ordered or (len(in_order) > 3 and view.shown[place].rstrip().endswith(".")):
        return (*in_order, "," if "," in text else "")
    parts = (reversed(_OF.split(_LEADING.sub("", part))) for part in _AND.split(text))
    rows = sorted([word for name in part for word in _kept(name, dropped)] for part in parts)
    return tuple(word for row in rows for word in (*row, ";"))


def _kept(text: str, dropped: frozenset[str]) -> list[str]:
    words = [SAME.get(word, word) for word in _WORDS.findall(text) if word not in dropped]
    return [_stem(word) for word in words]


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _without_hedge(text: str) -> tuple[str, ...] | None:
    """A figure without "about", if it has it or is bare, so that "about 5 m" is as "5 m"."""
    words = _WORDS.findall(text)
    bare = [word for word in words if word not in _HEDGES]
    return ("#", *bare) if len(words) - len(bare) < 2 and not _SIGN.search(text) else None
