"""An edition to the tree of a manifest, which JSON can write, and back.

The rules of scoring and the points stand in full, so that no later default changes what a paper
promised.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import Any, assert_never

import msgspec
from msgspec.structs import asdict

from quizgen.core.form import digest_of, key_letters
from quizgen.core.order import right_sides
from quizgen.model import (
    Card,
    Choice,
    Cloze,
    Common,
    Document,
    Draw,
    Edition,
    Entry,
    Form,
    Frozen,
    Item,
    Match,
    Number,
    Open,
    Order,
    Passage,
    Question,
    Quiz,
    QuizPlan,
    TrueFalse,
)

FORMAT = 1
_LEAD = ("type", "id", "points")


def tree_of(edition: Edition) -> dict[str, Any]:
    """What a manifest holds, but for its checksum."""
    quiz = edition.quiz
    rules = {name: plain(value) for name, value in asdict(quiz.plan.rules).items()}
    plan = {**plain(quiz.plan), "rules": rules}
    draws = {"draws": plain(quiz.draws)} if quiz.draws else {}
    return {
        "format": FORMAT,
        "quizgen": edition.version,
        "edition": edition.number,
        "frozen": edition.frozen,
        "bank": {
            "name": quiz.bank,
            "title": edition.title,
            "language": edition.language,
            "digest": edition.bank_digest,
        },
        "points": str(quiz.points),
        "plan": plan,
        "passages": plain(quiz.passages),
        "documents": plain(edition.documents),
        "media": dict(edition.media),
        "items": [_item(item) for item in quiz.items],
        **draws,
        "forms": [_form(form) for form in edition.forms],
    }


def _item(item: Item) -> dict[str, Any]:
    """An item with what it asks before what every item may say."""
    fields = {**plain(item), "points": str(item.points)}
    common = [name for name in fields if name in Common.__struct_fields__ and name not in _LEAD]
    names = dict.fromkeys((*_LEAD, *(name for name in fields if name not in common), *common))
    return {name: fields[name] for name in names}


def _form(form: Form) -> dict[str, Any]:
    return {
        "letter": form.letter,
        "digest": form.digest,
        "questions": [_question(question) for question in form.questions],
    }


def _question(question: Question) -> dict[str, Any]:
    row: dict[str, Any] = {"number": question.number, "item": question.item.id}
    if question.section:
        row["section"] = question.section
    row["key"] = list(key_letters(question))
    if question.order:
        row["order"] = list(question.order)
    if question.rights:
        row["rights"] = list(question.rights)
    return row


def plain(value: Any) -> Any:
    """Any value of the model as JSON knows it, an exact number as a text such as 3/4.

    What equals its default is left out: msgspec itself leaves out what is the same object, which a
    text read from a file never is, so that equal values would not be written alike.
    """
    match value:
        case Frozen():
            tag, told = _fields(type(value))
            own = ((name, getattr(value, name), default) for name, default in told)
            return tag | {
                name: plain(found)
                for name, found, default in own
                if not default or found != default[0]
            }
        case Mapping():
            return {str(name): plain(one) for name, one in value.items()}
        case tuple() | list():
            return [plain(one) for one in value]
        case Fraction():
            return str(value)
        case _:
            return value


@cache
def _fields(kind: type[Frozen]) -> tuple[dict[str, Any], tuple[tuple[str, tuple[Any, ...]], ...]]:
    """The tag of a kind of value, and each of its fields with its default, if it has one."""
    config = kind.__struct_config__
    tag = {config.tag_field: config.tag} if config.tag_field else {}
    defaults: list[tuple[str, tuple[Any, ...]]] = []
    for field in msgspec.structs.fields(kind):
        if field.default_factory is not msgspec.NODEFAULT:
            defaults.append((field.name, (field.default_factory(),)))
        elif field.default is not msgspec.NODEFAULT:
            defaults.append((field.name, (field.default,)))
        else:
            defaults.append((field.name, ()))
    return tag, tuple(defaults)


# --- From the tree to values ---------------------------------------------------------------------


class _Bank(msgspec.Struct, frozen=True):
    name: str
    title: str
    language: str
    digest: str


class _Question(msgspec.Struct, frozen=True):
    number: int
    item: str
    order: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()
    section: int = 0


class _Form(msgspec.Struct, frozen=True):
    letter: str
    digest: str
    questions: tuple[_Question, ...]


class _Manifest(msgspec.Struct, frozen=True):
    """What a manifest holds of its own; the rest follows."""

    quizgen: str
    edition: int
    frozen: str
    bank: _Bank
    plan: QuizPlan
    items: tuple[Item, ...]
    forms: tuple[_Form, ...]
    passages: tuple[Passage, ...] = ()
    documents: tuple[Document, ...] = ()
    media: dict[str, str] = {}
    draws: tuple[Draw, ...] = ()


def _read(kind: type, value: object) -> Fraction:
    if kind is Fraction and isinstance(value, str):
        return Fraction(value)
    raise NotImplementedError(kind)


class Unsound(Exception):
    """Two things in a manifest contradict one another; says which, as a part of a sentence."""


def edition_of(tree: object) -> Edition:
    """The edition that a tree says; all its digests are reckoned anew.

    Raises Unsound where its parts do not fit; ValueError, ZeroDivisionError or
    msgspec.ValidationError for what is no such tree.
    """
    told = msgspec.convert(tree, _Manifest, dec_hook=_read)
    quiz = Quiz(
        bank=told.bank.name,
        plan=told.plan,
        items=told.items,
        passages=told.passages,
        draws=told.draws,
    )
    by_id = {item.id: item for item in told.items}
    if len(by_id) < len(told.items):
        raise Unsound("two of its items have one id")
    for item in told.items:
        _check(item)
    sides = {item.id: (sorted(_ordered(item)), sorted(_rights(item))) for item in told.items}
    _check_draws(told, by_id)
    forms = tuple(
        _form_of(quiz, form, quiz.drawn(place), by_id, sides)
        for place, form in enumerate(told.forms)
    )
    if not forms or len({form.letter for form in forms}) < len(forms):
        raise Unsound("its forms do not have a letter each")
    return Edition(
        number=told.edition,
        frozen=told.frozen,
        version=told.quizgen,
        bank_digest=told.bank.digest,
        language=told.bank.language,
        title=told.bank.title,
        documents=told.documents,
        quiz=quiz,
        forms=forms,
        media=told.media,
    )


def _check_draws(told: _Manifest, by_id: Mapping[str, Item]) -> None:
    """Raise where the draws are not those of these forms, sections and items."""
    plan, draws = told.plan, told.draws
    wanted = len(told.forms) if plan.parallel else int(bool(plan.sections))
    if len(draws) != wanted:
        raise Unsound("its forms were not all drawn")
    for draw in draws:
        if len(draw) != len(plan.all_sections) or not all(
            name in by_id for section in draw for name in section
        ):
            raise Unsound("its draws are not of its sections and items")


def _form_of(
    quiz: Quiz,
    told: _Form,
    drawn: Sequence[Sequence[Item]],
    by_id: Mapping[str, Item],
    sides: Mapping[str, tuple[list[str], list[str]]],
) -> Form:
    for row in told.questions:
        if row.item not in by_id:
            raise Unsound(f'form {told.letter} asks "{row.item}", which is none of its items')
        if not 0 <= row.section < len(drawn):
            raise Unsound(f"form {told.letter} has a section that is none of the quiz")
        if (sorted(row.order), sorted(row.rights)) != sides[row.item]:
            raise Unsound(f'form {told.letter} orders what "{row.item}" does not have')
    if len({row.item for row in told.questions}) < len(told.questions):
        raise Unsound(f"form {told.letter} asks one item twice")
    asked = sorted((row.section, row.item) for row in told.questions)
    if asked != sorted((n, item.id) for n, section in enumerate(drawn) for item in section):
        raise Unsound(f"form {told.letter} asks other items than were drawn for it")
    questions = tuple(
        Question(
            number=row.number,
            item=by_id[row.item],
            order=row.order,
            rights=row.rights,
            section=row.section,
        )
        for row in told.questions
    )
    digest = digest_of(quiz, told.letter, questions)
    return Form(quiz=quiz, letter=told.letter, questions=questions, digest=digest)


def _ordered(item: Item) -> Sequence[str]:
    """The identities of what an item has printed in some order."""
    match item:
        case Choice(options=options) | Order(sequence=options):
            return [option.id for option in options]
        case Match(pairs=pairs):
            return [pair.left.id for pair in pairs]
        case TrueFalse() | Entry() | Number() | Cloze() | Open() | Card():
            return ()
        case _:
            assert_never(item)


def _rights(item: Item) -> Sequence[str]:
    return [side.id for side in right_sides(item)] if isinstance(item, Match) else ()


def _check(item: Item) -> None:
    """Raise for an item that cannot be asked or has no key."""
    names = _ordered(item)
    is_whole = len(set(names)) == len(names)
    match item:
        case Choice(keys=keys):
            is_whole = is_whole and bool(keys) and set(keys) <= set(names)
        case Entry(accept=accept):
            is_whole = bool(accept)
        case Cloze(gaps=gaps):
            is_whole = bool(gaps) and all(gap.accept for gap in gaps)
        case _:
            pass
    if not is_whole:
        raise Unsound(f'"{item.id}" lacks a key or has one option twice')
