"""The files that items show and play: whether they are there and what they claim to be; their bytes."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from quizgen.bank.limits import MEDIA_BYTES
from quizgen.model import Bank, Choice, Item, Match, Option, Order

SHOWN = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")
PLAYED = (".mp3", ".ogg", ".oga", ".opus", ".wav", ".m4a", ".flac")
_STARTS = {
    ".png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    ".jpg": re.compile(rb"\xff\xd8\xff"),
    ".gif": re.compile(rb"GIF8[79]a"),
    ".webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
}
"""How the files of each kind start, in their first `_HEAD` bytes."""
_HEAD = 12


class MediaFiles:
    """Which files there are under questions/; asks the disk once for each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, tuple[str, str, str]] = {}

    def trouble(
        self, path: str, endings: Sequence[str] = (*SHOWN, *PLAYED)
    ) -> tuple[str, str, str]:
        """Code, message and fix for a path that cannot be used; three empty texts where it can."""
        if not path.lower().endswith(tuple(endings)):
            kind, verb = ("sound", "play") if endings == PLAYED else ("picture", "show")
            return (
                "unknown_media",
                f'"{path[:80]}" is no {kind} that cards and browsers can {verb}.',
                f"Use a file that ends in {', '.join(endings[:-1])} or {endings[-1]}.",
            )
        if path not in self._known:
            self._known[path] = self._look(path)
        return self._known[path]

    def _look(self, path: str) -> tuple[str, str, str]:
        here = f"{self._folder.name}/"
        pure = PurePosixPath(path)
        if "\\" in path or pure.is_absolute() or ":" in path or ".." in pure.parts:
            return (
                "path_outside",
                f'The path "{path[:80]}" does not lead to a file under {here}.',
                f"Put the file under {here} and write its path from there, with /: media/map.png.",
            )
        try:
            found = (self._folder / path).resolve()
            inside = found.is_relative_to(self._folder.resolve())
            is_file = found.is_file()
        except (OSError, ValueError, RuntimeError):
            inside, is_file = True, False
        if not inside:
            return (
                "path_outside",
                f'The path "{path[:80]}" leads out of {here} by a link.',
                f"Copy the file itself to {here}.",
            )
        if not is_file:
            return (
                "missing_file",
                f'There is no file "{path[:80]}" under {here}.',
                "Put it there, or mend the path.",
            )
        return _content_trouble(path, found)


def kind_of(head: bytes) -> str:
    """The ending of the pictures that start so; empty where no kind is known by this start."""
    return next((kind for kind, start in _STARTS.items() if start.match(head)), "")


def _content_trouble(path: str, file: Path) -> tuple[str, str, str]:
    """As `MediaFiles.trouble`, of what is in the file."""
    try:
        size = file.stat().st_size
        with file.open("rb") as opened:
            head = opened.read(_HEAD)
    except OSError as error:
        return (
            "unreadable_file",
            f'The file "{path[:80]}" cannot be read: {error.strerror or "the disk refuses"}.',
            "Give yourself the right to read it.",
        )
    if size > MEDIA_BYTES:
        return (
            "large_file",
            f'The file "{path[:80]}" is larger than {MEDIA_BYTES // 1_000_000} MB.',
            "Make it smaller: every learner's device has to hold and load it.",
        )
    ending = PurePosixPath(path).suffix.lower().replace("jpeg", "jpg")
    expected = _STARTS.get(ending)
    if expected is None or expected.match(head):
        return ("", "", "")
    real = kind_of(head)
    return (
        "not_a_picture",
        f'The file "{path[:80]}" holds no {ending[1:].upper()} picture.',
        f"It is a {real[1:].upper()}: let its name end in {real}."
        if real
        else "Save the picture again from the program that it was made with.",
    )


def load_media(root: Path, bank: Bank) -> Mapping[str, bytes]:
    """The bytes of every file that the bank's items and passages use, by path under questions/."""
    folder = root / "questions"
    return {path: (folder / path).read_bytes() for path in sorted(set(media_paths(bank)))}


def media_paths(bank: Bank) -> Iterator[str]:
    """Every path of a picture or sound in the bank."""
    for passage in bank.passages:
        if passage.image:
            yield passage.image.file
    for item in bank.items:
        if item.image:
            yield item.image.file
        if item.audio:
            yield item.audio
        for option in _options(item):
            if option.image:
                yield option.image.file


def _options(item: Item) -> Iterable[Option]:
    match item:
        case Choice():
            return item.options
        case Order():
            return item.sequence
        case Match():
            return (*(side for pair in item.pairs for side in (pair.left, pair.right)), *item.extra)
        case _:
            return ()
