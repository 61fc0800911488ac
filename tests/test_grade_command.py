"""`quizgen grade`, from an edition on disk to the gradebook and what is said of it."""

import csv
import io
import json
from fractions import Fraction
from pathlib import Path

import pytest
from msgspec.structs import replace

from quizgen.cli import main
from quizgen.core.form import make_forms
from quizgen.model import GradeBand, Quiz
from tests.grading_samples import (
    ALL,
    CHANGE,
    DEW,
    FLOATS,
    HEAD,
    LAKE,
    MONTH,
    frozen,
    key_cell,
    quiz_of,
)

QUIZ = quiz_of(*ALL)
Said = pytest.CaptureFixture[str]


def key_rows(quiz: Quiz, count: int) -> list[list[str]]:
    """So many students in turn on each form, all of them perfect."""
    forms = make_forms(quiz)
    return [
        [f"s{n:02}", form.letter, *map(key_cell, form.questions)]
        for n in range(count)
        for form in [forms[n % len(forms)]]
    ]


def write(folder: Path, rows: list[list[str]], head: str = HEAD) -> Path:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([head.split(","), *rows])
    path = folder / "responses.csv"
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def book(root: Path, quiz: str = "quiz-1") -> list[dict[str, str]]:
    data = (root / "results" / quiz / "gradebook.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf"), "Excel takes it for UTF-8"
    text = data.decode("utf-8-sig")
    delimiter = ";" if text.startswith("student;") else ","
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_a_class_is_marked_into_results_alone(tmp_path: Path, capsys: Said) -> None:
    folder = frozen(tmp_path, QUIZ)
    path = write(folder, key_rows(QUIZ, 4))
    before = {one: one.read_bytes() for one in folder.rglob("*") if one.is_file()}
    assert main(["grade", str(path)]) == 0
    assert {one: one.read_bytes() for one in folder.rglob("*") if one.is_file()} == before
    assert [(row["student"], row["total"], row["percent"], row["open"]) for row in book(tmp_path)] == [
        (f"s{n:02}", "15", "100", "") for n in range(4)
    ]  # fmt: skip
    columns = list(book(tmp_path)[0])
    assert columns[:6] == ["student", "form", "total", "possible", "percent", "open"]
    assert columns[6:9] == ["1 lake (1, right)", "2 giants (2, balanced)", "3 floats (1, right)"]
    scores = json.loads((tmp_path / "results" / "quiz-1" / "scores.json").read_text())
    assert scores["students"][0]["points"][:2] == ["1", "2"]
    out = capsys.readouterr().out
    assert "Quiz, edition 1: 4 papers, 4 finished" in out
    assert "results/quiz-1/gradebook.csv" in out


def test_the_same_files_come_to_the_same_bytes(tmp_path: Path) -> None:
    folder = frozen(tmp_path, QUIZ)
    write(folder, key_rows(QUIZ, 5))
    found = []
    for _ in range(2):
        assert main(["grade", str(folder)]) == 0
        found.append({p.name: p.read_bytes() for p in (tmp_path / "results").rglob("*.*")})
    assert found[0] == found[1]


def test_mistakes_are_told_and_the_exit_code_says_so(tmp_path: Path, capsys: Said) -> None:
    folder = frozen(tmp_path, QUIZ)
    rows = key_rows(QUIZ, 3)
    rows[1][2] = "X"
    path = write(folder, rows)
    assert main(["grade", str(path)]) == 1
    told = capsys.readouterr()
    assert f"{path}:3:7: error: " in told.err
    assert "1 error in 1 file." in told.err
    assert "not finished: s01: question 1 (C3)" in told.out
    assert [row["total"] for row in book(tmp_path)] == ["15", "", "15"]
    assert book(tmp_path)[1]["1 lake (1, right)"] == ""
    assert book(tmp_path)[1]["3 floats (1, right)"] == "1"


def test_grades_are_those_of_the_quiz_or_of_the_command(tmp_path: Path, capsys: Said) -> None:
    bands = (
        GradeBand(name="pass", percent=Fraction(60)),
        GradeBand(name="fail", percent=Fraction(0)),
    )
    quiz = replace(QUIZ, plan=replace(QUIZ.plan, bands=bands))
    folder = frozen(tmp_path, quiz)
    rows = key_rows(quiz, 2)
    rows[1][2:] = ["-"] * 9 + ["0"]
    write(folder, rows)
    assert main(["grade", str(folder)]) == 0
    assert [row["grade"] for row in book(tmp_path)] == ["pass", "fail"]
    assert main(["grade", str(folder), "--bands", "A:90 B:80"]) == 0
    assert [row["grade"] for row in book(tmp_path)] == ["A", ""]
    with pytest.raises(SystemExit):
        main(["grade", str(folder), "--bands", "A:80 B:90"])
    assert "B stands below A" in capsys.readouterr().err


def test_a_class_list_gives_names_and_misses_nobody(tmp_path: Path, capsys: Said) -> None:
    """Names stand in results/ alone; 07 and 7 are one student to a spreadsheet."""
    folder = frozen(tmp_path, quiz_of(FLOATS))
    write(folder, [["7", "A", "T"], ["8", "absent", ""]], "student,form,1")
    classes = tmp_path / "classes" / "7b.csv"
    classes.parent.mkdir()
    classes.write_text('id;name\n07;=Ann "A" Lee\n08;Bo\n09;Cy\n', encoding="utf-8")
    assert main(["grade", str(folder), "--class", str(classes)]) == 1
    assert [(row["student"], row["name"], row["total"], row["open"]) for row in book(tmp_path)] == [
        ("07", '\'=Ann "A" Lee', "1", ""),
        ("08", "Bo", "", "absent"),
        ("09", "Cy", "", "no paper"),
    ]
    assert 'Student "09" of the class has no row' in capsys.readouterr().err
    named = [p for p in tmp_path.rglob("*") if p.is_file() and b"Cy" in p.read_bytes()]
    assert {p.parent.name for p in named} == {"classes", "quiz-1"}
    assert not any("printed" in p.parts for p in named)


def test_several_files_are_marked_as_one(tmp_path: Path) -> None:
    folder = frozen(tmp_path, quiz_of(FLOATS))
    write(folder, [["s1", "A", "T"]], "student,form,1")
    other = folder / "late.csv"
    other.write_text("student;form;1\ns2;B;F\n", encoding="utf-8")
    assert main(["grade", str(folder), str(other)]) == 0
    assert [row["total"] for row in book(tmp_path)] == ["1", "0"]


def test_a_decision_is_told_when_it_is_graded_again(tmp_path: Path, capsys: Said) -> None:
    folder = frozen(tmp_path, quiz_of(LAKE, FLOATS))
    rows = [[f"s{n}", "A", "-", "TF"[n % 2]] for n in range(30)]
    write(folder, rows, "student,form,1,2")
    assert main(["grade", str(folder)]) == 0
    assert "Since the last time" not in capsys.readouterr().out
    corrections = folder / "corrections.yaml"
    corrections.write_text(
        "corrections:\n- {item: floats, date: 2026-11-30, reason: Both., accept: false}\n"
        "- {item: lake, date: 2026-11-30, reason: Misprint., void: drop}\n",
        encoding="utf-8",
    )
    assert main(["grade", str(folder)]) == 0
    out = capsys.readouterr().out
    assert 'Question 2 now also accepts "false". 15 of 30 scores rise, none falls.' in out
    assert "Question 1 is dropped from every total. 15 of 30 scores rise, none falls." in out
    assert '"lake" is dropped from every total.' in out
    assert {row["total"] for row in book(tmp_path)} == {"1"}
    assert {row["possible"] for row in book(tmp_path)} == {"1"}


@pytest.mark.parametrize(
    ("wrong", "place", "said"),
    [
        (
            "{item: floots, date: 2026-11-30, reason: B., void: full}",
            "2:10",
            'no question "floots"',
        ),
        ("{item: floats, date: soon, reason: B., void: full}", "2:24", "date"),
    ],
)
def test_nothing_is_marked_by_half_of_the_corrections(
    tmp_path: Path, capsys: Said, wrong: str, place: str, said: str
) -> None:
    """A gradebook without the others would take back what students were told."""
    folder = frozen(tmp_path, quiz_of(LAKE, FLOATS))
    write(folder, [["s1", "A", "-", "T"]], "student,form,1,2")
    corrections = folder / "corrections.yaml"
    right = "- {item: lake, date: 2026-11-30, reason: Misprint., void: full}\n"
    corrections.write_text(f"corrections:\n{right}", encoding="utf-8")
    assert main(["grade", str(folder)]) == 0
    before = {path: path.read_bytes() for path in tmp_path.rglob("results/**/*.*")}
    assert before
    capsys.readouterr()
    corrections.write_text(f"corrections:\n- {wrong}\n{right}", encoding="utf-8")
    assert main(["grade", str(folder)]) == 1
    err = capsys.readouterr().err
    assert f"{corrections}:{place}: error:" in err
    assert said in err
    assert "Nothing was marked." in err
    assert {path: path.read_bytes() for path in tmp_path.rglob("results/**/*.*")} == before


def test_a_semicolon_file_has_a_gradebook_with_decimal_commas(tmp_path: Path) -> None:
    """As the spreadsheet that saved it reads numbers."""
    folder = frozen(tmp_path, quiz_of(DEW))
    (folder / "responses.csv").write_text("student;form;1\ns1;A;1,5\n", encoding="utf-8")
    assert main(["grade", str(folder)]) == 0
    assert [(row["total"], row["percent"]) for row in book(tmp_path)] == [("1,5", "50")]


def test_true_and_false_may_be_said_in_the_language_of_the_papers(tmp_path: Path) -> None:
    folder = frozen(tmp_path, quiz_of(FLOATS), language="de")
    write(folder, [["s1", "A", "R"], ["s2", "A", "Richtig"], ["s3", "A", "F"]], "student,form,1")
    assert main(["grade", str(folder)]) == 0
    assert [row["total"] for row in book(tmp_path)] == ["1", "1", "0"]
    decision = "- {item: floats, date: 2026-11-30, reason: Beides., form: A, letter: F}"
    (folder / "corrections.yaml").write_text(f"corrections:\n{decision}\n", encoding="utf-8")
    assert main(["grade", str(folder)]) == 0
    assert [row["total"] for row in book(tmp_path)] == ["1", "1", "1"]


def test_only_an_edition_is_marked(tmp_path: Path, capsys: Said) -> None:
    path = write(tmp_path, key_rows(QUIZ, 1))
    assert main(["grade", str(path)]) == 2
    assert "quizgen freeze QUIZ" in capsys.readouterr().err
    folder = frozen(tmp_path / "course", QUIZ)
    assert main(["grade", str(folder)]) == 2
    assert "There is no file" in capsys.readouterr().err


def test_a_manifest_that_was_changed_marks_nothing(tmp_path: Path, capsys: Said) -> None:
    folder = frozen(tmp_path, QUIZ)
    write(folder, key_rows(QUIZ, 1))
    manifest = folder / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b"Ice floats.", b"Ice sinks.."))
    assert main(["grade", str(folder)]) == 1
    assert "Nothing was marked." in capsys.readouterr().err
    assert not (tmp_path / "results").exists()


def test_what_was_marked_can_be_read_by_a_program(tmp_path: Path, capsys: Said) -> None:
    folder = frozen(tmp_path, quiz_of(LAKE, FLOATS))
    write(folder, [["s1", "A", "-", "T"], ["s2", "A", "X", "T"]], "student,form,1,2")
    assert main(["grade", str(folder), "--json", "--bands", "A:50"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["folder"] == "results/quiz-1"
    assert told["students"] == [
        {"student": "s1", "form": "A", "total": "1", "possible": "2", "grade": "A", "open": []},
        {"student": "s2", "form": "A", "total": None, "possible": "2", "grade": None, "open": ["question 1 (C3)"]},
    ]  # fmt: skip
    assert [(row["line"], row["column"], row["code"]) for row in told["problems"]] == [
        (3, 6, "unknown_answer")
    ]
    assert told["returned"] == []
    assert main(["grade", str(folder), "--json", "--feedback", "--missed"]) == 1
    told = json.loads(capsys.readouterr().out)
    first, second = told["returned"]
    assert (first["student"], second["student"], second["deck"]) == ("s1", "s2", None)
    there = {path.relative_to(tmp_path).as_posix() for path in (tmp_path / "results").rglob("*.*")}
    assert set(told["files"]) == there
    assert {first["feedback"], first["deck"], second["feedback"]} < there


def test_a_form_that_was_handed_out_need_not_be_written(tmp_path: Path, capsys: Said) -> None:
    """Where `freeze --class` dealt them; a row that says another one is told."""
    folder = frozen(tmp_path, quiz_of(LAKE))
    a, b = (key_cell(form.questions[0]) for form in make_forms(quiz_of(LAKE)))
    write(folder, [["1", "", a], ["2", "", b], ["3", "B", b]], "student,form,1")
    dealt = tmp_path / "results" / "quiz-1" / "dealt.csv"
    dealt.parent.mkdir(parents=True)
    dealt.write_text("id,name,form,row,seat\n01,Ann,A,,\n02,Bo,B,,\n03,Cy,A,,\n", encoding="utf-8")
    assert main(["grade", str(folder)]) == 0
    assert [row["total"] for row in book(tmp_path)] == ["1", "1", "1"]
    assert 'Student "3" was handed form A, but cell B4 says B.' in capsys.readouterr().err


# --- Keyed rows ----------------------------------------------------------------------------------


def enter(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    return main(["grade", str(folder), "--enter"])


def test_keyed_rows_are_added_and_echoed_with_their_score(
    tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiz = quiz_of(LAKE, FLOATS, replace(FLOATS, id="f2"), DEW, CHANGE, MONTH)
    folder = frozen(tmp_path, quiz)
    keys = {form.letter: key_cell(form.questions[0]) for form in make_forms(quiz)}
    text = f"A {keys['A']}TF\ns7: B {keys['B']}-T\nB XTT\nA {keys['A']}T\ns7: A {keys['A']}TT\n\n"
    assert enter(folder, text, monkeypatch) == 1
    told = capsys.readouterr()
    assert f"1  form A  {keys['A']} T F   2 of 3; still to enter: 4, 5, 6" in told.out
    assert f"s7  form B  {keys['B']} - T   2 of 3; still to enter: 4, 5, 6" in told.out
    assert 'Question 1: it has the options A to D, but "X" stands here.' in told.err
    assert "These are 2 marks, but 3 questions have letters: 1, 2, 3." in told.err
    assert 'student "s7" stands in row 3 already.' in told.err
    rows = (folder / "responses.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rows == [
        "student,form,1,2,3,4,5,6",
        f"1,A,{keys['A']},T,F,,?,?",
        f"s7,B,{keys['B']},-,T,,?,?",
    ]
    assert "Question 5 is not entered yet for 1, s7." in told.err
    assert [row["total"] for row in book(tmp_path)] == ["", ""]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("student;form;1;2\r\ns1;A;T;1\r\n", "student;form;1;2\r\ns1;A;T;1\r\n2;B;F;\r\n"),
        ("student,form,1,2\ns1,A,T,1", "student,form,1,2\ns1,A,T,1\n2,B,F,\n"),
        ("form,2,student,1\nA,1,é,T\n", "form,2,student,1\nA,1,é,T\nB,,2,F\n"),
        ("student,form,1,2\n2,,,\ns1,A,T,1\n", "student,form,1,2\n2,,,\ns1,A,T,1\n3,B,F,\n"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_keyed_row_leaves_all_else_as_it_was(
    before: str, after: str, encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the file's own dialect, whichever program saved it."""
    folder = frozen(tmp_path, quiz_of(FLOATS, DEW))
    (folder / "responses.csv").write_bytes(before.encode(encoding))
    enter(folder, "B F\n", monkeypatch)
    assert (folder / "responses.csv").read_bytes() == after.encode(encoding)


def test_a_keyed_row_fills_the_empty_row_of_its_student(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = frozen(tmp_path, quiz_of(FLOATS))
    (folder / "responses.csv").write_text("student,form,1\ns1,A,\ns2,B,\ns3,A,\n", encoding="utf-8")
    enter(folder, "S2: B T\ns3: B T\n", monkeypatch)
    assert (folder / "responses.csv").read_text(encoding="utf-8").splitlines() == [
        "student,form,1", "s1,A,", "S2,B,T", "s3,A,",
    ]  # fmt: skip
