"""A question of a form to what its student sees: stem, instruction and room to answer.

Nothing of the key comes in here but what is printed for all: the options, the pairs' two columns,
how many things there are. The one `match` over the items is `student_view`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import groupby
from typing import assert_never

from msgspec.structs import replace

from quizgen.core.form import printed_options, printed_rights
from quizgen.core.score import is_judged
from quizgen.model import (
    Card,
    Choice,
    Cloze,
    Entry,
    Form,
    Frozen,
    Image,
    Match,
    Number,
    Open,
    Option,
    Order,
    Passage,
    Question,
    Rules,
    Section,
    TrueFalse,
)
from quizgen.outputs.paper.gaps import with_gaps
from quizgen.outputs.paper.room import Room, left_share
from quizgen.outputs.paper.texts import (
    Html,
    PaperWords,
    columns_wide,
    is_long,
    plain,
    rich,
)
from quizgen.outputs.paper.views import (
    GridView,
    GroupView,
    PassageView,
    Picture,
    QuestionView,
    SectionView,
    Thing,
)
from quizgen.outputs.words import length

_SHORT, _SHORT_STATEMENT = 30, 24
_SQUARE, _LINE_HEIGHT, _GRID_WIDTH = 5, 9, 160
_PAGE_FULL = 1_500
_PAGE_LINES, _LINE_FULL, _PICTURE_LINES = 46, 75, 10
_SHORT_LINES, _SHORT_LETTERS = 14, 450
"""What a question takes at most that is not to stand alone on a last page: lines, letters of HTML."""


class Press(Frozen, frozen=True, kw_only=True):
    """What every question of a quiz is printed with."""

    words: PaperWords
    rules: Rules
    pictures: Mapping[str, str]
    room: Room = Room()

    def picture(self, image: Image | None) -> Picture | None:
        """The picture as it stands in the page; None where there is none or it cannot be read."""
        if image is None or image.file not in self.pictures:
            return None
        return Picture(
            data=self.pictures[image.file], alt=plain(image.alt), width=length(image.width)
        )

    def text(self, text: str) -> Html:
        """An author's text as HTML."""
        return rich(text, self.words.direction)


# --- Sections and groups --------------------------------------------------------------------------------------


def sections(
    form: Form, passages: Mapping[str, Passage], press: Press, printed: Callable[[Question], Html]
) -> tuple[SectionView, ...]:
    """The questions of a form in printed order, each as `printed`, those on one passage together."""
    views = []
    for section, questions in by_section(form):
        groups = tuple(
            _group(passages[name] if name else None, tuple(own), press, printed)
            for name, own in groupby(questions, key=lambda question: question.item.passage)
        )
        view = SectionView(groups=groups)
        if section is not None:
            view = replace(
                view,
                title=press.text(section.title),
                points=points_of(questions, press),
                instructions=press.text(section.instructions) if section.instructions else Html(),
            )
        views.append(view)
    last = views[-1].groups[-1]
    if last.passage is None and all(_is_small(one, press) for one in form.questions[-2:]):
        last = replace(last, held=min(2, len(last.questions)))
        views[-1] = replace(views[-1], groups=(*views[-1].groups[:-1], last))
    return tuple(views)


def by_section(form: Form) -> Iterator[tuple[Section | None, tuple[Question, ...]]]:
    """The questions of each section of a form; of a quiz without sections, all of them."""
    declared = form.quiz.plan.sections
    for place, questions in groupby(form.questions, key=lambda question: question.section):
        yield (declared[place] if declared else None), tuple(questions)


def points_of(questions: Sequence[Question], press: Press) -> str:
    """What these questions are worth together."""
    total = sum((question.item.points for question in questions), Fraction(0))
    return press.words.count("points", total)


def _group(
    passage: Passage | None,
    questions: Sequence[Question],
    press: Press,
    printed: Callable[[Question], Html],
) -> GroupView:
    pieces = tuple(map(printed, questions))
    if passage is None:
        return GroupView(questions=pieces)
    views = [student_view(question, press) for question in questions]
    text = press.text(passage.text)
    return GroupView(
        questions=pieces,
        heading=_which_rest(questions[0].number, questions[-1].number, press.words),
        passage=PassageView(
            title=press.text(passage.title) if passage.title else Html(),
            text=text,
            plain=not is_long(text),
            picture=press.picture(passage.image),
        ),
        fits=len(passage.text) + len(views[0].stem) < _PAGE_FULL,
        whole=_lines_of_text(passage) + sum(map(_lines, views)) <= _PAGE_LINES,
    )


def _which_rest(first: int, last: int, words: PaperWords) -> str:
    """The heading of a text: which questions rest on it."""
    if first == last:
        return words.say("passage_one", n=first)
    return words.say("passage_two" if last == first + 1 else "passage_many", first=first, last=last)


def _lines_of_text(passage: Passage) -> int:
    """About how many lines of a page a passage takes, with its heading."""
    text = sum(1 + len(line) // _LINE_FULL for line in passage.text.splitlines())
    return text + 5 + (_PICTURE_LINES if passage.image else 0)


def _lines(view: QuestionView) -> int:
    """About how many lines of a page a question takes, with the room around it."""
    rows = max(len(view.things), len(view.rights)) + 2 * view.lines
    return 4 + len(view.stem) // _LINE_FULL + rows + (_PICTURE_LINES if view.picture else 0)


def _is_small(question: Question, press: Press) -> bool:
    """Whether a question takes less than a third of a page: words alone, and few of them."""
    view = student_view(question, press)
    things = (*view.things, *view.rights)
    letters = sum(map(len, (view.stem, view.text, *(one.text for one in things))))
    pictures = (view.picture, *(one.picture for one in things))
    return not any(pictures) and letters <= _SHORT_LETTERS and _lines(view) <= _SHORT_LINES


# --- One question --------------------------------------------------------------------------------


def student_view(question: Question, press: Press) -> QuestionView:
    """The question as its student sees it."""
    item, words = question.item, press.words
    common = QuestionView(
        number=question.number,
        points=words.count("points", item.points),
        picture=press.picture(item.image),
        how=words.say("your_teacher_plays") if item.audio else "",
    )
    match item:
        case Choice():
            return _choice(question, item, press, common)
        case TrueFalse():
            things = tuple(
                Thing(letter=words.say(f"{name}_sign"), text=Html(words.say(name)))
                for name in ("true", "false")
            )
            stem = press.text(item.statement)
            return replace(common, stem=stem, space="options", things=things, short=True)
        case Entry(kind="set" | "list"):
            how = words.joined(common.how, words.say("write_list"))
            return replace(common, stem=press.text(item.stem), space="lines", how=how, lines=2)
        case Entry():
            return _on_lines(replace(common, stem=press.text(item.stem)), press)
        case Number():
            unit = press.text(item.unit)
            return replace(common, stem=press.text(item.stem), space="number", unit=unit)
        case Cloze():
            text = with_gaps(item, words)
            if not item.stem:
                return replace(common, stem=text, space="nothing", flow=True)
            return replace(common, stem=press.text(item.stem), space="gaps", text=text)
        case Match():
            return _match(question, item, press, common)
        case Order():
            how = words.joined(common.how, words.say("number_boxes", n=len(item.sequence)))
            things = _things(printed_options(question), press)
            return replace(
                common, stem=press.text(item.stem), space="places", how=how, things=things
            )
        case Open():
            grid = _grid(item) if item.grid else None
            return replace(
                common, stem=press.text(item.stem), space="lines", lines=item.lines, grid=grid
            )
        case Card():
            asks = item.front.rstrip().endswith(("?", "\uff1f", "\u061f"))
            how = common.how if asks else words.joined(common.how, words.say("write_back"))
            return _on_lines(replace(common, stem=press.text(item.front), how=how), press)
        case _:
            assert_never(item)


def _on_lines(view: QuestionView, press: Press) -> QuestionView:
    """The question with the room that every short answer of the quiz has."""
    lines = press.room.lines
    return replace(view, space="line" if lines == 1 else "lines", lines=lines)


def _grid(item: Open) -> GridView:
    """Squares of 5 mm, as high as the lines would stand and as wide as every sheet allows."""
    height = _SQUARE * max(1, round(item.lines * _LINE_HEIGHT / _SQUARE))
    across = "".join(f"M0 {y}H{_GRID_WIDTH}" for y in range(0, height + 1, _SQUARE))
    down = "".join(f"M{x} 0V{height}" for x in range(0, _GRID_WIDTH + 1, _SQUARE))
    return GridView(height=height, path=across + down)


def _choice(question: Question, item: Choice, press: Press, common: QuestionView) -> QuestionView:
    words = press.words
    stem, things = press.text(item.stem), _things(printed_options(question), press)
    options = [option for _, option in printed_options(question)]
    signs = {"true": words.say("true_sign"), "false": words.say("false_sign")}
    if is_judged(item, press.rules):
        how = words.joined(common.how, words.say("judge_each", **signs))
        return replace(
            common,
            stem=stem,
            space="statements",
            how=how,
            things=things,
            signs=(*signs.values(),),
            short=_are_short(options, _SHORT_STATEMENT),
        )
    told = ""
    if item.multiple:
        is_counted = press.rules.multiple == "ripkey"
        told = words.count("cross_number", len(item.keys)) if is_counted else words.say("cross_all")
    return replace(
        common,
        stem=stem,
        space="options",
        how=words.joined(common.how, told),
        things=things,
        square=item.multiple,
        short=_are_short(options, _SHORT),
    )


def _match(question: Question, item: Match, press: Press, common: QuestionView) -> QuestionView:
    words = press.words
    lefts, rights = printed_options(question), printed_rights(question)
    left_over = len(rights) - len(lefts)
    told = words.say("write_letters")
    if len({pair.right.id for pair in item.pairs}) < len(item.pairs):
        told = words.joined(told, words.say("letters_shared"))
    elif left_over:
        told = words.joined(told, words.count("letters_left", left_over))
    return replace(
        common,
        stem=press.text(item.stem),
        space="pairs",
        how=words.joined(common.how, told),
        things=_things(lefts, press),
        rights=_things(rights, press),
        left=left_share([side for _, side in lefts], [side for _, side in rights]),
    )


def _things(printed: Sequence[tuple[str, Option]], press: Press) -> tuple[Thing, ...]:
    return tuple(
        Thing(letter=letter, text=press.text(option.text), picture=press.picture(option.image))
        for letter, option in printed
    )


def _are_short(options: Sequence[Option], limit: int) -> bool:
    """Whether two columns hold these options; by all of them, so that no one stands out."""
    return all(option.image is not None or _width(option.text) <= limit for option in options)


@lru_cache(maxsize=16_384)
def _width(text: str) -> int:
    return columns_wide(text)
