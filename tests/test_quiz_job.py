"""`quizgen quiz` as a job of a shell, in a terminal that edits lines."""

import re
import sys
from pathlib import Path

import pexpect

from tests.quiz_player import environment, project, rows

CONTROL_A, CONTROL_Z = "\x01", "\x1a"


def test_who_comes_back_after_ctrl_z_sees_what_was_asked(tmp_path: Path) -> None:
    """Question, keys and what was typed stand there again, and the line can still be edited."""
    root = project(tmp_path, "questions:\n- {id: a, stem: Deepest lake?, accept: [Baikal]}\n")
    shell = pexpect.spawn(
        "bash",
        ["--norc", "-i"],
        cwd=str(root),
        env=environment(root, PS1="ready$ "),
        encoding="utf-8",
        timeout=20,
        dimensions=(60, 80),
    )
    shell.expect_exact("ready$ ")
    shell.sendline(f"{sys.executable} -m quizgen quiz")
    shell.expect(r"\n  > $")
    shell.send("ikal")
    shell.expect("ikal")
    shell.send(CONTROL_Z)
    shell.expect("Stopped.*ready\\$ ")
    shell.sendline("fg")
    shell.expect(r"Deepest lake\?.*:q quit\s+> ikal")
    shell.sendline(CONTROL_A + "Ba")
    shell.expect_exact("✓  right   Baikal")
    shell.sendline("")
    shell.expect_exact("1 of 1 right at once")
    shell.close(force=True)
    assert [re.sub(r".*:", "", row["response"]) for row in rows(root)] == ['"Baikal"}']
