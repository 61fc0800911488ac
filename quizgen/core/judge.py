"""A typed answer to a Verdict with its reason: never a right answer called wrong, nor the reverse.

The rules in order: equal after normalising; what the author called close; the answers to other
questions; the parsers of numbers, dates, sets and lists; folds of spelling; guards that end in
wrong; a slip of the keyboard or part of the answer, which is close; otherwise wrong. Every verdict
names the rule that gave it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from quizgen.core.almost import (
    all_right,
    almost,
    almost_exact,
    are_singular_and_plural,
    has_free_order,
    last_name_with_initials,
    letter_or_numeral,
    name_with_more,
)
from quizgen.core.fold import FOLDS, folded, spelt, turned_round, written_out
from quizgen.core.guards import answer_besides, difference, hedges, numerals
from quizgen.core.measure import MORE, judge_number, same_measure, same_number
from quizgen.core.members import ANOTHER, judge_members, whole_answers
from quizgen.core.normal import normalise, normalise_code, normalise_exactly, retyped
from quizgen.core.numerals import roman
from quizgen.core.when import same_date
from quizgen.model import Kind, Verdict

__all__ = ["judge", "judge_number"]

LONGEST = 2_000
"""Characters: no answer is longer, and no rule is asked to read more."""

_SMALL = frozenset("the a an of and in on at to for de du des la le der die das von".split())
_HYPHEN = re.compile(r"(?<=[^\W\d])-(?=[^\W\d])")
_RIGHT = Verdict(grade="exact", reason="Right.")
_OTHER_NUMERALS = "Right; numbers may be written in other ways."


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
    distractors) that are never right here, nor a slip of this one; `close` says of near answers
    what is not right with them. For sets and lists the accepted texts are `whole_answers`.
    """
    if not typed.strip():
        return Verdict(grade="wrong", reason="Nothing was typed.")
    if len(typed) > LONGEST or len(normalise(typed)) > LONGEST:
        return Verdict(grade="wrong", reason="This is far longer than the answer.")
    others = tuple(confusable)
    match kind:
        case "code" | "symbol":
            return _exactly(typed, accepted, kind, close or {})
        case "set" | "list":
            wholes = whole_answers(accepted)
            return (
                _equal(typed, wholes)
                or _declared_close(typed, close or {})
                or _another_answer(normalise(typed), map(normalise, others))
                or judge_members(
                    typed,
                    wholes,
                    lambda member, right: judge(member, [right], confusable=others),
                    is_list=kind == "list",
                )
            )
        case _:
            return _in_words(typed, accepted, kind, close or {}, others)


def _in_words(
    typed: str,
    accepted: Sequence[str],
    kind: Kind,
    close: Mapping[str, str],
    others: Sequence[str],
) -> Verdict:
    """By the first rule that has something to say of it."""
    return (
        _equal_or_number(typed, accepted, kind)
        or _declared_close(typed, close)
        or _another_answer(normalise(typed), map(normalise, others))
        or _parsed(typed, accepted, kind)
        or last_name_with_initials(typed, accepted, kind)
        or _by_folds(typed, accepted, others)
        or name_with_more(typed, accepted, kind)
        or letter_or_numeral(typed, accepted)
        or _guarded(typed, accepted, others)
        or _slip(typed, accepted)
        or _incomplete(typed, accepted, kind)
        or almost(typed, accepted, kind)
        or ANOTHER
    )


# --- Equal ---------------------------------------------------------------------------------------


def _equal(typed: str, accepted: Sequence[str]) -> Verdict | None:
    given = normalise(typed)
    for index, answer in enumerate(accepted):
        if given == normalise(answer):
            return _RIGHT if index == 0 else _another_way()
    return None


def _equal_or_number(typed: str, accepted: Sequence[str], kind: Kind) -> Verdict | None:
    """As `_equal`, but that small letters do not turn 5 MW into 5 mW."""
    verdict = _equal(typed, accepted)
    if verdict is None or kind != "number":
        return verdict
    alike = [answer for answer in accepted if normalise(answer) == normalise(typed)]
    number = same_number(typed, alike)
    return verdict if number is None or number.right else number


def _another_way() -> Verdict:
    return Verdict(grade="accepted", reason="Right; this is another way to say it.")


def _exactly(typed: str, accepted: Sequence[str], kind: Kind, close: Mapping[str, str]) -> Verdict:
    """Code as written, symbols but for spaces and raised digits; nothing is a slip of another."""
    plain = normalise_code if kind == "code" else normalise_exactly
    given = plain(typed)
    for index, answer in enumerate(accepted):
        if given == plain(answer):
            is_same = kind == "symbol" or typed.strip() == answer.strip()
            return _RIGHT if index == 0 and is_same else _another_way()
    if kind == "symbol" and retyped(given) in [retyped(plain(answer)) for answer in accepted]:
        return _another_way()
    for answer, why in close.items():
        if given == plain(answer):
            return Verdict(grade="close", reason=why)
    if any(given.casefold() == plain(answer).casefold() for answer in accepted):
        return Verdict(grade="wrong", reason="Capital and small letters count here.")
    if verdict := almost_exact(given, [plain(answer) for answer in accepted], kind):
        return verdict
    return Verdict(grade="wrong", reason=f"The {kind} differs.")


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
    match kind:
        case "date":
            return same_date(typed, accepted, is_date=True)
        case "number":
            return same_number(typed, accepted) or Verdict(
                grade="wrong", reason="A number is asked for."
            )
        case _:
            if same_measure(typed, accepted):
                return Verdict(grade="accepted", reason=_OTHER_NUMERALS)
            date = same_date(typed, accepted)
            return date if date and date.right else None


# --- Folds and guards ----------------------------------------------------------------------------


def _by_folds(typed: str, accepted: Sequence[str], others: Sequence[str]) -> Verdict | None:
    """Fold by fold: what becomes an accepted answer first is right, another answer first wrong."""
    given = normalise(typed)
    answers = set(map(normalise, accepted))
    strange = {normalise(other) for other in others} - answers
    ours = {given, turned_round(given), written_out(given), _HYPHEN.sub(" and ", given, 1)}
    theirs = {way for text in answers for way in (text, turned_round(text), written_out(text))}
    for fold, reason in FOLDS:
        given = fold(given)
        answers, strange, ours, theirs = (
            set(map(fold, texts)) for texts in (answers, strange, ours, theirs)
        )
        if verdict := _another_answer(given, strange):
            return verdict
        if given in answers:
            return Verdict(grade="accepted", reason=reason)
        if ours & theirs:
            return _another_way()
    return None


def _guarded(typed: str, accepted: Sequence[str], others: Sequence[str]) -> Verdict | None:
    """Wrong where two answers are given, or where they differ in what no slip explains."""
    if hedges(typed, accepted):
        if all_right(typed, accepted):
            return Verdict(grade="close", reason="Close: each is right, but give one answer.")
        return Verdict(grade="wrong", reason="Give one answer: of two, neither counts.")
    given = folded(typed)
    if any(answer_besides(given, folded(answer), others) for answer in accepted):
        return Verdict(grade="wrong", reason="Give one answer: of two, neither counts.")
    found = [difference(given, folded(answer)) for answer in accepted]
    return Verdict(grade="wrong", reason=found[0]) if found and all(found) else None


# --- Close ---------------------------------------------------------------------------------------


def _slip(typed: str, accepted: Sequence[str]) -> Verdict | None:
    """Close where one or two letters differ, but no digit: see `_allowed`.

    A numeral that is misspelt ("twelveth") is compared as it is spelt.
    """
    from rapidfuzz.distance import OSA

    ways = [(folded(typed), folded), (folded(turned_round(normalise(typed))), folded)]
    if any(_misspells_numeral(typed, answer) for answer in accepted):
        ways.append((spelt(typed), spelt))
    for given, form in ways:
        for answer in accepted:
            right = form(answer)
            if numerals(given) != numerals(right) or difference(given, right):
                continue
            most = _allowed(right)
            distance = OSA.distance(given, right, score_cutoff=most)
            if 0 < distance <= most:
                letters = "one letter differs" if distance == 1 else "two letters differ"
                return Verdict(grade="close", reason=f"Close: {letters} from the answer.")
    return None


def is_slip(typed: str, accepted: Sequence[str]) -> bool:
    """Whether it is an accepted answer but for one or two letters, as many as a slip may be.

    The plural is none: who writes "railways" for "railway" means no other thing.
    """
    given = folded(typed)
    if any(are_singular_and_plural(given, folded(answer)) for answer in accepted):
        return False
    return _slip(typed, accepted) is not None


def _misspells_numeral(typed: str, answer: str) -> bool:
    """Whether a numeral of the answer, in words, stands in what was typed as no numeral at all."""
    if not numerals(folded(typed)) < numerals(folded(answer)):
        return False
    words = set(spelt(answer).split(" ")) - set(spelt(typed).split(" "))
    return all(roman(word) is None for word in words)


def _allowed(right: str) -> int:
    """How many letters may differ in a slip, by the length of the answer."""
    length = sum(c.isalpha() for c in right)
    return 0 if length <= 4 else 1 if length <= 7 else 2


def _incomplete(typed: str, accepted: Sequence[str], kind: Kind) -> Verdict | None:
    """Close where part of the answer was typed, or the answer and a little more."""
    given = folded(typed).split(" ")
    if not (kind == "date" or any(len(w) > 1 and any(map(str.isalpha, w)) for w in given)):
        return None
    ours = Counter(word for word in given if word not in _SMALL)
    for answer in accepted:
        right = folded(answer).split(" ")
        theirs = Counter(word for word in right if word not in _SMALL)
        if difference(folded(typed), folded(answer)) or not (ours and theirs):
            continue
        if ours < theirs or (ours == theirs and len(given) < len(right)):
            what = "the full name is" if kind == "name" else "more of the answer is"
            return Verdict(grade="close", reason=f"Close: {what} asked for.")
        is_turned = [w for w in given if w in ours] != [w for w in right if w in theirs]
        if ours == theirs and not is_turned:
            return Verdict(grade="close", reason="Close: a small word differs.")
        if ours == theirs and (kind == "name" or (is_turned and has_free_order(answer))):
            what = "names stand the other way round" if kind == "name" else "order is another"
            return Verdict(grade="close", reason=f"Close: the {what}.")
        if ours > theirs and (ours - theirs).total() <= min(3, theirs.total()):
            return MORE
    return None
