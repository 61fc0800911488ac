"""Items and settings of a bank to the YAML that reads back as them."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import TypeAlias, assert_never

from quizgen.bank.layout import Comment, Entries, Value, Word, entries, mapping
from quizgen.bank.shapes import identity
from quizgen.model import (
    Bank,
    Card,
    Choice,
    Citation,
    Cloze,
    Document,
    Entry,
    Gap,
    Image,
    Item,
    Match,
    Number,
    Open,
    Option,
    Order,
    Passage,
    Tolerance,
    Topic,
    TrueFalse,
)

Tree = dict[str, Value]
Comments: TypeAlias = Mapping[str, Sequence[str]]
_SHORT_LEFT = 60
_FIGURE = re.compile(r"[\w.+-][\w.,/+%-]*")
"""Of such signs alone nothing is read as anything else, wherever it stands."""


def settings_text(bank: Bank) -> str:
    """The text of `bank.yaml`, without quizzes."""
    head = {
        "title": bank.title,
        "format": Word("1"),
        "language": bank.language,
        "licence": bank.licence,
        "about": bank.about,
        "edition": bank.edition,
        "report": bank.report,
        "deck": bank.deck,
        "retention": _number(bank.retention) if bank.retention else "",
    }
    said: Tree = {key: value for key, value in head.items() if value}
    sources = f"sources:\n{sources_text(bank.documents)}" if bank.documents else ""
    topics = f"topics:\n{topics_text(bank.topics)}" if bank.topics else ""
    return (
        "# yaml-language-server: $schema=quizgen.schema.json\n"
        f"bank: {bank.name}  # its name for ever: decks and progress hang on it\n"
        f"{mapping(said)}{sources}{topics}"
    )


def sources_text(documents: Sequence[Document]) -> str:
    """The lines of `bank.yaml` below `sources:`, indented by two."""
    return mapping({document.name: _document(document) for document in documents}, 2)


def topics_text(topics: Sequence[Topic]) -> str:
    """The lines of `bank.yaml` below `topics:`, indented by two."""
    said: Tree = {
        topic.name: {"goals": {goal.id: goal.text for goal in topic.goals}}
        if topic.goals
        else Word("")
        for topic in topics
    }
    return mapping(said, 2)


def questions_text(
    items: Sequence[Item],
    passages: Sequence[Passage] = (),
    comments: Comments = MappingProxyType({}),
) -> str:
    """The text of a file of questions; what all of them share stands once, at its top.

    Items of one passage stand below it, where the first of them is. `comments` are lines for the
    author, by the id of the question that they stand in.
    """
    shared = _shared(items)
    known = {passage.id: passage for passage in passages}
    blocks: list[Tree] = []
    for name, group in _grouped(items, known):
        questions = [
            _commented(_question(item, shared), comments.get(item.id, ())) for item in group
        ]
        blocks += [_passage(known[name], questions)] if name else questions
    top = mapping(shared)
    return f"{top}{chr(10) if top else ''}questions:\n{entries(blocks)}"


def _grouped(
    items: Sequence[Item], known: Mapping[str, Passage]
) -> Iterator[tuple[str, Sequence[Item]]]:
    """The items of each passage, by its name, where the first of them is; others one by one."""
    groups: dict[str, list[Item]] = {}
    for place, item in enumerate(items):
        name = item.passage if item.passage in known else ""
        groups.setdefault(name or f"#{place}", []).append(item)
    for name, group in groups.items():
        yield ("" if name.startswith("#") else name), group


def _shared(items: Sequence[Item]) -> Tree:
    """What all items say alike and may be said of the whole file."""
    found: Tree = {}
    if len(items) < 2:
        return found
    first = items[0]
    if first.topic and all(item.topic == first.topic for item in items):
        found["topic"] = first.topic
    documents = Counter(item.source.document for item in items if item.source)
    if documents and documents.most_common(1)[0][1] > 1:
        found["source"] = documents.most_common(1)[0][0]
    if first.tags and all(item.tags == first.tags for item in items):
        found["tags"] = first.tags
    return found


def _document(document: Document) -> Tree:
    said = {
        "title": document.title,
        "author": document.author,
        "date": document.date,
        "url": document.url,
        "note": document.note,
        "file": document.file,
    }
    return {key: value for key, value in said.items() if value}


def _passage(passage: Passage, questions: list[Tree]) -> Tree:
    found: Tree = {"id": passage.id}
    if passage.title:
        found["title"] = passage.title
    if passage.image:
        found["image"] = _image(passage.image)
    return {**found, "passage": passage.text, "questions": Entries(questions)}


# --- One question --------------------------------------------------------------------------------


def _question(item: Item, shared: Tree) -> Tree:
    """The fields of an item in the order in which people write them."""
    found: Tree = {"id": item.id}
    texts = {"topic": item.topic, "goal": item.goal}
    found |= {key: text for key, text in texts.items() if text and key not in shared}
    if item.tags and "tags" not in shared:
        found["tags"] = item.tags
    if item.level != "recall":
        found["level"] = Word(item.level)
    if item.points != _points_unsaid(item):
        found["points"] = _number(item.points)
    if item.use != "both":
        found["use"] = Word(item.use)
    found |= {
        name: Word("true") for name, flag in (("claim", item.claim), ("draft", item.draft)) if flag
    }
    asked, answered = _own(item)
    found |= asked
    if item.image:
        found["image"] = _image(item.image)
    if item.audio:
        found["audio"] = item.audio
    found |= answered
    texts = {"explain": item.explain, "hint": item.hint, "retired": item.retired}
    found |= {key: text for key, text in texts.items() if text}
    if item.corrected:
        found["corrected"] = {
            "date": _as_it_stands(item.corrected.date),
            "text": item.corrected.text,
        }
    if item.source:
        found["source"] = _citation(item.source, shared)
    if item.ignore:
        found["ignore"] = dict(item.ignore)
    return {key: value for key, value in found.items() if value}


def _commented(question: Tree, comments: Sequence[str]) -> Tree:
    """The fields of a question, with comments below its id."""
    said: Tree = {"id": question["id"], **{Comment(text): "" for text in comments}}
    return {**said, **question}


def _points_unsaid(item: Item) -> Fraction:
    """What an item is worth that says nothing of it."""
    if isinstance(item, Open) and item.rubric:
        return sum((line.points for line in item.rubric), Fraction(0))
    return Fraction(1)


def _own(item: Item) -> tuple[Tree, Tree]:
    """What is asked and what is answered. What is empty, in a draft, is not written."""
    match item:
        case Choice():
            return {"stem": item.stem}, _choice(item)
        case TrueFalse():
            return {"statement": item.statement}, {"answer": Word(str(item.answer).lower())}
        case Entry():
            return {"stem": item.stem}, _entry(item)
        case Number():
            return {"stem": item.stem}, _number_fields(item)
        case Cloze():
            kind: Tree = {} if item.kind == "text" else {"kind": Word(item.kind)}
            return {"stem": item.stem, "cloze": cloze_text(item.parts)}, kind
        case Match():
            extra: Tree = {"extra": [_option(one) for one in item.extra]}
            return {"stem": item.stem}, {"match": _pairs(item), **extra}
        case Order():
            return {"stem": item.stem}, {"order": [_option(one) for one in item.sequence]}
        case Open():
            return {"stem": item.stem}, _open(item)
        case Card():
            reverse: Tree = {"reverse": Word("true")} if item.reverse else {}
            return {"front": item.front}, {"back": item.back, **reverse}
        case _:
            assert_never(item)


def _choice(item: Choice) -> Tree:
    by_id = {option.id: option for option in item.options}
    keys = [by_id[key] for key in item.keys]
    name = "answers" if item.multiple else "answer"
    if item.arrangement == "fixed":
        texts = [key.id if key.id != identity(key.text) else key.text for key in keys]
        said: Value = texts if item.multiple else "".join(texts[:1])
        return {"options": [_option(option) for option in item.options], name: said}
    right = [_option(key) for key in keys]
    wrong = [_option(option) for option in item.options if option.id not in item.keys]
    return {name: right if item.multiple else right[0] if right else "", "distractors": wrong}


def _entry(item: Entry) -> Tree:
    accept: Value = item.accept[0] if len(item.accept) == 1 else item.accept
    kind: Tree = {} if item.kind == "text" else {"kind": Word(item.kind)}
    return {"accept": accept, **kind, "close": dict(item.close)}


def _as_it_stands(text: str) -> str:
    """A number or a day without quotes, and anything else as the text that it is."""
    return Word(text) if _FIGURE.fullmatch(text) else text


def _number_fields(item: Number) -> Tree:
    found: Tree = {"number": _as_it_stands(item.text)}
    if item.tolerance:
        found["tolerance"] = _tolerance(item.tolerance)
    found["unit"] = item.unit
    found["units"] = {name: _number(factor) for name, factor in item.units.items()}
    found["bands"] = [
        {"tolerance": _tolerance(band.tolerance), "share": _number(band.share)}
        for band in item.bands
    ]
    return found


def _pairs(item: Match) -> Value:
    lefts = [pair.left for pair in item.pairs]
    is_plain = all(_is_text(left) and len(left.text) <= _SHORT_LEFT for left in lefts)
    if is_plain and not any("\n" in left.text for left in lefts):
        return {pair.left.text: _option(pair.right) for pair in item.pairs}
    return [[_option(pair.left), _option(pair.right)] for pair in item.pairs]


def _open(item: Open) -> Tree:
    rubric: list[Value] = [
        line.text if line.points == 1 else {"text": line.text, "points": _number(line.points)}
        for line in item.rubric
    ]
    lines: Tree = {} if item.lines == 5 else {"lines": Word(str(item.lines))}
    grid: Tree = {"grid": Word("true")} if item.grid else {}
    return {"model": item.model, "rubric": rubric, **lines, **grid}


def cloze_text(parts: Sequence[str | Gap]) -> str:
    """The text of a cloze, its gaps in braces under their numbers."""
    return "".join(map(_part, parts))


def _part(part: str | Gap) -> str:
    if isinstance(part, str):
        return part.replace("{{", r"\{{")
    answers = "|".join(one.replace("|", r"\|") for one in part.accept)
    hint = f"::{part.hint}" if part.hint else ""
    return f"{{{{c{part.number}::{answers}{hint}}}}}"


# --- Parts ---------------------------------------------------------------------------------------


def _is_text(option: Option) -> bool:
    return option == Option(id=identity(option.text), text=option.text)


def _option(option: Option) -> Value:
    if _is_text(option):
        return option.text
    found: Tree = {"text": option.text}
    if option.id != identity(option.text):
        found["id"] = option.id
    if option.pin:
        found["pin"] = Word(option.pin)
    if option.image:
        found["image"] = _image(option.image)
    if option.why:
        found["why"] = option.why
    return found


def _image(image: Image) -> Tree:
    width: Tree = {"width": image.width} if image.width else {}
    return {"file": image.file, "alt": image.alt, **width}


def _citation(source: Citation, shared: Tree) -> Value:
    found: Tree = {}
    if source.document != shared.get("source"):
        found["document"] = source.document
    if source.paragraphs:
        numbers = [Word(str(number)) for number in source.paragraphs]
        found["paragraph"] = numbers[0] if len(numbers) == 1 else numbers
    if source.terms:
        found["terms"] = source.terms
    said = {"digest": source.digest, "derived": source.derived}
    found |= {key: text for key, text in said.items() if text}
    return found if found.keys() - {"document"} else source.document


def _number(value: Fraction) -> str:
    """A number as a decimal where that is exact and short, else as a fraction."""
    for places in range(7):
        scaled, rest = divmod(value.numerator * 10**places, value.denominator)
        if not rest:
            digits = str(abs(scaled)).rjust(places + 1, "0")
            sign, cut = "-" if scaled < 0 else "", len(digits) - places
            return Word(f"{sign}{digits[:cut]}.{digits[cut:]}" if places else f"{sign}{digits}")
    return Word(str(value))


def _tolerance(tolerance: Tolerance) -> str:
    if tolerance.relative:
        return Word(f"{_number(tolerance.amount * 100)} %")
    return _number(tolerance.amount)
