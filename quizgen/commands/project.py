"""A project on disk: where it is, what stands in it, and how products are written to it."""

import os
import shutil
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path

from quizgen.bank import Reading, read_bank

BANK = Path("questions", "bank.yaml")
LOCK = "questions/anki.lock"
_NAMED = 5
"""How many files a sentence names."""


class Stop(Exception):
    """A command cannot go on: one sentence for the user, and the exit code."""

    def __init__(self, sentence: str, code: int = 2) -> None:
        super().__init__(sentence)
        self.code = code


def add_project_option(parser: ArgumentParser) -> None:
    """`-C FOLDER`, as git and make have it."""
    parser.add_argument(
        "-C",
        "--project",
        metavar="FOLDER",
        type=Path,
        help="the project's folder (default: the nearest one upwards that holds questions/bank.yaml)",
    )


def find_project(named: Path | None) -> Path:
    """The root of the project named, or else of the one that the working folder lies in.

    Raises Stop where there is none.
    """
    if named is not None:
        if (named / "questions").is_dir():
            return named
        raise Stop(
            f'{named} is no project: it holds no folder "questions". Start one with: quizgen init {named}'
        )
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / BANK).is_file():
            return folder
    if (here / "questions").is_dir():
        return here
    raise Stop("No questions/bank.yaml here or above. Start a project with: quizgen init")


def read_project(root: Path) -> Reading:
    """The bank of a project; unchanged files are taken from the compiled copy in `build/`."""
    return read_bank(root, cache=root / "build" / ".cache" / "bank.msgpack")


def lock_text(root: Path) -> str:
    """What the lock file of the project's deck says; nothing where there is none yet."""
    path = root / LOCK
    try:
        return path.read_text(encoding="utf-8-sig") if path.exists() else ""
    except UnicodeDecodeError as error:
        raise Stop(f"{LOCK} is not UTF-8 text. Take it from git as it was.", code=1) from error


def write_files(root: Path, files: Mapping[str, bytes]) -> None:
    """Write all the files, or leave everything as it was. A link stays; what it leads to is written.

    First what stands in their way is looked for, then all go to temporary files, then, in their
    order, into place. Raises Stop with every obstacle, or with the reason where the disk refuses.
    """
    targets = [root / name for name in files]
    if obstacles := list(dict.fromkeys(filter(None, map(_obstacle, targets)))):
        more = f" and {len(obstacles) - _NAMED} more" if len(obstacles) > _NAMED else ""
        raise Stop(
            f"Cannot write: {', '.join(obstacles[:_NAMED])}{more}; nothing was changed.", code=1
        )
    targets = list(map(_behind_links, targets))
    target = root
    with ExitStack() as after, ExitStack() as undo:
        try:
            waiting = []
            for target, data in zip(targets, files.values(), strict=True):
                _make_folder(target.parent, undo)
                waiting.append((_temporary(target, data, undo), target))
            for temporary, target in waiting:
                _put(temporary, target, undo, after)
        except OSError as error:
            raise Stop(f"Cannot write {target}: {error.strerror}.", code=1) from error
        undo.pop_all()


def _obstacle(target: Path) -> str:
    """What keeps a file from being written; empty where nothing does."""
    try:
        if target.is_dir():
            return f"{target} is a folder"
        real = _behind_links(target)
        if target.is_symlink() and (real.is_symlink() or not real.parent.is_dir()):
            return f"{target} is a link that leads nowhere"
        target = real
        there = next(path for path in target.parents if path.is_symlink() or path.exists())
    except OSError as error:
        return f"{target} ({error.strerror})"
    if not there.exists():
        return f"{there} is a link that leads nowhere"
    if not there.is_dir():
        return f"{there} is a file"
    return "" if os.access(there, os.W_OK) else f"{there} lets nothing be written"


def _behind_links(target: Path) -> Path:
    """The file that a link leads to, through other links; any other file is itself."""
    return Path(os.path.realpath(target)) if target.is_symlink() else target


def _make_folder(folder: Path, undo: ExitStack) -> None:
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(exist_ok=True)
        undo.callback(_if_possible, path.rmdir)


def _temporary(target: Path, data: bytes, undo: ExitStack) -> Path:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    temporary = Path(name)
    undo.callback(_if_possible, temporary.unlink)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    temporary.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
    return temporary


def _put(temporary: Path, target: Path, undo: ExitStack, after: ExitStack) -> None:
    """Put a file into its place; the one that was there is kept until all are in theirs."""
    if target.exists():
        former = temporary.with_name(f"{temporary.name}.former")
        try:
            os.link(target, former)
        except OSError:  # a disk that knows no links
            shutil.copy2(target, former)
        after.callback(_if_possible, former.unlink)
        temporary.replace(target)
        undo.callback(_if_possible, lambda: former.replace(target))
    else:
        temporary.replace(target)
        undo.callback(_if_possible, target.unlink)


def _if_possible(act: Callable[[], object]) -> None:
    with suppress(OSError):
        act()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
