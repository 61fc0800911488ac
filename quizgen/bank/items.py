"""Blocks of a question file to items of the model, by the field table.

An item with a slip in what it cannot do without is left out of the bank, its slips reported; a
draft may lack anything and is then left out without a word.
"""

from collections.abc import Callable, Mapping
from typing import Any, assert_never

from msgspec.structs import fields as struct_fields

from quizgen.bank.cloze import ClozeError, cloze_parts
from quizgen.bank.fields import (
    FILE_FIELDS,
    PASSAGE_FIELDS,
    TELLING,
    Field,
    Shape,
    fields_of,
)
from quizgen.bank.media import MediaFiles
from quizgen.bank.settings import Settings
from quizgen.bank.shapes import Shapes
from quizgen.bank.slip import Path
from quizgen.bank.tree import Block
from quizgen.model import (
    TYPES,
    Card,
    Choice,
    Cloze,
    Entry,
    Item,
    Match,
    Number,
    Open,
    Option,
    Order,
    Pair,
    Passage,
    TrueFalse,
    TypeName,
)

_FIELDS: dict[TypeName, dict[str, Field]] = {
    kind: {field.name: field for field in fields_of(kind)} for kind in TYPES
}
_ANY: dict[str, Field] = {
    name: field for fields in _FIELDS.values() for name, field in fields.items()
}
_NEEDED: dict[TypeName, tuple[str, ...]] = {
    kind: tuple(name for name, field in fields.items() if kind in field.needed)
    for kind, fields in _FIELDS.items()
}
_DEFAULTS = {field.name: field for field in FILE_FIELDS if field.name != "questions"}
_PASSAGE = tuple(field.name for field in PASSAGE_FIELDS)


class Found:
    """What one file holds: items and passages, each with the path to it."""

    def __init__(self) -> None:
        self.items: list[tuple[Item, Path]] = []
        self.passages: list[tuple[Passage, Path]] = []
        self.names: list[tuple[str, Path]] = []


class QuestionReader(Shapes):
    """Reads the value of one question file."""

    def __init__(self, settings: Settings, media: MediaFiles) -> None:
        super().__init__(media)
        self._settings = settings
        self._defaults: dict[str, Any] = {}
        self._document = ""
        self._found = Found()
        self._readers: Mapping[Shape, Callable[[Any, Path], Any]] = {
            "text": self.text, "texts": self.texts, "flag": self.flag, "whole": self.whole,
            "amount": self.amount, "value": self.value, "name": self.name, "option": self.option,
            "options": self.options, "reasons": self.reasons, "factors": self.factors,
            "tolerance": self.tolerance, "bands": self.bands, "rubric": self.rubric,
            "image": self.image, "file": self.file, "pairs": self._pairs,
        }  # fmt: skip

    def read(self, value: Any) -> Found:
        """The items and passages of a file's value."""
        if isinstance(value, list):
            self.slip(
                "no_questions",
                "The questions stand at the top of the file without a name.",
                'Write "questions:" on a line above them.',
            )
            value = Block(questions=value)
        block = self.block(value, (), "A question file") if value not in (None, "") else None
        if block is None:
            if not self.slips:
                self.slip(
                    "empty_file",
                    "The file is empty.",
                    'Write "questions:" and the first question, or delete the file.',
                    severity="warning",
                )
            return self._found
        self.known(block, (*_DEFAULTS, "questions"), (), "A question file")
        for name, field in _DEFAULTS.items():
            if name in block:
                self._default(field, block[name])
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
        if field.name == "source":
            citation = self.citation(value, ("source",), "")
            self._document = citation.document if citation else ""
            self._check_document(self._document, ("source",))
            return
        read = self._value(field, value, (field.name,))
        if read is not None:
            self._defaults[field.name] = read
        self._check_topic(self._defaults, {})

    def _questions(self, value: Any, path: Path, passage: str) -> None:
        if not isinstance(value, list):
            self.slip(
                "not_a_list",
                '"questions" takes a list.',
                'Start each question with a dash: "- id: ...".',
                path,
            )
            return
        for place, one in enumerate(value):
            self.here, self.item = (*path, place), None
            block = self.block(one, (), "A question")
            if block is None:
                continue
            if "passage" in block:
                self._group(block, passage)
            else:
                self._question(block, passage)
        self.here, self.item = (), None

    def _group(self, block: Block, within: str) -> None:
        here = self.here
        if within:
            self.slip(
                "nested_passage",
                "A passage stands within the questions of another.",
                "Give each passage an entry of its own.",
                ("passage",),
            )
        self.known(block, _PASSAGE, (), "A passage")
        text = self.text(block["passage"], ("passage",))
        title = self.text(block["title"], ("title",)) if "title" in block else ""
        image = self.image(block["image"], ("image",)) if "image" in block else None
        name = self._name(block, "passage")
        if text is not None and name is not None:
            passage = Passage(id=name, text=text.rstrip("\n"), title=title or "", image=image)
            self._found.passages.append((passage, here))
        if not block.get("questions"):
            self.slip(
                "no_questions",
                "The passage has no questions.",
                'Write "questions:" below it.',
                severity="warning",
            )
            return
        self._questions(block["questions"], (*here, "questions"), name or "")
        self.here = here

    def _name(self, block: Block, what: str) -> str | None:
        if "id" not in block:
            self.slip(
                "no_id", f"This {what} has no id.", 'Run "quizgen ids"; then never change it.'
            )
            return None
        name = self.name(block["id"], ("id",))
        if name is not None:
            self.item = name
            self._found.names.append((name, self.here))
        return name

    # --- One question ----------------------------------------------------------------------------

    def _question(self, block: Block, passage: str) -> None:
        name = self._name(block, "question")
        draft = str(block.get("draft", "")).lower() == "true" or bool(self._defaults.get("draft"))
        before = len(self.slips)
        kind = self._kind(block)
        if kind is None:
            if draft:
                del self.slips[before:]
            return
        values = self._values(block, kind)
        missing = [field for field in _NEEDED[kind] if field not in block]
        if missing and not draft:
            self.slip(
                "missing_field",
                f"This {kind.replace('_', '/')} question lacks {' and '.join(missing)}.",
                f"Write {missing[0]}: {_FIELDS[kind][missing[0]].example}.",
            )
        if missing or name is None:
            return
        values["id"] = name
        if passage:
            values["passage"] = passage
        item = self._built(kind, values)
        if item is not None:
            self._found.items.append((item, self.here))

    def _kind(self, block: Block) -> TypeName | None:
        told = {TELLING[key]: key for key in block if key in TELLING}
        if "type" in block:
            written: TypeName | None = self.word(block["type"], ("type",), TYPES)
            others = [key for kind, key in told.items() if kind != written]
            if written is not None and others:
                self.slip(
                    "two_types",
                    f'The type is {written}, but "{others[0]}" belongs to {_a(TELLING[others[0]])}.',
                    "Change the type or the field.",
                    ("type",),
                )
                return None
            return written
        if len(told) > 1:
            (first, a), (second, b) = list(told.items())[:2]
            self.slip(
                "two_types",
                f'"{a}" makes this {_a(first)}, "{b}" {_a(second)}.',
                "Keep one of the two; a question has one type.",
                (b,),
                at_key=True,
            )
            return None
        if told:
            return next(iter(told))
        unknown = [key for key in block if key not in _ANY]
        if unknown:
            self.known(block, _ANY, (), "A question")
        elif "answer" in block:
            self.slip(
                "answer_alone",
                'With "answer" alone the type of question is not clear.',
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
        fields = _FIELDS[kind]
        values = dict(self._defaults)
        for key, value in block.items():
            field = fields.get(key)
            if field is None:
                if key in _ANY:
                    self.slip(
                        "field_of_other_type",
                        f'"{key}" does not belong to {_a(kind)}.',
                        f"Delete it; it belongs to {_a(_ANY[key].types[0])}.",
                        (key,),
                        at_key=True,
                    )
                else:
                    self.known({key: value}, fields, (), "This question")
                continue
            if key in ("type", "source"):
                continue
            read = self._value(field, value, (key,), kind)
            if read is not None:
                values[key] = read
        if "tags" in values and "tags" in self._defaults:
            values["tags"] = tuple(dict.fromkeys((*self._defaults["tags"], *values["tags"])))
        if "source" in block:
            values["source"] = self.citation(block["source"], ("source",), self._document)
            if values["source"] is not None:
                self._check_document(values["source"].document, ("source",))
        self._check_topic(values, block)
        if "tags" in block:
            self._check_tags(values["tags"])
        return values

    def _value(self, field: Field, value: Any, path: Path, kind: TypeName | None = None) -> Any:
        if field.shape == "word":
            return self.word(value, path, field.words)
        if field.name == "answer" and kind == "true_false":
            return self.flag(value, path)
        if field.name == "number":
            number = self.value(value, path)
            return None if number is None else (number, value.strip())
        return self._readers[field.shape](value, path)

    # --- What must be declared -------------------------------------------------------------------

    def _check_document(self, name: str, path: Path) -> None:
        known = self._settings.documents
        if name and name not in known:
            has = (
                f"It has: {', '.join(known)}."
                if known
                else "It declares none yet: sources: {reader: {title: ...}}."
            )
            self.slip("unknown_source", f'bank.yaml declares no source "{name}".', has, path)

    def _check_topic(self, values: Mapping[str, Any], block: Mapping[str, Any]) -> None:
        topics = self._settings.topics
        topic = values.get("topic", "")
        if not topics:
            return
        if topic and topic not in topics:
            self.slip(
                "unknown_topic",
                f'bank.yaml declares no topic "{topic}".',
                f"It has: {', '.join(topics)}.",
                ("topic",) if "topic" in block or not block else (),
            )
        goal = values.get("goal", "")
        if topic in topics and goal and goal not in topics[topic]:
            self.slip(
                "unknown_goal",
                f'The topic "{topic}" has no goal "{goal}".',
                f"It has: {', '.join(topics[topic]) or 'none'}.",
                ("goal",) if "goal" in block or not block else (),
            )

    def _check_tags(self, tags: tuple[str, ...]) -> None:
        for place, tag in enumerate(tags):
            if any(sign.isspace() for sign in tag):
                self.slip(
                    "bad_tag",
                    f'The tag "{tag}" holds a space.',
                    "Write a hyphen in its place.",
                    ("tags", place),
                )

    # --- Items by type ---------------------------------------------------------------------------

    def _built(self, kind: TypeName, values: dict[str, Any]) -> Item | None:
        values = {key: value for key, value in values.items() if value is not None}
        before = len(self.slips)
        match kind:
            case "choice":
                self._choice(values)
            case "number":
                self._number(values)
            case "cloze":
                self._cloze(values)
            case "match":
                self._match(values)
            case "order":
                self._order(values)
            case "entry":
                self._entry(values)
            case "true_false" | "open" | "card":
                pass
            case _:
                assert_never(kind)
        if len(self.slips) > before:
            return None
        if not values.keys() >= _REQUIRED[kind]:
            # A needed field had a slip of its own and was left out.
            return None
        return _CLASSES[kind](**values)

    def _choice(self, values: dict[str, Any]) -> None:
        several = "answers" in values
        keys: tuple[Option, ...] = values.pop("answers", ())
        single: Option | None = values.pop("answer", None)
        if several and single is not None:
            self.slip(
                "two_keys",
                '"answer" and "answers" stand together.',
                "Keep answer: for one right option, answers: for all that apply.",
                ("answers",),
                at_key=True,
            )
        if single is not None:
            keys = (single,)
        shuffle = values.pop("shuffle", None)
        listed: tuple[Option, ...] = values.pop("options", ())
        wrong: tuple[Option, ...] = values.pop("distractors", ())
        if not keys:
            self.slip(
                "no_key",
                "No option is said to be right.",
                "Write answer: with the right one, or answers: with all that are right.",
            )
        elif listed and wrong:
            self.slip(
                "options_twice",
                '"options" and "distractors" stand together.',
                "Keep distractors:, or write all options under options: in their order.",
                ("distractors",),
                at_key=True,
            )
        elif listed:
            self._in_options(keys, listed, several=several)
        elif not wrong and not several:
            self.slip(
                "no_distractors",
                "A choice needs wrong options as well.",
                "Write distractors: [...].",
            )
        elif shuffle is False:
            self.slip(
                "shuffle_without_options",
                "Unshuffled, the right option would always stand first.",
                "Write all options under options: in the order they are to have.",
                ("shuffle",),
                at_key=True,
            )
        options = listed or (*keys, *wrong)
        self._distinct(options, "options" if listed else "distractors", 0 if listed else len(keys))
        if listed:
            by_name = {option.id: option.id for option in listed} | {
                option.text: option.id for option in listed
            }
            identities = tuple(by_name.get(key.id, by_name.get(key.text, key.id)) for key in keys)
        else:
            identities = tuple(key.id for key in keys)
        fixed = bool(listed) and shuffle is not True
        values |= {"options": options, "keys": identities, "multiple": several}
        if fixed:
            values["arrangement"] = "fixed"

    def _in_options(
        self, keys: tuple[Option, ...], listed: tuple[Option, ...], *, several: bool
    ) -> None:
        there = {option.id for option in listed} | {option.text for option in listed}
        for place, key in enumerate(keys):
            if key.id not in there and key.text not in there:
                path: Path = ("answers", place) if several else ("answer",)
                self.slip(
                    "key_not_an_option",
                    f'The answer "{key.text}" is none of the options.',
                    "Write it as it stands under options:.",
                    path,
                )

    def _distinct(self, options: tuple[Option, ...], field: str, offset: int) -> None:
        seen: dict[str, Option] = {}
        for place, option in enumerate(options):
            if option.id in seen:
                at: Path = (field, place - offset) if place >= offset else ()
                self.slip(
                    "duplicate_options",
                    f'"{option.text}" stands twice among the options.',
                    "Delete or change one of the two.",
                    at,
                )
            seen[option.id] = option

    def _number(self, values: dict[str, Any]) -> None:
        if "number" in values:
            values["value"], values["text"] = values.pop("number")
        for name in ("unit",):
            values[name] = values.get(name, "")

    def _cloze(self, values: dict[str, Any]) -> None:
        try:
            parts = cloze_parts(values.pop("cloze", "").rstrip("\n"))
        except ClozeError as error:
            self.slip(
                "bad_gap",
                str(error),
                "A gap is {{answer}}, {{answer|also right::hint}} or {{c2::answer}}.",
                ("cloze",),
            )
            return
        values["parts"] = parts
        if all(isinstance(part, str) for part in parts):
            self.slip(
                "no_gap",
                "The cloze has no gap.",
                "Put what is to be filled in into {{...}}.",
                ("cloze",),
            )

    def _match(self, values: dict[str, Any]) -> None:
        pairs: tuple[Pair, ...] = values.pop("match", ())
        values["pairs"] = pairs
        if len(pairs) < 2 and pairs:
            self.slip(
                "too_few_pairs",
                "A match needs two pairs at least.",
                "Add a pair, or make it a card.",
                ("match",),
            )
        lefts = [pair.left.id for pair in pairs]
        for place, left in enumerate(lefts):
            if left in lefts[:place]:
                self.slip(
                    "duplicate_options",
                    f'"{pairs[place].left.text}" stands twice on the left.',
                    "Delete or change one of the two.",
                    ("match",),
                )
        rights = {pair.right.id for pair in pairs}
        for place, option in enumerate(values.get("extra", ())):
            if option.id in rights:
                self.slip(
                    "duplicate_options",
                    f'"{option.text}" is extra, but it belongs to a pair, too.',
                    "Take it out of extra.",
                    ("extra", place),
                )
            rights.add(option.id)

    def _order(self, values: dict[str, Any]) -> None:
        sequence = values.pop("order", ())
        values["sequence"] = sequence
        if len(sequence) == 1:
            self.slip(
                "too_few_options",
                "One thing alone has no order.",
                "Write two at least.",
                ("order",),
            )
        self._distinct(sequence, "order", 0)

    def _entry(self, values: dict[str, Any]) -> None:
        if not values.get("accept"):
            values.pop("accept", None)

    def _pairs(self, value: Any, path: Path) -> tuple[Pair, ...]:
        rows: list[tuple[Any, Any, Path, Path]] = []
        if isinstance(value, Block):
            rows = [(left, right, (*path, left), (*path, left)) for left, right in value.items()]
        else:
            for place, row in enumerate(self.listed(value, path)):
                if isinstance(row, list) and len(row) == 2:
                    rows.append((row[0], row[1], (*path, place, 0), (*path, place, 1)))
                else:
                    self.slip(
                        "not_a_pair", "This is no pair.", "Write [left, right].", (*path, place)
                    )
        pairs = []
        shared: dict[str, Option] = {}
        for left, right, left_path, right_path in rows:
            a, b = self.option(left, left_path), self.option(right, right_path)
            if a is not None and b is not None:
                pairs.append(Pair(left=a, right=shared.setdefault(b.id, b)))
        return tuple(pairs)


_CLASSES: dict[TypeName, type[Item]] = {
    "choice": Choice, "true_false": TrueFalse, "entry": Entry, "number": Number, "cloze": Cloze,
    "match": Match, "order": Order, "open": Open, "card": Card,
}  # fmt: skip
_REQUIRED = {
    kind: {field.name for field in struct_fields(shape) if field.required}
    for kind, shape in _CLASSES.items()
}


def _a(kind: TypeName) -> str:
    names: dict[TypeName, str] = {
        "choice": "a choice", "true_false": "a true/false question", "entry": "a typed answer",
        "number": "a number", "cloze": "a cloze", "match": "a match", "order": "an order",
        "open": "an open question", "card": "a card",
    }  # fmt: skip
    return names[kind]
