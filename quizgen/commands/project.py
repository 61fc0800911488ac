"""A project on disk: where it is, what stands in it, and how products are written to it."""

import errno
import os
import tempfile
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path

from quizgen.bank import Reading, read_bank

BANK = Path("questions", "bank.yaml")
LOCK = "questions/anki.lock"


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
    """Write the files, each of them whole or not at all, and none before all have found room.

    First all go to temporary files, then, in their order, into place. Raises Stop with the reason
    where the disk refuses.
    """
    waiting: list[tuple[Path, Path]] = []
    target = root
    try:
        for name, data in files.items():
            target = root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            waiting.append((_temporary(target, data), target))
        while waiting:
            temporary, target = waiting[0]
            temporary.replace(target)
            waiting.pop(0)
    except OSError as error:
        raise Stop(f"Cannot write {target}: {error.strerror}.", code=1) from error
    finally:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)


def _temporary(target: Path, data: bytes) -> Path:
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "a folder stands there", str(target))
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        Path(name).chmod(mode)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
