"""The floors of the house, as the plan draws them."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_nobody_imports_upwards() -> None:
    """Every contract of import-linter in pyproject.toml holds."""
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_modules_stay_short() -> None:
    """A module over 400 lines is two ideas."""
    long = {
        path.relative_to(ROOT).as_posix(): count
        for path in (ROOT / "quizgen").rglob("*.py")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}
