"""Items held against the documents they rest on: does each fact stand where the item says?

A document is its paragraphs, as `quizgen.documents` counts them. Of a source the bank holds
paragraph numbers, terms and a digest, never a sentence.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias, assert_never

from quizgen.checks.copied import Phrases, copied_passages, copied_text
from quizgen.checks.scope import in_use
from quizgen.checks.texts import question_field
from quizgen.checks.wording import phrases, values
from quizgen.core.asked import asked
from quizgen.model import (
    Bank,
    Card,
    Choice,
    Citation,
    Cloze,
    Entry,
    Item,
    Match,
    Number,
    Open,
    Order,
    TrueFalse,
)
from quizgen.problem import Problem, Severity

Standing: TypeAlias = Literal["ok", "changed", "moved", "broken"]


def paragraph_digest(text: str) -> str:
    """Twelve hex digits that change with the words of a paragraph, or of several, not its spaces."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]


def ground(bank: Bank, documents: Mapping[str, tuple[str, ...]]) -> tuple[Problem, ...]:
    """What of the items does not stand in the documents given: by name, each as its paragraphs.

    Errors: a paragraph or term that is not there. Warnings: eight words in a row taken over, a
    paragraph that changed or moved. Notes: a digest to be written. Documents not given are left.
    What items ignore is among them.
    """
    found: list[Problem] = []
    for item in in_use(bank):
        source = item.source
        if source is not None and source.document in documents:
            found += _held_against(item, source, documents[source.document])
    copies = Phrases(paragraph for text in documents.values() for paragraph in text)
    found += (problem for item in bank.items for problem in copied_text(item, copies))
    found += copied_passages(bank, copies)
    return tuple(found)


def standing(source: Citation, text: tuple[str, ...]) -> Standing:
    """ok: all stands there; changed: the terms do, the digest differs; moved: the same words
    stand in another paragraph; broken: a paragraph or a term is gone.
    """
    cited = _cited(source, text)
    if source.digest and (cited is None or paragraph_digest(cited) != source.digest):
        if moved_to(source, text):
            return "moved"
        return "broken" if cited is None or missing_terms(source, cited) else "changed"
    return "broken" if cited is None or missing_terms(source, cited) else "ok"


def moved_to(source: Citation, text: tuple[str, ...]) -> tuple[int, ...]:
    """The paragraphs, as far apart as those cited, that have the digest; none where there are none."""
    if not source.paragraphs or not source.digest:
        return ()
    first = min(source.paragraphs)
    for shift in range(1 - first, len(text) - max(source.paragraphs) + 1):
        there = tuple(paragraph + shift for paragraph in source.paragraphs)
        if shift and paragraph_digest(_joined(there, text)) == source.digest:
            return there
    return ()


def missing_terms(source: Citation, cited: str) -> tuple[str, ...]:
    """The terms that do not stand in the text cited: numbers and dates by value, words as such."""
    there_values, there_words = values(cited), phrases(cited)

    def stands(term: str) -> bool:
        if value := values(term, whole=True):
            return bool(value & there_values)
        words = phrases(term)
        return bool(words.strip()) and words in there_words

    return tuple(term for term in source.terms if not stands(term))


def key_not_in_terms(bank: Bank) -> Iterator[Problem]:
    """The key is among the terms cited, or the item says what it is derived from.

    A source that cites no terms, such as one that came out of a deck, claims none of its key.
    """
    for item in in_use(bank):
        source = item.source
        if source is None or source.derived or not source.terms:
            continue
        strange = [name for name, texts in keys_of(item) if not _among(texts, source.terms)]
        if strange:
            named = ", ".join(f'"{name}"' for name in strange)
            yield Problem(
                code="key_not_in_terms",
                message=f"The answer {named} is not among the terms of its source.",
                fix="Add it to terms, or say in derived: what it follows from.",
                severity="warning",
                item=item.id,
                field="source",
            )


def unattributed_claim(bank: Bank) -> Iterator[Problem]:
    """A document's own judgement is asked about as such: the stem says whose it is."""
    if not bank.language.startswith("en"):
        return
    for item in in_use(bank):
        if item.claim and not any(_ATTRIBUTES.search(text) for text in _asked(bank, item)):
            yield Problem(
                code="unattributed_claim",
                message="This is marked as a claim, but the stem does not say whose.",
                fix='Attribute it ("According to ..."), or drop claim: true if it is a plain fact.',
                severity="warning",
                item=item.id,
                field=question_field(item),
            )


def keys_of(item: Item) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What is right, each with all the ways to say it; nothing where the key is no wording."""
    match item:
        case Choice():
            return tuple((o.text, (o.text,)) for o in item.options if o.id in item.keys)
        case Entry():
            return ((item.accept[0], item.accept),) if item.accept else ()
        case Number():
            return ((item.text, (item.text, f"{item.text} {item.unit}")),)
        case Cloze():
            return tuple((gap.accept[0], gap.accept) for gap in item.gaps)
        case Match():
            return tuple(
                (pair.right.text, (pair.right.text, pair.left.text)) for pair in item.pairs
            )
        case Order():
            return tuple((thing.text, (thing.text,)) for thing in item.sequence)
        case Card():
            return ((item.back, (item.back, item.front)),)
        case TrueFalse() | Open():
            return ()
        case _:
            assert_never(item)


_ATTRIBUTES = re.compile(
    r"\b(according to|in the (words|view|opinion|eyes) of|says?|said|claim(s|ed)?|states|stated|"
    r"argue[sd]?|describe[sd]?|call(s|ed)?|asserts?|credit(s|ed)?|put(s)? it|attribute[sd]?|"
    r"portray(s|ed)?|(in|from) .{1,40} (view|opinion|eyes)|blame[sd]|did .{1,60} blame|praise[sd]|think|thinks|thought|find|finds|found|"
    r"believe[sd]?|hold|holds|held|judge[sd]?|laut|zufolge|selon|según|article|feature|author|report|text|document|speaker)\b",
    re.IGNORECASE,
)


def _held_against(item: Item, source: Citation, text: tuple[str, ...]) -> Iterator[Problem]:
    def problem(
        code: str, message: str, fix: str, severity: Severity = "error", field: str = "source"
    ) -> Problem:
        return Problem(
            code=code, message=message, fix=fix, severity=severity, item=item.id, field=field
        )

    state = standing(source, text)
    if state == "moved":
        there = _numbers(moved_to(source, text))
        yield problem(
            "moved_source",
            f"What was paragraph {_numbers(source.paragraphs)} is now {there}.",
            f"Write paragraph: {there}.",
            "warning",
            "source.paragraph",
        )
        return
    for paragraph in source.paragraphs:
        if not 1 <= paragraph <= len(text):
            yield problem(
                "broken_source",
                f"There is no paragraph {paragraph}; the document has {len(text)}.",
                "Cite a paragraph from 1 on; only lines with text are counted.",
            )
    cited = _cited(source, text)
    if cited is None:
        return
    for term in missing_terms(source, cited):
        yield problem(
            "broken_source",
            f'"{term}" does not stand in paragraph {_numbers(source.paragraphs)}.',
            "Cite the paragraph where it stands, or mend the term.",
        )
    digest = paragraph_digest(cited)
    if state == "changed":
        yield problem(
            "changed_source",
            f"Paragraph {_numbers(source.paragraphs)} has changed; the terms still stand.",
            f"Read it again, then write digest: {digest}.",
            "warning",
            "source.digest",
        )
    elif not source.digest and source.paragraphs:
        yield problem(
            "missing_digest", "The citation has no digest.", f"Write digest: {digest}.", "note"
        )


def _cited(source: Citation, text: tuple[str, ...]) -> str | None:
    """The paragraphs cited, or the whole document where none is named; None where one is missing."""
    if not source.paragraphs:
        return "\n".join(text)
    if not all(1 <= paragraph <= len(text) for paragraph in source.paragraphs):
        return None
    return _joined(source.paragraphs, text)


def _joined(numbers: Iterable[int], text: tuple[str, ...]) -> str:
    return "\n".join(text[number - 1] for number in numbers)


def _numbers(numbers: tuple[int, ...]) -> str:
    return str(numbers[0]) if len(numbers) == 1 else f"[{', '.join(map(str, numbers))}]"


def _among(texts: Sequence[str], terms: Sequence[str]) -> bool:
    """Whether a way to say the key holds a term, or a term holds it; figures and dates by value."""
    if any(_stands_in(term, text) for text in texts for term in terms):
        return True
    cited = [phrases(term) for term in terms]
    for text in texts:  # words first: they are the likelier, and read in a fraction of the time
        words = phrases(text)
        if any(words in term or term in words for term in cited):
            return True
    figures = {value for term in terms for value in values(term)}
    return bool(figures) and any(not figures.isdisjoint(values(text)) for text in texts)


def _stands_in(term: str, text: str) -> bool:
    """Whether the term stands as it is in the text: most do, and then no words need be compared."""
    if f" {term} " not in f" {text} ":
        return False
    return "%" not in text and "cent" not in text  # which belong to the figure before them


def _asked(bank: Bank, item: Item) -> Iterator[str]:
    yield asked(item)
    yield from (passage.text for passage in bank.passages if passage.id == item.passage)
