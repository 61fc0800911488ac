"""What earlier builds left in `build/`, so that an old paper never lies beside a new key."""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from quizgen.outputs.built import Product

RECORD = "build/.cache/products.json"


def recorded(root: Path) -> tuple[Product, ...]:
    """The products of earlier builds; none where the record is missing or damaged."""
    try:
        return msgspec.json.decode((root / RECORD).read_bytes(), type=tuple[Product, ...])
    except (OSError, msgspec.DecodeError):
        return ()


def as_record(products: Sequence[Product]) -> bytes:
    """The record of what now stands in `build/`."""
    return msgspec.json.encode(tuple(products))


def stale(
    earlier: Sequence[Product], now: Sequence[Product], rebuilt: Callable[[Product], bool]
) -> tuple[Product, ...]:
    """The products of before that are `rebuilt` by this build, but no longer under their path."""
    paths = {product.path for product in now}
    return tuple(one for one in earlier if rebuilt(one) and one.path not in paths)


def remove(root: Path, products: Sequence[Product]) -> None:
    """Take the files of these products away, if they are still there and under `build/`."""
    folder = (root / "build").resolve()
    for product in products:
        path = (root / product.path).resolve()
        if path.is_relative_to(folder):
            path.unlink(missing_ok=True)
