"""An edition to its manifest and back: JSON that a person can read, compare and keep for years.

Whatever follows from the rest (digests, the letters of keys, the total, the checksum) is written
out for people and must follow again when it is read; what does not is refused.
"""

import json
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

import msgspec

from quizgen.core.manifest_tree import FORMAT, Unsound, edition_of, plain, tree_of
from quizgen.model import Bank, Edition
from quizgen.problem import Problem, Where

_WIDTH = 100
"""What fits into so many columns stands on one line."""
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?: |\r?$)", re.MULTILINE)

_AS_IT_WAS = "Take it from git or a copy as it was; what is put right later stands in corrections.yaml beside it."


def bank_digest(bank: Bank) -> str:
    """Twelve hex digits over all that a bank says, so that two states of it are told apart."""
    return sha256(_one_line(plain(bank))).hexdigest()[:12]


# --- Writing -------------------------------------------------------------------------------------


def write_manifest(edition: Edition) -> bytes:
    """The manifest of an edition; the same edition, the same bytes."""
    tree = tree_of(edition)
    head = {name: tree.pop(name) for name in ("format", "quizgen")}
    tree = {**head, "checksum": _checksum({**head, **tree}), **tree}
    return "".join([*_laid_out(tree, 0), "\n"]).encode("utf-8", "backslashreplace")


def _checksum(tree: Mapping[str, Any]) -> str:
    """Sixteen hex digits over all but the checksum itself, whatever spaces and lines part it."""
    told = {name: value for name, value in tree.items() if name != "checksum"}
    return sha256(_one_line(told)).hexdigest()[:16]


def _one_line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _laid_out(value: object, depth: int, label: str = "") -> Iterator[str]:
    """The pieces of a JSON text in which only what is long is broken into lines."""
    line = json.dumps(value, ensure_ascii=False)
    if 2 * depth + len(label) + len(line) <= _WIDTH or not isinstance(value, dict | list | tuple):
        yield label + line
        return
    start, end = "{}" if isinstance(value, dict) else "[]"
    named = value.items() if isinstance(value, dict) else (("", one) for one in value)
    yield label + start
    for place, (name, one) in enumerate(named):
        yield f"{',' if place else ''}\n{'  ' * (depth + 1)}"
        inner = f"{json.dumps(name, ensure_ascii=False)}: " if isinstance(value, dict) else ""
        yield from _laid_out(one, depth + 1, inner)
    yield f"\n{'  ' * depth}{end}"


# --- Reading -------------------------------------------------------------------------------------


def read_manifest(data: bytes, file: str) -> tuple[Edition | None, tuple[Problem, ...]]:
    """The edition of a manifest; or none, and why this file cannot be trusted.

    What was edited, cut short or merged, what is of another kind and what a newer quizgen wrote is
    refused.
    """
    tree, problem = _parsed(data, file)
    if problem is not None:
        return None, (problem,)
    return _believed(tree, file)


def _parsed(data: bytes, file: str) -> tuple[Any, Problem | None]:
    """The JSON value of a file, or what keeps it from being one."""
    if not data.strip():
        return None, _refused("manifest_truncated", "is empty", file)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if error.end == len(data) and error.reason == "unexpected end of data":
            return None, _cut(file, line)
        return None, _refused("manifest_edited", "is not UTF-8 text any more", file, line)
    if conflict := _CONFLICT.search(text):
        line = text.count("\n", 0, conflict.start()) + 1
        return None, _refused(
            "manifest_merged",
            "holds the marks of a merge of two editions",
            file,
            line,
            fix=f"Take the file of one side: git checkout --ours {file} (or --theirs).",
        )
    try:
        return json.loads(text), None
    except RecursionError:
        return None, _foreign(file)
    except json.JSONDecodeError as error:
        if not text.lstrip().startswith("{"):
            return None, _foreign(file)
        told = text.rstrip()
        is_whole = told.endswith("}") and error.pos < len(told)
        is_longer = error.msg.startswith("Extra data")
        if not (is_whole or is_longer) or error.msg.startswith("Unterminated string"):
            return None, _cut(file, text.count("\n") + 1)
        return None, _refused(
            "manifest_edited",
            "was edited and is no JSON any more",
            file,
            error.lineno,
            error.colno,
        )
    except ValueError:  # a number of thousands of digits
        return None, _foreign(file)


def _believed(tree: Any, file: str) -> tuple[Edition | None, tuple[Problem, ...]]:
    """The edition that a JSON value says, if all in it follows from the rest."""
    if not isinstance(tree, dict) or not {"format", "quizgen", "checksum"} <= tree.keys():
        return None, (_foreign(file),)
    if type(tree["format"]) is int and tree["format"] > FORMAT:
        return None, (_newer(tree, file),)
    if tree["checksum"] != _checksum(tree):
        return None, (_refused("manifest_edited", "was edited after it was written", file),)
    try:
        edition = edition_of(tree)
    except (msgspec.ValidationError, ValueError, ZeroDivisionError):
        return None, (_newer(tree, file),)
    except Unsound as unsound:
        return None, (_refused("manifest_edited", f"does not hold together: {unsound}", file),)
    differs = _difference(tree, tree_of(edition))
    if differs is None:
        return edition, ()
    if differs == "points" or differs.startswith("forms"):
        return None, (_refused("manifest_edited", f"says of {differs} what does not follow", file),)
    return None, (_newer(tree, file),)


def _difference(told: Any, derived: Any, path: str = "") -> str | None:
    """The first place at which what is told is not what follows; what is told nowhere is a default."""
    if isinstance(told, dict) and isinstance(derived, dict):
        pairs = [(f"{path}.{name}".lstrip("."), told[name], derived.get(name)) for name in told]
        found = (_difference(*pair[1:], pair[0]) for pair in pairs if pair[0] != "checksum")
        return next((one for one in found if one is not None), None)
    if isinstance(told, list) and isinstance(derived, list | tuple) and len(told) == len(derived):
        rows = enumerate(zip(told, derived, strict=True))
        found = (_difference(*pair, f"{path}[{place}]") for place, pair in rows)
        return next((one for one in found if one is not None), None)
    return None if told == derived and type(told) is type(derived) else path


# --- Refusals ------------------------------------------------------------------------------------


def _refused(
    code: str, what: str, file: str, line: int = 1, column: int = 1, *, fix: str = _AS_IT_WAS
) -> Problem:
    message = f"The manifest {what}, so neither keys nor marks can be taken from it."
    return Problem(code=code, message=message, fix=fix, where=Where(file, line, column))


def _cut(file: str, line: int) -> Problem:
    return _refused("manifest_truncated", "ends in the middle", file, line)


def _foreign(file: str) -> Problem:
    return Problem(
        code="manifest_foreign",
        message="This file is no manifest that quizgen wrote.",
        fix="Name the manifest.json, or its folder, that quizgen freeze made under printed/.",
        where=Where(file),
    )


def _newer(tree: Mapping[str, Any], file: str) -> Problem:
    version = str(tree["quizgen"])[:20]
    return Problem(
        code="manifest_newer",
        message=f"The manifest holds what this quizgen cannot read; quizgen {version} wrote it.",
        fix="Install that version or a later one.",
        where=Where(file),
    )
