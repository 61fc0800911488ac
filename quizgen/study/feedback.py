"""An answer to what is said after it: what was right, why, where it stands, and what comes next."""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Literal, assert_never

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
    Item,
    Judged,
    Marked,
    Match,
    Matched,
    Number,
    Open,
    Option,
    Order,
    Ordered,
    Picked,
    Placed,
    Question,
    Response,
    Tolerance,
    TrueFalse,
    Typed,
)
from quizgen.study.asking import letter, option_text
from quizgen.study.judging import gap_of
from quizgen.study.plan import REVERSE
from quizgen.study.record import Attempt, Task

Sign = Literal["right", "wrong", "partly", "missed", "blank", "none"]


class Said(Frozen, frozen=True, kw_only=True):
    """A line of feedback: what it says ("you", "right", a card's "back"), its mark and its sign.

    `is_key` says that it is what is right, or a part of it: also what "you" answered rightly.
    """

    sign: Sign
    whose: Literal["you", "right", "missed", "back", ""]
    text: str
    mark: str = ""
    is_key: bool = False


class Feedback(Frozen, frozen=True, kw_only=True):
    """What is said after an answer, in this order; empty where there is nothing to say.

    `share` is how much of an answer that is partly right was right: "1 of 2".
    """

    outcome: Sign
    said: tuple[Said, ...]
    share: str = ""
    reason: str = ""
    whys: tuple[tuple[str, str], ...] = ()
    explain: str = ""
    corrected: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()


def feedback(
    bank: Bank,
    question: Question,
    task: Task,
    attempt: Attempt,
    *,
    reason: str,
    notes: tuple[str, ...],
) -> Feedback:
    """All that helps after this attempt. `reason` is the judge's, `notes` say what comes next."""
    item = question.item
    return Feedback(
        outcome=_outcome(attempt),
        said=tuple(_said(question, task, attempt)),
        share=_parts_right(item, attempt.response) if _outcome(attempt) == "partly" else "",
        reason=reason,
        whys=tuple(_whys(question)),
        explain=to_text(item.explain),
        corrected=correction_of(item),
        source=source_of(bank, item),
        notes=notes,
    )


def source_of(bank: Bank, item: Item) -> str:
    """Where the fact stands, as one would cite it; empty where the item does not say."""
    if item.source is None:
        return ""
    title = next(
        (one.title for one in bank.documents if one.name == item.source.document),
        item.source.document,
    )
    paragraphs = ", ".join(map(str, item.source.paragraphs))
    noun = "paragraphs" if len(item.source.paragraphs) > 1 else "paragraph"
    return f"{title}, {noun} {paragraphs}" if paragraphs else title


def correction_of(item: Item) -> str:
    """When the item was put right, and what was wrong; empty where it never was."""
    if item.corrected is None:
        return ""
    return f"Corrected on {item.corrected.date}: {to_text(item.corrected.text)}"


def _outcome(attempt: Attempt) -> Sign:
    if attempt.right:
        return "right"
    if attempt.mark == "blank":
        return "blank"
    return "partly" if attempt.share > 0 else "wrong"


# --- You, and what is right ----------------------------------------------------------------------


def _said(question: Question, task: Task, attempt: Attempt) -> Iterator[Said]:
    item, response = question.item, attempt.response
    sign = _outcome(attempt)
    if sign == "blank":
        yield Said(sign="blank", whose="you", text="no answer")
    match item:
        case Choice():
            yield from _picked(question, item, response)
        case Match():
            yield from _paired(question, item, response)
        case Order():
            yield from _ordered(question, item, response, sign)
        case TrueFalse():
            if isinstance(response, Decided) and response.value != item.answer:
                yield Said(sign="wrong", whose="you", text=str(response.value))
            yield Said(sign="right", whose="right", text=str(item.answer), is_key=True)
        case Entry() | Number() | Cloze() | Open() | Card():
            given = typed_text(response) or attempt.text
            if given and attempt.mark != "exact" and not isinstance(item, Open | Card):
                yield Said(sign=sign, whose="you", text=given)
            yield Said(sign="right", whose="right", text=key_text(item, task), is_key=True)
        case _:
            assert_never(item)


def _picked(question: Question, item: Choice, response: Response) -> Iterator[Said]:
    picked = response.options if isinstance(response, Picked) else frozenset()
    texts = {option.id: option_text(option) for option in item.options}
    rows = [(str(n), one) for n, one in enumerate(question.order, start=1)]
    for mark, one in rows:
        if one in picked and (item.multiple or one not in item.keys):
            is_key = one in item.keys
            sign: Sign = "right" if is_key else "wrong"
            yield Said(sign=sign, whose="you", mark=mark, text=texts[one], is_key=is_key)
    is_missed = item.multiple and bool(picked)
    for mark, one in rows:
        if one in item.keys and not (item.multiple and one in picked):
            yield _key(mark, texts[one], is_missed=is_missed)


def _key(mark: str, text: str, *, is_missed: bool) -> Said:
    """What is right and was not given; missed, where other parts of the answer were."""
    if is_missed:
        return Said(sign="missed", whose="missed", mark=mark, text=text, is_key=True)
    return Said(sign="right", whose="right", mark=mark, text=text, is_key=True)


def _paired(question: Question, item: Match, response: Response) -> Iterator[Said]:
    given = response.pairs if isinstance(response, Matched) else {}
    pairs = {pair.left.id: pair for pair in item.pairs}
    marks = {one: letter(place) for place, one in enumerate(question.rights)}
    for number, left in enumerate(question.order, start=1):
        pair = pairs[left]
        is_right = given.get(left) == pair.right.id
        if left in given and not is_right:
            wrong = next(one for one in _sides(item) if one.id == given[left])
            yield Said(
                sign="wrong",
                whose="you",
                mark=f"{number}{marks[wrong.id]}",
                text=f"{option_text(pair.left)}: {option_text(wrong)}",
            )
        mark = f"{number}{marks[pair.right.id]}"
        text = f"{option_text(pair.left)}: {option_text(pair.right)}"
        if is_right:
            yield Said(sign="right", whose="you", mark=mark, text=text, is_key=True)
        else:
            yield _key(mark, text, is_missed=bool(given) and left not in given)


def _sides(item: Match) -> tuple[Option, ...]:
    return (*(pair.right for pair in item.pairs), *item.extra)


def _ordered(question: Question, item: Order, response: Response, sign: Sign) -> Iterator[Said]:
    marks = {one: str(number) for number, one in enumerate(question.order, start=1)}
    if isinstance(response, Ordered) and sign != "right":
        given = " ".join(marks[one] for one in response.sequence)
        yield Said(sign="wrong" if sign == "wrong" else "none", whose="you", text=given)
    for place, thing in enumerate(item.sequence):
        yield Said(
            sign="right" if place == 0 else "none",
            whose="right" if place == 0 else "",
            mark=marks[thing.id],
            text=option_text(thing),
            is_key=True,
        )


def _parts_right(item: Item, response: Response) -> str:
    """How many parts of an answer are right, of how many; empty where it has no parts."""
    match item:
        case Choice(keys=keys):
            picked = response.options if isinstance(response, Picked) else frozenset()
            wrong = len(picked.difference(keys))
            rest = f", and {wrong} not right" if wrong else ""
            return f"{len(picked.intersection(keys))} of {len(keys)}{rest}"
        case Match(pairs=pairs):
            given = response.pairs if isinstance(response, Matched) else {}
            right = sum(given.get(pair.left.id) == pair.right.id for pair in pairs)
            return f"{right} of {len(pairs)}"
        case Order(sequence=sequence):
            order = response.sequence if isinstance(response, Ordered) else ()
            right = sum(one.id == there for one, there in zip(sequence, order, strict=False))
            return f"{right} of {len(sequence)} in place"
        case TrueFalse() | Entry() | Number() | Cloze() | Open() | Card():
            return ""
        case _:
            assert_never(item)


def typed_text(response: Response) -> str:
    """What was typed, for the types that are judged by their text."""
    match response:
        case Typed(text=text):
            return text.strip()
        case Filled(gaps=gaps):
            return " / ".join(text.strip() for text in gaps.values())
        case Picked() | Judged() | Decided() | Matched() | Ordered() | Placed() | Marked() | None:
            return ""
        case _:
            assert_never(response)


def key_text(item: Item, task: Task) -> str:
    """The right answer of a type that is typed or recalled, as it is shown."""
    match item:
        case Entry():
            return item.accept[0] if item.kind not in ("set", "list") else members(item)
        case Number():
            return f"{item.text} {item.unit}".strip() + _allowance(item.tolerance)
        case Cloze():
            return to_text(gap_of(item, task).accept[0])
        case Open():
            return to_text(item.model)
        case Card():
            return to_text(item.front if task.part == REVERSE else item.back)
        case Choice() | TrueFalse() | Match() | Order():
            return ""
        case _:
            assert_never(item)


def members(item: Entry) -> str:
    """The right answer of a set or a list on one line."""
    is_one = all(not re.search(r"[,;]", text) for text in item.accept)
    return ", ".join(item.accept) if is_one else item.accept[0]


def _allowance(tolerance: Tolerance | None) -> str:
    if tolerance is None or not tolerance.amount:
        return ""
    amount = tolerance.amount * 100 if tolerance.relative else tolerance.amount
    return f" (give or take {_decimal(amount)}{'%' if tolerance.relative else ''})"


def _decimal(value: Fraction) -> str:
    return f"{float(value):g}"


def _whys(question: Question) -> Iterator[tuple[str, str]]:
    """The reasons of options, each with the mark and text of its option, as shown."""
    item = question.item
    match item:
        case Choice(options=options):
            shown: tuple[Option, ...] = options
        case Match():
            shown = (*(pair.left for pair in item.pairs), *dict.fromkeys(_sides(item)))
        case Order(sequence=sequence):
            shown = sequence
        case TrueFalse() | Entry() | Number() | Cloze() | Open() | Card():
            shown = ()
        case _:
            assert_never(item)
    places = {one: n for n, one in enumerate((*question.order, *question.rights))}
    for option in sorted(shown, key=lambda one: places.get(one.id, 0)):
        if option.why:
            yield option_text(option), to_text(option.why)
