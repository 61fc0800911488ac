"""Which option of an item is which option that was printed before, though its text was corrected.

An option is known by its identity; by its text, where it was given a name since; and, where one
option alone is gone and one alone is new, as the corrected one. An order is drawn from the
identities that stood on the first paper, so that a corrected option stays where it stood.
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias, assert_never

from msgspec.structs import replace

from quizgen.core.form import make_forms
from quizgen.core.order import right_sides
from quizgen.model import (
    Card,
    Choice,
    Cloze,
    Edition,
    Entry,
    Form,
    Frozen,
    Item,
    Match,
    Number,
    Open,
    Option,
    Order,
    Pair,
    Question,
    Quiz,
    TrueFalse,
)

Names: TypeAlias = Mapping[str, str]
"""An option's identity now to the one it was printed under."""


class Unclear(Frozen, frozen=True, kw_only=True):
    """Options that are gone and options that are new, of which nobody knows which is which."""

    gone: tuple[Option, ...]
    new: tuple[Option, ...]


def sides(item: Item) -> tuple[tuple[Option, ...], ...]:
    """The options of an item; of a match the left sides, then the right ones."""
    match item:
        case Choice(options=options) | Order(sequence=options):
            return (options,)
        case Match(pairs=pairs):
            return (tuple(pair.left for pair in pairs), right_sides(item))
        case TrueFalse() | Entry() | Number() | Cloze() | Open() | Card():
            return ()
        case _:
            assert_never(item)


def same_options(printed: Sequence[Option], now: Sequence[Option]) -> Names | Unclear:
    """What each option of now was printed as; one that was not printed stands under its own name."""
    gone = {option.id: option for option in printed}
    new: list[Option] = []
    names: dict[str, str] = {}
    for option in now:
        if option.id in gone:
            names[option.id] = gone.pop(option.id).id
        else:
            new.append(option)
    by_text = {_said(option): option.id for option in gone.values()}
    for option in tuple(new):
        if (identity := by_text.pop(_said(option), None)) is not None:
            names[option.id] = gone.pop(identity).id
            new.remove(option)
    if len(gone) == len(new) == 1:
        names[new[0].id] = next(iter(gone))
    elif gone and new:
        return Unclear(gone=tuple(gone.values()), new=tuple(new))
    else:
        names |= {option.id: option.id for option in new}
    return names


def _said(option: Option) -> str:
    return " ".join(option.text.split()).casefold()


def printed_names(item: Item, earlier: Sequence[Edition]) -> tuple[Names, ...] | None:
    """By side, the names under which the options stood when they were first printed.

    `earlier` are the editions of the quiz, the first one first. None where no paper had the item.
    """
    now, found = sides(item), False
    traced = [{option.id: option.id for option in side} for side in now]
    for edition in reversed(earlier):
        before = next((one for one in edition.quiz.items if one.id == item.id), None)
        if before is None or len(sides(before)) != len(now):
            continue
        steps = [same_options(a, b) for a, b in zip(sides(before), now, strict=True)]
        if any(isinstance(step, Unclear) for step in steps):
            break
        found = True
        for names, step in zip(traced, steps, strict=True):
            if not isinstance(step, Unclear):
                names |= {own: step[here] for own, here in names.items() if here in step}
        now = sides(before)
    is_clear = all(len(set(names.values())) == len(names) for names in traced)
    return tuple(traced) if found and is_clear else None


def forms_as_before(quiz: Quiz, earlier: Sequence[Edition]) -> tuple[Form, ...]:
    """The forms of a quiz in which a corrected option stands where its printed one would stand."""
    names = {item.id: printed_names(item, earlier) for item in quiz.items} if earlier else {}
    renamed = {
        name: found
        for name, found in names.items()
        if found is not None and any(own != was for side in found for own, was in side.items())
    }
    if not renamed:
        return make_forms(quiz)
    items = {item.id: item for item in quiz.items}
    then = tuple(
        _renamed(item, renamed[item.id]) if item.id in renamed else item for item in quiz.items
    )
    own = {
        name: [{was: own for own, was in side.items()} for side in found]
        for name, found in renamed.items()
    }

    def question(one: Question) -> Question:
        back = own.get(one.item.id)
        if back is None:
            return one
        order = tuple(back[0][name] for name in one.order)
        rights = tuple(back[-1][name] for name in one.rights)
        return replace(one, item=items[one.item.id], order=order, rights=rights)

    return tuple(
        replace(form, quiz=quiz, questions=tuple(map(question, form.questions)))
        for form in make_forms(replace(quiz, items=then))
    )


def _renamed(item: Item, names: Sequence[Names]) -> Item:
    """The item with its options under other names."""

    def side(options: Sequence[Option], place: int = 0) -> tuple[Option, ...]:
        return tuple(replace(option, id=names[place][option.id]) for option in options)

    match item:
        case Choice(options=options, keys=keys):
            return replace(item, options=side(options), keys=tuple(names[0][key] for key in keys))
        case Order(sequence=sequence):
            return replace(item, sequence=side(sequence))
        case Match(pairs=pairs, extra=extra):
            both = zip(
                side([pair.left for pair in pairs]),
                side([pair.right for pair in pairs], 1),
                strict=True,
            )
            renamed = tuple(Pair(left=left, right=right) for left, right in both)
            return replace(item, pairs=renamed, extra=side(extra, 1))
        case TrueFalse() | Entry() | Number() | Cloze() | Open() | Card():
            return item
        case _:
            assert_never(item)
