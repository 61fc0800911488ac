"""`quizgen quiz` as a learner meets it: the real program in a terminal, through pipes, and killed."""

import io
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from quizgen.cli import main
from quizgen.commands.report import count_of
from tests.conftest import few
from tests.quiz_player import NINE, Player, environment, project, right_answer, rows

CHOICES = "topic: Lakes\nquestions:\n" + "".join(
    f"- {{id: q{n}, stem: Number {n}?, options: [yes, no], answer: yes}}\n" for n in range(8)
)


@pytest.fixture
def nine(tmp_path: Path) -> Path:
    """A project with all nine types."""
    return project(tmp_path)


@pytest.fixture
def choices(tmp_path: Path) -> Path:
    """A project of eight questions whose answer is the first option."""
    return project(tmp_path, CHOICES)


def stem(page: str) -> str:
    found = re.findall(r"Number \d\?", page)
    return found[-1] if found else ""


def piped(
    root: Path, *words: str, stdin: str = "", code: str = "", **more: str
) -> subprocess.CompletedProcess[str]:
    run = ["-c", code, "quiz"] if code else ["-m", "quizgen", "quiz"]
    return subprocess.run(
        [sys.executable, *run, *words],
        cwd=root,
        input=stdin,
        env=environment(root, **more),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


# --- Playing -------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_all_nine_types_are_played_to_the_end(nine: Path, seed: str) -> None:
    """Right answers to every type end the session with all right at once, each one kept."""
    player = Player(nine, "--seed", seed)
    player.read()
    code, words = player.play()
    assert code == 0
    assert "11 of 11 right at once." in words
    kept = rows(nine)
    assert {(row["item"], row["part"]) for row in kept if row["final"]} == {
        *((name, "") for name in ("deepest", "african", "salt", "change", "depth")),
        *((name, "") for name in ("pairs", "heat", "dew", "water")),
        ("gaps", "c1"),
        ("gaps", "c2"),
        ("water", "reverse"),
    }
    assert all(row["share"] == "1" for row in kept if row["final"])
    assert all(row["bank"] == "lakes" for row in kept)


def test_a_miss_is_explained_and_comes_back(choices: Path) -> None:
    """A wrong answer shows the right one, returns after three to seven others, then leaves."""
    player = Player(choices, "--seed", "1")
    missed = stem(player.read())
    page = player.type("2")
    assert "Not right. You answered 2, no." in page
    assert "The right answer is 1, yes." in page
    assert "Comes back after a few other questions." in page
    order = [stem(player.type(""))]
    while order[-1] != missed and len(order) < 9:
        player.type("1")
        order.append(stem(player.type("")))
    assert 3 <= len(order) - 1 <= 7
    assert "Again." in player.page
    code, words = player.play()
    assert code == 0
    assert "7 of 8 right at once, the other 1 before the end." in words
    assert f"{missed} The right answer: yes." in words


def test_an_answer_is_taken_back(choices: Path) -> None:
    """Undo asks the same question again, from the review and from the next question."""
    player = Player(choices, "--seed", "1")
    first = stem(player.read())
    player.type("2")
    assert stem(player.type("u")) == first
    assert rows(choices) == []
    player.type("2")
    assert stem(player.type("")) != first
    assert stem(player.type("u")) == first
    player.type("1")
    code, words = player.play()
    assert (code, "8 of 8 right at once." in words) == (0, True)
    assert len(rows(choices)) == 8
    fresh = Player(choices, "--all")
    fresh.read()
    assert "There is nothing to take back yet." in fresh.type("u")


def test_a_near_answer_gets_one_more_try(nine: Path) -> None:
    """A slip is named and may be mended; 'I was right' shows the line that would accept it."""
    player = Player(nine, "Lakes", "--seed", "4")
    page = player.read()
    for _ in range(40):
        if "vapour by what" in page:
            break
        page = player.type(player.right())
    assert "Close: " in player.type("sublimatoin")
    page = player.type("sublimation")
    assert page.lstrip().startswith("Right.")
    assert "it does not count as right at once" in page
    page = player.type("y")
    assert "accept: [sublimation, sublimatoin]" in page
    assert "questions/lakes.yaml:" in page
    marks = [(row["mark"], row["overridden"]) for row in rows(nine) if row["item"] == "change"]
    assert marks == [("close", 0), ("exact", 1)]
    assert "No longer counted as right." in player.type("u")
    assert [row["overridden"] for row in rows(nine) if row["item"] == "change"] == [0, 0]


def test_commands_carry_a_colon_where_text_is_typed(tmp_path: Path) -> None:
    """'q' can be an answer; ':q' quits; '::q' is the answer ':q'."""
    root = project(
        tmp_path,
        "topic: Keys\nquestions:\n"
        "- {id: a, stem: 'First?', accept: q}\n"
        "- {id: b, stem: 'Second?', accept: ':q', kind: code}\n",
    )
    player = Player(root, "--seed", "1")
    page = player.read()
    for _ in range(2):
        page = player.type("q" if "First?" in page else "::q")
        assert "Right." in page
        if len(rows(root)) < 2:
            page = player.type("")
    player.child.sendline("q")
    assert player.ended()[0] == 0


def test_hint_skip_and_help(nine: Path) -> None:
    """A hint is shown and kept with the answer; a skipped question is left out; ? lists the keys."""
    player = Player(nine, "--seed", "1")
    page = player.read()
    assert "skip" in player.type(":?")
    for _ in range(12):
        if "Which lake is the deepest?" in page:
            break
        page = player.type(":s")
    assert "Hint: It is in Asia." in player.type("h")
    page = player.type(right_answer(page))
    assert "Source: Reader, paragraph 15." in page
    assert "Superior: It is only the widest." in page
    kept = rows(nine)
    assert kept[-1]["hinted"] == 1
    assert all(row["mark"] == "skipped" for row in kept[:-1])


# --- Broken off and gone on with -----------------------------------------------------------------


def test_ctrl_c_keeps_everything_and_says_how_to_go_on(choices: Path) -> None:
    """Ctrl-C exits with 130; --resume asks what was not answered yet, and a miss again."""
    player = Player(choices, "--seed", "1")
    first = stem(player.read())
    player.type("2")
    second = stem(player.type(""))
    player.type("1")
    third = stem(player.type(""))
    player.child.sendintr()
    code, words = player.ended()
    assert code == 130
    assert "quizgen quiz --resume" in words
    assert "Traceback" not in words
    again = Player(choices, "--resume")
    assert "2 answers in" in again.read()
    assert stem(again.page) == third
    code, words = again.play()
    assert code == 0
    assert "7 of 8 right at once" in words
    asked = [row["item"] for row in rows(choices, "item")]
    assert asked.count(f"q{first[7]}") == 2
    assert asked.count(f"q{second[7]}") == 1
    assert len(asked) == 9
    assert piped(choices, "--resume").returncode == 1


def test_the_time_is_that_of_all_sittings(choices: Path) -> None:
    """What was played before the session was broken off counts, the time between does not."""
    piped(choices, "--seed", "1", "-n", "2", stdin="1\n")
    connection = sqlite3.connect(choices / ".state" / "quizgen" / "progress.db")
    connection.execute("UPDATE answer SET sitting = at - 600, asked = at - 5")
    connection.execute("UPDATE answer SET sitting = sitting - 86400, at = at - 86400")
    connection.commit()
    connection.close()
    result = json.loads(piped(choices, "--resume", "--json", stdin="1\n\n").stdout)
    assert result["complete"] is True
    assert 600 <= result["seconds"] < 660


def test_an_answer_is_kept_with_its_key_and_its_moment(nine: Path) -> None:
    """The digest of each task's own key, and a question that was put before it was answered."""
    player = Player(nine, "--seed", "1")
    player.read()
    player.play()
    kept = [row for row in rows(nine) if row["final"]]
    keys = {(row["item"], row["part"]): row["item_key"] for row in kept}
    assert len(set(keys.values())) == len(keys) == 12
    assert all(row["sitting"] <= row["asked"] <= row["at"] for row in kept)
    assert all(row["counts"] for row in kept)


@pytest.mark.parametrize("moment", range(few(3)))
def test_killed_at_any_moment_nothing_given_is_lost(choices: Path, moment: int) -> None:
    """After kill -9 the file is whole, holds every answer given, and the session goes on."""
    player = Player(choices, "--seed", str(moment))
    player.read()
    for turn in range(moment % 6 + 1):
        player.type("2" if turn == 0 else "1")
        if turn < moment % 6:
            player.type("")
    player.child.kill(signal.SIGKILL)
    player.child.close()
    assert len(rows(choices)) == moment % 6 + 1
    again = Player(choices, "--resume")
    assert f"{count_of(moment % 6 + 1, 'answer')} in" in again.read()
    assert "7 of 8 right at once" in again.play()[1]


@pytest.mark.parametrize("moment", range(few(2, nightly=40)))
def test_killed_at_work_every_answer_reviewed_is_there(choices: Path, moment: int) -> None:
    """Killed while answers stream in: each one whose review was shown is kept, and none twice."""
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "quizgen", "quiz", "--plain", "--seed", "1"],
        cwd=choices,
        env=environment(choices),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write("2\n\n" * 2_000)
        child.stdin.flush()
        said = [child.stdout.readline() for _ in range(12 + 41 * (moment % 40))]
        child.kill()
        said += child.stdout.readlines()
    reviewed = sum(line.startswith(("Right.", "Not right.")) for line in said)
    kept = rows(choices)
    assert reviewed > 0
    assert reviewed <= len(kept) <= reviewed + 1
    assert [row["number"] for row in kept] == list(range(1, len(kept) + 1))
    assert f"{count_of(len(kept), 'answer')} in" in piped(choices, "--resume").stdout


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_request_to_end_is_heeded(choices: Path, number: signal.Signals) -> None:
    """SIGTERM and a closed window end the session with every answer kept."""
    player = Player(choices, "--seed", "1")
    player.read()
    player.type("1")
    player.child.kill(number)
    code, words = player.ended()
    assert code == 128 + number
    assert "Traceback" not in words
    assert len(rows(choices)) == 1


def test_the_end_of_input_ends_the_session(choices: Path) -> None:
    """A pipe that ends, a closed stdin and Ctrl-D keep what was answered and show the summary."""
    run = piped(choices, "--seed", "1", stdin="1\n\n2\n")
    assert (run.returncode, run.stderr) == (0, "")
    assert "1 of 2 right at once." in run.stdout
    assert "quizgen quiz --resume" in run.stdout
    assert len(rows(choices)) == 2
    closed = subprocess.run(
        ["sh", "-c", f"exec '{sys.executable}' -m quizgen quiz <&-"],
        cwd=choices,
        env=environment(choices),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (closed.returncode, closed.stderr) == (0, "")


def test_a_session_goes_on_with_a_bank_that_has_changed(choices: Path) -> None:
    """A question taken out of the bank is taken out of the session; the others are asked."""
    player = Player(choices, "--seed", "1")
    first = stem(player.read())
    player.type("2")
    second = stem(player.type(""))
    player.child.sendintr()
    player.ended()
    path = choices / "questions" / "lakes.yaml"
    gone = [f"id: q{one[7]}," for one in (first, second)]
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(x for x in lines if not any(g in x for g in gone)), encoding="utf-8")
    again = Player(choices, "--resume")
    assert stem(again.read()) not in (first, second)
    code, words = again.play()
    assert (code, "6 of 6 right at once." in words) == (0, True)


# --- On another day ------------------------------------------------------------------------------


def changed(root: Path, *statements: str) -> None:
    """The file of progress after these statements, such as those of another day."""
    connection = sqlite3.connect(root / ".state" / "quizgen" / "progress.db")
    with connection:
        for one in statements:
            connection.execute(one)
    connection.close()


Said = tuple[int, str, str]


@pytest.fixture
def today(
    choices: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Said]:
    """Plays a session within this process: exit code, what was said, and what to stderr."""
    monkeypatch.chdir(choices)
    monkeypatch.setenv("XDG_STATE_HOME", str(choices / ".state"))

    def play(*words: str, stdin: str = "") -> Said:
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        code = main(["quiz", *words])
        return code, *capsys.readouterr()

    return play


def test_what_is_due_comes_first_and_then_nothing_more(
    choices: Path, today: Callable[..., Said]
) -> None:
    """A learner who has done all of today is told when to come back; what is due is asked first."""
    _, first, _ = today("--seed", "1", "-n", "3", stdin="1\n\n" * 3)
    assert re.search(r"^Due: 3 in \d+ days\.$", first, re.MULTILINE)
    assert "Question 1 of 5. Topic: Lakes. New." in today("--seed", "1")[1]
    changed(choices, "UPDATE memory SET due = 0")
    _, page, _ = today("--seed", "1", stdin="1\n\n" * 8)
    asked = re.findall(r"Question \d of 8\..*", page)
    assert [one[one.rfind(" ") :] for one in asked] == [" Due."] * 3 + [" New."] * 5
    code, result, said = today("--json")
    assert (code, said.startswith("Nothing is due now. Due next:")) == (0, True)
    assert json.loads(result)["questions"] == 0
    assert json.loads(result)["due"]["next"] > 0
    assert "Nothing was missed" in today("--missed")[1]
    assert "Nothing is new" in today("--new", "2")[1]


def test_cramming_leaves_the_schedule_alone(choices: Path, today: Callable[..., Said]) -> None:
    """Answers are kept, and what is due stays due."""
    today("--seed", "1", "-n", "2", stdin="1\n\n" * 2)
    connection = sqlite3.connect(choices / ".state" / "quizgen" / "progress.db")
    before = connection.execute("SELECT * FROM memory").fetchall()
    _, page, _ = today("--cram", "--seed", "1", stdin="2\n\n" + "1\n\n" * 8)
    assert page.startswith("Practice: the schedule stays as it is.")
    assert "7 of 8 right at once" in page
    assert connection.execute("SELECT * FROM memory").fetchall() == before
    connection.close()
    assert len(rows(choices)) == 11


def test_a_changed_answer_is_told_once(choices: Path, today: Callable[..., Said]) -> None:
    """Who learned another answer is told so at the next asking, and not again after it."""
    today("--seed", "1", stdin="1\n\n" * 8)
    path = choices / "questions" / "lakes.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("answer: yes}", "answer: no}", 1), encoding="utf-8")
    for told in (1, 0):
        changed(choices, "UPDATE memory SET due = 0")
        _, page, _ = today("--due", "--seed", "1", stdin="1\n\n" * 12)
        assert page.count("Another answer than before.") == told


# --- For programs --------------------------------------------------------------------------------


def test_the_result_as_json(choices: Path) -> None:
    """`--json` prints one object on stdout; the session itself is on stderr."""
    run = piped(choices, "--json", "--seed", "1", "-n", "2", stdin="1\n\n2\n\n1\n\n")
    result = json.loads(run.stdout)
    assert (result["questions"], result["right_at_once"], result["right_later"]) == (2, 1, 1)
    assert (result["percent"], result["complete"]) == (50.0, True)
    assert [row["question"] for row in result["missed"]] == [stem(result["missed"][0]["question"])]
    assert Path(result["saved"]).is_file()
    assert "Question 1 of 2" in run.stderr


@pytest.mark.parametrize(("limit", "code"), [("50", 0), ("50.1", 1), ("100%", 1), ("0", 0)])
def test_a_score_changes_the_exit_code_only_when_asked(
    choices: Path, limit: str, code: int
) -> None:
    """`--fail-under` compares the share of the points that the first answers earned."""
    typed = "1\n\n2\n\n1\n\n"
    words = ("--seed", "1", "-n", "2", "--no-save")
    assert piped(choices, *words, stdin=typed).returncode == 0
    assert piped(choices, *words, "--fail-under", limit, stdin=typed).returncode == code


@pytest.mark.parametrize(
    "words",
    [
        ["-n", "0"],
        ["-n", "x"],
        ["--fail-under", "101"],
        ["--resume", "--no-save"],
        ["--resume", "-n", "3"],
        ["Lakes", "--resume"],
    ],
)
def test_wrong_usage_is_said(choices: Path, words: list[str]) -> None:
    """What cannot be meant exits with 2 and a sentence."""
    run = piped(choices, *words)
    assert (run.returncode, "Traceback" in run.stderr) == (2, False)
    assert run.stderr


def test_the_same_seed_asks_the_same(nine: Path) -> None:
    """A seed fixes selection, order and options; another seed asks otherwise."""
    one, two, other = (
        piped(nine, "--no-save", "-n", "4", "--seed", seed).stdout for seed in ("7", "7", "8")
    )
    assert one == two
    assert one != other


def test_what_is_asked(tmp_path: Path) -> None:
    """Details only with their topic; drafts, retired and exam questions never; a quiz as drawn."""
    root = project(
        tmp_path,
        "topic: Lakes\nquestions:\n"
        "- {id: a, statement: One., answer: true}\n"
        "- {id: b, statement: Two., answer: true, level: detail}\n"
        "- {id: c, statement: Three., answer: true, use: exam}\n"
        "- {id: d, statement: Four., answer: true, retired: Old.}\n"
        "- {id: e, statement: Five., draft: true}\n",
    )
    bank = root / "questions" / "bank.yaml"
    blueprint = "quizzes: {last: {title: Last, blueprint: [{items: [b]}]}}\n"
    bank.write_text(bank.read_text(encoding="utf-8") + blueprint, encoding="utf-8")
    assert "Question 1 of 1." in piped(root).stdout
    assert "Question 1 of 2." in piped(root, "lakes").stdout
    assert "Two." in piped(root, "last").stdout
    unknown = piped(root, "Rivers")
    assert unknown.returncode == 2
    assert "Topics: Lakes. Quizzes: last." in unknown.stderr


@pytest.mark.parametrize(
    ("questions", "sentence"),
    [
        ("questions: []\n", "There are no questions yet"),
        ("questions:\n- {id: a, statement: One., draft: true}\n", "every question is a draft"),
    ],
)
def test_why_nothing_is_asked(tmp_path: Path, questions: str, sentence: str) -> None:
    """A bank without questions is told from one whose questions are not to be practised."""
    run = piped(project(tmp_path, questions))
    assert (run.returncode, sentence in run.stderr) == (1, True), run


def test_why_nothing_is_left_of_a_session(choices: Path) -> None:
    """A session whose questions are all gone says so."""
    piped(choices, "--seed", "1", stdin="1\n")
    path = choices / "questions" / "lakes.yaml"
    path.write_text("questions:\n- {id: new, statement: One., answer: true}\n", encoding="utf-8")
    run = piped(choices, "--resume")
    assert run.returncode == 1
    assert 'Nothing is left of "Lakes"' in run.stderr


def test_it_runs_without_what_a_machine_may_lack(nine: Path) -> None:
    """No readline, termios, fcntl, socket or rich is needed to play."""
    hidden = ("readline", "termios", "fcntl", "socket", "_socket", "ssl", "rich", "tty", "pty")
    code = (
        "import sys\n"
        f"for name in {hidden!r}: sys.modules[name] = None\n"
        "from quizgen.cli import main\n"
        "sys.exit(main())\n"
    )
    run = piped(nine, "--seed", "1", stdin="\n\nn\n0\n" * 60, code=code)
    assert (run.returncode, run.stderr) == (0, "")
    assert "Question 5 of 11" in run.stdout


def test_nothing_heavy_comes_before_the_first_prompt(choices: Path) -> None:
    """The first question is asked without what only judging, building or drawing needs."""
    heavy = ("rapidfuzz", "rich", "jinja2", "genanki", "ziamath", "pylatexenc", "markdown_it")
    code = (
        "import sys\n"
        f"for name in {heavy!r}: sys.modules[name] = None\n"
        "from quizgen.cli import main\n"
        "sys.exit(main())\n"
    )
    run = piped(choices, "--seed", "1", code=code)
    assert (run.returncode, run.stderr) == (0, "")
    assert "Question 1 of 8" in run.stdout


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
def test_any_console_shows_every_result(nine: Path, encoding: str) -> None:
    """Where a console lacks a sign the words still say it; bytes that are no text end nothing."""
    child = subprocess.run(
        [sys.executable, "-m", "quizgen", "quiz", "--seed", "1", "--no-save"],
        cwd=nine,
        input=b"\xff\xfe\x81 \n\n\nn\n0\n" * 60,
        env=environment(nine, PYTHONIOENCODING=encoding, PYTHONUTF8="0"),
        capture_output=True,
        check=False,
    )
    assert (child.returncode, child.stderr) == (0, b"")
    assert b"Question 3 of 11" in child.stdout


# --- The look ------------------------------------------------------------------------------------


def test_colour_only_where_it_is_wanted(choices: Path) -> None:
    """A terminal has colours; NO_COLOR has none and the same signs; TERM=dumb has plain sentences."""
    coloured = Player(choices, "--seed", "1", plain=False, NO_COLOR="")
    coloured.child.expect("> $")
    assert "\033[1m" in coloured.child.before
    signs = Player(choices, "--seed", "1", plain=False)
    signs.read()
    page = signs.type("2")
    assert "✗  you     2  no" in page
    assert "✓  right   1  yes" in page
    assert "\033" not in page
    dumb = Player(choices, "--all", "--seed", "1", TERM="dumb")
    assert "Question 1 of 8." in dumb.read()


# --- The disk ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["no folder", "no progress", "damaged", "newer", "locked"])
def test_a_file_of_progress_that_cannot_be_used(choices: Path, kind: str) -> None:
    """A script stops with a sentence; a learner may go on, and is told that nothing is saved."""
    path = choices / "progress.db"
    holder = _spoil(path, kind)
    db = choices / "file" / "p.db" if kind == "no folder" else path
    run = piped(choices, "--db", str(db), stdin="1\n")
    assert run.returncode == 1
    assert f"Progress cannot be saved in {db}" in run.stdout or "newer quizgen" in run.stdout
    assert ("Move the file away to start anew." in run.stdout) == (
        kind in ("no progress", "damaged")
    )
    assert "--no-save" in run.stderr
    assert "Traceback" not in run.stderr
    player = Player(choices, "--seed", "1", "--db", str(db))
    assert "Enter goes on without saving" in player.read()
    assert "Question 1 of 8" in player.type("")
    player.child.sendline("q")
    code, words = player.ended()
    assert (code, "Saved: nothing." in words) == (0, True)
    if holder:
        holder.close()


def _spoil(path: Path, kind: str) -> sqlite3.Connection | None:
    if kind == "no folder":
        (path.parent / "file").write_text("in the way", encoding="utf-8")
    elif kind == "no progress":
        path.write_text("This is a letter, and no database. " * 50, encoding="utf-8")
    elif kind == "damaged":
        connection = sqlite3.connect(path)
        connection.execute("CREATE TABLE t (x)")
        connection.commit()
        connection.close()
        path.write_bytes(path.read_bytes()[:100] + os.urandom(4000))
    elif kind == "newer":
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA user_version = 99")
        connection.close()
    else:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("BEGIN EXCLUSIVE")
        return connection
    return None


def test_nothing_is_saved_when_so_asked(choices: Path) -> None:
    """`--no-save` writes no file; `--db` names another."""
    piped(choices, "--no-save", stdin="1\n")
    assert not (choices / ".state").exists()
    piped(choices, "--db", str(choices / "mine.db"), stdin="1\n")
    assert (choices / "mine.db").is_file()
    assert not (choices / ".state").exists()


def test_nine_types_are_in_the_example() -> None:
    """The bank of these tests has every type."""
    keys = ("answer:", "answers:", "statement:", "accept:", "number:", "cloze:", "match:", "order:")
    assert all(key in NINE for key in (*keys, "model:", "front:"))
