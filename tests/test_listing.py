"""What a check says: to a person, whatever the number of problems, to a program, and to GitHub."""

import io
import json
import re
from argparse import Namespace
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.bank.spans import Spans
from quizgen.bank.tree import read_tree
from quizgen.checks.baseline import BASELINE
from quizgen.cli import COMMANDS, main
from quizgen.commands.github import workflow_commands
from quizgen.commands.listing import Listing, chosen, print_listing
from quizgen.commands.outcome import exit_code
from quizgen.problem import Problem, Severity, Where, in_reading_order
from tests.conftest import ROOT
from tests.test_report import Tty

BANK = "bank: b\ntitle: B\n"
QUESTIONS = """\
questions:
- id: sea
  stem: Which sea is the saltiest of all the seas that people swim in?
  answer: the Dead Sea, which lies between Jordan and Israel
  distractors: [the Red Sea, the Black Sea, 日本海]
- {id: dew, statement: Dew falls at noon., answer: false}
"""


@pytest.fixture
def course(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one warning and, asked for, some notes."""
    (project / "questions" / "bank.yaml").write_text(BANK, encoding="utf-8")
    (project / "questions" / "seas.yaml").write_text(QUESTIONS, encoding="utf-8")
    monkeypatch.chdir(project)
    return project


def problem(code: str, severity: Severity = "warning", line: int = 1) -> Problem:
    return Problem(code=code, message="So.", severity=severity, where=Where("q.yaml", line))


def listed(listing: Listing, root: Path, stream: io.StringIO) -> str:
    print_listing(listing, Spans(root), stream)
    return stream.getvalue()


# --- For a person --------------------------------------------------------------------------------


@pytest.mark.usefixtures("course")
def test_a_problem_is_told_with_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Place, sentence and code; the line with carets; the fix; and how to learn more."""
    assert main(["check"]) == 0
    assert capsys.readouterr().out == (
        "questions/seas.yaml:4:11: warning: The right option is much longer than every other. [longest_is_key]\n"
        "    4 |   answer: the Dead Sea, which lies between Jordan and Israel\n"
        "      |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "    Shorten it (what explains it belongs under explain:), or make the others as full.\n"
        "\n"
        "2 questions, 1 warning in 1 file.\n"
        "\n"
        "  quizgen check --explain longest_is_key  what it is for, and how to silence it\n"
    )


@pytest.mark.usefixtures("course")
def test_plain_is_a_line_a_problem(capsys: pytest.CaptureFixture[str]) -> None:
    """Without sources, carets and indents."""
    assert main(["check", "--plain"]) == 0
    assert capsys.readouterr().out.splitlines()[:3] == [
        (
            "questions/seas.yaml:4:11: warning: The right option is much longer than every other. "
            "Shorten it (what explains it belongs under explain:), or make the others as full. [longest_is_key]"
        ),
        "",
        "2 questions, 1 warning in 1 file.",
    ]


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
def test_nothing_is_wider_than_the_terminal(
    columns: int, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sentences are wrapped, sources cut, and the place has a line of its own in a narrow one. What
    is to be copied, places and commands, is never parted.
    """
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    one = Problem(
        code="longest_is_key",
        message="The right option is much longer than every other.",
        fix="Shorten it (what explains it belongs under explain:).",
        severity="warning",
        where=Where("questions/seas.yaml", 4, 11),
    )
    out = listed(Listing(problems=(one,), about="2 questions"), course, Tty())
    assert "\033[33m" in out
    shown = re.sub(r"\033\[\d+m", "", out)
    words = " ".join(shown.split())
    assert "much longer than every other. [longest_is_key]" in words
    assert "\033[2m[longest_is_key]" in out
    whole = ("questions/seas.yaml:4:11:", "  quizgen check --explain longest_is_key")
    lines = [line for line in shown.splitlines() if columns > 40 or line not in whole]
    assert max(map(len, lines)) <= max(columns, 24)


def test_no_colour_in_a_pipe(course: Path) -> None:
    listing = Listing(problems=(problem("clang"), problem("no_key", "error")), about="1 question")
    assert "\033" not in listed(listing, course, io.StringIO())


@given(
    st.lists(
        st.builds(
            problem,
            st.sampled_from(["clang", "longest_is_key", "no_key", "tag"]),
            st.sampled_from(["error", "warning", "note"]),
            st.integers(1, 9),
        ),
        max_size=30,
    ),
    st.integers(1, 12),
)
def test_of_many_the_worst_and_some_of_each_rule_are_shown(
    problems: list[Problem], limit: int
) -> None:
    """In reading order; no note while a warning is left out, and no rule drowns the others."""
    shown = chosen(problems, limit)
    assert len(shown) == min(limit, len(problems))
    assert shown == in_reading_order(shown)
    assert chosen(problems, 0) == in_reading_order(problems)
    left = list(problems)
    for one in shown:
        left.remove(one)
    order = ("error", "warning", "note")
    if shown and left:
        worst_left = min(order.index(one.severity) for one in left)
        assert all(order.index(one.severity) <= worst_left for one in shown)
    for severity in order:
        ours = [one.code for one in shown if one.severity == severity]
        rest = {one.code for one in left if one.severity == severity}
        is_one_kind = len({(one.code, one.severity) for one in problems}) == len(
            {one.code for one in problems}
        )
        if is_one_kind:  # a rule left out in part has as many shown as any other, but for one
            assert all(ours.count(code) + 1 >= ours.count(other) for code in rest for other in ours)


def test_very_many_are_counted_by_rule(course: Path) -> None:
    """Errors first, the most frequent first, and how to see the rest."""
    many = tuple(problem("clang", "note", line) for line in range(1, 1201))
    some = tuple(problem("longest_is_key", "warning", line) for line in range(1, 31))
    listing = Listing(
        problems=(*many, *some, problem("no_key", "error")), about="9 questions", limit=10
    )
    out = listed(listing, course, io.StringIO())
    assert out.count("q.yaml:") == 10
    assert out.count("[no_key]") == 1
    assert out.endswith(
        "9 questions, 1 error, 30 warnings and 1200 notes in 1 file.\n"
        "\n"
        "  error    no_key              1\n"
        "  warning  longest_is_key     30\n"
        "  note     clang           1,200\n"
        "\n"
        "Shown are 10 of 1,231, the worst and some of each rule.\n"
        "\n"
        "  quizgen check --limit 0         all of them\n"
        "  quizgen check --rule no_key     what one rule finds\n"
        "  quizgen check --explain no_key  what it is for, and how to silence it\n"
    )
    plain = Listing(problems=listing.problems, about="9 questions", limit=10, plain=True)
    assert "30 warnings: longest_is_key 30." in listed(plain, course, io.StringIO())


def test_nothing_is_listed_where_nothing_is_wrong(tmp_path: Path) -> None:
    assert listed(Listing(problems=(), about="2 questions"), tmp_path, io.StringIO()) == (
        "2 questions, no problem.\n"
    )
    known = Listing(problems=(), about="2 questions", known="3 known problems left out")
    assert listed(known, tmp_path, io.StringIO()) == (
        "2 questions, no other problem.\n3 known problems left out\n"
    )


@pytest.mark.usefixtures("course")
def test_one_rule_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """`--rule` tells what it finds, also where it finds notes; a slip of the pen is answered."""
    assert main(["check", "--rule", "missing_explanation", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["code"] for row in rows} == {"missing_explanation"}
    assert main(["check", "--rule", "longest_iskey"]) == 2
    assert 'Did you mean "longest_is_key"?' in capsys.readouterr().err


def test_pre_commit_finds_the_hook() -> None:
    """What its repository must say of a hook (https://pre-commit.com/#creating-new-hooks): it runs a
    command that there is, where a file of a project's questions changed.
    """
    text = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    hooks: Any = read_tree(text)[0]
    (hook,) = hooks
    assert {"id", "name", "entry", "language", "files"} <= hook.keys()
    program, command = hook["entry"].split()
    assert (program, hook["language"], hook["pass_filenames"]) == ("quizgen", "python", "false")
    assert command in COMMANDS
    pattern = re.compile(hook["files"])
    assert all(map(pattern.search, ("questions/a.yaml", "course/questions/b/c.yml", BASELINE)))
    assert not any(map(pattern.search, ("README.md", "my-questions/a.yaml", "build/questions.txt")))
    page = (ROOT / "docs" / "checking.md").read_text(encoding="utf-8")
    assert f"- id: {hook['id']}" in page


# --- Exit codes ----------------------------------------------------------------------------------

_E, _W, _N = problem("a", "error"), problem("b"), problem("c", "note")


@pytest.mark.parametrize(
    ("problems", "strict", "most", "expected"),
    [
        ((), False, None, 0),
        ((_N,), True, 0, 0),
        ((_W, _W), False, None, 0),
        ((_W,), True, None, 1),
        ((_W,), False, 0, 1),
        ((_W, _W), False, 2, 0),
        ((_W, _W, _W), False, 2, 1),
        ((_W, _W), True, 2, 1),
        ((_E,), False, 9, 1),
    ],
)
def test_exit_codes(
    problems: tuple[Problem, ...], most: int | None, expected: int, *, strict: bool
) -> None:
    """Errors fail; warnings where they are told to, by any or by more than a number; notes never."""
    assert exit_code(Namespace(strict=strict, max_warnings=most), problems) == expected


@pytest.mark.usefixtures("course")
def test_a_strict_check_says_why_it_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--strict"]) == 1
    assert "1 warning, none is allowed: the check fails." in capsys.readouterr().err
    assert main(["check", "--max-warnings", "1"]) == 0


# --- For programs --------------------------------------------------------------------------------


@pytest.mark.usefixtures("course")
def test_json_tells_where_things_end(capsys: pytest.CaptureFixture[str]) -> None:
    """The keys that docs/checking.md names, and no others."""
    assert main(["check", "--format", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["line"], row["column"], row["end_line"], row["end_column"]) == (4, 11, 4, 61)
    assert (row["item"], row["field"]) == ("sea", "answer")
    page = (ROOT / "docs" / "checking.md").read_text(encoding="utf-8")
    table = page.partition("| key |")[2].partition("\n\n")[0]
    assert re.findall(r"(?m)^\| `(\w+)`", table) == list(row)


_UNESCAPED = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}


def read_command(line: str) -> tuple[str, dict[str, str], str]:
    """A command as the runner of GitHub reads it: up to the second ::, then by , and =.

    https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
    """
    assert line.startswith("::")
    head, _, data = line[2:].partition("::")
    name, _, listed = head.partition(" ")

    def back(text: str) -> str:
        for escaped, letter in _UNESCAPED.items():
            text = text.replace(escaped, letter)
        return text

    pairs = (pair.partition("=") for pair in listed.split(",") if pair)
    return name, {key: back(value) for key, _, value in pairs}, back(data)


@given(
    st.text(st.sampled_from("ab%:,\r\n=0A25"), min_size=1),
    st.text(st.sampled_from("ab%:,\r\n=0A25 :")),
    st.text(st.sampled_from("ab%,:=")),
)
def test_what_github_reads_is_what_was_meant(message: str, fix: str, name: str) -> None:
    """Whatever stands in a message or a file's name, each is one line, and none runs into another."""
    one = Problem(
        code="clang", message=message, fix=fix, severity="note", where=Where(f"q/{name}.yaml", 3, 5)
    )
    (line,) = workflow_commands([one], Spans(Path("nowhere")), PurePosixPath("course"))
    assert len(line.splitlines()) == 1
    command, properties, data = read_command(line)
    assert command == "notice"
    assert properties == {
        "file": f"course/q/{name}.yaml",
        "line": "3",
        "col": "5",
        "title": "clang",
    }
    assert data == (f"{message}\n{fix}" if fix else message)


def test_paths_for_github_start_at_the_repository(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the project is a folder of it, too."""
    monkeypatch.setenv("GITHUB_WORKSPACE", str(course.parent))
    assert main(["check", "--format", "github"]) == 0
    assert capsys.readouterr().out == (
        f"::warning file={course.name}/questions/seas.yaml,line=4,col=11,endLine=4,endColumn=61,"
        "title=longest_is_key::The right option is much longer than every other.%0A"
        "Shorten it (what explains it belongs under explain:), or make the others as full.\n"
    )


def test_notes_of_one_rule_do_not_drown_the_others() -> None:
    """Of more than ten, three are listed; where nothing else is found, or all is asked for, all."""

    def notes(code: str, count: int) -> tuple[Problem, ...]:
        rows = range(1, count + 1)
        return tuple(
            Problem(code=code, message="So.", severity="note", where=Where("a.yaml", row))
            for row in rows
        )

    many, few = notes("missing_explanation", 11), notes("long_stem", 10)
    shown = Counter(one.code for one in chosen((*many, *few), 50))
    assert shown == {"missing_explanation": 3, "long_stem": 10}
    assert len(chosen(many, 50)) == 11
    assert len(chosen((*many, *few), 0)) == 21


def test_questions_that_cannot_be_read_are_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "bank.yaml").write_text("bank: b\ntitle: B\n")
    text = "questions:\n- {id: a, front: b, back: c}\n- {id: b, front: b, bakc: c}\n"
    (tmp_path / "questions" / "q.yaml").write_text(text)
    assert main(["check", "-C", str(tmp_path)]) == 1
    assert "\n2 questions, 1 of which cannot be read; 1 error in 1 file.\n" in (
        capsys.readouterr().out
    )
    (tmp_path / "questions" / "q.yaml").write_text(f"{text}- {{id: c, front: [}}\n")
    assert main(["check", "-C", str(tmp_path)]) == 1
    assert "\n1 question could be read, 2 errors in 1 file.\n" in capsys.readouterr().out
