"""A typed answer to a Verdict with its reason: never a right answer called wrong, nor the reverse.

The rules in order: equal after normalising; what the author called close; the parsers of numbers,
dates, sets and lists; folds of spelling; guards that end in wrong; a slip of the keyboard or part
of the answer, which is close; otherwise wrong. Every verdict names the rule that gave it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz.distance import OSA

from quizgen.core.dates import Date, parse_date, parse_range
from quizgen.core.fold import FOLDS, folded, normalise, normalise_exactly
from quizgen.core.measure import judge_number, same_number
from quizgen.model import Kind, Verdict

__all__ = ["judge", "judge_number"]

LONGEST = 2_000
"""Characters: no answer is longer, and no rule is asked to read more."""

_NEGATIONS = frozenset("no not never none neither nor non without isnt wasnt cannot cant".split())
_DIRECTIONS = frozenset(
    "north south east west northern southern eastern western left right upper lower up down more "
    "less before after above below first last increase decrease rise fall import export minimum "
    "maximum bc bce ad ce inner outer".split()
)
_SMALL = frozenset("the a an of and in on at to for de du des la le der die das von".split())
_HEDGES = re.compile(r"\b(?:or|maybe|perhaps|possibly|either)\b|\w\s*/\s*\w|\?\s*$")
_SEPARATORS = re.compile(r"\s*[;\n]\s*|\s*,\s+|\s*[,、，]\s*")


def judge(
    typed: str,
    accepted: Sequence[str],
    *,
    kind: Kind = "text",
    confusable: Iterable[str] = (),
    close: Mapping[str, str] | None = None,
) -> Verdict:
    """The verdict on `typed`, of which `accepted` are the right answers, the first the one shown.

    Total and deterministic for any text. `confusable` are other answers (of other items, or
    distractors) that are never taken for a slip of this one; `close` says of near answers what is
    not right with them. For sets and lists each accepted text is a whole answer with its members
    parted by commas or semicolons; where none holds a separator, they are the members of one.
    """
    if not typed.strip():
        return Verdict(grade="wrong", reason="Nothing was typed.")
    if len(typed) > LONGEST:
        return Verdict(grade="wrong", reason="This is far longer than the answer.")
    if kind == "code":
        return _equal_code(typed, accepted)
    if kind == "symbol":
        return _equal_symbol(typed, accepted)
    if kind in ("set", "list"):
        return _members(typed, accepted, confusable, is_list=kind == "list")
    others = tuple(confusable)
    return (
        _equal(typed, accepted)
        or _declared_close(typed, close or {})
        or _another_answer(normalise(typed), map(normalise, others))
        or _parsed(typed, accepted, kind)
        or _by_folds(typed, accepted, kind)
        or _another_answer(folded(typed), map(folded, others))
        or _guarded(typed, accepted)
        or _slip(typed, accepted)
        or _incomplete(typed, accepted, kind)
        or Verdict(grade="wrong", reason="This is another answer than the one asked for.")
    )


# --- Equal ---------------------------------------------------------------------------------------


def _equal(typed: str, accepted: Sequence[str]) -> Verdict | None:
    given = normalise(typed)
    for index, answer in enumerate(accepted):
        if given == normalise(answer):
            if index == 0:
                return Verdict(grade="exact", reason="Right.")
            return Verdict(grade="accepted", reason="Right; this is another way to say it.")
    return None


def _equal_code(typed: str, accepted: Sequence[str]) -> Verdict:
    given = _code(typed)
    for index, answer in enumerate(accepted):
        if given == _code(answer):
            return Verdict(grade="exact" if index == 0 else "accepted", reason="Right.")
    if any(given.casefold() == _code(answer).casefold() for answer in accepted):
        return Verdict(grade="close", reason="Close: capital and small letters count here.")
    return Verdict(grade="wrong", reason="The code differs.")


def _code(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))


def _equal_symbol(typed: str, accepted: Sequence[str]) -> Verdict:
    given = normalise_exactly(typed)
    for index, answer in enumerate(accepted):
        if typed.strip() == answer.strip() or given == normalise_exactly(answer):
            return Verdict(grade="exact" if index == 0 else "accepted", reason="Right.")
    if any(given.casefold() == normalise_exactly(answer).casefold() for answer in accepted):
        return Verdict(grade="close", reason="Close: capital and small letters count here.")
    return Verdict(grade="wrong", reason="The symbol differs.")


def _declared_close(typed: str, close: Mapping[str, str]) -> Verdict | None:
    for answer, why in close.items():
        if folded(typed) == folded(answer):
            return Verdict(grade="close", reason=why)
    return None


def _another_answer(given: str, others: Iterable[str]) -> Verdict | None:
    if any(given == other for other in others):
        return Verdict(grade="wrong", reason="That is the answer to something else.")
    return None


# --- Numbers and dates ---------------------------------------------------------------------------


def _parsed(typed: str, accepted: Sequence[str], kind: Kind) -> Verdict | None:
    """What the parsers say where they can read both texts; None leaves it to the other rules."""
    if kind == "date":
        return _same_date(typed, accepted)
    verdict = same_number(typed, accepted)
    if verdict is None and kind == "number":
        verdict = Verdict(grade="wrong", reason="A number is asked for.")
    return verdict


def _same_date(typed: str, accepted: Sequence[str]) -> Verdict | None:
    given_range = parse_range(typed)
    if given_range is not None:
        if any(given_range == parse_range(answer) for answer in accepted):
            return Verdict(grade="accepted", reason="Right; dates may be written in other ways.")
        return Verdict(grade="wrong", reason="These are other dates.")
    given = parse_date(typed)
    if given is None:
        return None
    rights = [date for answer in accepted if (date := parse_date(answer)) is not None]
    if not rights:
        return None
    verdicts = [_compared(given, right) for right in rights]
    return min(verdicts, key=lambda verdict: ("accepted", "close", "wrong").index(verdict.grade))


def _compared(given: Date, right: Date) -> Verdict:
    if given.is_ambiguous:
        readings = {(given.month, given.day), (given.day, given.month)}
        if given.year == right.year and (right.month, right.day) in readings:
            return Verdict(
                grade="close",
                reason="Close: day and month could be either way round; write the month as a word.",
            )
        return Verdict(grade="wrong", reason="This is another date.")
    parts = [
        (a, b)
        for a, b in ((given.year, right.year), (given.month, right.month), (given.day, right.day))
        if a and b
    ]
    if not parts or any(a != b for a, b in parts):
        return Verdict(grade="wrong", reason="This is another date.")
    known = [bool(part) for part in (given.year, given.month, given.day)]
    asked = [bool(part) for part in (right.year, right.month, right.day)]
    if known == asked:
        return Verdict(grade="accepted", reason="Right; dates may be written in other ways.")
    if given.precision < right.precision:
        return Verdict(grade="close", reason="Close: the date is asked for more exactly.")
    return Verdict(grade="close", reason="Close: this says more of the date than is asked.")


# --- Sets and lists ------------------------------------------------------------------------------


def _members(
    typed: str, accepted: Sequence[str], confusable: Iterable[str], *, is_list: bool
) -> Verdict:
    wholes = [_split(answer) for answer in accepted]
    if len(wholes) > 1 and all(len(whole) == 1 for whole in wholes):
        wholes = [tuple(member for (member,) in wholes)]
    given = _split(typed)
    others = tuple(confusable)
    verdicts = [_one_whole(given, whole, others, is_list=is_list) for whole in wholes]
    grades = ("exact", "accepted", "close", "wrong")
    best = min(
        verdicts,
        key=lambda verdict: grades.index(verdict.grade),
        default=Verdict(grade="wrong", reason="This is another answer than the one asked for."),
    )
    if best.grade == "exact" and verdicts[0].grade != "exact":
        return Verdict(grade="accepted", reason="Right; this is another way to say it.")
    return best


def _split(text: str) -> tuple[str, ...]:
    strong = [part for part in re.split(r"\s*[;\n]\s*", text.strip()) if part]
    if len(strong) == 1:
        strong = [part for part in _SEPARATORS.split(strong[0]) if part]
        if strong and len(strong) <= 50:
            last = re.sub(r"^(?:and|&|und|et|y) ", "", strong[-1])
            tail = (
                re.split(r" (?:and|&|und|et|y) ", last)
                if len(strong) == 1 or last != strong[-1]
                else [last]
            )
            if len(strong) > 1 and len(tail) == 1 and " and " in last:
                tail = last.rsplit(" and ", 1)
            strong = [*strong[:-1], *tail]
    return tuple(part.strip() for part in strong if part.strip())


def _one_whole(
    given: Sequence[str], whole: Sequence[str], others: Sequence[str], *, is_list: bool
) -> Verdict:
    if len(given) > 50:
        return Verdict(grade="wrong", reason="These are far more than are asked for.")
    places: list[int] = []
    grades: list[str] = []
    for member in given:
        judged = [
            (judge(member, [right], confusable=others), index) for index, right in enumerate(whole)
        ]
        found = [(v.grade, i) for v, i in judged if v.right and i not in places]
        if not found:
            near = any(v.grade == "close" and i not in places for v, i in judged)
            count = f"{len(places)} of {len(whole)} are right so far"
            if near:
                return Verdict(grade="close", reason=f"Close: {count}, and one is misspelt.")
            return Verdict(grade="wrong", reason=f"{count}, but one does not belong.")
        grade, place = found[0]
        places.append(place)
        grades.append(grade)
    if len(places) < len(whole):
        missing = len(whole) - len(places)
        return Verdict(grade="close", reason=f"Close: {missing} of {len(whole)} are still missing.")
    in_order = places == sorted(places)
    if is_list and not in_order:
        return Verdict(grade="close", reason="Close: all are there, but the order is another.")
    exact = in_order and all(grade == "exact" for grade in grades)
    return Verdict(
        grade="exact" if exact else "accepted",
        reason="Right." if exact else "Right; all are there.",
    )


# --- Folds and guards ----------------------------------------------------------------------------


def _by_folds(typed: str, accepted: Sequence[str], kind: Kind) -> Verdict | None:
    given = normalise(typed)
    answers = [normalise(answer) for answer in accepted]
    for fold, reason in FOLDS:
        given, answers = fold(given), [fold(answer) for answer in answers]
        if given in answers:
            return Verdict(grade="accepted", reason=reason)
    if kind in ("name", "text") and typed.count(",") == 1:
        surname, _, rest = typed.partition(",")
        if any(
            folded(f"{rest.strip()} {surname.strip()}") == folded(answer) for answer in accepted
        ):
            return Verdict(grade="accepted", reason="Right; the surname may come first.")
    return None


def _guarded(typed: str, accepted: Sequence[str]) -> Verdict | None:
    """Wrong where a digit, a negation or a direction differs, or where two answers are given."""
    if not any(_HEDGES.search(normalise(answer)) for answer in accepted) and _HEDGES.search(
        normalise(typed)
    ):
        return Verdict(grade="wrong", reason="Give one answer: of two, neither counts.")
    given = folded(typed).split(" ")
    verdicts = [_differs(given, folded(answer).split(" ")) for answer in accepted]
    if verdicts and all(verdicts):
        return Verdict(grade="wrong", reason=verdicts[0] or "")
    return None


def _differs(given: Sequence[str], right: Sequence[str]) -> str:
    """What the two differ in that no slip explains, as a sentence; "" where nothing."""
    if _numerals(given) - _numerals(right):
        return "The number differs."
    if _has(given, _NEGATIONS) != _has(right, _NEGATIONS):
        return "It says the opposite: mind the negation."
    ours, theirs = _has(given, _DIRECTIONS), _has(right, _DIRECTIONS)
    if ours != theirs and (ours or not set(given) <= set(right)):
        return "It points another way: mind words such as north and south."
    return ""


def _numerals(words: Sequence[str]) -> Counter[str]:
    return Counter(number for word in words for number in re.findall(r"-?\d+(?:[.,]\d+)*", word))


def _has(words: Sequence[str], marked: frozenset[str]) -> frozenset[str]:
    return frozenset(words) & marked


# --- Close ---------------------------------------------------------------------------------------


def _slip(typed: str, accepted: Sequence[str]) -> Verdict | None:
    given = folded(typed)
    for answer in accepted:
        right = folded(answer)
        if _numerals(given.split(" ")) != _numerals(right.split(" ")):
            continue
        most = _allowed(right)
        distance = OSA.distance(given, right, score_cutoff=most)
        if 0 < distance <= most:
            letters = "one letter" if distance == 1 else "two letters"
            return Verdict(
                grade="close",
                reason=f"Close: {letters} differ{'s' * (distance == 1)} from the answer.",
            )
    return None


def _allowed(right: str) -> int:
    """How many letters may differ in a slip, by the length of the answer."""
    length = sum(c.isalpha() for c in right)
    return 0 if length <= 4 else 1 if length <= 7 else 2


def _incomplete(typed: str, accepted: Sequence[str], kind: Kind) -> Verdict | None:
    given = [word for word in folded(typed).split(" ") if word not in _SMALL]
    for answer in accepted:
        right = [word for word in folded(answer).split(" ") if word not in _SMALL]
        said = any(any(c.isalpha() for c in word) and len(word) > 1 for word in given)
        if said and Counter(given) < Counter(right):
            if kind == "name":
                return Verdict(grade="close", reason="Close: the full name is asked for.")
            return Verdict(
                grade="close", reason="Close: this is part of the answer; more is asked for."
            )
        if Counter(right) < Counter(given) and len(given) - len(right) <= 3 and right:
            return Verdict(
                grade="close", reason="Close: the answer is in it, but there is more than is asked."
            )
    return None
