"""Printed quizzes as files: what stands in them, what never may, and how it is said."""

import re
from base64 import b64encode
from fractions import Fraction
from hashlib import sha256
from html import unescape
from itertools import combinations
from typing import assert_never

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from quizgen.core.form import key_letters, make_form, make_forms, printed_options
from quizgen.core.score import is_judged, ticks_table
from quizgen.model import (
    Bank,
    Card,
    Choice,
    Cloze,
    Correction,
    Entry,
    Gap,
    Image,
    Item,
    Match,
    Number,
    Open,
    Order,
    Pair,
    Passage,
    Quiz,
    QuizPlan,
    Quota,
    Rules,
    Tolerance,
    TrueFalse,
)
from quizgen.outputs.built import Built
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
from quizgen.outputs.paper.room import left_share
from quizgen.outputs.paper.rules import RuleLine, in_two
from quizgen.outputs.paper.table import seats
from quizgen.outputs.paper.texts import Html, PaperWords, css_string, direction_of, rich, shortened
from quizgen.outputs.template import Templates
from quizgen.outputs.words import length
from tests.conftest import few
from tests.paper_samples import HARD, HARD_QUIZ, MEDIA, WATER, WATER_QUIZ, options
from tests.strategies import paper_quizzes

TEMPLATES = Templates()
DEFAULT = Rules()
EVERYTHING = Printing(large_print=True, answer_sheet=True)
ENGLISH = PaperWords(TEMPLATES.words("paper", "en"), "ltr")
GERMAN = PaperWords(TEMPLATES.words("paper", "de"), "ltr")


def printed(bank: Bank, quiz: Quiz) -> Built:
    """With all that is printed on request only."""
    return build(bank, quiz, media=MEDIA, templates=TEMPLATES, printing=EVERYTHING)


def students(built: Built) -> dict[str, str]:
    return {
        path: data.decode()
        for path, data in built.files.items()
        if path.startswith(f"build/{STUDENTS}")
    }


def teachers(built: Built) -> dict[str, str]:
    return {
        path: data.decode()
        for path, data in built.files.items()
        if path.startswith(f"build/{TEACHER}")
    }


def quiz_of(*items: Item, rules: Rules = DEFAULT, language: str = "en") -> tuple[Bank, Quiz]:
    plan = QuizPlan(id="q", title="Q", blueprint=(Quota(count=len(items)),), forms=1, rules=rules)
    bank = Bank(name="b", title="B", items=items, passages=WATER.passages, language=language)
    return bank, Quiz(bank="b", plan=plan, items=items, passages=bank.passages)


def form_a(*items: Item, rules: Rules = DEFAULT, language: str = "en") -> str:
    bank, quiz = quiz_of(*items, rules=rules, language=language)
    return students(printed(bank, quiz))[form_path(make_form(quiz, 0))]


def key_a(*items: Item, rules: Rules = DEFAULT, language: str = "en") -> str:
    bank, quiz = quiz_of(*items, rules=rules, language=language)
    return teachers(printed(bank, quiz))[key_path(make_form(quiz, 0))]


# --- No trace of the key -------------------------------------------------------------------------


@settings(max_examples=few(50))
@given(paper_quizzes())
def test_a_student_s_file_holds_no_word_of_the_key(drawn: tuple[Bank, Quiz]) -> None:
    """No accepted answer, reason, source, rubric, hint or identity, in text, attribute or name."""
    built = printed(*drawn)
    for path, html in students(built).items():
        assert "secret" not in path + html
        for item in drawn[1].items:
            if isinstance(item, Number):
                assert item.text not in html
    assert all("secret" in html for path, html in teachers(built).items() if "-all" not in path)


@settings(max_examples=few(50))
@given(paper_quizzes(), st.data())
def test_moving_the_key_changes_no_byte_of_a_student_s_file(
    drawn: tuple[Bank, Quiz], data: st.DataObject
) -> None:
    """Whatever the right answers are, students hold the same papers; teachers other keys.

    Only how long the longest filling of the whole quiz is shows, in the width of all its gaps.
    """
    bank, quiz = drawn
    items = tuple(rekeyed(item, quiz.plan.rules, data) for item in quiz.items)
    other = replace(quiz, items=items)
    # An order is never printed as its own answer, so a few answers exclude a few printed orders.
    assume(
        all(
            a.order == b.order
            for n in range(quiz.plan.forms)
            for a, b in zip(
                make_form(quiz, n).questions, make_form(other, n).questions, strict=True
            )
        )
    )
    before, after = printed(bank, quiz), printed(replace(bank, items=items), other)
    assert students(before) == students(after)
    assert teachers(before) != teachers(after)


def rekeyed(item: Item, rules: Rules, data: st.DataObject) -> Item:
    """The same question with another answer."""
    item = replace(item, explain="Another explanation.", source=None, claim=not item.claim)
    match item:
        case Choice():
            ids = [option.id for option in item.options]
            told = len(item.keys) if rules.multiple == "ripkey" or not item.multiple else None
            keys = data.draw(st.sets(st.sampled_from(ids), min_size=told or 1, max_size=told))
            return replace(item, keys=tuple(sorted(keys)))
        case TrueFalse():
            return replace(item, answer=not item.answer)
        case Entry():
            return replace(item, accept=("a much longer answer than it was before",), close={})
        case Number():
            return replace(item, value=Fraction(3), text="3", tolerance=None, bands=(), units={})
        case Cloze():
            parts = tuple(
                replace(part, accept=("x" * max(map(len, part.accept)),))
                if isinstance(part, Gap)
                else part
                for part in item.parts
            )
            return replace(item, parts=parts)
        case Match():
            rights = data.draw(st.permutations([pair.right for pair in item.pairs]))
            pairs = tuple(
                Pair(left=pair.left, right=right)
                for pair, right in zip(item.pairs, rights, strict=True)
            )
            return replace(item, pairs=pairs)
        case Order():
            return replace(item, sequence=tuple(data.draw(st.permutations(item.sequence))))
        case Open():
            return replace(item, model="Another model.", rubric=())
        case Card():
            return replace(item, back="Another back.")
        case _:
            assert_never(item)


def test_every_gap_and_line_has_one_size() -> None:
    """Neither the length nor the number of the accepted answers shows in the room to write."""
    short, long = (
        Cloze(id="a", parts=("It is ", Gap(number=1, accept=accept), "."))
        for accept in (("I",), ("a fairly long one", "or not"))
    )
    longest = Cloze(id="b", parts=("So ", Gap(number=1, accept=("extraordinarily long",)), "."))
    assert form_a(short, longest) == form_a(long, longest)
    line = Entry(id="a", stem="What?", accept=("I",))
    assert form_a(line) == form_a(replace(line, accept=("a fairly long one", "or not")))


@pytest.mark.parametrize(
    ("answer", "style"),
    [
        ("ice", ""),
        ("fifteen letters", ""),
        ("sixteen letters.", ' style="--gap: 60mm"'),
        ("Organisation of the Petroleum Exporting Countries", ' style="--gap: 150mm"'),
        ("x" * 500, ' style="--gap: 150mm"'),
        ("下列哪一个城市是", ' style="--gap: 60mm"'),
    ],
)
def test_all_gaps_of_a_quiz_are_as_wide_as_its_longest_answer_by_hand(
    answer: str, style: str
) -> None:
    """Those accepted besides may be the longest; CJK counts double."""
    item = Cloze(id="a", parts=("It is ", Gap(number=1, accept=("I", answer)), "."))
    other = Cloze(id="b", parts=("So ", Gap(number=1, accept=("so",)), " it is."))
    html = form_a(item, other)
    assert f'id="form-A"{style}>' in html
    assert html.count('class="gap"') == 2


@pytest.mark.parametrize(
    ("back", "lines"), [("a word", 1), ("x" * 44, 1), ("x" * 54, 1), ("x" * 60, 2), ("x" * 500, 4)]
)
def test_all_short_answers_of_a_quiz_have_the_lines_that_the_longest_needs(
    back: str, lines: int
) -> None:
    html = form_a(
        Card(id="a", front="One?", back=back), Entry(id="b", stem="Two?", accept=("two",))
    )
    assert [part.count("<i></i>") for part in html.split('class="answer write')[1:]] == [lines] * 2


def test_squares_are_printed_where_the_author_asks_for_a_grid() -> None:
    """As high as the lines would be, whatever the model answer."""
    item = Open(id="a", stem="Draw.", model="It falls.", lines=5, grid=True)
    html = form_a(item)
    assert 'width="160mm" height="45mm"' in html
    assert "<i></i>" not in html.split('<article class="q">')[1]
    assert html == form_a(replace(item, model="A much longer answer. " * 30))


def test_a_hint_and_what_closes_the_sentence_stay_with_their_gap() -> None:
    gap = Gap(number=1, accept=("Asia",), hint="a continent")
    html = form_a(Cloze(id="a", parts=("It lies in ", gap, ", not in Africa.")))
    assert re.search(
        r'<span class="held"><span class="gap"[^>]*></span> '
        r'<span class="hint">\(a continent\)</span>,</span> not',
        html,
    )


def test_gaps_are_numbered_as_they_are_read() -> None:
    """The paper counts its gaps from 1, whatever numbers they keep in the bank; so does the key."""
    item = Cloze(
        id="a", parts=("x ", Gap(number=7, accept=("one",)), " y ", Gap(number=2, accept=("two",)))
    )
    assert re.findall(r'class="gap".*?<sup>(\d+)</sup>', form_a(item)) == ["1", "2"]
    assert "(1)\u00a0one · (2)\u00a0two" in key_a(item)


# --- The key fits the form -----------------------------------------------------------------------


def option_letters(form: str, number: int) -> dict[str, str]:
    """Letter to text of the options under a question, as printed."""
    question = form.split('<article class="q">')[number]
    found = re.findall(
        r'<li>.*?(?:class="mark[^"]*"|<b)>(\w+)</(?:span|b)><div class="text">(.*?)</', question
    )
    return {letter: unescape(text) for letter, text in found}


def key_rows_of(key: str) -> dict[int, str]:
    """Number to letters, as printed on a key."""
    found = re.findall(r'<p class="no">(\d+)</p><p class="letters"><bdi dir="ltr">(.*?)</bdi>', key)
    return {int(number): letters for number, letters in found}


@settings(max_examples=few(50))
@given(paper_quizzes())
def test_the_letters_of_the_key_choose_exactly_the_keys(drawn: tuple[Bank, Quiz]) -> None:
    """Read off the printed key and looked up on the printed form of the same letter."""
    built = printed(*drawn)
    for form in make_forms(drawn[1]):
        paper = students(built)[form_path(form)]
        key = teachers(built)[key_path(form)]
        assert form.digest in paper
        assert form.digest in key
        for question in form.questions:
            item = question.item
            if isinstance(item, Choice):
                texts = option_letters(paper, question.number)
                assert len(texts) == len(item.options)
                chosen = {texts[letter] for letter in key_rows_of(key)[question.number].split()}
                assert chosen == {o.text for o in item.options if o.id in item.keys}
            if isinstance(item, TrueFalse):
                assert key_rows_of(key)[question.number] == str(item.answer)


@settings(max_examples=few(50))
@given(paper_quizzes())
def test_the_table_of_all_forms_says_what_each_key_says(drawn: tuple[Bank, Quiz]) -> None:
    built = printed(*drawn)
    forms = make_forms(drawn[1])
    table = built.files[f"build/{TEACHER}/quiz-key-all.html"].decode()
    rows = re.findall(r'<tr><th scope="row">(\d+)</th>(.*?)</tr>', table)
    columns = [key_rows_of(built.files[key_path(form)].decode()) for form in forms]
    for number, row in rows:
        cells = re.findall(r'<td(?: class="elsewhere")?><bdi(?: dir="ltr")?>(.*?)</bdi>', row)
        for letters, cell in zip(
            (column.get(int(number)) for column in columns), cells, strict=False
        ):
            assert letters in {None, cell}


# --- The answer sheet ----------------------------------------------------------------------------


def sheet_rows(html: str) -> list[str]:
    """The rows of an answer sheet, in order."""
    return re.split(r'<b class="no">', html.partition('<ol class="rows')[2])[1:]


@settings(max_examples=few(50))
@given(paper_quizzes())
def test_an_answer_sheet_has_the_room_that_its_form_has(drawn: tuple[Bank, Quiz]) -> None:
    """A row for each question in the form's numbering, with its letters, boxes and lines."""
    bank, quiz = drawn
    built = printed(bank, quiz)
    for form in make_forms(quiz):
        html = students(built)[sheet_path(form)]
        assert f"{form.digest}</span> <b>{form.letter}</b>" in html
        rows, lines = sheet_rows(html), set[Fraction]()
        (longest,) = map(int, re.findall(r"--longest: (\d+)", html))
        for column in html.split('<ol class="rows')[1:]:
            assert 0 < sum(map(int, re.findall(r"--lines: (\d+)", column))) <= longest
        assert [int(row.split("<")[0]) for row in rows] == [q.number for q in form.questions]
        for question, row in zip(form.questions, rows, strict=True):
            marks = re.findall(r'class="mark( square)?">(\w+)<', row)
            letters = [mark for mark, _ in printed_options(question)]
            match question.item:
                case Choice() as item if is_judged(item, quiz.plan.rules):
                    assert re.findall(r'class="statement"><b>(\w+)<', row) == letters
                    assert [mark for _, mark in marks] == ["T", "F"] * len(letters)
                case Choice(multiple=multiple):
                    assert [mark for _, mark in marks] == letters
                    assert {bool(square) for square, _ in marks} == {multiple}
                case TrueFalse():
                    assert marks == [("", "T"), ("", "F")]
                case Match():
                    assert re.findall(r"<small>(\d*)</small><span", row) == letters
                case Order():
                    assert row.count('class="box"') == len(letters)
                case Cloze(gaps=gaps):
                    lines.add(Fraction(row.count("<i></i>"), len(gaps)))
                case Entry(kind="set" | "list"):
                    assert row.count("<i></i>") in (1, 2, 3, 4)
                case Entry() | Card():
                    lines.add(Fraction(row.count("<i></i>")))
                case Number():
                    assert row.count("<i></i>") == 1
                case Open():
                    assert "on the question paper" in row
        assert len(lines) <= 1, "the lines of one answer tell its length"


@pytest.mark.parametrize(
    ("longest", "count", "lines"),
    [("Baikal", 20, (1, 2, 1)), ("Lake " * 12, 6, (4, 4, 2)), ("Lake " * 12, 60, (1, 1, 1))],
)
def test_an_answer_sheet_has_lines_for_the_longest_answer(
    longest: str, count: int, lines: tuple[int, int, int]
) -> None:
    """Of words, lists and gaps, as the form has room, where all stays on one easy page."""
    items: list[Item] = [Entry(id=f"q{n}", stem="Which?", accept=("Nile",)) for n in range(count)]
    items += [
        Entry(id="long", stem="Which?", accept=(longest.strip(),)),
        Entry(id="list", stem="Name two.", accept=("Nile, Volga",), kind="list"),
        Cloze(id="gap", parts=("In ", Gap(number=1, accept=(longest[:30],)), ".")),
    ]
    bank, quiz = quiz_of(*items)
    rows = sheet_rows(students(printed(bank, quiz))[sheet_path(make_form(quiz, 0))])
    word, several, gap = lines
    assert [row.count("<i></i>") for row in rows] == [*[word] * (count + 1), several, gap]


# --- The paper with its answers ------------------------------------------------------------------


@settings(max_examples=few(50))
@given(paper_quizzes())
def test_the_marked_paper_marks_what_the_key_says(drawn: tuple[Bank, Quiz]) -> None:
    """Its ticked letters, its filled boxes and gaps are those of the key, at the form's places."""
    bank, quiz = drawn
    built = printed(bank, quiz)
    for form in make_forms(quiz):
        marked = teachers(built)[marked_path(form)].split('<article class="q">')
        plain_form = students(built)[form_path(form)].split('<article class="q">')
        assert len(marked) == len(plain_form) == len(form.questions) + 1
        for question in form.questions:
            html = marked[question.number].split('<div class="notes">')[0]
            right = re.findall(r'class="mark[^"]* right">(\w+)<', html)
            boxes = re.findall(r'class="box filled">(\w+)<', html)
            match question.item:
                case Choice() as item if is_judged(item, quiz.plan.rules):
                    keys = [o.id in item.keys for _, o in printed_options(question)]
                    assert right == ["T" if key else "F" for key in keys]
                case Choice():
                    assert tuple(right) == key_letters(question)
                    assert html.count("✓") == len(right)
                case TrueFalse(answer=answer):
                    assert right == ["T" if answer else "F"]
                case Match() | Order():
                    assert tuple(boxes) == key_letters(question)
                case Cloze(gaps=gaps):
                    filled = re.findall(r'class="gap filled">(?:<sup>\d+</sup>)?(.*?)</span>', html)
                    assert [unescape(text) for text in filled] == [gap.accept[0] for gap in gaps]
                case Entry(accept=accept):
                    assert accept[0] in unescape(html)
                case Number(text=text):
                    assert f'class="box number filled">{text}<' in html
                case Open(model=model):
                    assert model in unescape(html)
                case Card(back=back):
                    assert back in unescape(html)


def test_nobody_fills_in_a_name_on_the_marked_paper() -> None:
    built = printed(WATER, WATER_QUIZ)
    for path, html in teachers(built).items():
        assert 'class="field' not in html, path
    assert all('class="field' in html for html in students(built).values())


def test_the_marked_paper_tells_why() -> None:
    """Explanations, reasons and the rubric stand small below their question."""
    html = printed(WATER, WATER_QUIZ).files[marked_path(make_form(WATER_QUIZ, 0))].decode()
    notes = [part.split("</article>")[0] for part in html.split('<div class="notes">')[1:]]
    for text in ("salty ground water", "It reaches the Black Sea.", "The dew evaporated."):
        assert sum(text in note for note in notes) == 1
    assert "not for students" in html
    assert "Answers · Form A" in html


# --- Files ---------------------------------------------------------------------------------------


def test_files_and_products_of_a_quiz() -> None:
    """Each form, all forms, each key and all keys: students' and the teacher's apart."""
    built = build(WATER, WATER_QUIZ, media=MEDIA, templates=TEMPLATES)
    names = [(form.letter, f"{form.letter}-{form.digest}") for form in make_forms(WATER_QUIZ)]
    usual = [
        *(("paper.form", f"build/students/midterm-{name}.html", x, 15) for x, name in names),
        ("paper.forms", "build/students/midterm-all.html", "", 15),
        *(("paper.key", f"build/teacher/midterm-key-{name}.html", x, 15) for x, name in names),
        *(
            ("paper.marked", f"build/teacher/midterm-marked-{name}.html", x, 15)
            for x, name in names
        ),
        ("paper.keys", "build/teacher/midterm-key-all.html", "", 15),
    ]
    assert rows_of(built) == usual
    more = [
        *(("paper.sheet", f"build/students/midterm-sheet-{name}.html", x, 15) for x, name in names),
        *(("paper.large", f"build/students/midterm-{name}-large.html", x, 15) for x, name in names),
    ]
    assert sorted(rows_of(printed(WATER, WATER_QUIZ))) == sorted(usual + more)
    assert {product.quiz for product in built.products} == {"midterm"}
    assert built.problems == ()


def rows_of(built: Built) -> list[tuple[str, str, str, int]]:
    assert [product.path for product in built.products] == list(built.files)
    return [(p.kind, p.path, p.form, p.items) for p in built.products]


def test_large_print_is_the_same_paper_in_larger_type() -> None:
    """The same letters, words and digest; only the head of the file says another size."""
    built = printed(WATER, WATER_QUIZ)
    for form in make_forms(WATER_QUIZ):
        large = built.files[large_path(form)].decode()
        normal = built.files[form_path(form)].decode()
        assert '<html lang="en" dir="ltr" data-size="large">' in large
        assert large.split("<main>")[1] == normal.split("<main>")[1]
        assert form.digest in large


@pytest.mark.parametrize(("bank", "quiz"), [(WATER, WATER_QUIZ), (HARD, HARD_QUIZ)])
def test_a_file_stands_alone(bank: Bank, quiz: Quiz) -> None:
    """No link to elsewhere, pictures inside, two style elements that nothing closes."""
    for html in map(bytes.decode, printed(bank, quiz).files.values()):
        assert html.count("</style>") == html.count("<style>") == 2
        assert not re.search(r"<(?:link|iframe|object|embed|base)\b|@import|url\(", html)
        sources = re.findall(r'\s(?:src|href|xlink:href)="([^"]*)"', html)
        assert all(source.startswith(("data:image/png;base64,", "#")) for source in sources)
        names = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
        assert set(re.findall(r'https?://[^"\s<]+', html)) <= names


def test_only_a_file_of_several_papers_has_a_script_and_it_allows_no_other() -> None:
    """The policy of the page names its digest. It counts pages and holds nothing of the quiz."""
    files = printed(WATER, WATER_QUIZ).files
    (path,) = [path for path, data in files.items() if b"<script" in data]
    assert path == "build/students/midterm-all.html"
    html = files[path].decode()
    ((of, script),) = re.findall(r'<script data-of="([^"]*)">(.*?)</script>', html, re.DOTALL)
    assert (of, script) == (" of #", TEMPLATES.source("paper/pages.js"))
    digest = b64encode(sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'\">" in html
    alone = replace(WATER_QUIZ, plan=replace(WATER_QUIZ.plan, forms=1))
    assert not any(b"script" in data for data in printed(WATER, alone).files.values())


def test_same_values_same_bytes() -> None:
    assert printed(WATER, WATER_QUIZ) == printed(WATER, WATER_QUIZ)


def test_form_a_does_not_depend_on_how_many_forms_are_asked_for() -> None:
    one = replace(WATER_QUIZ, plan=replace(WATER_QUIZ.plan, forms=1))
    path = form_path(make_form(WATER_QUIZ, 0))
    assert printed(WATER, one).files[path] == printed(WATER, WATER_QUIZ).files[path]


# --- What a question looks like ------------------------------------------------------------------


def test_each_type_has_its_room_to_answer() -> None:
    html = printed(WATER, WATER_QUIZ).files[form_path(make_form(WATER_QUIZ, 0))].decode()
    questions = {
        question.item.id: part
        for question, part in zip(
            make_form(WATER_QUIZ, 0).questions, html.split('<article class="q">')[1:], strict=True
        )
    }
    assert questions["salt"].count('class="mark"') == 4
    assert questions["rivers"].count('class="mark square"') == 6
    assert questions["antarctica"].count('class="mark"') == 2
    assert questions["vapour"].count('class="gap"') == 1
    assert questions["cycle"].count('class="gap"') == 3
    assert questions["landforms"].count('class="box"') == 4
    assert "One letter is left over." in questions["landforms"]
    assert questions["stay"].count('class="box"') == 5
    assert questions["dew"].count("<i></i>") == 5
    assert questions["basins"].count("<i></i>") == 6
    assert questions["deepest"].count("<i></i>") == 1
    assert questions["great"].count("<i></i>") == 2
    assert questions["limnology"].count("<i></i>") == 1
    assert 'class="box number"' in questions["depth"]
    assert "</span>m</p>" in questions["depth"]


def test_a_passage_stands_before_its_questions_and_says_which() -> None:
    html = printed(WATER, WATER_QUIZ).files[form_path(make_form(WATER_QUIZ, 0))].decode()
    assert html.count("Questions 13 to 15 rest on this text.") == 1
    assert html.index("Four great lakes") < html.index("the shallowest on average")


@pytest.mark.parametrize(
    ("last", "which"), [(3, "Question 3 rests"), (4, "Questions 3 and 4"), (5, "Questions 3 to 5")]
)
def test_a_text_says_which_questions_rest_on_it(last: int, which: str) -> None:
    items = tuple(
        Number(id=f"n{n}", stem="How many?", value=Fraction(2), text="2", passage="p" * (n >= 3))
        for n in range(1, last + 1)
    )
    passages = (Passage(id="p", title="T", text="A text."),)
    bank, quiz = quiz_of(*items)
    quiz = replace(quiz, passages=passages)
    built = printed(replace(bank, passages=passages), quiz)
    assert which in students(built)[form_path(make_form(quiz, 0))]


@pytest.mark.parametrize(
    ("left", "right", "share"),
    [
        ("China", "a port", 50),
        ("China", "Its law allows what it did, as the treaty says", 30),
        ("Cooperation Organisation of Shanghai, its summit", "Xi'an", 72),
        ("x" * 300, "y" * 300, 52),
    ],
)
def test_the_columns_of_a_matching_share_the_width_by_their_longest_side(
    left: str, right: str, share: int
) -> None:
    """So whatever belongs to what, the columns are as wide."""
    lefts, rights = options(left, "Laos"), options("a port", right)
    assert left_share(lefts, rights) == left_share(lefts[::-1], rights[::-1]) == share


def test_a_group_that_fits_on_a_page_is_kept_on_one() -> None:
    """The text and all that is asked of it; a group of many questions is parted between them."""
    passage = Passage(id="p", title="T", text="A text.\n" * 5)
    question = Number(id="n", stem="How many?", value=Fraction(2), text="2", passage="p")
    for count, is_whole in ((2, True), (12, False)):
        items = tuple(replace(question, id=f"n{place}") for place in range(count))
        bank, quiz = quiz_of(*items)
        built = printed(replace(bank, passages=(passage,)), replace(quiz, passages=(passage,)))
        page = students(built)[form_path(make_form(replace(quiz, passages=(passage,)), 0))]
        assert ('class="group whole"' in page) == is_whole


def test_statements_are_decided_one_by_one_where_the_rule_judges_each() -> None:
    item = WATER_QUIZ.items[2]
    html = form_a(item, rules=Rules(multiple="each_statement"))
    assert (
        len(re.findall(r'<span class="mark">T</span><span class="mark">F</span><b>[A-F]', html))
        == 6
    )


@pytest.mark.parametrize(("last", "columns"), [("Tagus", " short"), ("T" * 25, "")])
def test_short_statements_stand_in_two_columns(last: str, columns: str) -> None:
    item = WATER_QUIZ.items[2]
    assert isinstance(item, Choice)
    item = replace(item, options=(*item.options[:-1], replace(item.options[-1], text=last)))
    html = form_a(item, rules=Rules(multiple="each_statement"))
    assert f'<ol class="answer statements{columns}">' in html


def test_ripkey_says_how_many_to_cross() -> None:
    assert "Cross exactly 3." in form_a(WATER_QUIZ.items[2], rules=Rules(multiple="ripkey"))


def test_a_letter_may_serve_twice_where_pairs_share_a_side() -> None:
    assert "A letter may be used more than once" in form_a(HARD_QUIZ.items[9])


def test_a_gap_in_a_formula_is_a_box_with_a_line_below() -> None:
    html = form_a(HARD_QUIZ.items[7])
    assert html.count('class="gap"') == 3
    assert html.index("<svg") < html.rindex('class="gap"')
    assert r"\boxed" in html


def test_a_gap_inside_an_address_is_a_problem() -> None:
    item = Cloze(id="a", parts=("[x](https://x.org/", Gap(number=1, accept=("y",)), ")"))
    assert [p.code for p in printed(*quiz_of(item)).problems] == ["gap_without_line"]


def test_a_picture_that_is_not_there_is_a_problem() -> None:
    item = Card(id="a", front="f", back="b", image=Image(file="media/none.png", alt="none"))
    (problem,) = printed(*quiz_of(item)).problems
    assert (problem.code, problem.item, problem.field) == ("missing_picture", "a", "image")


def test_a_sound_is_announced_on_paper_and_named_on_the_key() -> None:
    item = Card(id="a", front="f", back="b", audio="media/a.mp3")
    assert "Your teacher plays a recording" in form_a(item)
    assert "a.mp3" not in form_a(item)
    assert "Play media/a.mp3" in key_a(item)


def test_authors_texts_are_escaped() -> None:
    html = form_a(Card(id="a", front="<img src=x onerror=alert(1)> & \"'", back="b"))
    assert "<img" not in html
    assert "&lt;img" in html


@pytest.mark.parametrize(("width", "css"), [("8 cm", "8cm"), ("50%", "50%"), ("1;color:red", "")])
def test_a_picture_s_width_is_a_length_or_nothing(width: str, css: str) -> None:
    assert length(width) == css


# --- The rules in words --------------------------------------------------------------------------


def rules_on(html: str) -> str:
    return html.split('<section class="rules">')[1].split("</section>", maxsplit=1)[0]


@given(st.lists(st.integers(0, 400), min_size=1, max_size=12))
def test_the_rules_are_printed_in_two_columns_each_once(lengths: list[int]) -> None:
    lines = tuple(RuleLine(text=Html("x" * length)) for length in lengths)
    columns = in_two(lines)
    assert sum(columns, ()) == lines
    assert len(columns) == min(2, len(lines))


def test_only_the_rules_of_types_that_occur_are_printed() -> None:
    only_card = rules_on(form_a(Card(id="a", front="f", back="b")))
    assert only_card.count("<li>") == 1
    assert "Lines:" in only_card
    everything = rules_on(form_a(*WATER_QUIZ.items))
    assert everything.count("<li>") == 9


def test_rules_that_cost_points_do_not_promise_a_floor() -> None:
    item = TrueFalse(id="a", statement="s", answer=True)
    assert "below 0" in rules_on(form_a(item))
    assert "below 0" not in rules_on(form_a(item, rules=Rules(true_false="formula")))
    assert "Wrong costs 1" in key_a(item, rules=Rules(true_false="formula"))


def test_the_paper_says_what_totals_are_rounded_to() -> None:
    item = TrueFalse(id="a", statement="s", answer=True)
    assert "rounded" not in rules_on(form_a(item))
    half = Rules(round=Fraction(1, 2))
    assert "rounded to a multiple of 0.5, a half upwards" in rules_on(form_a(item, rules=half))
    assert "Vielfaches von 0,5" in rules_on(form_a(item, rules=half, language="de"))


# --- What the key tells --------------------------------------------------------------------------


def test_the_key_tells_points_for_ticks() -> None:
    """As `core.score` gives them, which the printed rule must not contradict."""
    key = key_a(WATER_QUIZ.items[2])
    assert re.search(r"\+1 for each of \w, \w and \w; −1 for each of \w, \w and \w", key)
    rows = re.findall(r'<tr><th scope="row">(\d)</th>(.*?)</tr>', key)
    cells = [re.findall(r"<td>(.*?)</td>", row) for _, row in rows]
    assert cells == [
        ["0", "1", "2", "3"],
        ["0", "0", "1", "2"],
        ["0", "0", "0", "1"],
        ["0", "0", "0", "0"],
    ]


def test_the_table_of_all_forms_spells_out_what_ticks_are_worth() -> None:
    """Once for all questions that are worth the same, with their numbers."""
    rivers = WATER_QUIZ.items[2]
    assert isinstance(rivers, Choice)
    other = replace(rivers, id="other", keys=rivers.keys[:2], points=Fraction(1))
    bank, quiz = quiz_of(rivers, other, replace(rivers, id="again"))
    quiz = replace(quiz, plan=replace(quiz.plan, forms=3))
    table = teachers(printed(bank, quiz))["build/teacher/q-key-all.html"]
    said = re.findall(r"<div><p>(.*?)</p><table", table)
    assert said == [
        "Questions 1 and 3: 3 right of 6 letters, 3 points",
        "Question 2: 2 right of 6 letters, 1 point",
    ]
    for item, html in zip(
        (rivers, other), table.split('<table class="ticks" dir="ltr">')[1:], strict=True
    ):
        cells = re.findall(r"<td>(.*?)</td>", html.split("</table>")[0])
        assert cells == [
            ENGLISH.number(points)
            for (_, points) in sorted(
                ticks_table(item, DEFAULT).items(), key=lambda one: (one[0][1], one[0][0])
            )
        ]
    mixed = replace(quiz, plan=replace(quiz.plan, shuffle_questions=True, forms=12))
    table = teachers(printed(bank, mixed))["build/teacher/q-key-all.html"]
    assert "<div><p>2 right of 6 letters, 1 point</p>" in table


def test_many_rows_of_few_forms_stand_in_two_halves() -> None:
    """Every row once, the total at the end; of more than four forms they stand below one another."""
    items = tuple(replace(WATER_QUIZ.items[0], id=f"n{n}") for n in range(51))
    bank, quiz = quiz_of(*items)
    for forms, is_two_up in ((2, True), (4, True), (5, False)):
        many = replace(quiz, plan=replace(quiz.plan, forms=forms))
        table = teachers(printed(bank, many))["build/teacher/q-key-all.html"]
        assert ('class="halves two-up"' in table) == is_two_up
        rows = re.findall(r'<tr><th scope="row">(\d+)</th>', table)
        assert rows == [str(n) for n in range(1, 52)]
        assert table.count('<table class="all') == 1 + is_two_up
        assert table.count("<tfoot>") == 1


def test_the_key_tells_tolerance_bands_and_units() -> None:
    key = key_a(WATER_QUIZ.items[13])
    assert "Right from 146 to 148\u00a0m" in key
    assert "1 point from 139.65 to 154.35\u00a0m" in key
    assert "1 km = 1000 m" in key
    assert "follows from 12,100 / 82,100" in key


@pytest.mark.parametrize(("language", "low"), [("en", "297,000"), ("de", "297.000")])
def test_a_range_is_printed_in_the_language_s_style_and_only_where_it_is_one(
    language: str, low: str
) -> None:
    cases = Number(id="n", stem="How many?", value=Fraction(300_000), text="300000")
    near = replace(cases, tolerance=Tolerance(amount=Fraction(1, 100), relative=True))
    assert low in key_a(near, language=language)
    exact = replace(cases, tolerance=Tolerance(amount=Fraction(0)))
    assert "300,000" not in key_a(exact)


def test_the_key_tells_what_else_is_accepted_and_what_is_not() -> None:
    key = key_a(WATER_QUIZ.items[9])
    assert "Also accepted: “Lake Baikal”" in key
    assert "Close, but not accepted: “Tanganyika”. The second deepest." in key
    assert "Also accepted: 1: “vaporise”" in key_a(WATER_QUIZ.items[5])


def test_the_key_tells_reasons_and_source() -> None:
    key = printed(WATER, WATER_QUIZ).files[key_path(make_form(WATER_QUIZ, 0))].decode()
    for text in (
        "The oceans alone hold about 96.5 %",
        "Clear ice floats as well.",
        "It reaches the Atlantic.",
        "Reader, Water on Earth, paragraph 2",
        "Reader, Water on Earth, paragraphs 10 to 13",
        "The ground cooled by night.",
        "The science of inland waters",
        "not for students",
    ):
        assert text in key


def test_the_key_tells_a_correction() -> None:
    """In the language's words, its formulas drawn; the form says nothing of it."""
    item = replace(
        WATER_QUIZ.items[0], corrected=Correction(date="2026-11-25", text="It was $x^2$.")
    )
    assert 'Corrected on 2026-11-25: It was <span class="formula"' in key_a(item)
    assert "Berichtigt am 25.11.2026: It was" in key_a(item, language="de")
    assert "Corrected" not in form_a(item)


# --- Seats ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", range(2, 12))
def test_neighbours_have_different_forms(count: int) -> None:
    """Left and right, front and back from two forms; all eight neighbours from four."""
    quiz = replace(WATER_QUIZ, plan=replace(WATER_QUIZ.plan, forms=count))
    plan = seats(make_forms(quiz))
    places = [(row, seat) for row in range(len(plan)) for seat in range(len(plan[0]))]
    for (row, seat), (other_row, other_seat) in combinations(places, 2):
        down, across = abs(row - other_row), abs(seat - other_seat)
        near = down + across == 1 or (count >= 4 and max(down, across) == 1)
        if near or (count >= 5 and {down, across} == {0, 2}):
            assert plan[row][seat] != plan[other_row][other_seat]


# --- Words and numbers ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "english", "german"),
    [
        (Fraction(3, 2), "1.5", "1,5"),
        (Fraction(1, 3), "1/3", "1/3"),
        (Fraction(-1, 4), "−0.25", "−0,25"),
        (Fraction(1, 20), "0.05", "0,05"),
        (Fraction(0), "0", "0"),
        (Fraction(1200), "1200", "1200"),
    ],
)
def test_numbers_in_the_language_s_style(value: Fraction, english: str, german: str) -> None:
    assert (ENGLISH.number(value), GERMAN.number(value)) == (english, german)


@given(st.fractions())
@example(Fraction(1, 10**7))
@example(Fraction(-1_234_567, 100))
def test_numbers_are_exact(value: Fraction) -> None:
    """What is printed is the value itself, as a decimal or as a fraction."""
    english = ENGLISH.number(value).replace("−", "-").replace(",", "")
    german = GERMAN.number(value).replace("−", "-").replace(".", "").replace(",", ".")
    assert Fraction(english) == Fraction(german) == value


def test_a_german_bank_is_printed_in_german() -> None:
    html = form_a(WATER_QUIZ.items[0], WATER_QUIZ.items[3], language="de-AT")
    assert '<html lang="de-AT" dir="ltr">' in html
    assert "Fassung" in html
    assert "Richtig" in html
    number = Number(id="n", stem="s", value=Fraction(49, 5), text="9.8", unit="m")
    assert "9,8\u00a0m" in key_a(number, language="de")


def test_every_catalogue_says_all_that_english_says() -> None:
    """The same sentences with the same places to fill."""
    english, german = TEMPLATES.words("paper", "en"), TEMPLATES.words("paper", "de")
    assert list(english) == list(german)
    for key, sentence in english.items():
        assert set(re.findall(r"{\w+}", sentence)) == set(re.findall(r"{\w+}", german[key])), key


def test_rows_and_runs_of_things() -> None:
    assert ENGLISH.listed(["a"]) == "a"
    assert ENGLISH.listed(["a", "b", "c"]) == "a, b and c"
    assert ENGLISH.runs([1, 2, 3, 7, 9, 10]) == "1 to 3, 7, 9 and 10"


@given(st.text())
def test_nothing_ends_a_style_sheet_s_string(text: str) -> None:
    inside = css_string(text)[1:-1]
    assert not set(inside) & set("\"'<>&\n\r{}")
    assert "\\" not in re.sub(r"\\[0-9a-f]+ ", "", inside)


@pytest.mark.parametrize(
    ("language", "direction"),
    [("ar", "rtl"), ("he-IL", "rtl"), ("az-Arab", "rtl"), ("ar-Latn", "ltr"), ("en", "ltr")],
)
def test_direction_of_a_language(language: str, direction: str) -> None:
    assert direction_of(language) == direction


@given(st.text(), st.integers(2, 60))
def test_a_shortened_text_is_no_longer_and_says_that_it_is_cut(text: str, longest: int) -> None:
    short = shortened(text, longest)
    assert len(short) <= longest
    assert short == text or short.endswith("…")


def test_a_title_is_cut_between_words() -> None:
    assert shortened("All that is hard to print", 22) == "All that is hard to…"
    assert shortened("下列哪一个城市是中国的首都", 8) == "下列哪一个城市…"


def test_words_against_the_page_keep_their_order() -> None:
    """Sentences in a row are held together once, or the second would stand before the first."""
    arabic = PaperWords(TEMPLATES.words("paper", "ar"), "rtl")
    told = arabic.joined(arabic.say("write_letters"), "", arabic.say("letters_shared"))
    inside = "Write one letter in each box. A letter may be used more than once, or not at all."
    assert told == f"\u2066{inside}\u2069"
    assert ENGLISH.joined("One.", "Two.") == "One. Two."


def test_a_text_against_the_page_is_set_off() -> None:
    assert rich("ما هي", "ltr") == '<span dir="rtl">ما هي</span>'
    assert rich("97 %", "rtl") == "97 %"
    assert rich("one\n\ntwo", "rtl").startswith('<div dir="ltr"><p>')


def test_thirty_options_have_letters_beyond_z() -> None:
    question = make_form(HARD_QUIZ, 0).questions[0]
    assert [mark for mark, _ in printed_options(question)][25:28] == ["Z", "AA", "AB"]
    assert '<span class="mark square">AD</span>' in form_a(HARD_QUIZ.items[0])


# --- Drafts and editions -------------------------------------------------------------------------


def test_only_a_draft_says_so() -> None:
    """Every file of a draft, in the language's word; the digest knows nothing of it."""
    german = replace(WATER, language="de")
    draft = build(german, WATER_QUIZ, media=MEDIA, templates=TEMPLATES)
    edition = build(
        german,
        WATER_QUIZ,
        media=MEDIA,
        templates=TEMPLATES,
        printing=Printing(folder="printed/m-1", is_draft=False),
    )
    assert [path.replace("build", "printed/m-1", 1) for path in draft.files] == list(edition.files)
    assert all(b"ENTWURF" in data for data in draft.files.values())
    assert not any(b"ENTWURF" in data for data in edition.files.values())


def test_papers_of_forms_that_were_handed_out_are_those_papers() -> None:
    """Whatever forms the quiz's seed would make now."""
    forms = make_forms(WATER_QUIZ)[1:2]
    other = replace(WATER_QUIZ, plan=replace(WATER_QUIZ.plan, seed=99))
    built = build(WATER, other, media=MEDIA, templates=TEMPLATES, forms=forms)
    then = build(WATER, WATER_QUIZ, media=MEDIA, templates=TEMPLATES)
    for path in (form_path(forms[0]), key_path(forms[0])):
        assert built.files[path] == then.files[path]
