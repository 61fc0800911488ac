"""What was found of each question, kept by what it holds, so that none is looked at twice unchanged.

It can be written down and taken up again, by another process too. What is damaged, or was found by
other rules, is as good as nothing.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TypeAlias

import msgspec

from quizgen import __version__, core, markup, model
from quizgen.bank.compiled import checksum, packed
from quizgen.model import Bank, Frozen, Item
from quizgen.problem import Problem

Findings: TypeAlias = tuple[Problem, ...]
_DIGEST = 16
_SUM = 32


class _Written(Frozen, frozen=True):
    """The digests of the questions in which nothing was found, one after another, and the rest."""

    clean: bytes
    found: Mapping[bytes, Findings]


class Kept:
    """Findings by question and the language of its bank.

    Only what was asked for last stays, so that it does not grow with each change of a question.
    """

    def __init__(self, findings: Mapping[bytes, Findings] | None = None) -> None:
        self._findings = dict(findings or {})
        self.is_new = False
        """Whether there is more, or less, than when it was last written down."""

    def of(
        self,
        bank: Bank,
        items: Iterable[Item],
        find: Callable[[tuple[Item, ...]], Iterable[Problem]],
    ) -> Findings:
        """What is found of these items, in their order; `find` is asked for those not seen before,
        and names the item of each finding.
        """
        items = tuple(items)
        if len({item.id for item in items}) < len(items):  # What is found would be anyone's.
            return tuple(find(items))
        keys = {item.id: _key(item, bank.language) for item in items}
        fresh = tuple(item for item in items if keys[item.id] not in self._findings)
        found: dict[str | None, list[Problem]] = {item.id: [] for item in fresh}
        for problem in find(fresh) if fresh else ():
            found.setdefault(problem.item, []).append(problem)
        before = self._findings
        self._findings = {
            key: tuple(found[name]) if name in found else before[key] for name, key in keys.items()
        }
        self.is_new |= before.keys() != self._findings.keys()
        of_none = found.get(None, ())
        return (*of_none, *(one for key in keys.values() for one in self._findings[key]))

    def to_bytes(self) -> bytes:
        """All of it, with what tells by which rules it was found and that it is whole."""
        clean = b"".join(key for key, found in self._findings.items() if not found)
        rest = {key: found for key, found in self._findings.items() if found}
        body = msgspec.msgpack.encode(_Written(clean, rest))
        return _rules() + checksum(body) + body

    @classmethod
    def from_bytes(cls, data: bytes) -> "Kept":
        """What was written down; nothing where it is damaged or was found by other rules."""
        start = len(_rules())
        sum_, body = data[start : start + _SUM], data[start + _SUM :]
        if data[:start] != _rules() or checksum(body) != sum_:
            return cls()
        try:
            written = _decoder().decode(body)
        except msgspec.MsgspecError:
            return cls()
        clean = written.clean
        keys = (clean[n : n + _DIGEST] for n in range(0, len(clean), _DIGEST))
        return cls({**dict.fromkeys(keys, ()), **written.found})


def _key(item: Item, language: str) -> bytes:
    return hashlib.blake2b(packed((language, item)), digest_size=_DIGEST).digest()


@cache
def _rules() -> bytes:
    """What findings depend on besides the question: the version, and the modules of the rules."""
    folders = (Path(module.__file__ or "").parent for module in (core, markup, model))
    modules = [path for folder in folders for path in folder.glob("*.py")]
    modules = sorted((*modules, *Path(__file__).parent.rglob("*.py")))
    states = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in modules]
    return hashlib.sha256(f"{__version__} {states}".encode()).digest()


@cache
def _decoder() -> msgspec.msgpack.Decoder[_Written]:
    return msgspec.msgpack.Decoder(_Written)
