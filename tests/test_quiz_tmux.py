"""Real sessions in a real terminal: narrow and wide, coloured and not, resized, killed and gone on with."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from quizgen.study.words import cells
from tests.conftest import ROOT, require_tool
from tests.quiz_player import project, rows


class Tmux:
    """A terminal of that many columns with the quiz in it."""

    def __init__(self, root: Path, columns: int, *, colour: bool, resume: bool = False) -> None:
        self._words = [
            require_tool("tmux"),
            "-u",
            "-L",
            f"quizgen-{uuid4().hex[:8]}",
            "-f",
            "/dev/null",
        ]
        named = {"XDG_STATE_HOME": f"{root}/.state", "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
        if not colour:
            named["NO_COLOR"] = "1"
        told = " ".join(f"{name}={value}" for name, value in named.items())
        more = "--resume" if resume else "--seed 1"
        self._pid = root / "pid"
        quiz = f"exec env {told} {sys.executable} -m quizgen quiz {more}"
        play = f"sh -c 'echo $$ > {self._pid}; {quiz}'; echo ended; sleep 60"
        self._run("new-session", "-d", "-x", str(columns), "-y", "60", "-c", str(root), play)

    def _run(self, *words: str) -> str:
        done = subprocess.run([*self._words, *words], capture_output=True, text=True, check=True)
        return done.stdout

    def wait(self, pattern: str) -> str:
        """The screen, with its colours, once that stands on it."""
        for _ in range(600):
            screen = self._run("capture-pane", "-p", "-e")
            if re.search(pattern, plain(screen)):
                return screen
            time.sleep(0.05)
        raise AssertionError(screen)

    def type(self, line: str) -> None:
        self._run("send-keys", line, "Enter")

    def resize(self, columns: int) -> None:
        self._run("resize-window", "-x", str(columns))

    def kill_program(self) -> None:
        """As kill -9 does."""
        os.kill(int(self._pid.read_text(encoding="utf-8")), signal.SIGKILL)

    def close(self) -> None:
        subprocess.run([*self._words, "kill-server"], capture_output=True, check=False)


def plain(screen: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", screen)


@pytest.fixture
def terminals() -> Iterator[list[Tmux]]:
    opened: list[Tmux] = []
    yield opened
    for one in opened:
        one.close()


@pytest.mark.parametrize(("columns", "colour"), [(40, True), (200, False)])
def test_a_session_is_played_resized_killed_and_gone_on_with(
    tmp_path: Path, terminals: list[Tmux], columns: int, colour: bool
) -> None:
    """No line is wider than the window, before and after it was resized; what was answered is kept."""
    root = project(tmp_path)
    first = Tmux(root, columns, colour=colour)
    terminals.append(first)
    screen = first.wait(r"1 of 11[\s\S]*\n +>")
    assert ("\x1b[1m" in screen) == colour
    first.type(":s")
    first.wait(r"2 of 11[\s\S]*\n +>")
    first.resize(60)
    first.type(":s")
    screen = plain(first.wait(r"3 of 11[\s\S]*\n +>"))
    _, _, after = screen.partition("3 of 11")
    assert max(map(cells, after.splitlines())) <= 60
    first.kill_program()
    first.wait("ended")
    assert len(rows(root)) == 2
    second = Tmux(root, columns, colour=colour, resume=True)
    terminals.append(second)
    screen = plain(second.wait(r"3 of 11[\s\S]*\n +>"))
    assert "Going on" in screen
    assert max(map(cells, screen.splitlines())) <= columns
