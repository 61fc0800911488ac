"""The field table: every field of the language, once. Reader, schema and reference follow it.

A field has a shape (what may be written), the types of item that have it, and a sentence for the
author's editor. The type of an item follows from the keys that tell it (`TELLING`).
"""

from typing import Literal, NamedTuple

from quizgen.model import KINDS, LEVELS, TYPES, TypeName

Shape = Literal[
    "text",      # any scalar, as written
    "texts",     # a text, or a list of texts
    "flag",      # true or false
    "whole",     # a whole number from 0
    "amount",    # a number above 0, a fraction such as 1/2 among them
    "value",     # any number
    "word",      # one of a few words
    "name",      # an id or a name: letters, digits, hyphens
    "option",    # a text, or a mapping with text, why, pin, id, image
    "options",   # a list of options
    "pairs",     # a mapping, or a list of [left, right]
    "reasons",   # a mapping from text to text
    "factors",   # a mapping from text to numbers
    "tolerance", # a number, or a percentage
    "bands",     # a list of {tolerance, share}
    "rubric",    # a list of texts, or of {text, points}
    "image",     # a mapping with file, alt, width
    "file",      # a path under questions/
    "citation",  # a document's name, or a mapping with document, paragraph, terms, digest, derived
    "correction", # a mapping with date, text
    "deck",      # a deck's name, its parts parted by ::
    "day",       # a day, such as 2026-11-25
    "passage",   # a text that a group of questions rests on
    "blueprint", # a list of rows
    "sections",  # a list of sections
    "rules",     # a mapping from a kind of question to its scoring rule
    "grades",    # a mapping from a grade to the percentage from which it is given
    "check",     # a mapping with notes, severity, ignore, files
    "severities", # a mapping from rules to error, warning or note
    "silencings", # a mapping from files to rules with reasons
    "mapping",   # a mapping of its own fields
    "questions", # a list of questions
]  # fmt: skip

ALL: tuple[TypeName, ...] = TYPES


class Field(NamedTuple):
    """One field: its name, what may be written, who has it and needs it, and what it is for."""

    name: str
    shape: Shape
    about: str
    example: str = ""
    types: tuple[TypeName, ...] = ALL
    needed: tuple[TypeName, ...] = ()
    words: tuple[str, ...] = ()
    is_default: bool = False
    """Whether a file may set it for all its questions."""


_STEM: tuple[TypeName, ...] = ("choice", "entry", "number", "cloze", "match", "order", "open")

ITEM_FIELDS: tuple[Field, ...] = (
    Field("id", "name", "The question's name for ever: decks and progress hang on it.", "baikal"),
    Field("type", "word", "The type, which the other keys tell as well.", "choice", words=TYPES),
    Field("stem", "text", "The question itself.", "Which lake is the deepest?", _STEM,
          ("choice", "entry", "number", "match", "order", "open")),
    Field("answer", "option", "The right option; for a statement, true or false.", "Lake Baikal",
          ("choice", "true_false"), ("true_false",)),
    Field("answers", "options", "All the right options: the learner picks all that apply.",
          "[Nile, Ebro]", ("choice",)),
    Field("distractors", "options", "The wrong options, in any order.", "[Lake Victoria, Lake Superior]",
          ("choice",)),
    Field("options", "options", "All options in the order in which they are to stand.",
          "[never, seldom, often]", ("choice",)),
    Field("shuffle", "flag", "With options: true shuffles them all the same.", "false", ("choice",)),
    Field("statement", "text", "A statement to decide on.", "Ice floats.", ("true_false",), ("true_false",)),
    Field("accept", "texts", "The accepted answers; the first is the one shown.",
          "[Samarkand, Samarqand]", ("entry",), ("entry",)),
    Field("kind", "word", "What is typed, which decides how it is compared.", "place",
          ("entry", "cloze"), words=KINDS),
    Field("close", "reasons", "Near answers, each with what is not right with it.",
          "{evaporation: It starts from a liquid.}", ("entry",)),
    Field("number", "value", "The number asked for.", "9.8", ("number",), ("number",)),
    Field("tolerance", "tolerance", "How far an answer may lie from the number.", "1 %", ("number",)),
    Field("unit", "text", "The unit of the number, shown beside the answer.", "m/s^2", ("number",)),
    Field("units", "factors", "Other units, each with how many of the unit one of it is.",
          "{km: 1000}", ("number",)),
    Field("bands", "bands", "Part of the points for an answer that is near.",
          "[{tolerance: 5 %, share: 1/2}]", ("number",)),
    Field("cloze", "text", "A text with gaps: {{answer}}, {{answer|also right::hint}}, {{c2::answer}}.",
          "Baikal lies in {{Siberia}}.", ("cloze",), ("cloze",)),
    Field("match", "pairs", "What belongs together, left to right.", "{Nile: Africa, Rhine: Europe}",
          ("match",), ("match",)),
    Field("extra", "options", "Right sides that belong to none.", "[Asia]", ("match",)),
    Field("order", "options", "Things in their right order.", "[ice, water, steam]", ("order",), ("order",)),
    Field("model", "text", "A model answer.", "It condensed from the air.", ("open",), ("open",)),
    Field("rubric", "rubric", "What earns points, line by line.", "[names the vapour]", ("open",)),
    Field("lines", "whole", "How many lines to write on, on paper.", "5", ("open",)),
    Field("grid", "flag", "Whether that room is squared, for sums and drawings.", "true", ("open",)),
    Field("front", "text", "What the card asks.", "AIIB", ("card",), ("card",)),
    Field("back", "text", "What is to be recalled.", "Asian Infrastructure Investment Bank",
          ("card",), ("card",)),
    Field("reverse", "flag", "Whether the front is asked from the back as well.", "true", ("card",)),
    Field("topic", "text", "The topic, which is its subdeck.", "Lakes", is_default=True),
    Field("goal", "name", "The learning goal of the topic that it serves.", "depths", is_default=True),
    Field("tags", "texts", "Words to choose it by.", "[geography, asia]", is_default=True),
    Field("level", "word", "What it asks of the learner; detail is for incidental facts.", "recall",
          words=LEVELS, is_default=True),
    Field("points", "amount", "What full marks are worth.", "2", is_default=True),
    Field("explain", "text", "Why the answer is right, shown after answering.", "It fills a rift."),
    Field("hint", "text", "A help that the learner may ask for.", "Think of Siberia."),
    Field("image", "image", "A picture with its words for those who cannot see it.",
          "{file: media/map.png, alt: A map of Siberia}"),
    Field("audio", "file", "A sound.", "media/sound.mp3"),
    Field("source", "citation", "Where the fact stands.", "{paragraph: 4, terms: [Baikal]}", is_default=True),
    Field("claim", "flag", "Whether the answer is the document's own judgement, not a plain fact.",
          "true", is_default=True),
    Field("use", "word", "Where it may be used: exam items never reach a deck or practice.", "exam",
          words=("both", "practice", "exam"), is_default=True),
    Field("draft", "flag", "Not ready: it may lack anything and is used nowhere.", "true", is_default=True),
    Field("retired", "text", "Why it is used no more.", "The figure is out of date."),
    Field("corrected", "correction", "What was put right, and when, for those who learned it wrong.",
          "{date: 2026-11-25, text: The depth was given in feet.}"),
    Field("ignore", "reasons", "Rules that do not hold here, each with the reason.",
          "{longest_is_key: The name is that long.}"),
)  # fmt: skip
"""The fields of a question."""

OPTION_FIELDS: tuple[Field, ...] = (
    Field("text", "text", "What the option says.", "Lake Superior"),
    Field("why", "text", "Why it is right or wrong.", "It is far less deep."),
    Field("pin", "word", "Keep it first or last.", "last", words=("first", "last")),
    Field("id", "text", "Its name for ever, for an option whose text may change.", "superior"),
    Field("image", "image", "A picture with its words.", "{file: media/a.png, alt: A lake}"),
)
IMAGE_FIELDS: tuple[Field, ...] = (
    Field("file", "file", "The picture's file, under questions/.", "media/map.png"),
    Field("alt", "text", "What it shows, in words.", "A map of Siberia"),
    Field("width", "text", "How wide it is printed.", "8 cm"),
)
CITATION_FIELDS: tuple[Field, ...] = (
    Field("document", "text", "A name under sources in bank.yaml.", "reader"),
    Field("paragraph", "texts", "The number of its paragraph, from 1, or several.", "4"),
    Field("terms", "texts", "What must stand there: figures, names, dates.", "[Baikal, 1642]"),
    Field("digest", "text", "The digest of the paragraph, written by a command.", "0f3a5b7c9d11"),
    Field("derived", "text", "How the answer follows from the terms.", "181 less 9"),
)
CORRECTION_FIELDS: tuple[Field, ...] = (
    Field("date", "day", "The day of the correction.", "2026-11-25"),
    Field("text", "text", "What was wrong, in a sentence.", "The depth was given in feet."),
)
BAND_FIELDS: tuple[Field, ...] = (
    Field("tolerance", "tolerance", "How far from the number.", "5 %"),
    Field("share", "amount", "The share of the points, up to 1.", "1/2"),
)
CRITERION_FIELDS: tuple[Field, ...] = (
    Field("text", "text", "What earns the points.", "names the vapour"),
    Field("points", "amount", "How many.", "1"),
)
PASSAGE_FIELDS: tuple[Field, ...] = (
    Field("passage", "passage", "A text that the questions below rest on.", "Lake Baikal lies ..."),
    Field("id", "name", "The passage's name for ever.", "lakes-text"),
    Field("title", "text", "Its title.", "Four great lakes"),
    Field("image", "image", "A picture that belongs to it.", "{file: media/a.png, alt: A map}"),
    Field("questions", "questions", "The questions on it.", "- stem: ..."),
)
FILE_FIELDS: tuple[Field, ...] = (
    *(field for field in ITEM_FIELDS if field.is_default and field.name != "source"),
    Field(
        "source",
        "text",
        "The document that the sources of these questions are places in.",
        "reader",
    ),
    Field(
        "ignore",
        "reasons",
        "Rules that do not hold in this file, each with the reason.",
        "{missing_explanation: The reader explains.}",
    ),
    Field("questions", "questions", "The questions of this file.", "- stem: ..."),
)
BANK_FIELDS: tuple[Field, ...] = (
    Field(
        "bank", "name", "The bank's name for ever: decks and progress hang on it.", "water-on-earth"
    ),
    Field("title", "text", "What the bank is called.", "Water on Earth"),
    Field("format", "whole", "The version of this language: 1.", "1"),
    Field("language", "text", "The language of the questions, as in HTML.", "en"),
    Field("licence", "text", "What others may do with the questions.", "CC BY 4.0"),
    Field(
        "about", "text", "What the bank is about, for the deck's description.", "Lakes and rivers."
    ),
    Field("edition", "text", "What this edition is called, for the deck's description.", "2026-11"),
    Field(
        "report",
        "text",
        "Where to report a mistake: an address, an e-mail address or a sentence.",
        "https://example.org/mistakes",
    ),
    Field(
        "deck",
        "deck",
        "The deck above all topics in Anki, where it is not the title.",
        "Geography::Water",
    ),
    Field(
        "retention",
        "amount",
        "The share that learners in Anki should still know of what is due, from 0.7 to 0.99.",
        "0.9",
    ),
    Field(
        "sources",
        "mapping",
        "The documents that questions rest on, by name.",
        "reader: {title: Reader}",
    ),
    Field("check", "check", "How quizgen check is to look at this bank.", "{notes: true}"),
    Field("topics", "mapping", "The topics with their learning goals.", "Lakes: {goals: {...}}"),
    Field("quizzes", "mapping", "The printed quizzes, by name.", "midterm: {...}"),
)
CHECK_FIELDS: tuple[Field, ...] = (
    Field("notes", "flag", "Whether notes are shown without --notes.", "true"),
    Field(
        "severity",
        "severities",
        "How much a rule weighs here: error, warning or note.",
        "{long_stem: warning}",
    ),
    Field(
        "ignore",
        "reasons",
        "Rules that do not hold in this bank, each with the reason.",
        "{missing_explanation: The reader explains.}",
    ),
    Field(
        "files",
        "silencings",
        "Rules that do not hold in some files, each with the reason.",
        "{questions/old/*.yaml: {longest_is_key: To be rewritten in spring.}}",
    ),
)
SEVERITIES = ("error", "warning", "note")
DOCUMENT_FIELDS: tuple[Field, ...] = (
    Field("title", "text", "The document's title.", "Reader, Water on Earth"),
    Field("author", "text", "Who wrote it.", "A. Teacher"),
    Field("date", "text", "When it appeared.", "2024-05-01"),
    Field("url", "text", "Where it can be read.", "https://example.org/reader"),
    Field("note", "text", "Anything else about it.", "Second edition."),
    Field(
        "file",
        "text",
        "Its text, Markdown or HTML, from the project's folder; quizgen check holds facts against it.",
        "texts/reader.md",
    ),
)
TOPIC_FIELDS: tuple[Field, ...] = (
    Field(
        "goals",
        "reasons",
        "What a learner can do afterwards, by a short name.",
        "{depths: Compare ...}",
    ),
)
_BLUEPRINT = Field(
    "blueprint", "blueprint", "What to draw, row by row.", "- {topic: Lakes, count: 4}"
)
QUIZ_FIELDS: tuple[Field, ...] = (
    Field("title", "text", "What stands at the head of the paper.", "Midterm"),
    Field("instructions", "text", "What to tell the students.", "You may use a pencil."),
    Field("minutes", "whole", "The time they have.", "40"),
    Field("seed", "whole", "A number: the same one draws the same papers.", "7"),
    Field("forms", "whole", "How many forms: 2 makes A and B.", "2"),
    Field(
        "shuffle_questions", "flag", "Whether forms differ in the order of questions, too.", "false"
    ),
    Field(
        "balanced",
        "flag",
        "Every letter is the key equally often, which a test-wise reader can use.",
        "false",
    ),
    Field(
        "parallel",
        "flag",
        "Whether each form draws questions of its own, alike in points and level.",
        "false",
    ),
    Field("anchors", "texts", "Questions that every form has.", "[baikal, dew]"),
    Field("points", "amount", "The total that the quiz must come to.", "30"),
    Field("rules", "rules", "How each kind of question is scored.", "{multiple: balanced}"),
    Field(
        "bands",
        "grades",
        "Your grades, the best first, each with the percentage from which it is given.",
        "{A: 90, B: 80, C: 70}",
    ),
    _BLUEPRINT,
    Field(
        "sections",
        "sections",
        "The parts of the paper, each with a blueprint of its own.",
        "- {title: Part one, blueprint: [{count: 4}]}",
    ),
)
SECTION_FIELDS: tuple[Field, ...] = (
    Field("title", "text", "The section's heading.", "Part one: lakes"),
    Field("instructions", "text", "What to tell the students there.", "No calculator here."),
    Field(
        "shuffle_questions",
        "flag",
        "Whether forms differ in the order of its questions; if not said, as in the quiz.",
        "true",
    ),
    Field("points", "amount", "The total that the section must come to.", "12"),
    _BLUEPRINT,
)
QUOTA_FIELDS: tuple[Field, ...] = (
    Field("count", "whole", "How many questions.", "4"),
    Field("points", "amount", "How many points in all, in place of a count.", "10"),
    Field("topic", "text", "Only of this topic.", "Lakes"),
    Field("tag", "text", "Only with this tag.", "asia"),
    Field("level", "word", "Only of this level.", "recall", words=LEVELS),
    Field("type", "word", "Only of this type.", "choice", words=TYPES),
    Field("items", "texts", "These very questions.", "[baikal, dew]"),
    Field("spread", "flag", "Spread the count evenly over the topics.", "true"),
)
REVISION_FIELDS: tuple[Field, ...] = (
    Field("item", "name", "The id of the question.", "baikal"),
    Field("date", "day", "The day of the decision.", "2026-11-25"),
    Field("reason", "text", "Why, in a sentence.", "Both lakes are as deep."),
    Field("accept", "texts", "Another answer that is right as well.", "Lake Tanganyika"),
    Field("gap", "whole", "In which gap it is right, from 1.", "2"),
    Field("letter", "text", "The letters of another right answer, on a form.", "C"),
    Field("form", "text", "The form on which it has these letters.", "B"),
    Field(
        "void",
        "word",
        "Count it no more: full marks for all, or drop it from every total.",
        "full",
        words=("full", "drop"),
    ),
    Field("points", "amount", "What full marks are worth now.", "2"),
)
RULE_WORDS: dict[str, tuple[str, ...]] = {
    "single": ("right", "formula"),
    "multiple": ("balanced", "all_or_nothing", "right_minus_wrong", "ripkey", "each_statement", "ps50"),
    "true_false": ("right", "formula"),
    "match": ("share", "all_or_nothing"),
    "order": ("places", "tau", "pairs", "all_or_nothing"),
    "cloze": ("share", "all_or_nothing"),
}  # fmt: skip

TELLING: dict[str, TypeName] = {
    "statement": "true_false",
    "accept": "entry",
    "number": "number",
    "cloze": "cloze",
    "match": "match",
    "order": "order",
    "model": "open",
    "front": "card",
    "back": "card",
    "distractors": "choice",
    "options": "choice",
    "answers": "choice",
}
"""The keys that tell the type of an item."""


def fields_of(kind: TypeName) -> tuple[Field, ...]:
    """The fields that items of a type may have."""
    return tuple(field for field in ITEM_FIELDS if kind in field.types)
