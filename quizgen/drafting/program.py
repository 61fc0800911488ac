"""Any program as a drafter: JSON to its standard input, JSON from its standard output.

No shell reads the command. The program has a time and a size that it must keep to; what it writes
is a stranger's word, and every way in which it can be wrong is a sentence.
"""

import json
import os
import re
import shlex
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from threading import Event, Thread, Timer
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import asdict

from quizgen.drafting.protocol import Draft, Fact, Text, as_said

FORMAT = 1
"""The version of what is said to the program and by it."""
BYTES = 10_000_000
"""What a program may write."""
DRAFTS = 10_000
_LAST = 300
"""Characters of what the program said of its failure that are told."""
_WINDOWS_WORD = re.compile(r'(?:[^\s"]|"[^"]*")+')
_IS_WINDOWS = os.name == "nt"


class ProgramError(Exception):
    """The program gave no drafts, and why, in a sentence."""


class Answered(NamedTuple):
    """What the program handed back, and a sentence for each entry that has not the right shape."""

    facts: tuple[Fact, ...]
    drafts: tuple[Draft, ...]
    troubles: tuple[str, ...]


def ask(command: str, text: Text, facts: Sequence[Fact], *, limit: int, seconds: float) -> Answered:
    """What the program makes of the text and of the facts that were found in it.

    Raises ProgramError.
    """
    words = words_of(command, is_windows=_IS_WINDOWS)
    if not words:
        raise ProgramError("The command is empty.")
    written = _run(words, _request(text, facts, limit), seconds)
    return _answer(words[0], written)


def words_of(command: str, *, is_windows: bool) -> list[str]:
    """The program and what it is given, without the quotes that hold a word together.

    On Windows those are double ones alone, and a backslash is a sign as others are. Raises
    ProgramError where a quote is not closed.
    """
    if not is_windows:
        try:
            return shlex.split(command)
        except ValueError as error:
            raise ProgramError(f"The command {command!r} cannot be read: {error}.") from error
    if command.count('"') % 2:
        raise ProgramError(f"The command {command!r} cannot be read: a quote is not closed.")
    return [word.replace('"', "") for word in _WINDOWS_WORD.findall(command)]


def _request(text: Text, facts: Sequence[Fact], limit: int) -> bytes:
    """All fields of all that is told, those with nothing in them, too."""
    told = {
        "format": FORMAT,
        "limit": limit,
        "text": {
            "document": text.document,
            "language": text.language,
            "paragraphs": [asdict(paragraph) for paragraph in text.paragraphs],
        },
        "facts": [asdict(fact) for fact in facts],
    }
    return msgspec.json.encode(told)


# --- The process ---------------------------------------------------------------------------------


def _run(words: list[str], request: bytes, seconds: float) -> bytes:
    name = words[0]
    with tempfile.TemporaryFile() as complaints:
        try:
            process = subprocess.Popen(  # noqa: S603  # the author's own command, and no shell
                words,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=complaints,
                start_new_session=not _IS_WINDOWS,
            )
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise ProgramError(f"{name} cannot be started: {why}.") from error
        late = Event()
        timer = Timer(seconds, _end_late, (process, late))
        feeder = Thread(target=_feed, args=(process, request), daemon=True)
        try:
            timer.start()
            feeder.start()
            assert process.stdout is not None  # noqa: S101  # it is a pipe
            written = process.stdout.read(BYTES + 1)
            is_long = len(written) > BYTES
            if is_long:
                _kill(process)
            code = process.wait()
        finally:
            timer.cancel()
            _kill(process)
            feeder.join(1)
            if process.stdout is not None:
                process.stdout.close()
        if late.is_set():
            raise ProgramError(f"{name} took longer than {seconds:g} seconds and was ended.")
        if is_long:
            raise ProgramError(f"{name} wrote more than {BYTES // 1_000_000} MB and was ended.")
        if code:
            raise ProgramError(f"{name} ended with exit code {code}{_last(complaints)}")
    return written


def _feed(process: "subprocess.Popen[bytes]", request: bytes) -> None:
    """Hand over the request; a program that does not read it to its end need not."""
    assert process.stdin is not None  # noqa: S101  # it is a pipe
    with suppress(OSError, ValueError):
        process.stdin.write(request)
    with suppress(OSError, ValueError):
        process.stdin.close()


def _end_late(process: "subprocess.Popen[bytes]", late: Event) -> None:
    late.set()
    _kill(process)


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """End the program and whatever it started."""
    if _IS_WINDOWS:
        with suppress(OSError):
            process.kill()
        return
    with suppress(OSError):
        os.killpg(process.pid, signal.SIGKILL)


def _last(complaints: Any) -> str:
    complaints.seek(0, os.SEEK_END)
    complaints.seek(max(0, complaints.tell() - 4 * _LAST))
    lines = complaints.read().decode(errors="replace").strip().splitlines()
    said = "".join(c for c in lines[-1] if c.isprintable())[:_LAST] if lines else ""
    return f": {said.rstrip('.')}." if said else "."


# --- What it wrote -------------------------------------------------------------------------------


def _answer(name: str, written: bytes) -> Answered:
    try:
        value = json.loads(
            written.decode("utf-8-sig"), parse_int=str, parse_float=str, parse_constant=_no_number
        )
    except (ValueError, RecursionError) as error:
        start = written[:40].decode(errors="replace").strip()
        what = f'It starts with "{_shown(start)}".' if start else "It wrote nothing."
        raise ProgramError(f"{name} wrote no JSON: {_shown(str(error))}. {what}") from error
    if not isinstance(value, dict) or not ({"drafts", "facts"} & value.keys()):
        raise ProgramError(
            f'{name} wrote JSON of another shape: an object with "drafts" or "facts" is wanted.'
        )
    rows = {key: value.get(key, []) for key in ("drafts", "facts")}
    for key, row in rows.items():
        if not isinstance(row, list):
            raise ProgramError(f'{name} wrote JSON of another shape: "{key}" is no list.')
        if len(row) > DRAFTS:
            raise ProgramError(f'{name} wrote more than {DRAFTS:,} "{key}".')
    troubles: list[str] = []
    drafts = _all(rows["drafts"], "draft", _draft, troubles)
    facts = _all(rows["facts"], "fact", _fact, troubles)
    return Answered(tuple(facts), tuple(drafts), tuple(troubles))


def _no_number(name: str) -> str:
    raise ValueError(f"{name} is no number")


def _all(row: list[Any], what: str, read: Any, troubles: list[str]) -> list[Any]:
    found = []
    for place, one in enumerate(row, start=1):
        try:
            found.append(read(one))
        except (ValueError, TypeError, msgspec.ValidationError) as error:
            troubles.append(f"{what.capitalize()} {place} has another shape: {_shown(str(error))}.")
    return found


def _draft(value: Any) -> Draft:
    if not isinstance(value, dict):
        raise TypeError("it is no object")
    question = value.get("question")
    if not isinstance(question, dict) or not question:
        raise TypeError('it has no "question"')
    known = {**_whole(value), "question": as_said(question)}
    return msgspec.convert(known, Draft, strict=False)


def _fact(value: Any) -> Fact:
    if not isinstance(value, dict):
        raise TypeError("it is no object")
    return msgspec.convert(_whole(value), Fact, strict=False)


def _whole(value: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that have a value; null is as good as none."""
    return {key: one for key, one in value.items() if one is not None}


def _shown(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)[:120].rstrip(". ")
