"""A task to what is asked on the screen, and a typed line to the response that it means."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import assert_never

from quizgen.core.order import option_order, right_order, right_sides
from quizgen.markup import to_text
from quizgen.model import (
    Bank,
    Card,
    Choice,
    Cloze,
    Decided,
    Entry,
    Filled,
    Frozen,
    Gap,
    Item,
    Match,
    Matched,
    Number,
    Open,
    Option,
    Order,
    Ordered,
    Picked,
    Question,
    Response,
    TrueFalse,
    Typed,
)
from quizgen.study.judging import gap_of
from quizgen.study.plan import REVERSE
from quizgen.study.record import Task

_GAP, _OPEN_GAP = "[______]", "[...]"
_HOLD = "\ue000"
"""Stands for a gap while Markdown becomes text: no sign of it can be taken for markup."""


class Row(Frozen, frozen=True, kw_only=True):
    """Something to choose from, with the mark by which it is chosen."""

    mark: str
    text: str


class Asked(Frozen, frozen=True, kw_only=True):
    """A question in words. `how` is what to type, in short and as a sentence.

    `typed` says that any text may be an answer, so that commands need a colon.
    """

    stem: str
    how: tuple[str, str]
    note: str = ""
    picture: str = ""
    sound: str = ""
    rows: tuple[Row, ...] = ()
    rights: tuple[Row, ...] = ()
    typed: bool = False


class Unclear(Frozen, frozen=True):
    """A line that answers nothing, and the sentence that says what would."""

    sentence: str


def laid_out(bank: Bank, item: Item, task: Task, *, seed: int, round_: int) -> Question:
    """The item with its options in the order of this session; another one each time it returns."""
    where = {"bank": bank.name, "seed": seed, "form": round_}
    return Question(
        number=task.step,
        item=item,
        order=option_order(item, **where),  # type: ignore[arg-type]
        rights=right_order(item, **where) if isinstance(item, Match) else (),  # type: ignore[arg-type]
    )


# --- What is shown -------------------------------------------------------------------------------


def asked(question: Question, task: Task, *, filled: AbstractSet[str]) -> Asked:
    """The words of a question; `filled` are the gaps (by part) whose text may already be seen."""
    item = question.item
    rows = marked_rows(question)
    match item:
        case Choice(multiple=False):
            how = (f"1-{len(rows)} answer", f"Answer 1 to {len(rows)}")
            view = Asked(stem=to_text(item.stem), how=how, rows=rows)
        case Choice():
            how = ("answer such as 1 3", "Answer with all that apply, such as 1 3")
            view = Asked(stem=to_text(item.stem), how=how, rows=rows, note="Choose all that apply.")
        case TrueFalse():
            how = ("t true   f false", "Answer t for true or f for false")
            view = Asked(stem=to_text(item.statement), how=how, note="True or false?")
        case Entry():
            how = ("type the answer", "Type the answer")
            view = Asked(stem=to_text(item.stem), how=how, typed=True, note=_kind_note(item))
        case Number(unit=unit):
            how = ("type a number", f"Type a number{f', in {unit}' if unit else ''}")
            note = f"A number, in {unit}." if unit else ""
            view = Asked(stem=to_text(item.stem), how=how, typed=True, note=note)
        case Cloze():
            view = _asked_gap(item, gap_of(item, task), task, filled)
        case Match():
            how = ("pairs such as 1b 2a", "Answer with pairs, such as 1b 2a")
            rights = _rights(question)
            view = Asked(stem=to_text(item.stem), how=how, rows=rows, rights=rights)
        case Order():
            how = ("numbers in order", "Answer with the numbers in order, such as 2 1 3")
            stem = to_text(item.stem)
            note = "" if re.search(r"\border\b", stem, re.IGNORECASE) else "Put these in order."
            view = Asked(stem=stem, how=how, rows=rows, note=note)
        case Open():
            how = (
                "write, an empty line ends",
                "Write your answer; an empty line ends it",
            )
            view = Asked(stem=to_text(item.stem), how=how, typed=True)
        case Card():
            how = ("Enter shows the back", "Recall the other side, then press Enter to see it")
            view = Asked(stem=to_text(item.back if task.part == REVERSE else item.front), how=how)
        case _:
            assert_never(item)
    return _with_media(view, item, task)


def _kind_note(item: Entry) -> str:
    if item.kind == "set":
        return "Several answers, in any order, with commas between them."
    if item.kind == "list":
        return "Several answers, in order, with commas between them."
    return ""


def _asked_gap(item: Cloze, gap: Gap, task: Task, filled: AbstractSet[str]) -> Asked:
    shown: list[str] = []
    source = ""
    for part in item.parts:
        if not isinstance(part, Gap):
            source += part
        elif f"c{part.number}" in filled and part != gap:
            source += part.accept[0]
        else:
            source += _HOLD
            hint = f" ({part.hint})" if part.hint and part == gap else ""
            shown.append(_GAP + hint if f"c{part.number}" == task.part else _OPEN_GAP)
    pieces = to_text(source).split(_HOLD)
    text = pieces[0] + "".join(
        words + piece for words, piece in zip(shown, pieces[1:], strict=False)
    )
    stem = f"{to_text(item.stem)}\n\n{text}" if item.stem else text
    count = len(item.gaps)
    place = item.gaps.index(gap) + 1
    how = ("type what is missing", f"Type what is missing in gap {place} of {count}")
    note = f"Gap {place} of {count}." if count > 1 else ""
    return Asked(stem=stem, how=how, typed=True, note=note)


def _with_media(view: Asked, item: Item, task: Task) -> Asked:
    if task.part == REVERSE:
        return view
    from msgspec.structs import replace

    picture = f"Picture: {item.image.alt} ({item.image.file})" if item.image else ""
    return replace(view, picture=picture, sound=f"Sound: {item.audio}" if item.audio else "")


def marked_rows(question: Question) -> tuple[Row, ...]:
    """The options, left sides or things to order as shown, numbered from 1."""
    item = question.item
    match item:
        case Choice(options=options):
            shown: Sequence[Option] = options
        case Match(pairs=pairs):
            shown = [pair.left for pair in pairs]
        case Order(sequence=sequence):
            shown = sequence
        case TrueFalse() | Entry() | Number() | Cloze() | Open() | Card():
            shown = ()
        case _:
            assert_never(item)
    texts = {option.id: option_text(option) for option in shown}
    return tuple(
        Row(mark=str(number), text=texts[identity])
        for number, identity in enumerate(question.order, start=1)
    )


def _rights(question: Question) -> tuple[Row, ...]:
    if not isinstance(question.item, Match):
        return ()
    texts = {side.id: option_text(side) for side in right_sides(question.item)}
    return tuple(
        Row(mark=letter(place), text=texts[identity])
        for place, identity in enumerate(question.rights)
    )


def letter(place: int) -> str:
    """The small letter of a right side, from 0: a to z, then aa, ab, ..."""
    from quizgen.core.form import letter as capital

    return capital(place).lower()


def option_text(option: Option) -> str:
    """An option on one line, its picture in words."""
    text = " ".join(to_text(option.text).split())
    return f"{text} [{option.image.alt}]".strip() if option.image else text


# --- What is typed -------------------------------------------------------------------------------


def understood(question: Question, task: Task, line: str) -> Response | Unclear:
    """The response that a line means, which is not empty; or what to type instead.

    For choice, true/false, match, order and the typed types; a person scores the others.
    """
    item = question.item
    match item:
        case Choice(multiple=multiple):
            return _picked(question.order, line, multiple=multiple)
        case TrueFalse():
            value = _TRUTH.get(line.strip().casefold())
            return (
                Unclear("Type t for true or f for false.")
                if value is None
                else Decided(value=value)
            )
        case Entry() | Number():
            return Typed(text=line)
        case Cloze():
            return Filled(gaps={gap_of(item, task).number: line})
        case Match():
            return _paired(question, line)
        case Order():
            places = _places(line, len(question.order))
            if places is None or sorted(places) != list(range(len(question.order))):
                count = len(question.order)
                return Unclear(f"Give all numbers from 1 to {count} in order, each once.")
            return Ordered(sequence=tuple(question.order[place] for place in places))
        case Open() | Card():
            raise ValueError(f'"{item.id}" is scored by the learner')
        case _:
            assert_never(item)


_TRUTH = {"t": True, "true": True, "1": True, "f": False, "false": False, "2": False}


def _picked(order: Sequence[str], line: str, *, multiple: bool) -> Response | Unclear:
    places = _places(line, len(order))
    if not places or (len(places) > 1 and not multiple):
        many = ', or several, such as "1 3"' if multiple else ""
        return Unclear(f"Type a number from 1 to {len(order)}{many}.")
    return Picked(options=frozenset(order[place] for place in places))


def _places(line: str, count: int) -> list[int] | None:
    """The places (from 0) that numbers or letters in a line name; None where one names none."""
    words = [word for word in re.split(r"[\s,;.)]+", line.strip().casefold()) if word]
    if count <= 9 or all(word.isalpha() for word in words):
        words = [sign for word in words for sign in word]
    found: list[int] = []
    for word in words:
        if word.isascii() and word.isdigit():
            place = int(word[:6]) - 1
        elif len(word) == 1 and "a" <= word <= "z":
            place = ord(word) - ord("a")
        else:
            return None
        if not 0 <= place < count:
            return None
        found.append(place)
    return found


def _paired(question: Question, line: str) -> Response | Unclear:
    sides = {letter(place): identity for place, identity in enumerate(question.rights)}
    lefts = question.order
    text = line.strip().casefold()
    found = re.findall(r"(\d+)\s*[-=:.)]*\s*([a-z]+)", text)
    rest = re.sub(r"(\d+)\s*[-=:.)]*\s*([a-z]+)|[\s,;]+", "", text)
    if not found:
        bare = re.findall(r"[a-z]", text)
        if len(bare) == len(lefts) and not re.sub(r"[a-z\s,;]+", "", text):
            found = [(str(number), sign) for number, sign in enumerate(bare, start=1)]
            rest = ""
    numbers = [int(number[:6]) for number, _ in found]
    if (
        not found
        or rest
        or len(set(numbers)) < len(numbers)
        or not all(1 <= number <= len(lefts) for number in numbers)
        or not all(side in sides for _, side in found)
    ):
        last = letter(len(question.rights) - 1)
        return Unclear(
            f"Pair each number from 1 to {len(lefts)} with a letter from a to {last}, such as 1b 2a."
        )
    return Matched(pairs={lefts[int(number) - 1]: sides[side] for number, side in found})
