"""The fields of one question to typed values: its type, each field by its shape, and what
bank.yaml must declare of them.
"""

from collections.abc import Callable, Mapping
from typing import Any

from quizgen.bank.fields import TELLING, Field, Shape, fields_of
from quizgen.bank.limits import TEXT
from quizgen.bank.media import MediaFiles
from quizgen.bank.parts import Parts
from quizgen.bank.settings import Settings
from quizgen.bank.slip import Path
from quizgen.bank.tree import Block
from quizgen.model import TYPES, TypeName

FIELDS: dict[TypeName, dict[str, Field]] = {
    kind: {field.name: field for field in fields_of(kind)} for kind in TYPES
}
ANY: dict[str, Field] = {
    name: field for fields in FIELDS.values() for name, field in fields.items()
}
CALLED: Mapping[TypeName, str] = {
    "choice": "a choice", "true_false": "a true/false question", "entry": "a typed answer",
    "number": "a number", "cloze": "a cloze", "match": "a match", "order": "an order",
    "open": "an open question", "card": "a card",
}  # fmt: skip
_Reader = Callable[[Any, Path], Any]


class QuestionFields(Parts):
    """Reads the fields of questions; `defaults` and `document` are what the file says for all."""

    def __init__(self, settings: Settings, media: MediaFiles) -> None:
        super().__init__(media)
        self.settings = settings
        self.defaults: dict[str, Any] = {}
        self.document = ""
        self._good_tags: set[str] = set()
        self._take_text = self.text
        self._shapes: Mapping[Shape, _Reader] = {
            "text": self._take_text, "texts": self.texts, "flag": self.flag, "whole": self.whole,
            "amount": self.amount, "name": self.name, "option": self.option,
            "options": self.options, "reasons": self.reasons, "factors": self.factors,
            "tolerance": self.tolerance, "bands": self.bands, "rubric": self.rubric,
            "image": self.image, "file": self.audio, "pairs": self.pairs, "value": self._number,
            "citation": self._citation, "correction": self.correction,
        }  # fmt: skip
        self._readers: Mapping[TypeName, Mapping[str, _Reader]] = {
            kind: {name: self.reader(field, kind) for name, field in fields.items()}
            for kind, fields in FIELDS.items()
        }

    def kind_of(self, block: Block) -> TypeName | None:
        """The type that is written, or that the keys tell; None, and a slip, where it is not clear."""
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
                    f'The type is {written}, but "{others[0]}" belongs to {CALLED[TELLING[others[0]]]}.',
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
                f'"{a}" makes this {CALLED[first]}, "{b}" {CALLED[second]}.',
                "Keep one of the two; a question has one type.",
                (b,),
                at_key=True,
            )
        else:
            self._tell_nothing(block)
        return None

    def _tell_nothing(self, block: Block) -> None:
        """No key tells the type: one is misspelt, or the answer is missing."""
        if any(key not in ANY for key in block):
            self.known(block, ANY, (), "A question")
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

    def values_of(self, block: Block, kind: TypeName) -> dict[str, Any]:
        """The values by field, those of the file among them; without what could not be read."""
        readers = self._readers[kind]
        take_text = self._take_text
        values = dict(self.defaults)
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
        if "tags" in block and "tags" in self.defaults:
            values["tags"] = tuple(dict.fromkeys((*self.defaults["tags"], *values["tags"])))
        if "topic" in block or "goal" in block:
            self.check_topic(values, block)
        return values

    def _strange(self, key: str, kind: TypeName) -> None:
        if key not in ANY:
            self.known({key: None}, FIELDS[kind], (), "This question")
            return
        self.slip(
            "field_of_other_type",
            f'"{key}" does not belong to {CALLED[kind]}.',
            f"Delete it; it belongs to {CALLED[ANY[key].types[0]]}.",
            (key,),
            at_key=True,
        )

    # --- How fields are read ---------------------------------------------------------------------

    def reader(self, field: Field, kind: TypeName | None = None) -> _Reader:
        """What reads a field, of items of a type where that matters."""
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
        citation = self.citation(value, path, self.document)
        if citation is not None:
            self.check_document(citation.document, path)
        return citation

    def _tags(self, value: Any, path: Path) -> tuple[str, ...]:
        """The tags, each once."""
        tags = self.texts(value, path)
        if self._good_tags.issuperset(tags):
            return tuple(dict.fromkeys(tags))
        is_list = isinstance(value, list)
        for place, tag in enumerate(tags):
            has_space = len(tag.split()) > 1
            if not has_space and (is_list or "," not in tag):
                self._good_tags.add(tag)
            else:
                self.slip(
                    "bad_tag",
                    f'The tag "{tag[:40]}" holds a {"space" if has_space else "comma"}.',
                    f"Write {_tags_meant(tag[:40], is_list=is_list)}.",
                    (*path, place) if is_list else path,
                )
        return tuple(dict.fromkeys(tags))

    # --- What must be declared -------------------------------------------------------------------

    def check_document(self, name: str, path: Path) -> None:
        """The document is one that bank.yaml declares."""
        known = self.settings.documents
        if name and name not in known and self.settings.is_whole:
            has = (
                f"It has: {', '.join(known)}."
                if known
                else "It declares none yet: sources: {reader: {title: ...}}."
            )
            self.slip("unknown_source", f'bank.yaml declares no source "{name}".', has, path)

    def check_topic(self, values: Mapping[str, Any], block: Mapping[str, Any]) -> None:
        """Topic and goal are declared, where any topics are; told at the field that is in `block`."""
        topics = self.settings.topics
        topic = values.get("topic", "")
        if not topics or not self.settings.is_whole:
            return
        if topic and topic not in topics:
            self.slip(
                "unknown_topic",
                f'bank.yaml declares no topic "{topic}".',
                f"It has: {', '.join(topics)}; or add it under topics: in questions/bank.yaml.",
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


def _tags_meant(text: str, *, is_list: bool) -> str:
    """One tag without spaces or, where commas stand in the text, several, in a list if in none yet."""
    tags = ["-".join(part.split()) for part in text.split(",") if part.strip()]
    said = ", ".join(tags) or "one word"
    return said if is_list or len(tags) < 2 else f"[{said}]"
