"""The sheet of responses of a class: ids and forms in results/, filled in, keyed and marked from there."""

import io
import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

from quizgen.cli import main
from quizgen.core.form import make_forms
from quizgen.core.manifest import read_manifest
from quizgen.grading.attendance import attendance
from quizgen.grading.classlist import Student
from quizgen.grading.responses import read_responses
from quizgen.sheet import read_sheet
from tests.grading_samples import LAKE, key_cell, quiz_of
from tests.test_handing import BANK, CLASS, NAMES, QUESTIONS, write_class

PRINTED, RESULTS = Path("printed/midterm-1"), Path("results/midterm-1")
SHEET = RESULTS / "responses.csv"
IDS = [f"{name[:2]}-7" for name in NAMES]
Said = pytest.CaptureFixture[str]
pytestmark = pytest.mark.usefixtures("lakes")


def freeze(*words: str) -> int:
    return main(["freeze", "midterm", "--class", CLASS, *words])


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition in two forms for a class of five."""
    root = tmp_path_factory.mktemp("course")
    (root / "questions").mkdir()
    (root / "questions/bank.yaml").write_text(BANK, encoding="utf-8")
    (root / "questions/lakes.yaml").write_text(QUESTIONS, encoding="utf-8")
    (root / "classes").mkdir()
    write_class(root, NAMES)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        assert freeze("--forms", "2") == 0
    return root


@pytest.fixture
def lakes(frozen: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = Path(shutil.copytree(frozen, tmp_path / "course"))
    monkeypatch.chdir(root)
    return root


def rows() -> list[list[str]]:
    return [row.cells for row in read_sheet(SHEET.read_bytes(), "r").rows]


def fill(path: Path, count: int = 5) -> None:
    """The key as the answers of so many students, in whichever sheet."""
    edition, _ = read_manifest((PRINTED / "manifest.json").read_bytes(), "m")
    assert edition is not None
    keys = {form.letter: [key_cell(one) for one in form.questions] for form in edition.forms}
    dealt = {row[0]: row[2] for row in rows()[1:]}
    lines = [f"{one};{dealt[one]};{';'.join(keys[dealt[one]])}" for one in IDS[:count]]
    head = f"student;form;{';'.join(map(str, range(1, 7)))}"
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")


def totals() -> dict[str, str]:
    sheet = read_sheet((RESULTS / "gradebook.csv").read_bytes(), "g")
    column = sheet.rows[0].cells.index("total")
    return {row.cells[0]: row.cells[column] for row in sheet.rows[1:]}


def test_ids_names_and_forms_stand_in_results_alone() -> None:
    """In the dialect of the class list; the sheet for git has its heading and nobody."""
    assert rows()[0] == ["student", "name", "form", *"123456"]
    assert [row[:2] for row in rows()[1:]] == [list(pair) for pair in zip(IDS, NAMES, strict=True)]
    assert {row[2] for row in rows()[1:]} == {"A", "B"}
    assert SHEET.read_bytes().startswith("\ufeffstudent;name;form".encode())
    assert (PRINTED / "responses.csv").read_text() == "student,form,1,2,3,4,5,6\n"
    printed = b"".join(path.read_bytes() for path in PRINTED.rglob("*") if path.is_file())
    for text in (*IDS, *NAMES):
        assert text.encode() not in printed


def test_the_product_is_told_and_the_next_step(capsys: Said) -> None:
    assert freeze("--forms", "2", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    paths = {row["path"] for row in told["products"]}
    assert {"results/midterm-2/responses.csv", "printed/midterm-2/responses.csv"} < paths
    assert freeze("--forms", "2") == 0
    out = capsys.readouterr().out
    assert "results/midterm-3/responses.csv\n      Fill in what each student answered" in out
    assert f"quizgen grade printed/midterm-3 --class {CLASS}" in out


def test_answers_are_never_overwritten_by_a_freeze(capsys: Said) -> None:
    """Even if someone deleted the edition that they belong to."""
    SHEET.write_text("student,form,1\nx,A,B\n", encoding="utf-8")
    shutil.rmtree(PRINTED)
    assert freeze() == 0
    assert "was left as it is: answers may stand in it." in capsys.readouterr().err
    assert SHEET.read_text(encoding="utf-8") == "student,form,1\nx,A,B\n"


@pytest.mark.parametrize("named", ["printed/midterm-1", "results/midterm-1", str(SHEET)])
def test_what_was_filled_in_there_is_marked(named: str) -> None:
    fill(SHEET)
    assert main(["grade", named, "--class", CLASS]) == 0
    assert totals() == dict.fromkeys(IDS, "6")


def test_either_sheet_may_be_filled_in_but_not_both(capsys: Said) -> None:
    fill(PRINTED / "responses.csv", 4)
    assert main(["grade", str(PRINTED), "--class", CLASS]) == 1
    assert totals() == dict.fromkeys(IDS[:4], "6") | {IDS[4]: ""}
    assert f'Student "{IDS[4]}" of the class has no row' in capsys.readouterr().err
    fill(SHEET)
    assert main(["grade", str(PRINTED)]) == 2
    assert f"Answers stand in two sheets, {PRINTED}/responses.csv and {SHEET}." in (
        capsys.readouterr().err
    )
    assert main(["grade", str(SHEET)]) == 0


def test_a_workbook_is_told_even_beside_a_sheet_that_was_filled_in(capsys: Said) -> None:
    """It may hold answers; an empty file does not."""
    fill(SHEET)
    (PRINTED / "responses.csv").write_bytes(b"PK\x03\x04")
    assert main(["grade", str(PRINTED)]) == 2
    assert "Answers stand in two sheets" in capsys.readouterr().err
    (PRINTED / "responses.csv").write_bytes(b"")
    assert main(["grade", str(PRINTED)]) == 0


def test_an_empty_sheet_is_nothing_beside_files_that_are_named(tmp_path: Path) -> None:
    elsewhere = tmp_path / "downloads.csv"
    fill(elsewhere)
    assert main(["grade", str(PRINTED), str(elsewhere)]) == 0
    assert totals() == dict.fromkeys(IDS, "6")


@pytest.mark.parametrize(
    ("named", "said"),
    [
        (["midterm"], "There is no file or folder midterm. The editions here are: printed/midterm-1."),
        (["printed"], "There is no manifest.json in printed. The editions here are: printed/midterm-1."),
        ([CLASS], f"Name that first: quizgen grade printed/midterm-1 {CLASS}"),
        (["printed/midterm-1", "printed/midterm-2"], "printed/midterm-2 is of another edition than printed/midterm-1. Mark each edition by itself."),
        (["printed/midterm-1", "printed/midterm-2/responses.csv"], "Mark each edition by itself."),
        (["printed/midterm-1", "classes"], "classes is a folder, but of no edition."),
        (["printed/midterm-1", "late.csv"], "There is no file late.csv."),
    ],
)  # fmt: skip
def test_what_is_no_edition_is_told_with_those_there_are(
    named: list[str], said: str, capsys: Said
) -> None:
    if "midterm-2" in "".join(named):
        shutil.copytree("printed/midterm-1", "printed/midterm-2")
    assert main(["grade", *named]) == 2
    assert said in capsys.readouterr().err


def test_an_untouched_sheet_says_of_each_student_that_nothing_is_entered(capsys: Said) -> None:
    assert main(["grade", str(PRINTED), "--class", CLASS]) == 1
    err = capsys.readouterr().err
    assert err.count("has no answer at all") == len(IDS)
    assert f"{SHEET}:2:1: error" in err


def test_who_is_in_no_class_list_is_told_at_their_row(capsys: Said) -> None:
    """With the id that was probably meant; they are marked all the same."""
    fill(SHEET)
    SHEET.write_text(SHEET.read_text(encoding="utf-8").replace(IDS[1], "Gr-1"), encoding="utf-8")
    assert main(["grade", str(PRINTED), "--class", CLASS]) == 1
    err = capsys.readouterr().err
    assert f'{SHEET}:3:1: error: Student "Gr-1", cell A3, is not in the class list; did you mean "{IDS[1]}"' in err  # fmt: skip
    assert f'Student "{IDS[1]}" of the class has no row' in err
    assert totals()["Gr-1"] == "6"


def test_another_class_is_told_once(capsys: Said) -> None:
    fill(SHEET)
    Path(CLASS).write_text("id;name\nx1;Xenia\nx2;Xaver\n", encoding="utf-8")
    assert main(["grade", str(PRINTED), "--class", CLASS]) == 1
    err = capsys.readouterr().err
    assert "Nobody in the responses is in the class list." in err
    assert "1 error in 1 file." in err


def test_many_strangers_take_no_longer_than_few() -> None:
    """No id that was meant is looked for among ten thousand for each of ten thousand."""
    rows = ["student,form,1", *(f"s{n},A,A" for n in range(10_000))]
    papers = read_responses([read_sheet("\n".join(rows).encode(), "r")], make_forms(quiz_of(LAKE)))
    students = [Student("s1", ""), *(Student(f"t{n}", "") for n in range(10_000))]
    found = Counter(one.code for one in attendance(students, papers.papers, "r"))
    assert found == {"no_row": 10_000, "not_in_class": 9_999}


def enter(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    main(["grade", str(PRINTED), "--enter"])


def test_keyed_rows_go_to_the_rows_of_the_class(
    capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names stay; a row must say whose it is as long as several may have its form."""
    mine, *others = [row[0] for row in rows()[1:] if row[2] == "A"]
    enter(f"{mine}: A ABCDAB\nA ABCDAB\n", monkeypatch)
    row = next(row for row in rows() if row[0] == mine)
    assert row[1:] == [NAMES[IDS.index(mine)], "A", *"ABCDAB"]
    assert len(rows()) == 6
    assert f"Form A is that of {', '.join(others)}; write first whose paper it is" in (
        capsys.readouterr().err
    )
    enter("".join(f"{other}: A ABCDAB\n" for other in others) + "A ABCDAB\n", monkeypatch)
    assert "Form A is nobody's who still has an empty row" in capsys.readouterr().err
    assert len(rows()) == 6


def test_a_form_that_one_student_has_says_whose_row_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(RESULTS)
    shutil.rmtree(PRINTED)
    assert freeze() == 0
    enter("C ABCDAB\n", monkeypatch)
    assert [row[3:] for row in rows()[1:] if row[2] == "C"] == [[*"ABCDAB"]]
    assert len(rows()) == 6
