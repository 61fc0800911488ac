"""One note of another program on its way to items."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from quizgen.bank.cloze import ClozeError, cloze_parts
from quizgen.bank.limits import OPTIONS
from quizgen.bank.names import name_from
from quizgen.bank.shapes import identity
from quizgen.bank.writing import cloze_text
from quizgen.imports.anki.choices import ChoiceFields, choice_fields, in_order, is_mark
from quizgen.imports.anki.collection import Note
from quizgen.imports.anki.foreigntexts import FieldTexts, Said
from quizgen.imports.anki.gaps import filled, signed
from quizgen.imports.anki.templates import Block, Sides, field
from quizgen.imports.imported import Remark
from quizgen.imports.media import NO_WORDS
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


def is_occlusion(note: Note) -> bool:
    """Whether a note hides parts of a picture."""
    return note.type.stock == _OCCLUSION or not _MASKS.isdisjoint(note.type.fields)


class Reading:
    """One note on its way to items."""

    def __init__(self, note: Note, topic: str, texts: FieldTexts, taken: set[str]) -> None:
        self._note = note
        names = note.type.fields
        self._fields = dict(zip(names, (*note.fields, *[""] * len(names)), strict=False))
        self._texts = texts
        self._taken = taken
        tags = tuple(dict.fromkeys(tag for tag in note.tags if tag.casefold() not in _LEARNERS))
        self._common: dict[str, Any] = {"topic": topic, "tags": tags}
        self.lost: set[str] = set() if len(tags) == len(set(note.tags)) else {"learner_tags"}
        self.told: list[Remark] = []
        """What is said of files: of which question, and in `detail` of which file."""

    def items(self, its: Sequence[Sides]) -> Iterator[Item]:
        """The items of its cards, each of which shows one of `its` sides."""
        note = self._note
        if is_occlusion(note):
            yield from self._occlusion()
            return
        cards = [place for place in note.cards if place < len(its)] or ([0] if its else [])
        if note.type.is_cloze and its:
            yield from self._cloze(its[0])
            return
        choice = choice_fields({name: self._in_words(html) for name, html in self._fields.items()})
        if choice and cards:
            options = set(choice.options)
            shown = [place for place in cards if len(options & _names(its[place].front)) > 1]
            if item := self._choice(choice, its[(shown or cards)[0]]):
                yield item
                self.lost |= {"same_card"} if len(shown) > 1 else set()
                cards = [place for place in cards if place not in (shown or cards[:1])]
        done: list[Sides] = []
        for place in cards:
            one = its[place]
            if any(_turned(before, one) for before in done):
                continue
            turned = [its[other] for other in cards if other > place and _turned(one, its[other])]
            done.append(one)
            yield from self._asked_both_ways(one, turned)

    def shown(self, its: Sides) -> Iterator[Item]:
        """What a card that shows these fields asks and answers."""
        if self._note.type.is_cloze:
            yield from self._cloze(its)
        elif item := self._card(its, is_reversed=False):
            yield item

    # --- Cards and typed answers -----------------------------------------------------------------

    def _asked_both_ways(self, its: Sides, turned: Sequence[Sides]) -> Iterator[Item]:
        """One card, reversed where others turn it round.

        Where its answer has no words, that answer asks: the back of a reversed card shows the
        picture of the question, but plays no sound.
        """
        is_reversed = bool(turned)
        if turned and self._said(its.front).text and not self._said(its.back).text:
            is_reversed = bool(self._texts.pictures(self._said(its.back)))
            its = turned[0]
            if not is_reversed:
                self.lost.add("one_way")
        if item := self._card(its, is_reversed=is_reversed):
            yield item

    def _card(self, its: Sides, *, is_reversed: bool) -> Item | None:
        front = self._said(its.front)
        main, aside = _parted(its)
        back = self._said((*map(field, its.typed), *main))
        explain = self._said(aside)
        if front.is_empty and back.is_empty and explain.is_empty:
            return None
        self.lost |= its.lost
        hints = self._said(map(field, its.hints))
        answer, more = (back.text, explain.text) if back.text else (explain.text, "")
        common = self._started(front, back, explain, hints=hints, is_answered=bool(answer))
        asked = self._asked(front.text, common)
        if not asked:
            self.lost.add("no_question")
        elif not answer and not any(map(self._texts.files, (back, explain))):
            self.lost.add("draft")
        if not asked or not answer:
            return Card(front=asked, back=answer, draft=True, **common)
        typed = self._texts.words(self._fields[its.typed[0]]) if its.typed else ""
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

    def _said(self, blocks: Iterable[Block]) -> Said:
        return self._texts.said(self._html(blocks))

    def _in_words(self, html: str) -> str:
        """The words of a field; where it only shows a picture, the HTML that does."""
        return self._texts.words(html) or ("" if "<img" not in html.lower() else html)

    def _html(self, blocks: Iterable[Block]) -> str:
        return "<br><br>".join(filter(None, (block.html(self._fields) for block in blocks)))

    # --- Clozes ----------------------------------------------------------------------------------

    def _cloze(self, its: Sides) -> Iterator[Item]:
        fields = self._note.type.fields
        blocks = its.cloze or tuple(map(field, fields[:1]))
        text = signed(self._html(blocks))
        body = self._texts.said(text.html)
        known = {block.key for block in blocks}
        stem = self._said(block for block in its.front if block.key not in known)
        back = [*its.back, *(field(name) for name in its.typed if name not in _names(blocks))]
        extra = self._texts.said(filled(self._html(back)))
        if body.is_empty and stem.is_empty:
            return
        gaps: dict[str, Gap] = {}
        for sign, gap in text.gaps.items():
            read = self._texts.latex if sign in body.formulas else self._texts.gap
            if answer := read(gap.answer):
                hint = read(gap.hint) if gap.hint else ""
                gaps[sign] = Gap(number=gap.number, accept=(answer,), hint=hint)
                self.lost |= {"lost_hint"} if gap.hint.strip() and not hint else set()
            else:
                self.lost.add("lost_gap")
        self.lost |= text.changes | its.lost
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
        hints = self._said(map(field, its.hints))
        common = self._started(asked, extra, *inside, hints=hints)
        common["explain"] = extra.text
        if gaps and _reads_back(parts):
            yield Cloze(stem=stem.text, parts=parts, **common)
            return
        self.lost.add("draft")
        shown = "".join(part if isinstance(part, str) else part.accept[0] for part in parts)
        yield Card(front=self._asked(shown, common), back="", draft=True, **common)

    # --- Choices ---------------------------------------------------------------------------------

    def _choice(self, choice: ChoiceFields, its: Sides) -> Item | None:
        """None, with the reason among the `lost`, where the fields make no choice."""
        if not choice.rights:
            self.lost.add("unclear_key")
            return None
        said = {name: self._said([field(name)]) for name in choice.options}
        options = self._options(said)
        if len({option.id for option in options.values()}) < len(said) or len(said) > OPTIONS:
            self.lost.add("no_choice")
            return None
        self._tell_marks(its, choice)
        left = [one for one in its.blocks if not set(one.names) & {*choice.options, *choice.used}]
        front = [one for one in its.front if choice.question in one.names or one in left]
        aside = [one for one in front if one.names and _ASIDE.issuperset(map(_folded, one.names))]
        stem = self._said(one for one in front if one not in aside) if front else _NOTHING
        if stem.is_empty or choice.question not in _names(front):
            stem = self._said([field(choice.question)])
        extra = self._said([*aside, *(one for one in its.back if one in left)])
        common = self._started(stem, extra)
        self.lost |= its.lost.union(*(one.lost for one in said.values()))
        for one in said.values():
            more = (self._texts.pictures(one)[1:], self._texts.sounds(one))
            codes = ("more_pictures", "more_sounds")
            self._tell(
                common["id"],
                ((code, file) for code, files in zip(codes, more, strict=True) for file in files),
            )
        self._tell(common["id"], self._texts.trouble(*said.values()))
        asked = self._asked(stem.text, common)
        if not asked:
            self.lost.add("no_question")
            common["draft"] = True
        item = Choice(
            stem=asked,
            options=tuple(options.values()),
            keys=tuple(options[name].id for name in choice.rights),
            multiple=choice.multiple,
            explain=extra.text,
            **common,
        )
        return in_order(item)

    def _options(self, said: Mapping[str, Said]) -> dict[str, Option]:
        """The options by their fields; a picture is called by its words, or by a number."""
        found: dict[str, Option] = {}
        for place, (name, one) in enumerate(said.items(), start=1):
            image, text = self._texts.image(one), one.text
            if image and image.alt == NO_WORDS:
                self.lost.add("no_alt")
            if image and not text:
                self.lost.add("picture_option")
                text = f"Picture {place}" if image.alt == NO_WORDS else image.alt
            if text:
                found[name] = Option(id=identity(text), text=text, image=image)
        return found

    def _tell_marks(self, its: Sides, choice: ChoiceFields) -> None:
        """Words beside options and the key are not kept; letters of options are no loss."""
        used = {*choice.options, *choice.used} - {choice.question}
        words = " ".join(one.words for one in its.blocks if used.intersection(one.names))
        if not is_mark(words):
            self.lost.add("label")

    # --- Pictures with parts hidden --------------------------------------------------------------

    def _occlusion(self) -> Iterator[Item]:
        """A card of the whole picture: what was hidden is not told by words."""
        front = self._said(field(name) for name in ("Header", "Image") if name in self._fields)
        hidden = ("Occlusion", "Question Mask", "Answer Mask", "Original Mask", "ID (hidden)")
        others = [name for name in self._fields if name not in ("Header", "Image", *hidden)]
        back = self._said(map(field, others))
        common = self._started(front, back)
        self.lost.add("occlusion")
        asked = self._asked(front.text, common)
        is_whole = bool(asked and back.text)
        if not is_whole:
            self.lost.add("draft" if asked else "no_question")
        yield Card(front=asked, back=back.text, draft=not is_whole, **common)


def _parted(its: Sides) -> tuple[list[Block], list[Block]]:
    """The blocks of a back that answer, and those that explain: by the names of their fields.

    Words alone belong to the field that follows them, and explain where none does.
    """
    main: list[Block] = []
    aside: list[Block] = []
    waiting: list[Block] = []
    for block in its.back:
        if not block.names:
            waiting.append(block)
            continue
        where = aside if _ASIDE.issuperset(map(_folded, block.names)) else main
        where += [*waiting, block]
        waiting = []
    if not main and not its.typed:
        return [*aside, *waiting], []
    return main, [*aside, *waiting]


def _turned(one: Sides, other: Sides) -> bool:
    """Whether a card asks for the front of another from its back, and each shows no more than that."""
    if one.typed or other.typed or not one.front or not other.front:
        return False
    (answer, more), (asked, others) = _parted(one), _parted(other)
    return (
        _keys(one.front) == _keys(asked)
        and _keys(other.front) == _keys(answer)
        and _keys(others) <= _keys(more)
        and set(other.hints) <= {*one.hints, *_names(one.front), *_names(answer)}
    )


def _folded(name: str) -> str:
    return name.strip().casefold()


def _keys(blocks: Iterable[Block]) -> set[str]:
    return {block.key for block in blocks}


def _names(blocks: Iterable[Block]) -> set[str]:
    return {name for block in blocks for name in block.names}


def _reads_back(parts: Sequence[str | Gap]) -> bool:
    """Whether the text of a cloze is read as these very parts."""
    try:
        return cloze_parts(cloze_text(parts).rstrip()) == tuple(parts)
    except ClozeError:
        return False
