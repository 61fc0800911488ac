"""A question as printed, with what is right marked in it: for the teacher, to go through in class.

It starts from what the student sees, so that nothing stands elsewhere than on the student's paper.
The one `match` over the items is `marked_view`.
"""

from typing import assert_never

from msgspec.structs import replace

from quizgen.core.form import key_letters, printed_options
from quizgen.model import (
    Card,
    Choice,
    Cloze,
    Entry,
    Match,
    Number,
    Open,
    Order,
    Question,
    TrueFalse,
)
from quizgen.outputs.paper.gaps import with_answers
from quizgen.outputs.paper.marking import value_said
from quizgen.outputs.paper.questions import Press, student_view
from quizgen.outputs.paper.texts import Html, escaped
from quizgen.outputs.paper.views import QuestionView


def marked_view(question: Question, press: Press) -> QuestionView:
    """The question as its student sees it, its right options marked, its room filled in."""
    item, view = question.item, student_view(question, press)
    match item:
        case Choice(keys=keys):
            rights = [option.id in keys for _, option in printed_options(question)]
            return _with_rights(view, rights)
        case TrueFalse(answer=answer):
            return _with_rights(view, [answer, not answer])
        case Entry(accept=accept):
            return replace(view, filled=press.text(accept[0]) if accept else Html())
        case Number():
            return replace(view, filled=escaped(value_said(replace(item, unit=""), press)))
        case Cloze():
            text = with_answers(item, press.words)
            return replace(view, text=text) if item.stem else replace(view, stem=text)
        case Match() | Order():
            things = tuple(
                replace(thing, entry=entry)
                for thing, entry in zip(view.things, key_letters(question), strict=True)
            )
            return replace(view, things=things)
        case Open(model=model):
            return replace(view, filled=press.text(model))
        case Card(back=back):
            return replace(view, filled=press.text(back))
        case _:
            assert_never(item)


def _with_rights(view: QuestionView, rights: list[bool]) -> QuestionView:
    things = tuple(
        replace(thing, right=right) for thing, right in zip(view.things, rights, strict=True)
    )
    return replace(view, things=things)
