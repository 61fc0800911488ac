"""What a problem is about, as a digest that layout does not change: the value of its field or,
where it has none, what its question asks.
"""

import hashlib
import json
from pathlib import Path as FilePath
from typing import Any, TypeAlias

from quizgen.bank.origin import Origin
from quizgen.bank.parsing import text_of
from quizgen.bank.tree import Block
from quizgen.problem import Problem

_Plain: TypeAlias = "str | list[_Plain] | dict[str, _Plain] | None"

_ASKS = ("stem", "statement", "cloze", "front", "passage")
"""Under which of these a question stands."""
_UNORDERED = frozenset(("distractors", "answers", "accept", "extra", "tags"))
"""Lists that mean the same in any order."""


class Contents:
    """The values in the files of a bank; each file is read once, when it is first asked for."""

    def __init__(self, origin: Origin) -> None:
        self._root = FilePath(origin.root)
        self._items = origin.items
        self._values: dict[str, Any] = {}

    def digest(self, problem: Problem) -> str:
        """Twelve hex digits of what a problem is about, whose field is named as it is written.

        They stay when the question moves, its file is laid out anew, or another field changes. Two
        items that are alike have the same, whichever comes first.
        """
        digests = {self._of_item(problem.item or "", problem.field or "")}
        if problem.other is not None:
            digests.add(self._of_item(problem.other, ""))
        return digests.pop() if len(digests) == 1 else _digest("\n".join(sorted(digests)))

    def _of_item(self, item: str, field: str) -> str:
        place = self._items.get(item)
        if place is None:
            return "0" * 12
        value = self._of_file(place.file)
        for part in place.path:
            value = value[part]
        return _digest(json.dumps(_field(value, field), ensure_ascii=True, sort_keys=True))

    def _of_file(self, file: str) -> Any:
        if file not in self._values:
            self._values[file] = text_of((self._root / file).read_bytes()).value
        return self._values[file]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _field(item: Any, field: str) -> _Plain:
    """The value of a field, or of the nearest around it that is written."""
    value, key = item, ""
    for part in field.split(".") if field else ():
        if isinstance(value, Block) and part in value:
            value, key = value[part], part
        elif isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value, key = value[int(part)], ""
        else:
            break
    if value is item and isinstance(item, Block):
        return _plain(next((item[name] for name in _ASKS if name in item), None))
    return _plain(value, key)


def _plain(value: Any, key: str = "") -> _Plain:
    """A value without what layout adds to it; of an option that says more, its text."""
    match value:
        case str():
            return " ".join(value.split())
        case list():
            found = [_plain(one) for one in value]
            return sorted(found, key=json.dumps) if key in _UNORDERED else found
        case Block() if "text" in value:
            return _plain(value["text"])
        case Block():
            return {name: _plain(one, name) for name, one in value.items()}
        case _:
            return None
