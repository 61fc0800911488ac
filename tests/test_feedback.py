"""The page that a student gets back: what it says of their answers, and whose it is."""

import json
import re
from collections.abc import Sequence
from fractions import Fraction
from html import unescape
from pathlib import Path

import pytest
from msgspec.structs import replace

from quizgen.cli import main
from quizgen.core.form import key_letters, printed_options, printed_rights
from quizgen.grading.bands import read_bands
from quizgen.grading.returning import returned
from quizgen.model import (
    Choice,
    Cloze,
    Edition,
    Entry,
    Gap,
    Image,
    Item,
    Match,
    Option,
    Order,
    Pair,
    Returned,
    Revision,
)
from quizgen.outputs.feedback import Feedback
from quizgen.outputs.template import Templates
from quizgen.sheet import read_sheet, write_sheet
from tests.grading_samples import (
    ALL,
    AUTHORS,
    CHANGE,
    DEW,
    FALL,
    GIANTS,
    LAKE,
    MONTH,
    PLANETS,
    edition_of,
    frozen,
    head,
    key_cell,
    marked,
    quiz_of,
)
from tests.paper_samples import grey_png


def papers(
    edition: Edition, *rows: Sequence[str], revisions: Sequence[Revision] = ()
) -> list[Returned]:
    results, _ = marked(write_sheet([head(edition.forms), *rows]), edition.forms, revisions)
    return list(returned(results, edition.forms, read_bands("A:90 B:50"), {}))


def text_of(edition: Edition, paper: Returned) -> str:
    """The words of a page, without tags, in one line."""
    page = Feedback(edition, Templates()).page(paper).decode()
    body = page[page.index("<body>") :]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def answered(item: Item, cell: str, form: int = 0, revisions: Sequence[Revision] = ()) -> str:
    """What the page says to one answer on a form."""
    edition = edition_of(quiz_of(item))
    return text_of(
        edition,
        *papers(edition, ["s1", edition.forms[form].letter, cell], revisions=revisions),
    )


def test_a_block_of_the_page_is_the_teacher_s(tmp_path: Path) -> None:
    """And what stands around it, of this page and of all others."""
    for name, text in {
        "feedback/feedback.html": "{% block head %}<p>Harbour School</p>{{ super() }}{% endblock %}",
        "document.html": "{% block style %}{{ super() }} h1 { color: navy; }{% endblock %}",
    }.items():
        own = tmp_path / "templates" / name
        own.parent.mkdir(parents=True, exist_ok=True)
        own.write_text(f'{{% extends "quizgen/{name}" %}}{text}', encoding="utf-8")
    edition = edition_of(quiz_of(LAKE))
    (paper,) = papers(edition, ["s1", "A", "-"])
    ours, theirs = (
        Feedback(edition, templates).page(paper).decode()
        for templates in (Templates(), Templates(tmp_path))
    )
    whole = ours.replace("<header>", "<p>Harbour School</p><header>", 1)
    assert theirs == whole.replace("\n</style>", " h1 { color: navy; }\n</style>", 1)


@pytest.mark.parametrize("form", [0, 1])
def test_letters_are_those_of_the_own_form(form: int) -> None:
    """A wrong option and the right one, by letter and text."""
    edition = edition_of(quiz_of(LAKE))
    question = edition.forms[form].questions[0]
    marks = {option.id: mark for mark, option in printed_options(question)}
    said = answered(LAKE, marks["victoria"], form)
    assert f"You {marks['victoria']} Victoria Right {marks['baikal']} Baikal" in said
    assert "0 of 1" in said


@pytest.mark.parametrize("form", [0, 1])
def test_numbers_are_those_of_the_own_form(form: int) -> None:
    """With questions in another order on each form."""
    quiz = quiz_of(*ALL, shuffle_questions=True)
    edition = edition_of(quiz)
    own = edition.forms[form]
    page = Feedback(edition, Templates()).page(*papers(edition, ["s1", own.letter, "-"])).decode()
    numbers = re.findall(r'<span class="no">(\d+)</span> (.*?)</h3>', page)
    stems = {question.number: question.item.id for question in own.questions}
    assert [int(number) for number, _ in numbers] == sorted(stems)
    lake = next(number for number, name in stems.items() if name == "floats")
    assert dict(numbers)[str(lake)].startswith("Ice floats.")


def test_all_right_is_said_short() -> None:
    """Every type by its key: nothing to look at, all points, the best grade."""
    edition = edition_of(quiz_of(*ALL))
    form = edition.forms[0]
    (paper,) = papers(edition, ["s1", "A", *map(key_cell, form.questions)])
    said = text_of(edition, paper)
    assert f"{paper.possible} of {paper.possible}" in said
    assert "Grade A" in said
    assert "Worth another look" not in said
    assert said.count("✓") >= len(ALL)


@pytest.mark.parametrize(
    ("item", "cell", "expected"),
    [
        (CHANGE, "melting", "You melting Right sublimation"),
        (CHANGE, "-", "You left blank Right sublimation"),
        (FALL, "12", "You 12 Right 9.8"),
        (MONTH, "28 | 31", "You (1) 28 ✓ (2) 31 ✗ Right (1) 28 · (2) 29"),
        (PLANETS, "- - - -", "You left blank Right 1 Mercury 2 Venus 3 Earth 4 Mars"),
        (DEW, "=1", "You marked by hand; see your paper For instance Vapour."),
    ],
)
def test_what_was_given_and_what_is_right(item: Item, cell: str, expected: str) -> None:
    assert expected in answered(item, cell)


def test_a_gap_with_the_answer_to_another_question_is_signed_as_it_was_marked() -> None:
    ring = Entry(id="ring", stem="?", accept=("ano",), kind="set")
    parts = (Gap(number=1, accept=("año, día",)), " ", Gap(number=2, accept=("y",)))
    gaps = Cloze(id="g", parts=parts, kind="set")
    edition = edition_of(quiz_of(gaps, ring))
    (paper,) = papers(edition, ["s1", "A", "ano, día | y", "ano"])
    assert "(1) ano, día ✗ (2) y ✓" in text_of(edition, paper)


def test_options_that_are_pictures_are_shown() -> None:
    """Inside the page, which stays one file; in given and right answers, pairs and orders alike."""
    sides = tuple(
        Option(id=name, text="", image=Image(file=f"{name}.png", alt=f'a "{name}"', width="2 cm"))
        for name in ("square", "bar")
    )
    items = (
        Choice(id="c", stem="?", options=sides, keys=("square",)),
        Order(id="o", stem="?", sequence=sides),
        Match(id="m", stem="?", pairs=tuple(Pair(left=one, right=one) for one in sides)),
    )
    edition = edition_of(quiz_of(*items))
    media = {"square.png": grey_png(8, 8), "bar.png": grey_png(16, 4)}
    wrong = [next(one for one in "AB" if one != key_cell(edition.forms[0].questions[0]))]
    (paper,) = papers(edition, ["s1", "A", *wrong, "-", "-"])
    page = Feedback(edition, Templates(), media).page(paper).decode()
    shown = re.findall(r'<img class="option" src="data:image/png;base64,[^"]+" alt="([^"]+)"', page)
    assert sorted(map(unescape, shown)) == ['a "bar"'] * 4 + ['a "square"'] * 4
    assert 'style="width: 2cm"' in page
    assert 'a "bar"' in text_of(edition, paper), "where the file is gone"


def test_pairs_are_told_with_both_sides() -> None:
    """One pair right, the others blank: both columns in words, signed one by one."""
    edition = edition_of(quiz_of(AUTHORS))
    question = edition.forms[0].questions[0]
    letters = key_letters(question)
    first = printed_options(question)[0][1].text
    writer = {"Faust": "Goethe", "Hamlet": "Shakespeare", "Emma": "Austen"}[first]
    said = answered(AUTHORS, f"1{letters[0]}")
    assert f"1 {first} – {letters[0]} {writer} ✓ 2 " in said
    assert "1 of 3" in said
    assert {mark for mark, _ in printed_rights(question)} == set("ABCD")


def test_an_order_is_told_as_it_was_given() -> None:
    """The reverse, by the places that stood in the boxes."""
    edition = edition_of(quiz_of(PLANETS))
    question = edition.forms[0].questions[0]
    reverse = {"mars": 1, "earth": 2, "venus": 3, "mercury": 4}
    said = answered(PLANETS, " ".join(str(reverse[name]) for name in question.order))
    assert "You 1 Mars 2 Earth 3 Venus 4 Mercury Right 1 Mercury" in said


def test_partly_right_is_told_with_its_points() -> None:
    """Of thirds a whole number and a fraction, never 4/3."""
    three = replace(GIANTS, keys=("jupiter", "saturn", "venus"), points=Fraction(2))
    edition = edition_of(quiz_of(three))
    marks = {option.id: mark for mark, option in printed_options(edition.forms[0].questions[0])}
    said = answered(three, marks["jupiter"] + marks["saturn"])
    assert "Which? 1 1/3 of 2" in said


def test_an_accepted_second_key_is_told() -> None:
    also = Revision(item="lake", date="2026-11-30", reason="As deep.", accept=("Victoria",))
    edition = edition_of(quiz_of(LAKE))
    marks = {option.id: mark for mark, option in printed_options(edition.forms[0].questions[0])}
    first, second = sorted((marks["baikal"], marks["victoria"]))
    said = answered(LAKE, marks["superior"], revisions=[also])
    assert re.search(rf"Right {first} \w+ or {second} \w+ ", said)


@pytest.mark.parametrize(
    ("void", "words"), [("full", "full marks for all"), ("drop", "not counted")]
)
def test_a_voided_question_is_told(void: str, words: str) -> None:
    gone = Revision(item="lake", date="2026-11-30", reason="Misprint.", void=void)  # type: ignore[arg-type]
    edition = edition_of(quiz_of(LAKE, CHANGE))
    (paper,) = papers(edition, ["s1", "A", "A", "x"], revisions=[gone])
    assert words in text_of(edition, paper)


def test_what_is_open_is_no_zero() -> None:
    """An answer that nobody has marked yet, and the whole that is therefore not finished."""
    edition = edition_of(quiz_of(DEW, LAKE))
    (paper,) = papers(edition, ["s1", "A", "", "A"])
    said = text_of(edition, paper)
    assert "Not finished" in said
    assert "not marked yet" in said
    assert "Grade" not in said


def test_topics_say_what_to_look_at() -> None:
    edition = edition_of(quiz_of(replace(LAKE, topic="Lakes"), replace(CHANGE, topic="Ice")))
    form = edition.forms[0]
    cells = ["A B C D".split()[form.questions[0].order.index("baikal")], "melting"]
    (paper,) = papers(edition, ["s1", "A", *cells])
    said = text_of(edition, paper)
    assert "You have a firm hold of: Lakes. Worth another look: Ice." in said
    assert "Lakes 1 of 1 Ice 0 of 1" in said


def test_what_a_student_wrote_is_never_markup() -> None:
    edition = edition_of(quiz_of(CHANGE))
    (paper,) = papers(edition, ["s1", "A", "<script>alert(1)</script> **x**"])
    page = Feedback(edition, Templates()).page(paper).decode()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; **x**" in page
    assert "http" not in page.replace("http-equiv", "")


def test_who_was_absent_has_no_page() -> None:
    edition = edition_of(quiz_of(LAKE))
    assert [one.student for one in papers(edition, ["s1", "absent", ""], ["s2", "A", "A"])] == [
        "s2"
    ]


def test_the_catalogues_have_the_same_sentences() -> None:
    folder = Path(__file__).parent.parent / "templates" / "feedback" / "words"
    english, german = (
        json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in ("en", "de")
    )
    assert english.keys() == german.keys()


def test_in_the_language_of_the_bank() -> None:
    edition = edition_of(quiz_of(LAKE), "de")
    said = text_of(edition, *papers(edition, ["s1", "A", "-"]))
    assert "Du leer gelassen Richtig" in said


# --- The command ---------------------------------------------------------------------------------


def test_files_that_nobody_guesses_and_that_stay(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One a student, with their own name and no other's, under the same name when marked again."""
    folder = frozen(tmp_path, quiz_of(LAKE))
    (folder / "responses.csv").write_text("student,form,1\ns1,A,A\ns2,B,B\n", encoding="utf-8")
    names = tmp_path / "class.csv"
    names.write_text("id,name\ns1,Lena\ns2,=Omar\n", encoding="utf-8")
    asks = ["grade", str(folder), "--class", str(names), "--feedback"]
    results = tmp_path / "results" / "quiz-1"

    def listed() -> dict[str, str]:
        rows = read_sheet((results / "feedback.csv").read_bytes(), "f.csv").rows[1:]
        return {row.cells[0]: row.cells[2] for row in rows}

    assert main(asks) == 0
    assert "2 pages to give back" in capsys.readouterr().out
    first = listed()
    assert len(set(first.values())) == 2
    for student, own, other in (("s1", "Lena", "Omar"), ("s2", "Omar", "Lena")):
        assert re.fullmatch(r"feedback/[0-9a-f]{32}\.html", first[student])
        page = (results / first[student]).read_text(encoding="utf-8")
        assert own in page
        assert other not in page
    assert main(asks) == 0
    assert listed() == first
    assert len(list((results / "feedback").iterdir())) == 2
    printed = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert b"Lena" not in printed
    for file in first.values():
        assert file.encode() not in printed


def test_no_page_stays_that_is_nobody_s(tmp_path: Path) -> None:
    """When an id was mended, or one of two rows with it was taken out; the other keeps its name."""
    folder = frozen(tmp_path, quiz_of(LAKE))
    responses, results = folder / "responses.csv", tmp_path / "results" / "quiz-1"
    responses.write_text("student,form,1\ns1,A,A\ns1,A,B\ns3,B,B\n", encoding="utf-8")
    assert main(["grade", str(folder), "--feedback"]) == 1
    pages = [row.cells[2] for row in read_sheet((results / "feedback.csv").read_bytes(), "f").rows]
    assert len({path.name for path in (results / "feedback").iterdir()}) == 3
    responses.write_text("student,form,1\ns1,A,A\ns2,B,B\n", encoding="utf-8")
    assert main(["grade", str(folder), "--feedback"]) == 0
    now = [row.cells[2] for row in read_sheet((results / "feedback.csv").read_bytes(), "f").rows]
    assert {f"feedback/{path.name}" for path in (results / "feedback").iterdir()} == {*now[1:]}
    assert now[1] == pages[1]
    assert now[2] not in pages


def test_only_on_request(tmp_path: Path) -> None:
    folder = frozen(tmp_path, quiz_of(LAKE))
    (folder / "responses.csv").write_text("student,form,1\ns1,A,A\n", encoding="utf-8")
    assert main(["grade", str(folder)]) == 0
    assert not (tmp_path / "results/quiz-1/feedback").exists()
