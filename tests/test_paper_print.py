"""Printed quizzes as Chromium prints them, on A4 and on Letter, read back from the PDF."""

import json
import re
from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import normalize

import pymupdf
import pytest
from msgspec.structs import replace

from quizgen.core.form import (
    has_letters,
    key_letters,
    letter,
    make_form,
    make_forms,
    printed_options,
    printed_rights,
)
from quizgen.core.manifest import write_manifest
from quizgen.markup import to_text
from quizgen.model import (
    Card,
    Choice,
    Cloze,
    Entry,
    Form,
    Item,
    Match,
    Number,
    Open,
    Order,
    Question,
    Quiz,
    Quota,
    Section,
    TrueFalse,
)
from quizgen.outputs.paper import (
    STUDENTS,
    TEACHER,
    Printing,
    build,
    form_path,
    key_path,
    large_path,
    marked_path,
    sheet_path,
)
from quizgen.outputs.pdf.devtools import Tab
from quizgen.outputs.template import Templates
from tests.paper_samples import (
    ARABIC,
    ARABIC_QUIZ,
    CHINESE,
    CHINESE_QUIZ,
    HARD,
    HARD_QUIZ,
    MEDIA,
    WATER,
    WATER_QUIZ,
    quiz_of,
)
from tests.test_matrix import edition_of

EVERYTHING = Printing(large_print=True, answer_sheet=True)
SIZES = {"A4": (595, 842), "letter": (612, 792)}
each_size = pytest.mark.parametrize(
    "size", [pytest.param(size, marks=pytest.mark.xdist_group(size)) for size in SIZES]
)
"""One process reads all sheets of a size, so that each page is printed once."""


def of_length(count: int, name: str = "of", items: tuple[Item, ...] = WATER.items) -> Quiz:
    """A quiz of so many questions in four forms."""
    turns = (
        replace(item, id=f"{item.id}-{turn}", passage="") for turn in range(count) for item in items
    )
    bank = replace(WATER, items=tuple(islice(turns, count)))
    return quiz_of(bank, replace(WATER_QUIZ.plan, id=f"{name}-{count}"))


TABLES = tuple(map(of_length, (16, 20, 30, 40, 50)))
CROSSED = tuple(item for item in WATER.items if isinstance(item, Choice | TrueFalse))
MANY = of_length(10, "many", tuple(i for i in WATER.items if isinstance(i, Choice | Order)))
MANY = replace(MANY, plan=replace(MANY.plan, forms=16))
SHEETS = (
    *(of_length(count) for count in (20, 40, 60)),
    *(of_length(count, "crossed", CROSSED) for count in (20, 60)),
)


def in_sections(quiz: Quiz) -> Quiz:
    """The same questions, two in each section."""
    names = [item.id for item in quiz.items]
    draw = tuple(tuple(names[n : n + 2]) for n in range(0, len(names), 2))
    sections = tuple(
        Section(
            title=f"Section number {n} with a *heading*",
            blueprint=(Quota(count=2),),
            instructions=f"What to do in section {n}. " * (1 + n % 4),
        )
        for n in range(len(draw))
    )
    plan = replace(quiz.plan, id="sections", blueprint=(), sections=sections)
    return replace(quiz, plan=plan, draws=(draw,))


SECTIONED = in_sections(of_length(40))


class Sheet(NamedTuple):
    """A printed page: its text without white space, and its words by place."""

    text: str
    words: list[tuple[float, float, str]]
    size: tuple[int, int]


class Printer:
    """Prints a product once for each size of paper, and keeps what was read back."""

    def __init__(self, tab: Tab, folder: Path) -> None:
        self._tab = tab
        self._folder = folder
        self._read: dict[tuple[str, str], list[Sheet]] = {}
        self._files = {
            path: data
            for bank, quiz in (
                (WATER, WATER_QUIZ),
                (HARD, HARD_QUIZ),
                (ARABIC, ARABIC_QUIZ),
                (CHINESE, CHINESE_QUIZ),
                (WATER, SECTIONED),
                *((WATER, q) for q in {q.plan.id: q for q in (*TABLES, MANY, *SHEETS)}.values()),
            )
            for path, data in build(
                bank, quiz, media=MEDIA, templates=Templates(), printing=EVERYTHING
            ).files.items()
        }
        self._files |= build(
            WATER,
            WATER_QUIZ,
            media=MEDIA,
            templates=Templates(),
            printing=Printing(folder="printed/midterm-1", is_draft=False),
        ).files

    def read(self, path: str, size: str) -> list[Sheet]:
        """The sheets of a product. The size is added as a printer's choice would be."""
        if (path, size) not in self._read:
            self._read[path, size] = list(map(sheet_of, self._print(path, size)))
        return self._read[path, size]

    def _print(self, path: str, size: str) -> Iterator[Any]:
        page = self._folder / f"{size}-{path.replace('/', '-')}"
        html = self._files[path].decode()
        chosen = f"<style>@page {{ size: {size}; }}</style></head>"
        page.write_text(html.replace("</head>", chosen), encoding="utf-8")
        with pymupdf.open(stream=self._tab.pdf_of(page.as_uri())) as document:  # type: ignore[no-untyped-call]
            yield from document


def sheet_of(page: Any) -> Sheet:
    words = [(word[0], word[1], word[4]) for word in page.get_text("words")]
    size = (round(page.rect.width), round(page.rect.height))
    return Sheet(text=solid(page.get_text()), words=words, size=size)


def solid(text: str) -> str:
    """A text without white space, since a line may break anywhere, and without ligatures."""
    return re.sub(r"\s+", "", normalize("NFKC", text))


@pytest.fixture(scope="module")
def printer(tab: Tab, tmp_path_factory: pytest.TempPathFactory) -> Printer:
    return Printer(tab, tmp_path_factory.mktemp("printed"))


LARGE = tuple((large_path(form), WATER_QUIZ) for form in make_forms(WATER_QUIZ)[:2])
PAPERS: tuple[tuple[str, Quiz], ...] = (
    (f"build/{STUDENTS}/midterm-all.html", WATER_QUIZ),
    (form_path(make_form(HARD_QUIZ, 0)), HARD_QUIZ),
    (f"build/{STUDENTS}/chinese-all.html", CHINESE_QUIZ),
)


def sheets_of(sheets: list[Sheet], form: Form) -> list[Sheet]:
    return [sheet for sheet in sheets if solid(f"Form {form.letter} · {form.digest}") in sheet.text]


def shown(question: Question) -> list[str]:
    """Every text that the student must find under this question, but for formulas and Arabic."""
    item = question.item
    options = [option.text for _, option in (*printed_options(question), *printed_rights(question))]
    plain = (re.sub(r"\$[^$]*\$", "\n", text) for text in (*texts_of(item), *options))
    return [
        solid(part)
        for text in plain
        for line in to_text(text).splitlines()
        for part in re.split(r"\s{2,}|─+", line)
        if part.strip() and not re.search(r"[\u0600-\u06ff$\\]", part)
    ]


def texts_of(item: Item) -> tuple[str, ...]:
    match item:
        case Choice() | Entry() | Number() | Match() | Order() | Open():
            return (item.stem,)
        case TrueFalse():
            return (item.statement, "True", "False")
        case Cloze():
            gapped = "".join(part if isinstance(part, str) else "___" for part in item.parts)
            return (item.stem, *re.findall(r"[A-Z]?[a-z]{3,}", re.sub(r"\$.*?\$", "", gapped)))
        case Card():
            return (item.front,)


# --- Sheets --------------------------------------------------------------------------------------


@each_size
@pytest.mark.parametrize(("path", "quiz"), PAPERS)
def test_sheets_have_the_printer_s_size(printer: Printer, path: str, quiz: Quiz, size: str) -> None:
    assert quiz.items
    assert {sheet.size for sheet in printer.read(path, size)} == {SIZES[size]}


@each_size
def test_every_sheet_names_its_form_and_its_page(printer: Printer, size: str) -> None:
    """In the file of all forms, each form counts its own pages, and says how many they are."""
    for name, quiz in (("midterm", WATER_QUIZ), ("of-50", TABLES[-1])):
        sheets = printer.read(f"build/{STUDENTS}/{name}-all.html", size)
        found = [sheets_of(sheets, form) for form in make_forms(quiz)]
        blank = (len(found) - 1) * (len(found[0]) % 2)
        assert sum(map(len, found)) + blank == len(sheets)
        for form, own in zip(make_forms(quiz), found, strict=True):
            alone = printer.read(form_path(form), size)
            assert len(own) == len(alone)
            for number, sheet in enumerate(own, 1):
                assert f"Page{number}of{len(alone)}" in sheet.text


@each_size
def test_a_form_of_its_own_says_page_x_of_y(printer: Printer, size: str) -> None:
    sheets = printer.read(form_path(make_form(HARD_QUIZ, 0)), size)
    (form, *_) = make_forms(HARD_QUIZ)
    assert len(sheets_of(sheets, form)) == len(sheets) > 1
    for number, sheet in enumerate(sheets, 1):
        assert f"Page{number}of{len(sheets)}" in sheet.text


@each_size
def test_every_form_starts_on_a_right_hand_page(printer: Printer, size: str) -> None:
    """Whether the sheets of a form are even in number or, as fifty questions on Letter, odd."""
    for path in (f"build/{STUDENTS}/midterm-all.html", f"build/{STUDENTS}/of-50-all.html"):
        sheets = printer.read(path, size)
        starts = [n for n, sheet in enumerate(sheets, 1) if "Howtoanswer" in sheet.text]
        assert len(starts) == 4
        assert all(start % 2 for start in starts)


@each_size
def test_every_sheet_of_a_draft_says_so_above_its_text(printer: Printer, size: str) -> None:
    """Of papers, of keys and of the table; an edition's sheets are the same but for that."""
    drafts = (
        PAPERS[0][0],
        key_path(make_form(WATER_QUIZ, 0)),
        f"build/{TEACHER}/midterm-key-all.html",
    )
    for path in drafts:
        sheets = printer.read(path, size)
        assert all("DRAFT" in sheet.text for sheet in sheets)
        edition = printer.read(path.replace("build/", "printed/midterm-1/"), size)
        assert [sheet.text for sheet in edition] == [
            sheet.text.replace("DRAFT", "") for sheet in sheets
        ]


# --- Questions -----------------------------------------------------------------------------------


@each_size
@pytest.mark.parametrize(("path", "quiz"), [*PAPERS, *LARGE])
def test_no_question_is_split_and_no_text_is_missing(
    printer: Printer, path: str, quiz: Quiz, size: str
) -> None:
    """Each question's number, stem and all its options stand on one sheet of its form."""
    sheets = printer.read(path, size)
    forms = [
        form
        for form in make_forms(quiz)
        if path.endswith("-all.html") or f"-{form.letter}-{form.digest}" in path
    ]
    assert forms
    for form in forms:
        own = sheets_of(sheets, form)
        for question in form.questions:
            texts = shown(question)
            pages = [n for n, sheet in enumerate(own) if all(text in sheet.text for text in texts)]
            assert pages, (size, form.letter, question.item.id, texts)


@each_size
def test_a_passage_stands_with_its_first_question(printer: Printer, size: str) -> None:
    for sheet in printer.read(f"build/{STUDENTS}/midterm-all.html", size):
        assert ("restonthistext" in sheet.text) == ("shallowestonaverage" in sheet.text)


@each_size
@pytest.mark.parametrize("quiz", SHEETS, ids=lambda quiz: quiz.plan.id)
def test_an_answer_sheet_of_up_to_sixty_questions_is_one_page(
    printer: Printer, quiz: Quiz, size: str
) -> None:
    """It names its form and has every number and letter, in the order of the form."""
    form = make_form(quiz, 1)
    (sheet,) = printer.read(sheet_path(form), size)
    assert solid(f"Answer sheet · Form B · {form.digest}") in sheet.text
    assert all(field in sheet.text for field in ("Name", "Class", "Date", "Seat"))
    rest = sheet.text[sheet.text.index("strikethrough.") :]
    for question in form.questions:
        item = question.item
        letters = [mark for mark, _ in printed_options(question) if isinstance(item, Choice)]
        signs = "TF" if isinstance(item, TrueFalse) else "".join(letters)
        _, found, rest = rest.partition(f"{question.number}{signs}")
        assert found


@each_size
def test_a_paper_from_right_to_left_is_laid_out_so(printer: Printer, size: str) -> None:
    """Numbers stand at the right edge, each letter to the right of its option, points at the left."""
    form = make_form(ARABIC_QUIZ, 0)
    sheets = printer.read(form_path(form), size)
    words = [(x, y, word) for sheet in sheets for x, y, word in sheet.words]
    at_the_edge = {word for x, _, word in words if x > SIZES[size][0] - 75}
    assert {str(question.number) for question in form.questions} <= at_the_edge
    assert all(x < 100 for x, _, word in words if word in {"point", "points"})
    for text in ("Baikal", "Nile"):
        ((x, y),) = ((x, y) for x, y, word in words if word == text)
        letters = [
            at for at, line, word in words if word == printed_letter(form, text) and near(line, y)
        ]
        assert any(x < at < x + 60 for at in letters)


def near(one: float, other: float) -> bool:
    """Whether two words stand on one line."""
    return abs(one - other) < 6


def printed_letter(form: Form, text: str) -> str:
    """The letter of an option with that text."""
    return next(
        mark
        for question in form.questions
        for mark, option in printed_options(question)
        if option.text == text
    )


# --- Keys ----------------------------------------------------------------------------------------


def key_column(sheets: list[Sheet]) -> dict[int, list[str]]:
    """Number to the letters beside it, read by where they stand on the printed key."""
    rows: dict[int, list[str]] = {}
    for sheet in sheets:
        body = [(x, y, word) for x, y, word in sheet.words if 90 < y < sheet.size[1] - 60 or y < 60]
        starts = sorted((y - 4, int(word)) for x, y, word in body if x < 70 and word.isdigit())
        for (top, number), (end, _) in pairwise((*starts, (sheet.size[1], 0))):
            rows[number] = [word for x, y, word in body if 74 <= x < 136 and top <= y < end]
    return rows


def printed_before(text: str, thing: str, marks: list[str]) -> str:
    """Which of these marks stands right before a thing in the text of its question."""
    return next(mark for mark in reversed(marks) if f"{mark}{solid(to_text(thing))}" in text)


@each_size
@pytest.mark.parametrize("print_", ["normal", "large"])
def test_the_printed_key_chooses_the_keys_on_the_printed_form(
    printer: Printer, size: str, print_: str
) -> None:
    """Letters are read off both sheets; only identities are taken from the bank.

    The key serves the same form in large print, and is what the manifest spells out.
    """
    manifest = {
        form["letter"]: {question["number"]: question for question in form["questions"]}
        for form in json.loads(write_manifest(edition_of(WATER_QUIZ)))["forms"]
    }
    for form in make_forms(WATER_QUIZ)[: 2 if print_ == "large" else None]:
        path = large_path(form) if print_ == "large" else f"build/{STUDENTS}/midterm-all.html"
        paper = "".join(sheet.text for sheet in sheets_of(printer.read(path, size), form))
        key = key_column(printer.read(key_path(form), size))
        assert list(key) == list(range(1, 16))
        for question in form.questions:
            given = key[question.number]
            if has_letters(question.item):
                assert given == manifest[form.letter][question.number]["key"]
            match question.item:
                case Choice(options=options, keys=keys, stem=stem):
                    after = paper[paper.index(solid(stem)) :]
                    marks = [letter(n) for n in range(len(options))]
                    right = {printed_before(after, o.text, marks) for o in options if o.id in keys}
                    assert set(given) == right
                case TrueFalse(answer=answer):
                    assert given == [str(answer)]
                case Match(pairs=pairs, stem=stem):
                    after = paper[paper.index(solid(stem)) :]
                    for pair in pairs:
                        number = printed_before(after, pair.left.text, list("1234"))
                        mark = printed_before(after, pair.right.text, list("ABCDE"))
                        assert given[int(number) - 1] == mark
                case Order(sequence=sequence, stem=stem):
                    after = paper[paper.index(solid(stem)) :]
                    places = [after.index(solid(thing.text)) for thing in sequence]
                    printed = sorted(range(len(places)), key=places.__getitem__)
                    assert given == [str(place + 1) for place in printed]
                case _:
                    assert len(given) in {1, 2}


@each_size
def test_a_section_s_heading_stands_with_its_first_question(printer: Printer, size: str) -> None:
    """Heading, points, instructions and a question on one sheet, on paper and key; none alone."""
    form = make_form(SECTIONED, 0)
    paper, key = printer.read(form_path(form), size), printer.read(key_path(form), size)
    firsts = {q.section: q for q in reversed(form.questions)}
    for n, first in firsts.items():
        heading = solid(f"Section number {n} with a heading")
        points = f"{sum(q.item.points for q in form.questions if q.section == n)}point"
        (sheet,) = (sheet for sheet in paper if heading in sheet.text)
        after = sheet.text.partition(heading)[2]
        assert after.startswith(points)
        assert solid(f"What to do in section {n}.") in after
        assert shown(first)[0] in after
        (sheet,) = (sheet for sheet in key if heading in sheet.text)
        assert f"{heading}{points}" in sheet.text
        after = sheet.text.partition(heading)[2].removeprefix(points).removeprefix("s")
        assert after.startswith(str(first.number))


@each_size
def test_the_marked_paper_shows_what_the_printed_key_says(printer: Printer, size: str) -> None:
    """Its ticks, and the entries of its boxes, read off the sheet; in no colour alone."""
    for form in make_forms(WATER_QUIZ):
        marked = "".join(sheet.text for sheet in printer.read(marked_path(form), size))
        key = key_column(printer.read(key_path(form), size))
        for question in form.questions:
            given = key[question.number]
            match question.item:
                case Choice(options=options, stem=stem):
                    after = marked[marked.index(solid(stem)) :]
                    ticked = [o for o in options if re.search(ticked_as(o.text), after)]
                    letters = sorted(printed_before(after, o.text, given) for o in ticked)
                    assert letters == sorted(given)
                case TrueFalse(answer=answer, statement=statement):
                    after = marked[marked.index(solid(statement)) :]
                    assert after.index("✓") in {after.find("✓TTrue"), after.find("✓FFalse")}
                    assert after[after.index("✓") + 2 :].startswith(given[0])
                    assert given == [str(answer)]
                case Match(stem=stem) | Order(stem=stem):
                    after = marked[marked.index(solid(stem)) :]
                    places = [after.index(mark) for mark in lines_filled(question, given)]
                    assert places
                case _:
                    pass


def ticked_as(text: str) -> str:
    """How a right option stands in the text of a sheet."""
    return rf"✓[A-Z]{re.escape(solid(to_text(text)))}"


def lines_filled(question: Question, given: list[str]) -> list[str]:
    """Each filled box with the number, if any, and the text beside it."""
    printed = printed_options(question)
    return [
        f"{entry}{mark}{solid(to_text(thing.text))}"
        for entry, (mark, thing) in zip(given, printed, strict=True)
    ]


@each_size
@pytest.mark.parametrize("quiz", TABLES, ids=lambda quiz: quiz.plan.id)
def test_the_table_of_all_forms_is_one_page(quiz: Quiz, printer: Printer, size: str) -> None:
    """Of any usual length: the rows stand closer where there are more of them."""
    (sheet,) = printer.read(f"build/{TEACHER}/{quiz.plan.id}-key-all.html", size)
    assert "Dealtoutlikethis" in sheet.text
    for form in make_forms(quiz):
        assert form.digest in sheet.text


@each_size
def test_tables_of_many_forms_share_a_page_and_break_no_key(printer: Printer, size: str) -> None:
    """Sixteen forms are two tables; the places of an ordering stand in one line."""
    (sheet,) = printer.read(f"build/{TEACHER}/many-10-key-all.html", size)
    text = [(word, round(y)) for _, y, word in sheet.words]
    for form in make_forms(MANY):
        for question in form.questions:
            if isinstance(question.item, Order):
                code = key_letters(question)
                runs = [text[n : n + len(code)] for n in range(len(text))]
                found = [[y for _, y in run] for run in runs if [w for w, _ in run] == list(code)]
                assert any(len(set(places)) == 1 for places in found), (form.letter, code, found)


@each_size
def test_a_key_is_marked_as_one_on_every_sheet(printer: Printer, size: str) -> None:
    for sheet in printer.read(key_path(make_form(WATER_QUIZ, 0)), size):
        assert "Key·FormA" in sheet.text
        assert "Notforstudents" in sheet.text
