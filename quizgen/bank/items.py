"""Blocks of a question file to items of the model, by the field table.

An item with a slip in what it cannot do without is left out of the bank, its slips reported; a
draft may lack anything and is then left out without a word.
"""

from collections.abc import Callable, Mapping
from typing import Any

from quizgen.bank.assembly import Assembly
from quizgen.bank.fields import (
    FILE_FIELDS,
    PASSAGE_FIELDS,
    TELLING,
    Field,
    Shape,
    fields_of,
)
from quizgen.bank.limits import TEXT
from quizgen.bank.media import MediaFiles
from quizgen.bank.parts import Parts
from quizgen.bank.settings import Settings
from quizgen.bank.shapes import NAME
from quizgen.bank.slip import Mark, Path, Slip
from quizgen.bank.tree import Block
from quizgen.model import TYPES, Item, Passage, TypeName

_FIELDS: dict[TypeName, dict[str, Field]] = {
    kind: {field.name: field for field in fields_of(kind)} for kind in TYPES
}
_ANY: dict[str, Field] = {
    name: field for fields in _FIELDS.values() for name, field in fields.items()
}
_NEEDED: dict[TypeName, dict[str, Field]] = {
    kind: {name: field for name, field in fields.items() if kind in field.needed}
    for kind, fields in _FIELDS.items()
}
_DEFAULTS = {field.name: field for field in FILE_FIELDS if field.name != "questions"}
_PASSAGE = tuple(field.name for field in PASSAGE_FIELDS)
_COMMON = frozenset(name for name, field in _ANY.items() if field.types == TYPES)
_CALLED: Mapping[TypeName, str] = {
    "choice": "a choice", "true_false": "a true/false question", "entry": "a typed answer",
    "number": "a number", "cloze": "a cloze", "match": "a match", "order": "an order",
    "open": "an open question", "card": "a card",
}  # fmt: skip
_Reader = Callable[[Any, Path], Any]


class Found:
    """What one file holds: its items and passages, and each one's name with its place."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.passages: list[Passage] = []
        self.names: list[tuple[str, Path, Mark]] = []


class QuestionReader(Parts):
    """Reads the value of one question file."""

    def __init__(self, settings: Settings, media: MediaFiles) -> None:
        super().__init__(media)
        self._settings = settings
        self._defaults: dict[str, Any] = {}
        self._document = ""
        self._found = Found()
        self._assembly = Assembly(self.slip)
        self._good_tags: set[str] = set()
        self._take_text = self.text
        self._shapes: Mapping[Shape, _Reader] = {
            "text": self._take_text, "texts": self.texts, "flag": self.flag, "whole": self.whole,
            "amount": self.amount, "name": self.name, "option": self.option,
            "options": self.options, "reasons": self.reasons, "factors": self.factors,
            "tolerance": self.tolerance, "bands": self.bands, "rubric": self.rubric,
            "image": self.image, "file": self.audio, "pairs": self.pairs, "value": self._number,
            "citation": self._citation,
        }  # fmt: skip
        self._readers: Mapping[TypeName, Mapping[str, _Reader]] = {
            kind: {name: self._reader(field, kind) for name, field in fields.items()}
            for kind, fields in _FIELDS.items()
        }

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
        self._check_topic(self._defaults, self._defaults)
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
        read = self._reader(field)(value, (field.name,))
        if field.name == "source":
            self._document = read or ""
            self._check_document(self._document, ("source",))
        elif read is not None:
            self._defaults[field.name] = read

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
        kind = self._kind(block)
        if kind is None:
            if is_draft:
                del self.slips[before:]
            return
        values = self._values(block, kind)
        is_spoilt = len(self.slips) > before and any(map(self._spoils, self.slips[before:]))
        needed = _NEEDED[kind]
        missing = [] if block.keys() >= needed.keys() else [n for n in needed if n not in block]
        if missing and not is_draft and not is_spoilt:
            self.slip(
                "missing_field",
                f'This question lacks "{missing[0]}"; {_CALLED[kind]} needs it.',
                f"Write {missing[0]}: {self._example(missing[0], kind)}",
            )
        if missing or is_spoilt:
            return
        values["id"] = name or "nameless"
        if passage:
            values["passage"] = passage
        item = self._assembly.item(kind, values, is_draft=is_draft)
        if item is not None and name is not None:
            self._found.items.append(item)

    @staticmethod
    def _example(name: str, kind: TypeName) -> str:
        is_decision = kind == "true_false" and name == "answer"
        return "true, or false" if is_decision else f"..., such as: {_FIELDS[kind][name].example}"

    def _is_draft(self, block: Block) -> bool:
        written = block.get("draft")
        if isinstance(written, str):
            return written.lower() == "true"
        return bool(self._defaults.get("draft"))

    def _spoils(self, slip: Slip) -> bool:
        """Whether after this slip nothing can be said of how the fields go together."""
        within = slip.path[len(self.here) :]
        return slip.code == "unknown_field" or (bool(within) and within[0] not in _COMMON)

    def _kind(self, block: Block) -> TypeName | None:
        keys = TELLING.keys() & block.keys()
        if len(keys) == 1 and "type" not in block:
            return TELLING[keys.pop()]
        told = {TELLING[key]: key for key in block if key in keys}
        if "type" in block:
            written: TypeName | None = self.word(block["type"], ("type",), TYPES)
            others = [key for kind, key in told.items() if kind != written]
            if written is not None and others:
                self.slip(
                    "two_types",
                    f'The type is {written}, but "{others[0]}" belongs to {_CALLED[TELLING[others[0]]]}.',
                    "Change the type or the field.",
                    ("type",),
                )
                return None
            return written
        if len(told) == 1:
            return next(iter(told))
        if told:
            (first, a), (second, b) = list(told.items())[:2]
            self.slip(
                "two_types",
                f'"{a}" makes this {_CALLED[first]}, "{b}" {_CALLED[second]}.',
                "Keep one of the two; a question has one type.",
                (b,),
                at_key=True,
            )
        elif any(key not in _ANY for key in block):
            self.known(block, _ANY, (), "A question")
        elif "answer" in block:
            self.slip(
                "answer_alone",
                'With "answer" alone the type of the question is not clear.',
                "Add distractors: [...] for a choice; write accept: for a typed answer, number: for a number, statement: for true/false.",
                ("answer",),
                at_key=True,
            )
        else:
            self.slip(
                "no_answer",
                "This question has no answer.",
                "Write answer: and distractors:, or accept:, number:, cloze:, match:, order:, model: or back:.",
            )
        return None

    def _values(self, block: Block, kind: TypeName) -> dict[str, Any]:
        readers = self._readers[kind]
        take_text = self._take_text
        values = dict(self._defaults)
        for key, value in block.items():
            reader = readers.get(key)
            if reader is None:
                self._strange(key, kind)
            elif (
                reader is take_text
                and value.__class__ is str
                and (text := value.rstrip())
                and len(text) <= TEXT
            ):  # most fields, without a call
                values[key] = text
            elif (read := reader(value, (key,))) is not None:
                values[key] = read
        values.pop("type", None)
        if "tags" in block and "tags" in self._defaults:
            values["tags"] = tuple(dict.fromkeys((*self._defaults["tags"], *values["tags"])))
        if "topic" in block or "goal" in block:
            self._check_topic(values, block)
        return values

    def _strange(self, key: str, kind: TypeName) -> None:
        if key not in _ANY:
            self.known({key: None}, _FIELDS[kind], (), "This question")
            return
        self.slip(
            "field_of_other_type",
            f'"{key}" does not belong to {_CALLED[kind]}.',
            f"Delete it; it belongs to {_CALLED[_ANY[key].types[0]]}.",
            (key,),
            at_key=True,
        )

    # --- How fields are read ---------------------------------------------------------------------

    def _reader(self, field: Field, kind: TypeName | None = None) -> _Reader:
        if field.name == "id":
            return lambda _value, _path: None  # read already
        if field.shape == "word":
            return lambda value, path: self.word(value, path, field.words)
        if field.name == "answer":
            return self.flag if kind == "true_false" else self._answer
        return self._tags if field.name == "tags" else self._shapes[field.shape]

    def _answer(self, value: Any, path: Path) -> Any:
        if not isinstance(value, list):
            return self.option(value, path)
        self.slip(
            "wrong_type",
            '"answer" is one option, but a list stands here.',
            "Write answers: with a list of all that are right.",
            path,
            at_key=True,
        )
        return None

    def _number(self, value: Any, path: Path) -> Any:
        number = self.value(value, path)
        return None if number is None else (number, value.strip())

    def _citation(self, value: Any, path: Path) -> Any:
        citation = self.citation(value, path, self._document)
        if citation is not None:
            self._check_document(citation.document, path)
        return citation

    def _tags(self, value: Any, path: Path) -> tuple[str, ...]:
        tags = self.texts(value, path)
        if self._good_tags.issuperset(tags):
            return tags
        for place, tag in enumerate(tags):
            if len(tag.split()) == 1:
                self._good_tags.add(tag)
            else:
                self.slip(
                    "bad_tag",
                    f'The tag "{tag[:40]}" holds a space.',
                    f"Write {'-'.join(tag[:40].split())}.",
                    (*path, place) if isinstance(value, list) else path,
                )
        return tags

    # --- What must be declared -------------------------------------------------------------------

    def _check_document(self, name: str, path: Path) -> None:
        known = self._settings.documents
        if name and name not in known and self._settings.is_whole:
            has = (
                f"It has: {', '.join(known)}."
                if known
                else "It declares none yet: sources: {reader: {title: ...}}."
            )
            self.slip("unknown_source", f'bank.yaml declares no source "{name}".', has, path)

    def _check_topic(self, values: Mapping[str, Any], block: Mapping[str, Any]) -> None:
        topics = self._settings.topics
        topic = values.get("topic", "")
        if not topics or not self._settings.is_whole:
            return
        if topic and topic not in topics:
            self.slip(
                "unknown_topic",
                f'bank.yaml declares no topic "{topic}".',
                f"It has: {', '.join(topics)}.",
                ("topic",) if "topic" in block else (),
            )
        goal = values.get("goal", "")
        if topic in topics and goal and goal not in topics[topic]:
            self.slip(
                "unknown_goal",
                f'The topic "{topic}" has no goal "{goal}".',
                f"It has: {', '.join(topics[topic]) or 'none'}.",
                ("goal",) if "goal" in block else (),
            )
