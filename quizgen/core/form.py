"""A quiz to its forms, and each form to its key: what is printed where, and which letters are right.

A letter is only a view of (item, form); orders and keys are identities throughout. Form k depends
on k alone, never on how many forms are made.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from hashlib import sha256
from itertools import groupby
from typing import assert_never

from quizgen.core.members import whole_answers
from quizgen.core.order import free_options, option_order, pinned, right_order, right_sides
from quizgen.core.stream import shuffled
from quizgen.model import (
    Card,
    Choice,
    Cloze,
    Decided,
    Entry,
    Filled,
    Form,
    Gap,
    Item,
    Marked,
    Match,
    Matched,
    Number,
    Open,
    Option,
    Order,
    Ordered,
    Picked,
    Question,
    Quiz,
    Response,
    TrueFalse,
    Typed,
)


@lru_cache(maxsize=1024)
def letter(index: int) -> str:
    """The letter of form, option or right side number `index` (from 0): A to Z, AA, AB, ..."""
    letters = ""
    index += 1
    while index:
        index, place = divmod(index - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def make_forms(quiz: Quiz) -> tuple[Form, ...]:
    """As many forms as the quiz's plan asks for."""
    return tuple(make_form(quiz, index) for index in range(quiz.plan.forms))


def make_form(quiz: Quiz, index: int) -> Form:
    """Form number `index` (from 0) of a quiz.

    Questions stand in the same order in every form unless their section shuffles them, and never
    leave it; those on one passage stay together either way. Raises IndexError for a parallel form
    that was not drawn.
    """
    drawn = quiz.drawn(index)
    items = [item for section in drawn for item in section]
    even = _balanced(quiz, items, index) if quiz.plan.balanced else {}
    questions: list[Question] = []
    for place, (section, own) in enumerate(zip(quiz.plan.all_sections, drawn, strict=True)):
        for item in _shuffled_questions(quiz, own, index) if section.shuffle_questions else own:
            number = len(questions) + 1
            questions.append(_question(quiz, (number, place), item, index, even.get(item.id)))
    name = letter(index)
    return Form(
        quiz=quiz,
        letter=name,
        questions=tuple(questions),
        digest=digest_of(quiz, name, questions),
    )


def _question(
    quiz: Quiz, place: tuple[int, int], item: Item, form: int, order: tuple[str, ...] | None
) -> Question:
    """The item at a place of a form (number, section), its options in `order` or in their own."""
    bank, seed = quiz.bank, quiz.plan.seed
    if order is None:
        order = option_order(item, bank=bank, seed=seed, form=form)
    rights = right_order(item, bank=bank, seed=seed, form=form) if isinstance(item, Match) else ()
    number, section = place
    return Question(number=number, item=item, order=order, rights=rights, section=section)


def _shuffled_questions(quiz: Quiz, items: Sequence[Item], index: int) -> tuple[Item, ...]:
    groups = {
        group[0].id: group
        for _, found in groupby(items, key=lambda item: item.passage or item.id)
        for group in [tuple(found)]
    }
    order = shuffled(groups, "questions", quiz.plan.seed, quiz.bank, quiz.plan.id, index)
    return tuple(item for first in order for item in groups[first])


def _balanced(quiz: Quiz, items: Sequence[Item], index: int) -> Mapping[str, tuple[str, ...]]:
    """Orders in which every letter is the key equally often, as near as can be.

    Only choices with one key that may stand anywhere take part. A reader of the paper can make use
    of such a balance (Bar-Hillel and Attali, "Seek Whence", 2002); so it is never the default.
    """
    rooms: dict[tuple[int, int], list[Choice]] = {}
    for item in items:
        if isinstance(item, Choice) and len(item.keys) == 1:
            free = free_options(item)
            if len(free) > 1 and item.keys[0] in {option.id for option in free}:
                lead = sum(option.pin == "first" for option in item.options)
                rooms.setdefault((lead, len(free)), []).append(item)
    where = (quiz.plan.seed, quiz.bank, quiz.plan.id, index)
    orders: dict[str, tuple[str, ...]] = {}
    for (lead, count), alike in rooms.items():
        named = {item.id: item for item in alike}
        for turn, name in enumerate(shuffled(named, "balanced.items", *where, lead, count)):
            round_, place = divmod(turn, count)
            places = shuffled(
                map(str, range(count)), "balanced.places", *where, lead, count, round_
            )
            orders[name] = _key_at(named[name], int(places[place]), where)
    return orders


def _key_at(item: Choice, place: int, where: tuple[int, str, str, int]) -> tuple[str, ...]:
    free = [option.id for option in free_options(item)]
    others = [identity for identity in free if identity not in item.keys]
    order = list(shuffled(others, "balanced.others", *where, item.id))
    order.insert(place, item.keys[0])
    return pinned(item.options, order)


# --- What is printed -----------------------------------------------------------------------------


def printed_options(question: Question) -> tuple[tuple[str, Option], ...]:
    """Each option, left side or thing to order of a question with its mark, as printed.

    Options have letters; left sides numbers from 1; things to put in order an empty box.
    """
    match question.item:
        case Choice(options=options):
            return tuple(zip(_letters(), _picked(options, question.order), strict=False))
        case Match(pairs=pairs):
            lefts = _picked([pair.left for pair in pairs], question.order)
            return tuple((str(number), left) for number, left in enumerate(lefts, start=1))
        case Order(sequence=sequence):
            return tuple(("", thing) for thing in _picked(sequence, question.order))
        case TrueFalse() | Entry() | Number() | Cloze() | Open() | Card():
            return ()
        case _:
            assert_never(question.item)


def printed_rights(question: Question) -> tuple[tuple[str, Option], ...]:
    """The right sides of a match with their letters, as printed; empty for other types."""
    if not isinstance(question.item, Match):
        return ()
    rights = _picked(right_sides(question.item), question.rights)
    return tuple(zip(_letters(), rights, strict=False))


def _letters() -> Iterator[str]:
    index = 0
    while True:
        yield letter(index)
        index += 1


def _picked(options: Sequence[Option], order: Sequence[str]) -> tuple[Option, ...]:
    by_id = {option.id: option for option in options}
    return tuple(by_id[identity] for identity in order)


# --- The key -------------------------------------------------------------------------------------


def key_letters(question: Question) -> tuple[str, ...]:
    """What a teacher compares a paper with.

    The letters of the right options; "True" or "False"; the letter for each left side in printed
    order; the place of each thing to order in printed order; the accepted texts of an entry, a
    number, each gap's first answer. Empty for open answers; a card's back.
    """
    item = question.item
    match item:
        case Choice():
            return tuple(
                mark for mark, option in printed_options(question) if option.id in item.keys
            )
        case TrueFalse():
            return ("True" if item.answer else "False",)
        case Entry(kind="set" | "list"):
            return whole_answers(item.accept)
        case Entry():
            return item.accept
        case Number():
            return (f"{item.text} {item.unit}".strip(),)
        case Cloze():
            return tuple(gap.accept[0] for gap in item.gaps)
        case Match():
            of_right = {option.id: mark for mark, option in printed_rights(question)}
            key = {pair.left.id: of_right[pair.right.id] for pair in item.pairs}
            return tuple(key[left] for left in question.order)
        case Order():
            place = {thing.id: str(n) for n, thing in enumerate(item.sequence, start=1)}
            return tuple(place[identity] for identity in question.order)
        case Open():
            return ()
        case Card():
            return (item.back,)
        case _:
            assert_never(item)


def response_from_letters(question: Question, letters: Sequence[str]) -> Response:
    """What a student meant who marked the paper so; the counterpart of `key_letters`.

    Raises KeyError for a mark that the printed question does not have.
    """
    item = question.item
    if not letters:
        return None
    match item:
        case Choice():
            of_mark = {mark: option.id for mark, option in printed_options(question)}
            return Picked(options=frozenset(of_mark[mark] for mark in letters))
        case TrueFalse():
            return Decided(value={"True": True, "False": False}[letters[0]])
        case Entry() | Number():
            return Typed(text=letters[0])
        case Cloze():
            return Filled(
                gaps={gap.number: text for gap, text in zip(item.gaps, letters, strict=True)}
            )
        case Match():
            of_mark = {mark: option.id for mark, option in printed_rights(question)}
            given = zip(question.order, letters, strict=True)
            return Matched(pairs={left: of_mark[mark] for left, mark in given if mark})
        case Order():
            places = {int(mark): thing for mark, thing in zip(letters, question.order, strict=True)}
            return Ordered(sequence=tuple(places[n] for n in range(1, len(letters) + 1)))
        case Open() | Card():
            return Marked(share=Fraction(letters[0]))
        case _:
            assert_never(item)


def key_response(item: Item) -> Response:
    """The response that earns full marks, whatever the form."""
    match item:
        case Choice():
            return Picked(options=frozenset(item.keys))
        case TrueFalse():
            return Decided(value=item.answer)
        case Entry():
            return Typed(text=item.accept[0])
        case Number():
            return Typed(text=item.text)
        case Cloze():
            return Filled(gaps={gap.number: gap.accept[0] for gap in item.gaps})
        case Match():
            return Matched(pairs={pair.left.id: pair.right.id for pair in item.pairs})
        case Order():
            return Ordered(sequence=tuple(thing.id for thing in item.sequence))
        case Open() | Card():
            return Marked(share=Fraction(1))
        case _:
            assert_never(item)


def shared_letters(a: Form, b: Form) -> int:
    """In how many questions with letters (choice, true/false, match, order) two keys agree.

    A student who copies from a neighbour with the other form gains these.
    """
    keys = {question.item.id: key_letters(question) for question in b.questions}
    return sum(keys.get(q.item.id) == key_letters(q) for q in a.questions if has_letters(q.item))


def has_letters(item: Item) -> bool:
    """Whether the key of an item is letters or places, which can be copied at a glance."""
    return isinstance(item, Choice | TrueFalse | Match | Order)


# --- The digest ----------------------------------------------------------------------------------


def digest_of(quiz: Quiz, form: str, questions: Sequence[Question]) -> str:
    """Six hex digits over exactly what is printed, so that the key stands in no digest."""
    digest = sha256()
    plan = quiz.plan
    lines = [quiz.bank, plan.id, plan.title, plan.instructions, str(plan.minutes), form]
    there = {question.item.passage for question in questions}
    lines += [f"{one.title}\n{one.text}" for one in quiz.passages if one.id in there]
    for place, printed in groupby(questions, key=lambda question: question.section):
        if plan.sections:
            lines += ["section", plan.sections[place].title, plan.sections[place].instructions]
        for question in printed:
            lines += [question.item.id, str(question.item.points), *_shown(question)]
    for line in lines:
        data = line.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(4, "big") + data)
    return digest.hexdigest()[:6]


def _shown(question: Question) -> Iterator[str]:
    item = question.item
    match item:
        case Choice(stem=stem) | Match(stem=stem) | Order(stem=stem):
            yield stem
        case Entry(stem=stem) | Open(stem=stem):
            yield stem
        case Number(stem=stem, unit=unit):
            yield from (stem, unit)
        case TrueFalse(statement=statement):
            yield statement
        case Cloze(stem=stem, parts=parts):
            yield stem
            for part in parts:
                yield f"{part.number} {part.hint}" if isinstance(part, Gap) else part
        case Card(front=front):
            yield front
        case _:
            assert_never(item)
    for mark, option in (*printed_options(question), *printed_rights(question)):
        yield f"{mark} {option.text}"
