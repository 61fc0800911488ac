"""What the Tab key offers: what the program takes in that place, and what the bank holds."""

import io
import os
import subprocess
import sys
from argparse import _SubParsersAction
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizgen.bank import read_bank
from quizgen.cli import COMMANDS, main, parser_for
from quizgen.commands.completing import Wanted, wanted
from tests.conftest import require_tool
from tests.quiz_player import project as project_of

NAMES = {
    "TOPIC": ["Lakes", "Earth and sky", "The colon: a sign"],
    "TAG": ["water", "map"],
    "QUIZ": ["midterm"],
    "CODE": ["longest_is_key", "stale_fact"],
}


def offered(line: str) -> list[str]:
    """What may follow a line; what stands behind its last space is in the making."""
    return [word for word, _ in asked(line).rows]


def asked(line: str) -> Wanted:
    words = line.split(" ")
    return wanted(parser_for(words), words, NAMES.__getitem__)


def test_every_command_is_offered_with_what_it_is_for() -> None:
    assert dict(asked("").rows) == COMMANDS
    assert offered("qu") == ["quiz"]


def test_every_option_of_every_command_is_offered() -> None:
    """And taken back by the parser: none is missing, none is invented."""
    for command in COMMANDS:
        choices = next(
            one for one in parser_for([command])._actions if one.dest == "command"
        ).choices
        assert isinstance(choices, dict)
        options = {
            one
            for action in choices[command]._actions
            if action.option_strings and action.help != "==SUPPRESS=="
            for one in action.option_strings
        }
        assert set(offered(f"{command} --")) == {one for one in options if one.startswith("--")}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("quiz ", ["Lakes", "Earth and sky", "The colon: a sign", "midterm"]),
        ("quiz e", ["Earth and sky"]),
        ("quiz --topic ", ["Lakes", "Earth and sky", "The colon: a sign"]),
        ("quiz --topic=La", ["--topic=Lakes"]),
        ("quiz --tag m", ["map"]),
        ("quiz --tag map --tag ", ["water", "map"]),
        ("quiz --level re", ["recall"]),
        ("quiz -n ", []),
        ("quiz -n 5 --top", ["--topic"]),
        ("freeze ", ["midterm"]),
        ("build --quiz ", ["midterm"]),
        ("build --on", ["--only"]),
        ("build --only anki --on", []),
        ("stats --top", ["--topic"]),
        ("stats --topi L", ["Lakes"]),
        ("check --explain ", ["longest_is_key", "stale_fact"]),
        ("check --rule=st", ["--rule=stale_fact"]),
        ("check --rule stale_fact --rule l", ["longest_is_key"]),
        ("check --no", ["--notes", "--no-notes", "--no-baseline"]),
        ("completion f", ["fish"]),
        ("progress i", ["import"]),
        ("progress import --an", ["--anki"]),
        ("quiz -- --", []),
        ("nonsense ", []),
    ],
)
def test_what_may_follow(line: str, words: list[str]) -> None:
    assert offered(line) == words


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("stats --html ", "files"),
        ("stats --db=", "files"),
        ("quiz --db x", "files"),
        ("stats -C ", "folders"),
        ("init ", "folders"),
        ("verify ", "files"),
        ("progress import ", "files"),
        ("grade a.csv ", "files"),
    ],
)
def test_files_go_where_files_go(line: str, kind: str) -> None:
    assert asked(line).kind == kind


def test_every_place_of_every_command_has_an_answer() -> None:
    """Behind each option and each positional, in commands within commands, too."""

    def places(parser: object, line: str) -> Iterator[str]:
        yield f"{line} "
        for action in getattr(parser, "_actions", ()):
            if isinstance(action, _SubParsersAction):
                for name, inner in action.choices.items():
                    yield from places(inner, f"{line} {name}")
            for name in action.option_strings:
                yield f"{line} {name} "
                yield f"{line} {name}="

    for command in COMMANDS:
        parser = parser_for([command])
        (commands,) = (one for one in parser._actions if isinstance(one, _SubParsersAction))
        for line in places(commands.choices[command], command):
            assert asked(line).kind in ("words", "files", "folders")


# --- The program and the shells ------------------------------------------------------------------


@pytest.fixture
def lakes(tmp_path: Path) -> Path:
    """A project that was read once, with a topic of three words."""
    project_of(tmp_path)
    file = tmp_path / "questions" / "lakes.yaml"
    text = file.read_text(encoding="utf-8").replace("topic: Lakes", "topic: Earth and sky")
    file.write_text(text, encoding="utf-8")
    assert read_bank(tmp_path, cache=tmp_path / "build" / ".cache" / "bank.msgpack").bank
    return tmp_path


def candidates(
    shell: str,
    words: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> str:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{word}\n" for word in words)))
    assert main(["completion", "--candidates", shell]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    return said.out


def test_the_bank_is_the_one_that_was_read_last(
    lakes: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also by -C from elsewhere, also while its files are broken; silent where there is none."""
    (lakes / "questions" / "bank.yaml").write_text("bank: [", encoding="utf-8")
    words = ["quiz", "-C", str(lakes), "Ea"]
    assert candidates("zsh", words, monkeypatch, capsys) == "words\nEarth and sky\ttopic\n"
    assert candidates("zsh", ["quiz", "-C", "/nowhere", ""], monkeypatch, capsys) == ""
    (lakes / "build" / ".cache" / "bank.msgpack").write_bytes(b"\0" * 99)
    assert candidates("zsh", words, monkeypatch, capsys) == "words\n"


def test_bash_hands_over_words_as_they_were_typed(
    lakes: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Quotes, closed or not, and what it parts at a sign."""
    monkeypatch.chdir(lakes)
    for typed in (
        ['"Earth a'],
        ["Earth\\ a"],
        ["'Earth"],
        ["--topic", "=", "Ea"],
        ["--topic", "="],
    ):
        said = candidates("bash", ["quiz", *typed], monkeypatch, capsys)
        assert said == "words\nEarth and sky\ttopic\n", typed


def test_a_shell_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion"]) == 2
    assert "quizgen completion bash|zsh|fish" in capsys.readouterr().err


BASH = r"""
source <(quizgen completion bash)
try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _quizgen; printf '%s|' "${COMPREPLY[@]}"; echo; }
try quizgen quiz Ea
try quizgen st
try quizgen quiz --topic = Ea
try quizgen stats --html questions/la
try quizgen stats -C que
"""
ZSH = r"""
compdef() { }
_describe() { print -rl -- "${(@P)2}"; }
_files() { print -r -- "files $*"; }
source <(quizgen completion zsh)
try() { words=("$@"); CURRENT=$#; _quizgen; }
try quizgen quiz Ea
try quizgen quiz 'Earth\ a'
try quizgen st
try quizgen stats --html ''
try quizgen stats -C ''
"""
FISH = r"""
quizgen completion fish | source
complete -C 'quizgen quiz Ea'
complete -C 'quizgen st'
complete -C 'quizgen stats --html questions/la'
"""


def shell(words: list[str], lakes: Path) -> list[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        words,
        cwd=lakes,
        env=os.environ | {"PATH": path, "HOME": str(lakes)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_bash_completes(lakes: Path) -> None:
    assert shell([require_tool("bash"), "--norc", "-c", BASH], lakes) == [
        "Earth and sky|",
        "stats|",
        "Earth and sky|",
        "questions/lakes.yaml|",
        "questions|",
    ]


def test_zsh_completes(lakes: Path) -> None:
    purpose = COMMANDS["stats"]
    assert shell([require_tool("zsh"), "-f", "-c", ZSH], lakes) == [
        "Earth and sky:topic",
        "Earth and sky:topic",
        f"stats:{purpose}",
        "files ",
        "files -/",
    ]


def test_fish_completes(lakes: Path) -> None:
    assert shell([require_tool("fish"), "--no-config", "-c", FISH], lakes) == [
        "Earth and sky\ttopic",
        f"stats\t{COMMANDS['stats']}",
        "questions/lakes.yaml",
    ]
