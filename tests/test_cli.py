"""The command line as its users meet it: real processes in a project of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from quizgen.cli import COMMANDS

BANK = "bank: lakes\ntitle: Lakes\n"
QUESTIONS = """\
topic: Lakes
questions:
- id: largest
  stem: Which lake holds the most fresh water?
  answer: Baikal
  distractors: [Victoria, Superior]
- id: salt
  statement: The Dead Sea is salt.
  answer: true
- id: deepest
  stem: How deep is Lake Baikal at most?
  number: 1642
  unit: m
"""


def quizgen(
    *words: str, cwd: Path, stdin: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the program in a folder, with a state folder of its own."""
    return subprocess.run(
        [sys.executable, "-m", "quizgen", *words],
        cwd=cwd,
        input=stdin,
        env=os.environ | {"XDG_STATE_HOME": str(cwd / ".state"), "PYTHONUTF8": "1"} | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.fixture
def lakes(project: Path) -> Path:
    """A project of three questions."""
    (project / "questions" / "bank.yaml").write_text(BANK, encoding="utf-8")
    (project / "questions" / "lakes.yaml").write_text(QUESTIONS, encoding="utf-8")
    return project


def products(root: Path) -> dict[str, bytes]:
    """Every file under build/ but the compiled copy."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted((root / "build").rglob("*"))
        if path.is_file() and ".cache" not in path.parts
    }


def test_every_command_explains_itself(tmp_path: Path) -> None:
    """`--help` of the program names each command, and each command's shows examples."""
    overview = quizgen("--help", cwd=tmp_path)
    assert overview.returncode == 0
    for name, purpose in COMMANDS.items():
        assert purpose in overview.stdout
        own = quizgen(name, "--help", cwd=tmp_path)
        assert own.returncode == 0
        assert f"  quizgen {name}" in own.stdout.split("examples:")[1]


def test_no_command_is_wrong_usage(tmp_path: Path) -> None:
    """Alone, the program shows its help and exits with 2; so it does for words it does not know."""
    alone = quizgen(cwd=tmp_path)
    assert (alone.returncode, "commands:" in alone.stdout) == (2, True)
    unknown = quizgen("bilud", cwd=tmp_path)
    assert (unknown.returncode, "Traceback" in unknown.stderr) == (2, False)


def test_a_word_too_many_is_told_with_the_usage_of_its_command(lakes: Path) -> None:
    """So that who writes `build midterm` sees -q; nothing is built."""
    said = quizgen("build", "midterm", cwd=lakes)
    assert said.returncode == 2
    assert said.stderr.startswith("usage: quizgen build ")
    assert "-q QUIZ" in said.stderr
    assert said.stderr.endswith("quizgen build: error: unrecognized arguments: midterm\n")
    assert not list((lakes / "build").glob("*.apkg"))


@pytest.mark.parametrize("command", ["check", "build", "quiz", "ids"])
def test_outside_a_project_the_way_in_is_said(command: str, tmp_path: Path) -> None:
    """Where there is no bank, one sentence says how to start one."""
    run = quizgen(command, cwd=tmp_path)
    assert run.returncode == 2
    assert "quizgen init" in run.stderr
    assert "Traceback" not in run.stderr


def test_init_makes_what_build_takes(tmp_path: Path) -> None:
    """A new project checks without a problem, builds and can be played at once."""
    assert quizgen("init", "course", cwd=tmp_path).returncode == 0
    course = tmp_path / "course"
    checked = quizgen("check", "--format", "json", cwd=course)
    assert (checked.returncode, json.loads(checked.stdout)) == (0, [])
    built = quizgen("build", "--json", cwd=course)
    assert built.returncode == 0, built.stderr
    kinds = {product["kind"] for product in json.loads(built.stdout)["products"]}
    assert {"anki.deck", "paper.form", "paper.forms", "paper.key"} <= kinds
    played = quizgen("quiz", "--plain", "-n", "1", "--seed", "1", cwd=course, stdin="")
    assert "Question 1 of 1" in played.stdout


def test_init_overwrites_nothing(lakes: Path) -> None:
    """A bank that stands there is left alone."""
    run = quizgen("init", cwd=lakes)
    assert run.returncode == 1
    assert (lakes / "questions" / "bank.yaml").read_text(encoding="utf-8") == BANK


def test_build_says_what_and_where(lakes: Path) -> None:
    """Each product's path is relative to the project and exists; the summary says what to do next."""
    run = quizgen("build", "--json", cwd=lakes)
    assert run.returncode == 0, run.stderr
    rows = json.loads(run.stdout)["products"]
    assert {"kind", "path", "quiz", "form", "items"} == set(rows[0])
    assert all((lakes / row["path"]).is_file() for row in rows)
    assert {row["form"] for row in rows if row["kind"] == "paper.form"} == {"A", "B"}
    assert "In Anki: File, Import" in quizgen("build", cwd=lakes).stdout


def test_build_of_one_kind(lakes: Path) -> None:
    """`--only` builds one kind of product."""
    assert quizgen("build", "--only", "paper", cwd=lakes).returncode == 0
    assert not list((lakes / "build").glob("*.apkg"))
    assert quizgen("build", "--only", "anki", cwd=lakes).returncode == 0
    assert list((lakes / "build").glob("*.apkg"))


def test_build_writes_the_notes_as_text_where_asked(lakes: Path) -> None:
    """And takes the text away when it would be older than the deck beside it."""
    run = quizgen("build", "--only", "anki", "--text", cwd=lakes)
    assert "import it before the deck" in run.stdout
    (text,) = (lakes / "build").glob("*.txt")
    assert text.read_text(encoding="utf-8").startswith("#separator:Tab\n")
    assert "Taken away" in quizgen("build", "--only", "anki", cwd=lakes).stdout
    assert not text.exists()


@pytest.mark.parametrize(
    "title", ["Lakes of the world", "Lakes: wide #1", "No", 'The "great" ones']
)
def test_build_declares_the_quiz_it_drew(lakes: Path, title: str) -> None:
    """The YAML printed for the default quiz, once written into the bank, draws the same papers."""
    bank = BANK.replace("title: Lakes", f"title: {json.dumps(title)}")
    (lakes / "questions" / "bank.yaml").write_text(bank, encoding="utf-8")
    first = quizgen("build", cwd=lakes)
    before = products(lakes)
    declaration = first.stdout[first.stdout.index("quizzes:") :]
    (lakes / "questions" / "bank.yaml").write_text(bank + declaration, encoding="utf-8")
    second = quizgen("build", cwd=lakes)
    assert second.returncode == 0, second.stderr
    assert "quizzes:" not in second.stdout
    assert products(lakes) == before


def test_a_paper_of_before_does_not_stay(lakes: Path) -> None:
    """A changed form has another name, and the old paper and key go; other files are left alone."""
    assert quizgen("build", cwd=lakes).returncode == 0
    before = set(products(lakes))
    own = lakes / "build" / "students" / "seats.txt"
    own.write_text("mine", encoding="utf-8")
    path = lakes / "questions" / "lakes.yaml"
    path.write_text(QUESTIONS.replace("at most?", "in metres?"), encoding="utf-8")
    assert quizgen("build", "--only", "anki", cwd=lakes).returncode == 0
    assert before < set(products(lakes))
    assert "Taken away" in quizgen("build", "--only", "paper", cwd=lakes).stdout
    after = set(products(lakes))
    assert own.exists()
    assert len(after) == len(before) + 1
    assert len(after & before) == len(before) - 6


def test_build_prints_what_learners_may_search_for(lakes: Path) -> None:
    """As a person and as a program reads it."""
    file = lakes / "questions" / "lakes.yaml"
    assert quizgen("build", "--only", "anki", cwd=lakes).returncode == 0
    file.write_text(file.read_text(encoding="utf-8").replace("topic: ", "topic: New "), "utf-8")
    query = '"deck:Lakes::Lakes" "Topic:New Lakes"'
    run = quizgen("build", "--only", "anki", cwd=lakes)
    assert f"{query}\n      moved questions" in run.stdout
    told = json.loads(quizgen("build", "--only", "anki", "--json", cwd=lakes).stdout)
    assert [one["query"] for one in told["searches"]] == [query]


def test_build_prints_twenty_searches_and_counts_the_rest(lakes: Path) -> None:
    """All of them are in the deck's description, and there for a program."""
    file = lakes / "questions" / "more.yaml"
    for topic in ("Old", "New"):
        rows = (
            f"- {{topic: {topic} {n}, front: Lake {n}?, back: One., id: q{n}}}\n" for n in range(23)
        )
        file.write_text("questions:\n" + "".join(rows), encoding="utf-8")
        run = quizgen("build", "--only", "anki", cwd=lakes)
        assert run.returncode == 0, run.stderr
    assert run.stdout.count("moved questions") == 20
    assert (
        "  and 3 more, in the deck's description; all of them: quizgen build --json\n" in run.stdout
    )
    told = json.loads(quizgen("build", "--only", "anki", "--json", cwd=lakes).stdout)
    assert len(told["searches"]) == 23


def test_building_twice_gives_the_same_bytes(lakes: Path) -> None:
    """Another process, hash seed, locale, time zone and day's clock change no byte."""
    assert quizgen("build", cwd=lakes, PYTHONHASHSEED="1").returncode == 0
    before = products(lakes)
    run = quizgen("build", cwd=lakes, PYTHONHASHSEED="2", TZ="Asia/Tokyo", LC_ALL="C")
    assert run.returncode == 0
    assert products(lakes) == before


def test_a_wrong_bank_builds_nothing(lakes: Path) -> None:
    """With an error in the questions the products of before stand untouched."""
    assert quizgen("build", cwd=lakes).returncode == 0
    before = products(lakes)
    path = lakes / "questions" / "lakes.yaml"
    path.write_text(QUESTIONS.replace("distractors", "distracters"), encoding="utf-8")
    run = quizgen("build", cwd=lakes)
    assert run.returncode == 1
    assert "did you mean" in run.stderr.lower()
    assert "Nothing was built" in run.stderr
    assert " |   ^" in run.stderr, "the line that is meant is not shown"
    assert products(lakes) == before


def test_check_points_at_each_problem(lakes: Path) -> None:
    """Three mistakes, three rows, each with its place and fix."""
    broken = QUESTIONS.replace("distractors", "distracters").replace(
        "answer: true", "answer: maybe"
    )
    (lakes / "questions" / "lakes.yaml").write_text(broken + "  unti: km\n", encoding="utf-8")
    run = quizgen("check", "--format", "json", cwd=lakes)
    assert run.returncode == 1
    rows = json.loads(run.stdout)
    keys = {
        "file",
        "line",
        "column",
        "code",
        "severity",
        "item",
        "message",
        "fix",
        "field",
        "end_line",
        "end_column",
        "other",
    }
    assert all(set(row) == keys for row in rows)
    assert {6, 9, 14} <= {row["line"] for row in rows}
    assert {row["file"] for row in rows} == {"questions/lakes.yaml"}


def test_check_and_build_say_how_many_drafts_they_left_out(lakes: Path) -> None:
    """Whole or not, a draft is no question yet."""
    with (lakes / "questions" / "lakes.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "- {id: whole, front: a, back: b, draft: true}\n- id: sketch\n  stem:\n  draft: true\n"
        )
    checked = quizgen("check", cwd=lakes).stdout
    assert "3 questions (2 drafts left out)" in checked
    built = quizgen("build", "--only", "anki", cwd=lakes).stdout
    assert built.startswith("Lakes: 3 questions (2 drafts left out)")


def test_check_finds_quizzes_that_cannot_be_drawn(lakes: Path) -> None:
    """A blueprint that asks for more than there is, at its place in bank.yaml."""
    quiz = "quizzes:\n  midterm:\n    title: M\n    blueprint:\n    - {count: 9}\n"
    (lakes / "questions" / "bank.yaml").write_text(BANK + quiz, encoding="utf-8")
    run = quizgen("check", "--format", "json", cwd=lakes)
    (row,) = json.loads(run.stdout)
    assert (run.returncode, row["code"], row["file"]) == (1, "quota_short", "questions/bank.yaml")
    assert row["line"] == 7


def test_ids_are_written_once(lakes: Path) -> None:
    """What lacks an id gets one, a comment stays, and a second run finds nothing to do."""
    path = lakes / "questions" / "more.yaml"
    path.write_text("questions:\n# kept\n- front: AIIB\n  back: a bank\n", encoding="utf-8")
    assert quizgen("check", cwd=lakes).returncode == 1
    assert quizgen("ids", "--dry-run", cwd=lakes).returncode == 0
    assert "id:" not in path.read_text(encoding="utf-8")
    assert quizgen("ids", cwd=lakes).returncode == 0
    assert "# kept\n- id: " in path.read_text(encoding="utf-8")
    assert quizgen("check", cwd=lakes).returncode == 0
    assert "has its id" in quizgen("ids", cwd=lakes).stdout


def test_quiz_names_what_there_is(lakes: Path) -> None:
    """A topic that does not exist is answered with those that do."""
    run = quizgen("quiz", "Rivers", cwd=lakes)
    assert run.returncode == 2
    assert "Lakes" in run.stderr


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_consoles_of_few_letters(encoding: str, lakes: Path) -> None:
    """A console that cannot show a sign shows another, and the program goes on."""
    run = quizgen(
        "quiz", "-n", "1", cwd=lakes, stdin="1\n\n", PYTHONIOENCODING=encoding, PYTHONUTF8="0"
    )
    assert "Traceback" not in run.stderr
    assert quizgen("build", cwd=lakes, PYTHONIOENCODING=encoding, PYTHONUTF8="0").returncode == 0


def test_a_disk_that_refuses_is_a_sentence(lakes: Path) -> None:
    """Where build/ cannot be written, one sentence says so and nothing half-written is left."""
    (lakes / "build").write_text("in the way", encoding="utf-8")
    run = quizgen("build", cwd=lakes)
    assert run.returncode == 1
    assert "Cannot write" in run.stderr
    assert "Traceback" not in run.stderr


def test_what_cannot_be_read_is_a_sentence(lakes: Path) -> None:
    """A lock in another encoding, or a folder in its place: no traceback, and no product."""
    lock = lakes / "questions" / "anki.lock"
    lock.write_text("format 1\n", encoding="utf-16")
    run = quizgen("build", cwd=lakes)
    assert (run.returncode, "UTF-8" in run.stderr) == (1, True)
    lock.unlink()
    lock.mkdir()
    run = quizgen("build", cwd=lakes)
    assert (run.returncode, "anki.lock" in run.stderr) == (1, True)
    assert "Traceback" not in run.stderr
    assert products(lakes) == {}


def test_two_new_projects_have_names_of_their_own(tmp_path: Path) -> None:
    """Banks with one name would share their learners' cards; the name follows the folder."""
    names = []
    for place in ("one", "two"):
        assert quizgen("init", f"{place}/Mein Kurs", cwd=tmp_path).returncode == 0
        text = (tmp_path / place / "Mein Kurs" / "questions" / "bank.yaml").read_text("utf-8")
        names.append(text.splitlines()[1].split()[1])
    assert names[0] != names[1]
    assert all(name.startswith("mein-kurs-") for name in names)


def test_a_project_s_templates_reach_nothing_but_their_values(lakes: Path) -> None:
    """To build a stranger's project runs none of his code."""
    own = lakes / "templates" / "paper" / "table.html"
    own.parent.mkdir(parents=True)
    own.write_text("{{ cycler.__init__.__globals__.os.getcwd() }}", encoding="utf-8")
    run = quizgen("build", "--only", "paper", cwd=lakes)
    assert run.returncode == 1
    assert str(lakes) not in "".join(data.decode() for data in products(lakes).values())
    assert "templates/paper/table.html" in run.stderr
    assert "Traceback" not in run.stderr
