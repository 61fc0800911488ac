"""An answer and its key to words: what was given, what is right, and what helps to see why."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import assert_never

from quizgen.core.confusable import judge_among
from quizgen.core.form import printed_options, printed_rights
from quizgen.model import (
    Card,
    Choice,
    Cloze,
    Decided,
    Entry,
    Filled,
    Given,
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
    TrueFalse,
    Typed,
)
from quizgen.outputs.paper.keys import gaps_said
from quizgen.outputs.paper.marking import value_said
from quizgen.outputs.paper.questions import Press
from quizgen.outputs.paper.texts import Html, escaped
from quizgen.outputs.said import option_said

_SIGNS = {True: " ✓", False: " ✗"}


def given_lines(given: Given, press: Press) -> tuple[Html, ...]:
    """What the student answered, a line for each part; parts are signed where they count alone."""
    question, item = given.question, given.question.item
    match given.response:
        case None | Marked():
            return ()
        case Picked(options=options):
            return tuple(
                _option(mark, option, press)
                for mark, option in printed_options(question)
                if option.id in options
            )
        case Judged(marks=marks):
            keys = item.keys if isinstance(item, Choice) else ()
            return tuple(
                _signed(
                    _lettered(mark, press.words.say(_truth(marks[option.id])), press),
                    is_right=marks[option.id] == (option.id in keys),
                )
                for mark, option in printed_options(question)
                if option.id in marks
            )
        case Decided(value=value):
            return (escaped(press.words.say(_truth(value))),)
        case Typed(text=text):
            return (escaped(text),)
        case Filled(gaps=gaps):
            return _filled(given, gaps, press)
        case Matched(pairs=pairs):
            return _matched(given, pairs, press)
        case Ordered(sequence=sequence):
            return _ordered(question, {thing: n for n, thing in enumerate(sequence, 1)}, press)
        case Placed(places=places):
            return _ordered(question, places, press)
        case _:
            assert_never(given.response)


def right_lines(given: Given, press: Press) -> tuple[Html, ...]:
    """What is right, a line for each part; several keys follow one another with an "or"."""
    question = given.question
    match question.item:
        case Choice(multiple=False):
            keys = {one for key in given.keys if isinstance(key, Choice) for one in key.keys}
            said = [
                _option(mark, option, press)
                for mark, option in printed_options(question)
                if option.id in keys
            ]
            return _either([(one,) for one in said], press)
        case Open():
            return (press.text(question.item.model),)
        case _:
            ways = [_right(question, key, press) for key in given.keys]
            return _either(list(dict.fromkeys(ways)), press)


def _right(question: Question, item: Item, press: Press) -> tuple[Html, ...]:
    match item:
        case Choice(keys=keys):
            return tuple(
                _option(mark, option, press)
                for mark, option in printed_options(question)
                if option.id in keys
            )
        case TrueFalse(answer=answer):
            return (escaped(press.words.say(_truth(answer))),)
        case Entry(accept=accept):
            return (press.text(accept[0]),) if accept else ()
        case Number():
            return (escaped(value_said(item, press)),)
        case Cloze():
            return (escaped(gaps_said(item)),)
        case Match():
            of_left = {pair.left.id: pair.right for pair in item.pairs}
            marks = {side.id: mark for mark, side in printed_rights(question)}
            return tuple(
                _pair((left, side), (marks[of_left[side.id].id], of_left[side.id]), press)
                for left, side in printed_options(question)
            )
        case Order(sequence=sequence):
            return tuple(
                _option(str(place), thing, press) for place, thing in enumerate(sequence, 1)
            )
        case Open(model=model):
            return (press.text(model),)
        case Card(back=back):
            return (press.text(back),)
        case _:
            assert_never(item)


def picked_whys(given: Given, press: Press) -> tuple[Html, ...]:
    """What the author says of each wrong option that the student picked."""
    if not isinstance(given.response, Picked) or not isinstance(given.question.item, Choice):
        return ()
    item = given.question.item
    return tuple(
        press.text(option.why)
        for option in item.options
        if option.why and option.id in given.response.options and option.id not in item.keys
    )


def _either(ways: Sequence[tuple[Html, ...]], press: Press) -> tuple[Html, ...]:
    lines: list[Html] = []
    for way in ways:
        if lines:
            lines.append(Html(f"<i>{escaped(press.words.say('or'))}</i>"))
        lines += way
    return tuple(lines)


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _lettered(mark: str, text: str, press: Press) -> Html:
    return Html(f'<b><bdi dir="ltr">{escaped(mark)}</bdi></b> {press.text(text)}')


def _option(mark: str, option: Option, press: Press) -> Html:
    """An option as it was printed, with its picture; its words stand for one that is not there."""
    picture = press.picture(option.image)
    if picture is None:
        return _lettered(mark, option_said(option), press)
    width = f' style="width: {escape(picture.width)}"' if picture.width else ""
    shown = f'<img class="option" src="{picture.data}" alt="{escape(picture.alt)}"{width}>'
    return Html(f"{_lettered(mark, option.text, press)} {shown}")


def _pair(left: tuple[str, Option], right: tuple[str, Option], press: Press) -> Html:
    """Both sides with their marks, since the page is read away from the paper."""
    one, other = (_option(mark, side, press) for mark, side in (left, right))
    return Html(f"{one} – {other}")


def _signed(html: Html, *, is_right: bool) -> Html:
    return Html(html + _SIGNS[is_right])


def _filled(given: Given, gaps: Mapping[int, str], press: Press) -> tuple[Html, ...]:
    keys = [key for key in given.keys if isinstance(key, Cloze)]
    item = keys[0]
    lines = []
    for place, gap in enumerate(item.gaps, 1):
        text = gaps.get(gap.number, "").strip()
        said = escaped(text) if text else escaped(press.words.say("blank"))
        line = said if len(item.gaps) == 1 else Html(f"<b>({place})</b> {said}")
        is_right = bool(text) and any(
            judge_among(given.others, text, other.accept, kind=key.kind).right
            for key in keys
            for other in key.gaps
            if other.number == gap.number
        )
        lines.append(_signed(line, is_right=is_right) if len(item.gaps) > 1 and text else line)
    return tuple(lines)


def _matched(given: Given, pairs: Mapping[str, str], press: Press) -> tuple[Html, ...]:
    question = given.question
    keys = [key for key in given.keys if isinstance(key, Match)]
    rights = {side.id: (mark, side) for mark, side in printed_rights(question)}
    lines = []
    for left, side in printed_options(question):
        if side.id not in pairs:
            said = escaped(press.words.say("blank"))
            lines.append(Html(f"{_option(left, side, press)} – {said}"))
            continue
        mark, chosen = rights[pairs[side.id]]
        is_right = any(
            pair.left.id == side.id and pair.right.id == chosen.id
            for key in keys
            for pair in key.pairs
        )
        line = _pair((left, side), (mark, chosen), press)
        lines.append(_signed(line, is_right=is_right))
    return tuple(lines)


def _ordered(question: Question, places: Mapping[str, int], press: Press) -> tuple[Html, ...]:
    things = {side.id: side for _, side in printed_options(question) if side.id in places}
    return tuple(
        _option(str(places[name]), things[name], press)
        for name in sorted(things, key=places.__getitem__)
    )
