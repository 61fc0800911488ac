"""A quiz's forms to whole pages of HTML: what each template is filled with."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Literal, TypeAlias

from quizgen.model import Bank, Document, Form, Frozen, Order, Passage, Question, Quiz
from quizgen.outputs.paper.footers import Counting, Footer, PageMark
from quizgen.outputs.paper.keys import key_row
from quizgen.outputs.paper.marked import marked_view
from quizgen.outputs.paper.questions import Press, by_section, points_of, sections, student_view
from quizgen.outputs.paper.room import room_for
from quizgen.outputs.paper.rules import RuleLine, Scored, in_two, kinds_scored, rules_in_words
from quizgen.outputs.paper.sheet import answer_sheet
from quizgen.outputs.paper.table import density, is_two_up, notes, seats, tables
from quizgen.outputs.paper.texts import Html, PaperWords, css_string, direction_of, plain, shortened
from quizgen.outputs.paper.tickstables import ticks_tables
from quizgen.outputs.template import Templates

_LONGEST_FOOTER = 60

Size: TypeAlias = Literal["normal", "large"]

AsPrinted: TypeAlias = tuple[int, str, tuple[str, ...], tuple[str, ...]]
"""All in which the same item's questions in two forms may differ."""


class Student(Frozen, frozen=True, kw_only=True):
    """Whose paper it is: number `place` (from 1) of the class. `seat` is a row and a seat in it.

    `own_line` says that the names of the class need a line of their own.
    """

    place: int
    id: str
    name: str
    seat: tuple[int, int] | None = None
    own_line: bool = False

    @property
    def page_name(self) -> str:
        """What the style sheet calls the sheets of this paper."""
        return f"student-{self.place}"


class KeySection(Frozen, frozen=True, kw_only=True):
    """The rows of a section's key, each as printed; without a title where there are no sections."""

    title: Html
    points: str
    rows: tuple[Html, ...]


class Pages:
    """The pages of one quiz. Students' pages are filled from the form alone, never from its key."""

    def __init__(
        self,
        bank: Bank,
        quiz: Quiz,
        pictures: Mapping[str, str],
        templates: Templates,
        *,
        is_draft: bool = True,
    ) -> None:
        self._bank = bank
        self._quiz = quiz
        self._templates = templates
        direction = direction_of(bank.language)
        words = PaperWords(templates.words("paper", bank.language), direction)
        self._words = words
        self._draft = css_string(words.say("draft")) if is_draft else ""
        self._press = Press(
            words=words, rules=quiz.plan.rules, pictures=pictures, room=room_for(quiz.items)
        )
        self._questions: dict[AsPrinted, Html] = {}
        self._answered: dict[AsPrinted, Html] = {}
        self._rows: dict[AsPrinted, Html] = {}
        self._told: dict[frozenset[Scored], tuple[RuleLine, ...]] = {}

    # --- For students ----------------------------------------------------------------------------

    def form_section(self, form: Form, student: Student | None = None) -> Html:
        """One form, with the name of its student where that is known, without the page around it."""
        page_name = student.page_name if student else f"form-{form.letter}"
        return self._section(form, self._about, page_name, student)

    def _section(
        self,
        form: Form,
        about: str,
        page_name: str,
        student: Student | None = None,
        *,
        is_answered: bool = False,
    ) -> Html:
        printed = self._marked if is_answered else self._question
        instructions = self._quiz.plan.instructions
        return self._render(
            "form",
            page_name=page_name,
            student=student,
            letter=form.letter,
            about=about,
            total=self._words.number(self._points),
            instructions=self._press.text(instructions) if instructions else "",
            rules=in_two(self._rules(form)),
            sections=sections(form, self._passages, self._press, printed),
            gap=self._press.room.gap,
            level=self._level,
            is_answered=is_answered,
        )

    def _question(self, question: Question) -> Html:
        """A question as printed; once for all forms in which it stands alike."""
        alike = _as_printed(question)
        if alike not in self._questions:
            view = student_view(question, self._press)
            self._questions[alike] = self._render("question", q=view, key=None, level=self._level)
        return self._questions[alike]

    def form_page(self, form: Form, section: Html, size: Size = "normal") -> Html:
        """One form as a file of its own."""
        mark = PageMark(name=f"form-{form.letter}", mark=self._mark("form_letter", form))
        return self._page(
            [section],
            title=f"{plain(self._quiz.plan.title)} · {self._words.say('form_letter', letter=form.letter)}",
            style="form",
            footer=Footer(middle=self._footer_title, page=self._page_of, pages=(mark,)),
            size=size,
        )

    def forms_page(self, forms: Sequence[Form], sections: Sequence[Html]) -> Html:
        """All forms in one file, the sheets of each counted from 1."""
        marks = tuple(
            PageMark(
                name=f"form-{form.letter}",
                mark=self._mark("form_letter", form),
                page=self._page_in(f"form-{form.letter}", len(forms)),
            )
            for form in forms
        )
        return self._page(
            sections,
            title=plain(self._quiz.plan.title),
            style="form",
            footer=Footer(
                middle=self._footer_title,
                page=self._page_of,
                pages=marks,
                counting=self._counting(len(forms)),
            ),
            cover=[(form.letter, form.digest) for form in forms],
        )

    def sheet_section(self, form: Form, student: Student | None = None) -> Html:
        """The answer sheet of one form, with the name of its student where that is known."""
        sheet, words = answer_sheet(form, self._press), self._words
        return self._render(
            "sheet",
            page_name=student.page_name if student else f"sheet-{form.letter}",
            student=student,
            letter=form.letter,
            digest=form.digest,
            about=f"{words.say('sheet')} · {self._about}",
            total=words.number(self._points),
            sheet=sheet,
            has_order=any(isinstance(question.item, Order) for question in form.questions),
        )

    def sheet_page(self, form: Form) -> Html:
        """The answer sheet of one form as a file of its own."""
        words = self._words
        mark = PageMark(name=f"sheet-{form.letter}", mark=self._mark("sheet_form", form))
        return self._page(
            [self.sheet_section(form)],
            title=f"{words.say('sheet_form', letter=form.letter)} · {plain(self._quiz.plan.title)}",
            style="sheet",
            footer=Footer(middle=self._footer_title, page=self._page_of, pages=(mark,)),
        )

    def _page_in(self, name: str, papers: int) -> str:
        """The page count of the sheets of that name, in a file of so many papers."""
        if papers == 1:
            return ""
        page = self._words.content("page", page=f"counter({name})")
        return f"{page} counter(pages, of-{name})"

    def _counting(self, papers: int) -> Counting | None:
        """What counts the sheets of each paper, in a file of several."""
        if papers == 1:
            return None
        return Counting(
            script=self._templates.source("paper/pages.js"),
            of="#".join(self._words.around("of_pages")),
        )

    # --- For the teacher -------------------------------------------------------------------------

    def key_page(self, form: Form) -> Html:
        """The key of one form."""
        section = self._render(
            "key",
            page_name=f"key-{form.letter}",
            letter=form.letter,
            about=self._about_key(self._words.say("key")),
            sections=[
                KeySection(
                    title=self._press.text(section.title) if section else Html(),
                    points=points_of(questions, self._press) if section else "",
                    rows=tuple(map(self._row, questions)),
                )
                for section, questions in by_section(form)
            ],
        )
        mark = PageMark(name=f"key-{form.letter}", mark=self._mark("key_form", form))
        return self._key_file(section, self._words.say("key_form", letter=form.letter), mark)

    def _row(self, question: Question) -> Html:
        """The row of a question in the key; once for all forms in which it stands alike."""
        alike = _as_printed(question)
        if alike not in self._rows:
            row = key_row(question, self._documents, self._press)
            self._rows[alike] = self._render("row", row=row)
        return self._rows[alike]

    def marked_page(self, form: Form) -> Html:
        """One form with what is right marked in it, as its students have it before them."""
        name = self._words.say("marked_form", letter=form.letter)
        page_name = f"marked-{form.letter}"
        about = self._about_key(self._words.say("marked"))
        return self._key_file(
            self._section(form, about, page_name, is_answered=True),
            name,
            PageMark(name=page_name, mark=self._mark("marked_form", form)),
            style="marked",
        )

    def _marked(self, question: Question) -> Html:
        """A question with its answer in it; once for all forms in which it stands alike."""
        alike = _as_printed(question)
        if alike not in self._answered:
            row = key_row(question, self._documents, self._press)
            view = marked_view(question, self._press)
            self._answered[alike] = self._render("question", q=view, key=row, level=self._level)
        return self._answered[alike]

    def keys_page(self, forms: Sequence[Form]) -> Html:
        """The keys of all forms side by side, and a plan of seats."""
        name = self._words.say("key_all")
        section = self._render(
            "table",
            about=self._about_key(f"{self._words.say('key')} · {self._words.say('all_forms')}"),
            total=self._words.number(self._points),
            tables=tables(forms, self._press),
            density=density(forms),
            two_up=is_two_up(forms),
            seats=seats(forms) if len(forms) > 1 else (),
            notes=notes(forms, self._press),
            ticks_tables=ticks_tables(forms, self._press),
        )
        return self._key_file(section, name, PageMark(name="key-all", mark=css_string(name)))

    def _key_file(self, section: Html, name: str, mark: PageMark, style: str = "key") -> Html:
        return self._page(
            [section],
            title=f"{name} · {plain(self._quiz.plan.title)}",
            style=style,
            footer=Footer(
                middle=css_string(self._words.say("teachers_only")),
                page=self._page_of,
                pages=(mark,),
            ),
        )

    # --- Common ----------------------------------------------------------------------------------

    @cached_property
    def _documents(self) -> dict[str, Document]:
        return {document.name: document for document in self._bank.documents}

    @cached_property
    def _passages(self) -> dict[str, Passage]:
        return {passage.id: passage for passage in (*self._bank.passages, *self._quiz.passages)}

    def _rules(self, form: Form) -> tuple[RuleLine, ...]:
        """The rules for what is asked in a form; parallel forms may differ in that."""
        kinds = kinds_scored(form)
        if kinds not in self._told:
            self._told[kinds] = rules_in_words(kinds, self._quiz.plan.rules, self._words)
        return self._told[kinds]

    @cached_property
    def _count(self) -> int:
        """How many questions each form has."""
        return sum(map(len, self._quiz.drawn()))

    @cached_property
    def _heading(self) -> Html:
        return self._press.text(self._quiz.plan.title)

    @cached_property
    def _level(self) -> int:
        """The level of a question's heading: below that of its section, if there are any."""
        return 3 if self._quiz.plan.sections else 2

    @cached_property
    def _points(self) -> Fraction:
        return self._quiz.points

    @cached_property
    def _about(self) -> str:
        """What stands over the title: the bank, how many questions, how long."""
        plan, words = self._quiz.plan, self._words
        parts = [words.count("questions", self._count)]
        if plan.minutes:
            parts.append(words.count("minutes", plan.minutes))
        if self._bank.title not in (plan.title, ""):
            parts.insert(0, plain(self._bank.title))
        return " · ".join(parts)

    def _about_key(self, lead: str) -> str:
        words = self._words
        only = words.say("teachers_only")
        return " · ".join(
            (
                lead,
                words.count("questions", self._count),
                words.count("points", self._points),
                only[:1].lower() + only[1:] if self._bank.language.startswith("en") else only,
            )
        )

    def _mark(self, key: str, form: Form) -> str:
        return css_string(f"{self._words.say(key, letter=form.letter)} · {form.digest}")

    @cached_property
    def _footer_title(self) -> str:
        title = plain(self._quiz.plan.title)
        return css_string(shortened(title, _LONGEST_FOOTER))

    @cached_property
    def _page_of(self) -> str:
        return self._words.content("page_of", page="counter(page)", pages="counter(pages)")

    def _page(
        self,
        sections: Sequence[Html],
        *,
        title: str,
        style: str,
        footer: Footer,
        cover: Sequence[tuple[str, str]] = (),
        size: Size = "normal",
    ) -> Html:
        return self._render(
            "page",
            sections=sections,
            title=title,
            style=f"paper/{style}.css",
            footer=footer,
            draft=self._draft,
            cover=cover,
            size=size,
            language=self._bank.language,
            direction=self._words.direction,
        )

    def _render(self, template: str, **values: object) -> Html:
        common = {"words": self._words, "heading": self._heading}
        return Html(self._templates.render(f"paper/{template}.html", common | values))


def _as_printed(question: Question) -> AsPrinted:
    return question.number, question.item.id, question.order, question.rights
