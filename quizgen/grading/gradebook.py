"""Results to the files that a teacher keeps: a gradebook for the spreadsheet, exact scores for programs."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache

import msgspec

from quizgen.grading.bands import band_of
from quizgen.grading.classlist import same_student
from quizgen.grading.marking import Answer, Result, Results
from quizgen.grading.scheme import Scheme, rule_of
from quizgen.model import Form, Frozen, GradeBand, Revision, Rules
from quizgen.sheet import Delimiter, write_sheet


class ItemRecord(Frozen, frozen=True, kw_only=True):
    """An item as it was marked. Points are exact, such as "1/2"."""

    item: str
    points: str
    rule: str
    void: str = ""
    decided: tuple[str, ...] = ()


class StudentRecord(Frozen, frozen=True, kw_only=True):
    """A student's cells and points, each in the order of the items; null where there are none."""

    student: str
    form: str
    total: str | None
    possible: str
    given: tuple[str | None, ...]
    points: tuple[str | None, ...]
    open: tuple[str, ...] = ()


class Record(Frozen, frozen=True, kw_only=True):
    """What a grading came to, exactly, so that the next one can say what changed."""

    quiz: str
    edition: int
    items: tuple[ItemRecord, ...]
    students: tuple[StudentRecord, ...]


def record_of(
    quiz: str, edition: int, results: Results, revisions: Sequence[Revision] = ()
) -> Record:
    """The record of a grading, with what was decided of each item after the exam."""
    schemes = [results.schemes[item.id] for item in results.items]
    items = tuple(
        ItemRecord(
            item=scheme.item.id,
            points=str(scheme.possible),
            rule=rule_of(scheme.item, results.rules),
            void=scheme.void,
            decided=tuple(_said(one) for one in revisions if one.item == scheme.item.id),
        )
        for scheme in schemes
    )
    points = _Points(str)
    students = tuple(_student(result, points) for result in results.results)
    return Record(quiz=quiz, edition=edition, items=items, students=students)


def _said(one: Revision) -> str:
    what = one.void or one.letter or "; ".join(one.accept) or str(one.points)
    return f"{one.date} {one.form}{one.gap or ''} {what}"


class _Points:
    """Points as text, written once for each answer: many students share one, and Fractions are slow."""

    def __init__(self, written: Callable[[Fraction], str]) -> None:
        self._written = written
        self._known: dict[int, tuple[Answer, str]] = {}

    def of(self, answers: Sequence[Answer | None]) -> list[str | None]:
        """The points of each answer; None where there are none."""
        known = self._known
        return [
            None
            if answer is None
            else found[1]
            if (found := known.get(id(answer))) is not None
            else self._first(answer)
            for answer in answers
        ]

    def _first(self, answer: Answer) -> str | None:
        if answer.score is None:
            return None
        text = self._written(answer.score.points)
        self._known[id(answer)] = answer, text  # held, so that no other answer has its id
        return text


def _student(result: Result, points: _Points) -> StudentRecord:
    return StudentRecord(
        student=result.student,
        form=result.form,
        total=None if result.total is None else str(result.total),
        possible=str(result.possible),
        given=tuple(None if answer is None else answer.text for answer in result.answers),
        points=tuple(points.of(result.answers)),
        open=("absent",) if result.is_absent else result.open,
    )


def write_record(record: Record) -> bytes:
    """The record as JSON, a line for each item and each student."""

    def rows(values: Sequence[object]) -> bytes:
        return b",\n  ".join(map(msgspec.json.encode, values))

    head = msgspec.json.encode({"quiz": record.quiz, "edition": record.edition})[:-1]
    return (
        head
        + b',\n"items": [\n  '
        + rows(record.items)
        + b'\n],\n"students": [\n  '
        + rows(record.students)
        + b"\n]}\n"
    )


def read_record(data: bytes) -> Record | None:
    """A record of before; None where it is none that can be believed."""
    try:
        record = msgspec.json.decode(data, type=Record)
    except msgspec.DecodeError:
        return None
    count = len(record.items)
    if any(len(one.points) != count or len(one.given) != count for one in record.students):
        return None
    return record


# --- The gradebook -------------------------------------------------------------------------------


def gradebook(
    results: Results,
    forms: Sequence[Form],
    bands: Sequence[GradeBand],
    names: Mapping[str, tuple[str, str]],
    delimiter: Delimiter,
) -> bytes:
    """A row for each student in the order of the responses: total, grade, points for each question.

    `names` are (id, name) by `same_student`; who is among them and handed in no paper has a row at
    the end. Whoever is not finished has no total, and `open` names what is missing. Numbers have
    the decimal sign that goes with the delimiter, and at most two decimals.
    """
    sign = "," if delimiter == ";" else "."
    head = ["student", *(["name"] if names else []), "form", "total", "possible", "percent"]
    head += [*(["grade"] if bands else []), "open"]
    numbers = numbers_of(forms)
    head += [
        _heading(results.schemes[item.id], numbers.get(item.id, ""), results.rules, sign)
        for item in results.items
    ]
    rows = [head]
    points = _Points(lambda value: decimal(value, 2, sign))
    dropped = [results.schemes[item.id].void == "drop" for item in results.items]
    there = set()
    for result in results.results:
        same = same_student(result.student)
        there.add(same)
        student, name = names.get(same, (result.student, ""))
        percent = result.percent
        total = "" if result.total is None else decimal(result.total, 2, sign)
        possible = decimal(result.possible, 2, sign) if result.possible else ""
        row = [student, *([name] if names else []), result.form, total, possible]
        row.append("" if percent is None else decimal(percent, 1, sign))
        row += [band_of(percent, bands)] if bands else []
        row.append("absent" if result.is_absent else "; ".join(result.open))
        row += [
            "" if text is None or is_dropped else text
            for text, is_dropped in zip(points.of(result.answers), dropped, strict=True)
        ]
        rows.append(row)
    for same, (student, name) in names.items():
        if same not in there:
            empty = [""] * (len(head) - 2)
            empty[head.index("open") - 2] = "no paper"
            rows.append([student, name, *empty])
    return write_sheet(rows, delimiter)


def numbers_of(forms: Sequence[Form]) -> Mapping[str, str]:
    """The printed number of each item that has the same one in every form."""
    found: dict[str, set[int]] = {}
    for form in forms:
        for question in form.questions:
            found.setdefault(question.item.id, set()).add(question.number)
    return {name: str(*numbers) for name, numbers in found.items() if len(numbers) == 1}


def _heading(scheme: Scheme, number: str, rules: Rules, sign: str) -> str:
    """Such as "7 baikal (2, balanced)"."""
    name = f"{number} {scheme.item.id}".strip()
    if scheme.void == "drop":
        return f"{name} (dropped)"
    points = decimal(scheme.possible, 2, sign)
    rule = "full marks for all" if scheme.void else rule_of(scheme.item, rules)
    return f"{name} ({points}, {rule})"


def decimal(value: Fraction, places: int, sign: str = ".") -> str:
    """A number with at most so many decimals, a half away from zero; rounding ends on this page."""
    return _decimal(value.numerator, value.denominator, places, sign)


@lru_cache(maxsize=4096)
def _decimal(top: int, bottom: int, places: int, sign: str) -> str:
    whole = (2 * abs(top) * 10**places + bottom) // (2 * bottom)
    digits = str(whole).rjust(places + 1, "0")
    part = digits[len(digits) - places :].rstrip("0")
    minus = "-" if top < 0 and whole else ""
    return f"{minus}{digits[: len(digits) - places]}{sign + part if part else ''}"
