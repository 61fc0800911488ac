"""Broken banks, one idea each: the YAML as an author might write it, and what is to be said of it.

The tables stand in `broken_banks_*.py`, by what is broken. Beside each broken file lies a sound
project: `SOUND` is its bank.yaml, and it has a picture, a sound and a link that leads out of it.
"""

import errno
import io
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from quizgen.bank import Reading, read_bank

SOUND = """\
bank: lakes
title: Lakes
sources: {reader: {title: A reader}}
topics: {Lakes: {goals: {depths: Compare depths.}}}
"""
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a4944415478da6368000000820081da45083b0000000049454e44ae426082"
)
"""A picture of one grey point."""


class Broken(NamedTuple):
    """A file that an author got wrong, and the problem that is to be reported of it."""

    idea: str
    text: str
    said: str
    said_next: str = ""

    @property
    def yaml(self) -> str:
        """The file; its text starts on the line after the quotes."""
        return self.text.removeprefix("\n")

    def __str__(self) -> str:
        return self.idea


def project(folder: Path, **files: str | bytes) -> Path:
    """A project of these files under questions/, by name without `.yaml`; the sound bank.yaml
    where none is given.
    """
    media = folder / "questions" / "media"
    media.mkdir(parents=True, exist_ok=True)
    (media / "map.png").write_bytes(PNG)
    (media / "text.jpeg").write_bytes(b"no picture")
    (media / "other.webp").write_bytes(PNG)
    (media / "wave.mp3").write_bytes(b"a sound")
    (folder / "secret.png").write_bytes(b"not for the bank")
    link = media / "link.png"
    if not link.is_symlink():
        link.symlink_to(folder / "secret.png")
    for name, text in {"bank": SOUND, **files}.items():
        data = text if isinstance(text, bytes) else text.encode()
        (folder / "questions" / f"{name}.yaml").write_bytes(data)
    return folder


def read(folder: Path, **files: str | bytes) -> Reading:
    """What is read from a project of these files."""
    return read_bank(project(folder, **files))


def keep_from_reading(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Take the right to read a file, even from a test that runs as root."""
    opened = io.open

    def refuse(file: object, *args: Any, **more: Any) -> Any:
        if str(file) == str(path):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opened(file, *args, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(io, "open", refuse)


def said_of(reading: Reading) -> list[str]:
    """The problems as they are printed, without the folder."""
    return [str(problem).removeprefix("questions/") for problem in reading.problems]
