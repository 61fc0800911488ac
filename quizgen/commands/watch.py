"""Doing something again each time that files change, until it is stopped."""

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from quizgen.commands.project import Stop

POLL = 0.05
"""Seconds between two looks at the files. A look takes their sizes and times, and reads none."""


def watch(
    paths: Callable[[], Iterable[Path]],
    turn: Callable[[], int],
    *,
    wait: Callable[[float], None] | None = None,
) -> int:
    """Take a turn now, and again after each change of a file or of what lies in a folder.

    The paths are asked for after each turn, since it may have come to others. A turn waits until
    no file changes between two looks, as an editor may write in steps. Ends with what the last
    turn returned, when the user stops it.
    """
    wait = wait or time.sleep
    outcome = 0
    watched = _asked(paths, ())
    try:
        while True:
            before = state_of(watched)
            outcome = _taken(turn)
            watched = _asked(paths, watched)
            seen = state_of(watched)
            # What was changed while the turn was taken has its former state here, and so is seen.
            seen |= {path: state for path, state in before.items() if path in seen}
            while (now := state_of(watched)) == seen:
                wait(POLL)
            while (later := state_of(watched)) != now:
                now = later
                wait(POLL)
            _clear()
    except KeyboardInterrupt:
        return outcome


def _asked(paths: Callable[[], Iterable[Path]], last: tuple[Path, ...]) -> tuple[Path, ...]:
    """The paths, or the last ones where the disk refuses to tell."""
    try:
        return tuple(paths())
    except OSError:
        return last


def _taken(turn: Callable[[], int]) -> int:
    """What the turn returns; a reason to stop is told, and what follows may mend it."""
    try:
        outcome = turn()
    except Stop as stop:
        print(stop, file=sys.stderr)
        outcome = stop.code
    except OSError as error:
        print(f"Cannot read {error.filename}: {error.strerror}.", file=sys.stderr)
        outcome = 1
    sys.stdout.flush()
    at = time.strftime("%H:%M:%S")
    print(f"{at}  Waiting for a change; Ctrl-C ends.", file=sys.stderr, flush=True)
    return outcome


def state_of(paths: Iterable[Path]) -> dict[str, tuple[int, int]]:
    """The size and the time of each file at these paths and in these folders, by its path; what
    cannot be looked at is not there.
    """
    found: dict[str, tuple[int, int]] = {}
    for path in paths:
        with suppress(OSError):
            if path.is_file():
                found[str(path)] = (path.stat().st_size, path.stat().st_mtime_ns)
            else:
                found.update(_within(str(path)))
    return found


def _within(top: str) -> Iterator[tuple[str, tuple[int, int]]]:
    folders = [top]
    for folder in folders:
        try:
            entries = list(os.scandir(folder))
        except OSError:
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            with suppress(OSError):
                if entry.is_dir():
                    folders.append(entry.path)
                else:
                    found = entry.stat()
                    yield entry.path, (found.st_size, found.st_mtime_ns)


def _clear() -> None:
    """A new page on a terminal; elsewhere nothing, since a program may read on."""
    if sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
        print("\033[2J\033[H", end="")
