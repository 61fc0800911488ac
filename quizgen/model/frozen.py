"""The shape of every value in quizgen."""

import msgspec


class Frozen(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The shape of every value here: immutable, compared by content, fields given by name."""
