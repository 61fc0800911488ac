"""The items of an edition and what was decided about them later, to how each is marked now."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple, assert_never

from msgspec.structs import replace

from quizgen.core.measure import in_unit_of
from quizgen.core.quantity import parse_number
from quizgen.grading.cells import TRUTHS, ByHand, read_cell
from quizgen.grading.unclear import Unclear
from quizgen.model import (
    Card,
    Choice,
    Cloze,
    Decided,
    Entry,
    Form,
    Frozen,
    Gap,
    Item,
    Match,
    Matched,
    Number,
    Open,
    Order,
    Ordered,
    Pair,
    Picked,
    Question,
    Response,
    Revision,
    Rules,
    TrueFalse,
)

_MOST = 6
"""Keys accepted for one item after the exam: with each, the ways to be right may double."""


class Scheme(Frozen, frozen=True, kw_only=True):
    """How an item is marked: by the best of its keys, the first of which is the one it had.

    `void` gives full marks to all, or counts the item for nobody.
    """

    item: Item
    keys: tuple[Item, ...]
    void: Literal["", "full", "drop"] = ""

    @property
    def possible(self) -> Fraction:
        """What full marks are worth."""
        return Fraction(0) if self.void == "drop" else self.item.points


class Refused(NamedTuple):
    """A revision that cannot be carried out: its place in the list (from 0), its field, and why."""

    place: int
    field: str
    code: str
    message: str
    fix: str


def items_of(forms: Sequence[Form]) -> tuple[Item, ...]:
    """Every item of the forms once, in the order of the first form that has it."""
    found: dict[str, Item] = {}
    for item in forms[0].quiz.items if forms else ():
        found[item.id] = item
    for form in forms:
        for question in form.questions:
            found.setdefault(question.item.id, question.item)
    return tuple(found.values())


def schemes_of(
    forms: Sequence[Form],
    revisions: Sequence[Revision] = (),
    truths: Mapping[str, bool] = TRUTHS,
) -> tuple[Mapping[str, Scheme], tuple[Refused, ...]]:
    """The scheme of each item by its id, and the revisions that fit none, which change nothing.

    `truths` are the words for true and false, in small letters.
    """
    schemes = {item.id: Scheme(item=item, keys=(item,)) for item in items_of(forms)}
    refused: list[Refused] = []
    accepted: dict[str, int] = {}
    for index, revision in enumerate(revisions):
        scheme = schemes.get(revision.item)
        if scheme is None:
            refused.append(_unknown_item(index, revision.item, schemes))
            continue
        if revision.points is not None:
            schemes[revision.item] = _worth(scheme, revision.points)
        elif revision.void:
            schemes[revision.item] = replace(scheme, void=revision.void)
        else:
            accepted[revision.item] = accepted.get(revision.item, 0) + 1
            found = _accepting(scheme, revision, forms, truths)
            if accepted[revision.item] > _MOST:
                found = ("accept", "too_many", "it takes more than six further keys", "Void it.")
            if isinstance(found, Scheme):
                schemes[revision.item] = found
            else:
                field, code, clause, fix = found
                message = f'The question "{revision.item}" cannot be marked so: {clause}.'
                refused.append(Refused(index, field, code, message, fix))
    return schemes, tuple(refused)


def _unknown_item(index: int, name: str, schemes: Mapping[str, Scheme]) -> Refused:
    from difflib import get_close_matches

    near = get_close_matches(name, schemes, n=1)
    meant = f'; did you mean "{near[0]}"?' if near else "."
    return Refused(
        index,
        "item",
        "unknown_item",
        f'This edition has no question "{name}"{meant}',
        f"Write {near[0]}." if near else f"It has: {', '.join(schemes)}.",
    )


def _worth(scheme: Scheme, points: Fraction) -> Scheme:
    keys = tuple(replace(key, points=points) for key in scheme.keys)
    return replace(scheme, item=replace(scheme.item, points=points), keys=keys)


# --- Another key ---------------------------------------------------------------------------------

_Fault = tuple[str, str, str, str]


def _accepting(
    scheme: Scheme, revision: Revision, forms: Sequence[Form], truths: Mapping[str, bool]
) -> Scheme | _Fault:
    """The scheme with another key beside each that it has, so that nobody loses by it."""
    item = scheme.item
    if revision.letter:
        given = _printed(item, revision, forms, truths)
    else:
        given = _named(item, revision, truths)
    if isinstance(given, tuple):
        return given
    keys = list(scheme.keys)
    for key in scheme.keys:
        other = _with(key, given, revision.gap)
        if other not in keys:
            keys.append(other)
    return replace(scheme, keys=tuple(keys))


def _printed(
    item: Item, revision: Revision, forms: Sequence[Form], truths: Mapping[str, bool]
) -> Response | str | _Fault:
    """What letters mean on the form that they were read from."""
    form = next((one for one in forms if one.letter == revision.form.upper()), None)
    if form is None:
        letters = ", ".join(one.letter for one in forms)
        return (
            "form",
            "unknown_form",
            f'there is no form "{revision.form}"',
            f"There are: {letters}.",
        )
    question = next((one for one in form.questions if one.item.id == item.id), None)
    if question is None:
        return "form", "unknown_form", f"form {form.letter} does not have it", "Name another form."
    match item:
        case Choice() | TrueFalse() | Match() | Order():
            return _read(question, revision.letter, truths)
        case Entry() | Number() | Cloze() | Open() | Card():
            return (
                "letter",
                "no_letters",
                "it is not answered by letters",
                "Write accept: and the text that is right as well.",
            )
        case _:
            assert_never(item)


def _read(question: Question, letter: str, truths: Mapping[str, bool]) -> Response | _Fault:
    several = question.item
    if isinstance(several, Choice):
        several = replace(several, multiple=True)
    read = read_cell(replace(question, item=several), letter, Rules(), truths)
    match read:
        case Unclear(code=code, clause=clause, fix=fix):
            return "letter", code, clause, fix
        case None | ByHand():
            return "letter", "unknown_answer", f'"{letter}" names no answer', "Write its letters."
        case _:
            return read


def _named(item: Item, revision: Revision, truths: Mapping[str, bool]) -> Response | str | _Fault:
    """What texts or ids mean."""
    texts = revision.accept
    match item:
        case Choice(options=options):
            of_text = {_plain(way): one.id for one in options for way in (one.text, one.id)}
            if any(_plain(text) not in of_text for text in texts):
                return _none_of(item.id, [one.text for one in options])
            return Picked(options=frozenset(of_text[_plain(text)] for text in texts))
        case TrueFalse():
            value = truths.get(_plain(texts[0]))
            return (
                Decided(value=value) if value is not None else _none_of(item.id, ["true", "false"])
            )
        case Order(sequence=sequence):
            of_text = {_plain(way): one.id for one in sequence for way in (one.text, one.id)}
            ids = tuple(of_text.get(_plain(text), "") for text in texts)
            if sorted(ids) != sorted(one.id for one in sequence):
                return _none_of(item.id, [one.text for one in sequence], "the whole order of")
            return Ordered(sequence=ids)
        case Number():
            return _number(item, texts)
        case Entry():
            return texts[0] if len(texts) == 1 else _one_text()
        case Cloze(gaps=gaps):
            if not 1 <= revision.gap <= len(gaps) and (revision.gap or len(gaps) > 1):
                return "gap", "unknown_gap", f"it has the gaps 1 to {len(gaps)}", "Write gap: 1."
            return texts[0] if len(texts) == 1 else _one_text()
        case Match():
            return _pairs(item, texts)
        case Open() | Card():
            return "accept", "by_hand", "a person marks it", "Change the points in responses.csv."
        case _:
            assert_never(item)


def _number(item: Number, texts: Sequence[str]) -> str | _Fault:
    """The number in the item's unit, as its author would write it."""
    quantity = parse_number(texts[0])
    if quantity is None or len(texts) > 1:
        return "accept", "not_a_number", "a number is asked for", "Write one number."
    if quantity.other is not None:
        ways = " or ".join(map(_written, (quantity.value, quantity.other)))
        clause = f'"{texts[0]}" can be read as {ways}'
        return "accept", "unsure_number", clause, f"Write {ways}."
    value = in_unit_of(item, quantity)
    if value is None:
        asked = f"the unit is {item.unit}" if item.unit else "no unit is asked for"
        clause = f'"{texts[0]}" cannot be turned into it, since {asked}'
        fix = f"Write the number in {item.unit}." if item.unit else "Write the number alone."
        return "accept", "other_unit", clause, fix
    return _written(value) if quantity.unit else texts[0]


def _written(value: Fraction) -> str:
    """Exactly: as a decimal where it is one, else such as 250/9."""
    places = next((n for n in range(19) if 10**n % value.denominator == 0), None)
    if places is None:
        return str(value)
    digits = str(abs(value.numerator) * (10**places // value.denominator)).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    part = f".{digits[len(digits) - places :]}" if places else ""
    return f"{sign}{digits[: len(digits) - places]}{part}"


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _none_of(name: str, texts: Sequence[str], what: str = "one of") -> _Fault:
    shown = "; ".join(" ".join(text.split())[:40] for text in texts)
    return "accept", "unknown_answer", f'"{name}" has no such answer', f"Write {what}: {shown}."


def _one_text() -> _Fault:
    return "accept", "one_text", "one answer is accepted at a time", "Write an entry for each."


def _pairs(item: Match, texts: Sequence[str]) -> Response | _Fault:
    """Pairs written "left = right"."""
    lefts = {_plain(way): p.left.id for p in item.pairs for way in (p.left.text, p.left.id)}
    sides = [*(pair.right for pair in item.pairs), *item.extra]
    rights = {_plain(way): one.id for one in sides for way in (one.text, one.id)}
    found = {}
    for text in texts:
        left, _, right = text.partition("=")
        if _plain(left) not in lefts or _plain(right) not in rights:
            shown = f"{item.pairs[0].left.text} = {item.pairs[0].right.text}"
            return _none_of(item.id, [shown], "pairs such as")
        found[lefts[_plain(left)]] = rights[_plain(right)]
    return Matched(pairs=found)


def _with(key: Item, given: Response | str, gap: int) -> Item:
    """The item with the key that was given beside or in place of its own."""
    match key, given:
        case Choice(), Picked(options=options):
            order = [one.id for one in key.options]
            right = {*options, *key.keys}
            return replace(key, keys=tuple(one for one in order if one in right))
        case TrueFalse(), Decided(value=value):
            return replace(key, answer=value)
        case Order(), Ordered(sequence=ids):
            of_id = {one.id: one for one in key.sequence}
            return replace(key, sequence=tuple(of_id[one] for one in ids))
        case Match(), Matched(pairs=pairs):
            sides = {one.id: one for one in (*(p.right for p in key.pairs), *key.extra)}
            changed = tuple(
                Pair(left=p.left, right=sides[pairs.get(p.left.id, p.right.id)]) for p in key.pairs
            )
            used = {pair.right.id for pair in changed}
            extra = tuple(one for name, one in sides.items() if name not in used)
            return replace(key, pairs=changed, extra=extra)
        case Entry(), str(text):
            return replace(key, accept=(text,))
        case Number(), str(text):
            number = parse_number(text)
            worth = key.value if number is None else number.value
            return replace(key, value=worth, text=text)
        case Cloze(), str(text):
            chosen = key.gaps[max(gap, 1) - 1].number
            parts = tuple(
                replace(part, accept=(*part.accept, text))
                if isinstance(part, Gap) and part.number == chosen
                else part
                for part in key.parts
            )
            return replace(key, parts=parts)
        case _:
            raise AssertionError(key.id)


def rule_of(item: Item, rules: Rules) -> str:
    """The name of the rule by which an item is scored."""
    match item:
        case Choice():
            return rules.multiple if item.multiple else rules.single
        case TrueFalse():
            return rules.true_false
        case Match():
            return rules.match
        case Order():
            return rules.order
        case Cloze():
            return rules.cloze
        case Entry():
            return "right"
        case Number():
            return "bands" if item.bands else "right"
        case Open() | Card():
            return "by_hand"
        case _:
            assert_never(item)
