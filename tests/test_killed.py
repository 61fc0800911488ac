"""Killed with SIGKILL at any moment, a learner loses at most the answer that was being written."""

import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, few


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_killed_at_any_moment_every_answer_shown_is_there(tmp_path: Path) -> None:
    """Thirty times (600 at night): the file is whole, holds each answer whose review was shown, none
    twice, its memory is what the answers replay to, and the session can be gone on with.
    """
    count, seed = few(30, nightly=600), random.randrange(10**6)  # noqa: S311 - moments, no secrets
    run = subprocess.run(
        [sys.executable, "-m", "tests.killed_learner", str(tmp_path), str(count), str(seed)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    found = re.match(rf"{count} killed, (\d+) of them at work, (\d+) answers", run.stdout)
    assert found, run.stdout
    assert int(found[1]) > count // 2
    assert int(found[2]) > count
