"""The two note types, from the templates: the same ones for every bank.

Words of a language stand in the notes, not here, so that decks in two languages share the note
types of one collection. A line `<!-- include NAME -->` stands for another template file.
"""

import re
from hashlib import sha256
from typing import assert_never

from quizgen.model import Frozen
from quizgen.outputs.anki.identity import (
    FIELDS,
    NAMES,
    TEMPLATES,
    NoteTypeName,
    field_id,
    note_type_id,
    template_id,
)
from quizgen.outputs.anki.package import NoteType
from quizgen.outputs.template import Templates

_INCLUDE = re.compile(r"[ \t]*<!-- include (\S+) -->\n?")


class Pages(Frozen, frozen=True, kw_only=True):
    """The two sides of each template of a note type, and their style sheet, as Anki takes them."""

    name: NoteTypeName
    sides: tuple[tuple[str, str], ...]
    css: str

    @property
    def digest(self) -> str:
        """16 hex digits over all of it."""
        text = "\0".join((self.css, *(side for pair in self.sides for side in pair)))
        return sha256(text.encode()).hexdigest()[:16]


def pages(name: NoteTypeName, templates: Templates) -> Pages:
    """What the cards of a note type look like, a project's own templates before ours."""
    return Pages(
        name=name,
        sides=tuple(
            (
                _file(f"{template.lower()}-front.html", templates),
                _file(f"{template.lower()}-back.html", templates),
            )
            for template in TEMPLATES[name]
        ),
        css=_file("card.css", templates),
    )


def note_type(of: Pages, modified: int) -> NoteType:
    """The model that genanki writes; `modified` is its time in seconds."""
    name = of.name
    return NoteType(
        model_id=note_type_id(name),
        name=NAMES[name],
        fields=[{"name": field, "id": field_id(name, place)} for place, field in enumerate(FIELDS)],
        templates=[
            {"name": template, "id": template_id(name, place), "qfmt": front, "afmt": back}
            for place, (template, (front, back)) in enumerate(
                zip(TEMPLATES[name], of.sides, strict=True)
            )
        ],
        css=of.css,
        model_type=_model_type(name),
        needs=_needs(name),
        modified=modified,
    )


def _model_type(name: NoteTypeName) -> int:
    match name:
        case "question":
            return int(NoteType.FRONT_BACK)
        case "cloze":
            return int(NoteType.CLOZE)
        case _:
            assert_never(name)


def _needs(name: NoteTypeName) -> tuple[int, ...]:
    """The field that each template needs to be filled, by place."""
    match name:
        case "question":
            return tuple(map(FIELDS.index, ("Question", "Reverse", "Spare 6")))
        case "cloze":
            return (FIELDS.index("Question"),)
        case _:
            assert_never(name)


def _file(name: str, templates: Templates) -> str:
    text = templates.source(f"anki/{name}")
    return _INCLUDE.sub(lambda found: _file(found[1], templates), text)
