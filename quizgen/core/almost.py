"""Answers with a word in front or a short form, which are right; what is close without being a slip."""

import re
from collections.abc import Sequence

from quizgen.core.dates import parse_date
from quizgen.core.fold import folded, spelt, turned_round, without_accents, without_punctuation
from quizgen.core.measure import MORE
from quizgen.core.normal import normalise
from quizgen.model import Kind, Verdict

_TITLE = re.compile(
    r"^(?:prof|professor|dr|doctor|sir|mr|king|queen|pope|emperor|empress|tsar|president)\b\.? "
)
_AT = re.compile(r"^(?:in|on|at) (?=\w)")
_BRACKETS = re.compile(r"(.+?) ?\(([^()]+)\)")
_LITTLE = frozenset("the a an of and in on at to for de du des la le der die das von".split())
_X = re.compile(r"(?<= )x(?= |$)")
_ALTERNATIVES = re.compile(r"\s+or\s+|\s*/\s*")
_LOOK_ALIKE = str.maketrans("АВЕКМНОРСТХаеорсухіјѕ", "ABEKMHOPCTXaeopcyxijs")
_BLANKS = re.compile(r"(?<=\S)[ \t]+(?=[^\w\s])|(?<=[^\w\s])[ \t]+|(?<=\S[ \t])[ \t]+")
_SIDES = frozenset("v from to of by over than before after versus".split())
_CODE_END = re.compile(r";(?=\n|$)")


def name_with_more(typed: str, accepted: Sequence[str], kind: Kind) -> Verdict | None:
    """Right where a title stands before a name, "in" before a place, or behind any answer its other
    name in brackets.
    """
    rights = set(map(folded, accepted))
    given = normalise(typed)
    if kind == "name" and (found := _TITLE.match(given)) and folded(given[found.end() :]) in rights:
        return Verdict(grade="accepted", reason="Right; the title does not matter here.")
    if kind == "place" and (found := _AT.match(given)) and folded(given[found.end() :]) in rights:
        return Verdict(grade="accepted", reason="Right; the preposition does not matter here.")
    if found := _BRACKETS.fullmatch(given):
        pair = {folded(found[1]), folded(found[2])}
        rest = pair - rights
        if len(rest) < len(pair) and all(
            _without_blanks(name) in _initials(right) for name in rest for right in pair & rights
        ):
            return Verdict(grade="accepted", reason="Right; the other name may stand in brackets.")
    return None


def last_name_with_initials(typed: str, accepted: Sequence[str], kind: Kind) -> Verdict | None:
    """Where a last name is enough: right with initials that start the full one, close with others.

    An "A." is an initial here and no article, which `FOLDS` would take away.
    """
    *front, last = _words(typed)
    rights = [_words(answer) for answer in accepted]
    given = [*front, last]
    if kind != "name" or not front or any(len(one) > 1 for one in front) or given in rights:
        return None
    if [last] not in rights:
        return None
    if any(right[-1] == last and _fit(front, right[:-1]) for right in rights):
        return Verdict(grade="accepted", reason="Right; the initials fit the name.")
    return MORE


def _fit(initials: Sequence[str], names: Sequence[str]) -> bool:
    return len(initials) <= len(names) and all(map(str.startswith, names, initials))


def _words(text: str) -> list[str]:
    """The words of a text that starts with no article, but maybe with initials, as in "J.S. Bach"."""
    apart = normalise(text).replace(".", ". ")
    return without_accents(without_punctuation(apart)).split(" ")


def _initials(text: str) -> set[str]:
    """The first letters of a folded text's words, with those of its little words and without."""
    words = text.split(" ")
    telling = [word for word in words if word not in _LITTLE]
    return {"".join(word[:1] for word in some) for some in (words, telling) if len(some) > 1}


def _without_blanks(text: str) -> str:
    return text.replace(" ", "")


def letter_or_numeral(typed: str, accepted: Sequence[str]) -> Verdict | None:
    """Close where an X, alone, is ten in one text and 10 in the other: it may be a letter."""

    def read(text: str) -> str:
        return _X.sub("10", folded(text))

    if read(typed) in map(read, accepted):
        return Verdict(grade="close", reason="Close: an X and a 10 need not be the same here.")
    return None


def all_right(typed: str, accepted: Sequence[str]) -> bool:
    """Whether each of the alternatives that were typed is right: "doctor or physician"."""
    parts = _ALTERNATIVES.split(normalise(typed).removeprefix("either "))
    rights = set(map(folded, accepted))
    return len(parts) > 1 and all(folded(part) in rights for part in parts)


def almost(typed: str, accepted: Sequence[str], kind: Kind) -> Verdict | None:
    """Close where a learner means the answer: by initials, in letters that look alike, as a plural."""
    given = folded(typed)
    plain = folded(normalise(typed).translate(_LOOK_ALIKE)) if not typed.isascii() else given
    for right in map(folded, accepted):
        if _without_blanks(given) in _initials(right) and len(_without_blanks(given)) > 2:
            return Verdict(grade="close", reason="Close: write it out.")
        if kind == "name" and _is_shortened(typed, right):
            return Verdict(grade="close", reason="Close: the full name is asked for.")
        if plain == (right if right.isascii() else folded(right.translate(_LOOK_ALIKE))):
            return Verdict(grade="close", reason="Close: a letter is from another alphabet.")
        if kind == "term" and are_singular_and_plural(given, right):
            return Verdict(grade="close", reason="Close: singular and plural are not the same.")
    return None


def has_free_order(answer: str) -> bool:
    """Whether its words in another order may mean the same: none tells one side from the other."""
    words = set(spelt(answer).split(" "))
    return any(map(str.isalpha, answer)) and _SIDES.isdisjoint(words) and parse_date(answer) is None


def _is_shortened(typed: str, right: str) -> bool:
    """Whether all but the last name are initials: "C. Darwin"."""
    names = right.split(" ")
    return any(
        len(given) == len(names) > 1
        and given[-1] == names[-1]
        and all(one in (name, name[0]) for one, name in zip(given, names, strict=True))
        for given in (folded(way).split(" ") for way in (typed, turned_round(normalise(typed))))
    )


def are_singular_and_plural(a: str, b: str) -> bool:
    """Whether one folded text is the other with an "s"."""
    short, long = sorted((a, b), key=len)
    return len(short) > 2 and short[-1] != "s" and short[-1].isalpha() and long == short + "s"


def almost_exact(given: str, accepted: Sequence[str], kind: Kind) -> Verdict | None:
    """Close where code differs in spaces, or a symbol in its alphabet or a full stop behind."""
    if kind == "code":
        if any(_tight(given) == _tight(answer) for answer in accepted):
            return Verdict(grade="close", reason="Close: mind spaces and semicolons.")
        return None
    if given.removesuffix(".") in accepted:
        return Verdict(grade="close", reason="Close: without the full stop.")
    if given.translate(_LOOK_ALIKE) in [answer.translate(_LOOK_ALIKE) for answer in accepted]:
        return Verdict(grade="close", reason="Close: a letter is from another alphabet.")
    return None


def _tight(code: str) -> str:
    """Code without spaces beside signs in its lines and the semicolons at their ends."""
    return _CODE_END.sub("", _BLANKS.sub("", code))
