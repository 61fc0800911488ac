"""A question opened where it is written, in the author's own editor."""

import os
import sys
from pathlib import Path

_WITH_LINE = ("code", "code-insiders", "codium", "subl", "zed")
"""Editors that take FILE:LINE; all others take +LINE FILE, as vi did."""


def open_at(root: Path, place: str) -> str:
    """Open the editor that VISUAL or EDITOR names at "file:line", and say what was done."""
    if not place:
        return "Where this question is written is not known."
    file, _, line = place.rpartition(":")
    import shlex
    import shutil
    import subprocess

    words = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
    if not words or not sys.stdin.isatty() or shutil.which(words[0]) is None:
        return f"It is written in {place}"
    path, name = str(root / file), Path(words[0]).stem
    at = [f"{path}:{line}"] if name in _WITH_LINE else [f"+{line}", path]
    if name.startswith("cod"):
        at = ["--goto", *at]
    subprocess.run([*words, *at], check=False)  # noqa: S603  # the learner's own editor
    return f"Opened {place}. What you change is asked from the next session on."
