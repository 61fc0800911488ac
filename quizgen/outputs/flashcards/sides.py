"""A question to the two sides of its card: what a form asks on the front, its key on the back."""

from collections.abc import Mapping
from typing import assert_never

from quizgen.model import (
    Card,
    Choice,
    Cloze,
    Document,
    Entry,
    Frozen,
    Match,
    Number,
    Open,
    Order,
    Passage,
    Question,
    TrueFalse,
)
from quizgen.outputs.paper.gaps import with_answers
from quizgen.outputs.paper.keys import KeyRow, key_row
from quizgen.outputs.paper.questions import Press, student_view
from quizgen.outputs.paper.texts import Html
from quizgen.outputs.paper.views import PassageView, QuestionView


class Side(Frozen, frozen=True, kw_only=True):
    """One side of a card: a question with its passage, or its key. `answer` is the key in full."""

    question: QuestionView | None = None
    passage: PassageView | None = None
    key: KeyRow | None = None
    answer: Html = Html()


def front_of(question: Question, passages: Mapping[str, Passage], press: Press) -> Side:
    """What is asked, with the text that it rests on."""
    passage = passages.get(question.item.passage)
    shown = None
    if passage is not None:
        shown = PassageView(
            title=press.text(passage.title),
            text=press.text(passage.text),
            plain=True,
            picture=press.picture(passage.image),
        )
    return Side(question=student_view(question, press), passage=shown)


def back_of(question: Question, documents: Mapping[str, Document], press: Press) -> Side:
    """What is right, why, and where it stands."""
    row = key_row(question, documents, press)
    match question.item:
        case Cloze() as item:
            return Side(key=row, answer=with_answers(item, press.words))
        case Choice() | TrueFalse() | Entry() | Number() | Match() | Order() | Open() | Card():
            return Side(key=row, answer=row.answer)
        case _:
            assert_never(question.item)
