"""A bank to Anki's decks, which learners import for years; `press` builds them.

What the lock file knows of earlier decks can be asked without a press: that is what stands here, so
that a command that makes no deck waits for none.
"""

from quizgen.outputs.anki.lock import LAST, Lock, read_lock, write_lock
from quizgen.outputs.anki.warnings import ahead, lock_problems, went_back

__all__ = ["LAST", "Lock", "ahead", "lock_problems", "read_lock", "went_back", "write_lock"]
