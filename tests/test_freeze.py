"""What was handed out: frozen for good, printed again from the manifest, held against the bank."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.test_cli import quizgen

BANK = """\
bank: lakes
title: Lakes
sources:
  reader: {title: A reader}
quizzes:
  midterm:
    title: Midterm
    forms: 4
    blueprint: [{count: 4}]
"""
QUESTIONS = """\
topic: Lakes
source: reader
questions:
- id: largest
  stem: Which lake holds the most fresh water?
  image: {file: media/lake.png, alt: A lake}
  answer: Lake Baikal
  distractors: [Lake Victoria, Lake Superiror, Lake Tanganyika]
  explain: It is deep.
  source: {paragraph: 3, terms: [Lake Baikal]}
- id: salt
  statement: The Dead Sea is salt.
  answer: true
- id: gaps
  cloze: A {{c1::lake}} is fed by {{c2::rivers|streams}}.
- id: pairs
  stem: Match.
  match: {Baikal: Russia, Titicaca: Peru}
"""
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@pytest.fixture
def lakes(project: Path) -> Path:
    write(project, BANK, "bank.yaml")
    write(project, QUESTIONS)
    (project / "questions" / "media").mkdir()
    (project / "questions" / "media" / "lake.png").write_bytes(PIXEL)
    return project


def write(root: Path, text: str, name: str = "lakes.yaml") -> None:
    (root / "questions" / name).write_text(text, encoding="utf-8")


def frozen(root: Path, *words: str) -> dict[str, object]:
    run = quizgen("freeze", "midterm", "--json", *words, cwd=root)
    assert run.returncode == 0, run.stdout + run.stderr
    made: dict[str, object] = json.loads(run.stdout)
    return made


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def codes(run_output: str) -> list[str]:
    return [row["code"] for row in json.loads(run_output)]


def test_an_edition_holds_all_that_is_needed(lakes: Path) -> None:
    """Papers, keys, table, manifest, pictures and a sheet to fill in; no page is a draft."""
    made = frozen(lakes)
    there = files(lakes / "printed" / "midterm-1")
    assert (made["folder"], made["edition"]) == ("printed/midterm-1", 1)
    products = made["products"]
    assert isinstance(products, list)
    assert {product["path"] for product in products} == {
        f"printed/midterm-1/{name}" for name in there if not name.startswith("media/")
    }
    assert there["media/lake.png"] == PIXEL
    assert sum(name.startswith("students/") for name in there) == 5
    assert sum(name.startswith("teacher/") for name in there) == 9
    assert not any(b"DRAFT" in data for data in there.values())


def test_a_draft_is_the_same_paper_with_a_stamp(lakes: Path) -> None:
    """The same names, and so the same letters and digests."""
    assert quizgen("build", "--only", "paper", cwd=lakes).returncode == 0
    frozen(lakes)
    draft = files(lakes / "build" / "students")
    assert draft.keys() == files(lakes / "printed" / "midterm-1" / "students").keys()
    assert all(b"DRAFT" in data for data in draft.values())


def test_the_sheet_of_responses_has_a_column_for_each_answer(lakes: Path) -> None:
    """A gap has a column of its own; letters for one question stand in one cell."""
    frozen(lakes)
    sheet = (lakes / "printed" / "midterm-1" / "responses.csv").read_text(encoding="utf-8")
    assert sheet.splitlines() == ["student,form,1,2,3a,3b,4"]


def test_nothing_that_was_handed_out_is_overwritten(lakes: Path) -> None:
    """Each time it is the next edition; a number that is taken is refused in a sentence."""
    frozen(lakes)
    before = files(lakes / "printed" / "midterm-1")
    assert frozen(lakes)["folder"] == "printed/midterm-2"
    assert frozen(lakes, "--edition", "7")["folder"] == "printed/midterm-7"
    assert frozen(lakes)["folder"] == "printed/midterm-8"
    run = quizgen("freeze", "midterm", "-e", "1", cwd=lakes)
    assert run.returncode == 1
    assert "printed/midterm-1 is there already" in run.stderr
    assert "edition 9" in run.stderr
    assert files(lakes / "printed" / "midterm-1") == before
    assert sorted(path.name for path in (lakes / "printed").iterdir()) == [
        "midterm-1", "midterm-2", "midterm-7", "midterm-8"
    ]  # fmt: skip


def test_a_folder_that_lost_its_manifest_keeps_its_number(lakes: Path) -> None:
    frozen(lakes)
    (lakes / "printed" / "midterm-1" / "manifest.json").unlink()
    assert frozen(lakes)["folder"] == "printed/midterm-2"


@pytest.mark.parametrize("number", ["0", "-1", "x", "1.5", "²"])
def test_a_number_that_is_none_is_wrong_usage(lakes: Path, number: str) -> None:
    run = quizgen("freeze", "midterm", f"--edition={number}", cwd=lakes)
    assert run.returncode == 2
    assert "Traceback" not in run.stderr


def test_an_unknown_quiz_is_named_with_those_there_are(lakes: Path) -> None:
    run = quizgen("freeze", "final", cwd=lakes)
    assert run.returncode == 2
    assert 'There is no quiz "final". The bank has: midterm.' in run.stderr


def test_a_bank_with_errors_is_not_printed(lakes: Path) -> None:
    write(lakes, QUESTIONS.replace("answer: true", "answer: perhaps"))
    run = quizgen("freeze", "midterm", cwd=lakes)
    assert run.returncode == 1
    assert "Nothing was printed." in run.stderr
    assert not (lakes / "printed").exists()


def test_a_quiz_that_did_not_change_is_a_warning(lakes: Path) -> None:
    """Word for word and letter for letter; an explanation in other words is a change."""
    frozen(lakes)
    problems = frozen(lakes)["problems"]
    assert isinstance(problems, list)
    assert [row["code"] for row in problems] == ["nothing_changed"]
    write(lakes, QUESTIONS.replace("It is deep.", "It is very deep."))
    assert frozen(lakes)["problems"] == []


# --- Years later ---------------------------------------------------------------------------------


def reprinted(root: Path, *words: str) -> dict[str, bytes]:
    run = quizgen("reprint", "printed/midterm-1", *words, cwd=root)
    assert run.returncode == 0, run.stdout + run.stderr
    return files(root / "build" / "printed" / "midterm-1")


LATER: dict[str, Callable[[Path], None]] = {
    "nothing happened": lambda _root: None,
    "a question was reworded": lambda root: write(
        root, QUESTIONS.replace("The Dead Sea", "The Aral Sea")
    ),
    "the questions were reordered and their options too": lambda root: write(
        root,
        QUESTIONS.split("- id: largest", maxsplit=1)[0]
        + "- id: salt\n  statement: It is salt.\n  answer: false\n"
        + "- id: largest\n  stem: Which?\n  answer: Lake Victoria\n"
        + "  distractors: [Lake Tanganyika, Lake Baikal]\n",
    ),
    "the bank is gone": lambda root: shutil.rmtree(root / "questions"),
    "the quiz was declared otherwise": lambda root: write(
        root, BANK.replace("forms: 4", "forms: 2\n    seed: 9"), "bank.yaml"
    ),
}


@pytest.mark.parametrize("later", LATER)
def test_papers_and_keys_are_printed_again_byte_for_byte(lakes: Path, later: str) -> None:
    """From the manifest and its pictures alone."""
    frozen(lakes)
    there = files(lakes / "printed" / "midterm-1")
    LATER[later](lakes)
    assert reprinted(lakes) == {
        name: data for name, data in there.items() if name.startswith(("students/", "teacher/"))
    }


@pytest.mark.parametrize("words", [["printed/midterm-1/manifest.json"], ["printed/midterm-1/"]])
def test_the_manifest_may_be_named_itself(lakes: Path, words: list[str]) -> None:
    frozen(lakes)
    assert quizgen("reprint", *words, cwd=lakes).returncode == 0


def test_a_folder_without_a_manifest_is_wrong_usage(lakes: Path) -> None:
    run = quizgen("reprint", "questions", cwd=lakes)
    assert run.returncode == 2
    assert "questions holds no manifest.json" in run.stderr


def test_an_edited_manifest_prints_no_key(lakes: Path) -> None:
    frozen(lakes)
    path = lakes / "printed" / "midterm-1" / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace("lake baikal", "lake victoria"))
    run = quizgen("reprint", "printed/midterm-1", "--json", cwd=lakes)
    assert run.returncode == 1
    assert codes(json.dumps(json.loads(run.stdout)["problems"])) == ["manifest_edited"]
    assert not (lakes / "build" / "printed").exists()
    assert quizgen("freeze", "midterm", cwd=lakes).returncode == 1


def test_another_picture_is_not_printed_as_the_old_one(lakes: Path) -> None:
    frozen(lakes)
    (lakes / "printed" / "midterm-1" / "media" / "lake.png").write_bytes(PIXEL + b" ")
    run = quizgen("reprint", "printed/midterm-1", cwd=lakes)
    assert run.returncode == 1
    assert "[printed_picture_changed]" in run.stderr


# --- Between editions ----------------------------------------------------------------------------


def keys_of(root: Path, number: int) -> list[list[str]]:
    manifest = json.loads((root / "printed" / f"midterm-{number}" / "manifest.json").read_bytes())
    return [[question["key"] for question in form["questions"]] for form in manifest["forms"]]


def test_a_typo_that_is_mended_moves_no_letter(lakes: Path) -> None:
    """Nor does the next edition, nor do its drafts; and it is told as another wording."""
    frozen(lakes)
    write(lakes, QUESTIONS.replace("Superiror", "Superior"))
    problems = frozen(lakes)["problems"]
    assert isinstance(problems, list)
    assert [(row["code"], row["item"]) for row in problems] == [("printed_reworded", "largest")]
    write(lakes, QUESTIONS.replace("Superiror", "Superior").replace("Lake Victoria", "Victoria"))
    assert quizgen("build", "--only", "paper", cwd=lakes).returncode == 0
    frozen(lakes)
    assert keys_of(lakes, 1) == keys_of(lakes, 2) == keys_of(lakes, 3)
    names = files(lakes / "printed" / "midterm-3" / "students").keys()
    assert files(lakes / "build" / "students").keys() == names


def test_check_says_how_the_bank_differs_from_what_was_handed_out(lakes: Path) -> None:
    """Another key first, as a warning with its place; the exit code stays good."""
    frozen(lakes)
    assert json.loads(quizgen("check", "--format", "json", cwd=lakes).stdout) == []
    write(
        lakes,
        QUESTIONS.replace("answer: true", "answer: false").replace(
            "- id: gaps\n  cloze: A {{c1::lake}} is fed by {{c2::rivers|streams}}.\n", ""
        ),
    )
    run = quizgen("check", "--format", "json", cwd=lakes)
    rows = {row["code"]: row for row in json.loads(run.stdout)}
    assert run.returncode == 1  # the quiz asks for four questions
    assert rows["printed_key_changed"]["severity"] == "warning"
    assert (rows["printed_key_changed"]["file"], rows["printed_key_changed"]["line"]) == (
        "questions/lakes.yaml",
        13,
    )
    assert "printed/midterm-1/corrections.yaml" in rows["printed_key_changed"]["fix"]
    assert (rows["printed_removed"]["severity"], rows["printed_removed"]["item"]) == (
        "note",
        "gaps",
    )


def test_a_key_that_was_corrected_in_marking_is_warned_of_no_more(lakes: Path) -> None:
    frozen(lakes)
    write(lakes, QUESTIONS.replace("answer: true", "answer: false"))

    def said() -> list[tuple[str, str]]:
        rows = json.loads(quizgen("check", "--format", "json", cwd=lakes).stdout)
        return [(row["code"], row["severity"]) for row in rows]

    assert said() == [("printed_key_changed", "warning")]
    (lakes / "printed" / "midterm-1" / "corrections.yaml").write_text(
        "corrections:\n- item: salt\n  accept: 'false'\n  date: 2026-11-29\n  reason: It is not.\n",
        encoding="utf-8",
    )
    assert said() == [("printed_key_changed", "note")]


def test_check_names_a_manifest_that_cannot_be_trusted(lakes: Path) -> None:
    frozen(lakes)
    path = lakes / "printed" / "midterm-1" / "manifest.json"
    path.write_bytes(path.read_bytes()[:900])
    run = quizgen("check", "--format", "json", cwd=lakes)
    assert run.returncode == 1
    assert codes(run.stdout) == ["manifest_truncated"]


def test_a_draft_is_made_beside_a_manifest_that_cannot_be_trusted(lakes: Path) -> None:
    """With a warning: what it would have said of corrected options is not known."""
    frozen(lakes)
    (lakes / "printed" / "midterm-1" / "manifest.json").write_text("{}", encoding="utf-8")
    run = quizgen("build", "--only", "paper", "--json", cwd=lakes)
    assert run.returncode == 0
    (row,) = json.loads(run.stdout)["problems"]
    assert (row["code"], row["severity"]) == ("manifest_foreign", "warning")


def test_every_quiz_of_the_article_s_bank_is_frozen_and_printed_again(project: Path) -> None:
    shutil.rmtree(project / "questions")
    shutil.copytree(ROOT / "questions", project / "questions")
    assert quizgen("build", "--only", "paper", cwd=project).returncode == 0
    drafts = files(project / "build" / "students").keys()
    for quiz in {name.rpartition("-all.html")[0] for name in drafts if name.endswith("-all.html")}:
        run = quizgen("freeze", quiz, cwd=project)
        assert run.returncode == 0, run.stderr
        there = files(project / "printed" / f"{quiz}-1")
        assert {name.removeprefix("students/") for name in there} & drafts
        assert quizgen("reprint", f"printed/{quiz}-1", cwd=project).returncode == 0
        again = files(project / "build" / "printed" / f"{quiz}-1")
        assert again.items() <= there.items()
        assert len(again) == 8
    printed = [name for name in files(project / "printed") if "/students/" in name]
    assert {Path(name).name for name in printed} == drafts
    checked = json.loads(quizgen("check", "--format", "json", cwd=project).stdout)
    assert not [row for row in checked if row["code"].startswith(("printed_", "manifest_"))]


# --- A new project -------------------------------------------------------------------------------


def test_init_keeps_names_out_of_git_and_what_was_handed_out_in(tmp_path: Path) -> None:
    """classes/, results/ and what is built are ignored; printed/ is not."""
    assert quizgen("init", "course", cwd=tmp_path).returncode == 0
    course = tmp_path / "course"
    run = quizgen("freeze", "quiz", cwd=course)
    assert run.returncode == 0, run.stderr
    (course / "classes").mkdir()
    (course / "classes" / "7a.csv").write_text("id,name\n1,Ada\n", encoding="utf-8")
    assert quizgen("build", cwd=course).returncode == 0
    listed = git(course, "init", "-q") or git(course, "ls-files", "-o", "--exclude-standard")
    tops = {name.partition("/")[0] for name in listed.splitlines()}
    assert tops == {".gitattributes", ".gitignore", "build", "printed", "questions"}
    assert "build/.gitignore" in listed
    assert ".apkg" not in listed


def git(root: Path, *words: str) -> str:
    return subprocess.run(
        ["git", *words], cwd=root, capture_output=True, text=True, check=True
    ).stdout


def test_init_adds_to_a_gitignore_that_is_there(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*.tmp", encoding="utf-8")
    assert quizgen("init", cwd=tmp_path).returncode == 0
    lines = (tmp_path / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "*.tmp"
    assert {"/classes/", "/results/"} <= set(lines)
