"""Pictures and sounds of a package to files of a project: which are wanted, under which path.

A name in a package is a stranger's: what becomes a path is made anew of its letters and digits,
and what kind of file it is follows from its bytes.
"""

import re
from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import unquote

from quizgen.bank.media import PLAYED, SHOWN, kind_of
from quizgen.bank.names import is_device
from quizgen.imports.drawings import drawing
from quizgen.imports.sounds import sound_kind

FOLDER = "media"
NO_WORDS = "A picture"
"""What stands for the words of a picture that has none."""

_LONGEST = 60
_FILMS = frozenset(".mp4 .m4v .mov .webm .mkv .avi .mpg .mpeg .ogv .3gp .wmv .flv".split())
"""Endings of what no question can show: such files are not even unpacked."""


class MediaPlan:
    """The media that items ask for; `files` are their bytes by path under questions/.

    `read` gives the bytes of a file of the package by its name, `there` those of a file of the
    project by its path; None where there is none.
    """

    def __init__(
        self, read: Callable[[str], bytes | None], there: Callable[[str], bytes | None]
    ) -> None:
        self._read = read
        self._there = there
        self._taken: set[str] = set()
        self._paths: dict[str, str] = {}
        self.files: dict[str, bytes] = {}
        self.missing: dict[str, None] = {}
        self.unusable: dict[str, None] = {}
        self.cleaned: dict[str, None] = {}
        """Drawings that did more than draw."""

    def picture(self, name: str, called: str = "") -> str:
        """The path of a picture, named `called` where that is said; empty where it cannot be had."""
        return self._path(name, called, SHOWN)

    def sound(self, name: str, called: str = "") -> str:
        """The path of a sound; empty where it cannot be had."""
        return self._path(name, called, PLAYED)

    def _path(self, name: str, called: str, endings: tuple[str, ...]) -> str:
        if name not in self._paths:
            self._paths[name] = self._new(name, called, endings)
        path = self._paths[name]
        return path if path.endswith(endings) else ""

    def _new(self, name: str, called: str, endings: tuple[str, ...]) -> str:
        if PurePosixPath(name).suffix.lower() in _FILMS:
            self.unusable[name] = None
            return ""
        data = next((data for one in (name, unquote(name)) if (data := self._read(one))), None)
        if data is None:
            self.missing[name] = None
            return ""
        written = PurePosixPath(name.replace("\\", "/"))
        ending, data = self._usable(name, written.suffix.lower(), data)
        if ending not in endings:
            self.unusable[name] = None
            return ""
        stem, count = _clean(called or written.stem), 1
        path = f"{FOLDER}/{stem}{ending}"
        while path.casefold() in self._taken or self._there(path) not in (None, data):
            count += 1
            path = f"{FOLDER}/{stem}-{count}{ending}"
        self._taken.add(path.casefold())
        self.files[path] = data
        return path

    def _usable(self, name: str, written: str, data: bytes) -> tuple[str, bytes]:
        """The ending that the file's bytes have earned, and what of them may be kept."""
        if written != ".svg":
            return kind_of(data) or sound_kind(data, written), data
        if kind := kind_of(data):
            return kind, data
        drawn = drawing(data)
        if drawn is None:
            return "", data
        if drawn.lost:
            self.cleaned[name] = None
        return written, drawn.data


def _clean(stem: str) -> str:
    """A file's name that every system takes."""
    name = re.sub(r"[^\w-]+", "-", stem)[:_LONGEST].strip("-_")
    return f"file-{name}".strip("-") if not name or is_device(name) else name
