"""Who gets which form, from the command line: names in results/ alone, and nobody's form moves."""

import json
import re
from html import unescape
from pathlib import Path

import pytest

from quizgen.core.form import letter
from tests.test_cli import quizgen

BANK = """\
bank: lakes
title: Lakes
quizzes:
  midterm:
    title: Midterm
    forms: 4
    blueprint: [{count: 6}]
  final:
    title: Final
    forms: 2
    balanced: true
    sections:
    - {title: Part one, blueprint: [{count: 4}]}
    - {title: Part two, blueprint: [{count: 2}]}
"""
QUESTIONS = "questions:\n" + "".join(
    f"- id: q{n}\n  stem: Question {n}?\n  answer: Right {n}\n  distractors: [Wrong {n}, False {n}, Bad {n}]\n"
    for n in range(12)
)
CLASS = "classes/7b.csv"
NAMES = ("Ada Lovelace", "Grace Hopper", "Mary Somerville", "Émilie du Châtelet", "O'Neil; Sam")


@pytest.fixture
def lakes(project: Path) -> Path:
    (project / "questions" / "bank.yaml").write_text(BANK, encoding="utf-8")
    (project / "questions" / "lakes.yaml").write_text(QUESTIONS, encoding="utf-8")
    (project / "classes").mkdir()
    write_class(project, NAMES)
    return project


def write_class(root: Path, names: tuple[str, ...]) -> None:
    rows = "".join(f'{name[:2]}-7;"{name}"\n' for name in names)
    (root / "classes" / "7b.csv").write_text(f"\ufeffid;name\n{rows}", encoding="utf-8")


def build(root: Path, *words: str) -> dict[str, str]:
    """The form of each student by name, as dealt."""
    run = quizgen("build", "-o", "paper", "-q", "midterm", "--class", CLASS, *words, cwd=root)
    assert run.returncode == 0, run.stderr
    return dealt(root / "results" / "midterm" / "dealt.csv")


def dealt(path: Path) -> dict[str, str]:
    rows = [line.rsplit(",", 3) for line in path.read_text("utf-8-sig").splitlines()[1:]]
    return {row[0].split(",", 1)[1].strip('"'): row[1] for row in rows}


def holding(root: Path, text: str) -> set[str]:
    """The folders of the project in which a text stands, in a file or in its name."""
    return {
        path.relative_to(root).parts[0]
        for path in root.rglob("*")
        if path.is_file() and (text in path.name or text.encode() in path.read_bytes())
    }


def test_each_student_has_a_paper_of_their_own_with_their_name(lakes: Path) -> None:
    forms = build(lakes)
    assert forms == {name: letter(n) for n, name in enumerate(NAMES)}
    papers = sorted((lakes / "results" / "midterm" / "papers").glob("*-0*.html"))
    assert len(papers) == 5
    for place, (path, name) in enumerate(zip(papers, NAMES, strict=True), start=1):
        html = path.read_text("utf-8")
        digest = path.stem.rpartition("-")[2]
        assert path.name == f"midterm-{place:03}-{forms[name]}-{digest}.html"
        assert name.replace("'", "&#39;") in html
        nameless = lakes / "build" / "students" / f"midterm-{forms[name]}-{digest}.html"
        key = lakes / "build" / "teacher" / f"midterm-key-{forms[name]}-{digest}.html"
        assert key.is_file()
        questions = re.compile(r"<article.*</article>", re.DOTALL)
        same = questions.search(nameless.read_text("utf-8"))
        assert same is not None
        assert same[0] in html
    everyone = (lakes / "results" / "midterm" / "papers" / "midterm-class.html").read_text("utf-8")
    assert everyone.count('<section class="sheet') == 5
    assert len(set(re.findall(r" counter\(pages, of-student-\d\)", everyone))) == 5


def test_names_stand_in_classes_and_results_alone(lakes: Path) -> None:
    """Nor do ids stand elsewhere; and git is told to leave results/ alone."""
    build(lakes, "--seats", "2x3")
    run = quizgen("freeze", "midterm", "--class", CLASS, cwd=lakes)
    assert run.returncode == 0, run.stderr
    for secret in ("Lovelace", "Hopper", "Ad-7", "Gr-7"):
        assert holding(lakes, secret) == {"classes", "results"}
    assert (lakes / "results" / ".gitignore").read_text().splitlines()[-1] == "*"
    assert (lakes / "results" / "midterm-1" / "papers" / "midterm-class.html").is_file()
    assert "DRAFT" not in (
        lakes / "results" / "midterm-1" / "papers" / "midterm-class.html"
    ).read_text("utf-8")


def test_a_student_who_is_added_moves_no_other_s_form(lakes: Path) -> None:
    before = build(lakes)
    write_class(lakes, ("Zoe First", *NAMES[:2], "In Between", *NAMES[2:]))
    after = build(lakes)
    assert {name: after[name] for name in NAMES} == before
    assert (after["Zoe First"], after["In Between"]) == ("F", "G")
    papers = [path.name for path in (lakes / "results" / "midterm" / "papers").glob("*-0*.html")]
    assert len(papers) == 7  # those of the build before are gone


def test_a_class_shares_so_many_forms_and_sits_by_them(lakes: Path) -> None:
    assert set(build(lakes, "--forms", "2").values()) == {"A", "B"}
    seated = build(lakes, "--forms", "4", "--seats", "3x2")
    assert [*seated.values()] == ["A", "B", "C", "D", "A"]
    plan = (lakes / "results" / "midterm" / "midterm-seats.html").read_text("utf-8")
    for name in NAMES:
        assert name.replace("'", "&#39;") in plan
    assert plan.count("<td>") == 6


def test_a_long_name_has_a_line_of_its_own_and_the_foot_to_itself(lakes: Path) -> None:
    """On the papers of all, so that all have their questions on the same pages."""
    papers = lakes / "results" / "midterm" / "papers"
    for names, field, alone in (
        (NAMES[:2], "field wide", [False, False]),
        ((*NAMES[:2], "Karl-Friedrich zu Guttenberg-Hohenzollern"), "field wide long", [0, 0, 1]),
    ):
        write_class(lakes, names)
        build(lakes)
        htmls = [path.read_text("utf-8") for path in sorted(papers.glob("*-0*.html"))]
        assert all(f'class="{field}"' in html for html in htmls)
        assert ["@bottom-center { content: none; }" in html for html in htmls] == alone


def test_answer_sheets_carry_name_form_and_seat(lakes: Path) -> None:
    """One each and all in one file, called as the papers are; a build without them takes them away."""
    forms = build(lakes, "--forms", "4", "--seats", "3x4", "--answer-sheet")
    results = lakes / "results" / "midterm"
    papers, sheets = ({p.name for p in (results / one).iterdir()} for one in ("papers", "sheets"))
    assert papers == sheets
    together = unescape((results / "sheets" / "midterm-class.html").read_text(encoding="utf-8"))
    for place, name in enumerate(NAMES, 1):
        (path,) = (results / "sheets").glob(f"midterm-{place:03}-{forms[name]}-*.html")
        own = unescape(path.read_text(encoding="utf-8"))
        seat = f"1/{place}" if place < 5 else "2/1"
        for html in (own, together):
            assert f'<b class="known">{name}</b> <span>{name[:2]}-7</span>' in html
            assert f'<b class="known">{seat}</b>' in html
        digest = path.stem.rpartition("-")[2]
        assert re.search(f'Answer sheet [^"]*{forms[name]} · {digest}', own)
        others = [other for other in NAMES if other != name]
        assert not any(other in own for other in others)
    assert together.count('@bottom-right { content: ""; }') == len(NAMES), "each is one page"
    places = [together.index(f">{name}<") for name in NAMES]
    assert places == sorted(places)
    assert holding(lakes, "Lovelace") == {"classes", "results"}
    build(lakes, "--forms", "4", "--seats", "3x4")
    assert not list((results / "sheets").iterdir())


def test_a_plan_without_names_lies_with_the_keys(lakes: Path) -> None:
    run = quizgen("build", "-o", "paper", "-q", "final", "--seats", "5x6", cwd=lakes)
    assert run.returncode == 0, run.stderr
    plan = (lakes / "build" / "teacher" / "final-seats.html").read_text("utf-8")
    letters = re.findall(r"<td><b>(.)</b>", plan)
    assert letters == [("A", "B")[(n // 6 + n % 6) % 2] for n in range(30)]
    assert "15 copies" in plan
    assert "For those who sit diagonally, too, 4 forms are needed: --forms 4" in run.stdout
    assert not (lakes / "results").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("-q", "final", "--seats", "5x6", "--forms", "1"),
            "neighbours need 2 forms, but the quiz",
        ),
        (("--seats", "5x6"), "for one quiz: name it with --quiz (midterm, final)"),
        (("-q", "final", "--seats", "5"), '"5" is no room: write rows and seats in a row, such as'),
        (("-q", "final", "--forms", "0"), '"0" is no number of forms from 1 to 1000'),
        (("-q", "final", "--class", "classes/none.csv"), "Cannot read the class list"),
        (
            ("-q", "final", "--class", "7b", "--seats", "2x2"),
            "The class has 5 students, the room 4 seats.",
        ),
    ],
)
def test_what_cannot_be_dealt_is_told(lakes: Path, words: tuple[str, ...], said: str) -> None:
    given = [CLASS if word == "7b" else word for word in words]
    run = quizgen("build", "-o", "paper", *given, cwd=lakes)
    assert run.returncode in {1, 2}
    assert said in run.stderr
    assert not (lakes / "build" / "students").exists()


def test_a_class_list_with_mistakes_prints_nothing(lakes: Path) -> None:
    path = lakes / "classes" / "7b.csv"
    path.write_text("id,name\n1,Ada\n1,Grace\n,Mary\n", encoding="utf-8")
    run = quizgen("build", "-o", "paper", "-q", "midterm", "--class", CLASS, cwd=lakes)
    assert run.returncode == 1
    assert f'{CLASS}:3:1: error: The id "1" stands twice, in row 2 and in A3.' in run.stderr
    assert f'{CLASS}:4:1: error: "Mary" has no id (A4).' in run.stderr
    assert "Nothing was built." in run.stderr


def test_how_far_forms_agree_is_told_to_people_and_programs(lakes: Path) -> None:
    run = quizgen("build", "-o", "paper", cwd=lakes)
    assert "midterm: any two forms share 0 of their 6 keys that have letters." in run.stdout
    assert "are balanced, so a student who counts letters can guess better" in run.stderr
    told = json.loads(quizgen("build", "-o", "paper", "--json", cwd=lakes).stdout)
    assert told["quizzes"][0] == {
        "quiz": "midterm",
        "forms": 4,
        "questions": 6,
        "lettered": 6,
        "shared_letters": [0, 0],
        "shared_questions": [6, 6],
    }
    assert [one["code"] for one in told["problems"]] == ["balanced_keys"]
