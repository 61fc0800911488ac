"""How large things may be: generous for people, finite for accidents."""

from fractions import Fraction

FILE_BYTES = 50_000_000
MEDIA_BYTES = 100_000_000
"""Bytes of one picture or sound."""
ITEMS = 200_000
OPTIONS = 100
TEXT = 50_000
"""Characters in one field."""
DECK = 200
"""Characters in the name of a deck."""
RETENTION = (Fraction(7, 10), Fraction(99, 100))
"""The lowest and highest share that Anki lets a learner ask for."""
DEPTH = 64
"""Collections inside one another."""
DIGITS = 400
"""Digits of a number, and its largest power of ten."""
SLIPS = 200
"""Syntax slips that are reported for one file before reading gives up on it."""
PARSED = 20_000_000
"""Characters that are parsed again after syntax slips, so that a large file takes no hours."""
SUGGESTIONS = 100
"""Unknown words in one file for which a known one is looked up."""
SUSPICIONS = 1_000
"""Texts of one file that are told to be read otherwise than they were meant."""
