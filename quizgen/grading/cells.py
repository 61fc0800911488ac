"""A cell of a responses file to what the student gave, or to the sentence that says why it is unclear.

Forgiving about case, spaces and separators, strict about everything else: what could be meant in
two ways is never guessed, since a guess would be a silent point lost or won.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias, assert_never

from quizgen.core.form import printed_options, printed_rights
from quizgen.core.score import is_judged
from quizgen.grading.typed import filled, typed
from quizgen.grading.unclear import DATE, FAULT, Unclear, made_a_date
from quizgen.model import (
    Card,
    Choice,
    Cloze,
    Decided,
    Entry,
    Frozen,
    Judged,
    Match,
    Matched,
    Number,
    Open,
    Order,
    Ordered,
    Picked,
    Placed,
    Question,
    Response,
    Rules,
    TrueFalse,
)


class ByHand(Frozen, frozen=True, kw_only=True):
    """Points that a person gave."""

    points: Fraction


Read: TypeAlias = Response | ByHand | Unclear

TRUTHS: Mapping[str, bool] = {
    **dict.fromkeys(("t", "true", "wahr", "vrai", "verdadero", "vero", "verdadeiro", "waar"), True),
    **dict.fromkeys(("f", "false", "falsch", "faux", "falso", "onwaar"), False),
}
"""English, and the words into which spreadsheets of other languages turn TRUE and FALSE.

1 and 0 are none of them: a teacher may mean points by them.
"""

LATER = "?"
"""A cell that is still to be entered, and so no blank."""

_SEPARATORS = re.compile(r"[\s,;.:/+&|()\[\]]+")
_HYPHENS = re.compile(r"[-\u2010-\u2015\u2212]")
_POINTS = re.compile(r"([+-]?)\s*(\d*(?:[.,]\d+)?|\d+\s*/\s*[1-9]\d*)\s*")
_PAIR = re.compile(r"(\d+)\s*[-=:.)]*\s*([A-Z]+|-)")
_TEXT_FORMULA = re.compile(r'="(.*)"', re.DOTALL)
LOOKALIKES = str.maketrans("АВСЕНІКМОРТХΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABCEHIKMOPTXABEZHIKMNOPTYX")
_AND = frozenset(("AND", "UND"))


def read_cell(
    question: Question, text: str, rules: Rules, truths: Mapping[str, bool] = TRUTHS
) -> Read:
    """What a student gave to a question as printed: letters, words or points; None for a blank.

    An open answer or a card is marked by a person, so that without points it is unclear.
    `truths` are the words for true and false, in small letters.
    """
    text = unwrapped(text)
    item = question.item
    if text.startswith("=") and (points := _points(text[1:])) is not None:
        return ByHand(points=points)
    if text.strip("|; \n") == LATER and not (isinstance(item, Entry) and text in item.accept):
        return Unclear(
            "not_entered",
            "it is still to be entered",
            "Write what stands on the paper; an empty cell is a blank.",
        )
    if isinstance(item, Open | Card):
        return _by_hand(text)
    if not text or _is_blank(text, item):
        return None
    if FAULT.fullmatch(text):
        return Unclear(
            "spreadsheet_fault",
            f'the spreadsheet could not make anything of it and left "{text}"',
            "Format the column as text, then type the answer again.",
        )
    match item:
        case Entry() | Number():
            return typed(item, text, rules)
        case Cloze():
            return filled(item, text)
        case Choice() | TrueFalse() | Match() | Order():
            return (
                made_a_date(text) if DATE.fullmatch(text) else _marks(question, text, rules, truths)
            )
        case _:
            assert_never(item)


def unwrapped(text: str) -> str:
    """The text of a cell without what spreadsheets put around it: ="1-2", '=1.5, hard spaces."""
    text = text.replace("\xa0", " ").replace("\ufeff", "").replace("\u200b", "").strip()
    if found := _TEXT_FORMULA.fullmatch(text):
        text = found[1].replace('""', '"').strip()
    return text[1:] if text.startswith(("'=", "'-", "'+", "'@")) else text


def _is_blank(text: str, item: Entry | Number | Cloze | Choice | TrueFalse | Match | Order) -> bool:
    """Whether nothing but hyphens stands there, which a typed answer may be, too."""
    if _HYPHENS.sub("", text).strip():
        return False
    if isinstance(item, Choice | TrueFalse | Match | Order):
        return True
    return len(text) == 1 and not (isinstance(item, Entry) and text in item.accept)


def _points(text: str) -> Fraction | None:
    found = _POINTS.fullmatch(text.strip())
    if found is None or not re.search(r"\d", found[2]) or len(text) > 20:
        return None
    value = Fraction(found[2].replace(",", ".").replace(" ", ""))
    return -value if found[1] == "-" else value


def _by_hand(text: str) -> Read:
    """Points, with or without the sign that spreadsheets take away as they reckon."""
    if text and not _HYPHENS.sub("", text).strip():
        return None
    points = _points(text)
    if points is not None:
        return ByHand(points=points)
    if DATE.fullmatch(text):
        return made_a_date(text)
    said = f'"{text[:40]}" is no number of points' if text else "no points are given yet"
    return Unclear(
        "needs_points",
        f"a person marks it, and {said}",
        "Write the points, such as 1.5, or - where the student wrote nothing.",
    )


# --- Letters -------------------------------------------------------------------------------------


def _marks(question: Question, text: str, rules: Rules, truths: Mapping[str, bool]) -> Read:
    item = question.item
    plain = unicodedata.normalize("NFKC", text)
    upper = _HYPHENS.sub("-", plain.upper().translate(LOOKALIKES))
    match item:
        case TrueFalse():
            value = truths.get(plain.strip(" .()").casefold())
            if value is None:
                return _strange(text, "it is true or false", "Write T, F, or - for a blank.")
            return Decided(value=value)
        case Choice():
            if is_judged(item, rules) and (judged := _judged(question, plain, truths)) is not None:
                return judged
            return _picked(item, question, text, upper)
        case Match():
            return _matched(question, text, upper)
        case Order():
            return _placed(question, text, upper)
        case Entry() | Number() | Cloze() | Open() | Card():
            raise AssertionError(item.id)
        case _:
            assert_never(item)


def _strange(text: str, what: str, fix: str) -> Unclear:
    hand = " Points by hand are written =1.5; in a spreadsheet with an apostrophe first: '=1.5."
    is_number = _points(text) is not None
    return Unclear(
        "unknown_answer",
        f'{what}, but "{text[:40]}" stands here',
        fix + (hand if is_number else ""),
    )


def _split(upper: str, marks: Sequence[str]) -> list[str]:
    """Each mark by itself: letters of their own where all marks are one letter, else words."""
    words = [word for word in _SEPARATORS.split(upper) if word]
    if len(words) > 1:
        words = [word for word in words if word not in _AND]
    if all(len(mark) == 1 for mark in marks):
        return [sign for word in words for sign in word]
    return words


def _picked(item: Choice, question: Question, text: str, upper: str) -> Read:
    of_mark = {mark: option.id for mark, option in printed_options(question)}
    given = [mark for mark in _split(upper.replace("-", " "), tuple(of_mark)) if mark]
    if not given or any(mark not in of_mark for mark in given):
        return _strange(
            text,
            f"it has the options {_range(tuple(of_mark))}",
            "Write the letter that is crossed on the paper, or - for a blank.",
        )
    if len(set(given)) < len(given):
        return Unclear(
            "mark_twice",
            f'"{text[:40]}" holds a letter twice',
            "Look at the paper and write each letter once.",
        )
    if len(given) > 1 and not item.multiple:
        return Unclear(
            "two_marks",
            f'one option is to be crossed, but "{text[:40]}" are {len(given)}',
            "Write the one that counts; if none does, write =0.",
        )
    return Picked(options=frozenset(of_mark[mark] for mark in given))


def _range(marks: Sequence[str]) -> str:
    return f"{marks[0]} to {marks[-1]}"


def _judged(question: Question, plain: str, truths: Mapping[str, bool]) -> Judged | None:
    """A decision for each option in printed order, such as TF-T; None where it is something else."""
    text = _HYPHENS.sub("-", plain.casefold())
    words = [word for word in re.split(r"[\s,;.:/|]+", text) if word]
    signs = words if len(words) == len(question.order) else [*"".join(words)]
    if len(signs) != len(question.order) or not all(
        sign in truths or sign == "-" for sign in signs
    ):
        return None
    given = zip(question.order, signs, strict=True)
    return Judged(marks={option: truths[sign] for option, sign in given if sign != "-"})


def _matched(question: Question, text: str, upper: str) -> Read:
    of_mark = {mark: option.id for mark, option in printed_rights(question)}
    lefts = len(question.order)
    pairs = _PAIR.findall(upper)
    if pairs and not re.sub(r"[\s,;]+", "", _PAIR.sub("", upper)):
        numbers = [int(number[:6]) for number, _ in pairs]
        if len(set(numbers)) < len(numbers):
            return Unclear(
                "mark_twice",
                f'"{text[:40]}" gives two letters to one number',
                "Write each number once, such as 1C 2A.",
            )
        letters = dict(zip(numbers, (mark for _, mark in pairs), strict=True))
    else:
        letters = dict(enumerate(_in_places(upper, lefts, tuple(of_mark)), start=1))
        if len(letters) != lefts:
            letters = {}
    given = {number: mark for number, mark in letters.items() if mark != "-"}
    if (
        not letters
        or not all(1 <= number <= lefts for number in letters)
        or any(mark not in of_mark for mark in given.values())
    ):
        return _strange(
            text,
            f"it pairs the numbers 1 to {lefts} with the letters {_range(tuple(of_mark))}",
            "Write pairs such as 1C 2A, or one letter for each number in order, - for a blank.",
        )
    return Matched(
        pairs={question.order[number - 1]: of_mark[mark] for number, mark in given.items()}
    )


def _in_places(upper: str, count: int, marks: Sequence[str]) -> list[str]:
    """A mark or "-" for each of `count` places; hyphens part marks where that makes as many."""
    parted = [mark for part in upper.split("-") for mark in _split(part, marks)]
    hyphens = upper.count("-")
    if len(parted) == count and hyphens in (0, count - 1):
        return parted
    return _split(upper.replace("-", " - "), (*marks, "-"))


def _placed(question: Question, text: str, upper: str) -> Read:
    """The places in printed order, such as 3142 or 3-1-4-2; a hyphen is a box left empty."""
    count = len(question.order)
    upper = re.sub(r"(?<=\d)[.,]0+$", "", upper) if count < 10 else upper
    marks = [str(place) for place in range(1, count + 1)]
    given = _in_places(upper, count, marks)
    if len(given) != count or any(mark not in marks and mark != "-" for mark in given):
        return _strange(
            text,
            f"it has {count} boxes for the places 1 to {count}",
            f"Write the {count} places in the order of the boxes, such as "
            f"{('' if count < 10 else ' ').join(reversed(marks))}, - for an empty one.",
        )
    places = {
        thing: int(mark) for thing, mark in zip(question.order, given, strict=True) if mark != "-"
    }
    if len(set(places.values())) == count:
        return Ordered(sequence=tuple(sorted(places, key=places.__getitem__)))
    return Placed(places=places)
