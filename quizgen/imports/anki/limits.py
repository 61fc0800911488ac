"""How large a package may be: generous for people, finite for accidents and bombs."""

from quizgen.bank.limits import MEDIA_BYTES

ENTRIES = 100_000
"""Files in a package."""
DATABASE = 1 << 29
"""Bytes of its database, unpacked."""
MEDIA_LIST = 1 << 25
"""Bytes of the list of its media."""
MEDIUM = MEDIA_BYTES
"""Bytes of one picture or sound: what a bank may hold."""
MEDIA = 1 << 30
"""Bytes of all pictures and sounds together."""
NOTES = 200_000
REVIEWS = 2_000_000
"""Reviews of the notes of one bank."""
PARTS = 100_000
"""Rows of each table that says what notes there are: types, their fields and templates, decks."""
VALUES = 2_000_000
"""Values in one text of JSON, by the signs that part them."""
DECK_NAME = 10_000
"""Characters of the name of a deck."""
TAGS = 100_000
"""Characters of the tags of one note."""
CELL = 1 << 26
"""Bytes of one value in the database."""
STEPS = 1_000_000_000
"""Steps of SQLite's machine after which a statement is given up."""
FIELD = 400_000
"""Characters of HTML in the fields of one note; what is longer is left out."""
GAPS = 500
"""Gaps of one note; with more it is left out."""
WORDS = 1 << 26
"""Characters of words in templates that may come to stand in questions, of all notes together."""
