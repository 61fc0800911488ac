"""Two gradings of one edition to sentences on whose score changed, and why."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from quizgen.core.form import printed_options
from quizgen.grading.classlist import same_student
from quizgen.grading.gradebook import Record, StudentRecord
from quizgen.grading.marking import points_said
from quizgen.grading.scheme import Scheme
from quizgen.model import Choice, Form, Item, Order, Revision

_MOST = 12
"""Sentences on single answers; of more than these it is said how many there are."""


def changes(
    before: Record,
    after: Record,
    revisions: Sequence[Revision],
    schemes: Mapping[str, Scheme],
    forms: Sequence[Form],
) -> tuple[str, ...]:
    """What is not as it was: questions marked otherwise, answers entered otherwise, papers come or gone.

    A score is said to rise or fall by its percentage, so that a dropped question counts as well.
    """
    places = {one.item: place for place, one in enumerate(before.items)}
    earlier = {_key(one): one for one in before.students if _is_read(one)}
    later = {_key(one): one for one in after.students if _is_read(one)}
    pairs = [(earlier[key], later[key]) for key in later if key in earlier]
    said: list[str] = []
    edited: list[str] = []
    for place, item in enumerate(after.items):
        was = places.get(item.item)
        if was is None:
            continue
        decided = [one for one in revisions if one.item == item.item]
        scheme = schemes[item.item]
        name = question_named(item.item, forms)
        rises = falls = count = 0
        for one, other in pairs:
            if one.given[was] != other.given[place] or one.form != other.form:
                edited += _edited(name, one, other, was, place)
                continue
            worth = (Fraction(before.items[was].points), Fraction(item.points))
            if one.points[was] is None or other.points[place] is None:
                continue
            count += 1
            moved = _moved(one, other, (was, place), worth)
            rises += moved > 0
            falls += moved < 0
        is_other = before.items[was] != item
        if rises or falls or is_other:
            what = " and ".join(_decision(one, scheme, forms) for one in decided)
            said.append(
                f"{name} {what or 'is marked as it was before'}. {_counted(rises, falls, count)}"
            )
    said += edited[:_MOST]
    if len(edited) > _MOST:
        said.append(f"{len(edited) - _MOST} more answers were entered otherwise.")
    said += _come_and_gone(earlier, later)
    return tuple(said)


def _key(one: StudentRecord) -> str:
    return same_student(one.student)


def _is_read(one: StudentRecord) -> bool:
    """Whether any answer of the paper was read: it had a known form, and stood in its columns."""
    return any(text is not None for text in one.given)


def _moved(
    one: StudentRecord,
    other: StudentRecord,
    places: tuple[int, int],
    worth: tuple[Fraction, Fraction],
) -> Fraction:
    """By how much the share of all points moves through one item alone."""
    first, second = one.points[places[0]] or 0, other.points[places[1]] or 0
    points = sum((Fraction(text) for text in one.points if text is not None), Fraction(0))
    possible = Fraction(one.possible)
    now = points - Fraction(first) + Fraction(second)
    now_possible = possible - worth[0] + worth[1]
    if not possible or not now_possible:
        return Fraction(0)
    return now / now_possible - points / possible


def _counted(rises: int, falls: int, count: int) -> str:
    of = f"of {count} score{'' if count == 1 else 's'}"
    if not rises and not falls:
        return "No score changes." if count else "There is no score to change."
    up = f"{rises or 'None'} {of} {'rises' if rises <= 1 else 'rise'}"
    down = f"{falls or 'none'} {'falls' if falls <= 1 else 'fall'}"
    return f"{up}, {down}."


def _edited(
    name: str, one: StudentRecord, other: StudentRecord, was: int, place: int
) -> Iterator[str]:
    first, second = one.points[was], other.points[place]
    if first == second:
        return
    if first is None:
        what = f"it was open and earns {_points(second)}"
    elif second is None:
        what = f"it earned {_points(first)} and is open"
    else:
        what = f"{_points(first)} became {points_said(Fraction(second))}"
    yield (
        f'{name} of student "{other.student}" was entered otherwise: '
        f'"{one.given[was] or ""}" is now "{other.given[place] or ""}", {what}.'
    )


def _points(exact: str | None) -> str:
    return f"{points_said(Fraction(exact or 0))} point{'' if exact == '1' else 's'}"


def _come_and_gone(
    earlier: Mapping[str, StudentRecord], later: Mapping[str, StudentRecord]
) -> Iterator[str]:
    for what, names in (
        ("new", [one.student for key, one in later.items() if key not in earlier]),
        ("no more there", [one.student for key, one in earlier.items() if key not in later]),
    ):
        if names:
            shown = ", ".join(name or "no name" for name in names[:8])
            more = f" and {len(names) - 8} others" if len(names) > 8 else ""
            yield f"{len(names)} paper{'' if len(names) == 1 else 's'} {'is' if len(names) == 1 else 'are'} {what}: {shown}{more}."


# --- Names ---------------------------------------------------------------------------------------


def question_named(item: str, forms: Sequence[Form]) -> str:
    """A question by its printed number; where forms differ in it, by form, or by its id."""
    numbers = {
        form.letter: question.number
        for form in forms
        for question in form.questions
        if question.item.id == item
    }
    if len(set(numbers.values())) == 1 and len(numbers) == len(forms):
        return f"Question {next(iter(numbers.values()))}"
    if 1 <= len(numbers) <= 4:
        said = ", ".join(f"{number} on form {letter}" for letter, number in numbers.items())
        return f"Question {said}"
    return f'Question "{item}"'


def _decision(revision: Revision, scheme: Scheme, forms: Sequence[Form]) -> str:
    if revision.void == "full":
        return "gives full marks to all"
    if revision.void == "drop":
        return "is dropped from every total"
    if revision.points is not None:
        return f"is worth {_points(str(revision.points))}"
    item = scheme.item
    if isinstance(item, Choice) and not item.multiple:
        return f"now accepts {_letters(item, scheme, forms)}"
    if revision.letter:
        return f"now also accepts {revision.letter} as on form {revision.form.upper()}"
    shown = (", then " if isinstance(item, Order) else " and ").join(
        f'"{text[:60]}"' for text in revision.accept
    )
    return f"now also accepts {shown}"


def _letters(item: Item, scheme: Scheme, forms: Sequence[Form]) -> str:
    """The letters that are right now: "B or C"; where forms differ, each by its form."""
    right = {one for key in scheme.keys if isinstance(key, Choice) for one in key.keys}
    by_form: dict[str, str] = {}
    texts: list[str] = []
    for form in forms:
        for question in form.questions:
            if question.item.id == item.id:
                options = [pair for pair in printed_options(question) if pair[1].id in right]
                by_form[form.letter] = " or ".join(mark for mark, _ in options)
                texts = texts or [f'"{" ".join(one.text.split())[:60]}"' for _, one in options]
    if len(set(by_form.values())) == 1:
        return next(iter(by_form.values()))
    if len(by_form) <= 4:
        told = ", ".join(f"form {letter}: {marks}" for letter, marks in by_form.items())
        return f"{' or '.join(texts)} ({told})"
    return " or ".join(texts)
