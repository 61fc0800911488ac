"""Blocks of a question file to items of the model, by the field table.

An item with a slip in what it cannot do without is left out of the bank, its slips reported; a
draft may lack anything, a field with nothing behind it being none, and is then left out without a
word, but counted.
"""

from collections.abc import Mapping
from typing import Any

from quizgen.bank.assembly import Assembly
from quizgen.bank.fields import FILE_FIELDS, PASSAGE_FIELDS, TELLING, Field
from quizgen.bank.media import MediaFiles
from quizgen.bank.question import ANY, CALLED, FIELDS, QuestionFields
from quizgen.bank.settings import Settings
from quizgen.bank.shapes import NAME
from quizgen.bank.slip import Mark, Path, Slip
from quizgen.bank.tree import Block
from quizgen.model import TYPES, Item, Passage, TypeName

_NEEDED: dict[TypeName, dict[str, Field]] = {
    kind: {name: field for name, field in fields.items() if kind in field.needed}
    for kind, fields in FIELDS.items()
}
_DEFAULTS = {field.name: field for field in FILE_FIELDS if field.name != "questions"}
_PASSAGE = tuple(field.name for field in PASSAGE_FIELDS)
_COMMON = frozenset(name for name, field in ANY.items() if field.types == TYPES)


class Found:
    """What one file holds: its items and passages, and each one's name with its place."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.passages: list[Passage] = []
        self.names: list[tuple[str, Path, Mark]] = []
        self.ignore: Mapping[str, str] = {}
        """The rules that the file does without, each with the reason."""
        self.drafts = 0


class QuestionReader(QuestionFields):
    """Reads the value of one question file: its defaults, passages and questions."""

    def __init__(self, settings: Settings, media: MediaFiles) -> None:
        super().__init__(settings, media)
        self._found = Found()
        self._assembly = Assembly(self.slip)

    def read(self, value: Any) -> Found:
        """The items and passages of a file's value."""
        if value is None or value == "":
            self.slip(
                "empty_file",
                "The file is empty.",
                'Write "questions:" and the first question, or delete the file.',
                severity="warning",
            )
            return self._found
        if isinstance(value, list):
            self.slip(
                "no_questions_key",
                "The questions stand at the top of the file without a name.",
                'Write "questions:" on a line above them.',
            )
            return self._found
        block = self.block(value, (), "A question file")
        if block is None:
            return self._found
        self.known(block, (*_DEFAULTS, "questions"), (), "A question file")
        for name, field in _DEFAULTS.items():
            if name in block:
                self._default(field, block[name])
        self.check_topic(self.defaults, self.defaults)
        if not block.get("questions"):
            self.slip(
                "no_questions",
                "The file holds no questions.",
                'Write "questions:" and the first question, or delete the file.',
                severity="warning",
            )
            return self._found
        self._questions(block["questions"], ("questions",), "")
        return self._found

    def _default(self, field: Field, value: Any) -> None:
        if field.name == "source" and isinstance(value, Block):
            self.slip(
                "wrong_type",
                "At the top of a file, source names the document alone.",
                "Write source: NAME here, and the paragraph and terms with each question.",
                ("source",),
            )
            return
        read = self.reader(field)(value, (field.name,))
        if field.name == "source":
            self.document = read or ""
            self.check_document(self.document, ("source",))
        elif field.name == "ignore":
            self._found.ignore = read
        elif read is not None:
            self.defaults[field.name] = read

    def _questions(self, value: Any, path: Path, passage: str) -> None:
        if not isinstance(value, list):
            self.here = path[:-1]
            self.slip(
                "not_a_list",
                '"questions" takes a list.',
                'Start each question with a dash: "- id: ...".',
                ("questions",),
            )
            return
        for place, one in enumerate(value):
            self.here, self.item = (*path, place), None
            if one.__class__ is not Block:
                self.block(one, (), "A question", "Write stem: and the question, then its answer.")
            elif "passage" in one:
                self._group(one, passage)
            else:
                self._question(one, passage)
        self.here, self.item = (), None

    def _group(self, block: Block, within: str) -> None:
        here = self.here
        if within:
            self.slip(
                "nested_passage",
                "A passage stands within the questions of another.",
                "Give each passage an entry of its own.",
                ("passage",),
                at_key=True,
            )
        if "questions" not in block and any(key in TELLING for key in block):
            self.slip(
                "passage_in_question",
                "A passage stands within a question.",
                "Give the passage an entry of its own, with its questions under questions:.",
                ("passage",),
                at_key=True,
            )
            return
        self.known(block, _PASSAGE, (), "A passage")
        text = self.text(block["passage"], ("passage",))
        title = self.text(block["title"], ("title",)) if "title" in block else ""
        image = self.image(block["image"], ("image",)) if "image" in block else None
        name = self._name(block, "passage")
        if text is not None and name is not None:
            passage = Passage(id=name, text=text, title=title or "", image=image)
            self._found.passages.append(passage)
        if not block.get("questions"):
            self.slip(
                "no_questions",
                "The passage has no questions.",
                'Write "questions:" below it, or delete it.',
                severity="warning",
            )
            return
        self._questions(block["questions"], (*here, "questions"), name or "")

    def _name(self, block: Block, what: str) -> str | None:
        written = block.get("id")
        if written is None:
            self.slip(
                "no_id", f"This {what} has no id.", 'Run "quizgen ids"; then never change it.'
            )
            return None
        if written.__class__ is str and NAME.fullmatch(written):
            name: str | None = written
        else:
            name = self.name(written, ("id",))
        if name is not None:
            self.item = name
            self._found.names.append((name, self.here, (block.line, block.column)))
        return name

    # --- One question ----------------------------------------------------------------------------

    def _question(self, block: Block, passage: str) -> None:
        name = self._name(block, "question")
        before = len(self.slips)
        is_draft = self._is_draft(block)
        if is_draft:
            self._found.drafts += 1
            block = _without_empty(block)
        kind = self.kind_of(block)
        if kind is None:
            if is_draft:
                del self.slips[before:]
            return
        values = self.values_of(block, kind)
        is_spoilt = len(self.slips) > before and any(map(self._spoils, self.slips[before:]))
        needed = _NEEDED[kind]
        missing = [] if block.keys() >= needed.keys() else [n for n in needed if n not in block]
        if missing and not is_draft and not is_spoilt:
            self.slip(
                "missing_field",
                f'This question lacks "{missing[0]}"; {CALLED[kind]} needs it.',
                f"Write {missing[0]}: {self._example(missing[0], kind)}",
            )
        if missing or is_spoilt:
            return
        values["id"] = name or "nameless"
        if passage:
            values["passage"] = passage
        item = self._assembly.item(kind, values, is_draft=is_draft, is_new="id" not in block)
        if item is not None and name is not None:
            self._found.items.append(item)

    @staticmethod
    def _example(name: str, kind: TypeName) -> str:
        is_decision = kind == "true_false" and name == "answer"
        return "true, or false" if is_decision else f"..., such as: {FIELDS[kind][name].example}"

    def _is_draft(self, block: Block) -> bool:
        written = block.get("draft")
        if isinstance(written, str):
            return written.lower() == "true"
        return bool(self.defaults.get("draft"))

    def _spoils(self, slip: Slip) -> bool:
        """Whether after this slip nothing can be said of how the fields go together."""
        within = slip.path[len(self.here) :]
        return slip.code == "unknown_field" or (bool(within) and within[0] not in _COMMON)


def _without_empty(block: Block) -> Block:
    """The fields of a draft that have something behind them, in the same place."""
    written = Block({key: value for key, value in block.items() if value not in (None, "")})
    written.line, written.column = block.line, block.column
    return written
