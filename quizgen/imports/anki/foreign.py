"""Notes of other people's types to items, as well as their fields tell: card, entry, cloze, choice.

What a card asks is what its template shows on the front, what it answers is what stands on the back
alone. What has no counterpart here is left out with a remark, and never without.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from msgspec.structs import replace

from quizgen.bank.cloze import ClozeError, cloze_parts
from quizgen.bank.limits import OPTIONS, TEXT
from quizgen.bank.names import name_from
from quizgen.bank.shapes import identity
from quizgen.bank.writing import cloze_text
from quizgen.imports.anki.choices import ChoiceFields, choice_fields
from quizgen.imports.anki.collection import Note
from quizgen.imports.anki.foreigntexts import FieldTexts, Said
from quizgen.imports.anki.gaps import signed
from quizgen.imports.anki.limits import FIELD
from quizgen.imports.anki.templates import Sides, conditions, sides
from quizgen.imports.imported import Remark
from quizgen.imports.media import NO_WORDS, MediaPlan
from quizgen.model import Card, Choice, Cloze, Entry, Gap, Item, Option

_OCCLUSION = 6
"""Anki's number for its own image occlusion note type."""
_MASKS = frozenset(("Occlusion", "Question Mask"))
_LEARNERS = frozenset(("marked", "leech"))
_ASIDE = frozenset(
    "extra,back extra,explanation,explain,rationale,notes,note,remarks,remark,comments,comment,more,"
    "details,sources,source,references,reference,extra 1,extra 2,erklärung".split(",")
)
"""Names of fields that explain an answer rather than being one."""
_NOTHING = Said()
_FORMULA = re.compile(r"\$[^$]*\$")
_TYPED = 200
"""Characters of an answer that somebody would type."""
_ASKED = {"picture": "What does the picture show?", "sound": "What do you hear?"}


class ForeignNotes:
    """Notes to items; `remarks` are what was changed in them or left out."""

    def __init__(self, media: MediaPlan, taken: set[str]) -> None:
        self._texts = FieldTexts(media)
        self._taken = taken
        self._pictures: set[str] = set()
        self.remarks: list[Remark] = []

    def items(self, note: Note, topic: str, own: Sides | None = None) -> tuple[Item, ...]:
        """The items of a note: one for each of its cards that asks for something of its own.

        Where `own` says what a card shows, it is one, whatever the templates of the note show.
        """
        if sum(map(len, note.fields)) > FIELD:
            self.remarks.append(Remark(code="too_long", detail=note.guid))
            return ()
        names = note.type.fields
        fields = dict(zip(names, (*note.fields, *[""] * len(names)), strict=False))
        reading = _Reading(note, topic, self._texts, self._taken)
        items = tuple(reading.items(fields) if own is None else reading.shown(fields, own))
        if _is_occlusion(note) and not self._is_new_picture(items):
            self.remarks.append(Remark(code="same_picture", detail=note.guid))
            return ()
        if not items or any(map(_is_too_long, items)):
            code = "too_long" if items else "empty"
            self.remarks.append(Remark(code=code, detail=note.guid))
            return ()
        lost = reading.lost if own else reading.lost | set(_unseen(note, fields))
        name = items[0].id
        self.remarks += [Remark(code=code, item=name) for code in sorted(lost)]
        self.remarks += reading.told
        return items

    def _is_new_picture(self, items: tuple[Item, ...]) -> bool:
        """Whether these say something else than was said before: a note for each hidden part is common."""
        said = {repr(replace(item, id="", tags=())) for item in items}
        is_new = not said <= self._pictures
        self._pictures |= said
        if not is_new:
            self._taken -= {item.id for item in items}
        return is_new


def _is_occlusion(note: Note) -> bool:
    return note.type.stock == _OCCLUSION or not _MASKS.isdisjoint(note.type.fields)


def _unseen(note: Note, fields: Mapping[str, str]) -> Iterator[str]:
    """The codes of what a note holds or does beside what its cards show."""
    templates = note.type.templates
    seen = {name for one in templates for name in _names(sides(one, note.type.fields))}
    seen = seen.union(*map(conditions, templates))
    if any(html.strip() and name not in seen for name, html in fields.items()):
        yield "unshown_fields"
    has_script = any("<script" in template.front + template.back for template in templates)
    if has_script and not _is_occlusion(note):
        yield "script"


class _Reading:
    """One note on its way to items."""

    def __init__(self, note: Note, topic: str, texts: FieldTexts, taken: set[str]) -> None:
        self._note = note
        self._texts = texts
        self._taken = taken
        tags = tuple(dict.fromkeys(tag for tag in note.tags if tag.casefold() not in _LEARNERS))
        self._common: dict[str, Any] = {"topic": topic, "tags": tags}
        self.lost: set[str] = set() if len(tags) == len(set(note.tags)) else {"learner_tags"}
        self.told: list[Remark] = []
        """What is said of files: of which question, and in `detail` of which file."""

    def items(self, fields: dict[str, str]) -> Iterator[Item]:
        note, names = self._note, self._note.type.fields
        if _is_occlusion(note):
            yield from self._occlusion(fields)
            return
        its = [sides(template, names) for template in note.type.templates]
        if note.type.is_cloze and its:
            yield from self._cloze(fields, its[0])
            return
        words = {name: self._texts.words(html) for name, html in fields.items()}
        if (choice := choice_fields(words)) and (item := self._choice(fields, choice, its)):
            yield item
            return
        cards = [place for place in note.cards if place < len(its)] or ([0] if its else [])
        done: list[Sides] = []
        for place in cards:
            one = its[place]
            if any(_turned(before, one) for before in done):
                continue
            turned = [its[other] for other in cards if other > place and _turned(one, its[other])]
            done.append(one)
            yield from self._asked_both_ways(fields, one, turned)

    def shown(self, fields: dict[str, str], its: Sides) -> Iterator[Item]:
        """What a card that shows these fields asks and answers."""
        if self._note.type.is_cloze:
            yield from self._cloze(fields, its)
        elif item := self._card(fields, its, is_reversed=False):
            yield item

    # --- Cards and typed answers -----------------------------------------------------------------

    def _asked_both_ways(
        self, fields: dict[str, str], its: Sides, turned: Sequence[Sides]
    ) -> Iterator[Item]:
        """One card, reversed where others turn it round.

        Where its answer has no words, that answer asks: the back of a reversed card shows the
        picture of the question, but plays no sound.
        """
        is_reversed = bool(turned)
        if turned and self._said(fields, its.front).text and not self._said(fields, its.back).text:
            is_reversed = bool(self._texts.pictures(self._said(fields, its.back)))
            its = turned[0]
            if not is_reversed:
                self.lost.add("one_way")
        if item := self._card(fields, its, is_reversed=is_reversed):
            yield item

    def _card(self, fields: dict[str, str], its: Sides, *, is_reversed: bool) -> Item | None:
        front = self._said(fields, its.front)
        aside = [name for name in its.back if name.strip().casefold() in _ASIDE]
        main = [name for name in its.back if name not in aside]
        if not main and not its.typed:
            main, aside = aside, []
        back = self._said(fields, [*its.typed, *main])
        explain = self._said(fields, aside)
        if front.is_empty and back.is_empty:
            return None
        hints = self._said(fields, its.hints)
        answer, more = (back.text, explain.text) if back.text else (explain.text, "")
        common = self._started(front, back, explain, hints=hints, is_answered=bool(answer))
        asked = self._asked(front.text, common)
        if not asked:
            self.lost.add("no_question")
        elif not answer and not any(map(self._texts.files, (back, explain))):
            self.lost.add("draft")
        if not asked or not answer:
            return Card(front=asked, back=answer, draft=True, **common)
        typed = self._texts.words(fields[its.typed[0]]) if its.typed else ""
        if typed and len(typed) <= _TYPED and not main:
            return Entry(stem=asked, accept=(typed,), explain=explain.text, **common)
        return Card(front=asked, back=answer, reverse=is_reversed, explain=more, **common)

    def _asked(self, text: str, common: Mapping[str, Any]) -> str:
        """What is asked; where that is a picture or a sound alone, a sentence that asks for it."""
        if text or not (common["image"] or common["audio"]):
            return text
        self.lost.add("picture_alone")
        return _ASKED["picture" if common["image"] else "sound"]

    def _started(
        self, front: Said, *others: Said, hints: Said = _NOTHING, is_answered: bool = True
    ) -> dict[str, Any]:
        """The common fields of an item that is asked by `front`; the media of `others` have no place.

        They are all of its answer where it is not `is_answered` in words.
        """
        texts = self._texts
        image, audio = texts.image(front), texts.audio(front)
        is_asked = bool(front.text or texts.files(front))
        where = "answer" if is_asked and not is_answered else "back"
        told = [("more_pictures", path) for path in texts.pictures(front)[1:]]
        told += [("more_sounds", path) for path in texts.sounds(front)[1:]]
        for place, one in (*((where, one) for one in others), ("back", hints)):
            told += [(f"picture_{place}", path) for path in texts.pictures(one)]
            told += [(f"sound_{place}", path) for path in texts.sounds(one)]
        self.lost |= {code for one in (front, *others, hints) for code in one.lost}
        if image is not None and image.alt == NO_WORDS:
            self.lost.add("no_alt")
        said = (front, *others)
        words = (texts.plain(_FORMULA.sub(" ", one.text)) for one in said)
        files = (PurePosixPath(path).stem for one in said for path in texts.files(one))
        own = name_from((*words, *files), self._taken)
        self._tell(own, (*told, *texts.trouble(front, *others, hints)))
        return {"id": own, "image": image, "audio": audio, "hint": hints.text, **self._common}

    def _tell(self, item: str, files: Iterable[tuple[str, str]]) -> None:
        self.told += [Remark(code=code, item=item, detail=file) for code, file in files]

    def _said(self, fields: dict[str, str], names: Sequence[str]) -> Said:
        return self._texts.said("<br><br>".join(fields[name] for name in names if fields[name]))

    # --- Clozes ----------------------------------------------------------------------------------

    def _cloze(self, fields: dict[str, str], its: Sides) -> Iterator[Item]:
        name = next(iter(its.cloze), self._note.type.fields[0] if self._note.type.fields else "")
        text = signed(fields.get(name, ""))
        body = self._texts.said(text.html)
        stem = self._said(fields, [one for one in its.front if one != name])
        extra = self._said(fields, [*its.back, *its.typed])
        if body.is_empty and stem.is_empty:
            return
        gaps: dict[str, Gap] = {}
        for sign, gap in text.gaps.items():
            read = self._texts.latex if sign in body.formulas else self._texts.gap
            if answer := read(gap.answer):
                hint = read(gap.hint) if gap.hint else ""
                gaps[sign] = Gap(number=gap.number, accept=(answer,), hint=hint)
        self.lost |= text.changes
        parts = self._texts.parts(body.text, text.gaps.keys(), gaps)
        plain = "".join(part for part in parts if isinstance(part, str))
        asked = Said(
            plain,
            (*body.pictures, *stem.pictures),
            (*body.sounds, *stem.sounds),
            body.lost | stem.lost,
        )
        inside = [
            self._texts.said(html) for gap in text.gaps.values() for html in (gap.answer, gap.hint)
        ]
        hints = self._said(fields, its.hints)
        common = self._started(asked, extra, *inside, hints=hints)
        common["explain"] = extra.text
        if gaps and _reads_back(parts):
            yield Cloze(stem=stem.text, parts=parts, **common)
            return
        self.lost.add("draft")
        shown = "".join(part if isinstance(part, str) else part.accept[0] for part in parts)
        yield Card(front=self._asked(shown, common), back="", draft=True, **common)

    # --- Choices ---------------------------------------------------------------------------------

    def _choice(
        self, fields: dict[str, str], choice: ChoiceFields, its: Sequence[Sides]
    ) -> Item | None:
        said = {name: self._said(fields, [name]) for name in choice.options}
        if any(not one.text for one in said.values()) or len(said) > OPTIONS:
            return None
        if len({identity(one.text) for one in said.values()}) < len(said):
            return None
        shown = dict.fromkeys(name for one in its for name in _names(one))
        others = [name for name in shown if name not in choice.used and fields[name].strip()]
        stem, extra = self._said(fields, [choice.question]), self._said(fields, others)
        common = self._started(stem, extra)
        options = {
            name: Option(id=identity(one.text), text=one.text, image=self._texts.image(one))
            for name, one in said.items()
        }
        self.lost |= {code for one in said.values() for code in one.lost}
        self._tell(common["id"], self._texts.trouble(*said.values()))
        asked = self._asked(stem.text, common)
        if not asked:
            self.lost.add("no_question")
            common["draft"] = True
        return Choice(
            stem=asked,
            options=tuple(options.values()),
            keys=tuple(options[name].id for name in choice.rights),
            multiple=choice.multiple,
            explain=extra.text,
            **common,
        )

    # --- Pictures with parts hidden --------------------------------------------------------------

    def _occlusion(self, fields: dict[str, str]) -> Iterator[Item]:
        """A card of the whole picture: what was hidden is not told by words."""
        front = self._said(fields, [name for name in ("Header", "Image") if name in fields])
        hidden = ("Occlusion", "Question Mask", "Answer Mask", "Original Mask", "ID (hidden)")
        others = [name for name in fields if name not in ("Header", "Image", *hidden)]
        back = self._said(fields, others)
        common = self._started(front, back)
        self.lost.add("occlusion")
        asked = self._asked(front.text, common)
        is_whole = bool(asked and back.text)
        if not is_whole:
            self.lost.add("draft" if asked else "no_question")
        yield Card(front=asked, back=back.text, draft=not is_whole, **common)


def _turned(one: Sides, other: Sides) -> bool:
    """Whether a card asks for the front of another from its back, and each shows no more than that."""
    return (
        bool(one.front and other.front)
        and not one.typed
        and not other.typed
        and set(one.front) == _main(other.back)
        and set(other.front) == _main(one.back)
    )


def _main(names: Iterable[str]) -> set[str]:
    """The fields that answer; those that explain, where there are no others."""
    return {name for name in names if name.strip().casefold() not in _ASIDE} or set(names)


def _names(its: Sides) -> tuple[str, ...]:
    return (*its.front, *its.back, *its.typed, *its.hints, *its.cloze)


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


def _reads_back(parts: Sequence[str | Gap]) -> bool:
    """Whether the text of a cloze is read as these very parts."""
    try:
        return cloze_parts(cloze_text(parts).rstrip()) == tuple(parts)
    except ClozeError:
        return False
