"""What a careful reviewer of questions would report, written before the rules and apart from them.

`tests/data/rules/RULE.yaml` holds cases for one rule. Each is questions as an author writes them,
below a comment that is its label:

    # report PLACE, PLACE: WHY        the rule must report these places and no other
    # silent: WHY                     a near miss: the rule must not report it

A case is a bank of its own, read with `tests/data/rules/bank.yaml`, whose documents stand in
`tests/data/rules/documents/`; below "# in another file" its second file begins. Other rules may
report a case as well.

A PLACE is a field, or ID/FIELD where the case holds several questions (no field: the question).
What is wrong with one option is placed at it ("distractors.2", counted from 0); what is wrong
between two, at the later one; what all options have in common, at "options" or "distractors".

`tests/data/labelled/` is one bank, which can be read as it stands. Above each question stands what
a reviewer would name of errors and warnings (not of notes), a line a rule, or that there is
nothing:

    # RULE PLACE: WHY
    # clean: WHY

`tests/data/heldout/` and `tests/data/heldout2/` are two more such banks, on which no rule was mended
before it was first measured; the second came after rules were mended by what the first had shown.
"""

import re
import shutil
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

import yaml

from quizgen.bank import Reading, read_bank
from quizgen.documents import paragraphs
from quizgen.problem import Severity

DATA = Path(__file__).parent / "data"
CASES = DATA / "rules"
DOCUMENTS = CASES / "documents"
LABELLED = DATA / "labelled"
HELDOUT = DATA / "heldout"
HELDOUT2 = DATA / "heldout2"


class Rule(NamedTuple):
    """A rule by its code, and what it reports in one line.

    `reading` are the codes by which the reader itself says so; a case of such a rule is refused.
    """

    code: str
    severity: Severity
    line: str
    reading: frozenset[str] = frozenset()


def _read_as(*codes: str) -> frozenset[str]:
    return frozenset(codes)


RULES: tuple[Rule, ...] = (
    Rule(
        "no_key",
        "error",
        "A choice of which no option is said to be right.",
        _read_as("no_key", "not_a_list", "empty_text", "key_not_an_option"),
    ),
    Rule(
        "two_keys",
        "error",
        "A question with one right option of which more than one is said to be right.",
        _read_as("two_keys", "wrong_type", "duplicate_key"),
    ),
    Rule(
        "duplicate_ids",
        "error",
        "Two questions of one id, in one file or in two.",
        _read_as("duplicate_ids"),
    ),
    Rule(
        "duplicate_options",
        "error",
        "Two options that are the same but for width, emphasis, case, spaces and punctuation.",
        _read_as("duplicate_options"),
    ),
    Rule("equal_numeric_options", "error", "Two options that are one number, written in two ways."),
    Rule(
        "dangling_reference",
        "error",
        "An option that cites a statement, figure or option which the question does not have.",
    ),
    Rule(
        "position_reference",
        "error",
        "An option that cites letters or places of other options, though they are shuffled.",
    ),
    Rule(
        "unpinned_all_or_none",
        "error",
        '"All of the above", "none of these" and the like that need not stand last.',
    ),
    Rule("blank_count", "error", "As many blanks as the answer does not have parts."),
    Rule(
        "tolerance_swallows",
        "error",
        "A tolerance that takes in an answer which is to count for less or for nothing.",
    ),
    Rule("same_stem_same_key", "error", "The same question twice."),
    Rule(
        "unknown_source",
        "error",
        "A source whose document the bank does not declare.",
        _read_as("unknown_source", "no_document"),
    ),
    Rule(
        "broken_source",
        "error",
        "A paragraph that the document does not have, or a term that does not stand there.",
        _read_as("bad_paragraph"),
    ),
    Rule("all_of_the_above", "warning", 'An option that says "all of the above" or the like.'),
    Rule("none_of_the_above", "warning", 'An option that says "none of the above" or the like.'),
    Rule(
        "unordered_numbers",
        "warning",
        "Three or more numbers or dates in a fixed order that neither rises nor falls.",
    ),
    Rule(
        "combined_options",
        "warning",
        "Two or more options that combine numbered statements or other options.",
    ),
    Rule("longest_is_key", "warning", "The key is much longer than every distractor."),
    Rule(
        "unmarked_negative",
        "warning",
        "A question for what is not so, with the word not emphasised.",
    ),
    Rule("article_cue", "warning", "A stem that ends in a or an, which only some options fit."),
    Rule("convergence", "warning", "Options made of parts, of which the key alone shares most."),
    Rule("true_false_options", "warning", "All options are true or false, or yes or no."),
    Rule("unfocused_stem", "warning", "A stem that asks nothing of its own."),
    Rule(
        "near_duplicate_options",
        "warning",
        "Two options that say the same in almost the same words.",
    ),
    Rule(
        "near_duplicate_items",
        "warning",
        "Two questions that ask the same in almost the same words.",
    ),
    Rule("key_in_stem", "warning", "The stem says the key."),
    Rule("card_answer_long", "warning", "The back of a card has more than twelve words."),
    Rule("card_many_facts", "warning", "The back of a card holds two facts."),
    Rule("card_enumeration", "warning", "The back of a card is a list."),
    Rule("cloze_without_context", "warning", "Around the gaps fewer than four words are left."),
    Rule("cloze_too_much", "warning", "More than 40 % of a text is gaps."),
    Rule(
        "cloze_ambiguous", "warning", "A gap that several words fit, though one alone is accepted."
    ),
    Rule("deictic_front", "warning", "A card that points at what a deck does not show."),
    Rule("stale_fact", "warning", "What holds now or lately, with no date that says when."),
    Rule("copied_text", "warning", "Eight words in a row from the source."),
    Rule(
        "key_not_in_terms",
        "warning",
        "The key is not among the terms cited, and nothing says how it follows from them.",
    ),
    Rule(
        "unattributed_claim",
        "warning",
        "The answer is the document's own judgement, and the stem does not say whose.",
    ),
    Rule("distractor_in_source", "warning", "A distractor fits the paragraph as well as the key."),
    Rule("changed_source", "warning", "The terms stand there, but the paragraph has changed."),
    Rule("moved_source", "warning", "The same paragraph has another number now."),
    Rule("outlier_option", "note", "One option is of another kind than all the others."),
    Rule("clang", "note", "A telling word of the stem comes back in the key alone."),
    Rule("number_cue", "note", "Singular or plural in the stem fits the key and few others."),
    Rule("absolute_distractor", "note", "A distractor says always, never, all or only."),
    Rule("vague_term", "note", "An option says often, usually or many."),
    Rule("long_stem", "note", "The stem is far longer than its answer needs."),
    Rule("blank_position", "note", "The blank of a choice does not stand at the end of its stem."),
    Rule("mixed_units", "note", "The options give one quantity in several units."),
    Rule("option_count", "note", "More than five options, where three good ones do."),
    Rule("negative_stem", "note", "A question for what is not so, with the word emphasised."),
    Rule("missing_explanation", "note", "Nothing says why the answer is right."),
)

CODES = frozenset(rule.code for rule in RULES)


class Spot(NamedTuple):
    """A place in a case: a question, and a field down to the option, or "" for all of it."""

    item: str
    field: str


class Case(NamedTuple):
    """A small bank, and what one rule must say of it; `spots` are empty where it must be silent."""

    rule: str
    verdict: Literal["report", "silent"]
    spots: tuple[Spot, ...]
    why: str
    files: tuple[str, ...]
    line: int

    @property
    def name(self) -> str:
        return f"{self.rule}.yaml:{self.line}"


class Label(NamedTuple):
    """What a reviewer names of a question."""

    item: str
    rule: str
    field: str
    why: str


_HEAD = "questions:\n"
_REPORT = re.compile(r"# report(?: (?P<places>[^:]+))?: (?P<why>.+)")
_SILENT = re.compile(r"# silent: (?P<why>.+)")
_ID = re.compile(r"^ *- id: (\S+)", re.MULTILINE)
_OTHER_FILE = "# in another file\n"
_LABEL = re.compile(r" *# (?P<rule>[a-z_]+)(?: (?P<field>[a-z_.0-9]+))?: (?P<why>.+)")


@cache
def cases(rule: str) -> tuple[Case, ...]:
    """Those of a rule, in the order of its file. Raises ValueError where the file has no such form."""
    text = (CASES / f"{rule}.yaml").read_text(encoding="utf-8")
    before, found, body = text.partition(f"\n{_HEAD}\n")
    if not found:
        raise ValueError(f"{rule}.yaml: no line questions: with an empty line after it")
    line = before.count("\n") + 4
    made = []
    for block in re.split(r"^(?=# (?:report|silent))", body, flags=re.MULTILINE):
        if block:
            made.append(_case(rule, block, line))
        line += block.count("\n")
    return tuple(made)


def _case(rule: str, block: str, line: int) -> Case:
    head, _, body = block.partition("\n")
    files = tuple(_HEAD + part for part in body.split(_OTHER_FILE))
    if silent := _SILENT.fullmatch(head):
        return Case(rule, "silent", (), silent["why"], files, line)
    report = _REPORT.fullmatch(head)
    first = _ID.search(body)
    if report is None or first is None:
        raise ValueError(f"{rule}.yaml:{line}: neither report nor silent, or no id: {head}")
    spots = []
    for place in (report["places"] or "").split(", "):
        item, slash, field = place.partition("/")
        spots.append(Spot(item, field) if slash else Spot(first[1], place))
    return Case(rule, "report", tuple(spots), report["why"], files, line)


def read_case(case: Case, root: Path) -> Reading:
    """The case as the reader reads it, in a project that is written to the empty folder `root`."""
    questions = root / "questions"
    questions.mkdir()
    if any("media/" in text for text in case.files):
        shutil.copytree(CASES / "media", questions / "media")
    (questions / "bank.yaml").write_bytes((CASES / "bank.yaml").read_bytes())
    for count, text in enumerate(case.files):
        (questions / f"case-{count}.yaml").write_text(text, encoding="utf-8")
    return read_bank(root)


def documents() -> Mapping[str, tuple[str, ...]]:
    """The paragraphs of the documents that the cases cite, by name."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in DOCUMENTS.glob("*.txt")}
    return {name: paragraphs(text) for name, text in texts.items()}


@cache
def labelled(root: Path = LABELLED) -> Mapping[str, tuple[Label, ...]]:
    """The labels of each question of a labelled bank, by its id; none where it is clean."""
    return dict(_labelled(root))


def labelled_files(root: Path = LABELLED) -> list[Path]:
    """The files of a labelled bank that hold questions."""
    found = sorted((root / "questions").glob("*.yaml"))
    return [path for path in found if path.name != "bank.yaml"]


def _labelled(root: Path) -> Iterator[tuple[str, tuple[Label, ...]]]:
    for path in labelled_files(root):
        labels: list[re.Match[str]] = []
        for count, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if (label := _LABEL.fullmatch(line)) is not None:
                labels.append(label)
            elif (start := _ID.match(line)) is not None and labels:
                rules = [one["rule"] for one in labels]
                if "clean" in rules and len(rules) > 1:
                    raise ValueError(f"{path.name}:{count}: clean, and yet not")
                yield (
                    start[1],
                    tuple(
                        Label(start[1], one["rule"], one["field"] or "", one["why"])
                        for one in labels
                        if one["rule"] != "clean"
                    ),
                )
                labels = []


def questions(text: str) -> Iterator[dict[str, Any]]:
    """The questions of a file as plain YAML has them, those of passages among them."""
    for block in yaml.load(text, Loader=yaml.BaseLoader)["questions"]:  # noqa: S506 - texts alone
        yield from block["questions"] if "passage" in block else [block]


def is_written(question: dict[str, Any], field: str) -> bool:
    """Whether the field, such as "distractors.2", stands in the question; "" is all of it."""
    value: Any = question
    for key in field.split(".") if field else ():
        if isinstance(value, list):
            if int(key) >= len(value):
                return False
            value = value[int(key)]
        elif isinstance(value, dict) and key in value:
            value = value[key]
        else:
            return False
    return True
