"""Python's collector of garbage, at rest while much is made that is all needed."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Reading and building make many values and no garbage: looking for some would take long."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():
                # Both together count all that was made as old, which is not looked at soon.
                gc.freeze()
                gc.unfreeze()
            gc.enable()
