"""The notes of a deck as Anki's text format, for learners who fill "My notes".

A package replaces a changed note whole; from a text Anki takes the named fields alone. So no tag
and no "My notes" is in it. A deck stands in each row: Anki puts what is new there, and moves no
card that it has. https://docs.ankiweb.net/importing/text-files.html

A text brings no files, and a note once taken from it is later than the package: so notes that
show pictures or play sounds are left to the package.
"""

from collections.abc import Iterator, Sequence

import genanki

from quizgen.outputs.anki.identity import FIELDS
from quizgen.outputs.anki.media import holds_media
from quizgen.outputs.anki.package import Note

_HEADER = """\
#separator:Tab
#html:true
#guid column:1
#notetype column:2
#deck column:3
#if matches:update current
"""
_OF_AUTHOR = len(FIELDS) - 1


def text_file(decks: Sequence[genanki.Deck]) -> tuple[bytes, int]:
    """The text of the notes in their order, and how many they are."""
    placed = [(note, deck.name) for deck in decks for note in deck.notes]
    placed.sort(key=lambda row: row[0].due)
    rows = list(_rows(placed))
    return (_HEADER + "".join(rows)).encode(), len(rows)


def _rows(placed: Sequence[tuple[Note, str]]) -> Iterator[str]:
    for note, deck in placed:
        fields = note.fields[:_OF_AUTHOR]
        if not any(map(holds_media, fields)):
            columns = (note.guid, note.model.name, deck, *fields)
            quoted = '"\t"'.join(one.replace('"', '""') for one in columns)
            yield f'"{quoted}"\n'
