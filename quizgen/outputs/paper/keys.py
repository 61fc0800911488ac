"""A form to the rows of its key: letters to compare, words to be sure, then why and where.

The one `match` over the items is `_answer`; letters come from `core.form`, points from `core.score`.
"""

from collections.abc import Mapping, Sequence
from typing import assert_never

from msgspec.structs import replace

from quizgen.core.form import key_letters, printed_options, printed_rights
from quizgen.model import (
    Card,
    Choice,
    Cloze,
    Document,
    Entry,
    Frozen,
    Item,
    Match,
    Number,
    Open,
    Option,
    Order,
    Question,
    TrueFalse,
)
from quizgen.outputs.paper.marking import (
    TicksView,
    also_accepted,
    choice_marking,
    near_enough,
    order_marking,
    other_fillings,
    parts,
    ticks,
    value_said,
)
from quizgen.outputs.paper.questions import Press
from quizgen.outputs.paper.texts import Html, escaped, plain
from quizgen.outputs.paper.views import Picture


class KeyRow(Frozen, frozen=True, kw_only=True):
    """A row of the key. `manner` stands where there are no letters to compare."""

    number: int
    points: str
    letters: str = ""
    manner: str = ""
    answer: Html = Html()
    picture: Picture | None = None
    explain: Html = Html()
    whys: tuple[tuple[str, Html], ...] = ()
    rubric: tuple[tuple[str, Html], ...] = ()
    marking: tuple[Html, ...] = ()
    ticks: TicksView | None = None
    corrected: Html = Html()
    cite: Html = Html()


def key_row(question: Question, documents: Mapping[str, Document], press: Press) -> KeyRow:
    """The key of one question."""
    item = question.item
    row = _answer(
        question,
        press,
        KeyRow(
            number=question.number,
            points=press.words.number(item.points),
            explain=press.text(item.explain) if item.explain else Html(),
            corrected=_corrected(item, press),
            cite=cited(item, documents, press),
        ),
    )
    if item.audio:
        play = escaped(press.words.say("play", file=item.audio))
        row = replace(row, marking=(*row.marking, play))
    return row


def letters_said(question: Question, press: Press) -> str:
    """The letters or places to compare a paper with; empty for what is written in words."""
    match question.item:
        case Choice() | Match() | Order():
            return " ".join(key_letters(question))
        case TrueFalse(answer=answer):
            return press.words.say("true" if answer else "false")
        case Entry() | Number() | Cloze() | Open() | Card():
            return ""
        case _:
            assert_never(question.item)


def answer_said(item: Item, press: Press) -> str:
    """The right answer of what is written, in one plain line; empty for open answers."""
    match item:
        case Entry():
            return plain(item.accept[0]) if item.accept else ""
        case Number():
            return value_said(item, press)
        case Cloze():
            return gaps_said(item)
        case Card():
            return plain(item.back)
        case Choice() | TrueFalse() | Match() | Order() | Open():
            return ""
        case _:
            assert_never(item)


# --- By type -------------------------------------------------------------------------------------


def _answer(question: Question, press: Press, row: KeyRow) -> KeyRow:
    """The row with what is right and how it is marked."""
    item, say = question.item, press.words.say
    row = replace(row, letters=letters_said(question, press))
    match item:
        case Choice():
            return _choice(question, item, press, row)
        case TrueFalse():
            return _true_false(press, row)
        case Entry():
            answer = press.text(item.accept[0]) if item.accept else Html()
            marking = also_accepted(item, press)
            return replace(row, manner=say("manner_typed"), answer=answer, marking=marking)
        case Number():
            answer = escaped(value_said(item, press))
            marking = near_enough(item, press)
            return replace(row, manner=say("manner_number"), answer=answer, marking=marking)
        case Cloze():
            return _cloze(item, press, row)
        case Match():
            return _match(question, item, press, row)
        case Order():
            return _order(item, press, row)
        case Open():
            return _open(item, press, row)
        case Card():
            return replace(row, manner=say("manner_card"), answer=press.text(item.back))
        case _:
            assert_never(item)


def _true_false(press: Press, row: KeyRow) -> KeyRow:
    if press.rules.true_false != "formula":
        return row
    return replace(row, marking=(escaped(press.words.say("wrong_costs", points=row.points)),))


def _choice(question: Question, item: Choice, press: Press, row: KeyRow) -> KeyRow:
    printed = printed_options(question)
    chosen = [option for _, option in printed if option.id in item.keys]
    return replace(
        row,
        answer=Html(" · ".join(press.text(option.text) for option in chosen)),
        picture=press.picture(chosen[0].image) if len(chosen) == 1 else None,
        whys=_whys(printed, press),
        marking=choice_marking(item, printed, press),
        ticks=ticks(item, press),
    )


def _match(question: Question, item: Match, press: Press, row: KeyRow) -> KeyRow:
    lefts, rights = printed_options(question), printed_rights(question)
    used = {pair.right.id for pair in item.pairs}
    left_over = [letter for letter, side in rights if side.id not in used]
    pairs = [
        press.words.say("pair", left=left, right=right)
        for (left, _), right in zip(lefts, key_letters(question), strict=True)
    ]
    marking = list(parts(item.points, len(item.pairs), press.rules.match, press))
    if left_over:
        texts = press.words.listed(left_over)
        marking.append(escaped(press.words.say("left_over", texts=texts)))
    return replace(
        row,
        answer=escaped(", ".join(pairs)),
        whys=_whys((*lefts, *rights), press),
        marking=tuple(marking),
    )


def _cloze(item: Cloze, press: Press, row: KeyRow) -> KeyRow:
    shares = parts(item.points, len(item.gaps), press.rules.cloze, press)
    return replace(
        row,
        manner=press.words.count("manner_gaps", len(item.gaps)),
        answer=escaped(gaps_said(item)),
        marking=(*shares, *other_fillings(item, press)),
    )


def _order(item: Order, press: Press, row: KeyRow) -> KeyRow:
    places = tuple((str(place), thing) for place, thing in enumerate(item.sequence, 1))
    return replace(
        row,
        answer=Html(" · ".join(press.text(thing.text) for thing in item.sequence)),
        whys=_whys(places, press),
        marking=order_marking(item, press),
    )


def _open(item: Open, press: Press, row: KeyRow) -> KeyRow:
    words = press.words
    return replace(
        row,
        manner=words.say("manner_open"),
        answer=press.text(item.model),
        rubric=tuple((words.number(line.points), press.text(line.text)) for line in item.rubric),
    )


def _whys(printed: Sequence[tuple[str, Option]], press: Press) -> tuple[tuple[str, Html], ...]:
    """Why each option is right or not, by its letter, where the author says so."""
    return tuple((letter, press.text(option.why)) for letter, option in printed if option.why)


def cited(item: Item, documents: Mapping[str, Document], press: Press) -> Html:
    """The document and its paragraphs, how the answer follows, and whether it is a claim."""
    words = press.words
    said = []
    if item.source is not None:
        document = documents.get(item.source.document)
        said.append(plain(document.title) if document else item.source.document)
        if item.source.paragraphs:
            which = words.runs(item.source.paragraphs)
            number = "one" if len(item.source.paragraphs) == 1 else "many"
            said.append(words.say(f"paragraph_{number}", n=which))
        if item.source.derived:
            said.append(words.say("derived", text=plain(item.source.derived)))
    if item.claim:
        said.append(words.say("claim"))
    return escaped(", ".join(said))


def _corrected(item: Item, press: Press) -> Html:
    """When it was put right, and what was wrong."""
    if item.corrected is None:
        return Html()
    day = press.words.day(item.corrected.date)
    return press.words.rule("corrected", date=day, text=item.corrected.text)


def gaps_said(item: Cloze) -> str:
    """What belongs in each gap, by its printed number where there are several."""
    first = [plain(gap.accept[0]) if gap.accept else "" for gap in item.gaps]
    if len(first) == 1:
        return first[0]
    return " · ".join(f"({place})\u00a0{text}" for place, text in enumerate(first, 1))
