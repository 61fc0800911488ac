"""Items to notes: every field filled, the tags, and what cannot stand on a card."""

import re
from collections.abc import Hashable
from html import escape

from quizgen.markup import to_text
from quizgen.model import Bank, Cloze, Document, Frozen, Item
from quizgen.outputs.anki.cloze import cloze_problems
from quizgen.outputs.anki.faces import Faces
from quizgen.outputs.anki.identity import FIELDS, ROOT, NoteTypeName, guid
from quizgen.outputs.anki.media import Media
from quizgen.outputs.anki.standing import cards_of, type_of
from quizgen.outputs.anki.texts import CardWords, fit, is_fit, linked, rich
from quizgen.problem import Problem

_NO_TAG = re.compile(r'[\s"]+')
_SPARE = [""] * (len(FIELDS) - FIELDS.index("Spare 1"))


class NoteText(Frozen, frozen=True, kw_only=True):
    """A note without its time: what its card says, and where its cards go."""

    item: str
    guid: str
    type: NoteTypeName
    topic: str
    fields: list[str]
    tags: tuple[str, ...]
    cards: tuple[int, ...]


class Notes:
    """Makes the notes of one bank. What is wrong with them gathers in `problems`."""

    def __init__(self, bank: Bank, words: CardWords, media: Media) -> None:
        self._bank = bank
        self._words = words
        self._media = media
        self._faces = Faces(bank.name, words, media)
        self._documents = {document.name: _cited(document) for document in bank.documents}
        self._passages = {passage.id: passage for passage in bank.passages}
        self._shown_passages: dict[str, str] = {}
        self._language = escape(bank.language)
        self._topics: dict[str, str] = {}
        self._known_tags: dict[tuple[str, str], str] = {}
        self._known_rows: dict[Hashable, tuple[str, ...]] = {}
        self._known_places: dict[tuple[str, tuple[int, ...]], str] = {}
        self.problems: list[Problem] = []

    def note(self, item: Item, *more_tags: str) -> NoteText:
        """The note of an item; `more_tags` stand below the root of all tags."""
        missing = len(self._media.missing)
        face = self._faces.face(item)
        fields = [
            face.question,
            face.kind,
            face.lead,
            face.how,
            face.options,
            face.answer,
            face.reasons,
            rich(item.explain) if item.explain else "",
            self._hint(item.hint) if item.hint else "",
            self._passage(item.passage) if item.passage else "",
            self._media.picture(item.image),
            self._media.sound(item.audio),
            self._source(item),
            self._correction(item),
            self._topic(item.topic),
            item.level,
            self._words.number(item.points),
            escape(f"{self._bank.name}/{item.id}", quote=False),
            self._language,
            face.words,
            face.data,
            face.reverse,
            *_SPARE,
        ]
        if isinstance(item, Cloze):  # Anki looks for deletions in every field
            self.problems += cloze_problems(item)
            fields[1:] = [field.replace("{{", "{&#123;") for field in fields[1:]]
        if not is_fit("".join(fields)):
            self.problems.append(_unfit(item))
            fields = [fit(field) for field in fields]
        if len(self._media.missing) > missing:
            self.problems += (_missing(item, path) for path in self._media.missing[missing:])
        return NoteText(
            item=item.id,
            guid=guid(self._bank.name, item.id),
            type=type_of(item),
            topic=item.topic,
            fields=fields,
            tags=(*more_tags, *self._tags(item)),
            cards=cards_of(item),
        )

    def _topic(self, topic: str) -> str:
        if topic not in self._topics:
            self._topics[topic] = rich(topic, inline=True)
        return self._topics[topic]

    def _hint(self, hint: str) -> str:
        label = self._words.say("hint")
        return f'<details class="hint"><summary class="tappable">{label}</summary>{rich(hint)}</details>'

    def _passage(self, name: str) -> str:
        if name not in self._shown_passages:
            passage = self._passages.get(name)
            html = ""
            if passage is not None:
                title = f"<b>{rich(passage.title, inline=True)}</b><br>" if passage.title else ""
                html = title + rich(passage.text) + self._media.picture(passage.image)
            self._shown_passages[name] = html
        return self._shown_passages[name]

    def _source(self, item: Item) -> str:
        """The document and its paragraphs, how the answer follows, and whether it is a claim."""
        words, source = self._words, item.source
        said = []
        if source is not None:
            said.append(self._place(source.document, source.paragraphs))
            if source.derived:
                said.append(words.say("derived", text=rich(source.derived, inline=True)))
        if item.claim:
            said.append(words.say("claim"))
        return ", ".join(said)

    def _correction(self, item: Item) -> str:
        """Why it was retired; when it was put right, and what was wrong."""
        words, said = self._words, []
        if item.retired:
            said.append(words.say("retired_because", text=rich(item.retired, inline=True)))
        if item.corrected is not None:
            text = rich(item.corrected.text, inline=True)
            said.append(words.say("corrected", date=words.day(item.corrected.date), text=text))
        return "<br>".join(said)

    def _place(self, document: str, paragraphs: tuple[int, ...]) -> str:
        if (document, paragraphs) not in self._known_places:
            said = [self._documents.get(document, escape(document, quote=False))]
            if paragraphs:
                number = "one" if len(paragraphs) == 1 else "many"
                said.append(self._words.say(f"paragraph_{number}", n=self._words.runs(paragraphs)))
            self._known_places[document, paragraphs] = ", ".join(said)
        return self._known_places[document, paragraphs]

    def _tags(self, item: Item) -> tuple[str, ...]:
        said = (item.level, item.goal, item.topic, item.tags, item.claim)
        if said not in self._known_rows:
            kinds = [("level", item.level), ("goal", item.goal), ("topic", item.topic)]
            kinds += (("tag", tag) for tag in item.tags)
            tags = [self._tag(*named) for named in kinds if named[1]]
            if item.claim:
                tags.append(self._tag("claim", ""))
            self._known_rows[said] = tuple(tag for tag in tags if tag)
        return self._known_rows[said]

    def _tag(self, kind: str, text: str) -> str:
        """A tag below that of the bank; empty where nothing of the text can stand in one."""
        if (kind, text) not in self._known_tags:
            name = _tag_name(text)
            parts = (ROOT, self._bank.name, kind, *([name] if name else []))
            self._known_tags[kind, text] = "" if text and not name else "::".join(parts)
        return self._known_tags[kind, text]


def plain(text: str) -> str:
    """An author's text in one line without markup."""
    return " ".join(to_text(text).split())


def _cited(document: Document) -> str:
    return linked(escape(plain(document.title), quote=False), document.url)


def _tag_name(text: str) -> str:
    """A tag's name: no space, and its parts parted by `::` not empty."""
    parts = (_NO_TAG.sub("_", fit(part).strip()) for part in text.split("::"))
    return "::".join(part for part in parts if part)


def _unfit(item: Item) -> Problem:
    return Problem(
        code="control_character",
        severity="warning",
        message="A control character cannot stand on a card; the sign \ufffd stands for it there.",
        fix="Take it out.",
        item=item.id,
    )


def _missing(item: Item, path: str) -> Problem:
    return Problem(
        code="missing_media",
        message=f'There is no file "{path}".',
        fix="Put it into questions/, or correct its path.",
        item=item.id,
    )
