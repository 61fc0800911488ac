"""Seeded streams: every random choice of quizgen is a keyed hash, one stream per purpose.

There is no shared generator, so adding one question moves no other. The bytes are fixed for ever
by the vectors in `tests/test_stream.py`; a better algorithm would be a new name beside this one.
"""

from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import _Hash

ALGORITHM = "quizgen-1"


def key(purpose: str, *parts: str | int) -> bytes:
    """32 uniform bytes for a purpose and what it is for; the same on every machine, for ever.

    Parts are told apart by their lengths, so ("ab", "c") and ("a", "bc") differ, and so do the
    number 1 and the text "1".
    """
    *shared, own = purpose, *parts
    digest = _begun(*shared).copy()
    digest.update(_frame(own))
    return digest.digest()


def _frame(part: str | int) -> bytes:
    """A part with its kind and length in front, so that no two rows of parts read alike."""
    kind = b"i" if isinstance(part, int) else b"s"
    data = str(part).encode("utf-8", "surrogatepass")
    return kind + len(data).to_bytes(8, "big") + data


_framed = lru_cache(maxsize=4096, typed=True)(_frame)
"""The same for parts that many keys share."""


@lru_cache(maxsize=256, typed=True)
def _begun(*parts: str | int) -> "_Hash":
    """A hash that has taken in these parts, which many keys share."""
    return sha256(b"".join(map(_framed, (ALGORITHM, *parts))))


def shuffled(identities: Iterable[str], purpose: str, *parts: str | int) -> tuple[str, ...]:
    """The identities in an order that is uniform over all orders and depends on nothing else.

    Each identity is placed by its own hash: the order they come in does not matter, and changing
    one of them moves that one only. Identities are distinct.
    """
    # The part that all keys share is hashed once: this is key(purpose, *parts, identity).
    shared = sha256(b"".join(map(_framed, (ALGORITHM, purpose, *parts))))

    def place(identity: str) -> bytes:
        digest = shared.copy()
        digest.update(_frame(identity))
        return digest.digest()

    return tuple(sorted(identities, key=place))
