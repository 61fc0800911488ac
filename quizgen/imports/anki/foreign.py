"""Notes of other people's types to items, as well as their fields tell: card, entry, cloze, choice.

What a card asks is what its template shows on the front, what it answers is what stands on the back
alone. What has no counterpart here is left out with a remark, and never without.
"""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from quizgen.bank.limits import TEXT
from quizgen.bank.writing import cloze_text
from quizgen.imports.anki.collection import Note
from quizgen.imports.anki.foreignitems import Reading, is_occlusion
from quizgen.imports.anki.foreigntexts import FieldTexts
from quizgen.imports.anki.gaps import gaps_in
from quizgen.imports.anki.limits import FIELD, GAPS, WORDS
from quizgen.imports.anki.templates import Sides, conditions, sides, values
from quizgen.imports.imported import Remark
from quizgen.imports.media import MediaPlan
from quizgen.model import Card, Choice, Cloze, Entry, Item

_CALLED = 40
"""Characters of a note's guid that are told."""


class ForeignNotes:
    """Notes to items; `remarks` are what was changed in them or left out."""

    def __init__(self, media: MediaPlan, taken: set[str]) -> None:
        self._texts = FieldTexts(media)
        self._taken = taken
        self._pictures: set[str] = set()
        self._left = WORDS
        self.remarks: list[Remark] = []

    def items(self, note: Note, topic: str, own: Sides | None = None) -> tuple[Item, ...]:
        """The items of a note: one for each of its cards that asks for something of its own.

        Where `own` says what a card shows, it is one, whatever the templates of the note show.
        """
        if code := self._excess(note):
            self.remarks.append(Remark(code=code, detail=_called(note)))
            return ()
        its = [own] if own else self._sides(note)
        reading = Reading(note, topic, self._texts, self._taken)
        items = tuple(reading.shown(own) if own else reading.items(its))
        if is_occlusion(note) and not self._is_new_picture(items):
            self.remarks.append(Remark(code="same_picture", detail=_called(note)))
            return ()
        if not items or any(map(_is_too_long, items)):
            code = "too_long" if items else "empty"
            self.remarks.append(Remark(code=code, detail=_called(note)))
            return ()
        lost = reading.lost if own else reading.lost.union(_unseen(note, its))
        name = items[0].id
        self.remarks += [Remark(code=code, item=name) for code in sorted(lost)]
        self.remarks += reading.told
        return items

    def _excess(self, note: Note) -> str:
        """The code of what makes a note larger than a question may be; empty where nothing does."""
        if sum(map(len, note.fields)) > FIELD:
            return "too_long"
        if note.type.is_cloze and sum(map(gaps_in, note.fields)) > GAPS:
            return "many_gaps"
        return ""

    def _sides(self, note: Note) -> list[Sides]:
        """What each of its cards shows; their words no more, where those of all notes are too many."""
        found = []
        for template in note.type.templates:
            its = sides(template, values(note, template), has_words=self._left > 0)
            self._left -= sum(len(block.words) for block in its.blocks)
            found.append(its)
        return found

    def _is_new_picture(self, items: tuple[Item, ...]) -> bool:
        """Whether these say something else than was said before: a note for each hidden part is common."""
        said = {repr(replace(item, id="", tags=())) for item in items}
        is_new = not said <= self._pictures
        self._pictures |= said
        if not is_new:
            self._taken -= {item.id for item in items}
        return is_new


def _unseen(note: Note, its: Sequence[Sides]) -> Iterator[str]:
    """The codes of what a note holds or does beside what its cards show."""
    templates = note.type.templates
    seen = {name for one in its for name in one.names}.union(*map(conditions, templates))
    fields = zip(note.type.fields, note.fields, strict=False)
    if any(html.strip() and name not in seen for name, html in fields):
        yield "unshown_fields"
    has_script = any("<script" in template.front + template.back for template in templates)
    if has_script and not is_occlusion(note):
        yield "script"


def _called(note: Note) -> str:
    """What tells a note of which nothing is kept."""
    return note.guid if len(note.guid) <= _CALLED else f"{note.guid[:_CALLED]}…"


def _is_too_long(item: Item) -> bool:
    match item:
        case Card(front=first, back=second) | Entry(stem=first, accept=(second,)):
            pass
        case Cloze(stem=first, parts=parts):
            second = cloze_text(parts)
        case Choice(stem=first, options=options):
            second = max((option.text for option in options), key=len)
        case _:
            return False
    return max(map(len, (first, second, item.explain, item.hint, item.topic))) > TEXT
