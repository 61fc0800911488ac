"""The field table to a JSON Schema, by which editors complete, explain and check question files.

Draft 2020-12. One schema serves bank.yaml and question files: a file that says `bank:` is the one.
Texts may be any scalar, since the reader takes every scalar as it is written; what only the reader
can know (identity of options, declared names, files) is left to it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from quizgen.bank.fields import (
    BAND_FIELDS,
    BANK_FIELDS,
    CHECK_FIELDS,
    CITATION_FIELDS,
    CORRECTION_FIELDS,
    CRITERION_FIELDS,
    DOCUMENT_FIELDS,
    FILE_FIELDS,
    IMAGE_FIELDS,
    ITEM_FIELDS,
    OPTION_FIELDS,
    PASSAGE_FIELDS,
    QUIZ_FIELDS,
    QUOTA_FIELDS,
    RULE_WORDS,
    SECTION_FIELDS,
    SEVERITIES,
    TELLING,
    TOPIC_FIELDS,
    Field,
    Shape,
    fields_of,
)
from quizgen.bank.limits import DECK, OPTIONS
from quizgen.bank.tree import Value, read_tree
from quizgen.model import TYPES, TypeName

Schema: TypeAlias = dict[str, Any]

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_SCALAR: Schema = {"type": ["string", "number", "boolean", "null"]}
_DIGITS = r"(\d{1,3}(,\d{3})+|\d+)"
_NUMBER = rf"({_DIGITS}(\.\d+)?|\.\d+)([eE][+-]?\d+)?"
_SIGN = r"^\s*[+-]?"
_RATIO = r"\d+\s*/\s*\d+"
_DECK_PART = r"[^:\s](?:[^:]|: )*"
_DECK = rf"^\s*{_DECK_PART}(::\s*{_DECK_PART})*$"
_NO_NAME = r"\s,;:!?'\"(){}\[\]/\\"

_SNIPPETS: Mapping[TypeName, tuple[str, tuple[str, ...]]] = {
    "choice": ("Pick one option", ("stem", "answer", "distractors", "explain")),
    "true_false": ("Decide on a statement", ("statement", "answer", "explain")),
    "entry": ("Type a word, a name or a date", ("stem", "accept", "explain")),
    "number": ("Type a number", ("stem", "number", "tolerance", "unit", "explain")),
    "cloze": ("Fill the gaps in a text", ("cloze", "explain")),
    "match": ("Pair left and right", ("stem", "match", "extra", "explain")),
    "order": ("Put in order", ("stem", "order", "explain")),
    "open": ("Write freely", ("stem", "model", "rubric", "lines", "grid")),
    "card": ("A flashcard", ("front", "back")),
}


def json_schema() -> dict[str, object]:
    """The schema of question files and bank.yaml; the same value at every call."""
    return {
        "$schema": _DRAFT,
        "title": "A quizgen file: bank.yaml or a file of questions",
        "if": {"required": ["bank"]},
        "then": _ref("bank"),
        "else": {"if": _says("draft", value=True), "then": _ref("drafts"), "else": _ref("file")},
        "$defs": {
            "drafts": {
                "description": "A file of drafts, whose questions may lack anything.",
                **_drafts(FILE_FIELDS),
            },
            "sketch": _drafts((*PASSAGE_FIELDS, *ITEM_FIELDS)),
            "file": {
                "description": "A file of questions.",
                **_nullable(_mapping(FILE_FIELDS)),
            },
            "bank": {
                "description": "The bank's settings, questions/bank.yaml.",
                **_mapping(BANK_FIELDS, required=("bank", "title")),
            },
            "entry": {
                "description": "A question, or a passage with questions on it.",
                "if": {"type": "object", "required": ["passage"]},
                "then": _ref("passage"),
                "else": _ref("item"),
                "defaultSnippets": [*map(_snippet, TYPES), _PASSAGE_SNIPPET],
            },
            "passage": _mapping(PASSAGE_FIELDS, required=("passage",)),
            "item": _item(),
            "text": _SCALAR,
            "name": {**_SCALAR, "pattern": rf"^[^{_NO_NAME}_.\-][^{_NO_NAME}]{{0,79}}$"},
            "whole": _numeric(rf"^\s*\+?{_DIGITS}\s*$", minimum=0, multipleOf=1),
            "amount": _numeric(rf"^\s*\+?({_RATIO}|{_NUMBER})\s*$", exclusiveMinimum=0),
            "value": _numeric(rf"{_SIGN}({_RATIO}|{_NUMBER})\s*$"),
            "tolerance": _numeric(rf"^\s*\+?({_RATIO}|{_NUMBER})\s*%?\s*$", minimum=0),
            "option": {"anyOf": [_SCALAR, _mapping(OPTION_FIELDS, required=("text",))]},
            "image": _mapping(IMAGE_FIELDS, required=("file", "alt")),
            "citation": {"anyOf": [_SCALAR, _mapping(CITATION_FIELDS)]},
            "correction": _mapping(CORRECTION_FIELDS, required=("date", "text")),
            "band": _mapping(BAND_FIELDS, required=("tolerance", "share")),
            "criterion": {"anyOf": [_SCALAR, _mapping(CRITERION_FIELDS, required=("text",))]},
            "check": _mapping(CHECK_FIELDS),
            "reasons": _map("text"),
            "severity": _words(SEVERITIES),
            "document": _mapping(DOCUMENT_FIELDS, required=("title",)),
            "topic": _nullable(_mapping(TOPIC_FIELDS)),
            "quiz": _quiz(),
            "section": _mapping(SECTION_FIELDS, required=("title", "blueprint")),
            "quota": _quota(),
        },
    }


# --- Questions -----------------------------------------------------------------------------------


def _item() -> Schema:
    """All fields in one list; which of them belong together is said type by type."""
    return {
        **_mapping(ITEM_FIELDS),
        "allOf": [_of_type(kind) for kind in TYPES],
        "anyOf": [{"required": [key]} for key in ("type", "draft", *TELLING)],
    }


def _drafts(fields: Iterable[Field]) -> Schema:
    """These fields, with questions of which nothing is required."""
    found = _mapping(fields)
    found["properties"]["questions"]["items"] = _ref("sketch")
    return found


def _of_type(kind: TypeName) -> Schema:
    """What holds for items of a type: by its name, or by a key that tells it where none is given."""
    telling = [{"required": [key]} for key, told in TELLING.items() if told == kind]
    fields = fields_of(kind)
    needed = [field.name for field in fields if kind in field.needed]
    complete: Schema = {"required": needed}
    if kind == "choice":
        complete["oneOf"] = [{"required": ["answer"]}, {"required": ["answers"]}]
    then: Schema = {
        "propertyNames": {"enum": [field.name for field in fields]},
        "anyOf": [complete, _says("draft", value=True)],
    }
    if kind == "true_false":
        then["properties"] = {"answer": {"type": "boolean"}}
    return {
        "if": {
            "anyOf": [_says("type", value=kind), {"not": {"required": ["type"]}, "anyOf": telling}]
        },
        "then": then,
    }


def _says(name: str, *, value: object) -> Schema:
    return {"required": [name], "properties": {name: {"const": value}}}


def _snippet(kind: TypeName) -> Schema:
    about, names = _SNIPPETS[kind]
    count = 0

    def placed(value: Value) -> object:
        """The example with each of its texts as a place to type in."""
        nonlocal count
        match value:
            case str():
                count += 1
                return f"${{{count}:{value}}}"
            case list():
                return [placed(one) for one in value]
            case dict():
                return {key: placed(one) for key, one in value.items()}
            case None:
                return ""

    fields = {field.name: field for field in fields_of(kind)}
    body = {name: placed(_example(fields[name], kind)) for name in names}
    return {"label": kind, "description": about, "body": body}


_PASSAGE_SNIPPET: Schema = {
    "label": "passage",
    "description": "A text with questions on it",
    "body": {"passage": "${1:The text.}", "questions": [{"stem": "${2:What does it say?}"}]},
}


def _example(field: Field, kind: TypeName) -> Value:
    if kind == "true_false" and field.name == "answer":
        return "true"
    value, _ = read_tree(field.example)
    return value


# --- Mappings and shapes -------------------------------------------------------------------------


def _mapping(fields: Iterable[Field], required: tuple[str, ...] = ()) -> Schema:
    found: Schema = {
        "type": "object",
        "properties": {field.name: _property(field) for field in fields},
        "additionalProperties": False,
    }
    return {**found, "required": list(required)} if required else found


def _property(field: Field) -> Schema:
    example = f" Example: `{field.name}: {field.example}`" if field.example else ""
    return {"description": f"{field.about}{example}", **_SHAPES[field.shape](field)}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _nullable(mapping: Schema) -> Schema:
    return {**mapping, "type": ["object", "null"]}


def _numeric(pattern: str, **bounds: object) -> Schema:
    """A number, or a text that is one: 1,400 and 1/2 are texts to YAML."""
    return {"type": ["number", "string"], "pattern": pattern, **bounds}


def _list(of: str) -> Schema:
    return {"type": "array", "items": _ref(of), "minItems": 1, "maxItems": OPTIONS}


def _map(of: str) -> Schema:
    return {"type": "object", "additionalProperties": _ref(of)}


def _pairs() -> Schema:
    pair = {"type": "array", "items": _ref("option"), "minItems": 2, "maxItems": 2}
    rows = {"type": "array", "items": pair, "minItems": 1, "maxItems": OPTIONS}
    return {"anyOf": [_map("option"), rows]}


def _words(words: Iterable[str]) -> Schema:
    return {"enum": list(words)}


def _rules() -> Schema:
    kinds = {
        kind: {
            "description": f"How {re.sub('_', '/', kind)} questions are scored.",
            **_words(words),
        }
        for kind, words in RULE_WORDS.items()
    }
    kinds["round"] = {
        "description": "What a student's total is rounded to a multiple of, halves up.",
        **_ref("amount"),
    }
    return {"type": "object", "properties": kinds, "additionalProperties": False}


def _grades() -> Schema:
    percent = _numeric(rf"^\s*\+?({_RATIO}|{_NUMBER})\s*%?\s*$", minimum=0, maximum=100)
    return {"type": "object", "additionalProperties": percent}


def _quiz() -> Schema:
    drawn = [{"required": [name]} for name in ("blueprint", "sections")]
    return {**_mapping(QUIZ_FIELDS), "oneOf": drawn}


def _quota() -> Schema:
    asked = [{"required": [name]} for name in ("count", "points", "items")]
    return {**_mapping(QUOTA_FIELDS), "oneOf": asked}


_MAPPINGS = {"sources": "document", "topics": "topic", "quizzes": "quiz"}
_SHAPES: Mapping[Shape, Callable[[Field], Schema]] = {
    "text": lambda _: _ref("text"),
    "texts": lambda _: {"anyOf": [_ref("text"), {"type": "array", "items": _ref("text")}]},
    "flag": lambda _: {"type": "boolean"},
    "whole": lambda _: _ref("whole"),
    "amount": lambda _: _ref("amount"),
    "value": lambda _: _ref("value"),
    "word": lambda field: _words(field.words),
    "name": lambda _: _ref("name"),
    "option": lambda _: _ref("option"),
    "options": lambda _: _list("option"),
    "pairs": lambda _: _pairs(),
    "reasons": lambda _: _ref("reasons"),
    "factors": lambda _: _map("amount"),
    "tolerance": lambda _: _ref("tolerance"),
    "bands": lambda _: _list("band"),
    "rubric": lambda _: _list("criterion"),
    "image": lambda _: _ref("image"),
    "file": lambda _: {"type": "string"},
    "citation": lambda _: _ref("citation"),
    "correction": lambda _: _ref("correction"),
    "deck": lambda _: {**_SCALAR, "pattern": _DECK, "maxLength": DECK},
    "day": lambda _: {"type": "string", "pattern": r"^\s*\d{4}-\d\d-\d\d\s*$"},
    "passage": lambda _: _ref("text"),
    "blueprint": lambda _: _list("quota"),
    "sections": lambda _: _list("section"),
    "rules": lambda _: _rules(),
    "grades": lambda _: _grades(),
    "check": lambda _: _ref("check"),
    "severities": lambda _: _map("severity"),
    "silencings": lambda _: _map("reasons"),
    "mapping": lambda field: _map(_MAPPINGS[field.name]),
    "questions": lambda _: {"type": ["array", "null"], "items": _ref("entry")},
}
